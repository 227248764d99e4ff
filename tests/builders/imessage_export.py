"""What imessage-exporter writes, built for tests: the text form.

block(moment, "Priya", "Hello")          "Jan 04, 2026  7:02:11 PM\\nPriya\\nHello\\n\\n"
reply(moment, "Tom", "Yes")              the same, indented, as it stands below what it answers
"""

from __future__ import annotations

from datetime import datetime


def date(moment: datetime) -> str:
    """The hour is padded with a blank, and everything is English."""
    hour = moment.hour % 12 or 12
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    half = "AM" if moment.hour < 12 else "PM"
    return f"{months[moment.month - 1]} {moment:%d, %Y} {hour:2d}:{moment:%M:%S} {half}"


def block(moment: datetime, name: str, *lines: str, read: str = "") -> str:
    """A message of the top level."""
    after = f" (Read by {read})" if read else ""
    return "\n".join((date(moment) + after, name, *lines)) + "\n\n"


def reply(moment: datetime, name: str, *lines: str) -> str:
    """A message below another: each line of it indented, and an empty line after it."""
    return "".join(f"    {line}\n" for line in (date(moment), name, *lines)) + "\n"
