"""The figures of a conversation by side: what was counted as the case file was built, what rules and people point to.

Nothing is added up across rules, and what no rule found is "no candidate found", never "not present".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from safehand.analysis.gap import GapKind
from safehand.analysis.indicators.catalogue import rule_of
from safehand.casefile.candidates import counts_of, firsts, has_word_list, looked_at_of
from safehand.casefile.conduct import conduct_of, places_of
from safehand.casefile.read import CaseFile
from safehand.casefile.whole import gap_counts
from safehand.desk.cases.models import Case
from safehand.desk.conduct.models import RecordedAs
from safehand.desk.conduct.shown import Candidate, KindCount, Next, Panel, Raised, SideSeen, TopicSeen
from safehand.desk.conduct.tables import Ran
from safehand.desk.review.models import Citation
from safehand.desk.review.tags import TAGS, Tag

MOST_SIDES: Final = 6
"""Columns of a table: those that are recorded as something come first, then whoever wrote most."""

PLACES: Final = 5
"""Candidates of one kind that are listed with what came next. All are counted; the reader has the others."""


UNSEEN: Final = frozenset({RecordedAs.CHILD, RecordedAs.CHILD_THEN_CITIZEN})
"""Accounts without a column: a child typed there, and of the second kind nobody here knows which messages."""


def _every(rule: str) -> tuple[str, tuple[str, ...]]:
    return rule, tuple(kind.code for kind in rule_of(rule).kinds)


BY_RULES: Final = {
    "age": (_every("age_stated"),),
    "leading": (("topic_first", ("leading",)),),
    "episodes": (_every("sexual_episode"),),
    "drew_back": (
        ("withdrawal", ("withdraws",)),
        ("age_reply", ("withdraws",)),
        ("meeting_outcome", ("refused", "cancelled")),
    ),
    "pressed": (("withdrawal", ("pursued",)), _every("pressure_after_refusal")),
}
"""Figures that rest on rules: of each rule the kinds that are counted, by the account that wrote what they point to."""

_WHERE_IT_BEGAN: Final = frozenset({"episodes"})
"""Of these the first message of an indicator is told: the last may be the other side's answer."""

_BEGINS: Final = (GapKind.OPENS_WITH_REPLY, GapKind.AT_CAP, GapKind.CUT_SHORT, GapKind.PART_MISSING)
"""Gaps that leave open how the conversation began."""

_LEFT_OUT: Final = frozenset({"restart"})
"""Tags that stand in no row of topics: who wrote again is counted."""


def panel_of(
    casefile: CaseFile,
    case: Case,
    conversation: int,
    recorded_as: Mapping[str, RecordedAs | None],
    ran: frozenset[Ran],
) -> Panel:
    """Both sides of ``conversation``; accounts that are a real child's, or were at first, have no column."""
    did = {one.letter: one.conduct for one in conduct_of(casefile, conversation)}
    shown = [letter for letter, kind in recorded_as.items() if kind not in UNSEEN]
    shown.sort(key=lambda letter: (recorded_as[letter] is None, -(did[letter].messages if letter in did else 0)))
    letters = sorted(shown[:MOST_SIDES], key=list(recorded_as).index)
    counts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for one in counts_of(casefile, conversation):
        counts[one.letter or ""][one.rule, one.kind] = one.count
    sides = tuple(
        SideSeen(
            letter,
            recorded_as[letter],
            did.get(letter),
            {code: _kinds(casefile, conversation, letter, counts[letter], code) for code in BY_RULES},
        )
        for letter in letters
    )
    return Panel(
        ran=ran,
        sides=sides,
        more_sides=len(shown) - len(letters),
        child_then_citizen=RecordedAs.CHILD_THEN_CITIZEN in recorded_as.values(),
        topics=tuple(_topics(casefile, case, conversation, letters)),
        looked=looked_at_of(casefile, conversation),
        words_looked_for=has_word_list(casefile),
        begins_in_doubt=sum(
            one.count for one in gap_counts(casefile) if one.conversation == conversation and one.kind in _BEGINS
        ),
    )


def _kinds(
    casefile: CaseFile,
    conversation: int,
    letter: str,
    counts: Counter[tuple[str, str]],
    figure: str,
) -> tuple[KindCount, ...]:
    told = 0 if figure in _WHERE_IT_BEGAN else -1
    return tuple(
        KindCount(
            rule_of(rule).kind(kind).says,
            counts[rule, kind],
            tuple(
                _candidate(casefile, conversation, numbers[told])
                for numbers in places_of(casefile, conversation, letter, rule, kind, PLACES)
            ),
        )
        for rule, kinds in BY_RULES[figure]
        for kind in kinds
        if counts[rule, kind]
    )


def _candidate(casefile: CaseFile, conversation: int, number: int) -> Candidate:
    after = casefile.page(conversation, number + 1, 1)
    return Candidate(number, Next(after[0].number, after[0].letter, after[0].gap) if after else None)


def _topics(casefile: CaseFile, case: Case, conversation: int, letters: list[str]) -> list[TopicSeen]:
    tagged: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    cited = Citation.objects.standing().filter(case=case, conversation=conversation).order_by("number")
    for tag, letter, number in cited.values_list("tag", "letter", "number"):
        tagged[tag][letter].append(number)
    return [_topic(casefile, conversation, tag, letters, tagged[tag.code]) for tag in TAGS if tag.code not in _LEFT_OUT]


def _topic(
    casefile: CaseFile, conversation: int, tag: Tag, letters: list[str], tagged: Mapping[str, list[int]]
) -> TopicSeen:
    offered = firsts(casefile, conversation, tag.kinds)
    return TopicSeen(
        tag,
        {
            letter: Raised(
                tagged[letter][0] if tagged.get(letter) else None, len(tagged.get(letter, ())), offered.get(letter)
            )
            for letter in letters
        },
        {letter: numbers[0] for letter, numbers in tagged.items() if letter not in letters and numbers},
        {letter or "": number for letter, number in offered.items() if letter not in letters},
    )
