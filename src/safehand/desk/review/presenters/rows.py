"""One message as a row of the list, and what the panel says about it.

    Row       who (once a run), what, when in minutes, number
    About     sent to the second, in UTC, in the source's own words, where it stands, what is in doubt

What the panel says of every row is made with the row (panel.py), so that selecting another asks the desk for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from safehand.casefile.clock import Clock
from safehand.casefile.views import Line
from safehand.desk.core import say
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.citations import CitedWords
from safehand.desk.review.presenters.covers import NO_COVERS, Covers
from safehand.desk.review.presenters.doubts import short_words, whole_words
from safehand.desk.review.presenters.letters import side_of
from safehand.desk.review.presenters.pointers import NOTHING, Pointed, Pointer
from safehand.desk.review.presenters.said import Said, kind_words, said
from safehand.model.instant import MICRO
from safehand.model.message import Kind, Message

SILENCE: Final = 4 * 3600
"""Seconds without a message that are said: as long a silence as starts a new conversation (ux.md 6.2)."""

_BACK: Final = 60
"""Seconds a source must go back to be worth a line: phones' clocks differ by less."""

_NIGHT: Final = 36 * 3600
"""Seconds within which a change of the clocks is told between two messages; further apart nobody counts hours."""


_OVERRIDES: Final = ("\u202d", "\u202e")
"""Characters that show what follows in another order than it was written (Unicode UAX #9): evil reads live."""

_TURNED_SHORT: Final = "letters turned round"
_TURNED: Final = (
    "The name or the words hold characters that turn letters round: they were written in another order than you read."
    " The original shows where."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands: a file of the package, and bytes of it."""

    file: str
    start: str
    last: str
    line: str


@dataclass(frozen=True, slots=True)
class About:
    """The panel of one message."""

    reference: str
    sent: str
    utc: str
    basis: str
    raw: str
    place: Place
    kind: str
    edited: str
    doubts: tuple[str, ...]
    before_repair: str
    revisions: tuple[str, ...]
    recipients: tuple[str, ...]
    account_id: str
    extra: str
    pointers: tuple[Pointer, ...]
    citations: tuple[CitedWords, ...]
    no_time: str = ""
    """Said where the source gives none."""


class Skipped(NamedTuple):
    """Messages before this one that are not shown: how many, in words, and the first of them."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """One message in the list."""

    number: int
    letter: str
    side: str
    name: str
    first: bool
    """The name stands at the first message of a run."""
    time: str
    machine_time: str
    said: Said
    doubts: tuple[str, ...]
    above: tuple[str, ...]
    """Lines before it: silence, a source that goes back, a change of the clocks."""
    note: bool
    """The platform speaks."""
    gone: bool
    selected: bool
    about: About
    marks: tuple[str, ...] = ()
    """Words for the gutter: the sorts of the candidates that point at it."""
    not_analysed: bool = False
    """It belongs to a passage in which the rules could not look."""
    skipped: Skipped | None = None

    @property
    def marked(self) -> bool:
        """Whether anything stands beside it in the gutter."""
        return bool(self.marks or self.not_analysed or self.about.citations or self.about.pointers)

    @property
    def key(self) -> str:
        """The number as addresses and scripts have it: text, which a template writes out as it is."""
        return str(self.number)

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return say.count(self.number)


class Passage(NamedTuple):
    """Messages of one account in which the rules could not look."""

    letter: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a row needs to know of the page it stands on."""

    reference: str
    """The case's."""
    conversation: int
    selected: int
    whole: int
    """The message that is shown to its end however long it is; 0 for none."""
    cited: Mapping[int, tuple[CitedWords, ...]] = field(default_factory=dict)
    """By message number, the citations that stand."""
    pointed: Mapping[int, Pointed] = field(default_factory=dict)
    """By message number, what points at it."""
    passages: tuple[Passage, ...] = ()
    covers: Covers = NO_COVERS


def row(
    line: Line,
    before: Line | None,
    context: Context,
    spans: tuple[tuple[int, int], ...] = (),
    line_number: int | None = None,
) -> Row:
    """``line`` as a row. ``before`` is the message before it in the same day section."""
    message = line.message
    above = above_words(line, before)
    letter = line.letter or ""
    pointed = context.pointed.get(line.number, NOTHING)
    note = not letter or message.kind is Kind.SYSTEM
    cover = context.covers.over(line)
    return Row(
        number=line.number,
        letter=letter,
        side=side_of(letter) if letter else "none",
        name=message.sender or "",
        first=bool(letter)
        and not note
        and (before is None or bool(above) or before.letter != letter or _is_note(before)),
        time=times.minutes(line),
        machine_time=times.machine_time(line),
        said=said(message, spans, whole=line.number == context.whole, cues=pointed.cues, cover=cover),
        doubts=(*short_words(message.doubts), *((_TURNED_SHORT,) if _turns_letters(message) else ())),
        above=above,
        note=note,
        gone=message.kind in (Kind.DELETED, Kind.EMPTY),
        selected=line.number == context.selected,
        about=_about(line, context, line_number, is_covered=bool(cover)),
        marks=pointed.labels,
        not_analysed=any(
            one.letter == line.letter and one.first <= line.number <= one.last for one in context.passages
        ),
    )


def above_words(line: Line, before: Line | None) -> tuple[str, ...]:
    """What is said between two messages of a day."""
    said_ = gap_words(line) if before is not None else ()
    change = _clock_change(before, line) if before is not None else ""
    return (*said_, change) if change else said_


def gap_words(line: Line) -> tuple[str, ...]:
    """The silence before a message, or a source that goes back in time."""
    gap = line.gap
    if gap is None:
        return ()
    if gap >= SILENCE:
        return (f"No messages for {say.stretch(gap)}",)
    if gap <= -_BACK:
        return (f"The source goes back {say.stretch(-gap)} here",)
    return ()


def _clock_change(before: Line, line: Line) -> str:
    changed = _offset(line), _offset(before)
    if None in changed or abs(line.gap or 0) > _NIGHT:
        return ""
    now, then = changed
    if now is None or then is None or now == then:
        return ""
    way = "forward" if now > then else "back"
    return f"The clocks went {way} {say.stretch(abs(now - then))} between these messages"


def _offset(line: Line) -> int | None:
    utc = line.message.sent.utc
    if line.clock is not Clock.UK or utc is None or line.at is None:
        return None
    return (line.at - utc) // MICRO


def _turns_letters(message: Message) -> bool:
    return any(one in words for words in (message.sender, message.text) if words for one in _OVERRIDES)


def _is_note(line: Line) -> bool:
    return line.letter is None or line.message.kind is Kind.SYSTEM


def _about(line: Line, context: Context, line_number: int | None, *, is_covered: bool) -> About:
    message, span = line.message, line.message.span
    other = ("", (), "") if is_covered else (message.text_raw or "", message.revisions, message.extra or "")
    at = say.count(line_number) if line_number is not None else ""
    return About(
        reference=f"{context.reference}, conversation {context.conversation}, message {line.number}",
        sent=times.sent_words(line),
        utc=times.utc_words(message.sent),
        basis=times.basis_words(message.sent),
        raw=message.sent.raw,
        place=Place(span.file, say.count(span.start), say.count(max(span.start, span.end - 1)), at),
        kind=kind_words(message.kind),
        edited=times.instant_words(message.edited) if message.edited is not None else "",
        doubts=(*whole_words(message.doubts), *((_TURNED,) if _turns_letters(message) else ())),
        before_repair=other[0],
        revisions=other[1],
        recipients=message.recipients,
        account_id=message.sender_id or "",
        extra=other[2],
        pointers=_pointers(context.pointed.get(line.number, NOTHING).pointers, is_covered=is_covered),
        citations=context.cited.get(line.number, ()),
        no_time="" if message.sent.raw else "No time",
    )


def _pointers(pointers: tuple[Pointer, ...], *, is_covered: bool) -> tuple[Pointer, ...]:
    """The words that matched stand in the message; where it is covered, not beside it either."""
    return tuple(replace(pointer, words=()) for pointer in pointers) if is_covered else pointers
