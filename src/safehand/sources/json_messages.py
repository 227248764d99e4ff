"""The messages of a batch of JSON elements: the plain ones by a short way, every other by a careful one.

    tell = Teller(Plain, plain, careful, is_message)
    yield tell.batch(event, file.id)        for each Elements of a scan

``plain`` gives None for what is not as plain as it looked. What is no message is refused: its bytes stand unparsed,
with the reason. ``Damage`` counts what could not be read, and says so in the words every source uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

import orjson

from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.json_elements import value_of
from safehand.sources.json_events import Broken, Elements, Trouble
from safehand.sources.thread import Thread

NOT_A_MESSAGE: Final = "an element of the messages that is no message"

_EVENTS: Final = frozenset({Kind.CALL, Kind.SYSTEM})


class Damage:
    """What could not be read of a file."""

    __slots__ = ("damaged", "refused", "repeated", "truncated")

    def __init__(self) -> None:
        self.damaged = 0
        self.truncated = 0
        self.refused = 0
        self.repeated = False
        """A container or a field beside the messages was given twice."""

    def broke(self, event: Broken) -> None:
        """Bytes could not be read."""
        if event.trouble is Trouble.TRUNCATED:
            self.truncated += 1
        else:
            self.damaged += 1

    def tell(self, thread: Thread) -> Iterator[str]:
        """Put the doubts into ``thread`` and say the sentences."""
        if self.truncated:
            thread.doubt(Doubt.TRUNCATED_FILE, self.truncated)
        if self.repeated:
            thread.doubt(Doubt.FIELD_REPEATED)
        if self.damaged:
            yield f"Places that could not be read: {self.damaged}. The account says where."
        if self.refused:
            yield f"Elements that are no messages: {self.refused}. The account says where."


class Teller:
    """Reads batches of one conversation."""

    __slots__ = ("_any", "_damage", "_is_message", "_plain", "_type")

    def __init__(
        self,
        plain_type: type,
        plain: Callable[[Any, bytes, Span], Message | None],
        careful: Callable[[Any, bytes, Span], Message],
        is_message: Callable[[Any], bool],
        damage: Damage,
    ) -> None:
        self._type = plain_type
        self._plain = plain
        self._any = careful
        self._is_message = is_message
        self._damage = damage

    def batch(self, batch: Elements, file: str) -> list[Message]:
        """The messages of ``batch``; what is none is refused."""
        found: list[Message] = []
        plain, plain_type, append = self._plain, self._type, found.append
        for index, start, end, raw, value in zip(
            count(), batch.starts, batch.ends, batch.raws, batch.values, strict=False
        ):
            span = Span(file, start, end)
            message = plain(value, raw, span) if type(value) is plain_type else None
            if message is None:
                message = self._carefully(batch, index, span)
                if message is None:
                    continue
            append(message)
        return found

    def _carefully(self, batch: Elements, index: int, span: Span) -> Message | None:
        raw, value = batch.raws[index], batch.values[index]
        whole = value_of(raw, orjson.loads) if type(value) is self._type else value
        reason: str = NOT_A_MESSAGE
        if self._is_message(whole):
            try:
                message = self._any(whole, raw, span)
            except RecursionError:
                reason = Trouble.TOO_DEEP
            else:
                if message.kind in _EVENTS:
                    batch.tell(index, SegmentKind.EVENT)
                return message
        batch.refuse(index, reason)
        self._damage.refused += 1
        return None
