"""What the rules point to in conversations of the evaluation, and how that compares with the labels.

    looked_at(conversations, words)      by conversation, its indicators
    Judged.of(…)                         counts by rule: must point, does; points, rightly

A label asks for a rule (and a kind) at a line; ``!`` says that it may not point there. In a planted conversation every
line is labelled for every rule, so that what points there without a label is wrong too, but for STRUCTURE: rules that
point in every conversation whatever is said in it, and are asked about in pairs alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from conversations import Conversation, Said
from measured_times import instant
from safehand.analysis.indicators.catalogue import rule_of
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.lists import WordClass, WordList, load_words
from safehand.analysis.indicators.rule import Points
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.indicators.timing import CONTACT_INITIATED, RE_ENGAGEMENT
from safehand.analysis.indicators.topics import TOPIC_FIRST
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.message import Attachment, Kind, MediaState, Message
from safehand.model.span import Span
from shares import Share

STRUCTURE: Final = frozenset({CONTACT_INITIATED.id, RE_ENGAGEMENT.id, TOPIC_FIRST.id})
"""Who wrote first and who raised a topic first: true of every conversation."""

TOKENS: Final = {
    WordClass.ACT: {"[sexual-remark]", "[sexual-question]"},
    WordClass.BODY: {"[body-word]"},
    WordClass.PROFANITY: {"[swear-word]"},
    WordClass.IMAGE_REQUEST: {"[image-request]"},
    WordClass.THREAT: {"[threat-remark]"},
    WordClass.SELF_HARM: {"[self-harm-remark]"},
    WordClass.COMPLIMENT: {"[compliment]"},
}
"""What stands in the conversations where a rule needs a message that is written nowhere."""

_PICTURE: Final = ("<photo>", "<video>")


def live_words() -> WordList:
    """The list that was built (WordListMissing where it is not), with the tokens beside its own words."""
    built = load_words()
    return WordList(built.name, {kind: built.of(kind) | frozenset(TOKENS.get(kind, ())) for kind in WordClass})


def looked_at(conversations: Iterable[Conversation], words: WordList) -> dict[str, tuple[Indicator, ...]]:
    """The indicators of each conversation, by its id."""
    watch = IndicatorWatch(words, times_read)
    found: dict[str, tuple[Indicator, ...]] = {}
    for one in conversations:
        for _ in watch.watched(_events(one)):
            pass
        found[one.id] = watch.take().indicators
    return found


def _events(one: Conversation) -> Iterator[Event]:
    yield ConversationOpened(one.id, "whatsapp", "whatsapp/android-txt", None, ConversationKind.DIRECT, ("chat.txt",))
    for number, line in enumerate(one.lines, 1):
        yield _message(number, line)
    yield ConversationClosed(one.id, len(one.lines), ())


def _message(number: int, line: Said) -> Message:
    picture = line.text.startswith(_PICTURE)
    text = line.text[len(_PICTURE[0]) :].strip() if picture else line.text
    return Message(
        number,
        Kind.MEDIA if picture else Kind.TEXT,
        line.by,
        text or None,
        instant(line.at),
        Span("chat.txt", number, number + 1),
        attachments=(Attachment(MediaState.OMITTED, type="photo"),) if picture else (),
    )


def points_of(one: Indicator) -> Points:
    """Which way an indicator can be read."""
    return rule_of(one.rule).kind(one.kind).points


def tells(one: Indicator) -> bool:
    """Whether it is counted: what is context alone is not, unless its rule has nothing else."""
    return points_of(one) is not Points.CONTEXT or all(
        kind.points is Points.CONTEXT for kind in rule_of(one.rule).kinds
    )


def label_points(rule: str, kind: str) -> Points:
    """Which way a label's indicator can be read; of a rule without a kind, the way of its first kind."""
    kinds = rule_of(rule).kinds
    return rule_of(rule).kind(kind).points if kind else kinds[0].points


@dataclass(slots=True)
class Judged:
    """Counts by rule. ``by_points``: of each label, whether it was found, by the way it points."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    by_points: dict[Points, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_writers: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """Labels of planted conversations alone, by how they are written."""
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def recall(self, rule: str) -> Share:
        """Of the labels that ask for the rule, those where it points."""
        return Share(self.found[rule], self.wanted[rule])

    def precision(self, rule: str) -> Share:
        """Of where it points and was asked about, those where it must."""
        return Share(self.found[rule], self.found[rule] + self.wrong[rule])

    def pointing(self, points: Points) -> Share:
        """Recall of all labels that point one way."""
        return Share(sum(self.by_points[points]), len(self.by_points[points]))

    def written_in(self, group: str) -> Share:
        """Recall of all labels of the planted conversations of a group."""
        return Share(sum(self.by_writers[group]), len(self.by_writers[group]))

    def all_found(self) -> Share:
        """Recall of all labels together."""
        return Share(self.found.total(), self.wanted.total())

    def judge(self, one: Conversation, indicators: tuple[Indicator, ...], *, whole: bool) -> None:
        """Takes one conversation in. ``whole``: every line of it is labelled."""
        at: dict[int, list[Indicator]] = defaultdict(list)
        for indicator in indicators:
            at[indicator.numbers[-1]].append(indicator)
        for number, line in enumerate(one.lines, 1):
            before = len(self.missed)
            self._line(f"{one.id}:{number}", line, at[number], whole=whole)
            if whole:
                wanted, missed = sum(label.wanted for label in line.labels), len(self.missed) - before
                self.by_writers[one.writers].extend([True] * (wanted - missed) + [False] * missed)

    def _line(self, place: str, line: Said, here: list[Indicator], *, whole: bool) -> None:
        asked = set()
        for label in line.labels:
            there = [i for i in here if i.rule == label.rule and (i.kind == label.kind if label.kind else tells(i))]
            told = f"{place} {label.rule} {label.kind}".rstrip()
            asked.add(label.rule)
            if label.wanted:
                self.wanted[label.rule] += 1
                self.found[label.rule] += bool(there)
                self.by_points[label_points(label.rule, label.kind)].append(bool(there))
                if not there:
                    self.missed.append(told)
            elif there:
                self.wrong[label.rule] += 1
                self.false.append(told)
        if whole:
            for rule in dict.fromkeys(i.rule for i in here if tells(i) and i.rule not in asked | _NOT_LABELLED):
                self.wrong[rule] += 1
                self.false.append(f"{place} {rule}")


_NOT_LABELLED: Final = STRUCTURE | {"contact_share", "relationship_talk", "record_integrity"}
"""Rules of which planted conversations carry no labels where nothing hangs on them."""
