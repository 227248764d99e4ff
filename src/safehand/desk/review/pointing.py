"""Showing what rules point to: the candidates of a page of the reader, and of a conversation rule by rule.

candidates_about(casefile, 1, days, "")          those of one page, with the nearest on the pages before and after
shown = list_indicators(officer, case, 1)        the entry is on the disk before the page exists; no message in it

Candidates are offered and nothing more: no verb here changes anything.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.http import Http404

from safehand.analysis.indicators.catalogue import CATALOGUE, NEED_WORDS
from safehand.analysis.indicators.indicator import LISTED
from safehand.analysis.indicators.tally import Tally
from safehand.casefile.candidates import (
    counts_of,
    firsts,
    has_word_list,
    listed_until,
    looked_at_of,
    nearest,
    passages,
)
from safehand.casefile.indicators import indicators_at, indicators_between
from safehand.casefile.read import CaseFile
from safehand.casefile.sieve import Sought
from safehand.casefile.views import DayPage
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.shown import Candidates, KindSeen, RuleSeen, RulesShown
from safehand.desk.review.sorts import USUAL, kinds_of
from safehand.desk.welfare.hard import hard_of


def candidates_about(
    casefile: CaseFile, conversation: int, days: DayPage | None, choice: str = USUAL, sought: Sought | None = None
) -> Candidates:
    """What points at the messages of a page. ``choice`` is one of sorts.CHOICES.

    ``sought``: between the messages of the page others stand that are not shown, and none of those is offered.
    """
    alone = sought is not None
    looked = looked_at_of(casefile, conversation)
    if days is None or looked is None:
        return Candidates(choice, looked, alone=alone)
    kinds = kinds_of(choice)
    if sought is not None:
        nearest_one = sought.nearest
        numbers = [line.number for section in days.sections for line in section.lines]
        found = indicators_at(casefile, conversation, numbers)
    else:
        nearest_one = partial(nearest, casefile, conversation)
        found = indicators_between(casefile, conversation, days.first, days.last)
    until = listed_until(casefile, conversation)
    return Candidates(
        choice=choice,
        looked=looked,
        found=tuple(one for one in found if one.indicator.kind in kinds.get(one.indicator.rule, ())),
        passages=passages(casefile, conversation, days.first, days.last) if looked.not_analysed else (),
        before=nearest_one(days.first, kinds, later=False),
        after=nearest_one(days.last, kinds, later=True),
        hard=hard_of(found),
        alone=alone,
        not_marked=tuple(rule for rule, last in until.items() if rule in kinds and last < days.last),
    )


def list_indicators(officer: Officer, case: Case, conversation: int, *, clock: Clock = system_clock) -> RulesShown:
    """Every rule of the catalogue for one conversation: where its candidates begin, or that there is none."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        about = casefile.conversation(conversation)
        if about is None:
            raise Http404
        looked = looked_at_of(casefile, conversation)
        rules = _rules(casefile, conversation) if looked is not None else ()
        shown = RulesShown(case, about, looked, rules)
        enter(Verb.INDICATORS_LISTED, officer, case, f"conversation:{conversation}", {"rules": len(rules)}, clock)
    return shown


def _rules(casefile: CaseFile, conversation: int) -> tuple[RuleSeen, ...]:
    looked = looked_at_of(casefile, conversation)
    counts = counts_of(casefile, conversation)
    totals = Counter[str]()
    for one in counts:
        totals[one.rule] += one.count
    has_words = has_word_list(casefile)
    seen = []
    for rule in CATALOGUE:
        assert looked is not None  # noqa: S101  the caller asked
        kinds = tuple(
            KindSeen(
                kind,
                tuple((one.letter, one.count) for one in counts if (one.rule, one.kind) == (rule.id, kind.code)),
                firsts(casefile, conversation, {rule.id: frozenset({kind.code})}) if totals[rule.id] else {},
            )
            for kind in rule.kinds
        )
        tally = Tally(rule, totals[rule.id], looked, was_asked=has_words or rule.id not in NEED_WORDS)
        seen.append(RuleSeen(rule, tally, kinds, cut=totals[rule.id] > LISTED))
    return tuple(seen)
