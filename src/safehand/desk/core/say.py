"""How the desk says numbers, sizes, times and stretches of time: plain words, UK time.

    count(5000)                "5,000"
    counted(1, "message")      "1 message"
    size(48_211)               "48 kB"
    uk_time(moment)            "22 November 2026, 10:14"
    stretch(32_700)            "9 hours 5 minutes"

ux.md 3.2: minutes in lists, seconds where one message is looked at; a gap is said in words.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
_MONTHS: Final = ("", *(f"{date(2000, month, 1):%B}" for month in range(1, 13)))
"""By the number of a month: the strip above a long conversation names eight hundred days."""
_UNITS: Final = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def count(number: int) -> str:
    """A number with commas."""
    return f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 message``, ``2 messages``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def size(in_bytes: int) -> str:
    """A size as people say it, in units of 1,000 as the labels of disks and files have it."""
    for unit, name in _UNITS:
        if in_bytes >= unit:
            amount = in_bytes / unit
            return f"{amount:.1f} {name}" if amount < 10 else f"{amount:,.0f} {name}"
    return counted(in_bytes, "byte")


def uk_time(moment: datetime) -> str:
    """Day and time on the UK's clock."""
    there = moment.astimezone(LONDON)
    return f"{day(there.date())}, {there:%H:%M}"


def from_to(start: datetime, end: datetime) -> str:
    """A stretch on the UK's clock, the day once where it is one: ``22 November 2026, 10:00 to 11:00``."""
    there, then = start.astimezone(LONDON), end.astimezone(LONDON)
    ends = f"{then:%H:%M}" if there.date() == then.date() else uk_time(end)
    return f"{uk_time(start)} to {ends}"


def uk_second(moment: datetime) -> str:
    """Day and time on the UK's clock, to the second."""
    there = moment.astimezone(LONDON)
    return f"{day(there.date())}, {there:%H:%M:%S}"


def stated(text: str) -> str:
    """A date, or a date and time, as somebody stated it, said with the month in words. Anything else stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    offset = f" (UTC{moment:%z})" if moment.tzinfo is not None else ""
    return f"{day(moment.date())}, {moment:%H:%M}{offset}" if "T" in text else day(moment.date())


@lru_cache(maxsize=1024)  # a page of messages says the same few days hundreds of times
def day(date_: date) -> str:
    """``4 January 2026``."""
    return f"{date_.day} {_MONTHS[date_.month]} {date_.year}"


def weekday(date_: date) -> str:
    """``Sunday 4 January 2026``."""
    return f"{date_:%A} {day(date_)}"


def days(first: date, last: date) -> str:
    """From one day to another, each part said once: ``4 to 9 January 2026``."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month]} to {day(last)}"
    return f"{first.day} to {day(last)}"


def stretch(seconds: int) -> str:
    """A stretch of time in its two largest units. Under a minute, in seconds."""
    if seconds < 60:
        return counted(seconds, "second")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days_, hours = divmod(hours, 24)
    if days_:
        parts = ((days_, "day"), (hours, "hour"))
    elif hours:
        parts = ((hours, "hour"), (minutes, "minute"))
    else:
        parts = ((minutes, "minute"), (rest, "second"))
    return " ".join(counted(number, unit) for number, unit in parts if number)


def waited(for_: timedelta) -> str:
    """How long something has waited, in one unit: nobody acts on the minutes of the third day."""
    minutes = int(for_.total_seconds()) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return counted(minutes, "minute")
    if minutes < 48 * 60:
        return counted(minutes // 60, "hour")
    return counted(minutes // (24 * 60), "day")
