"""Every figure of conduct in words: what is counted, how, and where it is known to mislead. Nothing says what it means.

FORMULAS["reopened"].title      "Wrote again without an answer"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.analysis.conduct.sides import BREAK, LONG_RUN, SILENCES, USUAL


@dataclass(frozen=True, slots=True)
class Formula:
    """``counted``: how the figure comes about. ``misleads``: what makes it say less than it seems to."""

    title: str
    counted: str
    misleads: str


_USUAL_HOURS: Final = SILENCES[USUAL]
_CUTS: Final = f"{SILENCES[0]} hour, {SILENCES[1]} hours and {SILENCES[2]} hours"

FORMULAS: Final = {
    "first": Formula(
        "Who acted first",
        "The account of the first message, call or reaction of the conversation as it is here, and each "
        "account’s own first.",
        "The record may begin in the middle, and they may have met elsewhere before it.",
    ),
    "messages": Formula(
        "How much each wrote",
        "Messages that the account wrote, deleted ones too; their words, cut at spaces; messages that hold a "
        "question mark; calls apart.",
        "What was said by voice or picture has no words to count.",
    ),
    "opened": Formula(
        "Began again after a silence",
        f"Messages, calls or reactions before which nobody had done anything for {_CUTS} or longer. The very "
        "first is not counted.",
        "Whoever keeps later hours begins more often. They may have talked elsewhere in between.",
    ),
    "reopened": Formula(
        "Wrote again without an answer",
        "Of those, the ones where the last to do anything before the silence was the same account.",
        "A deleted message of the other side, or an answer elsewhere, is not seen. A birthday wish counts as well.",
    ),
    "runs": Formula(
        "Messages in a row",
        "The most messages in a row with no message, call or reaction of another account between; and how many "
        f"such runs have {LONG_RUN} messages or more.",
        "Some people send one thought in five messages.",
    ),
    "answers": Formula(
        "Time to answer",
        f"How often the account wrote next after another account, within {_USUAL_HOURS} hours, and the middle "
        "one of those times (the lower of two).",
        "No finer than the source’s own clock: where it gives minutes, an answer within the minute is 0 seconds.",
    ),
    "age": Formula(
        "Stated an age",
        "Messages of the account to which the rule of stated ages points: candidates, each with who wrote next.",
        "An age in a profile, in a picture or in other words is not seen. It may be somebody else’s age.",
    ),
    "leading": Formula(
        "Asked first",
        "Messages of the account that were the first of the conversation on a topic and hold a question: a sexual "
        "topic, pictures, a meeting, gifts, who is at home. One for each topic at most.",
        "It rests on the rules of the topics, and a topic may have been raised before the record begins.",
    ),
    "episodes": Formula(
        "Came to a sexual topic",
        "Messages of the account that came to the topic for the first time, or again after 20 messages without it, "
        "and whether the other side took it up, left it or refused.",
        "It rests on a list of words: other words are not seen, and banter is.",
    ),
    "drew_back": Formula(
        "May have drawn back",
        "Messages of the account to which the rules of drawing back or of refusing point: candidates, of which "
        "a person has to read each.",
        "Leaving for dinner looks the same. Rules miss what is said in other words.",
    ),
    "pressed": Formula(
        "Went on after the other may have drawn back",
        "Messages of the account to which the rules of pressing on point, within a few messages of a candidate "
        "of the other side’s drawing back or refusing.",
        "It rests on two candidates, and either may be none.",
    ),
    "hours": Formula(
        "Hours of the day",
        "The shortest stretch of whole hours that holds nine in ten of the account’s messages, where it wrote "
        "20 or more.",
        "Hours are those of the clock that is shown. They say nothing of who typed.",
    ),
    "stretches": Formula(
        "Stretches and breaks",
        f"Writing of the account that no break of {BREAK // 86_400} days or longer cuts, each with its own hours"
        " of the day.",
        "A change of hours between two stretches has many reasons: holidays, a new school year, another person.",
    ),
    "times": Formula(
        "How sure the times are",
        "Messages whose moment is known; that give only a reading of a clock whose zone is not stated; whose "
        "day can be read in two ways; that give no time. A silence is told only between two of the first or two"
        " of the second kind.",
        "Where few times can be compared, the figures above rest on few.",
    ),
}
"""By code, in the order in which they are shown."""
