"""The top band of urgency, as far as a chat alone can tell: a meeting that is agreed and near, or under way.

**Now is the last message.** The notes ask for a meeting that starts within four hours of now or is under way; one whose
time is past goes to "has it happened?", which is another place in the inbox. Until the rules had been run on long
chats this asked only that a meeting had once been near when it was named: every lift of every week was "within hours".

It is the part of the table of suggested grades (IMMEDIATE: "meeting under way or starts within 4 h, and the child is
real or unknown") that needs nobody's answer: the desk's own grading goes by what a holder declares and by what an
officer has confirmed, never by this. It is here to ask one thing: would an innocent conversation get there?

    reached(lines, indicators)      "agreed_near", "under_way", or "" for neither
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from conversations import Conversation
from measured_times import instant
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.meeting_times import NEAR
from safehand.model.instant import MICRO

HOURS: Final = 4
"""How near a meeting has to be, counted from the last message."""

_WIDE_HOURS: Final = 24
"""The same for the wide band, which asks for no agreement (analysis of urgency, band a)."""

_CHILD: Final = frozenset({("age_stated", "under_13"), ("age_stated", "13_to_15"), ("school_stage", "year_7_to_11")})


def reached(one: Conversation, indicators: tuple[Indicator, ...]) -> str:
    """Which way a conversation reaches the top band, or "". The agreement and the time are of one meeting."""
    if not any((i.rule, i.kind) in _CHILD for i in indicators):
        return ""
    for agreed in (i for i in indicators if (i.rule, i.kind) == ("meeting_outcome", "agreed")):
        way = _way(one, indicators, agreed.numbers[0], agreed.numbers[-1])
        if way:
            return way
    return ""


def _way(one: Conversation, indicators: tuple[Indicator, ...], proposed: int, agreed: int) -> str:
    """Which way a meeting that was proposed and agreed in these messages is urgent, or ""."""
    if any((i.rule, i.kind) == ("meeting_outcome", "cancelled") and i.numbers[0] >= proposed for i in indicators):
        return ""
    day = one.lines[agreed - 1].at + timedelta(days=1)
    way = [i for i in indicators if _is_under_way(i) and i.numbers[-1] > agreed]
    if any(one.lines[i.numbers[-1] - 1].at <= day and _is_of_now(one, i) for i in way):
        return "under_way"
    named = range(proposed, agreed + NEAR + 1)
    return "agreed_near" if any(i.numbers[-1] in named and _is_near(one, i, HOURS) for i in indicators) else ""


def reached_wide(one: Conversation, indicators: tuple[Indicator, ...]) -> bool:
    """Whether a child's age and a meeting within a day, or under way, are both spoken of, agreed or not."""
    return any((i.rule, i.kind) in _CHILD for i in indicators) and any(
        (_is_under_way(i) and _is_of_now(one, i)) or _is_near(one, i, _WIDE_HOURS) for i in indicators
    )


def _is_under_way(i: Indicator) -> bool:
    return (i.rule, i.kind) == ("en_route", "on_the_way")


def _is_of_now(one: Conversation, i: Indicator) -> bool:
    return one.lines[-1].at - one.lines[i.numbers[-1] - 1].at <= timedelta(hours=HOURS)


def _is_near(one: Conversation, i: Indicator, hours: int) -> bool:
    if i.rule != "meeting_time" or i.value is None:
        return False
    now = instant(one.lines[-1].at).earliest
    return now is not None and 0 <= i.value - now <= hours * 3_600 * MICRO
