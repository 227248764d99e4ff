"""Messages of Meta's pages as they are told, one after another: the short way for the plain ones, else the long way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import unescape
from typing import Final

from safehand.errors import CannotRead
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.html_blocks import extra_of
from safehand.sources.html_text import LAYOUT
from safehand.sources.meta.html_message import Draft
from safehand.sources.meta.html_plain import PLAIN, PLAIN_ARCHIVED, words_of
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.meta.kinds import DOUBTFUL_ENDINGS
from safehand.sources.places import Piece
from safehand.sources.thread import Thread

_TEXT: Final = Kind.TEXT
_TOLD: Final = (*DOUBTFUL_ENDINGS, "This message was unsent")
"""How words end that may be the platform's: the long way looks at them."""

ReadBlock = Callable[[bytes, PageTimes], Draft]
Plain = tuple[bytes, bytes, bytes]
"""Name, time, text."""


def plain_block(raw: bytes) -> Plain | None:
    """The parts of a plain block of a thread's page."""
    found = PLAIN.fullmatch(raw)
    if found is None:
        return None
    when = found[6]
    return found[3], found[7] if when is None else when, found[4]


def plain_archived(raw: bytes) -> Plain | None:
    """The parts of a plain block of an archive."""
    found = PLAIN_ARCHIVED.fullmatch(raw)
    return None if found is None else (found[1], found[2], found[3])


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
        if not sender or not words or "&" in when or words.endswith(_TOLD):
            return None
        if words[0] in LAYOUT or words[-1] in LAYOUT:
            return None
        timed = self._times.read(when)
        if timed.instant.earliest is None:
            return None
        doubts = self._thread.take(sender, sender, timed.instant, span, timed.doubts)
        return Message(self._thread.count, _TEXT, sender, words, timed.instant, span, doubts)

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
