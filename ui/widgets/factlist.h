// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/labels.h"

#include <optional>
#include <vector>

class QGridLayout;
class QPushButton;

namespace flowgate::ui {

/// One line of a list of facts.
struct Fact
{
    QString name;  ///< with an empty value and no state: the heading of what follows
    QString value; ///< text of a gateway is safe here
    std::optional<common::StateWord> state;
    bool mono = false;
    QString toolTip;
    QString term; ///< a selector's term that finds others with this value; empty: none is offered
};

/// Names on the left, values on the right. A list of the same names keeps its labels, so that a value that is being
/// selected stays selected while others change.
class FactList final : public QWidget
{
    Q_OBJECT
public:
    explicit FactList(QWidget *parent = nullptr);

    void show(const std::vector<Fact> &facts);

Q_SIGNALS:
    void termChosen(const QString &term);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Line
    {
        PlainLabel *name = nullptr;
        PlainLabel *value = nullptr;
        StatusLabel *state = nullptr;
        QPushButton *find = nullptr;
    };
    void build(const std::vector<Fact> &facts);
    [[nodiscard]] int room() const; ///< 0: values below names; 1: long ones; 2: all beside them
    [[nodiscard]] QPushButton *makeFind(size_t line);

    QWidget *m_content = nullptr;
    std::vector<Fact> m_facts; ///< as shown now
    int m_builtRoom = -1;
    std::vector<Line> m_lines;
    std::vector<QString> m_terms; ///< of each line, as shown now
    QString m_shape;              ///< names and kinds of what was built
};

} // namespace flowgate::ui
