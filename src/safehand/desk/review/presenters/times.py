"""Whose clock it is, in words. Nothing is guessed: where the zone is not known it is said, once.

    "Times are UK time; the source counts in UTC."
    "Times are as the phone showed them; the source names no zone."

Minutes in the list, seconds and the source's own words in the panel (ux.md 3.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from safehand.casefile.clock import Clock
from safehand.casefile.views import DaySection, Line, clock_reading
from safehand.desk.core import say
from safehand.model.instant import Basis, Instant, Precision

_NO_TIME: Final = "Some messages have no time that can be read."
_EITHER: Final = "The source does not show whether the day or the month comes first: both readings are given."
_ONCE: Final[dict[Basis, str]] = {
    Basis.UTC: "Times are UK time; the source counts in UTC.",
    Basis.OFFSET: "Times are UK time; the source states how far its clock was from UTC.",
    Basis.EXPORTER_LOCAL: "Times are as the machine that made the export showed them; the source names no zone.",
    Basis.DEVICE_LOCAL: "Times are as the phone showed them; the source names no zone.",
    Basis.SERVER_LOCAL: "Times are as the platform’s own machines showed them; the source names no zone.",
    Basis.STATED: "Times are UK time, worked out from a time zone that a person stated; the source names none.",
    Basis.NONE: _NO_TIME,
}
_BASIS: Final[dict[Basis, str]] = {
    Basis.UTC: "The source counts in UTC.",
    Basis.OFFSET: "The source states how far its clock was from UTC.",
    Basis.EXPORTER_LOCAL: "A reading of the clock of the machine that made the export. The source names no zone.",
    Basis.DEVICE_LOCAL: "A reading of the phone’s clock. The source names no zone.",
    Basis.SERVER_LOCAL: "A reading of the clock of the platform’s own machines. The source names no zone.",
    Basis.STATED: "A clock reading, and a zone that a person stated.",
    Basis.NONE: "The source gives no time that can be read.",
}
_WHOSE: Final = {Basis.EXPORTER_LOCAL: "the exporting machine’s", Basis.SERVER_LOCAL: "the platform’s"}
_FINE: Final = (Precision.SECOND, Precision.MILLISECOND, Precision.MICROSECOND)


def zone_once(sections: Iterable[DaySection]) -> str:
    """The line above the messages: on what their times rest, each basis that occurs said once."""
    said: list[str] = []
    for section in sections:
        for line in section.lines:
            words = _EITHER if line.clock is Clock.EITHER else _ONCE[line.message.sent.basis]
            if words not in said:
                said.append(words)
    return " ".join(said)


def day_words(day: date | None, other: date | None) -> str:
    """A day heading."""
    if day is None:
        return "No date that can be read"
    if other is not None and other != day:
        return f"{say.weekday(day)} or {say.weekday(other)}"
    return say.weekday(day)


def minutes(line: Line) -> str:
    """The time in the list. A source that gives only days has none."""
    shown = line.shown
    if shown is None or line.message.sent.precision is Precision.DAY:
        return "–"
    return f"{shown.hour:02}:{shown.minute:02}"  # half as long as strftime, and asked of every message


def machine_time(line: Line) -> str:
    """For the ``datetime`` of a ``<time>``: in UTC where known, without a zone where not, empty where there is none."""
    sent, shown = line.message.sent, line.shown
    if shown is None:
        return ""
    utc = clock_reading(sent.utc)
    return f"{utc.isoformat(timespec='seconds')}Z" if utc is not None else shown.isoformat(timespec="seconds")


def sent_words(line: Line) -> str:
    """When, in full."""
    sent, shown = line.message.sent, line.shown
    if shown is None:
        return "No time that can be read"
    match line.clock:
        case Clock.UK:
            return f"{_moment(shown, sent.precision)} UK time"
        case Clock.EITHER:
            other = line.shown_other
            second = f" or {_moment(other, sent.precision)}" if other is not None else ""
            return f"{_moment(shown, sent.precision)}{second}"
        case _:
            whose = _WHOSE.get(sent.basis, "the phone’s")
            return f"{_moment(shown, sent.precision)} by {whose} clock"


def utc_words(sent: Instant) -> str:
    """The same in UTC, or the stretch in which it lies. Empty where nothing is known."""
    if sent.utc is not None:
        moment = clock_reading(sent.utc)
        return f"{_moment(moment, sent.precision)} UTC" if moment is not None else ""
    first, last = clock_reading(sent.earliest), clock_reading(sent.latest)
    if first is None or last is None:
        return ""
    return f"between {_moment(first, Precision.MINUTE)} and {_moment(last, Precision.MINUTE)} UTC"


def basis_words(sent: Instant) -> str:
    """On what the zone rests, and who stated it if a person did."""
    if sent.basis is Basis.STATED and sent.zone:
        by = f", stated by the {sent.zone_by}" if sent.zone_by else ""
        return f"A clock reading in the zone {sent.zone}{by}."
    return _BASIS[sent.basis]


def instant_words(sent: Instant) -> str:
    """Another instant of a message (edited, reacted): UK time where known, else as the source wrote it."""
    if sent.utc is None:
        return sent.raw
    moment = clock_reading(sent.utc)
    if moment is None:
        return sent.raw
    return f"{_moment(moment, sent.precision)} UTC"


def _moment(at: datetime, precision: Precision) -> str:
    if precision is Precision.DAY:
        return say.day(at.date())
    minutes_ = f"{say.day(at.date())}, {at.hour:02}:{at.minute:02}"
    return f"{minutes_}:{at.second:02}" if precision in _FINE else minutes_
