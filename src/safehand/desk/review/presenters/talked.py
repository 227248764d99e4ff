"""When they talked, as pictures with their tables. Letters and sums: no message, no name, and nothing concluded.

    Activity by hour        how many messages in each hour of each weekday, and of each account by hour
    Messages by side        how many each account wrote, day by day (or week by week)
    Who wrote first         after a silence, each account
    talked_sums.py          the three of these
    talked_rows.py          how soon they answered, the longest silences
    talked_cadence.py       the cadence of four weeks
    talked_firsts.py        what was first mentioned when

Every picture says by which clock it is, how many messages it is of, and how many are in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.urls import reverse

from safehand import __version__
from safehand.casefile.talked import Reading, Spoken, Unit, UnitCount
from safehand.desk.core import say
from safehand.desk.review.pictures.frame import LeadsTo, in_reader
from safehand.desk.review.presenters.figures import Figure
from safehand.desk.review.presenters.parts import parts_of_accounts
from safehand.desk.review.presenters.talked_cadence import OfTen, cadence_figure, turned
from safehand.desk.review.presenters.talked_firsts import firsts_figure
from safehand.desk.review.presenters.talked_rows import answers_figure, silences_figure
from safehand.desk.review.presenters.talked_sums import Line, Named, OfUnit, bars_figure, hours_figure, sides_figure
from safehand.desk.review.shown import Talked

FEWEST: Final = 20
"""Messages with a day, below which a picture would mislead (ux.md 3.1)."""

SILENCE_WORDS: Final = "at least 4 hours"
"""tempo.SILENCE, in words."""

_EACH: Final = {unit: f"each {unit}" for unit in Unit}


@dataclass(frozen=True, slots=True)
class TalkedPage:
    """The page."""

    conversation: int
    address: str
    about: str
    zone: tuple[str, ...]
    other_reading: str
    """The address of the other reading; empty where every day is read one way."""
    figures: tuple[Figure, ...]
    too_few: bool
    version: str
    others: bool
    """Whether the case has other conversations."""


def talked_page(shown: Talked) -> TalkedPage:
    """Present it."""
    spoken = shown.spoken
    too_few = spoken.with_day < FEWEST
    other = "?reading=second" if shown.reading is Reading.FIRST else "?"
    return TalkedPage(
        conversation=shown.conversation.number,
        address=_reader(shown),
        about=_about(shown),
        zone=zone_words(spoken, shown.reading),
        other_reading=other if spoken.either else "",
        figures=() if too_few else _figures(shown),
        too_few=too_few,
        version=__version__,
        others=shown.others,
    )


def zone_words(spoken: Spoken, reading: Reading) -> tuple[str, ...]:
    """By whose clock, and what is in no picture or not in all."""
    said = []
    if spoken.uk:
        said.append(f"{say.counted(spoken.uk, 'message')} by UK time.")
    if spoken.device:
        said.append(
            f"{say.counted(spoken.device, 'message')} by a clock whose zone the source does not name, as it read."
        )
    if spoken.either:
        which = "first" if reading is Reading.FIRST else "second"
        said.append(
            f"{say.counted(spoken.either, 'message')} on a day that can be read two ways: drawn by the {which} "
            "reading, and said to start or to answer nothing."
        )
    if spoken.without_time:
        said.append(f"{say.counted(spoken.without_time, 'message')} without a time that can be read: in no picture.")
    if spoken.without_hour:
        said.append(
            f"{say.counted(spoken.without_hour, 'message')} with a day and no hour: not in the picture of hours."
        )
    if spoken.platform:
        said.append(
            f"{say.counted(spoken.platform, 'entry', 'entries')} in which the platform speaks: nobody talked, so in no "
            "picture."
        )
    return tuple(said)


def zone_short(spoken: Spoken) -> str:
    """The clock, under each picture."""
    if spoken.device and (spoken.uk or spoken.either):
        return "UK time where the zone is known, else the clock as it read"
    if spoken.uk and not spoken.either:
        return "UK time"
    return "the clock as it read, its zone not stated"


def _figures(shown: Talked) -> tuple[Figure, ...]:
    leads_to = in_reader(_reader(shown))
    people = _counted(shown, shown.spoken.people)
    found = (
        _hours(shown),
        _by_side(shown),
        _days(shown),
        _starts(shown),
        answers_figure(shown, people),
        silences_figure(shown, leads_to, _clock(shown)),
        _cadence(shown, leads_to),
        firsts_figure(shown, leads_to, _clock(shown)),
    )
    return tuple(one for one in found if one is not None)


def _cadence(shown: Talked, leads_to: LeadsTo) -> Figure | None:
    if shown.window is None or shown.span is None:
        return None
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    tens = (OfTen(one.day, one.ten, letters[one.letter], one.messages, one.first) for one in shown.tens)
    found = cadence_figure(tens, shown.window, parts_of_accounts(shown.letters), leads_to, _clock(shown))
    return turned(found, shown.window, shown.span, shown.reading)


def _clock(shown: Talked) -> str:
    words = zone_short(shown.spoken)
    return f"{words[0].upper()}{words[1:]}."


def _by_side(shown: Talked) -> Figure:
    """The same hours, without the days of the week: who wrote at which."""
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    counts: Counter[tuple[int, int]] = Counter()
    for one in shown.hours:
        counts[one.hour, letters[one.letter]] += one.messages
    rule = "Messages of each account in each hour of the day, all days together."
    named = Named("sides", "Hours of the day, by who wrote", rule)
    return sides_figure(counts, parts_of_accounts(shown.letters), named, partial(_counted, shown))


def _about(shown: Talked) -> str:
    count = say.counted(shown.spoken.people, "message")
    return f"{count}, {say.days(*shown.span)}" if shown.span is not None else count


def _reader(shown: Talked) -> str:
    return reverse("review:reader", args=[shown.case.reference, shown.conversation.number])


def _hours(shown: Talked) -> Figure:
    counts: Counter[tuple[int, int]] = Counter()
    for one in shown.hours:
        counts[one.weekday, one.hour] += one.messages
    rule = "Messages of everybody, in each hour of each day of the week."
    return hours_figure(counts, rule, partial(_counted, shown))


def _days(shown: Talked) -> Figure:
    each = _EACH[shown.unit]
    return _bars(
        shown,
        shown.days,
        Named(
            "days",
            f"Messages {each}, by who wrote them",
            f"How many each account wrote {each}. Press a bar to read from there.",
        ),
    )


def _starts(shown: Talked) -> Figure:
    each = _EACH[shown.unit]
    return _bars(
        shown,
        shown.starts,
        Named(
            "starts",
            "Who wrote first after a silence",
            f"The first message after {SILENCE_WORDS} with none, and the first of all. Count {each}. With another "
            "number of hours the picture would be another.",
        ),
    )


def _bars(shown: Talked, counts: Sequence[UnitCount], named: Named) -> Figure:
    assert shown.span is not None  # noqa: S101  there are messages with a day: FEWEST
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    of_units = (OfUnit(one.day, letters[one.letter], one.messages, one.first) for one in counts)
    line = Line(shown.span, shown.unit, in_reader(_reader(shown)), partial(_counted, shown))
    return bars_figure(of_units, parts_of_accounts(shown.letters), named, line)


def _counted(shown: Talked, drawn: int) -> str:
    return f"{say.count(drawn)} of {say.counted(shown.spoken.people, 'message')}; {zone_short(shown.spoken)}."
