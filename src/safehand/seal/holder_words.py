"""What a holder reads, in one place: data/holder-words.json, for the public pages, the shell and the sealer.

    WORDS.call.heading                     "If a child is in danger now, call 999"
    WORDS.pages["start"].blocks            paragraphs, headings, lists, buttons, in order
    pieces("Call [999](tel:999) now")      ("Call ", Link("999", "tel:999"), " now")

The file is read once and every key in it is known: a slip in it stops the program's tests, not a holder. How hard the
words are to read is measured (tests/unit/seal/test_seal_holder_words.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

import msgspec

from safehand.seal.sentences import with_sentences

STALE_AFTER: Final = 183
"""Days after which what was checked is said to need another look: half a year (domain.md F9.1)."""

_MARKS: Final = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: ``tel:999``, ``https://…``, ``page:help``."""

    words: str
    to: str


class BlockKind(StrEnum):
    """What a block of a page is."""

    PARAGRAPH = "p"
    HEADING = "h"
    BULLETS = "list"
    PART = "part"
    """Something several pages show: call, silent, text, support, routes."""
    BUTTON = "button"
    CALL = "call"
    """A button that rings a number."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page."""

    kind: BlockKind
    words: tuple[str, ...]
    to: str = ""


@dataclass(frozen=True, slots=True)
class HolderPage:
    """A page that is nothing but words. ``exit``: does it carry the button that leaves at once (ux.md 2.1)?"""

    title: str
    exit: bool
    blocks: tuple[Block, ...]


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading and lines under it."""

    heading: str
    lines: tuple[str, ...]


class Danger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first question."""

    question: str
    hint: str
    yes: str
    no: str
    not_sure: str
    choose: str


class ExitWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The button that leaves at once."""

    emergency: str
    button: str
    hint: str


class Shell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the shell says first."""

    danger_first: tuple[str, ...]


class Caution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to leave be, and why, in one line each."""

    do_not: str
    why: str


class Undertaking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a holder for the time after. Nothing hangs on it (domain.md F8.9).

    What a holder says of it is asked with the other declarations (questions.py, undertaking.keep_private).
    """

    title: str
    lines: tuple[str, ...]
    after: str


class FieldWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one field of the urgent notice is asked."""

    ask: str
    hint: str = ""
    choices: dict[str, str] = {}


class SentWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The page after an urgent notice was sent: it is read out on the phone."""

    title: str
    waiting_title: str
    reference: str
    received: str
    reference_hint: str
    code: str
    code_hint: str
    what: str
    sent: str
    heading: str
    lines: tuple[str, ...]
    away: str
    see: str
    aloud: str
    print: str
    save: str
    save_without: str
    receipt: str
    unsigned: str
    not_kept: str
    share: Section
    support: str
    later: str


class ClockWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said beside a meeting's time."""

    past: str
    earlier: str
    day_only: str
    zone: str


class NoticeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The urgent notice. The ids of its fields are those of seal/notice.py."""

    title: str
    lead: tuple[str, ...]
    yes: str
    no: str
    dont_know: str
    leave_empty: str
    send: str
    needed: str
    too_long: str
    odd_day: str
    too_many: str
    desk_away: str
    cannot_keep: str
    days: dict[str, str]
    day: str
    month: str
    year: str
    titles: tuple[str, ...]
    fields: dict[str, FieldWords]
    sent: SentWords
    clock: ClockWords


class StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step that a report is at: what it is called, and what that means."""

    name: str
    means: str


class ProgressWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a report is. The ids of ``steps`` are those of docs/spec/handover.md; {when}, {reference} are put in."""

    title: str
    ask: str
    danger: str
    code: str
    code_hint: str
    check: str
    wrong: str
    no_code: Section
    wait: Section
    sent_on: str
    added_on: str
    reference: str
    not_fetched: str
    steps: dict[str, StepWords]
    done: str
    now: str
    next: str
    messages: str
    more: Section


class How(StrEnum):
    """With what a line was compared on the day it bears. Nobody rang a number or opened a page of the day itself."""

    COPY = "copy"
    """A stored copy of the page that is named as its source."""
    OTHERS = "others"
    """Stored pages of others that speak of it."""
    NOTES = "notes"
    """The notes of this project; nothing was looked up again."""


class CheckedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the day is told, once for a list: its oldest. With what each line was compared stands in the file (How)."""

    numbers: str
    routes: str
    source: str
    stale: str


class Support(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to talk to."""

    name: str
    who: str
    phone: str
    source: str
    checked: date
    how: How

    @property
    def dial(self) -> str:
        """The number as a phone takes it."""
        return self.phone.replace(" ", "")


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where else something may be told, or must be: with where that is from and when it was looked up."""

    id: str
    title: str
    lines: tuple[str, ...]
    source: str
    checked: date
    how: How


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    exit: bool
    blocks: tuple[str | dict[str, Any], ...]


class SendingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said before a chat is locked, where it cannot be sent as it should."""

    no_room: str
    desk_away: str


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    call: Section
    silent: Section
    text: Section
    danger: Danger
    exit: ExitWords
    shell: Shell
    warnings: tuple[Caution, ...]
    sending: SendingWords
    undertaking: Undertaking
    notice: NoticeWords
    progress: ProgressWords
    support: tuple[Support, ...]
    checked: CheckedWords
    routes: tuple[Route, ...]


class _File(_Words, frozen=True, forbid_unknown_fields=True):
    schema: str
    about: tuple[str, ...]
    pages: dict[str, _Page]


class HolderWords(_Words, frozen=True):
    """Everything in the file."""

    pages: Mapping[str, HolderPage]


def parse_holder_words(data: bytes) -> HolderWords:
    """Read the file. msgspec.ValidationError for a key that is missing or unknown."""
    read = msgspec.convert(with_sentences(msgspec.json.decode(data)), type=_File)
    pages = {
        name: HolderPage(page.title, page.exit, tuple(map(_block, page.blocks))) for name, page in read.pages.items()
    }
    same = {name: getattr(read, name) for name in _Words.__struct_fields__}
    return HolderWords(**same, pages=MappingProxyType(pages))


def pieces(words: str) -> tuple[str | Bold | Link, ...]:
    """A line with its marks taken apart."""
    found: list[str | Bold | Link] = []
    at = 0
    for mark in _MARKS.finditer(words):
        if mark.start() > at:
            found.append(words[at : mark.start()])
        found.append(Bold(mark["bold"]) if mark["bold"] else Link(mark["words"], mark["to"]))
        at = mark.end()
    if at < len(words):
        found.append(words[at:])
    return tuple(found)


def plain(words: str) -> str:
    """A line without its marks: for a shell, and for counting syllables."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in pieces(words))


def checked_on(dated: Sequence[Support | Route]) -> date:
    """The day that is told of a list: no line in it was looked up before that."""
    return min(one.checked for one in dated)


def is_stale(checked: date, today: date) -> bool:
    """Was it looked up so long ago that it may have changed?"""
    return (today - checked).days > STALE_AFTER


def _block(raw: str | dict[str, Any]) -> Block:
    if isinstance(raw, str):
        return Block(BlockKind.PARAGRAPH, (raw,))
    to = raw.get("to", "")
    ((kind, words),) = [(key, value) for key, value in raw.items() if key != "to"]
    return Block(BlockKind(kind), tuple(words) if isinstance(words, list) else (words,), to)


WORDS: Final = parse_holder_words(resources.files("safehand.seal").joinpath("data/holder-words.json").read_bytes())
