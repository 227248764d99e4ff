"""How soon they answered, the longest silences, and the cadence of four weeks: pictures of rows, with their tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from safehand.casefile.talked import Silence, TenCount
from safehand.casefile.tempo import Turn
from safehand.casefile.views import clock_reading
from safehand.desk.core import say
from safehand.desk.review.pictures.cadence import Cadence, cadence_chart, cadence_reach
from safehand.desk.review.pictures.frame import Lane, Words
from safehand.desk.review.pictures.rows import Block, Stretch, block_chart, stretch_chart, stretch_reach
from safehand.desk.review.presenters.figures import OTHERS, Figure, Head, Table, TableRow, figure, heads_of, lanes_of
from safehand.desk.review.shown import Talked

TURNS: Final = (
    (Turn.WITHIN_1, "Answers under 1 min"),
    (Turn.WITHIN_5, "1 to 5 minutes"),
    (Turn.WITHIN_15, "5 to 15 minutes"),
    (Turn.WITHIN_60, "15 to 60 minutes"),
    (Turn.WITHIN_240, "1 to 4 hours"),
    (Turn.FOLLOWS, "Follows their own"),
    (Turn.START, "First after 4 hours"),
    (Turn.UNSURE, "Cannot be said"),
)
"""Every turn, in words that fit beside a bar."""


def answers_figure(shown: Talked, counted: str) -> Figure:
    """What each message was to the one before: answers by how soon, and the rest, so that every message is in it."""
    lanes = lanes_of(shown.letters)
    counts: Counter[tuple[str | None, Turn]] = Counter()
    for one in shown.turns:
        counts[one.letter, one.turn] += one.messages
    blocks = tuple(
        Block(lane, tuple(counts[letter, turn] for turn, _ in TURNS))
        for lane, letter in zip(lanes, shown.letters, strict=True)
    )
    names = tuple(name for _, name in TURNS)
    title = "How soon they answered"
    description = "; ".join(f"{block.lane.letter}: {_told(block)}" for block in blocks)
    rule = (
        "What each message was to the last one of a person before it: an answer, by how soon; one more of their own; "
        "the first after at least 4 hours, or of all. Every message is in it once."
    )
    if shown.spoken.by_minute:
        rule += " Where the source gives no seconds, an answer may have come up to a minute sooner or later."
    return figure(
        "answers",
        title,
        rule,
        counted,
        (
            block_chart(names, blocks, Words("answers-wide", title, description), wide=True),
            block_chart(names, blocks, Words("answers-narrow", title, description), wide=False),
        ),
        Table(
            (Head("The message"), *heads_of(shown.letters)),
            tuple(
                TableRow(name, tuple(say.count(block.counts[at]) for block in blocks)) for at, name in enumerate(names)
            ),
            tuple(say.count(sum(block.counts)) for block in blocks),
        ),
    )


def _told(block: Block) -> str:
    return ", ".join(f"{name.lower()} {say.count(count)}" for (_, name), count in zip(TURNS, block.counts, strict=True))


def silences_figure(shown: Talked, address: str, counted: str) -> Figure | None:
    """The longest, or None where there is none of at least four hours."""
    lanes = {lane.letter: lane for lane in lanes_of(shown.letters)}
    stretches = tuple(_stretch(one, lanes) for one in shown.silences)
    if not stretches:
        return None
    title = "The longest silences"
    description = "; ".join(f"{one.name}, {one.words}" for one in stretches)
    return figure(
        "silences",
        title,
        "The ten longest stretches of at least 4 hours without a message of a person, longest first: who wrote last "
        "before each, and who wrote first after it.",
        counted,
        (
            stretch_chart(stretches, Words("silences-wide", title, description), wide=True),
            stretch_chart(stretches, Words("silences-narrow", title, description), wide=False),
        ),
        Table(
            (Head("From, to"), Head("How long"), Head("Last before"), Head("First after")),
            tuple(_silence_row(one, stretch) for one, stretch in zip(shown.silences, stretches, strict=True)),
        ),
        (stretch_reach(stretches, address, wide=True), stretch_reach(stretches, address, wide=False)),
    )


def _stretch(one: Silence, lanes: Mapping[str, Lane]) -> Stretch:
    before, after = clock_reading(one.before_at), clock_reading(one.after_at)
    name = ""
    if before is not None and after is not None:
        name = f"{_short(before.date())}, {before:%H:%M} to {_short(after.date())}, {after:%H:%M}"
    return Stretch(
        name,
        say.stretch(one.seconds),
        one.seconds,
        one.before,
        _lane(one.before_letter, lanes),
        _lane(one.after_letter, lanes),
    )


def _lane(letter: str | None, lanes: Mapping[str, Lane]) -> Lane | None:
    return lanes.get(letter, Lane(letter, hatched=False)) if letter else None


def _short(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _silence_row(one: Silence, stretch: Stretch) -> TableRow:
    return TableRow(
        stretch.name,
        (
            stretch.words,
            f"{one.before_letter or 'The platform'} {say.count(one.before)}",
            f"{one.after_letter or 'The platform'} {say.count(one.after)}",
        ),
        one.before,
    )


def cadence_figure(shown: Talked, address: str, counted: str) -> Figure | None:
    """Up to four weeks, or None where no day of theirs has an hour."""
    if shown.window is None:
        return None
    first, last = shown.window
    letters = {letter: at for at, letter in enumerate(shown.letters)}
    lanes = lanes_of(shown.letters)
    counts: Counter[tuple[int, int, int]] = Counter()
    firsts: dict[int, int] = {}
    for one in shown.tens:
        day = (one.day - first).days
        firsts[day] = min(one.first, firsts.get(day, one.first))
        if one.ten is not None:
            counts[day, one.ten, letters[one.letter]] += one.messages
    cadence = Cadence(first, (last - first).days + 1, lanes, counts)
    rows = _cadence_rows(shown, firsts)
    words = {day: f"{say.weekday(first + timedelta(days=day))}: {rows[day].head_count}" for day in firsts}
    title = "Cadence, day by day"
    total = sum(one.messages for one in shown.tens)
    description = f"{say.days(first, last)}: {say.counted(total, 'message')} on {say.counted(len(firsts), 'day')}."
    return figure(
        "cadence",
        title,
        _cadence_rule(shown),
        f"{say.days(first, last)}: {say.counted(total, 'message')}. {counted}",
        (
            cadence_chart(cadence, Words("cadence-wide", title, description), wide=True),
            cadence_chart(cadence, Words("cadence-narrow", title, description), wide=False),
        ),
        Table(
            (Head("Day"), *heads_of(shown.letters), Head("In the ten minutes from")),
            tuple(rows[day].row for day in sorted(rows)),
            has_words=True,
        ),
        (
            cadence_reach(cadence, firsts, words, address, wide=True),
            cadence_reach(cadence, firsts, words, address, wide=False),
        ),
    )


def _cadence_rule(shown: Talked) -> str:
    heights = "A low mark is 1 message, a middle one 2 to 4, a tall one 5 or more. At the end, the day’s messages."
    if len(shown.letters) == 2:
        above, below = shown.letters
        return f"A row a day, a mark for ten minutes: {above} above the line, {below} below it. {heights}"
    return f"A row a day, a mark for ten minutes in which anybody wrote. {heights}"


class _Day:
    """One day of the cadence: its row of the table, and its counts in a sentence."""

    def __init__(self, day: date, number: int, letters: tuple[str | None, ...], counts: list[TenCount]) -> None:
        by_letter: Counter[str | None] = Counter()
        by_ten: defaultdict[int | None, list[str]] = defaultdict(list)
        for one in counts:
            by_letter[one.letter] += one.messages
            by_ten[one.ten].append(f"{one.letter or OTHERS}\u00a0{say.count(one.messages)}")
        cells = tuple(say.count(by_letter[letter]) for letter in letters)
        tens = "; ".join(f"{_clock(ten)} {', '.join(said)}" for ten, said in by_ten.items())
        self.row = TableRow(say.weekday(day), cells, number, tens)
        self.head_count = ", ".join(f"{letter or OTHERS} {cell}" for letter, cell in zip(letters, cells, strict=True))


def _cadence_rows(shown: Talked, firsts: dict[int, int]) -> dict[int, _Day]:
    assert shown.window is not None  # noqa: S101  the caller asked
    first = shown.window[0]
    by_day: defaultdict[int, list[TenCount]] = defaultdict(list)
    for one in shown.tens:
        by_day[(one.day - first).days].append(one)
    return {
        day: _Day(first + timedelta(days=day), firsts[day], shown.letters, counts) for day, counts in by_day.items()
    }


def _clock(ten: int | None) -> str:
    return "no hour" if ten is None else f"{ten // 6:02}:{ten % 6}0"
