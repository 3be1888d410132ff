#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads docs/conformance.md and fails where a rule of OpAMP has neither a test that names it nor a reason for none.

A rule is one line, "- **ID** what it asks and what we do. *Test:* `file.cpp::function`, `file.cpp::function`", or it
ends in "*No test:* reason". A named test must exist below tests/, and its function (or the function's data) must name
the rule, in a comment or in the name of a row.

    check_conformance.py ROOT     every breach, one a line; exit 1 if there is one
    check_conformance.py --self-test     plants breaches and looks for each
"""
import pathlib
import re
import sys


def numbered(prefix: str, *ranges: tuple[int, int]) -> list[str]:
    return [f"{prefix}{n}" for first, last in ranges for n in range(first, last + 1)]


# Every rule there is: a line that is lost must not go unnoticed.
RULES = (numbered("T", (1, 6), (10, 25), (30, 42)) + numbered("S", (1, 20)) + numbered("ST", (1, 13))
         + numbered("RC", (1, 10)) + numbered("CS", (1, 6), (10, 17), (20, 25), (30, 32)) + numbered("PK", (1, 9))
         + numbered("CM", (1, 3)) + numbered("HB", (1, 5)) + numbered("CU", (1, 4)) + numbered("ER", (1, 9))
         + numbered("SEC", (1, 8)) + numbered("X", (1, 4)) + ["X4b", "X5b"] + numbered("X", (5, 19)))

LINE = re.compile(r"- \*\*(\w+)\*\* (.+)")
TEST = re.compile(r"`([\w.]+)::(\w+)`")
FUNCTION = re.compile(r"^\s*void\s+(?:\w+::)?(\w+)\(\)(?!\s*;)")


def functions(source: str) -> dict[str, str]:
    """Name of each test function to its text, its data and the comment before it included."""
    found, comment, name = {}, "", None
    for line in source.splitlines(keepends=True):
        match = FUNCTION.match(line)
        if match:
            name = match.group(1).removesuffix("_data")
            found[name] = found.get(name, "") + comment
        if line.lstrip().startswith("//"):
            comment += line
        else:
            comment = ""
        if name:
            found[name] += line
    return found


def names(rule: str, text: str) -> bool:
    """Whether @text names @rule; a part of it, such as X5c of X5, counts unless it is a rule of its own."""
    return any(hit == rule or hit not in RULES for hit in re.findall(rf"\b{rule}[a-z]?\b", text))


def breaches(document: str, sources: dict[str, str]) -> list[str]:
    """@sources: the text of each test by the name of its file."""
    found, seen = [], set()
    for line in document.splitlines():
        match = LINE.fullmatch(line)
        if not match:
            if line.startswith("- **"):
                found.append(f"not read: {line[:60]}")
            continue
        rule, rest = match.groups()
        if rule not in RULES:
            found.append(f"{rule}: no such rule")
        if rule in seen:
            found.append(f"{rule}: twice")
        seen.add(rule)
        _, proved, tests = rest.partition("*Test:*")
        _, excused, reason = rest.partition("*No test:*")
        named = TEST.findall(tests)
        if proved and not named or not proved and not (excused and len(reason.split()) >= 2):
            found.append(f"{rule}: neither a test nor a reason")
        for file, function in named:
            text = functions(sources.get(file, "")).get(function)
            if text is None:
                found.append(f"{rule}: there is no test {file}::{function}")
            elif not names(rule, text):
                found.append(f"{rule}: {file}::{function} does not name it")
    return found + [f"{rule}: left out" for rule in RULES if rule not in seen]


def self_test() -> int:
    source = {"tst_a.cpp": 'void A::one_data()\n{\n    row("T1 a row");\n}\nvoid A::one()\n{\n}\nvoid A::two() // X5c, X4b\n{\n}\n'}
    good = {rule: "asks. *No test:* not built yet." for rule in RULES}
    good["T1"] = "asks. *Test:* `tst_a.cpp::one`"
    good["X5"] = "asks. *Test:* `tst_a.cpp::two`"
    write = lambda lines: "".join(f"- **{rule}** {text}\n" for rule, text in lines.items())
    planted = [
        write({rule: text for rule, text in good.items() if rule != "RC4"}),
        write(good) + "- **T1** asks. *No test:* it is here already.\n",
        write(good) + "- **T99** asks. *No test:* not built yet.\n",
        write(good) + "- **T1**\n",
        write(good | {"T2": "asks."}),
        write(good | {"T2": "asks. *No test:*"}),
        write(good | {"T2": "asks. *Test:* all of them"}),
        write(good | {"T2": "asks. *Test:* `tst_b.cpp::one`"}),
        write(good | {"T2": "asks. *Test:* `tst_a.cpp::three`"}),
        write(good | {"T2": "asks. *Test:* `tst_a.cpp::one`"}),
        write(good | {"X4": "asks. *Test:* `tst_a.cpp::two`"}),
    ]
    wrong = [f"not found: {n}" for n, text in enumerate(planted) if len(breaches(text, source)) != 1]
    wrong += breaches(write(good), source)
    print("\n".join(wrong) or f"{len(planted)} planted breaches found")
    return 1 if wrong else 0


def main() -> int:
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[1])
    sources = {f.name: f.read_text(encoding="utf-8") for f in sorted((root / "tests").rglob("tst_*.cpp"))}
    if len(sources) < 50:
        sys.exit(f"{len(sources)} tests: they are not where they are looked for")
    found = breaches((root / "docs/conformance.md").read_text(encoding="utf-8"), sources)
    print("\n".join(found) or f"{len(RULES)} rules, each with a test or a reason")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
