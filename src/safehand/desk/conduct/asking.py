"""Who may write in a conduct review: an officer on the case whom a role lets cite. Who broke glass only reads."""

from __future__ import annotations

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.officers.holding import check_may, may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import UsageError

LONGEST = 4_000
"""Characters of an officer's words: two pages. More is a statement, which is written elsewhere."""


def check_may_write(officer: Officer, case: Case) -> None:
    """NotAllowed for an officer whom no role lets, Http404 for one who is not on the case."""
    check_may(officer, Ability.CITE_MESSAGES)
    if not _is_on(officer, case):
        raise Http404


def may_write(officer: Officer, case: Case) -> bool:
    """The same as a yes or no, for what a page offers."""
    return may(officer, Ability.CITE_MESSAGES) and _is_on(officer, case)


def supervises(officer: Officer) -> bool:
    """Whether a role lets them be told what a supervisor must know: such a one may sign off."""
    return may(officer, Ability.SUPERVISE)


def checked_words(words: str) -> str:
    """An officer's words without the space around them. UsageError where there are none, or too many."""
    said = words.strip()
    if not said:
        raise UsageError("Say why, in words.", todo="What is decided here always has a reason.")
    if len(said) > LONGEST:
        raise UsageError(f"Write at most {LONGEST:,} characters.")
    return said


def _is_on(officer: Officer, case: Case) -> bool:
    return Case.objects.for_officer(officer).filter(pk=case.pk).exists()
