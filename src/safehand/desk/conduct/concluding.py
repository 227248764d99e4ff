"""Writing a step of a review: a conclusion, a second reviewer's words, a sign-off, or sending it back.

    write_step(officer, case, Stage.CONCLUSION, "…", after=None)
    steps_of(case)                       the chain, the oldest first

``after`` is the newest step that the writer saw. Who answers a conclusion that is no longer the newest is told so, and
nothing is kept. The entry holds the stage and the SHA-256 of the sealed words.
"""

from __future__ import annotations

from collections.abc import Sequence

from safehand.desk.cases.models import Case
from safehand.desk.cases.sealed_words import seal_words
from safehand.desk.conduct.asking import check_may_write, checked_words, supervises
from safehand.desk.conduct.models import ReviewStep, Stage
from safehand.desk.conduct.order import Written, may_follow
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import enter
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of


def write_step(
    officer: Officer, case: Case, stage: Stage, words: str, *, after: int | None, clock: Clock = system_clock
) -> ReviewStep:
    """Keep it. NotAllowed where this officer may not write this now; UsageError for no words, or an old ``after``."""
    check_may_write(officer, case)
    said = checked_words(words)
    with recorded():
        in_turn()
        steps = steps_of(case)
        last = steps[-1] if steps else None
        if after != (last.pk if last is not None else None):
            raise UsageError(
                "Somebody has written in this review since.", todo="Read what they wrote, and write again."
            )
        if stage not in may_follow(written(steps), officer.reference, supervises=supervises(officer)):
            raise NotAllowed(
                "This officer may not write this step now.",
                todo="A second reviewer is another officer; a sign-off is a supervisor’s who is neither of the two.",
            )
        sealed = seal_words(case, said)
        step = ReviewStep(case=case, stage=stage, sealed_words=sealed, follows=last, at=moment(clock()), by=officer)
        step.save()
        details: Details = {"step": step.pk, "stage": stage.value, "words": sha256_of(sealed), "row": row_digest(step)}
        if last is not None:
            details["follows"] = last.pk
        enter(Verb.CONDUCT_WRITTEN, officer, case, "case", details, clock)
    return step


def steps_of(case: Case) -> Sequence[ReviewStep]:
    """Every step of the case's review, the oldest first."""
    return list(ReviewStep.objects.filter(case=case).select_related("by").order_by("pk"))


def written(steps: Sequence[ReviewStep]) -> tuple[Written, ...]:
    """The same for the order of a review."""
    return tuple(Written(Stage(one.stage), one.by.reference) for one in steps)
