"""The values an answer may hold: text, and dates in one spelling.

    "2026-11-24 15:30"   →   2026-11-24T15:30:00

A date keeps the precision and the offset it was given with. No zone is ever added: "half past three" on a chat's clock
stays a reading of that clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from safehand.errors import UsageError

LONGEST_TEXT: Final = 4000
"""Characters of one answer: about a page. More belongs in a statement to an officer."""

DONT_KNOW_SAID: Final = frozenset({"i don't know", "don't know", "dont know", "i dont know", "dont_know", "unknown"})
"""How "I don't know" may be typed: as plain_word has it."""

_YEARS: Final = range(1970, 2200)  # chats and the plans made in them

_WHEN: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?P<offset>Z|[+-]\d{2}:\d{2})?)?", re.ASCII
)


def plain_word(text: str) -> str:
    """What was typed, in lower case, with a straight apostrophe, without blanks around and without a full stop."""
    return text.strip().lower().replace("\u2019", "'").rstrip(".")


def is_dont_know(text: str) -> bool:
    """Do these words say "I don't know"?"""
    return plain_word(text) in DONT_KNOW_SAID


def read_when(raw: object, key: str, where: str) -> str:
    """A date or a date and time in its one spelling: ``2026-11-24``, ``2026-11-24T15:30:00``, ``…Z``, ``…+01:00``."""
    found = _WHEN.fullmatch(raw) if isinstance(raw, str) else None
    try:
        if found is not None:
            text = f"{found['date']}T{found['time']}{found['offset'] or ''}" if found["time"] else found["date"]
            raw = datetime.fromisoformat(text) if found["time"] else date.fromisoformat(text)
    except ValueError as err:
        raise wrong_answer(key, "There is no such date or time.", where) from err
    if isinstance(raw, date) and raw.year not in _YEARS:
        raise wrong_answer(key, f"Its year is not from {_YEARS[0]} to {_YEARS[-1]}.", where)
    match raw:
        case datetime():
            return _spell(raw)
        case date():
            return raw.isoformat()
        case _:
            raise wrong_answer(key, "It takes a date, or a date and a time: 2026-11-24 or 2026-11-24T15:30.", where)


def _spell(moment: datetime) -> str:
    text = moment.isoformat(timespec="seconds")
    return text.removesuffix("+00:00") + "Z" if moment.utcoffset() == UTC.utcoffset(None) else text


def read_text(raw: object, key: str, where: str) -> str:
    """A text of at most LONGEST_TEXT characters, without control characters but for line ends and tabs."""
    if not isinstance(raw, str) or not 0 < len(raw) <= LONGEST_TEXT:
        raise wrong_answer(key, f"It takes a text of 1 to {LONGEST_TEXT} characters.", where)
    if any(ord(char) < 0x20 and char not in "\n\t" for char in raw):
        raise wrong_answer(key, "It holds a control character.", where)
    return raw


def wrong_answer(key: str, todo: str, where: str) -> UsageError:
    """The error for an answer that cannot be read. It names the key and never quotes the answer."""
    return UsageError(f"The answer to {key} cannot be read.", where=where, todo=todo)
