#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every source under src/ and ui/ and fails on a breach of the layer order and of the habits that go with it.

The compiler does not notice: Qt's include folder lets anything see QWidget, and one source root lets anything see
"ui/mainwindow.h".

    check_includes.py ROOT QT_INCLUDE_FOLDER     every breach, one a line; exit 1 if there is one
    check_includes.py --self-test QT_INCLUDE_FOLDER     plants breaches in a folder of its own and looks for each
"""
import pathlib
import re
import sys
import tempfile
from typing import NamedTuple

# What a layer may include besides itself. An include goes down only.
MAY_SEE = {
    "domain": set(),
    "net": {"domain"},
    "collector": {"domain"},
    "store": {"domain"},
    "endpoint": {"domain", "net", "proto"},
    "telemetry": {"domain", "net", "proto"},
    "app": {"domain", "net", "collector", "store", "endpoint", "telemetry"},
    "flowgated": {"app"},
    "flowgatectl": {"domain", "collector"},
    "fleetsim": {"domain", "collector", "proto"},
    "ui/common": {"domain", "collector", "app"},
    "ui/models": {"domain", "collector", "telemetry", "app", "ui/common"},
    "ui": {"domain", "collector", "telemetry", "app", "ui/common", "ui/models"},
}

# Generated messages stay in the codecs, so that a new protocol version touches few files. Others, with the reason:
MAY_PARSE = {
    "src/telemetry/otlpvalues.h": "what the metrics and the logs codec share",
    "src/telemetry/otlpanswer.cpp": "writes the two answers of OTLP/HTTP",
}

MAX_LINES = {".h": 150, ".cpp": 400}
# Longer ones, with the reason. One that is short again has to leave the list.
MAY_BE_LONG = {
    "src/store/cborreader.h": "one reader, whose inline functions are all of it",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
TRANSLATED = re.compile(r"\btr\s*\(|\bQT_TR(?:ANSLATE)?(?:_N)?_NOOP|\bQCoreApplication::translate\b")
COMMENT = re.compile(r"//.*")
LICENCE = "// SPDX-License-Identifier: GPL-3.0-or-later"


class QtHeaders(NamedTuple):
    """Names that an #include <...> may give, of the modules that only the window may use."""

    gui: set[str]
    widgets: set[str]


def qt_headers(folder: pathlib.Path) -> QtHeaders:
    def names(*modules: str) -> set[str]:
        return {f.name for module in modules for f in (folder / module).glob("*") if f.is_file()}

    below = names("QtCore", "QtNetwork", "QtSql", "QtWebSockets")
    found = QtHeaders(names("QtGui", "QtSvg") - below, names("QtWidgets", "QtPrintSupport") - below)
    if "QPainter" not in found.gui or "QWidget" not in found.widgets:
        sys.exit(f"{folder} does not hold Qt's headers")
    return found


def layer_of(path: str) -> str:
    """The layer of a file, or of what an include names: "src/net/a.h" and "net/a.h" are "net"."""
    parts = path.removeprefix("src/").split("/")
    both = "/".join(parts[:2])
    return both if both in MAY_SEE else parts[0]


def include_breach(name: str, quote: str, target: str, qt: QtHeaders) -> str | None:
    layer = layer_of(name)
    if ".." in target.split("/") or target.startswith(("src/", "tests/")):
        return f"{target} is not named from the source root"
    if target.endswith(".pb.h"):
        if "codec" not in pathlib.PurePath(name).stem and name not in MAY_PARSE:
            return f"{target}: generated messages are for the codecs alone"
        return None
    if quote == '"':
        aimed = layer_of(target)
        if "/" in target and aimed in MAY_SEE and aimed != layer and aimed not in MAY_SEE[layer]:
            return f"{layer} may not include {target}"
        return None
    module, _, header = target.rpartition("/")
    if (header in qt.widgets or module in ("QtWidgets", "QtPrintSupport")) and layer != "ui":
        return f"{target}: widgets are for ui alone, not for {layer}"
    if (header in qt.gui or module in ("QtGui", "QtSvg")) and not layer.startswith("ui"):
        return f"{target}: Qt Gui is for ui alone, not for {layer}"
    return None


def file_breaches(name: str, text: str, qt: QtHeaders) -> list[str]:
    """The breaches in one file; name is its path from the root, like "src/store/sql.cpp"."""
    found = []
    lines = text.splitlines()
    layer = layer_of(name)
    if layer not in MAY_SEE:
        return [f"{name}: {layer} is no layer; give it a line in MAY_SEE"]
    if not lines or lines[0] != LICENCE:
        found.append(f"{name}:1: the first line is not the licence")
    for number, line in enumerate(lines, 1):
        include = INCLUDE.match(line)
        if include:
            breach = include_breach(name, *include.groups(), qt)
            if breach:
                found.append(f"{name}:{number}: {breach}")
        elif not layer.startswith("ui") and TRANSLATED.search(COMMENT.sub("", line)):
            found.append(f"{name}:{number}: texts for people are made in ui")
    most = MAX_LINES[pathlib.PurePath(name).suffix]
    if len(lines) > most and name not in MAY_BE_LONG:
        found.append(f"{name}: {len(lines)} lines, at most {most}: one idea a file, or a reason in MAY_BE_LONG")
    if len(lines) <= most and name in MAY_BE_LONG:
        found.append(f"{name}: {len(lines)} lines are not long; take it off MAY_BE_LONG")
    return found


def tree_breaches(root: pathlib.Path, qt: QtHeaders) -> tuple[int, list[str]]:
    files = [f for top in ("src", "ui") for f in sorted((root / top).rglob("*")) if f.suffix in MAX_LINES]
    return len(files), [breach for f in files
                        for breach in file_breaches(f.relative_to(root).as_posix(), f.read_text(encoding="utf-8"), qt)]


# Each breaks one rule: path, text, a part of what has to be said about it.
PLANTED = [
    ("src/domain/up.cpp", '#include "store/sql.h"', "domain may not include store/sql.h"),
    ("src/store/sideways.cpp", '#include "net/http.h"', "store may not include net/http.h"),
    ("src/endpoint/up.h", '  #  include "app/fleet.h"', "endpoint may not include app/fleet.h"),
    ("src/app/up.cpp", '#include "ui/mainwindow.h"', "app may not include ui/mainwindow.h"),
    ("src/app/common.cpp", '#include "ui/common/words.h"', "app may not include ui/common/words.h"),
    ("src/flowgatectl/app.cpp", '#include "app/fleet.h"', "flowgatectl may not include app/fleet.h"),
    ("ui/models/up.h", '#include "ui/fleet/page.h"', "ui/models may not include ui/fleet/page.h"),
    ("ui/fleet/deep.cpp", '#include "store/sql.h"', "ui may not include store/sql.h"),
    ("src/net/dots.cpp", '#include "../store/sql.h"', "not named from the source root"),
    ("src/net/tests.cpp", '#include "tests/support/rawclient.h"', "not named from the source root"),
    ("src/net/widget.h", "#include <QWidget>", "widgets are for ui alone"),
    ("src/net/clipboard.h", "#include <QClipboard>", "Qt Gui is for ui alone"),
    ("src/store/module.cpp", "#include <QtWidgets/QLabel>", "widgets are for ui alone"),
    ("ui/models/widget.cpp", "#include <QTableView>", "widgets are for ui alone"),
    ("src/store/parses.cpp", "#include <opamp.pb.h>", "for the codecs alone"),
    ("src/app/parses.cpp", '#include "proto/opamp.pb.h"', "for the codecs alone"),
    ("src/app/words.cpp", 'x = tr("word");', "texts for people"),
    ("src/app/plural.cpp", "x = QObject::tr (text);", "texts for people"),
    ("src/app/noop.cpp", 'QT_TR_NOOP("word")', "texts for people"),
    ("src/net/long.cpp", "\n" * 400, "401 lines, at most 400"),
    ("src/net/long.h", "\n" * 150, "151 lines, at most 150"),
    ("src/store/cborreader.h", "", "take it off MAY_BE_LONG"),
    ("src/other/new.cpp", "", "other is no layer"),
]

CLEAN = [
    ("src/domain/a.h", "#include <QString>\n#include <vector>"),
    ("src/endpoint/opampcodec.cpp", '#include "net/http.h"\n#include "proto/opamp.pb.h"\n#include <QWebSocket>'),
    ("src/app/a.cpp", '#include "app/b.h"\n#include "store/sql.h"\n// tr("in a comment")\nattr("x");'),
    ("src/net/b.cpp", "\n" * 399),
    ("ui/models/a.cpp", '#include "ui/common/words.h"\n#include <QColor>\ntr("word")'),
    ("ui/fleet/a.cpp", '#include "ui/models/a.h"\n#include "app/desk.h"\n#include <QWidget>\ntr("word")'),
]


def self_test(qt: QtHeaders) -> int:
    """A checker that finds nothing in planted breaches proves nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text, *_ in PLANTED + CLEAN:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(f"{LICENCE}\n{text}", encoding="utf-8")
        (root / "src/net/licence.h").write_text("#pragma once\n", encoding="utf-8")
        count, found = tree_breaches(root, qt)
    expected = [(name, words) for name, _, words in PLANTED] + [("src/net/licence.h", "is not the licence")]
    wrong = [f"not found: {name}: {words}" for name, words in expected
             if not any(breach.startswith(name) and words in breach for breach in found)]
    wrong += [f"found, but right: {breach}" for breach in found
              if not any(breach.startswith(name) for name, _ in expected)]
    if len(found) != len(expected):
        wrong.append(f"{len(found)} breaches for {len(expected)} planted ones")
    print("\n".join(wrong) or f"{count} files, {len(found)} of {len(expected)} planted breaches found")
    return 1 if wrong else 0


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    qt = qt_headers(pathlib.Path(sys.argv[2]))
    if sys.argv[1] == "--self-test":
        return self_test(qt)
    count, found = tree_breaches(pathlib.Path(sys.argv[1]), qt)
    if count < 50:
        sys.exit(f"{count} sources: they are not where they are looked for")
    print("\n".join(found) or f"{count} files, no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
