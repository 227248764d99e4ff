"""The tools of the gutter: which candidates are marked, where the next one is, and what could not be looked at.

    Candidates [Age, Meeting, …]   Previous   Next
    "No candidate found in 1,200 messages."       "Not analysed: 40 of 1,240 messages."

What was looked for and how often it was seen, rule by rule and never added up, is indicators.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from safehand.analysis.indicators.indicator import LISTED
from safehand.desk.core import say
from safehand.desk.review.presenters.pointers import Pointed, RuleWords, rules_on
from safehand.desk.review.presenters.rows import Passage
from safehand.desk.review.shown import Candidates
from safehand.desk.review.sorts import EVERYTHING, SORTS, USUAL, sort_of

_NAMES: Final = {
    USUAL: "As usual",
    EVERYTHING: "Everything, context too",
    **{sort.code: sort.label for sort in SORTS},
}
_ON_THE_BAR: Final = {USUAL: "", EVERYTHING: "Everything"}
"""What is said of a choice where there is room for two words."""

_HINTS: Final = {
    USUAL: "Without who began, warm words and mere context",
    EVERYTHING: "Also what tells nothing alone",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose what is marked."""

    code: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Gutter:
    """``before`` and ``after`` are the nearest candidates about the selected message; the others lie off this page."""

    asked: bool
    chosen: str
    """What is marked, where it is not the usual."""
    choices: tuple[Choice, ...]
    keep: str
    """What an address of this conversation keeps: the choice, ``&sort=meeting``, and the filter."""
    before: int | None
    after: int | None
    before_page: int | None
    after_page: int | None
    notes: tuple[str, ...]
    rules: tuple[RuleWords, ...]


def gutter(candidates: Candidates, pointed: dict[int, Pointed], selected: int, keep: str) -> Gutter:
    """Present them. ``pointed`` is what points at the messages of the page; ``keep``, what an address keeps."""
    numbers = [number for number, here in pointed.items() if here.labels]
    choice = candidates.choice
    return Gutter(
        asked=candidates.looked is not None,
        chosen=_ON_THE_BAR.get(choice, _NAMES[choice]),
        choices=tuple(Choice(code, name, _HINTS.get(code, ""), code == choice) for code, name in _NAMES.items()),
        keep=keep,
        before=max((number for number in numbers if number < selected), default=candidates.before),
        after=min((number for number in numbers if number > selected), default=candidates.after),
        before_page=candidates.before,
        after_page=candidates.after,
        notes=tuple(_notes(candidates, here=bool(numbers))),
        rules=rules_on(pointed),
    )


def passages_of(candidates: Candidates) -> tuple[Passage, ...]:
    """Passages in which the rules could not look."""
    return tuple(
        Passage(one.letter, one.indicator.numbers[0], one.indicator.numbers[-1]) for one in candidates.passages
    )


def _notes(candidates: Candidates, *, here: bool) -> Iterable[str]:
    looked = candidates.looked
    if looked is None:
        yield "No rule was asked about this conversation: no mark here means nothing."
        return
    of = f" of “{_NAMES[candidates.choice]}”" if candidates.choice != USUAL else ""
    if not here:
        if candidates.alone:
            yield f"No candidate{of} found among the messages shown here."
        elif candidates.before is None and candidates.after is None:
            yield f"No candidate{of} found in {say.counted(looked.analysed, 'message')}."
        else:
            yield f"No candidate{of} found on this page."
    if looked.not_analysed:
        yield (
            f"Not analysed: {say.count(looked.not_analysed)} of {say.counted(looked.messages, 'message')}, in passages "
            "that do not look like English."
        )
    if candidates.not_marked:
        sorts = dict.fromkeys(sort.label for rule in candidates.not_marked if (sort := sort_of(rule)) is not None)
        yield f"The first {LISTED} of a rule are marked. Here some are only counted: {', '.join(sorts)}."
