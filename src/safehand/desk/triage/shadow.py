"""What rules that are being tried out would have done, for a supervisor: counts by change of grade, no score.

    shadow_of(officer)      a row for each such rule of the table, and for each that left it and still stands somewhere

Of every report the newest suggestion counts. A rule would have raised a report whose suggested grade is less urgent
than its own; of the others it would have changed nothing, for a rule lowers none. References are told of the cases this
supervisor may read, and of the others how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from safehand.desk.cases.models import Case
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Standing
from safehand.desk.triage.suggesting import the_table

LISTED: Final = 25
"""References a rule is told with: enough to look at before it is trusted."""


@dataclass(slots=True)
class ShadowOf:
    """One rule that is tried out. ``raised`` counts reports by the grade they have."""

    rule: str
    grade: Grade
    words: str
    held: int = 0
    raised: Counter[Grade] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)
    """References of reports it would have raised, of those this officer may read."""


def shadow_of(officer: Officer) -> tuple[ShadowOf, ...]:
    """NotAllowed for who is no supervisor."""
    check_may(officer, Ability.SUPERVISE)
    found = {rule.id: ShadowOf(rule.id, rule.grade, rule.words) for rule in the_table().rules if rule.shadow}
    rows = Standing.objects.exclude(suggested__shadow=[]).select_related("suggested", "case").order_by("-since")
    raised: dict[str, list[Case]] = {}
    for standing in rows.defer("case__wrapped_key"):
        suggested = Grade(standing.suggested.grade)
        for reason in standing.suggested.shadow:
            grade = Grade(reason["grade"])
            rule = found.setdefault(reason["rule"], ShadowOf(reason["rule"], grade, reason["words"]))
            rule.held += 1
            if grade.place < suggested.place:
                rule.raised[suggested] += 1
                raised.setdefault(rule.rule, []).append(standing.case)
    for name, cases in raised.items():
        found[name].cases = _readable(officer, cases)
    return tuple(sorted(found.values(), key=lambda rule: (rule.grade.place, rule.rule)))


def _readable(officer: Officer, cases: Iterable[Case]) -> list[str]:
    wanted = [case.pk for case in cases]
    readable = Case.objects.readable_by(officer).filter(pk__in=wanted).order_by("-opened_at")
    return list(readable.values_list("reference", flat=True)[:LISTED])
