"""Texts with their right answers, and what the rules make of them, in the same words.

    text = read_set(path)[0]
    answers(text).fully_right

The answers are written as in tests/vectors/meeting_time/README.md.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from safehand.analysis.meeting_time import MeetingTime, earliest_ahead, meeting_times
from safehand.analysis.meeting_time.own_time import LONDON
from safehand.analysis.meeting_time.parts import PARTS
from safehand.analysis.meeting_time.uk_calendar import feasts, half_term
from safehand.model.instant import MICRO, Instant, Precision
from safehand.sources.local_time import LocalClock

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  a clock reading has no zone
_MINUTE = timedelta(minutes=1)
_SCHOOL = re.compile(r"(half_term|summer_holidays) (\d{4})(?:-(\d\d))?")

Stretch = tuple[datetime, datetime]
"""From and up to, by the clock; equal for a moment."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a set."""

    sent: datetime
    text: str
    must: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules made of it, beside what they should have."""

    missing: frozenset[Stretch]
    too_much: frozenset[Stretch]
    clock_right: bool

    @property
    def fully_right(self) -> bool:
        """All that must be found is found, and nothing that may not."""
        return not self.missing and not self.too_much


def read_set(path: Path) -> list[Text]:
    """The texts of a set, in order."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Text(datetime.fromisoformat(row["sent"]), row["text"], _parted(row["must"]), _parted(row["may"]))
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _parted(column: str) -> frozenset[str]:
    return frozenset(column.split(" | ")) if column else frozenset()


def stretch_of(answer: str) -> Stretch:
    """The stretch of the clock that an answer means."""
    school = _SCHOOL.fullmatch(answer)
    if school is not None:
        year = int(school[2])
        first, last = half_term(year, int(school[3])) if school[3] else feasts(school[1], year)[0]
        return _midnight(first), _midnight(last + 1)
    if " " in answer:
        day, name = answer.split(" ")
        midnight = datetime.fromisoformat(day)
        return midnight + PARTS[name].first * _MINUTE, midnight + PARTS[name].end * _MINUTE
    ends = [datetime.fromisoformat(end) for end in answer.split("/")]
    if "T" in answer:
        return ends[0], ends[-1]
    return ends[0], ends[-1] + timedelta(days=1)


def _midnight(day: int) -> datetime:
    return datetime.combine(date.fromordinal(day), datetime.min.time())


def instant(sent: datetime) -> Instant:
    """The instant of a message sent at that time by the clock in London."""
    return LocalClock(LONDON, "the set").instant("", (sent - _EPOCH) // _MINUTE * 60 * MICRO, Precision.MINUTE)


def _stretch(time: MeetingTime) -> Stretch:
    return _EPOCH + timedelta(microseconds=time.local), _EPOCH + timedelta(microseconds=time.local_end)


def answers(text: Text) -> Answer:
    """What the rules make of a text, judged."""
    sent = instant(text.sent)
    times = meeting_times(text.text, sent)
    found = frozenset(_stretch(time) for time in times)
    must = frozenset(stretch_of(answer) for answer in text.must)
    may = frozenset(stretch_of(answer) for answer in text.may)
    ahead = [stretch for stretch in must if stretch[1] >= text.sent]
    drives = earliest_ahead(times, sent.earliest or 0)
    allowed = {min(ahead)} | {one for one in may if one < min(ahead)} if ahead else {None}
    return Answer(must - found, found - must - may, (_stretch(drives) if drives else None) in allowed)


def told(text: Text) -> list[str]:
    """The readings of a text, with their rules, for who writes rules."""
    return [
        f"{first:%m-%d %H:%M}..{end:%m-%d %H:%M} {'+'.join(time.rules)}"
        for time in meeting_times(text.text, instant(text.sent))
        for first, end in (_stretch(time),)
    ]
