"""What is done with officers: made, given a second factor, retired, from the shell alone; given roles, from a page too.

give_role(officer, Role.TRIAGE, by=admin)      a custody entry, in the same transaction
end_role(officer, Role.TRIAGE, by=None)        by nobody: from the shell
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may, held_by
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import Ability, Held
from safehand.errors import NotAllowed, UsageError


def add_officer(reference: str, display_name: str, password: str) -> Officer:
    """A new officer, who sets up a second factor when first signing in."""
    officer = Officer(reference=reference, display_name=display_name)
    try:
        officer.clean_fields(exclude=["password"])
        validate_password(password, officer)
    except ValidationError as err:
        raise UsageError(" ".join(err.messages)) from err
    officer.set_password(password)
    with transaction.atomic():
        # Signing in takes no notice of case, so two references that differ in nothing else would be one door.
        if Officer.objects.filter(reference__iexact=reference).exists():
            raise UsageError("There is an officer with this reference already.", todo="Choose another reference.")
        officer.save()
    return officer


def give_second_factor(officer: Officer, secret: str) -> None:
    """Set up the second factor with a secret made elsewhere: for a sample desk, and for an app that is provisioned."""
    with transaction.atomic():
        take_second_factor(officer)
        TOTP.activate(officer, secret)
        RecoveryCodes.activate(officer)


def reset(officer: Officer, password: str) -> None:
    """Another password, and a second factor to be set up again: for who lost their phone or their password."""
    officer.set_password(password)
    with transaction.atomic():
        officer.save(update_fields=["password"])
        take_second_factor(officer)


def retire(officer: Officer, *, clock: Clock = system_clock) -> None:
    """The officer has left: their roles end, no sign-in, and open sessions end. Their reference stays theirs."""
    for role in held_by(officer):
        end_role(officer, role, by=None, clock=clock)
    officer.is_active = False
    with transaction.atomic():
        officer.save(update_fields=["is_active"])
        take_second_factor(officer)


def give_role(officer: Officer, role: Held, *, by: Officer | None, clock: Clock = system_clock) -> bool:
    """Let them hold a role, or an appointment, from now on. False when they did already.

    NotAllowed when ``by`` may not give roles, and for their own: nobody lets themself do more.
    """
    with recorded():
        in_turn()
        _check_by(by, officer)
        if RoleHeld.objects.filter(officer=officer, role=role.value, ended_at=None).exists():
            return False
        held = RoleHeld.objects.create(officer=officer, role=role.value, since=moment(clock()), given_by=by)
        _record_role(Verb.ROLE_GIVEN, held, by, clock)
    return True


def end_role(officer: Officer, role: Held, *, by: Officer | None, clock: Clock = system_clock) -> bool:
    """They hold it no longer, from their next page on. False when they did not. Raises as give_role does."""
    with recorded():
        in_turn()
        _check_by(by, officer)
        held = RoleHeld.objects.filter(officer=officer, role=role.value, ended_at=None).first()
        if held is None:
            return False
        held.ended_at = moment(clock())
        held.ended_by = by
        held.save(update_fields=["ended_at", "ended_by"])
        _record_role(Verb.ROLE_ENDED, held, by, clock)
    return True


def _check_by(by: Officer | None, officer: Officer) -> None:
    if by is None:
        return  # whoever has the shell of the desk's machine has the desk
    check_may(by, Ability.GIVE_ROLES)
    if by == officer:
        raise NotAllowed("An officer does not change their own roles.", todo="Ask another admin.")


def _record_role(verb: Verb, held: RoleHeld, by: Officer | None, clock: Clock) -> None:
    actor = by.actor if by is not None else "desk:shell"
    details: Details = {"role": held.role, "row": row_digest(held)}
    record(verb, actor=actor, record=held.officer.actor, details=details, clock=clock)


def everybody(by: Officer) -> list[Officer]:
    """Every officer who may sign in, with their roles. NotAllowed for who may not give any."""
    check_may(by, Ability.GIVE_ROLES)
    return list(Officer.objects.filter(is_active=True).order_by("reference").prefetch_related("roles__given_by"))


def take_second_factor(officer: Officer) -> None:
    """The officer sets up another when next signing in. Recovery codes go with it."""
    Authenticator.objects.filter(user_id=officer.pk).delete()


def recovery_codes_left(officer: Officer) -> int:
    """How many recovery codes still work."""
    found = Authenticator.objects.filter(user_id=officer.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found is not None else 0


def find_officer(reference: str) -> Officer:
    """The officer of this reference, or NotAllowed."""
    found = Officer.objects.filter(reference__iexact=reference, is_active=True).first()
    if found is None:
        raise NotAllowed("There is no active officer with this reference.", todo="Ask for a list of officers.")
    return found
