"""WhatsApp's own words, read from data/wordings.tsv: four columns, use, language, detail, text.

    omitted     de   photo          Bild weggelassen            a file was here and was left out
    attached    en                  file attached               NAME (file attached)
    attached-ios en                 attached                    <attached: NAME>
    deleted     en   own            You deleted this message    "own": so only the exporter's phone says it
    edited      en                  <This message was edited>   at the end of a text
    call        en   video missed   Missed video call
    poll        es                  ENCUESTA                    first line of a poll, before a colon
    location    en                  live location shared
    empty       en                  View once photo             nothing to see in it
    unknown     en                  null                        Android, for what it cannot export
    system      en   renamed        changed the subject         any part of a platform line
    title       en                  WhatsApp Chat with          start of the file's name

The words are data. A language that is missing costs a kind ("text" instead of "media"), never a message: nothing here
decides where a message begins or ends.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final, NamedTuple

MARKS: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff"
"""Invisible marks of direction that phones put round their own words."""

NOT_DAY_FIRST: Final = frozenset({"en", "es", "fil", "zh", "ja", "ko", "hu", "lt", "eu", "mn"})
"""Languages whose phones do not all write the day before the month (CLDR: en-US, es-PR, fil; the rest year first)."""

_SURE: Final = 8
"""Letters a phrase needs before it says which language a file is in: "admin" is a word of many."""


class Wording(NamedTuple):
    """One row of the table."""

    use: str
    language: str
    detail: str
    text: str


def plain(text: str) -> str:
    """A text as it is looked up: without marks of direction round it, a final full stop, and capitals."""
    return text.strip(_AROUND).rstrip(".。").casefold()


_AROUND: Final = MARKS + " \u00a0\u202f\r\n"


@cache
def wordings() -> tuple[Wording, ...]:
    """Every row."""
    table = resources.files(__package__).joinpath("data", "wordings.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.split("\n") if line and not line.startswith("#"))
    return tuple(Wording(*row) for row in rows)


@cache
def phrases() -> dict[str, Wording]:
    """Whole texts the platform writes (omitted, deleted, call, location, empty, unknown), as ``plain`` has them."""
    uses = {"omitted", "deleted", "call", "location", "empty", "unknown"}
    return {plain(row.text): row for row in reversed(wordings()) if row.use in uses}


@cache
def words_of(use: str) -> dict[str, Wording]:
    """The rows of one use, by their plain text."""
    return {plain(row.text): row for row in reversed(wordings()) if row.use == use}


@cache
def _system(language: str | None) -> tuple[tuple[str, Wording], ...]:
    """The platform's phrases in one language, or in all, the longest first."""
    rows = [
        (row.text.casefold(), row)
        for row in wordings()
        if row.use == "system" and (language is None or row.language == language)
    ]
    return tuple(sorted(rows, key=lambda pair: -len(pair[0])))


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted((row.text for row in wordings() if row.use == "title"), key=len, reverse=True))


def system_wording(text: str, language: str | None = None) -> Wording | None:
    """The longest platform phrase that stands in a line, or None. ``language`` is looked through first, if given."""
    folded = text.casefold()
    for phrase, row in _system(language) if language else ():
        if phrase in folded:
            return row
    for phrase, row in _system(None):
        if phrase in folded:
            return row
    return None


def language_of(text: str) -> str | None:
    """The language of a platform line or placeholder, where its words are long enough to say."""
    row = phrases().get(plain(text)) or system_wording(text)
    return row.language if row is not None and len(row.text) >= _SURE else None


def title_of(name: str) -> str | None:
    """The conversation's title in a file's name: ``WhatsApp Chat with Allotment.txt`` → ``Allotment``."""
    for part in reversed(name.split("/")):
        stem = part.rsplit(".", 1)[0] if part.lower().endswith((".txt", ".zip")) else part
        for prefix in _titles():
            if stem.startswith(prefix) and len(stem) > len(prefix):
                return stem.removeprefix(prefix)
    return None
