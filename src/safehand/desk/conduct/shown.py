"""What the verbs of a conduct review give to be shown: frozen values, made after their custody entry was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from safehand.analysis.conduct.sides import SideConduct
from safehand.analysis.indicators.tally import Looked
from safehand.casefile.views import CaseConversation
from safehand.casefile.whole import GapCount
from safehand.desk.cases.declarations import Declared
from safehand.desk.cases.models import Case
from safehand.desk.conduct.checklist_table import Checklist, Item
from safehand.desk.conduct.models import Answered, RecordedAs, RestsOn, Stage
from safehand.desk.conduct.periods import AlongSeen
from safehand.desk.conduct.tables import Ran
from safehand.desk.review.tags import Tag


@dataclass(frozen=True, slots=True)
class RecordSeen:
    """What an account is recorded as, or was."""

    recorded_as: RecordedAs
    reason: str
    by: str
    at: datetime
    declared: int | None
    """Which account of the holder's statement it is said to be."""


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account, what it is recorded as (None: nobody has), and what it was before, the newest first.

    ``still_it``: the letter is that of the account that was recorded.
    """

    letter: str
    record: RecordSeen | None
    earlier: tuple[RecordSeen, ...]
    still_it: bool
    here: bool
    """Whether it did anything, or takes part, in the conversation that is shown."""


@dataclass(frozen=True, slots=True)
class Next:
    """The act after a candidate: message ``number`` by ``letter``, ``gap`` seconds later; None where not known."""

    number: int
    letter: str | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message of one side to which a rule points, and what came next."""

    number: int
    next: Next | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often a rule saw a kind in what one side wrote; the first few of them."""

    says: str
    count: int
    places: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """What people tagged, and what rules offer, of one tag in what one side wrote."""

    tagged_first: int | None
    tagged: int
    offered_first: int | None


@dataclass(frozen=True, slots=True)
class TopicSeen:
    """One tag, by the letter of each side."""

    tag: Tag
    sides: Mapping[str, Raised]
    tagged_elsewhere: Mapping[str, int]
    """The first that people tagged of each account that has no column, by letter; "" is the platform."""
    offered_elsewhere: Mapping[str, int]
    """The same of what rules offer."""


@dataclass(frozen=True, slots=True)
class SideSeen:
    """One side of the conversation. ``conduct`` is None where it did nothing."""

    letter: str
    recorded_as: RecordedAs | None
    conduct: SideConduct | None
    found: Mapping[str, tuple[KindCount, ...]]
    """What rules point to, by the code of the figure."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures of both sides, shown where an account is recorded as a decoy."""

    ran: frozenset[Ran]
    sides: tuple[SideSeen, ...]
    more_sides: int
    """Accounts that are not among them: a group has many."""
    child_then_citizen: bool
    """An account that was a real child's at first is here, and has no column."""
    topics: tuple[TopicSeen, ...]
    looked: Looked | None
    words_looked_for: bool
    """Whether there was a list of words for the rules that rest on one."""
    begins_in_doubt: int
    """Gaps that say the conversation may have begun before this record does."""


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One step of the review, with its words."""

    id: int
    stage: Stage
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConductShown:
    """The whole page. ``panel`` is None where it is not shown; ``child_here``: a real child's account is here;
    ``child_then_citizen``: one that was a real child's at first.
    """

    case: Case
    conversation: CaseConversation
    conversations: tuple[int, ...]
    accounts: tuple[AccountSeen, ...]
    ran: frozenset[Ran]
    """Who ran a decoy account anywhere in the case, as officers recorded it."""
    panel: Panel | None
    child_here: bool
    child_then_citizen: bool
    declared: tuple[Declared, ...]
    declared_accounts: tuple[int, ...]
    """Accounts of which the statement says who typed when."""
    along: tuple[AlongSeen, ...]
    """Their periods, along the messages of this conversation; of a real child's account there is none."""
    steps: tuple[StepSeen, ...]
    recorded_since: bool
    """An account was recorded otherwise after the newest step was written."""
    stands: str
    may: tuple[Stage, ...]
    """What the officer who looks may write next."""
    may_record: bool


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """An officer's answer to an item, with what it rests on: None is nothing. ``message``: conversation and number;
    ``named``: the place of a file in the package, or the reference of an exhibit.
    """

    answered: Answered
    words: str
    by: str
    at: datetime
    on: RestsOn | None
    message: tuple[int, int] | None
    named: str
    still_there: bool


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """One item: what the holder declared of it, the answer that stands, and those before it, the newest first."""

    item: Item
    declared: tuple[Declared, ...]
    answer: AnswerSeen | None
    earlier: tuple[AnswerSeen, ...]


@dataclass(frozen=True, slots=True)
class ChecklistShown:
    """The whole checklist, and how many places say that the record may not be whole."""

    case: Case
    table: Checklist
    items: tuple[ItemSeen, ...]
    gaps: tuple[GapCount, ...]
    may_answer: bool
