"""Messages of Meta's pages as they are told, one after another: the short way for the plain ones, else the long way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import unescape
from typing import Final

from safehand.errors import CannotRead
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.html_blocks import extra_of
from safehand.sources.html_text import LAYOUT
from safehand.sources.meta.html_message import Draft
from safehand.sources.meta.html_more import read_more
from safehand.sources.meta.html_plain import PLAIN, PLAIN_ARCHIVED, words_of
from safehand.sources.meta.html_times import PageTimes, Timed
from safehand.sources.meta.kinds import DOUBTFUL_ENDINGS, is_by_platform
from safehand.sources.places import Piece
from safehand.sources.thread import Thread

_TEXT: Final = Kind.TEXT
_TOLD: Final = (*DOUBTFUL_ENDINGS, "This message was unsent")
"""How words end that may be the platform's: the long way looks at them."""

ReadBlock = Callable[[bytes, PageTimes], Draft]
Plain = tuple[bytes, bytes, bytes, bytes]
"""Name, time, text, and the reactions and pictures behind it."""


def plain_block(raw: bytes) -> Plain | None:
    """The parts of a plain block of a thread's page."""
    found = PLAIN.fullmatch(raw)
    if found is None:
        return None
    when = found[7]
    return found[3], found[8] if when is None else when, found[4], found[5]


def plain_archived(raw: bytes) -> Plain | None:
    """The parts of a plain block of an archive."""
    found = PLAIN_ARCHIVED.fullmatch(raw)
    return None if found is None else (found[1], found[2], found[3], b"")


class Teller:
    """Reads the messages of one thread."""

    def __init__(
        self, times: PageTimes, thread: Thread, plain: Callable[[bytes], Plain | None], any_: ReadBlock
    ) -> None:
        self._times = times
        self._thread = thread
        self._split = plain
        self._read = any_

    def block(self, pieces: Sequence[Piece], file: str) -> list[Message]:
        """Several messages, in the order in which they are told."""
        found = []
        for start, end, raw in pieces:
            if not raw.startswith(b"<"):
                raise CannotRead(
                    "The file changed while it was being read.",
                    where=file,
                    todo="Close the program that writes it and read it again.",
                )
            span = Span(file, start, end)
            found.append(self.plain(raw, span) or self.any(raw, span))
        return found

    def plain(self, raw: bytes, span: Span) -> Message | None:
        """The short way. None for what is not quite as plain as it looked."""
        parts = self._split(raw)
        if parts is None:
            return None
        try:
            sender, when = parts[0].decode("utf-8").strip(LAYOUT), parts[1].decode("utf-8").strip(LAYOUT)
            words = words_of(parts[2]).strip(LAYOUT)
        except UnicodeDecodeError:
            return None
        if "&" in words:
            words = unescape(words)
        if "&" in sender:
            sender = unescape(sender)
        if not sender or "&" in when or words.strip(LAYOUT) != words:
            return None
        timed = self._times.read(when)
        more = b"<ul" in parts[3] or b"<a" in parts[3]
        if timed.instant.earliest is None or not (more or (words and not words.endswith(_TOLD))):
            return None
        if more:
            return self._with_more(parts[3], sender, words, timed, span)
        doubts = self._thread.take(sender, sender, timed.instant, span, timed.doubts)
        return Message(self._thread.count, _TEXT, sender, words, timed.instant, span, doubts)

    def _with_more(self, rest: bytes, sender: str, words: str, timed: Timed, span: Span) -> Message | None:
        """A message with reactions, pictures, or something that was passed on."""
        try:
            more = read_more(rest, self._times)
        except UnicodeDecodeError:
            return None
        if more is None or not (words or more.files or more.share) or words == _TOLD[-1]:
            return None
        kind = more.kind
        doubts = timed.doubts
        if words.endswith(_TOLD):
            if kind is Kind.TEXT:
                return None
            if is_by_platform(words, kind, sender):
                doubts = (*doubts, Doubt.TOOL_GENERATED_TEXT)
        doubts = self._thread.take(sender, sender, timed.instant, span, doubts)
        for one in more.reactions:
            self._thread.name(one.sender or "", one.sender, span)
        return Message(
            self._thread.count, kind, sender, words or None, timed.instant, span, doubts,
            attachments=more.files, reactions=more.reactions, share=more.share,
        )  # fmt: skip

    def any(self, raw: bytes, span: Span) -> Message:
        """The long way."""
        draft = self._read(raw, self._times)
        doubts = self._thread.take(draft.sender, draft.sender, draft.sent, span, draft.doubts)
        for one in draft.reactions:
            if one.sender is not None:
                self._thread.name(one.sender, one.sender, span)
        return Message(
            self._thread.count,
            draft.kind,
            draft.sender,
            draft.text,
            draft.sent,
            span,
            doubts,
            attachments=draft.attachments,
            reactions=draft.reactions,
            share=draft.share,
            call=draft.call,
            entities=draft.entities,
            extra=extra_of(draft.unread) if draft.unread else None,
        )
