"""How soon they answered, and the longest silences: pictures of rows, with their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from safehand.casefile.talked import Silence
from safehand.casefile.tempo import Turn
from safehand.casefile.views import clock_reading
from safehand.desk.core import say
from safehand.desk.review.pictures.frame import Lane, LeadsTo, Words
from safehand.desk.review.pictures.rows import Block, Stretch, block_chart, stretch_chart, stretch_reach
from safehand.desk.review.presenters.figures import Figure, Head, Table, TableRow, figure, heads_of, lanes_of
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


def silences_figure(shown: Talked, leads_to: LeadsTo, counted: str) -> Figure | None:
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
        (stretch_reach(stretches, leads_to, wide=True), stretch_reach(stretches, leads_to, wide=False)),
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
