"""What the holder declares, as it is kept beside the package: every question with its answer, and no word of their own.

    package.summary["answers"] = declarations_value(answers)     {"urgent.meeting_planned": ["yes", null], …}
    package.summary["said_no"] = said_no_value(answers)          ["urgent.danger_signs"]: in words, and only "no"
    package.summary["periods"] = periods_value(answers)          [[1, "child", null, "2026-11-20T18:00:00"], …]
    declarations_of(package)                                     the same with the questions' words, for a page
    declared_of(package, ["declarations.published"])             some of them

A yes, a no, a date and a choice are kept. What a holder wrote in words may name people: it stays in the package's
statement, and here it says only that there is such an answer. So an account is a number here: the first, the second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from safehand.desk.cases.models import Package
from safehand.desk.core import say
from safehand.seal.answer_values import plain_word
from safehand.seal.answers import NOT_ASKED, Answer, Answers, State
from safehand.seal.periods import UNKNOWN
from safehand.seal.questions import GROUPS, QUESTIONS, WHO_TYPED, Kind, Question

_TITLES: Final = {**GROUPS, "holder": "About the holder"}
"""The holder is asked "About you"; an officer reads about the holder."""

_TYPED: Final = "Who typed on which account, and when"

_PLAIN: Final = (Kind.CHOICE, Kind.WHEN)
_NO: Final = ("no", "none", "nothing", "nobody", "no one")
_WORDS: Final[dict[State, str]] = {
    State.YES: "Yes",
    State.NO: "No",
    State.DONT_KNOW: "I don’t know",
    State.NOT_SAID: "I would rather not say",
    State.NOT_ASKED: "Not asked, because of an earlier answer",
    State.GIVEN: "Answered in the holder’s own words, which stand in the package’s statement",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """One question and its answer. ``known`` is False for "I don't know" and for what was not asked."""

    ask: str
    words: str
    known: bool


@dataclass(frozen=True, slots=True)
class DeclaredGroup:
    """Questions that belong together."""

    title: str
    answered: tuple[Declared, ...]
    open: tuple[Declared, ...]
    """Those that the holder does not know, or was not asked."""


def declarations_value(answers: Answers) -> dict[str, Any]:
    """The answers without the holder's own words, as they are kept with the package."""
    return {asked.id: _kept(asked, answers.answer_to(asked) or NOT_ASKED) for asked in QUESTIONS}


def said_no_value(answers: Answers) -> list[str]:
    """The questions that ask for words and were answered with no more than a "no": that much may be known of them."""
    given = ((asked, answers.answer_to(asked)) for asked in QUESTIONS if asked.kind is Kind.TEXT)
    return [asked.id for asked, answer in given if answer is not None and plain_word(answer.value or "") in _NO]


def periods_value(answers: Answers) -> list[list[int | str | None]]:
    """Who typed when, as it is kept: the account's number, who, from, to. None is the first or the last message."""
    accounts = list(dict.fromkeys(period.account for period in answers.operator_periods))
    return [
        [accounts.index(period.account) + 1, period.who, period.start, period.end]
        for period in answers.operator_periods
    ]


def declarations_of(package: Package) -> tuple[DeclaredGroup, ...]:
    """The answers, for a page. Empty for a package that was not read."""
    stored: dict[str, list[str | None]] = package.summary.get("answers", {})
    groups = []
    for group, title in _TITLES.items():
        rows = tuple(
            _declared(asked, stored[asked.id]) for asked in QUESTIONS if asked.group == group and asked.id in stored
        )
        if rows:
            answered = tuple(row for row in rows if row.known)
            groups.append(DeclaredGroup(title, answered, tuple(row for row in rows if not row.known)))
    periods = tuple(_period(*row) for row in package.summary.get("periods", []))
    return (*groups, DeclaredGroup(_TYPED, periods, ())) if periods else tuple(groups)


def declared_of(package: Package, ids: Iterable[str], *, periods: bool = True) -> tuple[Declared, ...]:
    """Some of the answers by the ids of their questions, in that order; then, if wanted, who typed."""
    stored: dict[str, list[str | None]] = package.summary.get("answers", {})
    asked = {one.id: one for one in QUESTIONS}
    rows = tuple(_declared(asked[one], stored[one]) for one in ids if one in stored)
    return (*rows, *(_period(*row) for row in package.summary.get("periods", []) if periods))


def who_typed(who: str) -> str:
    """Who typed, in the words of the question: "a parent or carer"."""
    return next(choice.words for choice in WHO_TYPED if choice.id == who)


def period_words(start: str | None, end: str | None) -> str:
    """From a time that the holder does not know, to the last message."""
    begins = {None: "From the first message", UNKNOWN: "From a time that the holder does not know"}
    ends = {None: "to the last message", UNKNOWN: "to a time that the holder does not know"}
    since = begins[start] if start in begins else f"From {say.stated(str(start))}"
    until = ends[end] if end in ends else f"to {say.stated(str(end))}"
    return f"{since}, {until}"


def _period(account: int, who: str, start: str | None, end: str | None) -> Declared:
    return Declared(f"Account {account}: {who_typed(who)}", period_words(start, end), known=True)


def _kept(asked: Question, answer: Answer) -> list[str | None]:
    plain = asked.kind in _PLAIN and answer.state is State.GIVEN
    return [answer.state.value, answer.value if plain else None]


def _declared(asked: Question, stored: list[str | None]) -> Declared:
    state, value = State(stored[0] or State.NOT_ASKED), stored[1]
    if value is None:
        return Declared(asked.ask, _WORDS[state], state not in (State.DONT_KNOW, State.NOT_ASKED))
    chosen = next((choice.words for choice in asked.choices if choice.id == value), say.stated(value))
    return Declared(asked.ask, chosen[:1].upper() + chosen[1:], known=True)
