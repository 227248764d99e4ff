"""Roles: what an officer may do at a desk. Which cases they may do it in is another matter (cases/models.py).

    ABILITIES_OF[Role.TRIAGE]                 what the role lets an officer do
    Ability.READ_MESSAGES in abilities_of(officer)          of all roles they hold (officers/holding.py)

There are eight. An officer may hold several, and may then do what any of them lets them; holding none, they may look
after their own account and nothing else. Beside the eight an officer may be appointed to something that goes with none
of them (Appointment, adr/0015). Two things are kept apart on purpose: triage never opens the text of a chat
(domain.md F6.7), and an auditor sees who saw what and no message. docs/guides/roles.md prints the table below.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, TypeAlias


class Role(StrEnum):
    """One of eight. Kept with who gave it, and when (models.RoleHeld)."""

    TRIAGE = "triage"
    REVIEWER = "reviewer"
    INVESTIGATOR = "investigator"
    DISCLOSURE = "disclosure"
    CUSTODIAN = "custodian"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def words(self) -> str:
        """For a page: ``Triage``, ``Covert-operations custodian``."""
        return "Covert-operations custodian" if self is Role.CUSTODIAN else self.value.capitalize()


class Appointment(StrEnum):
    """What goes with no role, and is given and ended as a role is: no role sees how colleagues bear what they read."""

    WELFARE_LEAD = "welfare_lead"

    @property
    def words(self) -> str:
        """For a page: ``Welfare lead``."""
        return self.value.replace("_", " ").capitalize()


Held: TypeAlias = "Role | Appointment"
"""What is given and ended by name, and kept with who gave it and when."""

HELD: Final[tuple[Held, ...]] = (*Role, *Appointment)


def held_of(value: str) -> Held:
    """The role or appointment of this value; ValueError for what is neither."""
    return Appointment(value) if value in set(Appointment) else Role(value)


class Ability(StrEnum):
    """One thing an officer may be let do. Every page of the desk needs one of them (officers/asking.py)."""

    OWN_ACCOUNT = "own_account"
    SEE_INBOX = "see_inbox"
    HAND_IN = "hand_in"
    OPEN_NOTICES = "open_notices"
    ANSWER_ALARMS = "answer_alarms"
    TAKE_REPORTS = "take_reports"
    SEE_REPORTS = "see_reports"
    TELL_HOLDER = "tell_holder"
    GRADE = "grade"
    DECIDE = "decide"
    READ_MESSAGES = "read_messages"
    CITE_MESSAGES = "cite_messages"
    SEE_LOG = "see_log"
    SEE_EVERY_LOG = "see_every_log"
    LODGE_CHECKPOINTS = "lodge_checkpoints"
    GIVE_PROOF = "give_proof"
    SEE_STORE = "see_store"
    REPAIR_STORE = "repair_store"
    BREAK_GLASS = "break_glass"
    SEE_RETENTION = "see_retention"
    RETAIN = "retain"
    CONFIRM_ERASURE = "confirm_erasure"
    SUPERVISE = "supervise"
    GIVE_ROLES = "give_roles"
    SEE_WELFARE = "see_welfare"

    @property
    def words(self) -> str:
        """What it is, after "may": for a page and for the guide."""
        return _WORDS[self]


_WORDS: Final[dict[Ability, str]] = {
    Ability.OWN_ACCOUNT: "look after their own account",
    Ability.SEE_INBOX: "see what came in: references, counts, and what was declared of danger",
    Ability.HAND_IN: "hand in a package",
    Ability.OPEN_NOTICES: "open, take and close urgent notices",
    Ability.ANSWER_ALARMS: "see alarms, and say that they told the supervisor",
    Ability.TAKE_REPORTS: "take a report that nobody has",
    Ability.SEE_REPORTS: "see how the package of a case they are on was checked",
    Ability.TELL_HOLDER: "tell the holder of a case they are on one of the closed messages",
    Ability.GRADE: "grade a report",
    Ability.DECIDE: "be named as who decides of a report, in its THRIVE and Decision Model entries",
    Ability.READ_MESSAGES: "read the messages of a case they are on",
    Ability.CITE_MESSAGES: "cite messages of a case they are on, enter what they show, and take either back",
    Ability.SEE_LOG: "see who saw what of a case they are on",
    Ability.SEE_EVERY_LOG: "see who saw what of every case, and of the desk; no message",
    Ability.LODGE_CHECKPOINTS: "have the custody log signed, and print its checkpoint to lodge it; no entry of it",
    Ability.GIVE_PROOF: "give a court’s expert the custody log of a case they are on, with its proof; no message",
    Ability.SEE_STORE: "see where each package is kept, when it was last hashed there and what was found; no message",
    Ability.REPAIR_STORE: "have a damaged package put back from its other copy, with a reason",
    Ability.BREAK_GLASS: "open a case they are not on, for a while, with a reason that supervisors are told",
    Ability.SEE_RETENTION: "see which cases are due for review, on hold or to be erased; no message",
    Ability.RETAIN: "say how long a case is kept, put it on hold and end that, and ask that it be erased",
    Ability.CONFIRM_ERASURE: "confirm that a case is erased, for which another asked, or refuse it",
    Ability.SUPERVISE: "be told what a supervisor must know, say that they know, and see how the work goes",
    Ability.GIVE_ROLES: "give roles to others, and end them",
    Ability.SEE_WELFARE: "see how long officers were in hard material; nothing of what they read",
}

FOR_EVERYBODY: Final = frozenset({Ability.OWN_ACCOUNT})
"""What needs no role."""

_TAKES_IN: Final = frozenset(
    {
        Ability.SEE_INBOX,
        Ability.HAND_IN,
        Ability.OPEN_NOTICES,
        Ability.ANSWER_ALARMS,
        Ability.TAKE_REPORTS,
        Ability.SEE_REPORTS,
        Ability.TELL_HOLDER,
        Ability.GRADE,
    }
)
_READS: Final = frozenset({Ability.READ_MESSAGES, Ability.SEE_LOG})
_WATCHES: Final = frozenset({Ability.SEE_EVERY_LOG, Ability.LODGE_CHECKPOINTS, Ability.SEE_STORE})
_REVIEWS: Final = _TAKES_IN | _READS | {Ability.CITE_MESSAGES, Ability.BREAK_GLASS}

ABILITIES_OF: Final[dict[Held, frozenset[Ability]]] = {
    Role.TRIAGE: _TAKES_IN,
    Role.REVIEWER: _REVIEWS,
    Role.INVESTIGATOR: _REVIEWS | {Ability.DECIDE},
    Role.DISCLOSURE: frozenset({Ability.SEE_INBOX, Ability.SEE_REPORTS, Ability.GIVE_PROOF}) | _READS,
    # pages on accounts nobody may know of: deconfliction
    Role.CUSTODIAN: frozenset(
        {
            Ability.LODGE_CHECKPOINTS,
            Ability.SEE_STORE,
            Ability.REPAIR_STORE,
            Ability.SEE_RETENTION,
            Ability.RETAIN,
        }
    ),
    Role.SUPERVISOR: _TAKES_IN
    | _WATCHES
    | {Ability.SEE_LOG, Ability.SUPERVISE, Ability.DECIDE, Ability.SEE_RETENTION, Ability.CONFIRM_ERASURE},
    Role.AUDITOR: _WATCHES,
    Role.ADMIN: frozenset({Ability.GIVE_ROLES}),
    Appointment.WELFARE_LEAD: frozenset({Ability.SEE_WELFARE}),
}
"""The table. A supervisor who is to read chats as well holds the role of a reviewer besides, and is seen to."""

FIRST: Final = (Role.REVIEWER, Role.SUPERVISOR, Role.ADMIN)
"""What the first officer of a new desk holds: enough to take in, to read, and to give roles to others."""

AS_BEFORE: Final = (Role.REVIEWER,)
"""What officers hold who were at a desk before there were roles: what everybody could do then, and breaking glass."""
