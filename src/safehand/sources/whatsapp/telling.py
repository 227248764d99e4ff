"""Telling: what has been cut out of the file becomes a message, with its doubts, and is counted.

``Telling`` is what both ways of reading share: the batch of messages of one window, who wrote, how often each doubt
occurred, and the ledger. ``tell_whole`` is the slow and complete way for one message; quick.py is the other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, TypeAlias

from safehand.model.doubt import Doubt
from safehand.model.instant import Instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.decoding import decode
from safehand.sources.local_time import DAY
from safehand.sources.whatsapp.flags import (
    ENCODING_GUESSED,
    HEADER_SUSPECT,
    OUT_OF_ORDER,
    SENDER_AMBIGUOUS,
    TOOL_GENERATED_TEXT,
    doubts_in,
)
from safehand.sources.whatsapp.grammar import HEADER
from safehand.sources.whatsapp.kinds import PHRASES, PLAIN, Described, describe, describe_platform_line, may_be_more
from safehand.sources.whatsapp.marks import Marks
from safehand.sources.whatsapp.members import Member, Members
from safehand.sources.whatsapp.names import Reading
from safehand.sources.whatsapp.survey import Survey

_BACK_A_LOT: Final = DAY
"""A step back in time that no export makes by itself: clocks change by an hour, and a journey is shown in one zone."""

_NAME_ALONE: Final = re.compile(rb"([^:\n]{1,256}):(\r?(?:\n|\Z)|\.\r?\Z)")
"""``NAME:`` with its space trimmed away, and ``NAME:.``, which phones wrote for a message that disappears."""

_MARK: Final = "\u200e"
_NEWLINE, _COLON = b"\n:"
LONG_AGO: Final = -1 << 62
"""Before any message."""


When: TypeAlias = "tuple[Instant, int]"
"""The instant of a header, and its doubts as bits."""


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a header, as bytes. ``name`` is what stands before the first ``: ``, if any."""

    date: bytes
    time: bytes
    name: bytes | None

    @property
    def size(self) -> int:
        """Bytes before the text."""
        return len(self.date) + len(self.time) + (0 if self.name is None else len(self.name) + 2)


class Telling:
    """The messages of one file, as they are told."""

    def __init__(self, file: str, survey: Survey, marks: Marks) -> None:
        self.file = file
        self.marks = marks
        self.members = Members()
        self.batch: list[Message] = []
        self.number = 0
        """Of the last message."""
        self.previous = LONG_AGO
        """The clock reading of the last message that had one."""
        self.simple: dict[bytes, Member] = {}
        """Who wrote, by what stands up to the text: names that need no second thought."""
        self.tally: Counter[int] = Counter()
        """Messages by their doubts, as bits."""
        self.guessed = False
        self.media_named = False
        self._names = survey.names
        self._language = survey.language
        self._marked = survey.main is not None and survey.main.bracket
        """iPhones put a mark before the platform's own words; without it somebody typed them."""

    def doubts(self) -> Counter[Doubt]:
        """How many messages each doubt touches."""
        touched: Counter[Doubt] = Counter()
        for flags, messages in self.tally.items():
            for doubt in doubts_in(flags) if messages else ():
                touched[doubt] += messages
        return touched

    def settle(self) -> list[Message]:
        """The messages told since the last time."""
        batch = self.marks.place(self.batch)
        self.members.settle(batch)
        self.batch = []
        return batch

    def tell_whole(self, start: int, end: int, when: When, head: Head, text: bytes, flags: int) -> None:
        """One message, read in full and accounted for. ``flags`` are the doubts it has already."""
        sent, more = when
        flags |= more
        if sent.local is not None:
            if sent.local < self.previous:
                flags |= OUT_OF_ORDER | (HEADER_SUSPECT if self.previous - sent.local > _BACK_A_LOT else 0)
            self.previous = sent.local
        reading = self._whose(head.name, text.removesuffix(b"\r"))
        words, guessed = decode(reading.text)
        flags |= SENDER_AMBIGUOUS if reading.open else 0
        name = None
        if reading.sender is None:
            found = describe_platform_line(words, self._language)
            if reading.open and reading.text.endswith(b":."):
                found = found._replace(kind=Kind.EMPTY, action=None)
        else:
            found = describe(words, self._language) if may_be_more(reading.text) else PLAIN
            name, odd = decode(reading.sender)
            guessed |= odd
            member = self.members.of(name, len(self.batch))
            member.messages += 1
            if not odd:
                self._remember(reading.sender, member)
        self.guessed |= guessed
        flags |= ENCODING_GUESSED if guessed else 0
        self.number += 1
        self._tell(name, words, sent, Span(self.file, start, end), flags, found)
        self.marks.mark(SegmentKind.EVENT if found.kind is Kind.SYSTEM else SegmentKind.MESSAGE, end)

    def tell_nearly_plain(
        self, start: int, end: int, member: Member | None, body: bytes, when: When, *, whole: bool
    ) -> Kind | None:
        """One message that is not plain words but has nothing else unusual. None: it has, and nothing was done.

        ``whole``: the line has no name. The caller accounts for its bytes.
        """
        if (
            (member is None and not whole)
            or not body
            or (whole and _COLON in body)
            or (_NEWLINE in body and HEADER.search(body) is not None)
        ):
            return None
        try:
            words = body.decode()
        except UnicodeDecodeError:
            return None
        found = PHRASES.get(body) if member is not None else describe_platform_line(words, self._language)
        if found is None:
            found = describe(words, self._language)
        sent, flags = when
        if sent.local is not None:
            self.previous = sent.local
        self.number += 1
        name = None
        if member is not None:
            member.messages += 1
            name = member.name
            if _COLON in body and self._names.is_label_or_name(name.encode(), body.split(b"\n", 1)[0]):
                flags |= SENDER_AMBIGUOUS
        self._tell(name, words, sent, Span(self.file, start, end), flags, found)
        return found.kind

    def _tell(self, sender: str | None, words: str, sent: Instant, span: Span, flags: int, found: Described) -> None:
        if found.tool:
            flags |= TOOL_GENERATED_TEXT
        if sender is not None:
            if found.own and (not self._marked or _MARK in words):
                self.members.is_addressed(sender)
            elif found.kind is Kind.SYSTEM:
                self.members.is_in_platform_line(sender, words)
        if found.attachments and found.attachments[0].name is not None:
            self.media_named = True
        self.tally[flags] += 1
        self.batch.append(
            Message(
                self.number,
                found.kind,
                sender,
                words,
                sent,
                span,
                doubts_in(flags),
                action=found.action,
                edited_mark=found.edited,
                attachments=found.attachments,
                call=found.call,
                poll=found.poll,
            )
        )

    def _remember(self, sender: bytes, member: Member) -> None:
        """Let the quick way know a name that needs no second thought."""
        name = sender + b": "
        if name not in self.simple and self._names.unquestioned(sender):
            self.simple[name] = member

    def _whose(self, name: bytes | None, text: bytes) -> Reading:
        if name is not None:
            return self._names.resolve(name, text)
        alone = _NAME_ALONE.match(text)
        if alone is None:
            return Reading(None, text, open=False)
        if alone[2].startswith(b"."):
            # Open, and no sender: "NAME:." is no header of the grammar, and a platform line may end so.
            return Reading(None, text, open=True)
        known = self._names.known(alone[1])
        if b"\n" in text and not known:
            return Reading(None, text, open=True)
        return Reading(alone[1], text[alone.end(1) + 1 :], open=not known)
