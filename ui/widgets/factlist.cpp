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

// Widths of a list, for text of 10 points.
constexpr int roomBeside = 260;  ///< less: values stand below their names
constexpr int roomForLong = 440; ///< less: long ones do

/// A value without a place to break it, too long to stand beside its name: a UUID whose groups begin with digits.
bool isLong(const Fact &fact)
{
    constexpr qsizetype fits = 30;
    return fact.mono && fact.value.size() > fits && !fact.value.contains(u' ');
}

/// Equal for lists that differ in values only.
QString shapeOf(const std::vector<Fact> &facts, int room)
{
    QString shape = QString::number(room);
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

int FactList::room() const
{
    return width() < common::scaled(roomBeside, font()) ? 0 : width() < common::scaled(roomForLong, font()) ? 1 : 2;
}

void FactList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_content || room() == m_builtRoom)
        return;
    // Later: whoever resizes may be walking through the widgets that go, as QApplication::setStyleSheet() does.
    QMetaObject::invokeMethod(
        this, [this] { show(std::exchange(m_facts, {})); }, Qt::QueuedConnection);
}

void FactList::show(const std::vector<Fact> &facts)
{
    m_facts = facts;
    if (QString shape = shapeOf(facts, room()); shape != m_shape || !m_content) {
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
    m_builtRoom = room();
    m_lines.clear();
    m_terms.assign(facts.size(), QString());
    m_content = new QWidget(this);
    auto *grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(common::space::page);
    grid->setVerticalSpacing(6);
    if (m_builtRoom > 0)
        grid->setColumnMinimumWidth(0, common::scaled(104, font()));
    grid->setColumnStretch(1, 1);
    for (size_t i = 0; i < facts.size(); ++i) {
        const Fact &fact = facts[i];
        const int row = 2 * static_cast<int>(i);
        Line line;
        if (isHeading(fact)) {
            line.name = new PlainLabel(fact.name, TextKind::Section, m_content);
            line.name->setContentsMargins(0, i == 0 ? 0 : common::space::small, 0, 0);
            grid->addWidget(line.name, row, 0, 1, 3);
            m_lines.push_back(line);
            continue;
        }
        line.name = new PlainLabel(common::oneLine(fact.name, 200), TextKind::Quiet, m_content);
        line.name->setWordWrap(true);
        line.name->setMaximumWidth(common::scaled(160, font()));
        const bool below = m_builtRoom == 0 || (m_builtRoom == 1 && isLong(fact));
        grid->addWidget(line.name, row, 0, Qt::AlignTop);
        if (fact.state) {
            line.state = new StatusLabel(m_content);
            grid->addWidget(line.state, below ? row + 1 : row, below ? 0 : 1, 1, below ? 3 : 2);
        } else {
            line.value = new PlainLabel(m_content, fact.mono ? TextKind::Mono : TextKind::Normal);
            line.value->setMinimumWidth(40);
            line.value->ensurePolished();
            line.name->ensurePolished();
            const int drop = line.name->fontMetrics().ascent() - line.value->fontMetrics().ascent();
            if (!below && drop > 0) // on one line with its name
                line.value->setContentsMargins(0, drop, 0, 0);
            if (below)
                grid->addWidget(line.value, row + 1, 0, 1, 3, Qt::AlignTop);
            else // over the place of a button too, where there is none
                grid->addWidget(line.value, row, 1, 1, fact.term.isEmpty() ? 2 : 1, Qt::AlignTop);
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
