"""Backups as SMS Backup & Restore writes them, made for tests: allotments, in the layout of the program.

backup([sms(1, PRIYA, "The gate is open"), mms(2, TOM, "The plan")])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

Who = tuple[str, str]
"""Number and name, as the telephone's contacts have it."""

PRIYA: Who = ("+447700900123", "Priya")
TOM: Who = ("+447700900456", "Tom")
START = 1_767_553_331_414
"""2026-01-04T19:02:11.414Z."""

_MARKS = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def at(number: int) -> int:
    """The moment of record ``number``: a minute after the one before it."""
    return START + number * 60_000


def spelled(text: str) -> str:
    """A value as the program spells it."""
    return escape(text, _MARKS)


def readable(millis: str) -> str:
    """The same moment as a telephone in London says it."""
    if not millis.isdigit() or len(millis) > 15:
        return "n/a"
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(millis)):%d %b %Y %H:%M:%S}"


def tag(name: str, /, **fields: str) -> str:
    """A tag with no content."""
    return f"<{name} " + " ".join(f'{key}="{spelled(value)}"' for key, value in fields.items()) + " />"


def sms(number: int, who: Who, body: str, *, kind: str = "1", millis: int | None = None, **others: str) -> str:
    """A text message."""
    when = str(at(number) if millis is None else millis)
    fields = {
        "protocol": "0", "address": who[0], "date": when, "type": kind, "subject": "null", "body": body, "toa": "null",
        "sc_toa": "null", "service_center": "null", "read": "1", "status": "-1", "locked": "0", "date_sent": "0",
        "sub_id": "1", "readable_date": readable(when), "contact_name": who[1],
    }  # fmt: skip
    return tag("sms", **{**fields, **others})


def mms(number: int, who: Who, text: str, *, box: str = "1", data: str = "", addrs: str = "", **others: str) -> str:
    """A multimedia message: words, and a picture whose bytes are ``data``."""
    fields = {"date": str(at(number)), "msg_box": box, "address": who[0], "m_type": "132", "contact_name": who[1]}
    parts = '<part seq="-1" ct="application/smil" name="null" text="&lt;smil/&gt;" />'
    parts += tag("part", seq="0", ct="text/plain", name="null", text=text)
    if data:
        parts += tag("part", seq="0", ct="image/jpeg", name="null", cl="plan.jpg", text="null", data=data)
    opening = tag("mms", **{**fields, **others})[:-3].rstrip()
    return f"{opening}>\n<parts>\n{parts}\n</parts>\n<addrs>{addrs}</addrs>\n</mms>"


def call(number: int, who: Who, kind: str, seconds: int = 62) -> str:
    """A call."""
    return tag("call", number=who[0], duration=str(seconds), date=str(at(number)), type=kind, presentation="1",
               readable_date=readable(str(at(number))), contact_name=who[1])  # fmt: skip


def backup(records: Sequence[str], *, root: str = "smses", count: int | None = None) -> bytes:
    """The whole file."""
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore-->\n"
    stated = len(records) if count is None else count
    body = "".join(f"  {record}\n" for record in records)
    return f'{head}<{root} count="{stated}" backup_set="a1" backup_date="{START}">\n{body}</{root}>'.encode()
