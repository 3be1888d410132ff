#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails where English lacks a plural form: brings a copy of the translation up to date and looks what is new in it.

    check_translations.py ROOT LUPDATE
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET


def messages(path: pathlib.Path) -> dict[tuple[str, str], list[str]]:
    """(context, source) -> plural forms; an unfinished one has none."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [] if translation is None or translation.get("type") == "unfinished" else [
                form.text or "" for form in translation.iter("numerusform")]
            found[(context.findtext("name", ""), message.findtext("source", ""))] = forms
    return found


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    root, lupdate = pathlib.Path(sys.argv[1]), sys.argv[2]
    kept = root / "translations/flowgate_en.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder) / kept.name
        shutil.copy(kept, fresh)
        subprocess.run([lupdate, "ui", "-I", ".", "-pluralonly", "-locations", "none", "-no-obsolete", "-silent", "-ts",
                        str(fresh)], cwd=root, check=True)
        needed, known = messages(fresh), messages(kept)
    if len(needed) < 5:
        sys.exit(f"{len(needed)} texts with a number: lupdate did not find them")
    wrong = [f"{name}: {text!r} has no plural forms; build the target translations and write them"
             for (name, text), forms in needed.items() if len(forms) != 2 or not all(forms)]
    wrong += [f"{name}: {text!r} is in no source any more; build the target translations"
              for name, text in known if (name, text) not in needed]
    print("\n".join(wrong) or f"{len(needed)} texts with a number, all with their forms")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
