"""Of all conversations of a capture, those that are one in two exports are found, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safehand.analysis.whole import Whole
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.instant import MICRO, Precision, utc_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span

START = 1_767_553_331


def conversation(ident: str, said: Sequence[tuple[int, str]], platform: str = "whatsapp") -> Iterator[Event]:
    yield ConversationOpened(ident, platform, f"{platform}/form", None, ConversationKind.UNKNOWN, ("f",))
    for number, (minute, words) in enumerate(said, 1):
        sent = utc_instant("", (START + minute * 60) * MICRO, Precision.SECOND)
        yield Message(number, Kind.TEXT, "Priya", words, sent, Span("f", number, number + 1))
    yield ConversationClosed(ident, len(said), ())


def chat(topic: str, count: int = 40) -> list[tuple[int, str]]:
    return [(n * 3, f"{topic} number {n} is to be done") for n in range(count)]


def pairs(*conversations: Sequence[tuple[int, str]]) -> list[tuple[str, str]]:
    whole = Whole()
    for ident, said in enumerate(conversations, 1):
        list(whole.watched(conversation(str(ident), said)))
    return [(found.a, found.b) for found in whole.overlaps()]


def test_the_pair_is_found_among_others() -> None:
    assert pairs(chat("potato"), chat("train"), chat("potato")[10:], chat("homework")) == [("1", "3")]


def test_a_long_export_and_a_short_one_of_the_same_are_found() -> None:
    assert pairs(chat("potato", 6_000), chat("potato", 6_000)[2_000:2_400]) == [("1", "2")]


def test_three_exports_of_one_are_three_pairs() -> None:
    assert pairs(chat("potato"), chat("potato"), chat("potato")) == [("1", "2"), ("1", "3"), ("2", "3")]


def test_a_few_messages_sent_to_two_groups_at_once_do_not_make_them_one() -> None:
    notices = [(n * 3 + 1, f"the gate will be shut on day {n} of the month") for n in range(0, 40, 8)]
    one, other = sorted(chat("potato") + notices), sorted(chat("train") + notices)
    assert pairs(one, other) == []


def test_nothing_is_one_with_an_empty_conversation() -> None:
    assert pairs([], chat("potato"), []) == []


def test_events_pass_unchanged_and_platforms_are_noted() -> None:
    whole = Whole()
    events = list(conversation("1", chat("potato"), "sms"))
    assert list(whole.watched(events)) == events
    assert whole.platforms == {"sms"}
