"""What only the sealer's page says: data/sealer-words.json. Its script has the file built in.

TOO_OLD.heading      what stands on the page until the script begins, and stays where it cannot
every_line()         all of it, for the test of how hard it is to read
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from safehand.seal.sentences import with_sentences

_FILE: Final[dict[str, Any]] = with_sentences(
    json.loads((resources.files("safehand.seal") / "data" / "sealer-words.json").read_text("utf-8"))
)


@dataclass(frozen=True, slots=True)
class TooOld:
    """For a browser that cannot seal: what to do instead. A plain upload is never offered."""

    heading: str
    lines: tuple[str, ...]
    getting_ready: str
    """Shown in its place for as long as the script may still be on its way."""


TOO_OLD: Final = TooOld(_FILE["common"]["old_heading"], tuple(_FILE["common"]["old"]), _FILE["common"]["getting_ready"])


def every_line() -> Iterator[tuple[str, str]]:
    """Each line with where it stands: ``("steps.files.lead", "They stay …")``."""
    yield from _lines(_FILE, "")


def _lines(value: Any, where: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield where, value
        case list():
            for place, inside in enumerate(value):
                yield from _lines(inside, f"{where}[{place}]")
        case dict():
            for key, inside in value.items():
                if key not in ("schema", "about"):
                    yield from _lines(inside, f"{where}.{key}" if where else key)
        case _:
            raise TypeError(where)
