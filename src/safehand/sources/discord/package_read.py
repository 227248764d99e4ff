"""A channel of Discord's own data package: the account's own messages, and nobody else's.

    messages/c502291754930929684/messages.json      newest first, mostly; until about 2024 messages.csv
    messages/c502291754930929684/channel.json

Pass 1 accounts for every byte and notes where each message stands; pass 2 reads them from the end their ids begin at.
A package has hundreds of channels: one is read at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import orjson

from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.discord.package_beside import About, Beside, fields_of
from safehand.sources.discord.package_claim import ACCOUNT, CHANNEL, CSV, INDEX, PackageClaim
from safehand.sources.discord.package_message import Owner, Plain, Teller, decode, is_message, stamp_of
from safehand.sources.discord.package_rows import PackageTable
from safehand.sources.json_elements import value_of
from safehand.sources.json_events import Broken, Elements, Field, Opened
from safehand.sources.json_messages import NOT_A_MESSAGE, Damage
from safehand.sources.json_windows import EACH, scan
from safehand.sources.local_time import LocalClock
from safehand.sources.runs import Piece, Run
from safehand.sources.thread import Thread

PLATFORM: Final = "discord"
PATTERNS: Final = ((EACH,),)

_UNKNOWN: Final = unknown_instant("")
_ONE_SIDED: Final = "Discord's package holds the account's own messages alone: what was said to it is not in the file."
_ABSENT: Final = "Answers, reactions, edits and deleted messages are not in it."
_CLOCKS: Final = "The written times name no zone; the message ids tell the moments, in UTC."
_NO_MESSAGES: Final = "This file describes a channel; its messages are not here."
_NO_CONVERSATION: Final = frozenset({INDEX, ACCOUNT})
"""Files that speak of all channels: every byte of them is metadata, and no conversation stands in them."""


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The one conversation of ``claim``; none of a file that speaks of all channels."""
    if claim.form in _NO_CONVERSATION:
        for file in claim.files:
            for _ in fields_of(file, desk.ledger(file), desk.options.window):
                pass  # it is read when the first channel asks (package_beside.py); here it is accounted for
        return iter(())
    return chain.from_iterable(_Reading(claim, desk).events())


class _Reading:
    """One channel while it is read."""

    def __init__(self, claim: Claim, desk: ReadingDesk) -> None:
        self._claim = claim
        self._desk = desk
        self._about = About()
        self._damage = Damage()
        found = claim.beside if isinstance(claim, PackageClaim) else None
        self._beside = found or Beside(None, None)
        self._run = Run(claim.files[0])
        self._table = PackageTable(claim.files[0]) if claim.form == CSV else None
        self._thread: Thread

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        has_messages = self._claim.form != CHANNEL
        if has_messages:
            self._survey(self._claim.files[0])
        for file in self._claim.files[1 if has_messages else 0 :]:
            self._read_about(file)
        owner = self._beside.account.owner()
        opened = self._opened()
        self._thread = Thread(opened)
        yield (opened,)
        self._declare(owner)
        notes = [_NO_MESSAGES] if not has_messages else [_ONE_SIDED, _ABSENT]
        if has_messages:
            teller = Teller(self._thread, owner, LocalClock(self._desk.options.zone, self._desk.options.zone_by))
            yield from self._messages(teller)
            self._thread.doubt(Doubt.ONE_SIDED)
            if teller.clocks:
                notes.append(_CLOCKS)
            if self._table is not None:
                notes += self._table.tell(self._thread)
        yield (self._thread.closed([*notes, *self._damage.tell(self._thread)]),)

    def _survey(self, file: SourceFile) -> None:
        """Pass 1."""
        desk = self._desk
        if self._table is not None:
            self._table.survey(desk)
            return
        for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window, decode=decode):
            match event:
                case Elements():
                    self._take(event)
                case Broken():
                    self._damage.broke(event)
                case Opened(repeated=True):
                    self._damage.repeated = True
                case _:
                    pass

    def _take(self, batch: Elements) -> None:
        run = self._run
        for index, (start, end, value) in enumerate(zip(batch.starts, batch.ends, batch.values, strict=True)):
            if type(value) is not Plain and not is_message(value):
                batch.refuse(index, NOT_A_MESSAGE)
                self._damage.refused += 1
                continue
            run.see(stamp_of(value))
            run.add(start, end)

    def _read_about(self, file: SourceFile) -> None:
        """A file beside the messages: every byte of it is metadata."""
        for event in fields_of(file, self._desk.ledger(file), self._desk.options.window):
            match event:
                case Field():
                    self._about.take(event, file.id)
                case Broken():
                    self._damage.broke(event)
                case _:
                    pass

    def _opened(self) -> ConversationOpened:
        about, files = self._about, [file.id for file in self._claim.files]
        title, span = about.title, about.title_span
        if title is None and (named := self._beside.index.name(about.native_id)) is not None:
            title, span = named
            files += [] if span.file in files else [span.file]
        account = self._beside.account
        if account.file is not None and account.owner().id is not None:
            files.append(account.file.id)  # whoever picks this conversation hands over whose package it is
        return ConversationOpened(
            self._desk.next_conversation(),
            PLATFORM,
            self._claim.form,
            title,
            about.kind,
            tuple(files),
            about.section,
            about.native_id,
            span if title is not None else None,
            about.extra,
        )

    def _declare(self, owner: Owner) -> None:
        """Whose package it is, and who else is in the channel."""
        thread = self._thread
        if self._claim.form != CHANNEL:
            thread.name(owner.key, owner.name, None, is_owner=True)
        for key, span in self._about.recipients:
            account = thread.accounts.get(key) or thread.name(key, None, span)
            account.declared = True
            account.first_seen = account.first_seen or span
            if owner.id is not None:
                account.is_owner = key == owner.id

    def _messages(self, teller: Teller) -> Iterator[Sequence[Message]]:
        """Pass 2, oldest first."""
        if self._table is not None:
            yield from self._table.messages(teller, self._desk.options.window)
            return
        for piece in self._run.pieces(self._desk.options.window):
            yield (self._message(piece, teller),)

    def _message(self, piece: Piece, teller: Teller) -> Message:
        span = Span(piece.file, piece.start, piece.end)
        value: Any = value_of(piece.raw, decode)
        if type(value) is Plain:
            message = teller.plain(value, piece.raw, span)
            if message is not None:
                return message
            value = value_of(piece.raw, orjson.loads)
        try:
            return teller.any(value, piece.raw, span)
        except RecursionError:
            return teller.count(Kind.UNKNOWN, None, _UNKNOWN, span, (Doubt.FIELD_NOT_READ,), None)
