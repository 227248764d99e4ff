"""Building the word list: the entries of the published package, split into classes by a table that holds no word.

    .venv/bin/python -m safehand.analysis.indicators.classing frontend/node_modules/naughty-words built/words.json

The package is pinned with its hash in frontend/package-lock.json. Which class an entry is of was decided once, by a
person, entry by entry; data/word_classes.json keeps that under the hash of each entry, so that the words themselves
stand nowhere in this repository. An entry the table does not know stops the build: a new version of the package is
read by a person before it is used.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from safehand.analysis.indicators.lists import SCHEMA, WordClass
from safehand.errors import NotWhatItClaims

TABLE: Final = Path(__file__).parent / "data" / "word_classes.json"

LEFT_OUT: Final = "left_out"
"""The class of entries that are not used: in chats they are as often something else."""

_DIGITS: Final = 16
"""Hexadecimal digits of a hash that are kept: 64 bits tell a few hundred entries apart."""


def entry_hash(entry: str) -> str:
    """Under what an entry stands in the table."""
    return hashlib.sha256(entry.encode()).hexdigest()[:_DIGITS]


def classed(entries: Iterable[str], table: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The entries of each class, sorted, but for those left out; NotWhatItClaims where the table does not know one.

    ``table`` has the hashes of each class. The error says how many are not known and never which.
    """
    class_of = {hashed: kind for kind, hashes in table.items() for hashed in hashes}
    found: dict[str, list[str]] = {str(kind): [] for kind in WordClass if str(kind) in table}
    unknown = 0
    for entry in sorted(set(entries)):
        kind = class_of.get(entry_hash(entry))
        if kind is None:
            unknown += 1
        elif kind != LEFT_OUT:
            found[kind].append(entry)
    if unknown:
        raise NotWhatItClaims(
            f"{unknown} entries of the word list are in no class.",
            todo="Read them, and give each a class in data/word_classes.json.",
        )
    return found


def built(package: Path, table: Path = TABLE) -> dict[str, Any]:
    """What is written for load_words: the package's entries by class, with the package's name and version.

    NotWhatItClaims where the package is of another version than the table, or holds an entry that the table lacks.
    """
    known = json.loads(table.read_bytes())
    version = json.loads((package / "package.json").read_bytes())["version"]
    if version != known["version"]:
        raise NotWhatItClaims(
            f"The package is of version {version}, and the table of classes of {known['version']}.",
            todo="Read what is new in it, and bring data/word_classes.json up to it.",
        )
    entries = json.loads((package / known["file"]).read_bytes())
    classes = classed(entries, known["classes"])
    return {SCHEMA: {"package": known["package"], "version": version, "classes": classes}}


def main(package: Path, target: Path) -> None:
    """Build ``target`` from ``package``."""
    text = json.dumps(built(package), ensure_ascii=False, indent=1, sort_keys=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    part.replace(target)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
