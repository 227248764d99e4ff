"""Topics: who raised each first. Rule 28. It knows no roles: it says which account, and people say who that is.

B: got any pics?          topic_first  image     and, since nobody had spoken of it, leading
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.age import AGE_QUESTION, AGE_STATED
from safehand.analysis.indicators.contact import PLATFORM_MOVE
from safehand.analysis.indicators.image import IMAGE_REQUEST
from safehand.analysis.indicators.inducement import INDUCEMENT
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.meeting_rules import MEETING_PROPOSAL
from safehand.analysis.indicators.rule import Found, Kind, Points, Rule
from safehand.analysis.indicators.secrecy import SECRECY, SUPERVISION_CHECK
from safehand.analysis.indicators.sexual import SEXUAL_FIRST

TOPICS: Final = {
    SEXUAL_FIRST.id: "sexual",
    IMAGE_REQUEST.id: "image",
    MEETING_PROPOSAL.id: "meeting",
    INDUCEMENT.id: "gift",
    SUPERVISION_CHECK.id: "supervision",
    SECRECY.id: "secrecy",
    PLATFORM_MOVE.id: "platform",
    AGE_STATED.id: "age",
    AGE_QUESTION.id: "age",
}
"""The topic that each rule's indicators are of."""

_ASKED_FOR: Final = frozenset({"sexual", "image", "meeting", "gift", "supervision"})
"""Topics of which the first question may lead."""

TOPIC_FIRST: Final = Rule(
    "topic_first",
    title="Who raised a topic first",
    number=28,
    version=3,
    towards="Whoever raised a topic first brought it into the conversation, which may be either side.",
    away="A real child may raise anything, and that is nobody's fault; a topic may have been raised before the "
    "record begins.",
    why="Who raised what first is asked by every review of fairness (R v Looseley; R v TL), in both directions.",
    false_alarms=("all that sets off the rule of the topic", "a record that begins in the middle"),
    kinds=(
        *(
            Kind(topic, Points.BOTH, f"is the first of the conversation on a topic: {topic}")
            for topic in dict.fromkeys(TOPICS.values())
        ),
        Kind("leading", Points.BOTH, "asks about a topic that the other side had not spoken of"),
    ),
)


def topics_in(line: Line) -> Iterator[tuple[str, Found]]:
    """Topics of a message, each with what it rests on, in the order of the catalogue."""
    for found in line.found:
        topic = TOPICS.get(found.rule.id)
        if topic is not None and found.kind != "parting":
            yield topic, found


class FirstOfTopics:
    """Who raised each topic first, and the first question of each side about one that the other had not raised."""

    wakes = frozenset(TOPICS)
    waiting = False

    def __init__(self) -> None:
        self._raised: dict[str, str | None] = {}
        self._led: set[str] = set()

    def look(self, line: Line) -> Iterable[Found]:
        """The next message in which something was found."""
        return tuple(self._firsts(line)) if len(self._raised) < len(TOPICS) else ()

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _firsts(self, line: Line) -> Iterator[Found]:
        for topic, found in topics_in(line):
            if topic in self._raised:
                continue
            self._raised[topic] = line.by
            yield Found(TOPIC_FIRST, topic, (line.number,), found.words, line.by)
            if topic in _ASKED_FOR and "?" in line.text and topic not in self._led:
                self._led.add(topic)
                yield Found(TOPIC_FIRST, "leading", (line.number,), found.words, line.by)
