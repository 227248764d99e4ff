"""When they talked, as pictures with their tables. Letters and sums: no message, no name, and nothing concluded.

    Activity by hour        how many messages in each hour of each weekday, and of each account by hour
    Messages by side        how many each account wrote, day by day (or week by week)
    Who wrote first         after a silence, each account
    talked_rows.py          how soon they answered, the longest silences, the cadence of four weeks
    talked_firsts.py        what was first mentioned when

Every picture says by which clock it is, how many messages it is of, and how many are in none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from safehand import __version__
from safehand.casefile.talked import Reading, Spoken, Unit, UnitCount
from safehand.desk.core import say
from safehand.desk.review.pictures import heat
from safehand.desk.review.pictures.bars import Bars, bar_chart, bar_reach
from safehand.desk.review.pictures.cadence import DAYS
from safehand.desk.review.pictures.frame import Words
from safehand.desk.review.pictures.scale import HoursOfDay, TimeLine, begin_of, unit_words, units
from safehand.desk.review.presenters.figures import Figure, Head, Table, TableRow, figure, heads_of, lanes_of
from safehand.desk.review.presenters.talked_firsts import firsts_figure
from safehand.desk.review.presenters.talked_rows import answers_figure, cadence_figure, silences_figure
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
    address = _reader(shown)
    people = _counted(shown, shown.spoken.people)
    found = (
        _hours(shown),
        _by_side(shown),
        _days(shown),
        _starts(shown),
        answers_figure(shown, people),
        silences_figure(shown, address, _clock(shown)),
        _cadence(shown, address),
        firsts_figure(shown, address, _clock(shown)),
    )
    return tuple(one for one in found if one is not None)


def _cadence(shown: Talked, address: str) -> Figure | None:
    found = cadence_figure(shown, address, _clock(shown))
    if found is None or shown.window is None or shown.span is None:
        return None
    (begin, end), (first, last) = shown.window, shown.span
    return replace(
        found,
        earlier=_from(shown, begin - timedelta(days=min(DAYS, (begin - first).days))) if begin > first else "",
        later=_from(shown, end + timedelta(days=1)) if end < last else "",
    )


def _from(shown: Talked, day: date) -> str:
    keep = "&reading=second" if shown.reading is Reading.SECOND else ""
    return f"?from={day.isoformat()}{keep}#cadence"


def _clock(shown: Talked) -> str:
    words = zone_short(shown.spoken)
    return f"{words[0].upper()}{words[1:]}."


def _by_side(shown: Talked) -> Figure:
    """The same hours, without the days of the week: who wrote at which."""
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    counts: Counter[tuple[int, int]] = Counter()
    for one in shown.hours:
        counts[one.hour, letters[one.letter]] += one.messages
    bars = Bars(HoursOfDay(), lanes_of(shown.letters), counts)
    lanes = range(len(bars.lanes))
    totals = [sum(counts[hour, lane] for hour in heat.HOURS) for lane in lanes]
    title = "Hours of the day, by who wrote"
    description = "; ".join(
        f"{lane.letter}: {say.count(total)}" for lane, total in zip(bars.lanes, totals, strict=True)
    )
    return figure(
        "sides",
        title,
        "Messages of each account in each hour of the day, all days together.",
        _counted(shown, sum(totals)),
        (
            bar_chart(bars, Words("sides-wide", title, description), wide=True),
            bar_chart(bars, Words("sides-narrow", title, description), wide=False),
        ),
        Table(
            (Head("Hour"), *heads_of(shown.letters)),
            tuple(
                TableRow(_hour_words(hour), tuple(say.count(counts[hour, lane]) for lane in lanes))
                for hour in heat.HOURS
            ),
            tuple(say.count(total) for total in totals),
        ),
    )


def _hour_words(hour: int) -> str:
    return f"{hour:02}:00 to {hour:02}:59"


def _about(shown: Talked) -> str:
    count = say.counted(shown.spoken.people, "message")
    return f"{count}, {say.days(*shown.span)}" if shown.span is not None else count


def _reader(shown: Talked) -> str:
    return reverse("review:reader", args=[shown.case.reference, shown.conversation.number])


def _hours(shown: Talked) -> Figure:
    counts: Counter[tuple[int, int]] = Counter()
    for one in shown.hours:
        counts[one.weekday, one.hour] += one.messages
    total = counts.total()
    title = "Activity by hour"
    description = f"Messages in each hour of each day of the week, {say.count(total)} in all. {_most_hour(counts)}"
    rows = tuple(
        TableRow(
            _hour_words(hour),
            (
                *(say.count(counts[weekday, hour]) for weekday in range(7)),
                say.count(sum(counts[weekday, hour] for weekday in range(7))),
            ),
        )
        for hour in heat.HOURS
    )
    foot = (
        *(say.count(sum(counts[weekday, hour] for hour in heat.HOURS)) for weekday in range(7)),
        say.count(total),
    )
    heads = (Head("Hour"), *(Head(name[:3]) for name in heat.WEEKDAYS), Head("All"))
    drawings = (
        heat.heat(counts, Words("hours-wide", title, description), wide=True),
        heat.heat(counts, Words("hours-narrow", title, description), wide=False),
    )
    return figure(
        "hours",
        title,
        "Messages of everybody, in each hour of each day of the week.",
        _counted(shown, total),
        drawings,
        Table(heads, rows, foot),
    )


def _most_hour(counts: Counter[tuple[int, int]]) -> str:
    if not counts:
        return "None has an hour."
    (weekday, hour), most = max(counts.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]))
    return f"Most on {heat.WEEKDAYS[weekday]}, {hour:02}:00 to {hour:02}:59 ({say.count(most)})."


def _days(shown: Talked) -> Figure:
    each = _EACH[shown.unit]
    return _bars(
        shown,
        shown.days,
        "days",
        f"Messages {each}, by who wrote them",
        f"How many each account wrote {each}. Press a bar to read from there.",
    )


def _starts(shown: Talked) -> Figure:
    each = _EACH[shown.unit]
    return _bars(
        shown,
        shown.starts,
        "starts",
        "Who wrote first after a silence",
        f"The first message after {SILENCE_WORDS} with none, and the first of all. Count {each}. With another "
        "number of hours the picture would be another.",
    )


def _bars(shown: Talked, counts: Sequence[UnitCount], id_: str, title: str, rule: str) -> Figure:
    assert shown.span is not None  # noqa: S101  there are messages with a day: FEWEST
    begins = units(*shown.span, shown.unit)
    places = {begin: at for at, begin in enumerate(begins)}
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    sums = {(places[begin_of(one.day, shown.unit)], letters[one.letter]): one.messages for one in counts}
    firsts: dict[int, int] = {}
    for one in counts:
        at = places[begin_of(one.day, shown.unit)]
        firsts[at] = min(one.first, firsts.get(at, one.first))
    bars = Bars(TimeLine(begins, shown.unit), lanes_of(shown.letters), sums)
    totals: defaultdict[int, int] = defaultdict(int)
    for (_, lane), messages in sums.items():
        totals[lane] += messages
    by_whom = ", ".join(f"{lane.letter} {say.count(totals[at])}" for at, lane in enumerate(bars.lanes))
    description = f"{say.days(*shown.span)}. {by_whom}."
    words = {at: f"{unit_words(begins[at], shown.unit)}: {_by_lane(bars, at)}" for at in firsts}
    address = _reader(shown)
    return figure(
        id_,
        title,
        rule,
        _counted(shown, sum(sums.values())),
        (
            bar_chart(bars, Words(f"{id_}-wide", title, description), wide=True),
            bar_chart(bars, Words(f"{id_}-narrow", title, description), wide=False),
        ),
        _bar_table(bars, begins, firsts, shown, totals),
        (
            bar_reach(bars, firsts, words, address, wide=True),
            bar_reach(bars, firsts, words, address, wide=False),
        ),
    )


def _by_lane(bars: Bars, unit: int) -> str:
    return ", ".join(f"{lane.letter} {say.count(bars.counts.get((unit, at), 0))}" for at, lane in enumerate(bars.lanes))


def _bar_table(
    bars: Bars, begins: Sequence[date], firsts: dict[int, int], shown: Talked, totals: dict[int, int]
) -> Table:
    """Units in which nobody wrote are left out of it: the picture has them as empty places."""
    lanes = range(len(bars.lanes))
    rows = tuple(
        TableRow(
            unit_words(begins[at], shown.unit),
            tuple(say.count(bars.counts.get((at, lane), 0)) for lane in lanes),
            firsts[at],
        )
        for at in sorted(firsts)
    )
    foot = tuple(say.count(totals.get(lane, 0)) for lane in lanes)
    return Table((Head("When"), *heads_of(shown.letters)), rows, foot)


def _counted(shown: Talked, drawn: int) -> str:
    return f"{say.count(drawn)} of {say.counted(shown.spoken.people, 'message')}; {zone_short(shown.spoken)}."
