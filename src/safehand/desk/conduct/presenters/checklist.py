"""The prosecutor's checklist in words: items, what was declared, answers, and where the record may not be whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from safehand.analysis.gap import GapKind
from safehand.desk.cases.declarations import Declared
from safehand.desk.conduct.checklist_table import Known
from safehand.desk.conduct.models import Answered, RestsOn
from safehand.desk.conduct.shown import AnswerSeen, ChecklistShown, ItemSeen
from safehand.desk.core import say
from safehand.desk.review.presenters.whole import WORDS

_MARKS: Final[dict[Known, str]] = {
    Known.VERIFIED: "Verified",
    Known.IN_PART: "Verified in part",
    Known.NOT_VERIFIED: "Not verified",
}
_RESTS: Final[dict[RestsOn | None, str]] = {
    RestsOn.STATEMENT: "The holder’s statement",
    RestsOn.FILE: "File {} of the package",
    RestsOn.EXHIBIT: "Exhibit {}",
}
_FEW: Final = 8
"""Open items that are named by number; of more the list itself tells."""

_PAGES: Final[dict[str, tuple[str, str]]] = {
    "conduct": ("conduct:conduct", "Conduct review"),
    "whole": ("review:whole", "Is it whole?"),
    "mentions": ("review:mentions", "First mentions"),
    "points": ("points:points", "Points to prove"),
    "evidence": ("review:evidence", "Evidence"),
    "triage": ("triage:triage", "Triage"),
}


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the case: the name of its address, its title, and what an officer must be let do to see it."""

    name: str
    title: str
    needs_grade: bool


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An officer's answer."""

    title: str
    words: str
    by: str
    at: datetime
    conversation: int | None
    number: int | None
    rests: str
    """What it rests on, where that is no message; empty where it is, or where there is nothing."""
    on_evidence: bool
    """Whether the page of the evidence has it."""
    still_there: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item."""

    number: int
    ask: str
    needs: str
    mark: str
    declared: tuple[Declared, ...]
    pages: tuple[PageLink, ...]
    answer: AnswerWords | None
    earlier: tuple[AnswerWords, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One kind of gap, in all conversations."""

    title: str
    total: str


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """The whole page."""

    items: tuple[ItemRow, ...]
    stands: str
    by_answer: tuple[str, ...]
    gaps: tuple[GapRow, ...]
    source: str
    nation: str
    checked_on: date
    unverified: int
    may_answer: bool


def checklist_page(shown: ChecklistShown) -> ChecklistPage:
    """Present it."""
    open_ = tuple(one.item.number for one in shown.items if one.answer is None)
    counts = Counter(one.answer.answered for one in shown.items if one.answer is not None)
    return ChecklistPage(
        items=tuple(map(_item, shown.items)),
        stands=_stands(len(shown.items), open_),
        by_answer=tuple(f"{kind.label}: {say.count(counts[kind])}" for kind in Answered if counts[kind]),
        gaps=_gaps(shown),
        source=shown.table.source,
        nation=shown.table.nation,
        checked_on=shown.table.checked_on,
        unverified=sum(one.mark is not Known.VERIFIED for one in shown.table.items),
        may_answer=shown.may_answer,
    )


def _stands(every: int, open_: tuple[int, ...]) -> str:
    if not open_:
        return f"All {say.counted(every, 'item')} are answered."
    if len(open_) == every:
        return f"None of the {say.counted(every, 'item')} is answered yet."
    verb = "is" if every - len(open_) == 1 else "are"
    answered = f"{say.count(every - len(open_))} of {say.counted(every, 'item')} {verb} answered."
    numbers = ", ".join(str(number) for number in open_)
    return f"{answered} Open: {numbers}." if len(open_) <= _FEW else answered


def _item(seen: ItemSeen) -> ItemRow:
    item = seen.item
    return ItemRow(
        number=item.number,
        ask=item.ask,
        needs=item.needs,
        mark=_MARKS[item.mark],
        declared=seen.declared,
        pages=tuple(PageLink(*_PAGES[code], needs_grade=code == "triage") for code in item.look_at),
        answer=_answer(seen.answer) if seen.answer is not None else None,
        earlier=tuple(map(_answer, seen.earlier)),
    )


def _answer(one: AnswerSeen) -> AnswerWords:
    conversation, number = one.message if one.message is not None else (None, None)
    rests = _RESTS[one.on].format(one.named) if one.on in _RESTS else ""
    on_evidence = one.on in (RestsOn.STATEMENT, RestsOn.FILE)
    return AnswerWords(
        one.answered.label, one.words, one.by, one.at, conversation, number, rests, on_evidence, one.still_there
    )


def _gaps(shown: ChecklistShown) -> tuple[GapRow, ...]:
    totals: Counter[GapKind] = Counter()
    for one in shown.gaps:
        totals[one.kind] += one.count
    return tuple(GapRow(WORDS[kind].title, say.count(totals[kind])) for kind in GapKind if totals[kind])
