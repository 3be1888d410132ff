#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every source under ui/ and fails on text for people that does not go through tr().

A string counts as text for people where it is words (two with a space between, or one that begins with a capital
letter), or where it holds letters and stands in a call that shows what it is given. What is no such text all the same
is in ALLOWED, with the reason.

    check_texts.py ROOT     every breach, one a line; exit 1 if there is one
    check_texts.py --self-test     plants breaches and looks for each
"""
import pathlib
import re
import sys

LITERAL = re.compile(r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*(?:.|\n)*?\*/')
INCLUDE = re.compile(r"^\s*#\s*include.*$", re.M)
WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]?\s+[A-Za-z]{2,}|^[A-Z][a-z]{2,}\b")
LETTERS = re.compile(r"[A-Za-z]{2,}")
TRANSLATES = re.compile(r"(?:\btr|\btranslate|QT_TR_NOOP\w*|QT_TRANSLATE_NOOP\w*)$")
SHOWS = re.compile(
    r"(?:\b(?:setText|setWindowTitle|setToolTip|setStatusTip|setWhatsThis|setPlaceholderText|setTitle|setSuffix|setPrefix|"
    r"setInformativeText|setAccessibleName|setAccessibleDescription|addAction|addMenu|addTab|addItem|addItems|insertItem|"
    r"addButton|addRow|setHeaderLabels|drawText|QPushButton|QLabel|PlainLabel|QCheckBox|QRadioButton|QGroupBox|QDockWidget|"
    r"QAction)|\bnew (?:QPushButton|QLabel|PlainLabel|QCheckBox|QRadioButton|QGroupBox|QDockWidget|QAction))$")
WRAPS = re.compile(r"(?:QStringLiteral|QLatin1String|QString::fromLatin1|QString::fromUtf8|QString)$")

# A literal that looks like text for people and is none: where, its beginning, and why.
ALLOWED = [
    ("ui/main.cpp", "flowgate", "standard error is English, as in the other programs"),
    ("ui/main.cpp", "Flowgate", "the program's name"),
    ("ui/main.cpp", "Fusion", "the name of a style"),
    ("ui/startup/", "", "before there is an application: standard error is English"),
    ("ui/help/about.cpp", "", "names of programs and licences are what they are"),
    ("ui/widgets/stylesheet.cpp", "", "a style sheet"),
    ("ui/widgets/labels.cpp", "", "names of looks"),
    ("ui/common/relativetime.cpp", "yyyy-MM-dd", "the same form of a date everywhere: it is compared with logs"),
    ("ui/fleet/timelinestrip.cpp", "MM-dd", "the same form of a date everywhere"),
    ("ui/telemetry/chartview.cpp", "MM-dd", "the same form of a date everywhere"),
    ("ui/fleet/gatewayactions.cpp", "env=lab", "an example in the syntax of labels"),
    ("ui/models/gatewayfiltermodel.cpp", "id in", "the syntax of selectors"),
    ("ui/models/healthtreemodel.cpp", "Error", "part of a word of the Collector's"),
    ("ui/models/healthtreemodel.cpp", "Status", "part of a word of the Collector's"),
    ("ui/navigation/layoutkeeper.cpp", "Rows", "part of a key of a file"),
    ("ui/tokens/tokentextdialog.cpp", "server:", "YAML of a supervisor"),
    ("ui/configs/configlayout.cpp", "receivers:", "YAML that a new config begins with"),
]


def calls_around(text: str, at: int) -> list[str]:
    """Names before each bracket that is open at @at, from the inside out."""
    names, depth, place = [], 0, at - 1
    while place >= 0 and len(names) < 6:
        c = text[place]
        if c in ")]}":
            depth += 1
        elif c in "([{":
            if depth == 0:
                names.append(text[:place].rstrip()[-60:])
                if c == "{" and len(names) > 1 and text[:place].rstrip().endswith((")", "const")):
                    break  # the body of a function
            else:
                depth -= 1
        elif c == ";" and depth == 0:
            break
        place -= 1
    return names


def breaches(name: str, source: str) -> list[str]:
    blank = lambda m: re.sub(r"[^\n]", " ", m.group())
    source = INCLUDE.sub(blank, source)
    # Brackets inside of strings and comments must not count as code.
    code = LITERAL.sub(blank, source)
    found = []
    for match in LITERAL.finditer(source):
        literal = match.group()
        if literal.startswith(("//", "/*", "'")):
            continue
        raw = literal.startswith("R")
        inner = literal[literal.index("(") + 1:-2] if raw else literal[1:-1]
        inner = re.sub(r"\\[nt]", " ", inner)
        if not LETTERS.search(inner) or any(name.startswith(where) and inner.startswith(begin)
                                            for where, begin, _ in ALLOWED):
            continue
        around = calls_around(code, match.start())
        if any(TRANSLATES.search(call) for call in around):
            continue
        outer = next((call for call in around if not WRAPS.search(call)), "")
        if WORDS.search(inner) or SHOWS.search(outer):
            line = source.count("\n", 0, match.start()) + 1
            found.append(f"{name}:{line}: {inner[:60]!r} does not go through tr()")
    return found


PLANTED = [
    'label->setText(QStringLiteral("gone"));',
    'label->setText(QStringLiteral("%1 gone").arg(count));',
    'auto *b = new QPushButton(QStringLiteral("Save"), this);',
    'const QString text = QStringLiteral("Nothing to see");',
    'return QStringLiteral("Waiting");',
    'box->setToolTip(QLatin1String("why"));',
    'menu.addAction(QString::fromLatin1("copy"), this, [] {});',
    'f(tr("Fine"), QStringLiteral("Not fine"));',
]
CLEAN = [
    'label->setText(tr("gone"));',
    'label->setText(Times::tr("%1 ago").arg(text));',
    'label->setText(tr("%1, and %2")\n    .arg(QStringLiteral("%1"), b));',
    'setObjectName(QStringLiteral("fleetPage"));',
    '// label->setText("a comment here");',
    '#include "ui/Some words/here.h"',
    'settings.value(QStringLiteral("layout/page"));',
    'const QChar c = u\'"\'; label->setText(tr("Fine"));',
    'x = cond ? tr("One thing") : tr("Another thing");',
    'x = tr("One thing "\n       "in two lines");',
]


def self_test() -> int:
    wrong = [f"not found: {text}" for text in PLANTED if len(breaches("ui/a.cpp", text)) != 1]
    wrong += [f"found, but right: {text}" for text in CLEAN if breaches("ui/a.cpp", text)]
    print("\n".join(wrong) or f"{len(PLANTED)} planted breaches found")
    return 1 if wrong else 0


def main() -> int:
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    files = sorted(f for f in (root / "ui").rglob("*") if f.suffix in (".h", ".cpp"))
    if len(files) < 50:
        sys.exit(f"{len(files)} sources: they are not where they are looked for")
    found = [b for f in files for b in breaches(f.relative_to(root).as_posix(), f.read_text(encoding="utf-8"))]
    print("\n".join(found) or f"{len(files)} files, no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
