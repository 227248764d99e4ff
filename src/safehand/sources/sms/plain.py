"""The commonest record, by one pattern: a text message, received or sent, in the fields the program always writes.

    <sms protocol="0" address="+447700900123" date="1767553331414" type="1" subject="null" body="The gate is open"
     toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" sub_id="1"
     readable_date="4 Jan 2026 19:03:11" contact_name="Priya" />

Nineteen of twenty records are exactly this; all others are read by record.py. Both ways give the same message.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.instant import Basis, Instant, Precision
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.sms.record import LAST, NOBODY, OWNER, QUARTER
from safehand.sources.thread import Thread
from safehand.sources.xml_values import value_of

_PLAIN: Final = re.compile(
    rb'<sms(?: protocol="(?:0|null)")? address="([^"&]*)" date="(\d{1,15})" type="([12])" subject="null" body="([^"]+)"'
    rb' toa="null" sc_toa="null" service_center="(null|\+?\d+)" read="1" status="(?:-1|0)" locked="0"'
    rb'(?: date_sent="(\d*)")?(?: sub_id="(-?\d+)")? '
    rb'readable_date="(?:[^":]*[0-9]:([0-5][0-9]):([0-5][0-9])[^":]*|[^":]*)" contact_name="([^"]*)" />'
)
_SILENT: Final = frozenset({b"null", b"0", b"-1", b"", None})
_MOST: Final = 10_000
_SIXTY: Final = {b"%02d" % number: number for number in range(60)}
"""What minutes and seconds of a readable date say: record.py's ``disagree`` in a third of its time."""
_TEXT, _UTC, _MILLI = Kind.TEXT, Basis.UTC, Precision.MILLISECOND


class PlainReader:
    """Reads the plain records of one file; accounts are spelled in few ways, and each is read once."""

    __slots__ = ("_known", "_told")

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], tuple[str, str]] = {}
        self._told: tuple[Thread, bytes, bytes] | None = None

    def read(self, raw: bytes, span: Span, thread: Thread) -> Message | None:
        """The next message of ``thread``; None for what is not as plain as that."""
        match = _PLAIN.fullmatch(raw)
        if match is None or match[1] in NOBODY:
            return None
        address, date, kind, body, center, sent_digits, sub, minute, second, contact = match.groups()
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return None
        if "&" in text:
            value = value_of(body)
            if value.raw is not None:
                return None
            text = value.text
        millis = int(date)
        micros = millis * 1000
        other = self._known.get((address, contact)) or self._account(address, contact)
        if (
            other is None
            or micros > LAST
            or (minute and (_SIXTY[minute] * 60 + _SIXTY[second] - millis // 1000) % QUARTER)
        ):
            return None
        key, name = other
        if kind == b"2":
            told = (thread, address, contact)
            if told != self._told:  # whom it went to, once for each spelling
                self._told = told
                if b"~" not in address:
                    thread.name(key, name, span)
            key = name = OWNER
        sent = Instant(str(millis), _UTC, _MILLI, micros, micros, micros)
        doubts = thread.take(key, name, sent, span)
        return Message(thread.count, _TEXT, name, text, sent, span, doubts, key, extra=_extra(center, sent_digits, sub))

    def _account(self, address: bytes, contact: bytes) -> tuple[str, str] | None:
        """Key and name; None where anything of them would have to be guessed."""
        number, name = value_of(address), value_of(contact)
        if number.guessed or name.guessed:
            return None
        found = number.text, number.text if contact in NOBODY else name.text
        if len(self._known) < _MOST:
            self._known[address, contact] = found
        return found


def _extra(center: bytes, sent: bytes | None, sub: bytes | None) -> str | None:
    if center in _SILENT and sent in _SILENT and sub in _SILENT:
        return None
    told = (("service_center", center), ("date_sent", sent), ("sub_id", sub))
    parts = [f'"{name}": "{value.decode()}"' for name, value in told if value is not None and value not in _SILENT]
    return "{" + ", ".join(parts) + "}"
