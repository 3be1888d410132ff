// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/naming.h"

#include "ui/common/visibletext.h"
#include "ui/configs/configeditor.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/pagekey.h"

#include <QMenu>
#include <QToolTip>

namespace flowgate::ui {

Naming::Naming(ConfigEditor &editor)
    : QObject(&editor)
    , m_editor(editor)
{
    addPageKey(editor, tr("Go to the definition"), QKeySequence(Qt::Key_F12), [this] { goToDefinition(); });
    addPageKey(editor, tr("Where it is named"), QKeySequence(Qt::SHIFT | Qt::Key_F12), [this] { showUses(); });
    addPageKey(editor, tr("Rename everywhere…"), QKeySequence(Qt::Key_F2), [this] { rename(); });
}

std::optional<collector::IdUses> Naming::here() const
{
    const ConfigEditor::Cursor cursor = m_editor.cursor();
    auto uses = collector::usesAt(m_editor.files(), cursor.file, cursor.line, cursor.column);
    if (!uses)
        say(tr("The cursor is on no component: put it on a receiver, processor, exporter, connector or extension."));
    return uses;
}

void Naming::say(const QString &text) const
{
    QToolTip::showText(m_editor.cursorPosition(), common::toolTip(text), &m_editor);
}

void Naming::goToDefinition()
{
    const auto uses = here();
    if (!uses)
        return;
    if (uses->places.empty() || !uses->places.front().defines)
        return say(tr("%1 is not defined in this config.").arg(common::oneLine(uses->id, 80)));
    const collector::IdPlace &place = uses->places.front();
    m_editor.goTo(place.file, place.line, place.column);
}

void Naming::showUses()
{
    const auto uses = here();
    if (!uses)
        return;
    const bool isOneFile = m_editor.files().files.size() == 1;
    auto *menu = new QMenu(&m_editor);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const collector::IdPlace &place : uses->places) {
        const QString words = common::oneLine(place.text, 80);
        QString text = isOneFile
                           ? tr("Line %1: %2").arg(place.line).arg(words)
                           : tr("%1, line %2: %3").arg(common::oneLine(place.file, 40)).arg(place.line).arg(words);
        menu->addAction(text.replace(u'&', QStringLiteral("&&")), &m_editor,
                        [this, place] { m_editor.goTo(place.file, place.line, place.column); });
    }
    menu->popup(m_editor.cursorPosition());
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().front());
}

void Naming::rename()
{
    if (!m_editor.mayEdit())
        return;
    const auto uses = here();
    if (!uses)
        return;
    TextQuestion question;
    question.title = tr("Rename %1").arg(common::oneLine(uses->id, 80));
    question.text = tr("Another name for it. It stands in %n place(s), all of them change.", nullptr,
                       static_cast<int>(uses->places.size()));
    question.verb = tr("Rename");
    question.value = uses->id;
    question.wrong = [files = m_editor.files(), uses](const QString &id) {
        return collector::renameTrouble(files, *uses, id);
    };
    askText(&m_editor, question, [this, uses](const QString &id) {
        if (id != uses->id)
            m_editor.apply(collector::renaming(*uses, id));
    });
}

} // namespace flowgate::ui
