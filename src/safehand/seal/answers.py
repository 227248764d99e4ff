"""The holder's answers, from a TOML file or from prompts.

    [urgent]
    child_in_danger = "no"
    meeting_planned = true
    meeting_when = 2026-11-24T15:30:00
    meeting_where = "I don't know"

    [[operator_periods]]
    account = "the account of Sam"
    who = "child"
    to = 2026-11-20T18:00:00

    [[exclusions]]
    file = "WhatsApp Chat with Priya.txt"
    reason = "Another family's chat."

Keys that are no question are refused by name, so that a slip of the pen does not become a missing answer. What each
answer may be is questions.py; how it stands in the statement is docs/spec/statement.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from safehand.errors import UsageError
from safehand.seal.answer_values import is_dont_know, plain_word, read_text, read_when, wrong_answer
from safehand.seal.periods import Exclude, Only, OperatorPeriod, read_exclusions, read_only, read_periods
from safehand.seal.questions import DONT_KNOW_WORDS, GROUPS, NOT_SAID_WORDS, QUESTIONS, Kind, Question, question
from safehand.seal.tables import StateTable, read_tables

_LONGEST_FILE: Final = 1 << 20

NOT_SAID_SAID: Final = frozenset(
    {"i would rather not say", "i'd rather not say", "rather not say", "prefer not to say", "not_said"}
)
"""How "I would rather not say" may be typed: as plain_word has it."""

_OWN_NOT_SAID: Final = "rather_not_say"
"""The choice that says so where a question offers it: then there is no other spelling of it."""

_YES: Final = frozenset({"yes", "y"})
_NO: Final = frozenset({"no", "n"})


class State(StrEnum):
    """What kind of answer it is."""

    YES = "yes"
    NO = "no"
    GIVEN = "given"
    """``value`` holds it: text, a date, or the id of a choice."""
    DONT_KNOW = "dont_know"
    NOT_SAID = "not_said"
    """The holder was asked, and would rather not say."""
    NOT_ASKED = "not_asked"
    """An earlier answer made the question idle."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    state: State
    value: str | None = None


DONT_KNOW: Final = Answer(State.DONT_KNOW)
NOT_SAID: Final = Answer(State.NOT_SAID)
NOT_ASKED: Final = Answer(State.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was answered so far, by question id; each set once."""

    given: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    operator_periods: tuple[OperatorPeriod, ...] = ()
    exclusions: tuple[Exclude, ...] = ()
    only: Only | None = None
    tables: tuple[StateTable, ...] = ()

    def answer_to(self, asked: Question) -> Answer | None:
        """The answer, NOT_ASKED where an earlier answer made the question idle, or None while it is unanswered."""
        found = self.given.get(asked.id)
        if found is None and (self.is_idle_after_no(asked) or self._is_idle_without_yes(asked)):
            return NOT_ASKED
        return found

    def is_idle_after_no(self, asked: Question) -> bool:
        """Was the question that this one hangs on answered "no"? Forms 1 to 3 of the statement know no other reason."""
        return asked.unless_no is not None and self.given.get(asked.unless_no) == Answer(State.NO)

    def _is_idle_without_yes(self, asked: Question) -> bool:
        earlier = None if asked.unless_yes is None else self.given.get(asked.unless_yes)
        return earlier is not None and earlier.state is not State.YES

    def with_answer(self, asked: Question, answer: Answer) -> Answers:
        """The same answers and one more (or one changed)."""
        return replace(self, given=MappingProxyType({**self.given, asked.id: answer}))


def parse_answers(data: bytes, *, where: str = "answers") -> Answers:
    """The answers in a TOML file. UsageError names the key that is unknown, and what is wrong with an answer."""
    try:
        table = tomllib.loads(data.decode("utf-8")) if len(data) <= _LONGEST_FILE else None
    except (ValueError, RecursionError) as err:
        # tomllib.TOMLDecodeError tells the place ("at line 3, column 7") and quotes nothing longer than a character.
        place = str(err) if isinstance(err, tomllib.TOMLDecodeError) else "It is not UTF-8."
        raise UsageError("The answers are not TOML.", where=where, todo=place) from err
    if table is None:
        raise UsageError(f"A file of answers has at most {_LONGEST_FILE} bytes.", where=where)
    periods = read_periods(table.pop("operator_periods", []), where)
    exclusions = read_exclusions(table.pop("exclusions", []), where)
    only = read_only(table.pop("only", None), where)
    tables = read_tables(table.pop("tables", []), where)
    given: dict[str, Answer] = {}
    unknown: list[str] = []
    for group, rows in table.items():
        if group not in GROUPS or not isinstance(rows, dict):
            unknown.append(group)
            continue
        for name, raw in rows.items():
            asked = question(f"{group}.{name}")
            if asked is None:
                unknown.append(f"{group}.{name}")
            else:
                given[asked.id] = read_answer(asked, raw, where=where)
    if unknown:
        keys = ", ".join(unknown)
        raise UsageError(f"No question is called {keys}.", where=where, todo="docs/spec/statement.md lists them all.")
    return Answers(MappingProxyType(given), periods, exclusions, only, tables)


def unanswered(answers: Answers) -> tuple[Question, ...]:
    """Every question that is asked and has no answer yet, in the order they are asked."""
    return tuple(asked for asked in QUESTIONS if answers.answer_to(asked) is None)


def dont_know_the_rest(answers: Answers) -> Answers:
    """The same answers, with "I don't know" to every question that has none: those too that hang on a "yes".

    After a "no" there is nothing to know, and those that hang on it are not asked.
    """
    for asked in QUESTIONS:
        if asked.id not in answers.given and not answers.is_idle_after_no(asked):
            answers = answers.with_answer(asked, DONT_KNOW)
    return answers


def read_answer(asked: Question, raw: object, *, where: str = "") -> Answer:
    """What was typed, or what stands in TOML, as an Answer. UsageError says what the question takes."""
    if isinstance(raw, str):
        raw = raw.replace("\r\n", "\n").strip()
        if is_dont_know(raw):
            return DONT_KNOW
        if plain_word(raw) in NOT_SAID_SAID:
            own = any(choice.id == _OWN_NOT_SAID for choice in asked.choices)
            return Answer(State.GIVEN, _OWN_NOT_SAID) if own else NOT_SAID
    match asked.kind:
        case Kind.YES_NO:
            return Answer(State.YES if _yes_or_no(asked, raw, where) else State.NO)
        case Kind.TEXT:
            return Answer(State.GIVEN, read_text(raw, asked.id, where))
        case Kind.WHEN:
            return Answer(State.GIVEN, read_when(raw, asked.id, where))
        case Kind.CHOICE:
            return Answer(State.GIVEN, _read_choice(asked, raw, where))


def _yes_or_no(asked: Question, raw: object, where: str) -> bool:
    if isinstance(raw, bool):
        return raw
    word = raw.lower() if isinstance(raw, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    raise wrong_answer(asked.id, f"It takes yes, no, {DONT_KNOW_WORDS!r} or {NOT_SAID_WORDS!r}.", where)


def _read_choice(asked: Question, raw: object, where: str) -> str:
    word = raw.lower() if isinstance(raw, str) else raw
    for choice in asked.choices:
        if word in (choice.id, choice.words.lower()):
            return choice.id
    offered = ", ".join(choice.id for choice in asked.choices)
    raise wrong_answer(asked.id, f"It takes one of: {offered}; or {DONT_KNOW_WORDS!r} or {NOT_SAID_WORDS!r}.", where)
