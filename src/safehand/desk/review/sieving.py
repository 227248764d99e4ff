"""Showing some messages of a conversation: those that fit what was asked for (filter.py), page by page.

Whatever is asked for, the page says so, how many messages fit of how many there are, and between which of them others
stand that are not shown. The custody entry has each stretch of numbers that was shown, as the
time line's has, and what was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from safehand.casefile.candidates import listed_until
from safehand.casefile.read import CaseFile
from safehand.casefile.sieve import PLATFORM, Sieve, Sought, numbers_of_rule
from safehand.casefile.timeline import Turn
from safehand.casefile.views import DayPage
from safehand.desk.cases.models import Case
from safehand.desk.custody.entry import Details
from safehand.desk.review.filter import ANY_TAG, NO_ACCOUNT, RULES, WHAT, Ask, Filter, Filtered
from safehand.desk.review.filter_entered import entered_filter
from safehand.desk.review.models import Citation
from safehand.desk.review.stretches import entered, stretches

AT_ONCE: Final = 100
"""Messages on a page. Each may stand under a day of its own, or be one at which rules point: dearer than usual ones."""


def read_filtered(
    casefile: CaseFile, case: Case, conversation: int, ask: Ask, at: int
) -> tuple[DayPage | None, Filtered, Sought]:
    """A page of the messages that fit: from number ``at`` on, or up to it; and what was sought, to ask more of it."""
    asked = ask.filter
    sieve = Sieve(
        letter=None if not asked.who else PLATFORM if asked.who == NO_ACCOUNT else asked.who,
        kinds=WHAT[asked.what] if asked.what else None,
        days=(asked.since, asked.to),
        numbers=_numbers(casefile, case, conversation, asked),
    )
    sought = Sought(casefile, conversation, sieve)
    page = sought.page(Turn.UNTIL if ask.back else Turn.FROM, at, AT_ONCE)
    until = listed_until(casefile, conversation) if asked.rule else {}
    cut = tuple(rule for rule in RULES.get(asked.rule, ()) if rule in until)
    return page.days, Filtered(asked, page.total, cut), sought


def shown_of(conversation: int, days: DayPage | None, asked: Filter) -> Details:
    """What an entry says of a page between whose messages others stand: each stretch of numbers that was shown, and by
    which codes they were chosen.
    """
    if days is None:
        return {"first": 0, "last": 0, **entered([]), **entered_filter(asked)}
    places = ((conversation, line.number) for section in days.sections for line in section.lines)
    return {"first": days.first, "last": days.last, **entered(stretches(places)), **entered_filter(asked)}


def _numbers(casefile: CaseFile, case: Case, conversation: int, asked: Filter) -> frozenset[int] | None:
    found: Iterable[frozenset[int]] = (
        *((_cited(case, conversation, asked.tag),) if asked.tag else ()),
        *((numbers_of_rule(casefile, conversation, RULES[asked.rule]),) if asked.rule else ()),
    )
    sets = list(found)
    return frozenset.intersection(*sets) if sets else None


def _cited(case: Case, conversation: int, tag: str) -> frozenset[int]:
    found = Citation.objects.standing().filter(case=case, conversation=conversation)
    if tag != ANY_TAG:
        found = found.filter(tag=tag)
    return frozenset(found.values_list("number", flat=True))
