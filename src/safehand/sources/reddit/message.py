"""One message of Reddit: a row of a table, by the names of its columns.

    $abc,2023-04-22 10:00:00 UTC,,robin,Hello,,https://chat.reddit.com/room/1,,allotment,direct

What has no place in the model stands in ``extra``, by the name of its column. A row with more fields than the header
has names keeps what is beyond by its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Final

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant, utc_instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.csv_fields import Columns, is_torn, leftover, mended
from safehand.sources.reddit.forms import Form
from safehand.sources.seen_names import SeenNames
from safehand.sources.thread import Thread

_AGAIN: Final = (Doubt.DUPLICATE_OF,)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE: Final = timedelta(microseconds=1)
_LENGTH: Final = len("2023-04-22 10:00:00 UTC")
_FRACTION: Final = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,6}) UTC$", re.ASCII)
_UTC, _SECOND, _TEXT = Basis.UTC, Precision.SECOND, Kind.TEXT


class Grid:
    """The columns of one file, looked up once."""

    def __init__(self, form: Form, header: Sequence[str]) -> None:
        self.form = form
        self.columns = Columns(header)
        self.width = len(header)
        at = self._place
        self.native, self.sent, self.sender = at(form.native), at(form.sent), at(form.sender)
        self.text, self.box, self.title = at(form.text), at(form.box), at(form.title)
        self.to, self.parent, self.kind = at(form.to), at(form.parent), at(form.kind)
        self.once = tuple(sorted({at(name) for name in form.said_once} - {-1}))
        read = {self.native, self.sent, self.sender, self.text, self.box, self.title, self.to, self.parent, self.kind}
        self.silent = tuple(sorted({at(name) for name in form.silent} - {-1}))
        self.others = tuple(sorted(set(range(self.width)) - read - set(self.once) - set(self.silent)))
        self.updated = at("updated_at") if "updated_at" in form.silent else -1
        self.reach = max(self.sent, self.sender, self.box, self.text)
        self._usual = tuple(
            place
            for place in (self.title, self.kind, self.parent, *self.once, *self.others, *self.silent)
            if place not in {-1, self.updated}
        )
        self.usual = itemgetter(*self._usual) if len(self._usual) > 1 else None
        """What is the same in nearly every row of a conversation, in one call."""

    def _place(self, name: str | None) -> int:
        found = None if name is None else self.columns.at(name)
        return -1 if found is None else found

    def get(self, row: Sequence[str], place: int) -> str:
        """A field; empty where the form has no such column, or the row does not reach it."""
        return row[place] if 0 <= place < len(row) else ""

    def box_of(self, row: Sequence[str]) -> str:
        """What tells the conversation. The first of a thread of private messages has no thread: it is named by it."""
        return self.get(row, self.box) or (self.get(row, self.native) if self.to >= 0 else "")

    def usual_of(self, opening: Opening) -> tuple[str, ...]:
        """What ``usual`` gives where a row says no more of these than the opening of its conversation."""
        said = {self.title: opening.title, self.kind: opening.kind}
        said.update((place, opening.once.get(self.columns.label(place), "")) for place in self.once)
        return tuple(said.get(place, "") for place in self._usual)

    def is_message(self, row: Sequence[str]) -> bool:
        """Whether a row reaches to all that makes it a message, and says any of it."""
        if len(row) <= self.reach:
            return False
        if row[self.sent]:
            return True
        return any(self.get(row, place) for place in (self.native, self.sender, self.box, self.text))


@dataclass(frozen=True, slots=True)
class Opening:
    """What the oldest message of a conversation says of it, and the rest need not say again."""

    grid: Grid | None = None
    title: str = ""
    kind: str = ""
    once: Mapping[str, str] = field(default_factory=dict)
    span: Span | None = None


def stamp_of(text: str) -> str:
    """What messages are ordered by: the moment, in a spelling whose order is that of time; empty where it has none."""
    if len(text) == _LENGTH and text.endswith(" UTC"):
        return text
    sent = moment_of(text)
    if sent.utc is None:
        return ""
    moment = _EPOCH + timedelta(microseconds=sent.utc)
    # A blank stands before a full stop in the order of characters: a whole second is before its fractions.
    return f"{moment:%Y-%m-%d %H:%M:%S}{f'.{moment:%f}' if moment.microsecond else ''} UTC"


def moment_of(text: str) -> Instant:
    """``2023-04-22 10:00:00 UTC``, with a fraction or without, or ISO 8601 with a zone. Never guessed."""
    try:
        if len(text) == _LENGTH and text.endswith(" UTC") and text[4] + text[10] + text[13] == "- :":
            micros = (datetime.fromisoformat(f"{text[:19]}+00:00") - _EPOCH) // _ONE
            return Instant(text, _UTC, _SECOND, micros, micros, micros)
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1+00:00", text))
        if moment.tzinfo is not None:
            micros = (moment - _EPOCH) // _ONE
            basis = Basis.OFFSET if moment.utcoffset() else Basis.UTC
            return utc_instant(text, micros, Precision.MICROSECOND if moment.microsecond else _SECOND, basis)
    except (ValueError, OverflowError):
        pass
    return unknown_instant(text)


class Reader:
    """Reads rows of one conversation."""

    def __init__(self, thread: Thread, opening: Opening, seen: SeenNames, grid_of: Callable[[str], Grid]) -> None:
        self._thread = thread
        self._opening = opening
        self._seen = seen
        self._grid = grid_of
        self._usual: dict[str, tuple[str, ...]] = {}

    def read(self, row: list[str], raw: bytes, span: Span) -> Message:
        """The next message."""
        grid, thread = self._grid(span.file), self._thread
        plain = self._plain(row, raw, span, grid)
        if plain is not None:
            return plain
        doubts: tuple[Doubt, ...] = ()
        if is_torn(raw):
            row = [mended(field)[0] for field in row]
            doubts = (Doubt.ENCODING_GUESSED,)
        get = grid.get
        native, sender, text = get(row, grid.native), get(row, grid.sender) or None, get(row, grid.text)
        sent = moment_of(get(row, grid.sent))
        if sent.basis is Basis.NONE:
            doubts = (*doubts, Doubt.TIME_UNREADABLE)
        if native and not self._seen.add(native):
            doubts = (*doubts, Doubt.DUPLICATE_OF)
        extra, odd = self._extra(grid, row)
        if odd:
            doubts = (*doubts, Doubt.FIELD_NOT_READ)
        parent, to = get(row, grid.parent), get(row, grid.to)
        reply = None
        if parent:
            here = parent in self._seen
            reply = Reply(parent, None, Match.EXACT if here else Match.NONE)
            doubts = doubts if here else (*doubts, Doubt.REPLY_TARGET_MISSING)
        doubts = thread.take(sender, sender, sent, span, doubts)
        if to:
            thread.name(to, to, span)
        return Message(
            thread.count,
            _TEXT if text else Kind.EMPTY,
            sender,
            text or None,
            sent,
            span,
            doubts,
            sender,
            native or None,
            reply=reply,
            recipients=(to,) if to else (),
            extra=extra,
        )

    def _plain(self, row: list[str], raw: bytes, span: Span, grid: Grid) -> Message | None:
        """The short way, for a chat that says no more than who, when and what; None for any other row."""
        if grid.usual is None or grid.to >= 0 or grid.native < 0 or len(row) != grid.width:
            return None
        if not raw.isascii() and is_torn(raw):
            return None
        usual = self._usual.get(span.file)
        if usual is None:
            usual = self._usual[span.file] = grid.usual_of(self._opening)
        when = row[grid.sent]
        if grid.usual(row) != usual or (grid.updated >= 0 and row[grid.updated] not in {"", when}):
            return None
        native, sender, text, sent = row[grid.native], row[grid.sender], row[grid.text], moment_of(when)
        if not native or not sender or not text or sent.utc is None:
            return None
        thread = self._thread
        doubts = thread.take(sender, sender, sent, span, () if self._seen.add(native) else _AGAIN)
        return Message(thread.count, _TEXT, sender, text, sent, span, doubts, sender, native)

    def _extra(self, grid: Grid, row: Sequence[str]) -> tuple[str | None, bool]:
        """Fields without a place, and whether one of them is not known."""
        opening = self._opening
        places = [place for place in (*grid.silent, *grid.others) if place < len(row) and row[place]]
        if grid.updated in places and row[grid.updated] == row[grid.sent]:
            places.remove(grid.updated)  # it was never changed
        title = grid.get(row, grid.title)
        if title and title != opening.title and title.casefold() != f"re: {opening.title}".casefold():
            places.append(grid.title)
        places += [p for p in grid.once if grid.get(row, p) != opening.once.get(grid.columns.label(p), "")]
        if grid.kind >= 0 and grid.get(row, grid.kind) != opening.kind:
            places.append(grid.kind)
        if not places and len(row) <= grid.width:
            return None, False
        odd = len(row) > grid.width or any(place in grid.others for place in places)
        return leftover(grid.columns, row, places), odd
