"""When they talked in a whole case, as pictures with their tables: conversations told apart. Nothing is concluded.

    Activity by hour            all conversations together
    Hours of the day            of each conversation
    Messages each week          of each conversation: where they went on to another platform
    Who wrote, and who wrote first after a silence      each account, conversation by conversation
    Cadence                     four weeks, of each conversation

Who in one is who in another is not guessed: an account has its letter, and no two letters are put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import msgspec
from django.urls import reverse

from safehand import __version__
from safehand.casefile.talked import Reading, Spoken
from safehand.casefile.talked_case import CaseTurn
from safehand.casefile.tempo import LANES
from safehand.desk.core import say
from safehand.desk.review.pictures.frame import Words, on_time_line
from safehand.desk.review.pictures.rows import Block, block_chart
from safehand.desk.review.presenters.conversation_words import conversations_words, twice_words
from safehand.desk.review.presenters.figures import OTHERS, Figure, Head, Table, TableRow, figure, heads_of, lanes_of
from safehand.desk.review.presenters.parts import parts_of_conversations
from safehand.desk.review.presenters.talked import FEWEST, SILENCE_WORDS, zone_short
from safehand.desk.review.presenters.talked_cadence import OfTen, cadence_figure, turned
from safehand.desk.review.presenters.talked_sums import Line, Named, OfUnit, bars_figure, hours_figure, sides_figure
from safehand.desk.review.shown_case import CaseTalked

_SIDES: Final = Named(
    "sides",
    "Hours of the day, by conversation",
    "Messages of each conversation in each hour of the day, all days together.",
)
_WROTE: Final = Named(
    "wrote",
    "Who wrote in which conversation",
    "Messages of each account, conversation by conversation. An account that its platform tells by an id of its own "
    "has one letter in all of that platform’s conversations, any other a letter in each. That two letters are one "
    "person is not said here.",
)
_FIRST: Final = Named(
    "starts",
    "Who wrote first after a silence",
    f"The first message of each conversation, and the first after {SILENCE_WORDS} without one in the same "
    "conversation: they may have written in another meanwhile. With another number of hours the picture would be "
    "another.",
)


@dataclass(frozen=True, slots=True)
class CaseTalkedPage:
    """The page. ``address`` is of the time line."""

    address: str
    about: str
    zone: tuple[str, ...]
    other_reading: str
    """The address of the other reading; empty where every day is read one way."""
    conversations: tuple[int, ...]
    figures: tuple[Figure, ...]
    version: str
    of_case: bool = True


def case_talked_page(shown: CaseTalked) -> CaseTalkedPage:
    """Present it."""
    other = "?reading=second" if shown.reading is Reading.FIRST else "?"
    either = any(one.either for one in shown.spoken.values())
    with_day = sum(one.with_day for one in shown.spoken.values())
    return CaseTalkedPage(
        address=reverse("review:timeline", args=[shown.case.reference]),
        about=_about(shown),
        zone=(
            *case_zone_words(shown.spoken, shown.reading),
            *twice_words(shown.overlaps, "they are counted in both"),
        ),
        other_reading=other if either else "",
        conversations=tuple(shown.spoken),
        figures=_figures(shown) if with_day >= FEWEST else (),
        version=__version__,
    )


def _about(shown: CaseTalked) -> str:
    people = say.counted(sum(one.people for one in shown.spoken.values()), "message")
    words = f"{people} of {say.counted(len(shown.spoken), 'conversation')}"
    return f"{words}, {say.days(*shown.span)}" if shown.span is not None else words


def case_zone_words(spoken: Mapping[int, Spoken], reading: Reading) -> Iterable[str]:
    """By whose clocks, in which conversations; and what is in no picture or not in all."""
    which = "first" if reading is Reading.FIRST else "second"
    of = spoken.items()
    yield from _said({at: one.uk for at, one in of}, "by UK time")
    yield from _said({at: one.device for at, one in of}, "by clocks whose zone the sources do not name, as they read")
    yield from _said({at: one.either for at, one in of}, f"on a day of two readings, drawn by the {which}")
    yield from _said(
        {at: one.without_time for at, one in of}, "without a time that can be read, and so in no picture of time"
    )
    yield from _said({at: one.without_hour for at, one in of}, "with a day and no hour, not in the pictures of hours")
    platform = sum(one.platform for one in spoken.values())
    if platform:
        entries = say.counted(platform, "entry", "entries")
        yield f"{entries} in which a platform speaks: nobody talked, so in no picture."


def _said(found: Mapping[int, int], words: str) -> Iterable[str]:
    where = [conversation for conversation, messages in found.items() if messages]
    if where:
        yield f"{say.counted(sum(found.values()), 'message')} {words}, in {conversations_words(where)}."


def _figures(shown: CaseTalked) -> tuple[Figure, ...]:
    assert shown.span is not None  # noqa: S101  there are messages with a day: FEWEST
    assert shown.window is not None  # noqa: S101  the same
    parts = parts_of_conversations(shown.lanes)
    lane = {conversation: at for at, conversation in enumerate(shown.lanes)}
    counted = partial(_counted, shown)
    leads_to = on_time_line(reverse("review:timeline", args=[shown.case.reference]))
    by_hour: Counter[tuple[int, int]] = Counter()
    by_part: Counter[tuple[int, int]] = Counter()
    for hour in shown.hours:
        by_hour[hour.weekday, hour.hour] += hour.messages
        by_part[hour.hour, lane[hour.conversation]] += hour.messages
    tens = (OfTen(one.day, one.ten, lane[one.conversation], one.messages, one.place) for one in shown.tens)
    cadence = cadence_figure(tens, shown.window, parts, leads_to, _clock(shown))
    return (
        hours_figure(by_hour, "Messages of all conversations, in each hour of each day of the week.", counted),
        sides_figure(by_part, parts, _SIDES, counted),
        bars_figure(_units(shown, lane), parts, _days_named(shown), Line(shown.span, shown.unit, leads_to, counted)),
        *_of_accounts(shown, counted),
        turned(cadence, shown.window, shown.span, shown.reading),
    )


def _days_named(shown: CaseTalked) -> Named:
    each = f"each {shown.unit}"
    return Named(
        "days",
        f"Messages {each}, by conversation",
        f"How many were written {each} in each conversation. Press a bar to read from there on the time line.",
    )


def _units(shown: CaseTalked, lane: Mapping[int | None, int]) -> Iterable[OfUnit]:
    """Of a unit a press leads to what stands on its first day: the same place for all its lanes."""
    first: dict[date, tuple[date, int]] = {}
    for one in shown.days:
        first[one.day] = min((one.earliest, one.place), first.get(one.day, (one.earliest, one.place)))
    return (OfUnit(one.day, lane[one.conversation], one.messages, first[one.day][1]) for one in shown.days)


def _of_accounts(shown: CaseTalked, counted: Callable[[int], str]) -> Iterable[Figure]:
    letters = _letters(shown.turns)
    lane = {conversation: at for at, conversation in enumerate(shown.lanes)}
    wrote: Counter[tuple[str | None, int]] = Counter()
    starts: Counter[tuple[str | None, int]] = Counter()
    for one in shown.turns:
        letter = one.letter if one.letter in letters else None
        at = lane[one.conversation if one.conversation in lane else None]
        wrote[letter, at] += one.messages
        starts[letter, at] += one.starts
    for named, counts in ((_WROTE, wrote), (_FIRST, starts)):
        yield _blocks(shown, letters, counts, named, counted(counts.total()))


def _letters(turns: Iterable[CaseTurn]) -> tuple[str | None, ...]:
    """The accounts that wrote most in the case, in the order of their letters; then None, if there are others."""
    wrote: Counter[str | None] = Counter()
    for one in turns:
        wrote[one.letter] += one.messages
    named = [letter for letter in wrote if letter is not None]
    most = sorted(named, key=lambda letter: (-wrote[letter], len(letter), letter))[:LANES]
    own = sorted(most, key=lambda letter: (len(letter), letter))
    return (*own, None) if len(wrote) > len(own) else tuple(own)


def _blocks(
    shown: CaseTalked,
    letters: tuple[str | None, ...],
    counts: Counter[tuple[str | None, int]],
    named: Named,
    counted: str,
) -> Figure:
    names = tuple(f"Conversation {number}" if number else f"Others ({OTHERS})" for number in shown.lanes)
    blocks = tuple(
        Block(lane, tuple(counts[letter, at] for at in range(len(names))))
        for lane, letter in zip(lanes_of(letters), letters, strict=True)
    )
    description = "; ".join(f"{block.lane.letter}: {_told(block, names)}" for block in blocks)
    return figure(
        named.id,
        named.title,
        named.rule,
        counted,
        (
            block_chart(names, blocks, Words(f"{named.id}-wide", named.title, description), wide=True),
            block_chart(names, blocks, Words(f"{named.id}-narrow", named.title, description), wide=False),
        ),
        Table(
            (Head("Where"), *heads_of(letters)),
            tuple(
                TableRow(name, tuple(say.count(block.counts[at]) for block in blocks)) for at, name in enumerate(names)
            ),
            tuple(say.count(sum(block.counts)) for block in blocks),
        ),
    )


def _told(block: Block, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name.lower()} {say.count(count)}" for name, count in zip(names, block.counts, strict=True))


def _together(shown: CaseTalked) -> Spoken:
    sums = [msgspec.structs.astuple(one) for one in shown.spoken.values()]
    return Spoken(*map(sum, zip(*sums, strict=True)))


def _counted(shown: CaseTalked, drawn: int) -> str:
    spoken = _together(shown)
    return f"{say.count(drawn)} of {say.counted(spoken.people, 'message')}; {zone_short(spoken)}."


def _clock(shown: CaseTalked) -> str:
    words = zone_short(_together(shown))
    return f"{words[0].upper()}{words[1:]}."
