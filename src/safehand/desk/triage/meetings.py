"""A planned meeting that an officer read in a chat: one reading of its time, chosen among several, drives the clock.

    shown = show_times(officer, case, 1, 41)                              what message 41 may mean, recorded first
    confirm_meeting(officer, case, 1, 41, shown.readings[0].key, "…")     from now on the report has this clock
    confirm_meeting(officer, case, 1, 41, EARLIEST, "…")                  which reading is in doubt: the earliest counts
    no_meeting(officer, case, 1, 41, "…")                                 it was no meeting, or is none any more

A rule only points to the words; nothing is chosen beforehand. Where zone or clock leave the time in doubt its earliest
moment begins the meeting (domain.md F6.4). The reason may repeat the chat and is sealed under the case's key; whoever
triages sees when the meeting is and who said so, and opens no chat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404

from safehand.analysis.meeting_time import MeetingTime, TimeDoubt, earliest_ahead, meeting_times
from safehand.casefile.read import CaseFile
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import open_words, seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.triage.meeting_models import MeetingSaid
from safehand.desk.triage.models import LONGEST_REASON
from safehand.desk.triage.suggesting import standing_of
from safehand.errors import UsageError
from safehand.model.message import Message
from safehand.seal.meeting import Basis

EARLIEST: Final = "earliest"
"""Instead of a reading: nobody can tell which is meant."""

UNKNOWN: Final = "unknown"
"""Instead of a reading: a meeting is planned, and none of them is its time."""

_DAY: Final = 24 * 3600 * 1_000_000
_IN_DOUBT: Final = {TimeDoubt.ZONE_UNKNOWN, TimeDoubt.CLOCK_CHANGE}


@dataclass(frozen=True, slots=True)
class TimeReading:
    """One reading, with the words it stands on and what was assumed. ``key`` names it in a form."""

    key: str
    words: tuple[str, ...]
    at: datetime
    until: datetime | None
    basis: Basis
    doubts: tuple[TimeDoubt, ...]
    own_clock: datetime
    """The same by the clock of the message, as if that were UTC."""


@dataclass(frozen=True, slots=True)
class SaidShown:
    """One thing that an officer said of the message, the newest first."""

    said: MeetingSaid
    reason: str


@dataclass(frozen=True, slots=True)
class TimesShown:
    """What one message may mean, and what was said of it."""

    case: Case
    conversation: int
    number: int
    readings: tuple[TimeReading, ...]
    said: tuple[SaidShown, ...]

    @property
    def stands(self) -> bool:
        """Does an officer say that a meeting is planned here?"""
        return bool(self.said) and self.said[0].said.planned


def show_times(
    officer: Officer, case: Case, conversation: int, number: int, *, clock: Clock = system_clock
) -> TimesShown:
    """The readings of one message, recorded before they are shown. Http404 where there is no such message."""
    _check(officer, case)
    with open_case_file(case) as casefile, recorded():
        readings = _readings(_message(casefile, conversation, number))
        said = case.meetings_said.filter(conversation=conversation, number=number).select_related("by")
        shown = TimesShown(
            case,
            conversation,
            number,
            readings,
            tuple(SaidShown(each, open_words(case, bytes(each.sealed_reason))) for each in said.order_by("-pk")),
        )
        details: Details = {"readings": len(readings)}
        _record(Verb.MEETING_SHOWN, officer, case, (conversation, number), details, clock)
    return shown


def confirm_meeting(
    officer: Officer,
    case: Case,
    conversation: int,
    number: int,
    reading: str,
    reason: str,
    *,
    clock: Clock = system_clock,
) -> MeetingSaid:
    """This message plans a meeting, at this reading. UsageError for a reading that is none, or without a reason."""
    words = _reason(reason)
    _check(officer, case)
    with open_case_file(case) as casefile:
        message = _message(casefile, conversation, number)
        meant = _meant(message, reading)
        sha256 = next((one.sha256 for one in casefile.accounts() if one.file == message.span.file), "")
    said = MeetingSaid(
        at_earliest=meant.at if meant is not None else None,
        until=meant.until if meant is not None else None,
        basis=(meant.basis if meant is not None else Basis.UNKNOWN).value,
        planned=True,
        sha256=sha256,
        start=message.span.start,
        end=message.span.end,
    )
    return _say(officer, case, (conversation, number), said, words, clock)


def no_meeting(
    officer: Officer, case: Case, conversation: int, number: int, reason: str, *, clock: Clock = system_clock
) -> MeetingSaid:
    """It is none, or none any more. What was said before stays. UsageError where nothing stands that says otherwise."""
    words = _reason(reason)
    _check(officer, case)
    newest = case.meetings_said.filter(conversation=conversation, number=number).last()
    if newest is None or not newest.planned:
        raise UsageError("No officer says that a meeting is planned there.")
    said = MeetingSaid(planned=False, sha256=newest.sha256, start=newest.start, end=newest.end)
    return _say(officer, case, (conversation, number), said, words, clock)


def _readings(message: Message) -> tuple[TimeReading, ...]:
    text = message.text or ""
    found: dict[str, TimeReading] = {}
    for time in meeting_times(text, message.sent):
        reading = _reading(text, time)
        found.setdefault(reading.key, reading)  # the same stretch by another rule is the same to choose
    return tuple(found.values())


def _reading(text: str, time: MeetingTime) -> TimeReading:
    if _IN_DOUBT & set(time.doubts):
        basis = Basis.EARLIER
    else:
        basis = Basis.DAY_ONLY if time.local_end - time.local >= _DAY else Basis.STATED
    return TimeReading(
        key=f"{time.earliest}-{time.latest}",
        words=tuple(text[start:end] for start, end in time.words),
        at=moment(time.earliest),
        until=moment(time.latest) if time.latest > time.earliest else None,
        basis=basis,
        doubts=time.doubts,
        own_clock=moment(time.local),
    )


def _meant(message: Message, key: str) -> TimeReading | None:
    readings = _readings(message)
    if key == UNKNOWN:
        return None
    if key == EARLIEST and readings:
        return _earliest(message, readings)
    chosen = next((reading for reading in readings if reading.key == key), None)
    if chosen is None:
        raise UsageError("That is no reading of this message.")
    return chosen


def _earliest(message: Message, readings: tuple[TimeReading, ...]) -> TimeReading:
    """Of those that were not over when it was sent the earliest begins it, and the last of all ends it."""
    text = message.text or ""
    times = meeting_times(text, message.sent)
    ahead = earliest_ahead(times, message.sent.earliest) if message.sent.earliest is not None else None
    first = _reading(text, ahead if ahead is not None else times[0])
    until = max(reading.until or reading.at for reading in readings)
    return TimeReading(EARLIEST, first.words, first.at, until, Basis.EARLIER, first.doubts, first.own_clock)


def _say(
    officer: Officer, case: Case, where: tuple[int, int], said: MeetingSaid, words: str, clock: Clock
) -> MeetingSaid:
    with recorded():
        in_turn()
        said.case, said.by, said.at = case, officer, moment(clock())
        said.conversation, said.number = where
        said.sealed_reason = seal_words(case, words)
        said.save()
        verb = Verb.MEETING_CONFIRMED if said.planned else Verb.MEETING_TAKEN_BACK
        _record(verb, officer, case, where, {"basis": said.basis or None, "row": row_digest(said)}, clock)
        standing_of(case, clock)  # its clock moves at once: nobody waits for a worker's look
    return said


def _reason(reason: str) -> str:
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise UsageError(f"Say why, in at most {LONGEST_REASON} characters.")
    return words


def _check(officer: Officer, case: Case) -> None:
    check_may(officer, Ability.CITE_MESSAGES)
    if not Case.objects.for_officer(officer).filter(pk=case.pk).exists():
        raise Http404


def _message(casefile: CaseFile, conversation: int, number: int) -> Message:
    line = casefile.message(conversation, number)
    if line is None:
        raise Http404
    return line.message


def _record(verb: Verb, officer: Officer, case: Case, where: tuple[int, int], details: Details, clock: Clock) -> None:
    place = f"conversation:{where[0]}/message:{where[1]}"
    record(verb, actor=officer.actor, case=case.reference, record=place, details=details, clock=clock)
