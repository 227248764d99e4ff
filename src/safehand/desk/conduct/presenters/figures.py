"""Figures in words, side by side: a row for each formula, a cell for each account, links to the messages.

    Messages in a row     A: at most 14; 3 runs of 5 or more      B: at most 2; no run of 5 or more
                          messages 204 to 219                     message 41

Every side has a cell in every row, worded alike. Nothing is compared, ranked or coloured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from safehand.analysis.conduct.formulas import FORMULAS
from safehand.analysis.conduct.hours import FEWEST, usual_hours
from safehand.analysis.conduct.sides import LONG_RUN, SILENCES, Opening, SideConduct, Stretch
from safehand.analysis.indicators.catalogue import NEED_WORDS
from safehand.desk.conduct.figures import BY_RULES
from safehand.desk.conduct.shown import Candidate, KindCount, Panel, SideSeen
from safehand.desk.core import say
from safehand.desk.review.presenters.letters import Chip, chip

FEW: Final = 6
"""Links in a cell; the others are counted."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """A link to a message, with what is said beside it."""

    number: int
    words: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is told of one side."""

    chip: Chip
    lines: tuple[str, ...]
    places: tuple[Place, ...] = ()
    more: int = 0
    """Places that are counted and not listed."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: how it is counted, what misleads about it, and a cell for each side."""

    code: str
    title: str
    counted: str
    misleads: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    lines: tuple[str, ...]
    places: tuple[Place, ...] = ()
    more: int = 0


def figure_rows(panel: Panel) -> tuple[FigureRow, ...]:
    """Every figure, in the order of the formulas."""
    return tuple(
        FigureRow(
            code,
            formula.title,
            formula.counted,
            formula.misleads,
            tuple(_cell(side, _TELLS[code](side, panel)) for side in panel.sides),
        )
        for code, formula in FORMULAS.items()
    )


def _cell(side: SideSeen, told: _Told) -> Cell:
    return Cell(chip(side.letter), told.lines, told.places[:FEW], told.more + max(0, len(told.places) - FEW))


_NOTHING: Final = _Told(("Did nothing in this conversation.",))


def _counted(tell: Callable[[SideConduct], _Told]) -> Callable[[SideSeen, Panel], _Told]:
    return lambda side, _: tell(side.conduct) if side.conduct is not None else _NOTHING


def _first(side: SideSeen, panel: Panel) -> _Told:
    if side.conduct is None:
        return _NOTHING
    every = [one.conduct.first for one in panel.sides if one.conduct is not None]
    is_first = side.conduct.first == min(every)
    words = "The first of all that are shown here." if is_first else "Not the first."
    return _Told((words,), (Place(side.conduct.first, _message(side.conduct.first)),))


def _messages(side: SideSeen, panel: Panel) -> _Told:
    if side.conduct is None:
        return _NOTHING
    mine = side.conduct
    every = sum(one.conduct.messages for one in panel.sides if one.conduct is not None)
    share = f" ({100 * mine.messages / every:.0f} in 100)" if every else ""
    return _Told(
        (
            f"{say.counted(mine.messages, 'message')}{share}, {say.counted(mine.words, 'word')}",
            f"{say.counted(mine.questions, 'message')} with a question mark",
            *((say.counted(mine.calls, "call"),) if mine.calls else ()),
        )
    )


def _opened(mine: SideConduct) -> _Told:
    return _Told(_cuts(mine.opened), _openings(mine.openings), mine.opened[1] - len(mine.openings))


def _reopened(mine: SideConduct) -> _Told:
    own = [one for one in mine.openings if one.own]
    return _Told(_cuts(mine.reopened), _openings(own), mine.reopened[1] - len(own))


def _cuts(counts: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        f"After {say.counted(hours, 'hour')} or longer: {say.count(count)}"
        for hours, count in zip(SILENCES, counts, strict=True)
    )


def _openings(openings: Sequence[Opening]) -> tuple[Place, ...]:
    return tuple(Place(one.number, _message(one.number), f"after {say.stretch(one.seconds)}") for one in openings)


def _runs(mine: SideConduct) -> _Told:
    longest = mine.longest
    if longest is None:
        return _Told(("Wrote no message.",))
    long = say.counted(mine.long_runs, "run") if mine.long_runs else "no run"
    listed = mine.runs or (longest,)
    places = tuple(
        Place(
            one.first, f"messages {say.count(one.first)} to {say.count(one.last)}", f"{say.count(one.length)} in a row"
        )
        if one.length > 1
        else Place(one.first, _message(one.first))
        for one in sorted(listed, key=lambda one: (-one.length, one.first))
    )
    return _Told((f"At most {say.count(longest.length)}; {long} of {LONG_RUN} or more",), places)


def _answers(mine: SideConduct) -> _Told:
    if mine.answer_median is None:
        return _Told(("No answer whose time could be told.",))
    return _Told((f"{say.counted(mine.answers, 'answer')}, the middle one after {say.stretch(mine.answer_median)}",))


def _ruled(code: str) -> Callable[[SideSeen, Panel], _Told]:
    """A figure that rests on rules."""
    needs_words = any(rule in NEED_WORDS for rule, _ in BY_RULES[code])

    def told(side: SideSeen, panel: Panel) -> _Told:
        if panel.looked is None:
            return _Told(("No rule was asked.",))
        if needs_words and not panel.words_looked_for:
            return _Told(("Not looked for: it needs a list of words that is not here.",))
        return _kinds(side.found[code])

    return told


def _kinds(kinds: Sequence[KindCount]) -> _Told:
    if not kinds:
        return _Told(("No candidate found.",))
    lines = tuple(f"{say.counted(one.count, 'candidate')}: {one.says}" for one in kinds)
    listed = {place.number: place for one in kinds for place in one.places}
    cut = sum(one.count - len(one.places) for one in kinds)
    return _Told(lines, tuple(_candidate(listed[number]) for number in sorted(listed)), cut)


def _candidate(place: Candidate) -> Place:
    after = place.next
    if after is None:
        return Place(place.number, _message(place.number), "the last of the conversation")
    who = f"{after.letter} wrote next" if after.letter is not None else "the platform’s note came next"
    when = f", {say.stretch(after.gap)} later" if after.gap is not None and after.gap >= 0 else ""
    return Place(place.number, _message(place.number), f"{who}{when}")


def _hours(mine: SideConduct) -> _Told:
    words = _usual(mine.hours)
    return _Told((words[:1].upper() + words[1:],) if words else (f"Fewer than {FEWEST} messages with an hour.",))


def _usual(counts: Sequence[int]) -> str:
    found = usual_hours(counts)
    if found is None:
        return ""
    start, end = found
    return f"{start:02}:00 to {end:02}:00" if start != end else "the whole day"


def _stretches(mine: SideConduct) -> _Told:
    lines = (say.counted(mine.stretch_count, "stretch", "stretches"),)
    places = tuple(_stretch(one) for one in mine.stretches)
    return _Told(lines, places, mine.stretch_count - len(places))


def _stretch(one: Stretch) -> Place:
    start, end = ((_EPOCH + timedelta(microseconds=at)).date() for at in (one.start, one.end))
    usual = _usual(one.hours)
    beside = say.counted(one.messages, "message") + (f", mostly {usual}" if usual else "")
    return Place(one.first, say.days(start, end), beside)


def _times(mine: SideConduct) -> _Told:
    kinds = (
        (mine.times.known, "whose moment is known"),
        (mine.times.device, "with a clock reading of no stated zone"),
        (mine.times.either, "whose day can be read in two ways"),
        (mine.times.none, "without a time"),
    )
    acts = mine.compared + mine.not_compared
    compared = f"{say.count(mine.compared)} of {say.count(acts)} could be compared with what came before"
    return _Told((*(f"{say.count(count)} {words}" for count, words in kinds if count), compared))


def _message(number: int) -> str:
    return f"message {say.count(number)}"


_TELLS: Final[dict[str, Callable[[SideSeen, Panel], _Told]]] = {
    "first": _first,
    "messages": _messages,
    "opened": _counted(_opened),
    "reopened": _counted(_reopened),
    "runs": _counted(_runs),
    "answers": _counted(_answers),
    **{code: _ruled(code) for code in BY_RULES},
    "hours": _counted(_hours),
    "stretches": _counted(_stretches),
    "times": _counted(_times),
}
