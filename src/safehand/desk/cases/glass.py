"""Break-glass: a case is opened by an officer who is not on it, for a while, with a reason, and supervisors are told.

    break_glass(officer, "SH-7K3M9QXAR", GlassWhy.DANGER, "…")    read it from now until GLASS_LASTS is over
    standing_glass(supervisor)                                    what this supervisor is to know of, and does not yet
    supervisor_knows_glass(supervisor, 3)                         by name

It opens pages that show, and none that does anything: nobody grades, tells a holder or is put on a case by it. Each
look is an entry as for those on the case. The reason is words of the officer's own: the log holds a keyed digest.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import Http404

from safehand.desk.cases.models import Case, GlassBroken, GlassWhy
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may, may, officers_who_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import UsageError

LONGEST: Final = 500
"""Characters of a reason: some sentences. A sealed column sets no bound of its own."""


def break_glass(
    officer: Officer, reference: str, why: GlassWhy, reason: str, *, clock: Clock = system_clock
) -> GlassBroken | None:
    """Open the case for them. None where they may read it already: nothing is broken then, and nobody is told.

    NotAllowed for whom no role lets; Http404 when there is no such case; UsageError for no reason, or too long a one.
    """
    check_may(officer, Ability.BREAK_GLASS)
    words = reason.strip()
    if not words or len(words) > LONGEST:
        raise UsageError(f"It needs a reason, in at most {LONGEST} characters.", todo="Say why in your own words.")
    with recorded():
        in_turn()
        case = Case.objects.that_stand().filter(reference=reference).first()
        if case is None:
            raise Http404
        if Case.objects.readable_by(officer, clock).filter(pk=case.pk).exists():
            return None
        at, lasts = moment(clock()), glass_lasts()
        broken = GlassBroken.objects.create(
            case=case, officer=officer, at=at, until=at + lasts, why=why.value, reason=words
        )
        said: Details = {
            "why": why.value,
            "minutes": lasts // timedelta(minutes=1),
            "reason": reason_digest(case, broken.reason),
            "row": row_digest(broken),
        }
        record(Verb.GLASS_BROKEN, actor=officer.actor, case=case.reference, record="case", details=said, clock=clock)
    return broken


def standing_glass(officer: Officer) -> list[GlassBroken]:
    """What no supervisor said yet that they know, the oldest first. Their own is for another supervisor."""
    if not may(officer, Ability.SUPERVISE):
        return []
    return list(GlassBroken.objects.filter(known_at=None).exclude(officer=officer).select_related("case", "officer"))


def supervisor_knows_glass(officer: Officer, glass: int, *, clock: Clock = system_clock) -> None:
    """A supervisor says that they know. Said again, nothing changes. Http404 for their own, and where there is none."""
    check_may(officer, Ability.SUPERVISE)
    with recorded():
        in_turn()
        found = GlassBroken.objects.select_related("case").filter(pk=glass).exclude(officer=officer).first()
        if found is None:
            raise Http404
        if found.known_at is not None:
            return
        found.known_at = moment(clock())
        found.known_by = officer
        found.save(update_fields=["known_at", "known_by"])
        details: Details = {"row": row_digest(found)}
        case = found.case.reference
        record(Verb.GLASS_KNOWN, actor=officer.actor, case=case, record="case", details=details, clock=clock)


def who_is_told(officer: Officer) -> tuple[str, ...]:
    """The supervisors who are told when this officer breaks glass, by reference. None at a desk that has no other."""
    return tuple(each.reference for each in officers_who_may(Ability.SUPERVISE) if each != officer)


def glass_lasts() -> timedelta:
    """How long a case stays open (SAFEHAND_GLASS)."""
    lasts: timedelta = settings.GLASS_LASTS
    return lasts


def reason_digest(case: Case, reason: str) -> str:
    """What the log holds instead of the reason: HMAC-SHA256 with a key of this desk and case."""
    key = hashlib.sha256(f"safehand glass v1 {settings.SECRET_KEY} {case.reference}".encode()).digest()
    return hmac.new(key, reason.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
