"""Who saw what: custody entries in words. No message, no name: references, numbers, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from safehand.desk.core import say
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.entry import Details, parse_entry
from safehand.desk.review.filter import NO_FILTER
from safehand.desk.review.filter_entered import filter_of
from safehand.desk.review.presenters.filtering import asked_words
from safehand.desk.review.shown import Seen, SeenRow

PURPOSES: Final[dict[Purpose, str]] = {
    Purpose.LAWFULNESS: "To verify that what was done was lawful",
    Purpose.SELF_MONITORING: "For self-monitoring, internal discipline included",
    Purpose.INTEGRITY: "To ensure the integrity and security of personal data",
    Purpose.CRIMINAL_PROCEEDINGS: "For criminal proceedings",
}
_VERBS: Final[dict[Verb, str]] = {
    Verb.NOTICE_RECEIVED: "Received the urgent notice",
    Verb.NOTICE_SHOWN: "Opened the urgent notice",
    Verb.NOTICE_TAKEN: "Took the urgent notice",
    Verb.NOTICE_CLOSED: "Closed the urgent notice",
    Verb.ALARM_RAISED: "Raised an alarm for a supervisor",
    Verb.ALARM_KNOWN: "Said that a supervisor knows of the alarm",
    Verb.ALARM_TOLD: "Said that they told the supervisor of the alarm",
    Verb.ALARM_PAGED: "Told the unit’s pager of the alarm",
    Verb.GRADE_SUGGESTED: "Suggested a grade",
    Verb.GRADE_GIVEN: "Graded the report",
    Verb.REPORT_TAGGED: "Noted what is known of the report",
    Verb.TRIAGE_SHOWN: "Looked at its triage",
    Verb.WORK_BEGUN: "Began to work on the report",
    Verb.WORK_TAKEN_OVER: "Took the work over from a colleague",
    Verb.WORK_PUT_DOWN: "Put the work down",
    Verb.ASSESSMENT_MADE: "Wrote an entry of a short form",
    Verb.REPORT_ROSE: "Saw that what is suggested rose since the grade",
    Verb.TRIAGE_LEFT: "Let the report leave triage",
    Verb.MEETING_SHOWN: "Looked at what a time in a message may mean",
    Verb.MEETING_CONFIRMED: "Said that a meeting is planned",
    Verb.MEETING_TAKEN_BACK: "Said that no meeting is planned",
    Verb.MEETING_ANSWERED: "Said whether a meeting has happened",
    Verb.NOTE_WRITTEN: "Left a note for the next shift",
    Verb.NOTE_SHOWN: "Was shown a note of another shift",
    Verb.NOTE_READ: "Read the note of the shift before",
    Verb.REPORTS_LINKED: "Linked two reports",
    Verb.REPORTS_PARTED: "Said that two reports do not belong together",
    Verb.CASE_TAKEN: "Took the case",
    Verb.HOLDER_TOLD: "Told the holder",
    Verb.PACKAGE_RECEIVED: "Received the package",
    Verb.PACKAGE_RECOGNISED: "Was handed the same package again",
    Verb.PACKAGE_VERIFIED: "Checked the package",
    Verb.PACKAGE_REFUSED: "Refused the package",
    Verb.PACKAGE_READ: "Read the package",
    Verb.PACKAGE_STOPPED: "Had to stop",
    Verb.PACKAGE_TRIED_AGAIN: "Asked for another try",
    Verb.CASE_OPENED: "Opened the case",
    Verb.OFFICER_ADDED: "Added an officer to the case",
    Verb.OFFICER_ENDED: "Took an officer off the case",
    Verb.PEOPLE_SHOWN: "Looked at who is on the case",
    Verb.GLASS_BROKEN: "Opened the case without being on it",
    Verb.GLASS_KNOWN: "Said that they know it was opened so",
    Verb.ROLE_GIVEN: "Gave an officer a role",
    Verb.ROLE_ENDED: "Ended an officer's role",
    Verb.REPORT_SHOWN: "Looked at the report of the package",
    Verb.EVIDENCE_SHOWN: "Looked at the evidence page",
    Verb.CONVERSATIONS_LISTED: "Looked at the list of conversations",
    Verb.MESSAGES_SHOWN: "Read messages",
    Verb.MESSAGES_SEARCHED: "Searched the messages",
    Verb.ORIGINAL_SHOWN: "Looked at the original of a message",
    Verb.FILES_LISTED: "Looked at the names of listed files",
    Verb.GAPS_LISTED: "Looked at where the record may not be whole",
    Verb.SIDES_SHOWN: "Read two exports side by side",
    Verb.TIMELINE_SHOWN: "Read the time line of the case",
    Verb.INDICATORS_LISTED: "Looked at what the rules point to",
    Verb.MENTIONS_LISTED: "Looked at first mentions",
    Verb.PICTURES_SHOWN: "Looked at when they talked",
    Verb.MESSAGE_CITED: "Cited a message",
    Verb.CITATION_FOLLOWED: "Cited a message anew",
    Verb.CITATION_TAKEN_BACK: "Took a citation back",
    Verb.CONDUCT_SHOWN: "Looked at the conduct review",
    Verb.ACCOUNT_RECORDED: "Recorded what an account is",
    Verb.CONDUCT_WRITTEN: "Wrote in the conduct review",
    Verb.CHECKLIST_SHOWN: "Looked at the CPS checklist",
    Verb.CHECKLIST_ANSWERED: "Answered an item of the CPS checklist",
    Verb.POINTS_SHOWN: "Looked at points to prove",
    Verb.OFFENCE_CHOSEN: "Chose an offence to look at",
    Verb.OFFENCE_TAKEN_BACK: "Chose to look at an offence no more",
    Verb.POINT_ENTERED: "Wrote an entry for a point to prove",
    Verb.POINT_FOLLOWED: "Wrote an entry for a point to prove anew",
    Verb.POINT_TAKEN_BACK: "Took an entry for a point to prove back",
    Verb.LOG_SHOWN: "Looked at who saw what",
    Verb.ROWS_OF_BEFORE: "Wrote down a digest of what was decided before each decision had its own",
    Verb.PROOF_GIVEN: "Gave the case’s log with its proof to an expert outside",
    Verb.PROOFS_SHOWN: "Looked at whom the case’s log was given to",
    Verb.PACKAGE_MIRRORED: "Copied the package to the second location",
    Verb.PACKAGES_REHASHED: "Hashed packages again where they are kept",
    Verb.PACKAGE_DAMAGED: "Found a copy of the package that is not what came in",
    Verb.REPAIR_ASKED: "Asked that a damaged package be put back from its other copy",
    Verb.PACKAGE_REPAIRED: "Put a damaged package back from its other copy",
    Verb.REPAIR_FAILED: "Could not put a damaged package back: no other copy is whole",
    Verb.LOCATION_BEGUN: "Began to keep packages at a second location",
    Verb.LOCATION_AWAY: "Found the second location away",
    Verb.LOCATION_THERE: "Found the second location there",
    Verb.LOG_SIGNED: "Had the custody log signed",
    Verb.LOG_KEY_RENEWED: "Had another key sign the custody log from then on",
    Verb.KEYS_RENEWED: "Gave the desk another identity, and wrapped the keys of its cases to it",
    Verb.RETENTION_SHOWN: "Looked at how long the case is kept",
    Verb.CASE_REVIEWED: "Said by which class the case is kept, and when it is looked at again",
    Verb.HOLD_PUT: "Put a legal hold on the case",
    Verb.HOLD_ENDED: "Ended a legal hold on the case",
    Verb.ERASURE_ASKED: "Asked that the case be erased",
    Verb.ERASURE_REFUSED: "Said that the case is not to be erased",
    Verb.CASE_ERASED: "Confirmed that the case be erased: its key was destroyed",
    Verb.WORDS_ERASED: "Wrote over words about the erased case",
    Verb.NOTICE_ERASED: "Erased an urgent notice together with its case",
    Verb.CASE_SWEPT: "Took the erased case’s files off the disk",
    Verb.BACKUP_BEGUN: "Began a backup of the desk",
    Verb.BACKUP_MADE: "Made a backup of the desk",
    Verb.DESK_RESTORED: "Brought the desk back from a backup",
    Verb.DESK_MOVED: "Moved the desk to a PostgreSQL",
}
_ACTORS: Final = {"desk:worker": "The desk itself", "desk:shell": "The desk, from its shell"}
_COUNTED: Final = (
    *(
        "gaps",
        "pairs",
        "conversations",
        "messages",
        "entries",
        "steps",
        "problems",
        "files",
        "rules",
        "citations",
        "officers",
        "packages",
    ),
)
_CONVERSATION: Final = re.compile(r"conversation:(\d+)(?:/message:(\d+))?")


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One line of the table."""

    sequence: str
    at: datetime
    who: str
    case: str
    did: str
    what: str
    why: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page of the log, newest first."""

    purpose: Purpose
    purpose_words: str
    entries: tuple[SeenEntry, ...]
    more: int | None


def seen_page(seen: Seen) -> SeenPage:
    """Present a page of the log."""
    return SeenPage(seen.purpose, PURPOSES[seen.purpose], tuple(_entry(row) for row in seen.entries), seen.more)


def _entry(row: SeenRow) -> SeenEntry:
    return SeenEntry(
        sequence=say.count(row.sequence),
        at=row.at,
        who=_ACTORS.get(row.actor, row.actor.removeprefix("officer:")),
        case=row.case,
        did=verb_words(row.verb),
        what=what_words(row.record, parse_entry(row.canonical).details),
        why=PURPOSES[row.reason] if row.reason is not None else "",
        sha256=row.sha256,
    )


def verb_words(verb: Verb) -> str:
    """What was done."""
    return _VERBS[verb]


def what_words(record: str, details: Details) -> str:
    """``Conversation 1, messages 1 to 198``."""
    parts = _about(record)
    role = details.get("role")
    if isinstance(role, str):
        parts.append(f"as {role}")
    minutes = details.get("minutes")
    if isinstance(minutes, int):
        parts.append(f"for {say.counted(minutes, 'minute')}")
    first, last, total = details.get("first"), details.get("last"), details.get("total")
    if isinstance(first, int) and isinstance(last, int) and last:
        # With a filter, those between that did not fit were not shown: the count says how many were.
        among = "among messages" if isinstance(details.get("messages"), int) else "messages"
        parts.append(f"{among} {say.count(first)} to {say.count(last)}")
    if isinstance(total, int):
        parts.append(f"{say.counted(total, 'message')} found")
    beside = details.get("beside")
    if isinstance(beside, int):
        parts.append(f"beside conversation {beside}")
    item, stage = details.get("item"), details.get("stage")
    if isinstance(item, int):
        parts.append(f"item {item}")
    if isinstance(stage, str):
        parts.append(stage.replace("_", " "))
    for key in _COUNTED:
        count = details.get(key)
        if isinstance(count, int):
            parts.append(say.counted(count, key.removesuffix("s") if key != "entries" else "entry", key))
    return ", ".join((*parts, *_kept(details), *_asked(details)))


def _kept(details: Details) -> list[str]:
    """Where a package is kept, and what was found there."""
    location, found, damaged = details.get("location"), details.get("found"), details.get("damaged")
    parts = [f"at the {location} location"] if isinstance(location, str) else []
    parts += [found] if isinstance(found, str) else []
    return [*parts, f"{say.count(damaged)} of them damaged"] if isinstance(damaged, int) and damaged else parts


def _about(record: str) -> list[str]:
    match_ = _CONVERSATION.fullmatch(record)
    if match_ is not None:
        message = f", message {say.count(int(match_[2]))}" if match_[2] else ""
        return [f"Conversation {match_[1]}{message}"]
    kind, _, called = record.partition(":")
    return [f"{kind.capitalize()} {called}"] if kind in ("officer", "case") and called else []


def _asked(details: Details) -> Iterable[str]:
    """By what the messages were chosen, where some alone were shown."""
    asked = filter_of(details) if "from" in details else NO_FILTER
    if asked:
        yield f"asked for: {asked_words(asked)}"
