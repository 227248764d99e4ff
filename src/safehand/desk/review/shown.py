"""What the actions of review give: frozen values, made after their custody entry was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from safehand.analysis.indicators.rule import Kind, Rule
from safehand.analysis.indicators.tally import Looked, Tally
from safehand.analysis.overlap import Row
from safehand.casefile.activity import Activity
from safehand.casefile.indicators import StoredIndicator
from safehand.casefile.search import Hits
from safehand.casefile.talked import HourCount, Reading, Silence, Spoken, TenCount, TurnCount, Unit, UnitCount, When
from safehand.casefile.timeline import ClockCount, TimePage
from safehand.casefile.views import (
    CaseConversation,
    CaseParticipant,
    DayPage,
    Line,
    StoredFile,
)
from safehand.casefile.whole import GapCount, StoredGap, StoredOverlap
from safehand.desk.cases.evidence import AccountRow, Step, account_rows, steps_of
from safehand.desk.cases.models import Case, Package
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.review.filter import Filtered
from safehand.desk.review.tags import Tag
from safehand.model.attachment import Registered
from safehand.sources.contract import CaptureNote


@dataclass(frozen=True, slots=True)
class ConversationList:
    """Every conversation of a case. ``participants`` are those of all of them."""

    case: Case
    conversations: tuple[CaseConversation, ...]
    participants: tuple[CaseParticipant, ...]
    files: tuple[StoredFile, ...]
    words_looked_for: bool
    """Whether there was a list of words for the rules that rest on one."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What rules point to on one page of messages, by the officer's choice of sorts."""

    choice: str
    looked: Looked | None
    """How much of the whole conversation was looked at; None where no rule was asked."""
    found: tuple[StoredIndicator, ...] = ()
    passages: tuple[StoredIndicator, ...] = ()
    """Passages that are not analysed and reach into this page."""
    before: int | None = None
    """The nearest message before this page at which one points, and the nearest after it; with a filter, that fits."""
    after: int | None = None
    hard: Mapping[int, str] = field(default_factory=dict)
    """Of the messages of this page, whichever are marked, those that are hard to read, each with the word for why."""
    alone: bool = False
    """Others stand between the messages of this page, and are not looked at here."""
    not_marked: tuple[str, ...] = ()
    """Rules that pointed to more than are listed, so that what they see on this page may be marked no more."""


NOT_ASKED: Final = Candidates("", None)


@dataclass(frozen=True, slots=True)
class KindSeen:
    """One kind of a rule in one conversation, by the letters of the accounts that wrote what it points at."""

    kind: Kind
    counts: tuple[tuple[str | None, int], ...]
    firsts: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """One rule in one conversation. ``cut``: more than are listed."""

    rule: Rule
    tally: Tally
    kinds: tuple[KindSeen, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class RulesShown:
    """Every rule of the catalogue in one conversation; none where no rule was asked."""

    case: Case
    conversation: CaseConversation
    looked: Looked | None
    rules: tuple[RuleSeen, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation that stands. ``still_there``: the message is read from the bytes that were cited."""

    id: int
    number: int
    tag: str
    points: str
    note: str
    by: str
    at: datetime
    still_there: bool


@dataclass(frozen=True, slots=True)
class FirstMention:
    """The first message on a tag: tagged by a person, or else only offered by a rule."""

    tag: Tag
    number: int
    tagged: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation that stands, for the first-mention table. ``line`` is None where no message has its number now."""

    tag: str
    points: str
    number: int
    letter: str
    line: Line | None
    still_there: bool
    by: str


@dataclass(frozen=True, slots=True)
class TagSeen:
    """One tag in one conversation: what people tagged, in its order, and the first candidate of each account."""

    tag: Tag
    cited: tuple[Mention, ...]
    offered: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every tag in one conversation. ``conversations`` are the numbers of all of the case."""

    case: Case
    conversation: CaseConversation
    conversations: tuple[int, ...]
    letters: tuple[str, ...]
    looked: Looked | None
    rows: tuple[TagSeen, ...]
    has_words: bool
    """Whether the list of words was here that some rules rest on."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of whole days; ``days`` is None where the conversation holds no message."""

    case: Case
    conversation: CaseConversation
    days: DayPage | None
    activity: Activity | None
    """Its days; None where no message has one."""
    participants: tuple[CaseParticipant, ...]
    line_numbers: Mapping[int, int]
    """On which line of its source file each message begins, by message number, where that is known."""
    candidates: Candidates = NOT_ASKED
    citations: tuple[Cited, ...] = ()
    """Those that stand, of the messages of this page."""
    firsts: tuple[FirstMention, ...] = ()
    covered: Mapping[int, str] = field(default_factory=dict)
    """Messages that are covered until asked for, each with the word for why."""
    others: bool = False
    """Whether the case has other conversations."""
    cited_days: tuple[tuple[int, date], ...] = ()
    """Every message of the conversation that somebody cited, with its day."""
    pointed_bars: tuple[tuple[int, int], ...] = ()
    """Bars of the strip (from 0) in which something is marked, each with the first such message."""
    filtered: Filtered | None = None
    """What was asked for alone, where not all messages are shown."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found. ``covered``, by conversation and number: hits that are covered until asked for."""

    hits: Hits
    covered: Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class FirstOf:
    """One tag: what people tagged, as (letter, which way, message), and what rules offer first of each account."""

    tag: Tag
    tagged: tuple[tuple[str, str, int], ...]
    offered: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Talked:
    """When they talked: sums of one conversation. No message and no name."""

    case: Case
    conversation: CaseConversation
    reading: Reading
    spoken: Spoken
    letters: tuple[str | None, ...]
    """Who has sums of their own, in order; None stands for the others together."""
    span: tuple[date, date] | None
    """The first day and the last; None where no message has one."""
    unit: Unit
    hours: tuple[HourCount, ...] = ()
    days: tuple[UnitCount, ...] = ()
    starts: tuple[UnitCount, ...] = ()
    turns: tuple[TurnCount, ...] = ()
    silences: tuple[Silence, ...] = ()
    window: tuple[date, date] | None = None
    """The first and the last day of the cadence."""
    tens: tuple[TenCount, ...] = ()
    """Those of the window."""
    looked: bool = False
    """Whether rules were asked."""
    has_words: bool = False
    """Whether the list of words was here that some of them rest on."""
    firsts: tuple[FirstOf, ...] = ()
    whens: Mapping[int, When] = field(default_factory=dict)
    """When each first mention was sent, by its number."""
    gap_days: tuple[date, ...] = ()
    """Days on which the record may not be whole."""
    others: bool = False
    """Whether the case has other conversations."""


@dataclass(frozen=True, slots=True)
class WholeShown:
    """Where the record may not be whole, a page of it; and which conversations are one in two exports."""

    case: Case
    counts: tuple[GapCount, ...]
    gaps: tuple[StoredGap, ...]
    """Those on this page."""
    more: bool
    overlaps: tuple[StoredOverlap, ...]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A page of the time line of a case. What is about its messages is by conversation and number."""

    case: Case
    page: TimePage
    counts: tuple[ClockCount, ...]
    """All messages of the case, by conversation and clock."""
    pointed: Mapping[tuple[int, int], tuple[StoredIndicator, ...]]
    cited: frozenset[tuple[int, int]]
    covered: Mapping[tuple[int, int], str]
    """Messages that are covered until asked for, each with the word for why."""
    asked: tuple[int, int] | None = None
    """The message that was asked for: conversation and number."""
    missing: bool = False
    """It has no place on a line: its time cannot be read, or may be read as two days."""
    activity: Activity | None = None
    """The days of the line; None where no message stands on it."""
    cited_days: tuple[tuple[int, date], ...] = ()
    """Every message of the line that somebody cited: its day, counted from 1970, and as a date."""


@dataclass(frozen=True, slots=True)
class Side:
    """A stretch of two sides with the messages that are shown of it: of A, and of B."""

    position: int
    row: Row
    a: tuple[Line, ...]
    b: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """A page of two exports beside each other."""

    case: Case
    overlap: StoredOverlap
    a: CaseConversation
    b: CaseConversation
    sides: tuple[Side, ...]
    more: bool
    participants: tuple[CaseParticipant, ...]
    """Those of both."""
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """By conversation and number: messages that are covered until asked for."""


@dataclass(frozen=True, slots=True)
class Original:
    """A message and its bytes. ``cited`` may be cut; ``start`` and ``end`` are the whole."""

    case: Case
    conversation: CaseConversation
    line: Line
    file: StoredFile
    start: int
    end: int
    before: bytes
    cited: bytes
    after: bytes
    head: bytes
    """The first bytes of the file: a UTF-16 file says so there."""
    line_number: int | None
    """Which line of the file the cited bytes begin on, from 1; None where lines are not counted (UTF-16)."""
    about: tuple[Line, ...]
    """The message with a few before and after it."""
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class ListedFiles:
    """Files that were listed and never opened: those that stand after number ``after`` of ``total``."""

    files: tuple[Registered, ...]
    after: int
    total: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was verified and what every byte is."""

    case: Case
    package: Package
    steps: tuple[Step, ...]
    account: tuple[AccountRow, ...]
    register: tuple[Registered, ...]
    """Files that were listed and never opened."""
    notes: tuple[CaptureNote, ...] = ()
    """What is worth saying about how the files came: an archive that was damaged."""
    read_as_now: bool = True
    """Whether the version that runs is the one that read it."""

    @classmethod
    def of(
        cls,
        case: Case,
        package: Package,
        register: tuple[Registered, ...],
        notes: tuple[CaptureNote, ...],
        *,
        read_as_now: bool,
    ) -> Evidence:
        """From what the worker stored."""
        return cls(case, package, steps_of(package), account_rows(package), register, notes, read_as_now)


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One custody entry, for reading."""

    sequence: int
    at: datetime
    actor: str
    act: str
    verb: Verb
    case: str
    """Empty for what belongs to none."""
    record: str
    reason: Purpose | None
    sha256: str
    canonical: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of the log. ``more`` is what to give as ``before`` for older entries."""

    purpose: Purpose
    entries: tuple[SeenRow, ...]
    more: int | None
