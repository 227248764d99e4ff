"""The kinds of thing that are recorded.

``Act`` is the list of section 62 of the Data Protection Act 2018, word for word; ``Verb`` is what was done, in the
desk's own words. Each verb belongs to one act, in the one table below. What an act must say besides (recipient of a
disclosure, record of a consultation) is checked where entries are made.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Act(StrEnum):
    """DPA 2018 s.62(1)."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


class Purpose(StrEnum):
    """What a log may be used for, and nothing else: DPA 2018 s.62(4)."""

    LAWFULNESS = "lawfulness"
    """To verify the lawfulness of processing."""
    SELF_MONITORING = "self_monitoring"
    """Self-monitoring by the desk, internal disciplinary proceedings included."""
    INTEGRITY = "integrity"
    """To ensure the integrity and security of personal data."""
    CRIMINAL_PROCEEDINGS = "criminal_proceedings"
    """For the purposes of criminal proceedings."""


class Verb(StrEnum):
    """What was done."""

    PACKAGE_RECEIVED = "package.received"
    PACKAGE_RECOGNISED = "package.recognised"
    """The same bytes were handed in again; nothing was stored."""
    PACKAGE_VERIFIED = "package.verified"
    PACKAGE_REFUSED = "package.refused"
    PACKAGE_READ = "package.read"
    PACKAGE_STOPPED = "package.stopped"
    PACKAGE_TRIED_AGAIN = "package.tried_again"
    CASE_OPENED = "case.opened"
    CASE_TAKEN = "case.taken"
    """An officer took a case that nobody was on."""
    OFFICER_ADDED = "case.officer_added"
    OFFICER_ENDED = "case.officer_ended"
    """An officer is on a case no longer."""
    PEOPLE_SHOWN = "people.shown"
    """Who is on a case and who was, with the reasons."""
    ROLE_GIVEN = "role.given"
    """An officer was given a role."""
    ROLE_ENDED = "role.ended"
    GLASS_BROKEN = "glass.broken"
    """An officer who is not on a case opened it, for a while, with a reason."""
    GLASS_KNOWN = "glass.known"
    """A supervisor said that they know of it."""
    NOTICE_RECEIVED = "notice.received"
    NOTICE_SHOWN = "notice.shown"
    NOTICE_TAKEN = "notice.taken"
    """An officer took an urgent notice, from nobody or from a colleague."""
    NOTICE_CLOSED = "notice.closed"
    ALARM_RAISED = "alarm.raised"
    """A notice that nobody opened, or a meeting whose time has passed: for a supervisor."""
    ALARM_KNOWN = "alarm.known"
    """A supervisor said that they know."""
    ALARM_TOLD = "alarm.told"
    """An officer said that they told the supervisor."""
    ALARM_PAGED = "alarm.paged"
    """The unit's own pager was told of it: a reference and a kind."""
    GRADE_SUGGESTED = "grade.suggested"
    """The rules of triage suggested a grade."""
    GRADE_GIVEN = "grade.given"
    """An officer graded a report, with a reason."""
    REPORT_TAGGED = "report.tagged"
    TRIAGE_SHOWN = "triage.shown"
    WORK_BEGUN = "work.begun"
    WORK_TAKEN_OVER = "work.taken_over"
    """An officer took the work on a report over from a colleague."""
    WORK_PUT_DOWN = "work.put_down"
    ASSESSMENT_MADE = "assessment.made"
    """THRIVE, or the National Decision Model."""
    REPORT_ROSE = "report.rose"
    """Danger grew or came back since it was graded: it waits in triage again."""
    TRIAGE_LEFT = "triage.left"
    MEETING_SHOWN = "meeting.shown"
    """What the words of a message may mean as a time was shown."""
    MEETING_CONFIRMED = "meeting.confirmed"
    """An officer said that a message plans a meeting, and when."""
    MEETING_TAKEN_BACK = "meeting.taken_back"
    MEETING_ANSWERED = "meeting.answered"
    """An officer said whether a meeting whose time has passed has happened."""
    NOTE_WRITTEN = "note.written"
    """A note from one shift to the next; of no case."""
    NOTE_SHOWN = "note.shown"
    """It was shown to an officer who did not write it, for the first time."""
    NOTE_READ = "note.read"
    """An officer of the next shift said that they read it."""
    REPORTS_LINKED = "reports.linked"
    """An officer said that two reports belong together; each has the entry, and is what it was."""
    REPORTS_PARTED = "reports.parted"
    """An officer said that they do not."""
    HOLDER_TOLD = "holder.told"
    """One of the closed messages was told to the holder."""
    REPORT_SHOWN = "report.shown"
    EVIDENCE_SHOWN = "evidence.shown"
    CONVERSATIONS_LISTED = "conversations.listed"
    MESSAGES_SHOWN = "messages.shown"
    MESSAGES_SEARCHED = "messages.searched"
    ORIGINAL_SHOWN = "original.shown"
    FILES_LISTED = "files.listed"
    GAPS_LISTED = "gaps.listed"
    SIDES_SHOWN = "sides.shown"
    """Messages of two exports of one conversation, beside each other."""
    TIMELINE_SHOWN = "timeline.shown"
    """Messages of several conversations, in the order of their time."""
    INDICATORS_LISTED = "indicators.listed"
    """What each rule points to in a conversation, by number."""
    MENTIONS_LISTED = "mentions.listed"
    """Who raised what first, by number."""
    PICTURES_SHOWN = "pictures.shown"
    """When they talked, as sums."""
    MESSAGE_CITED = "message.cited"
    CITATION_FOLLOWED = "citation.followed"
    """Another stands in place of an earlier one, which stays as it was."""
    CITATION_TAKEN_BACK = "citation.taken_back"
    CONDUCT_SHOWN = "conduct.shown"
    """The conduct review: what each account did, counted, and what officers wrote of it."""
    ACCOUNT_RECORDED = "account.recorded"
    """An officer recorded what an account is, with a reason."""
    CONDUCT_WRITTEN = "conduct.written"
    """A conclusion, a second reviewer's words, a sign-off, or sending it back."""
    CHECKLIST_SHOWN = "checklist.shown"
    """What a prosecutor asks of the case, and what officers answered."""
    CHECKLIST_ANSWERED = "checklist.answered"
    """An officer answered an item of it."""
    POINTS_SHOWN = "points.shown"
    """Points to prove, with the numbers of the messages that were cited for them."""
    OFFENCE_CHOSEN = "offence.chosen"
    OFFENCE_TAKEN_BACK = "offence.taken_back"
    """An officer chose to look at an offence no more."""
    POINT_ENTERED = "point.entered"
    POINT_FOLLOWED = "point.followed"
    """Another entry stands in place of an earlier one of the same point, which stays as it was."""
    POINT_TAKEN_BACK = "point.taken_back"
    LOG_SHOWN = "log.shown"
    ROWS_OF_BEFORE = "rows.of_before"
    """One digest of all rows whose entries hold none: they were kept before entries held digests."""
    RETENTION_SHOWN = "retention.shown"
    """How long a case is kept was shown, with who decided so and why; no message."""
    CASE_REVIEWED = "case.reviewed"
    """A custodian said which class a case is kept by, and when it is looked at again."""
    HOLD_PUT = "hold.put"
    """A legal hold was put on a case: while it stands nothing of it is erased."""
    HOLD_ENDED = "hold.ended"
    ERASURE_ASKED = "erasure.asked"
    """A custodian asked that a case be erased."""
    ERASURE_REFUSED = "erasure.refused"
    """It is not to be erased, or the custodian took it back."""
    WORDS_ERASED = "words.erased"
    """Words that officers wrote of an erased case were overwritten: one entry a row."""
    CASE_ERASED = "case.erased"
    """A second officer confirmed: the case's key is destroyed, and nothing of it opens any more."""
    CASE_SWEPT = "case.swept"
    """Its files are gone from the disk as well, and from the database's free pages."""
    PROOF_GIVEN = "proof.given"
    """The log of a case, with its proof, was given to somebody outside."""
    PROOFS_SHOWN = "proofs.shown"
    """To whom it was given before, and why."""
    NOTICE_ERASED = "notice.erased"
    """An urgent notice that is of no other case went with an erased one."""
    LOG_KEY_RENEWED = "log.key_renewed"
    """Another key signs the log from the next entry on; both signed it as it stood, this entry the last."""
    KEYS_RENEWED = "keys.renewed"
    """The desk has another identity, and the keys of its cases are wrapped to it."""
    PACKAGE_MIRRORED = "package.mirrored"
    """It was copied to the second location, and read back."""
    PACKAGES_REHASHED = "packages.rehashed"
    """Packages were hashed again where they lie: how many, and how many are not what they were."""
    PACKAGE_DAMAGED = "package.damaged"
    """A copy was found changed, gone or unreadable."""
    REPAIR_ASKED = "repair.asked"
    """A custodian asked, with a reason, that a damaged copy be put back from the whole one."""
    PACKAGE_REPAIRED = "package.repaired"
    REPAIR_FAILED = "repair.failed"
    """No other copy is whole."""
    LOCATION_BEGUN = "location.begun"
    """A second location is used from now on."""
    LOCATION_AWAY = "location.away"
    LOCATION_THERE = "location.there"
    """It is there, with this desk's mark on it."""
    LOG_SIGNED = "log.signed"
    """Somebody had the log signed as it stood, this entry included: to print it, to lodge it, to have it witnessed."""
    BACKUP_BEGUN = "backup.begun"
    """A copy of all that the desk keeps is being made: the last entry, or nearly, that stands in the copy itself."""
    BACKUP_MADE = "backup.made"
    DESK_RESTORED = "desk.restored"
    """The desk was brought back from a backup: the first entry after those that stood in it."""
    DESK_MOVED = "desk.moved"
    """Its database is a PostgreSQL from here on: the first entry after those that stood in its SQLite file."""


ACT_OF: Final[dict[Verb, Act]] = {
    Verb.PACKAGE_RECEIVED: Act.COLLECTION,
    Verb.PACKAGE_RECOGNISED: Act.COLLECTION,
    Verb.PACKAGE_VERIFIED: Act.COLLECTION,
    Verb.PACKAGE_REFUSED: Act.COLLECTION,
    Verb.PACKAGE_READ: Act.COLLECTION,
    Verb.PACKAGE_STOPPED: Act.COLLECTION,
    Verb.PACKAGE_TRIED_AGAIN: Act.COLLECTION,
    Verb.CASE_OPENED: Act.COLLECTION,
    Verb.CASE_TAKEN: Act.ALTERATION,
    Verb.OFFICER_ADDED: Act.ALTERATION,
    Verb.OFFICER_ENDED: Act.ALTERATION,
    Verb.PEOPLE_SHOWN: Act.CONSULTATION,
    Verb.ROLE_GIVEN: Act.ALTERATION,
    Verb.ROLE_ENDED: Act.ALTERATION,
    Verb.GLASS_BROKEN: Act.ALTERATION,
    Verb.GLASS_KNOWN: Act.ALTERATION,
    Verb.NOTICE_RECEIVED: Act.COLLECTION,
    Verb.NOTICE_SHOWN: Act.CONSULTATION,
    Verb.NOTICE_TAKEN: Act.ALTERATION,
    Verb.NOTICE_CLOSED: Act.ALTERATION,
    Verb.ALARM_RAISED: Act.ALTERATION,
    Verb.ALARM_KNOWN: Act.ALTERATION,
    Verb.ALARM_TOLD: Act.ALTERATION,
    Verb.ALARM_PAGED: Act.ALTERATION,
    Verb.GRADE_SUGGESTED: Act.ALTERATION,
    Verb.GRADE_GIVEN: Act.ALTERATION,
    Verb.REPORT_TAGGED: Act.ALTERATION,
    Verb.TRIAGE_SHOWN: Act.CONSULTATION,
    Verb.WORK_BEGUN: Act.ALTERATION,
    Verb.WORK_TAKEN_OVER: Act.ALTERATION,
    Verb.WORK_PUT_DOWN: Act.ALTERATION,
    Verb.ASSESSMENT_MADE: Act.ALTERATION,
    Verb.REPORT_ROSE: Act.ALTERATION,
    Verb.TRIAGE_LEFT: Act.ALTERATION,
    Verb.MEETING_SHOWN: Act.CONSULTATION,
    Verb.MEETING_CONFIRMED: Act.ALTERATION,
    Verb.MEETING_TAKEN_BACK: Act.ALTERATION,
    Verb.MEETING_ANSWERED: Act.ALTERATION,
    Verb.NOTE_WRITTEN: Act.ALTERATION,
    Verb.NOTE_SHOWN: Act.CONSULTATION,
    Verb.NOTE_READ: Act.CONSULTATION,
    Verb.REPORTS_LINKED: Act.COMBINATION,
    Verb.REPORTS_PARTED: Act.ALTERATION,
    Verb.HOLDER_TOLD: Act.DISCLOSURE,
    Verb.REPORT_SHOWN: Act.CONSULTATION,
    Verb.EVIDENCE_SHOWN: Act.CONSULTATION,
    Verb.CONVERSATIONS_LISTED: Act.CONSULTATION,
    Verb.MESSAGES_SHOWN: Act.CONSULTATION,
    Verb.MESSAGES_SEARCHED: Act.CONSULTATION,
    Verb.ORIGINAL_SHOWN: Act.CONSULTATION,
    Verb.FILES_LISTED: Act.CONSULTATION,
    Verb.GAPS_LISTED: Act.CONSULTATION,
    Verb.SIDES_SHOWN: Act.CONSULTATION,
    Verb.TIMELINE_SHOWN: Act.CONSULTATION,
    Verb.INDICATORS_LISTED: Act.CONSULTATION,
    Verb.MENTIONS_LISTED: Act.CONSULTATION,
    Verb.PICTURES_SHOWN: Act.CONSULTATION,
    Verb.MESSAGE_CITED: Act.ALTERATION,
    Verb.CITATION_FOLLOWED: Act.ALTERATION,
    Verb.CITATION_TAKEN_BACK: Act.ALTERATION,
    Verb.CONDUCT_SHOWN: Act.CONSULTATION,
    Verb.ACCOUNT_RECORDED: Act.ALTERATION,
    Verb.CONDUCT_WRITTEN: Act.ALTERATION,
    Verb.CHECKLIST_SHOWN: Act.CONSULTATION,
    Verb.CHECKLIST_ANSWERED: Act.ALTERATION,
    Verb.POINTS_SHOWN: Act.CONSULTATION,
    Verb.OFFENCE_CHOSEN: Act.ALTERATION,
    Verb.OFFENCE_TAKEN_BACK: Act.ALTERATION,
    Verb.POINT_ENTERED: Act.ALTERATION,
    Verb.POINT_FOLLOWED: Act.ALTERATION,
    Verb.POINT_TAKEN_BACK: Act.ALTERATION,
    Verb.LOG_SHOWN: Act.CONSULTATION,
    Verb.ROWS_OF_BEFORE: Act.ALTERATION,
    Verb.RETENTION_SHOWN: Act.CONSULTATION,
    Verb.CASE_REVIEWED: Act.ALTERATION,
    Verb.HOLD_PUT: Act.ALTERATION,
    Verb.HOLD_ENDED: Act.ALTERATION,
    Verb.ERASURE_ASKED: Act.ALTERATION,
    Verb.ERASURE_REFUSED: Act.ALTERATION,
    Verb.WORDS_ERASED: Act.ERASURE,
    Verb.CASE_ERASED: Act.ERASURE,
    Verb.CASE_SWEPT: Act.ERASURE,
    Verb.PROOF_GIVEN: Act.DISCLOSURE,
    Verb.PROOFS_SHOWN: Act.CONSULTATION,
    Verb.NOTICE_ERASED: Act.ERASURE,
    Verb.LOG_KEY_RENEWED: Act.ALTERATION,
    Verb.KEYS_RENEWED: Act.ALTERATION,
    Verb.PACKAGE_MIRRORED: Act.COLLECTION,
    Verb.PACKAGES_REHASHED: Act.CONSULTATION,
    Verb.PACKAGE_DAMAGED: Act.ALTERATION,
    Verb.REPAIR_ASKED: Act.ALTERATION,
    Verb.PACKAGE_REPAIRED: Act.ALTERATION,
    Verb.REPAIR_FAILED: Act.ALTERATION,
    Verb.LOCATION_BEGUN: Act.ALTERATION,
    Verb.LOCATION_AWAY: Act.ALTERATION,
    Verb.LOCATION_THERE: Act.ALTERATION,
    Verb.LOG_SIGNED: Act.CONSULTATION,
    Verb.BACKUP_BEGUN: Act.CONSULTATION,
    Verb.BACKUP_MADE: Act.CONSULTATION,
    Verb.DESK_RESTORED: Act.ALTERATION,
    Verb.DESK_MOVED: Act.ALTERATION,
}
