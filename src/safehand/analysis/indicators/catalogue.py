"""The catalogue: every rule there is, in one table, in the order of their numbers.

    CATALOGUE                     every Rule, by number
    rule_of("age_stated")         one of them, by its id
    word_rules(words)             those that need one message alone, made ready with a word list (asked.py)

Numbers up to 30 are those of analysis.md section 6. Nothing is registered by being imported: a family that is not in
these tables does not exist.
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.indicators import (
    age,
    age_gap,
    age_thread,
    contact,
    danger,
    drawing_back,
    fantasy,
    hesitation,
    image,
    inducement,
    meeting,
    meeting_thread,
    secrecy,
    sexual,
    spellings,
    vulnerability,
    withdrawal,
)
from safehand.analysis.indicators.age import AGE_QUESTION, AGE_STATED
from safehand.analysis.indicators.age_gap import AGE_GAP, SCHOOL_STAGE
from safehand.analysis.indicators.age_thread import AGE_CONFLICT, AGE_REPLY, BareAnswers, Conflicts, Replies
from safehand.analysis.indicators.contact import CONTACT_SHARE, PLATFORM_MOVE
from safehand.analysis.indicators.danger import THREAT
from safehand.analysis.indicators.fantasy import FANTASY
from safehand.analysis.indicators.hesitation import HESITATION, Wavering
from safehand.analysis.indicators.image import IMAGE_REQUEST, IMAGE_SENT, PicturesSent
from safehand.analysis.indicators.inducement import INDUCEMENT, RELATIONSHIP_TALK
from safehand.analysis.indicators.language import RECORD_INTEGRITY
from safehand.analysis.indicators.lists import WordList
from safehand.analysis.indicators.meeting_rules import (
    EN_ROUTE,
    MEETING_OUTCOME,
    MEETING_PLACE,
    MEETING_PROPOSAL,
    MEETING_TIME,
    TRAVEL_LOGISTICS,
)
from safehand.analysis.indicators.meeting_thread import Outcomes
from safehand.analysis.indicators.meeting_times import TimesIn, TimesNear
from safehand.analysis.indicators.pressure import PRESSURE_AFTER_REFUSAL, Pressure
from safehand.analysis.indicators.rule import Points, Rule
from safehand.analysis.indicators.secrecy import DETECTION_RISK, SECRECY, SUPERVISION_CHECK
from safehand.analysis.indicators.sexual import SEXUAL_EPISODE, SEXUAL_FIRST, Episodes, FirstWords
from safehand.analysis.indicators.sorts import ThreadRule, WordRule
from safehand.analysis.indicators.timing import CONTACT_INITIATED, RE_ENGAGEMENT
from safehand.analysis.indicators.topics import TOPIC_FIRST, FirstOfTopics
from safehand.analysis.indicators.vulnerability import VULNERABILITY
from safehand.analysis.indicators.withdrawal import WITHDRAWAL, Farewells, Pursuits

CATALOGUE: Final[tuple[Rule, ...]] = (
    AGE_STATED,
    AGE_QUESTION,
    SCHOOL_STAGE,
    AGE_REPLY,
    AGE_GAP,
    AGE_CONFLICT,
    SEXUAL_FIRST,
    SEXUAL_EPISODE,
    IMAGE_REQUEST,
    IMAGE_SENT,
    MEETING_PROPOSAL,
    MEETING_TIME,
    MEETING_PLACE,
    TRAVEL_LOGISTICS,
    EN_ROUTE,
    MEETING_OUTCOME,
    CONTACT_SHARE,
    SECRECY,
    PLATFORM_MOVE,
    SUPERVISION_CHECK,
    INDUCEMENT,
    RELATIONSHIP_TALK,
    PRESSURE_AFTER_REFUSAL,
    THREAT,
    DETECTION_RISK,
    CONTACT_INITIATED,
    RE_ENGAGEMENT,
    TOPIC_FIRST,
    WITHDRAWAL,
    RECORD_INTEGRITY,
    FANTASY,
    HESITATION,
    VULNERABILITY,
)

NEED_WORDS: Final = frozenset({SEXUAL_FIRST.id, SEXUAL_EPISODE.id})
"""Rules that find nothing without a word list, and say so."""

CONTEXT: Final = frozenset(
    (rule.id, kind.code) for rule in CATALOGUE for kind in rule.kinds if kind.points is Points.CONTEXT
)
"""What is context alone brings no other rule to look near it: nobody meets who says "see you tomorrow"."""

VERSIONS: Final = " ".join((*(f"{rule.id}/{rule.version}" for rule in CATALOGUE), f"spellings/{spellings.VERSION}"))
"""Every rule with its version, and the table of spellings: kept beside what was found, so that whoever reads it knows
by which rules."""

_BY_ID: Final = {rule.id: rule for rule in CATALOGUE}


def thread_rules(times: TimesIn) -> tuple[ThreadRule, ...]:
    """The rules that remember, new for one conversation. A later one sees what an earlier one found in a message."""
    return (
        BareAnswers(),
        FirstWords(),
        Replies(),
        Conflicts(),
        Episodes(),
        PicturesSent(),
        TimesNear(times),
        Outcomes(),
        Pressure(),
        Farewells(),
        Pursuits(),
        Wavering(),
        FirstOfTopics(),
    )


def rule_of(id_: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return _BY_ID[id_]


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Every rule that needs one message alone, ready to be asked, in the order of their numbers."""
    every = (
        *age.WORD_RULES,
        *age_gap.WORD_RULES,
        *sexual.word_rules(words),
        *image.word_rules(words),
        *meeting.WORD_RULES,
        *meeting_thread.WORD_RULES,
        *age_thread.WORD_RULES,
        *contact.WORD_RULES,
        *secrecy.WORD_RULES,
        *inducement.word_rules(words),
        *danger.word_rules(words),
        *withdrawal.WORD_RULES,
        *fantasy.WORD_RULES,
        *hesitation.WORD_RULES,
        *vulnerability.WORD_RULES,
    )
    return tuple(sorted(every, key=lambda one: one.rule.number))


BESIDE: Final = (*drawing_back.PHRASES, *meeting.BESIDE, *withdrawal.BESIDE)
"""Phrases that rules look for beside what they are asked for."""
