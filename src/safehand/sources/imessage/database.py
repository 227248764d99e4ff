"""The database of Messages, ``chat.db`` or ``sms.db``, with its log: every chat, oldest message first.

First the tables are walked once: where each row of ``message`` stands, when it was sent, in which chat, what is set on
what. Then both files are accounted for, byte by byte. Then each chat is told, its rows read again one at a time.

A message cites its row: the cell in the page of the database, or of the log where that is newer. Where a row goes on
on further pages, those are accounted for as messages too, and the cell is what is cited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from safehand.model.conversation import ConversationKind, ConversationOpened, Event
from safehand.model.digest import CHUNK
from safehand.model.doubt import Doubt
from safehand.model.instant import Instant, unknown_instant
from safehand.model.message import Attachment, Kind, Match, MediaState, Message, Reaction, Reply
from safehand.model.span import Span
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.imessage.database_index import RECOVERABLE, TAPBACK, Index
from safehand.sources.imessage.database_people import Chat, People, pairs_of, read_people
from safehand.sources.imessage.database_row import (
    Values,
    associated,
    extra_text,
    number_of,
    reaction_of,
    read_row,
    target_of,
    text_of,
)
from safehand.sources.imessage.database_times import moment
from safehand.sources.sqlite_account import account_for
from safehand.sources.sqlite_pages import Database
from safehand.sources.sqlite_records import DamagedError
from safehand.sources.sqlite_tables import Row, Table, Tables, Use
from safehand.sources.thread import Thread

OWNER: Final = "Me"
"""Our word for whose database it is: a row says ``is_from_me``, and no name."""

OLDER: Final = (
    "What was deleted may still stand in free pages and in older states of pages; it is accounted for, not read."
)
NO_CHAT: Final = "These messages stand in no chat of the database: their chat may have been deleted."
NO_TABLE: Final = "a database in which no table of messages could be found"
TROUBLE: Final = "Parts of the database could not be read: {}. The account says where."


def read_database(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """Every chat of a database. ``claim.files`` is the database, and its log if it was there."""
    file, *logs = claim.files
    try:
        database = Database(file, logs[0] if logs else None)
    except DamagedError as error:
        _give_up(claim, desk, error.reason)
        return
    with closing(database):
        tables = Tables(database)
        table = tables.get("message")
        if table is None:
            _give_up(claim, desk, NO_TABLE)
            return
        reader = _Reader(claim, desk, tables, table)
        reader.walk()
        account_for(tables, [desk.ledger(one) for one in database.files])
        yield from reader.events()


def _give_up(claim: Claim, desk: ReadingDesk, reason: str) -> None:
    """No message can be found: all of it is unparsed."""
    for file in claim.files:
        ledger = desk.ledger(file)
        with file.open() as stream:
            while data := stream.read(CHUNK):
                ledger.feed(data)
        ledger.fail(ledger.fed, reason)


class _Reader:
    """Tells the chats of one database."""

    def __init__(self, claim: Claim, desk: ReadingDesk, tables: Tables, table: Table) -> None:
        self._claim, self._desk, self._tables = claim, desk, tables
        self._message = table
        self._attachment = tables.get("attachment")
        self._files = tuple(one.id for one in tables.database.files)
        self._encoding = tables.database.encoding
        self._index = Index()
        self._people = People()

    def walk(self) -> None:
        """The first pass: all tables that are read."""
        tables, index = self._tables, self._index
        self._walk_messages()
        self._people = read_people(tables)
        for message, chat in pairs_of(tables, "chat_message_join", "message_id", "chat_id"):
            self._join(message, chat, 0)
        for message, chat in pairs_of(tables, "chat_recoverable_message_join", "message_id", "chat_id"):
            self._join(message, chat, RECOVERABLE)
        for message, file in pairs_of(tables, "message_attachment_join", "message_id", "attachment_id"):
            number = index.find(message)
            if number is not None:
                index.files.add(number, file)
        index.files.settle()
        index.put_in_order(len(self._people.chats))
        tables.free_pages()

    def _walk_messages(self) -> None:
        tables, index, table = self._tables, self._index, self._message
        names = ("guid", "date", "associated_message_type", "associated_message_guid")
        guid_at, date_at, type_at, about_at = (table.at(name) for name in names)
        last = 0
        for row in tables.rows(table, Use.ROWS):
            try:
                record = tables.record(row)
                guid, date, kind, about = (
                    None if at is None else record.value(at, self._encoding)
                    for at in (guid_at, date_at, type_at, about_at)
                )
            except DamagedError as error:
                tables.refuse(row, error)
                continue
            sent = moment(date)
            # A row without a time stands behind the one before it.
            last = last if sent is None or sent.utc is None else sent.utc
            target = target_of({"associated_message_type": kind, "associated_message_guid": about}) if kind else None
            index.add(row.file, row.start, row.cell.rowid, last, guid if isinstance(guid, str) else "", target)
        index.settle()

    def _join(self, message: int, chat: int, mark: int) -> None:
        number = self._index.find(message)
        place = self._people.numbers.get(chat)
        if number is None or place is None:
            return
        self._index.put(number, place)
        self._index.marks[number] |= mark

    def events(self) -> Iterator[Event]:
        """The second pass."""
        for number, chat in enumerate(self._people.chats, 1):
            yield from self._conversation(number, chat)
        if any(not self._index.marks[number] & TAPBACK for number, _ in self._index.rows_of(0)):
            yield from self._conversation(0, None)

    def _conversation(self, number: int, chat: Chat | None) -> Iterator[Event]:
        thread = Thread(
            ConversationOpened(
                self._desk.next_conversation(),
                "imessage",
                self._claim.form,
                chat.title if chat else None,
                chat.kind if chat else ConversationKind.UNKNOWN,
                self._files,
                chat.section if chat else None,
                (text_of(chat.values, "guid") or None) if chat else None,
                chat.span if chat else None,
            )
        )
        yield thread.opened
        for row, again in self._index.rows_of(number):
            if self._index.marks[row] & TAPBACK:
                continue
            yield self._tell(row, thread, again=again)
        for member in chat.members if chat else ():
            if member in self._people.handles:
                name, span = self._people.handles[member]
                thread.name(name, name, span).declared = True
        owner = thread.accounts.get(OWNER)
        if owner is not None:
            owner.is_owner = True
        yield thread.closed(self._notes(thread, chat))

    def _notes(self, thread: Thread, chat: Chat | None) -> list[str]:
        notes = [OLDER] if chat is not None else [NO_CHAT, OLDER]
        trouble = self._tables.trouble
        if trouble:
            notes.append(TROUBLE.format("; ".join(sorted(trouble))))
        if trouble or self._tables.database.is_cut:
            thread.doubt(Doubt.TRUNCATED_FILE)
        return notes

    def _values(self, number: int) -> tuple[Row, Values]:
        row = self._tables.at(*self._index.place(number))
        return row, self._tables.record(row).told(self._message.columns, self._encoding)

    def _tell(self, number: int, thread: Thread, *, again: bool) -> Message:
        row, values = self._values(number)
        span = Span(self._files[row.file], row.start, row.end)
        guid = text_of(values, "guid")
        files = tuple(self._attachments(number)) if len(self._index.files) else ()
        said = read_row(values, files)
        date = values.get("date")
        sent = moment(date) or unknown_instant("" if date is None else str(date))
        if sent.utc is None:
            said.doubts.append(Doubt.TIME_UNREADABLE)
        if self._index.marks[number] & RECOVERABLE:
            said.extra["recently_deleted"] = True
            said.kind = Kind.DELETED if said.kind in {Kind.TEXT, Kind.EMPTY} else said.kind
        if again:
            said.doubts.append(Doubt.DUPLICATE_OF)
        reply = self._reply(values, said.kind, said.doubts)
        name = self._sender(values)
        other = self._people.handles.get(number_of(values, "other_handle"))
        if other is not None:
            said.extra["other_handle"] = other[0]
        doubts = thread.take(name, name, sent, span, tuple(said.doubts))
        return Message(
            thread.count,
            said.kind,
            name,
            said.text,
            sent,
            span,
            doubts,
            name if name != OWNER else None,
            guid,
            action=said.action,
            edited=said.edited,
            edited_mark=said.edited_mark,
            attachments=files,
            reactions=tuple(self._reactions(number, guid)) if len(self._index.tapbacks) else (),
            reply=reply,
            revisions=said.revisions,
            extra=extra_text(said),
        )

    def _sender(self, values: Values) -> str | None:
        if number_of(values, "is_from_me"):
            return OWNER
        found = self._people.handles.get(number_of(values, "handle_id"))
        return found[0] if found is not None else None

    def _reply(self, values: Values, kind: Kind, doubts: list[Doubt]) -> Reply | None:
        target = text_of(values, "thread_originator_guid")
        if target is None and kind is Kind.REACTION_NOTICE:
            target = associated(values)
        if target is None:
            return None
        known = self._index.knows(target)
        if not known:
            doubts.append(Doubt.REPLY_TARGET_MISSING)
        return Reply(target, None, Match.EXACT if known else Match.NONE)

    def _reactions(self, number: int, guid: str | None) -> Iterator[Reaction]:
        for tapback in self._index.tapbacks.of(self._index.guid_hash(number)):
            _, values = self._values(tapback)
            if guid is not None and associated(values) == guid:
                sent: Instant | None = moment(values.get("date"))
                yield Reaction(reaction_of(values), self._sender(values), None, sent)

    def _attachments(self, number: int) -> Iterator[Attachment]:
        for rowid in self._index.files.of(number):
            yield self._file(rowid)

    def _file(self, rowid: int) -> Attachment:
        """A file by its name. It is never opened."""
        table = self._attachment
        row = self._tables.row(table, rowid) if table is not None else None
        if table is None or row is None:
            return Attachment(MediaState.MISSING)
        try:
            values = self._tables.record(row).told(table.columns, self._encoding)
        except DamagedError:
            return Attachment(MediaState.MISSING)
        name = text_of(values, "filename") or text_of(values, "transfer_name")
        kind = "sticker" if number_of(values, "is_sticker") else text_of(values, "uti")
        size = number_of(values, "total_bytes")
        state = MediaState.NAMED if name else MediaState.MISSING
        return Attachment(state, name, kind, text_of(values, "mime_type"), size if size > 0 else None)
