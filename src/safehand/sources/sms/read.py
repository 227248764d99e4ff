"""A backup of text messages or calls as conversations: one for each address, oldest first.

    <smses count="3">  <sms address="A" …/>  <sms address="B" …/>  <mms address="A" …>…</mms>  </smses>
        → conversation with A: the sms and the mms;  conversation with B: one sms

Messages of everybody stand mixed in the file, first all sms and then all mms. Pass 1 accounts for every byte and notes
where each message stands and when it was; pass 2 reads each conversation by itself, in the order that box.py tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import msgspec

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import HEAD, Claim, ReadingDesk, SourceFile
from safehand.sources.sms.box import Box
from safehand.sources.sms.plain import PlainReader
from safehand.sources.sms.record import OWNER, UNKNOWN, other_of, read_record, survey
from safehand.sources.thread import Thread
from safehand.sources.xml_records import CUT, scan_records

PLATFORM: Final = "sms"
MESSAGES: Final = "sms/backup-xml"
CALLS: Final = "sms/calls-xml"

_NAMES: Final = {MESSAGES: (b"sms", b"mms"), CALLS: (b"call",)}
_COUNT: Final = re.compile(rb"<(?:smses|calls)\b[^>]*?\bcount\s*=\s*[\"'](\d{1,12})[\"']")
_OWN: Final = "The file does not name the telephone’s own number; whoever owns it is called owner here."


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return chain.from_iterable(chain.from_iterable(_Reading(file, claim.form, desk).events() for file in claim.files))


class _Reading:
    """One file while it is read."""

    def __init__(self, file: SourceFile, form: str, desk: ReadingDesk) -> None:
        self._file = file
        self._form = form
        self._desk = desk
        self._boxes: dict[str, Box] = {}
        self._newest_first = False
        self._groups: dict[frozenset[str], str] = {}
        self._records = 0
        self._notes: list[str] = []
        self._broken: list[str] = []
        self._plain = PlainReader()

    def events(self) -> Iterator[Sequence[Event]]:
        """Every conversation, opened and closed."""
        self._survey()
        first = True
        if not self._boxes:
            self._boxes[UNKNOWN] = Box()
            self._notes.append("No messages were found in this file.")
        for key, box in self._boxes.items():
            yield from self._conversation(key, box, first=first)
            first = False

    def _survey(self) -> None:
        file, desk = self._file, self._desk
        ledger = desk.ledger(file)
        names, window = _NAMES.get(self._form, _NAMES[MESSAGES]), desk.options.window
        for batch in scan_records(file, ledger, names, window=window, broken=self._broken.append):
            for index, (start, end, raw) in enumerate(zip(batch.starts, batch.ends, batch.raws, strict=True)):
                found = survey(raw)
                key = self._group(found.key) if "~" in found.key else found.key
                self._boxes.setdefault(key, Box()).add(start, end, found.millis, raw[1:2])  # s, m or c tells the kind
                if found.is_call:
                    batch.tell(index, SegmentKind.EVENT)
            self._records += len(batch.starts)
        # One program wrote all of it one way. A single time that runs back is no sign of which: it is a time set back.
        self._newest_first = sum(box.falls() for box in self._boxes.values()) > 1

    def _group(self, key: str) -> str:
        """The first spelling of a group: its numbers come in any order."""
        return self._groups.setdefault(frozenset(key.split("~")), key)

    def _conversation(self, key: str, box: Box, *, first: bool) -> Iterator[Sequence[Event]]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                PLATFORM,
                self._form,
                None,
                ConversationKind.GROUP if "~" in key else ConversationKind.DIRECT,
                (self._file.id,),
                native_id=None if key == UNKNOWN else key,
            )
        )
        if "~" in key:
            for number in key.split("~"):  # also those who wrote nothing
                thread.name(number, None, None)
        yield (thread.opened,)
        window = self._desk.options.window
        for pieces in box.pieces(self._file, window, reverse=self._newest_first):
            yield [self._message(thread, start, end, raw) for start, end, raw in pieces]
        if OWNER in thread.accounts:
            thread.accounts[OWNER].is_owner = True
        notes = list(self._told(thread, box, first=first))  # it may doubt something, so it goes first
        yield (thread.closed(notes),)

    def _message(self, thread: Thread, start: int, end: int, raw: bytes) -> Message:
        span = Span(self._file.id, start, end)
        plain = self._plain.read(raw, span, thread)
        if plain is not None:
            return plain
        message, key = read_record(raw, span)
        if key == OWNER and thread.opened.kind is ConversationKind.DIRECT:
            thread.name(*other_of(raw), span)  # whom it went to
        doubts = thread.take(key, message.sender, message.sent, span, message.doubts)
        return msgspec.structs.replace(message, number=thread.count, doubts=doubts)

    def _told(self, thread: Thread, box: Box, *, first: bool) -> Iterator[str]:
        if OWNER in thread.accounts:
            yield _OWN
        if box.merged:
            yield "Text and multimedia messages stand apart in the file; they are told together by their times."
        if self._newest_first:
            yield "The newest message stands first in the file; they are told from the other end."
        if not first:
            return
        yield from self._notes
        if CUT in self._broken:
            thread.doubt(Doubt.TRUNCATED_FILE)
        if self._broken:
            yield f"Places in the file that could not be read: {len(self._broken)}. The account says where."
        with self._file.open() as stream:
            stated = _COUNT.search(stream.read(HEAD))
        if stated is not None and int(stated[1]) != self._records:
            thread.doubt(Doubt.COUNT_MISMATCH)
            yield f"The file says that it holds {int(stated[1]):,} records; {self._records:,} could be read."
