// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/factlist.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/look.h"

#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

bool isHeading(const Fact &fact)
{
    return fact.value.isNull() && !fact.state;
}

/// A value without a place to break it, too long to stand beside its name: a UUID whose groups begin with digits.
bool isLong(const Fact &fact)
{
    constexpr qsizetype fits = 30;
    return fact.mono && fact.value.size() > fits && !fact.value.contains(u' ');
}

/// Equal for lists that differ in values only.
QString shapeOf(const std::vector<Fact> &facts)
{
    QString shape;
    for (const Fact &fact : facts) {
        shape += fact.name;
        shape += isHeading(fact) ? u'#' : fact.state ? u'?' : isLong(fact) ? u'l' : fact.mono ? u'm' : u'v';
        shape += fact.term.isEmpty() ? u' ' : u'f';
        shape += u'\n';
    }
    return shape;
}

} // namespace

FactList::FactList(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
}

void FactList::show(const std::vector<Fact> &facts)
{
    if (QString shape = shapeOf(facts); shape != m_shape || !m_content) {
        build(facts);
        m_shape = std::move(shape);
    }
    for (size_t i = 0; i < facts.size(); ++i) {
        const Fact &fact = facts[i];
        const Line &line = m_lines[i];
        m_terms[i] = fact.term;
        if (line.find)
            line.find->setToolTip(
                common::toolTip(tr("Show the gateways with %1").arg(common::oneLine(fact.term, 200))));
        if (line.state)
            line.state->show(*fact.state, common::oneLine(fact.value, 300));
        if (line.value && line.value->text() != fact.value)
            line.value->setForeign(fact.value);
        if (line.value)
            line.value->setToolTip(common::toolTip(fact.toolTip));
    }
}

QPushButton *FactList::makeFind(size_t line)
{
    auto *find = new QPushButton(lineIcon(QStringLiteral("search")), {}, m_content);
    setLook(find, Look::Flat);
    find->setAccessibleName(tr("Show the gateways with this value"));
    find->setMaximumHeight(common::scaled(20, font()));
    connect(find, &QPushButton::clicked, this, [this, line] { Q_EMIT termChosen(m_terms[line]); });
    return find;
}

void FactList::build(const std::vector<Fact> &facts)
{
    delete m_content;
    m_lines.clear();
    m_terms.assign(facts.size(), QString());
    m_content = new QWidget(this);
    auto *grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(common::space::page);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, 104);
    grid->setColumnStretch(1, 1);
    for (size_t i = 0; i < facts.size(); ++i) {
        const Fact &fact = facts[i];
        const int row = 2 * static_cast<int>(i);
        Line line;
        if (isHeading(fact)) {
            line.name = new PlainLabel(fact.name, TextKind::Section, m_content);
            line.name->setContentsMargins(0, i == 0 ? 0 : common::space::small, 0, 0);
            grid->addWidget(line.name, row, 0, 1, 2);
            m_lines.push_back(line);
            continue;
        }
        line.name = new PlainLabel(common::oneLine(fact.name, 200), TextKind::Quiet, m_content);
        line.name->setWordWrap(true);
        line.name->setMaximumWidth(160);
        grid->addWidget(line.name, row, 0, Qt::AlignTop);
        if (fact.state) {
            line.state = new StatusLabel(m_content);
            grid->addWidget(line.state, row, 1);
        } else {
            line.value = new PlainLabel(m_content, fact.mono ? TextKind::Mono : TextKind::Normal);
            line.value->setMinimumWidth(40);
            if (isLong(fact))
                grid->addWidget(line.value, row + 1, 0, 1, 2, Qt::AlignTop);
            else
                grid->addWidget(line.value, row, 1, Qt::AlignTop);
        }
        if (!fact.term.isEmpty()) {
            line.find = makeFind(i);
            grid->addWidget(line.find, row, 2, Qt::AlignTop);
        }
        m_lines.push_back(line);
    }
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(0, m_content);
    m_content->show();
}

} // namespace flowgate::ui
