"""Mails and mailboxes made for tests: allotments, in the form of RFC 5322.

mailbox([mail("The gate is open", "Alice <alice@example.org>", moment, number=1)])
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

ALICE = "Alice <alice@example.org>"
BOB = "Bob <bob@example.org>"
BEGIN = datetime(2026, 1, 4, 10, 59, 50, tzinfo=UTC)

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(at: datetime, zone: str = "+0000") -> str:
    """``Sun, 04 Jan 2026 10:59:50 +0000``"""
    clock = f"{at.hour:02d}:{at.minute:02d}:{at.second:02d}"
    return f"{_DAYS[at.weekday()]}, {at.day:02d} {_MONTHS[at.month - 1]} {at.year} {clock} {zone}"


def mail(
    text: str,
    who: str = ALICE,
    at: datetime = BEGIN,
    *,
    number: int = 1,
    answers: int | None = None,
    root: int | None = None,
    to: str = BOB,
    subject: str = "Plots",
    more: str = "",
) -> bytes:
    """One mail of one text."""
    lines = [f"From: {who}", f"To: {to}", f"Subject: {subject}", f"Date: {in_words(at)}", f"Message-ID: <{number}@x>"]
    if answers is not None:
        lines.append(f"In-Reply-To: <{answers}@x>")
        lines.append(f"References: <{answers if root is None else root}@x> <{answers}@x>")
    lines.append('Content-Type: text/plain; charset="utf-8"')
    lines.append("Content-Transfer-Encoding: 8bit")
    return "\n".join([*lines, *([more] if more else []), "", text, ""]).encode()


def mailbox(mails: Sequence[bytes]) -> bytes:
    """An mbox: a parting line before each mail and an empty line behind it; ``From`` at a line's beginning quoted."""
    parting = b"From MAILER-DAEMON Sun Nov 22 06:04:45 2026\n"
    return b"".join(parting + one.replace(b"\nFrom ", b"\n>From ") + b"\n" for one in mails)
