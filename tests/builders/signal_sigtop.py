"""What sigtop writes, built for tests: its text.

heading("Ada (+447700900123)")                     "Conversation: Ada (+447700900123)\\n\\n"
block("Ada (+447700900123)", "hello", moment)      "From: Ada …\\nType: incoming\\nSent: …\\n\\nhello\\n\\n"
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)
ADA = "Ada (+447700900123)"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def date(moment: datetime) -> str:
    """With the offset of the computer: an hour east here."""
    local = moment + timedelta(hours=1)
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year} {local:%H:%M:%S} +0100"


def heading(whom: str = ADA) -> str:
    """What a file begins with."""
    return f"Conversation: {whom}\n\n"


def block(who: str | None, body: str, moment: datetime, *fields: str, type_: str = "") -> str:
    """A message; ``fields`` are further lines, ``body`` with what is before it."""
    kind = type_ or ("outgoing" if who == "You" else "incoming")
    lines = [] if who is None else [f"From: {who}"]
    lines += [f"Type: {kind}", f"Sent: {date(moment)}"]
    if kind != "outgoing":
        lines.append(f"Received: {date(moment + timedelta(seconds=1))}")
    lines += fields
    return "\n".join(lines) + "\n" + (f"\n{body}\n" if body else "") + "\n"
