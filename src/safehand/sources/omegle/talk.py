"""One Omegle conversation while it is read: who speaks, and what of it may be pasted.

Nothing in a log is signed: whoever has it can type in it, and whoever writes in the chat can paste what looks like a
line of the other. So every conversation has the doubt ``forged_possible``; a line that breaks the log's own rules, such
as words after the end or a ``Stranger 2`` where there was one stranger, has ``header_suspect``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeAlias

from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import unknown_instant
from safehand.model.message import Entity, Kind, Message
from safehand.model.span import Span
from safehand.sources.contract import ReadingDesk
from safehand.sources.thread import Thread

PLATFORM: Final = "omegle"
Words: TypeAlias = tuple[str, bool]
"""A text, and whether some of its bytes are not UTF-8: as decoding.decode gives them."""

_NEVER: Final = unknown_instant("")
"""No line has a time."""
_SUSPECT: Final = (Doubt.HEADER_SUSPECT,)
YOU: Final = "You"
_TEXT: Final = Kind.TEXT


class Talk:
    """A conversation, from its first line to its last."""

    def __init__(self, form: str, file: str, desk: ReadingDesk, date: str | None) -> None:
        self.thread = Thread(
            ConversationOpened(
                desk.next_conversation(),
                PLATFORM,
                form,
                None,
                ConversationKind.DIRECT,
                (file,),
                extra=None if date is None else json.dumps({"date": date}),
            )
        )
        self.ended = False
        self.unread = 0
        """Stretches that nobody is named for."""
        self._date = date
        self._file = file
        self._connected = False
        self._numbered: bool | None = None
        """Whether the strangers have numbers: in spy mode, to the one who asked the question."""

    def said(
        self,
        speaker: str,
        words: Words,
        start: int,
        end: int,
        marks: tuple[Entity, ...] = (),
        extra: str | None = None,
    ) -> Message:
        """A message of one of the two. ``extra`` is what of it was not understood."""
        text, guessed = words
        doubts = _doubts(guessed=guessed, extra=extra)
        numbered = speaker.endswith(("1", "2"))
        if self._numbered is None and speaker != YOU:
            self._numbered = numbered
        if self.ended or (speaker != YOU and numbered is not self._numbered):
            doubts += _SUSPECT
        span = Span(self._file, start, end)
        doubts = self.thread.take(speaker, speaker, _NEVER, span, doubts)
        kind = _TEXT if text else Kind.EMPTY
        return Message(
            self.thread.count, kind, speaker, text or None, _NEVER, span, doubts, entities=marks, extra=extra
        )

    def told(self, action: str, words: Words, start: int, end: int, extra: str | None = None) -> Message:
        """A line of Omegle's own."""
        text, guessed = words
        doubts = _doubts(guessed=guessed, extra=extra)
        if self.ended or (self._connected and action == "connected"):
            doubts += _SUSPECT
        self._connected = self._connected or action == "connected"
        span = Span(self._file, start, end)
        doubts = self.thread.take(None, None, _NEVER, span, doubts)
        self.ended = self.ended or action == "disconnected"
        return Message(self.thread.count, Kind.SYSTEM, None, text, _NEVER, span, doubts, action=action, extra=extra)

    def closed(self, *, truncated: bool = False) -> ConversationClosed:
        """The end of it."""
        owner = self.thread.accounts.get(YOU)
        if owner is not None:
            for key, account in self.thread.accounts.items():
                account.is_owner = key == YOU
        self.thread.doubt(Doubt.FORGED_POSSIBLE)
        if truncated:
            self.thread.doubt(Doubt.TRUNCATED_FILE)
        return self.thread.closed(list(self._notes()))

    def _notes(self) -> Iterator[str]:
        if self._date is None:
            yield "The log gives no date and no times."
        else:
            yield f"The log gives a date, {self._date}, and no times. Whose clock it was is not said."
        yield "A log can be changed by whoever has it, and a line may be pasted by whoever writes."
        if not self.ended:
            yield "The log does not say that anybody left: it may not be whole."
        if self.unread:
            yield f"Stretches that nobody is named for: {self.unread}. The account says where."


def _doubts(*, guessed: bool, extra: str | None) -> tuple[Doubt, ...]:
    if not guessed and extra is None:
        return ()
    found = (Doubt.ENCODING_GUESSED,) if guessed else ()
    return found if extra is None else (*found, Doubt.FIELD_NOT_READ)
