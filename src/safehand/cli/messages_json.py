"""Messages as JSON: ``safehand.message/1``, one object a line.

    {"schema":"safehand.message/1","conversation":"1","number":7,"kind":"text","sender":"Priya","text":"The gate",
     "sent":{"raw":"09/01/2026, 22:27","utc":null,"earliest":"2026-01-09T08:27:00Z",…},
     "span":{"file":"chat.txt","start":312,"end":371},"doubts":["zone_unknown"]}

The keys up to ``doubts`` are always there; the others where the message has them. Times are RFC 3339, with as many
digits as the source gave; ``local`` is a clock reading and has no zone. The form is docs/guides/command-line.md.

A million messages pass through here, so each becomes one struct, encoded straight into a buffer; the text of a time is
put together from a cached day and two small tables.
"""

from __future__ import annotations

import functools
import json
import operator
from collections.abc import Iterable
from typing import IO, Any, Final

import msgspec

from safehand.cli.say import harmless_json, stdout_failed
from safehand.model.conversation import ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import MICRO, Instant, Precision, Reading, format_utc
from safehand.model.message import Kind, Message
from safehand.model.span import Span

SCHEMA: Final = "safehand.message/1"

_FULL: Final = 1 << 16
"""Bytes written at once."""

_DAY: Final = 86_400
_MINUTES: Final = tuple(f"T{minute // 60:02}:{minute % 60:02}:" for minute in range(1440))
_SECONDS: Final = tuple(f"{second:02}" for second in range(60))


class ReadingJson(msgspec.Struct, gc=False):
    """One way to read a time."""

    label: str
    local: str | None
    utc: str | None
    earliest: str | None
    latest: str | None


class SentJson(msgspec.Struct, gc=False):
    """When a message was sent, and on what that rests."""

    raw: str
    utc: str | None
    earliest: str | None
    latest: str | None
    basis: str
    alternatives: list[ReadingJson]
    precision: str
    local: str | None
    zone: str | None
    zone_by: str | None


_MORE: Final = tuple(Message.__struct_fields__[Message.__struct_fields__.index("doubts") + 1 :])
"""Fields that few messages have. Taken from the model itself, so that none can be forgotten here."""

_more_of: Final = operator.attrgetter(*_MORE)

MessageJson: Final[Any] = msgspec.defstruct(
    "MessageJson",
    [
        ("schema", str),
        ("conversation", str),
        ("number", int),
        ("kind", Kind),
        ("sender", str | None),
        ("text", str | None),
        ("sent", SentJson),
        ("span", Span),
        ("doubts", tuple[Doubt, ...]),
        *((name, Any, None) for name in _MORE),
    ],
    gc=False,
    omit_defaults=True,
)
"""A message, its keys in the order they are written."""


def message_json(conversation: str, message: Message) -> msgspec.Struct:
    """A message as it is written."""
    more = _more_of(message)
    written: msgspec.Struct = MessageJson(
        SCHEMA,
        conversation,
        message.number,
        message.kind,
        message.sender,
        message.text,
        sent_json(message.sent),
        message.span,
        message.doubts,
        *([_with_times(value) if value else None for value in more] if any(more) else ()),
    )
    return written


def sent_json(sent: Instant) -> SentJson:
    """An instant as it is written."""
    precision = sent.precision
    utc = utc_text(sent.utc, precision)
    earliest = utc if sent.earliest == sent.utc else utc_text(sent.earliest, precision)
    latest = earliest if sent.latest == sent.earliest else utc_text(sent.latest, precision)
    readings = [_reading_json(reading, precision) for reading in sent.alternatives] if sent.alternatives else []
    local = local_text(sent.local, precision)
    return SentJson(sent.raw, utc, earliest, latest, sent.basis, readings, precision, local, sent.zone, sent.zone_by)


def utc_text(micros: int | None, precision: Precision) -> str | None:
    """``2026-01-09T22:27:01Z``, as format_utc writes it; None where there is no moment, or no calendar holds it."""
    local = local_text(micros, precision)
    return None if local is None else local + "Z"


def local_text(micros: int | None, precision: Precision) -> str | None:
    """The same without a zone: a clock reading."""
    if micros is None:
        return None
    seconds, rest = divmod(micros, MICRO)
    day, second = divmod(seconds, _DAY)
    date = _date(day)
    if date is None:
        return None
    text = f"{date}{_MINUTES[second // 60]}{_SECONDS[second % 60]}"
    if precision is Precision.MILLISECOND:
        return f"{text}.{rest // 1000:03}"
    return f"{text}.{rest:06}" if rest and precision is Precision.MICROSECOND else text


def write_messages(events: Iterable[Event], out: IO[bytes]) -> int:
    """Write every message of ``events``, one a line. Gives how many there were. Memory does not grow with them."""
    write = _write_to_terminal if out.isatty() else _write
    encoder = msgspec.json.Encoder()
    encode_into = encoder.encode_into
    buffer = bytearray()
    conversation = ""
    count = 0
    for event in events:
        if type(event) is Message:
            line = message_json(conversation, event)
            start = len(buffer)
            try:
                encode_into(line, buffer, start)
            except UnicodeEncodeError:
                # Half a surrogate pair: JSON can say it (an escape), UTF-8 cannot.
                del buffer[start:]
                buffer += json.dumps(msgspec.to_builtins(line)).encode()
            buffer += b"\n"
            count += 1
            if len(buffer) >= _FULL:
                write(out, buffer)
                buffer.clear()
        elif type(event) is ConversationOpened:
            conversation = event.id
    write(out, buffer)
    return count


def _write_to_terminal(out: IO[bytes], buffer: bytearray) -> None:
    _write(out, harmless_json(buffer.decode()).encode())


def _write(out: IO[bytes], buffer: bytes | bytearray) -> None:
    try:
        out.write(buffer)
        out.flush()
    except OSError as err:
        raise stdout_failed(err) from err


def _reading_json(reading: Reading, precision: Precision) -> ReadingJson:
    return ReadingJson(
        reading.label,
        local_text(reading.local, precision),
        utc_text(reading.utc, precision),
        utc_text(reading.earliest, precision),
        utc_text(reading.latest, precision),
    )


def _with_times(value: object) -> object:
    """A rare field with every instant in it written as ``sent`` is, and without what it does not say."""
    if isinstance(value, tuple):
        return [_with_times(item) for item in value]
    if isinstance(value, Instant):
        return sent_json(value)
    if not isinstance(value, msgspec.Struct):
        return value
    fields = value.__struct_fields__
    return {name: _with_times(found) for name in fields if (found := getattr(value, name)) is not None}


@functools.lru_cache(maxsize=4096)
def _date(day: int) -> str | None:
    try:
        return format_utc(day * _DAY * MICRO, Precision.DAY)[:10]
    except OverflowError:
        return None
