#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include under src/ and ui/ and fails on one that goes up or sideways, on widgets, tr() and generated
protobuf headers where they do not belong. The compiler does not notice: Qt's include folder lets anything see QWidget."""
import pathlib
import re
import sys

MAY_SEE = {
    "domain": set(),
    "net": {"domain"},
    "collector": {"domain"},
    "store": {"domain"},
    "endpoint": {"domain", "net"},
    "telemetry": {"domain", "net"},
    "app": {"domain", "net", "collector", "store", "endpoint", "telemetry"},
    "flowgated": {"app"},
    "flowgatectl": {"domain", "collector"},
    "fleetsim": {"domain", "collector"},
    "ui": {"domain", "app", "collector"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')
WIDGETS = re.compile(r"^Q(Widget|Application|Icon|Pixmap|Painter|Palette|MainWindow|Dialog|Label|Color)\b")
GENERATED = re.compile(r"\.pb\.h$")
MAY_PARSE = re.compile(r"codec|otlp|fieldbudget|agent", re.IGNORECASE)


def breaches(name: str, text: str) -> list[str]:
    """The breaches in one file; name is its path from the root, like "src/store/sql.cpp"."""
    parts = name.split("/")
    layer = "ui" if parts[0] == "ui" else parts[1]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{name}:{number}: "
        include = INCLUDE.match(line)
        if include:
            kind, target = include.groups()
            first = target.split("/")[0]
            if kind == '"' and "/" in target and first in MAY_SEE and first != layer and first not in MAY_SEE[layer]:
                found.append(f"{where}{layer} may not include {target}")
            if layer != "ui" and WIDGETS.match(target):
                found.append(f"{where}{target} belongs to ui")
            if GENERATED.search(target) and not MAY_PARSE.search(parts[-1]):
                found.append(f"{where}{target}: generated messages are for the codecs alone")
        elif layer != "ui" and re.search(r"\btr\(\"", line):
            found.append(f"{where}tr() belongs to ui")
    return found


def self_test() -> None:
    """A checker that finds nothing in planted breaches proves nothing."""
    planted = [
        ("src/domain/a.cpp", '#include "store/sql.h"'),
        ("src/store/a.cpp", '#include "net/http.h"'),
        ("src/net/a.h", "#include <QWidget>"),
        ("src/app/a.cpp", '#include "ui/mainwindow.h"'),
        ("src/store/a.cpp", "#include <opamp.pb.h>"),
        ("src/app/a.cpp", 'x = tr("word");'),
    ]
    for name, line in planted:
        assert breaches(name, line), f"not found: {line} in {name}"
    assert not breaches("src/app/a.cpp", '#include "store/sql.h"\n#include <QString>')
    assert not breaches("ui/a.cpp", '#include "app/desk.h"\n#include <QWidget>\ntr("word")')


def main() -> int:
    self_test()
    root = pathlib.Path(sys.argv[1])
    files = [f for top in ("src", "ui") for f in sorted((root / top).rglob("*")) if f.suffix in (".h", ".cpp")]
    assert len(files) > 50, "the sources are not where they are looked for"
    found = [b for f in files for b in breaches(f.relative_to(root).as_posix(), f.read_text(encoding="utf-8"))]
    print("\n".join(found) or f"{len(files)} files, no breach")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
