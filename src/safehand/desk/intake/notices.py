"""Urgent notices at the desk: taken in, shown, taken by an officer, closed.

    take_in_notice(arrival, None, clock, bits)      what a collected notice becomes (intake/collect.py)
    open_notices(officer)                           for the inbox: no word of any
    show_notice(officer, reference)                 its words, once the custody entry is written
    take_notice(officer, reference), close_notice(officer, reference)

Every officer may open one that nobody has: somebody must read it within minutes. From then on only who has it may,
until a colleague takes it over, and each of these steps is an entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import look_soon
from safehand.desk.custody.location import FIRST, the_second
from safehand.desk.custody.whole_package import whole_package
from safehand.desk.intake.models import Arrival, Notice, NoticeState
from safehand.desk.intake.told import tell_not_opened, tell_received
from safehand.desk.officers.holding import check_may, may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.errors import CannotRead, CheckFailed
from safehand.seal.meeting import meeting_of
from safehand.seal.notice import Answered
from safehand.seal.notice import Notice as Written
from safehand.seal.notice_sealed import open_notice
from safehand.signing.keys import load_identities

ACTOR = "desk:handover"


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice for an officer. ``written`` is None where it could not be opened, or where it is a colleague's now."""

    notice: Notice
    written: Written | None
    is_anothers: bool


def take_in_notice(
    arrival: Arrival,
    follows: str | None,  # noqa: ARG001  what every kind of parcel is given
    clock: Clock,
    random_bits: Callable[[int], int],  # noqa: ARG001
) -> None:
    """A row that orders the inbox, with no word of the notice in it."""
    written = _open(arrival)
    notice = Notice(arrival=arrival, opened=written is not None)
    if written is not None:
        meeting = meeting_of(written)
        notice.danger = _code(written.answers["danger_now"])
        notice.meeting = _code(written.answers["meeting"])
        notice.meeting_at = meeting.at
        notice.meeting_basis = meeting.basis.value
        notice.images = _code(written.answers["images"])
    notice.save(force_insert=True)
    record(
        Verb.NOTICE_RECEIVED,
        actor=ACTOR,
        record=f"notice:{arrival.sha256}",
        details={"opened": notice.opened},
        clock=clock,
    )
    # Whoever sent one that does not open must not wait for anybody: they are told at once, and not that it is here.
    (tell_received if notice.opened else tell_not_opened)(notice, clock)


def open_notices(officer: Officer) -> list[Notice]:
    """Those that are not closed. Whoever may open one knows that they are there."""
    if not may(officer, Ability.OPEN_NOTICES):
        return []
    there = Notice.objects.exclude(state=NoticeState.CLOSED)
    return list(there.select_related("arrival", "taken_by"))


def show_notice(officer: Officer, reference: str, *, clock: Clock = system_clock) -> Shown:
    """One notice, recorded before it is shown. Http404 when there is none."""
    with recorded():
        notice = _find(officer, reference)
        if notice.taken_by is not None and notice.taken_by != officer:
            return Shown(notice, None, is_anothers=True)
        written = _open(notice.arrival)
        if notice.shown_at is None:
            notice.shown_at = moment(clock())
            notice.save(update_fields=["shown_at"])
        _record(Verb.NOTICE_SHOWN, officer, notice, clock)
    return Shown(notice, written, is_anothers=False)


def take_notice(officer: Officer, reference: str, *, clock: Clock = system_clock) -> None:
    """This officer has it from now on. Taking it again changes nothing. Http404 when it is closed."""
    with recorded():
        in_turn()  # two officers who press at one moment: the later one has it, and both entries stand
        notice = _find(officer, reference)
        if notice.state == NoticeState.CLOSED:
            raise Http404
        if notice.taken_by == officer:
            return
        notice.state = NoticeState.TAKEN
        notice.taken_by = officer
        notice.taken_at = moment(clock())
        notice.save(update_fields=["state", "taken_by", "taken_at"])
        _record(Verb.NOTICE_TAKEN, officer, notice, clock)


def close_notice(officer: Officer, reference: str, *, clock: Clock = system_clock) -> None:
    """Done with. Only who has it may say so. Http404 for anybody else."""
    with recorded():
        in_turn()
        notice = _find(officer, reference)
        if notice.taken_by != officer or notice.state == NoticeState.CLOSED:
            raise Http404
        notice.state = NoticeState.CLOSED
        notice.closed_at = moment(clock())
        notice.save(update_fields=["state", "closed_at"])
        _record(Verb.NOTICE_CLOSED, officer, notice, clock)


def notice_of(officer: Officer, reference: str) -> Notice:
    """One that nobody has, or this officer: for what is told to its holder. Http404 for any other."""
    notice = _find(officer, reference)
    if notice.taken_by not in (None, officer):
        raise Http404
    return notice


def _find(officer: Officer, reference: str) -> Notice:
    check_may(officer, Ability.OPEN_NOTICES)
    there = Notice.objects.select_related("arrival", "taken_by").filter(arrival__desk_reference=reference)
    notice = there.first()
    if notice is None:
        raise Http404
    return notice


def _open(arrival: Arrival) -> Written | None:
    if arrival.erased_at is not None:
        return None
    state: State = settings.STATE
    identities = load_identities(state.desk_identity)
    try:
        with whole_package(state, arrival.sha256, the_second(settings.MIRROR)) as found:
            if found.from_second:
                look_soon(arrival.sha256, FIRST, system_clock)
            sealed = found.path.read_bytes()
    except OSError as err:
        raise CannotRead("A notice of the evidence store cannot be read.", where=arrival.sha256) from err
    try:
        return open_notice(sealed, *identities, where=arrival.desk_reference)
    except (CheckFailed, CannotRead):
        return None  # the officer sees that it is there and cannot be opened: the holder may be rung by nobody else


def _code(answer: Answered) -> str:
    return answer.value if answer.value is not None else answer.state.value


def _record(verb: Verb, officer: Officer, notice: Notice, clock: Clock) -> None:
    record(verb, actor=officer.actor, record=f"notice:{notice.arrival.sha256}", clock=clock)
