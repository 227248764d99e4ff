"""The conduct review of a case in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from safehand.analysis.conduct.formulas import FORMULAS
from safehand.desk.cases.declarations import Declared
from safehand.desk.conduct.models import RecordedAs, Stage
from safehand.desk.conduct.presenters.figures import FigureRow, figure_rows
from safehand.desk.conduct.presenters.periods import TypedWords, typed_words
from safehand.desk.conduct.presenters.topics import TopicRow, topic_rows
from safehand.desk.conduct.shown import AccountSeen, ConductShown, Panel, RecordSeen, StepSeen
from safehand.desk.conduct.tables import Law, Mark, Question, questions
from safehand.desk.core import say
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.presenters.mentions import looked_words
from safehand.desk.review.tags import tag_of

_MARKS: Final = {
    Mark.VERIFIED: "Read in a copy of its source",
    Mark.NOT_VERIFIED: "Not verified: a lawyer is to check it",
}
CHILD_THEN_CITIZEN: Final = (
    "An account is recorded as a real child’s at first and a private citizen’s later. Its messages are not laid out: "
    "the desk does not know which of them the citizen typed."
)
_ACTS: Final[dict[Stage, str]] = {
    Stage.CONCLUSION: "Write a conclusion",
    Stage.SECOND: "Write as the second reviewer",
    Stage.SIGNED_OFF: "Sign off",
    Stage.SENT_BACK: "Send it back",
}


@dataclass(frozen=True, slots=True)
class RecordWords:
    """What an account is recorded as, or was."""

    words: str
    reason: str
    by: str
    at: datetime
    declared: str
    """Which account of the statement it is said to be; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account. ``record`` is None where nobody recorded it."""

    chip: Chip
    record: RecordWords | None
    earlier: tuple[RecordWords, ...]
    still_it: bool
    here: bool


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line of law and whether it was read in a copy of its source."""

    words: str
    mark: str
    verified: bool


@dataclass(frozen=True, slots=True)
class LawWords:
    """A judgment or a provision."""

    title: str
    lines: tuple[LineWords, ...]


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """One question, and where to look for an answer: figures and tags by their titles."""

    ask: str
    look_at: tuple[str, ...]
    beside: str


@dataclass(frozen=True, slots=True)
class PanelWords:
    """Everything about a decoy account's conversation."""

    chips: tuple[Chip, ...]
    more_sides: int
    not_laid_out: str
    """That an account has no column because a child typed there at first; empty where there is none."""
    looked: str
    begins: str
    figures: tuple[FigureRow, ...]
    topics: tuple[TopicRow, ...]
    questions: tuple[QuestionWords, ...]
    laws: tuple[LawWords, ...]
    checked_on: date
    nation: str
    unverified: int


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step of the review."""

    title: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ActWords:
    """Something the officer may write now."""

    stage: str
    words: str


@dataclass(frozen=True, slots=True)
class ConductPage:
    """The whole page."""

    conversation: int
    others: tuple[int, ...]
    accounts: tuple[AccountRow, ...]
    panel: PanelWords | None
    why_no_panel: str
    asked: tuple[QuestionWords, ...]
    """What is asked about the accounts of the whole case."""
    declared: tuple[Declared, ...]
    typed: TypedWords | None
    steps: tuple[StepWords, ...]
    stands: str
    recorded_since: bool
    acts: tuple[ActWords, ...]
    may_record: bool


def conduct_page(shown: ConductShown) -> ConductPage:
    """Present it."""
    number = shown.conversation.number
    return ConductPage(
        conversation=number,
        others=tuple(other for other in shown.conversations if other != number),
        accounts=tuple(map(_account, shown.accounts)),
        panel=_panel(shown.panel) if shown.panel is not None else None,
        why_no_panel=_why_not(shown),
        asked=question_words(questions().asked_of(shown.ran)),
        declared=shown.declared,
        typed=typed_words(shown),
        steps=step_words(shown.steps),
        stands=shown.stands,
        recorded_since=shown.recorded_since,
        acts=tuple(ActWords(stage.value, _ACTS[stage]) for stage in shown.may),
        may_record=shown.may_record,
    )


def step_words(steps: Sequence[StepSeen]) -> tuple[StepWords, ...]:
    """The steps of a review, the oldest first."""
    return tuple(StepWords(one.stage.label, one.words, one.by, one.at) for one in steps)


def act_words(stage: Stage) -> str:
    """What writing a step is called."""
    return _ACTS[stage]


def question_words(asked: Sequence[Question]) -> tuple[QuestionWords, ...]:
    """Questions with where to look."""
    return tuple(
        QuestionWords(
            one.ask,
            (*(f"“{FORMULAS[code].title}”" for code in one.figures), *_mentions(one.tags)),
            one.beside,
        )
        for one in asked
    )


def _mentions(tags: Sequence[str]) -> tuple[str, ...]:
    titles = ", ".join(f"“{tag_of(code).title}”" for code in tags)
    return (f"first mentions of {titles}",) if titles else ()


def _account(one: AccountSeen) -> AccountRow:
    record = _record(one.record) if one.record is not None else None
    return AccountRow(chip(one.letter), record, tuple(map(_record, one.earlier)), one.still_it, one.here)


def _record(one: RecordSeen) -> RecordWords:
    declared = f"Account {one.declared} of the statement" if one.declared is not None else ""
    return RecordWords(one.recorded_as.label, one.reason, one.by, one.at, declared)


def _why_not(shown: ConductShown) -> str:
    if shown.panel is not None:
        return ""
    if shown.child_here:
        return (
            "In this conversation an account is recorded as a real child’s. What a child did is not laid out here: "
            "these questions are not asked of a child."
        )
    if shown.child_then_citizen:
        return f"{CHILD_THEN_CITIZEN} Nothing is laid out of this conversation."
    if all(one.record is None for one in shown.accounts if one.here):
        return "Nobody has recorded yet what the accounts of this conversation are. Until then nothing is laid out."
    others = RecordedAs.STATE.label[0].lower() + RecordedAs.STATE.label[1:]
    return f"No account of this conversation is recorded as {others}, or by a private citizen. Nothing is laid out."


def _panel(panel: Panel) -> PanelWords:
    table = questions()
    laws = tuple(map(_law, table.law_of(panel.ran)))
    return PanelWords(
        chips=tuple(chip(side.letter) for side in panel.sides),
        more_sides=panel.more_sides,
        not_laid_out=CHILD_THEN_CITIZEN if panel.child_then_citizen else "",
        looked=looked_words(panel.looked),
        begins=_begins(panel),
        figures=figure_rows(panel),
        topics=topic_rows(panel),
        questions=question_words(table.asked_of(panel.ran)),
        laws=laws,
        checked_on=table.checked_on,
        nation=table.nation,
        unverified=sum(not line.verified for law in laws for line in law.lines),
    )


def _law(law: Law) -> LawWords:
    return LawWords(
        law.title,
        tuple(LineWords(line.words, _MARKS[line.mark], line.mark is Mark.VERIFIED) for line in law.says),
    )


def _begins(panel: Panel) -> str:
    if not panel.begins_in_doubt:
        return ""
    places = say.counted(panel.begins_in_doubt, "place")
    return f"The conversation may have begun before this record does: {places} in “Is it whole?” say so."
