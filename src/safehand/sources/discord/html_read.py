"""A channel as DiscordChatExporter writes it as a page: one file, one conversation.

    <div class=chatlog__message-group>              what one account said within seven minutes
      <div id=chatlog__message-container-106…>      the first has a header with the account, the time, what it answers
      <div id=chatlog__message-container-107…>      the others have a time alone
    <div class=postamble>                           how many were written

Times are words in the language of the machine that made the page, to the minute and without a zone. The id of a message
is a snowflake and tells its moment in UTC to the millisecond: that is when it was sent, and the words stand beside it
as the raw text. Where both show minutes that no zone makes the same: ``times_disagree``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain
from typing import Final

import msgspec

from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Match, Message, Reply
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.discord.html_head import Head, read_footer
from safehand.sources.discord.html_message import Draft, id_of, read_block
from safehand.sources.discord.html_older import Group, read_group, written_in
from safehand.sources.discord.html_plain import OLDER, OLDER_GROUP, PLAIN
from safehand.sources.discord.message import Author
from safehand.sources.discord.moments import snowflake_micros
from safehand.sources.html_blocks import Block, extra_of
from safehand.sources.html_text import LAYOUT
from safehand.sources.html_windows import Blocks, End, Skipped, scan_blocks
from safehand.sources.html_windows import Head as HeadEvent
from safehand.sources.seen_ids import SeenIds
from safehand.sources.thread import Thread

PLATFORM: Final = "discord"
DCE_HTML: Final = "discord/dce-html"

OPENING: Final = re.compile(
    rb'<div class="?(?:chatlog__message-group|postamble)"?>|<div id="?chatlog__message-container-\d'
    rb'|<div class="?chatlog__message(?: chatlog__message--pinned)? ?"? data-message-id='
)

_GROUPS: Final = frozenset({b"<div class=chatlog__message-group>", b'<div class="chatlog__message-group">'})
_PARTS: Final = (
    "native", "target", "quoted", "avatar", "joined", "author", "written", "shown", "link", "text", "edited",
)  # fmt: skip
_AUTHOR: Final = re.compile(rb'title="?([^"<>]*?)"? data-user-id="?(\d+)"?>([^<>]*)<')
_SPELLED: Final = re.compile(
    rb'<img class="?chatlog__avatar"? [^<>]*>|<span class="?chatlog__author"?[ >].*?</span>', re.DOTALL
)
_SPELLED_OLDER: Final = re.compile(
    rb"<img [^<>]*chatlog__author-avatar[^<>]*>|<span [^<>]*chatlog__author-name.*?</span>", re.DOTALL
)
_CLOCK: Final = re.compile(r"\d{1,2}:(\d\d)(?!\d)")
_QUARTER: Final = 15
_MINUTE: Final = 60_000_000
_MOST_SPELLINGS: Final = 50_000
_NOT_A_MESSAGE: Final = "a block among the messages that is no message"
_TEXT, _UTC, _MILLI = Kind.TEXT, Basis.UTC, Precision.MILLISECOND
_EVENTS: Final = frozenset({Kind.SYSTEM, Kind.CALL})
_ABSENT: Final = (
    "DiscordChatExporter writes what stood there when it ran: deleted messages and earlier texts are absent.",
    "The written times are words without a zone; the message ids tell the moments, in UTC.",
)


def read_page(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """One conversation for each claimed page."""
    return chain.from_iterable(chain.from_iterable(_Page(file, desk).events() for file in claim.files))


class _Page:
    """One page while it is read."""

    def __init__(self, file: SourceFile, desk: ReadingDesk) -> None:
        self._file = file
        self._desk = desk
        self._seen = SeenIds()
        self._thread: Thread
        self._author: Author | None = None
        self._group: Group | None = None
        """The header of the group, on older pages."""
        self._first = False
        """Whether its first message is still to come."""
        self._is_sure = True
        """Nothing stood between a message and its header that could not be read."""
        self._spellings: dict[bytes, Author] = {}
        """Accounts by the bytes that spell them: picture and header."""
        self._refused = 0
        self._blocks = 0
        self._count: int | None = None
        self._notes: list[str] = []

    def events(self) -> Iterator[Sequence[Event]]:
        """Opened, messages, closed."""
        file, desk = self._file, self._desk
        for event in scan_blocks(file, desk.ledger(file), OPENING, window=desk.options.window):
            match event:
                case HeadEvent(start=start, raw=raw):
                    yield (self._open(start, raw or b""),)
                case Blocks():
                    yield self._batch(event)
                case Skipped():
                    self._lose()
                case End(truncated=True):
                    self._thread.doubt(Doubt.TRUNCATED_FILE)
                case _:
                    pass
        yield (self._thread.closed(self._said()),)

    def _open(self, start: int, raw: bytes) -> ConversationOpened:
        head = Head(raw)
        title, span = head.title, None
        if title is not None:
            begin, end = head.title_place
            span = Span(self._file.id, start + begin, start + end)
        if head.is_stretch:
            self._notes.append("The head of the page may say that the export was made of a stretch of time alone.")
        opened = ConversationOpened(
            self._desk.next_conversation(), PLATFORM, DCE_HTML, title, head.kind, (self._file.id,), head.section, None,
            span, head.extra,
        )  # fmt: skip
        self._thread = Thread(opened)
        return opened

    def _batch(self, batch: Blocks) -> list[Message]:
        found: list[Message] = []
        for index, (start, end, raw) in enumerate(batch.rows()):
            if raw in _GROUPS:  # two of three blocks are a message, and one is this
                batch.tell(index, SegmentKind.STRUCTURE)
                self._author, self._is_sure, self._group = None, True, None
                continue
            message = None
            if (plain := PLAIN.fullmatch(raw)) is not None:
                message = self._plain(plain, start, end)
            elif (plain := OLDER.fullmatch(raw)) is not None:
                message = self._plain_older(plain, start, end)
            elif (plain := OLDER_GROUP.fullmatch(raw)) is not None and self._group_again(plain):
                batch.tell(index, SegmentKind.METADATA)
                continue
            if message is None:
                message = self._any(batch, index)
            if message is not None:
                found.append(message)
        return found

    def _plain(self, found: re.Match[bytes], start: int, end: int) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        digits, target, quoted, avatar, joined, spelled, title, shown, link, text, edited = found.group(*_PARTS)
        native = int(digits)
        if not self._seen.last < native or (spelled is None) is not (joined is not None):
            return None
        if spelled is None:
            author = self._author if self._is_sure else None
        else:
            author = self._spellings.get((avatar or b"") + spelled) if link == digits else None
        micros = snowflake_micros(native)
        if author is None or micros is None or (target is not None and int(target) not in self._seen):
            return None
        try:
            words, raw = _words(text), (title or joined or shown).decode("utf-8").strip('"')
            reply = None if target is None else Reply(target.decode("ascii"), _words(quoted) or None, Match.EXACT)
            changed = None if edited is None else unknown_instant(edited.decode("utf-8").strip('"'))
        except UnicodeDecodeError:
            return None
        if not words or "\r" in words or words[-1] in LAYOUT or words[0] in LAYOUT or not _may_be(raw, micros):
            return None
        self._author, self._is_sure = author, True
        self._blocks += 1
        self._seen.append(native)
        self._seen.last = native
        sent = Instant(raw, _UTC, _MILLI, micros, micros, micros)
        thread, span = self._thread, Span(self._file.id, start, end)
        doubts = thread.take(author.key, author.name, sent, span)
        native_id = digits.decode("ascii")
        if changed is None and reply is None:
            return Message(thread.count, _TEXT, author.name, words, sent, span, doubts, _id_of(author), native_id)
        return Message(
            thread.count, _TEXT, author.name, words, sent, span, doubts, _id_of(author), native_id,
            edited=changed, edited_mark=changed is not None, reply=reply,
        )  # fmt: skip

    def _plain_older(self, found: re.Match[bytes], start: int, end: int) -> Message | None:
        """The short way on older pages, for all of a group but the first."""
        digits, written, text = found.group("native", "written", "text")
        native, group = int(digits), self._group
        micros = snowflake_micros(native)
        if (
            group is None
            or (self._first and (group.reply or group.unread))
            or not self._is_sure
            or micros is None
            or not self._seen.last < native
        ):
            return None
        try:
            words, raw = _words(text), group.written if written is None else written.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not words or "\r" in words or words[-1] in LAYOUT or words[0] in LAYOUT or not _may_be(raw, micros):
            return None
        self._first = False
        self._blocks += 1
        self._seen.append(native)
        self._seen.last = native
        sent = Instant(raw, _UTC, _MILLI, micros, micros, micros)
        thread, span, author = self._thread, Span(self._file.id, start, end), group.author
        doubts = thread.take(author.key, author.name, sent, span)
        native_id = digits.decode("ascii")
        return Message(thread.count, _TEXT, author.name, words, sent, span, doubts, _id_of(author), native_id)

    def _any(self, batch: Blocks, index: int) -> Message | None:
        """The long way. None for what is no message: a group begins, the footer, damage."""
        raw = batch.raws[index]
        block = Block(raw)
        classes = block.root.classes
        if "chatlog__message-group" in classes:
            self._begin_group(batch, index, block)
            return None
        if "postamble" in classes:
            self._footer(batch, index, block)
            return None
        if block.find("chatlog__message-primary") is None and "chatlog__message" not in classes:
            batch.refuse(index, _NOT_A_MESSAGE)
            self._lose()
            return None
        span = Span(self._file.id, batch.starts[index], batch.ends[index])
        message = self._message(raw, block, span)
        if message.kind in _EVENTS:
            batch.tell(index, SegmentKind.EVENT)
        if index in batch.unclosed:
            self._is_sure = False
        return message

    def _group_again(self, found: re.Match[bytes]) -> bool:
        """A group of an account that had one before, on older pages."""
        avatar, spelled, written = found.group("avatar", "author", "written")
        author = self._spellings.get(avatar + spelled)
        if author is None or not written.isascii():
            return False
        self._author, self._is_sure, self._first = author, True, True
        self._group = Group(author, written.decode("ascii").strip(LAYOUT), None, (), ())
        return True

    def _begin_group(self, batch: Blocks, index: int, block: Block) -> None:
        """A group begins. On older pages its header stands before its messages."""
        raw = batch.raws[index]
        batch.tell(index, SegmentKind.STRUCTURE)
        self._author, self._is_sure, self._group = None, True, None
        spelled = b"".join(_SPELLED_OLDER.findall(raw))
        group = read_group(block, self._seen, new_author=spelled not in self._spellings)
        if group is not None:
            batch.tell(index, SegmentKind.METADATA)
            self._author, self._group, self._first = group.author, group, True
            if len(self._spellings) < _MOST_SPELLINGS:
                self._spellings[spelled] = group.author
        elif block.unread():
            batch.refuse(index, _NOT_A_MESSAGE)
            self._lose()

    def _message(self, raw: bytes, block: Block, span: Span) -> Message:
        spelled = b"".join(_SPELLED.findall(raw[: raw.find(b"chatlog__content") + 1 or len(raw)]))
        native = id_of(block)
        draft = read_block(block, self._seen, new_author=spelled not in self._spellings)
        draft = self._in_group(draft, block)
        number = int(native) if native is not None and _is_number(native) else None
        sent, doubts = _sent(draft.written, number)
        doubts = (*draft.doubts, *doubts)
        author = self._whose(draft, spelled)
        if author is None:
            author = Author(None, None, None)
            doubts = (*doubts, Doubt.SENDER_AMBIGUOUS)
        elif draft.author is None and not self._is_sure:
            doubts = (*doubts, Doubt.SENDER_AMBIGUOUS)
        if number is not None and not self._seen.add(number):
            doubts = (*doubts, Doubt.DUPLICATE_OF)
        self._blocks += 1
        thread = self._thread
        doubts = thread.take(author.key, author.name, sent, span, tuple(dict.fromkeys(doubts)))
        if draft.author is not None and author.other is not None and author.key is not None:
            names = thread.accounts[author.key].names
            if author.other not in names:
                names.append(author.other)
        message = Message(
            thread.count, draft.kind, author.name, draft.text, sent, span, doubts, _id_of(author), native,
            action=draft.action, edited=draft.edited, edited_mark=draft.edited is not None,
            attachments=draft.attachments, reactions=draft.reactions, reply=draft.reply, forward=draft.forward,
        )  # fmt: skip
        return msgspec.structs.replace(
            message, share=draft.share, call=draft.call, entities=draft.entities,
            extra=extra_of(draft.unread) if draft.unread else None,
        )  # fmt: skip

    def _in_group(self, draft: Draft, block: Block) -> Draft:
        """What the header of a group says of a message, on older pages."""
        group = self._group
        if group is None:
            return draft
        draft = draft._replace(written=written_in(block) or group.written)
        if self._first:
            self._first = False
            reply = draft.reply or group.reply
            doubts, unread = (*draft.doubts, *group.doubts), (*group.unread, *draft.unread)
            draft = draft._replace(author=group.author, reply=reply, doubts=doubts, unread=unread)
        return draft

    def _whose(self, draft: Draft, spelled: bytes) -> Author | None:
        """Whose a message is: its own header says, or that of its group."""
        if draft.author is None:
            return self._author
        if draft.kind not in _EVENTS:
            self._author, self._is_sure = draft.author, True
            plain = _AUTHOR.search(spelled)
            if plain is not None and b"&" not in plain[0] and len(self._spellings) < _MOST_SPELLINGS:
                self._spellings[spelled] = draft.author
        return draft.author

    def _footer(self, batch: Blocks, index: int, block: Block) -> None:
        batch.tell(index, SegmentKind.FOOTER)
        count, zone, is_all = read_footer(block.root.text())
        self._count = count if self._count is None else self._count
        if zone is not None:
            self._notes.append(f"The clock of the machine that made the export stood at {zone}.")
        if not is_all:
            self._thread.doubt(Doubt.FIELD_NOT_READ)

    def _lose(self) -> None:
        """Something among the messages could not be read."""
        self._refused += 1
        self._is_sure = False

    def _said(self) -> list[str]:
        notes = [*_ABSENT, *self._notes]
        if self._count is not None and self._count != self._blocks:
            self._thread.doubt(Doubt.COUNT_MISMATCH)
            notes.append(f"The page says that it holds {self._count:,} messages; it holds {self._blocks:,}.")
        if self._refused:
            notes.append(f"Blocks among the messages that could not be read: {self._refused}. The account says where.")
        return notes


def _id_of(author: Author) -> str | None:
    """The platform's own id, where the page has it. Without one the name tells accounts apart."""
    return None if author.key == author.name else author.key


def _words(text: bytes) -> str:
    words = text.decode("utf-8").strip(LAYOUT)
    return unescape(words) if "&" in words else words


def _is_number(native: str) -> bool:
    return native.isascii() and native.isdigit() and len(native) < 20


def _sent(written: str, number: int | None) -> tuple[Instant, tuple[Doubt, ...]]:
    """When it was sent: the id tells, and the words stand beside it."""
    micros = None if number is None else snowflake_micros(number)
    if micros is None:
        return unknown_instant(written), (Doubt.TIME_UNREADABLE,)
    sent = Instant(written, _UTC, _MILLI, micros, micros, micros)
    return sent, () if _may_be(written, micros) else (Doubt.TIMES_DISAGREE,)


def _may_be(written: str, micros: int) -> bool:
    """Whether a zone may make the words the moment: zones differ by quarter hours, so minutes agree within one.

    All else of the words (which is the day, which the month, which half of the day) hangs on a language.
    """
    found = _CLOCK.search(written)
    return found is None or (int(found[1]) - micros // _MINUTE) % _QUARTER == 0
