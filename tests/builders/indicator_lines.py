"""Lines and conversations for tests of indicators, and a word list of tokens: no test holds the words themselves.

seen("im 13 btw")                          [("age_stated", "13_to_15", "im 13")]
thread(("A", "im 13"), ("B", "ok"))        the indicators of that conversation, a minute apart
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.asked import Asked
from safehand.analysis.indicators.indicator import Indicator
from safehand.analysis.indicators.line import line_of
from safehand.analysis.indicators.lists import WordClass, WordList
from safehand.analysis.indicators.rule import Found
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.instant import MICRO, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span

TOKENS: Final = WordList(
    "tokens",
    {
        WordClass.ACT: frozenset({"[sexual-remark]", "[sexual-question]"}),
        WordClass.BODY: frozenset({"[body-word]"}),
        WordClass.PROFANITY: frozenset({"[swear-word]"}),
        WordClass.IMAGE_REQUEST: frozenset({"[image-request]", "[image-request-sexual]"}),
        WordClass.THREAT: frozenset({"[threat-remark]"}),
        WordClass.SELF_HARM: frozenset({"[self-harm-remark]"}),
        WordClass.COMPLIMENT: frozenset({"[compliment]"}),
    },
)

START: Final = 1_763_482_800 * MICRO
"""Tuesday 18 November 2025, 16:20 UTC: the day of analysis.md section 4.1."""

MINUTE: Final = 60 * MICRO
HOUR: Final = 60 * MINUTE

_ASKED: Final = Asked(TOKENS)


def message(text: str | None, *, number: int = 1, by: str = "A", at: int = START, kind: Kind = Kind.TEXT) -> Message:
    """One message."""
    return Message(number, kind, by, text, utc_instant("", at, Precision.SECOND), Span("chat.txt", number, number + 1))


def found_in(text: str) -> list[Found]:
    """What the word rules find in one message, with their words as the source wrote them."""
    line = line_of(message(text))
    _ASKED.about(line, _ASKED.wanted(line), {})
    return line.found


def seen(text: str) -> list[tuple[str, str, str]]:
    """Rule, kind and words of everything found in one message."""
    return [
        (one.rule.id, one.kind, " ".join(text[words.start : words.end] for words in one.words))
        for one in found_in(text)
    ]


def events(messages: Iterable[Message], id_: str = "1") -> Iterator[Event]:
    """A conversation of ``messages``."""
    kept = list(messages)
    yield ConversationOpened(id_, "whatsapp", "whatsapp/android-txt", None, ConversationKind.DIRECT, ("chat.txt",))
    yield from kept
    yield ConversationClosed(id_, len(kept), ())


def said(*lines: tuple[str, str] | tuple[str, str, int]) -> list[Message]:
    """Messages by account and text, each a minute after the last, or as many minutes as are said."""
    at = START
    messages = []
    for number, line in enumerate(lines, 1):
        at += (line[2] if len(line) == 3 else 1) * MINUTE
        messages.append(message(line[1], number=number, by=line[0], at=at))
    return messages


def watched(messages: Iterable[Message]) -> IndicatorWatch:
    """A watch that has seen one conversation of ``messages``."""
    watch = IndicatorWatch(TOKENS)
    for _ in watch.watched(events(messages)):
        pass
    return watch


def thread(*lines: tuple[str, str] | tuple[str, str, int], rule: str | None = None) -> list[Indicator]:
    """Indicators of a conversation; of one rule, where it is named."""
    return [one for one in watched(said(*lines)).found() if rule is None or one.rule == rule]
