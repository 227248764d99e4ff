"""Traces meet where two packages hold one account or one conversation, and nowhere else."""

from __future__ import annotations

import pytest

from casefile_builders import conversation, texts
from safehand.analysis.traces import ACCOUNT, OF_A_CONVERSATION, SHORTEST, WORDS, Trace, Traces, account_called
from safehand.model.conversation import Event
from safehand.model.people import Participant

KEY = b"a key of this test alone, 32 byt"


def said(number: int) -> str:
    return f"the bean rows at plot {number} want watering before the sun is up"


def traced(*events: Event, key: bytes = KEY) -> frozenset[Trace]:
    traces = Traces(key)
    assert list(traces.of(events)) == list(events), "they go by as they came"
    return traces.found()


def words(found: frozenset[Trace]) -> set[str]:
    return {digest for kind, digest in found if kind == WORDS}


def test_two_exports_of_one_conversation_meet_also_where_one_is_a_part_of_the_other() -> None:
    whole = words(traced(*conversation(texts(*map(said, range(64)), sender="Priya"))))
    part = words(traced(*conversation(texts(*map(said, range(16)), sender="You"))))
    assert len(whole) == OF_A_CONVERSATION
    assert len(part) == OF_A_CONVERSATION
    assert len(whole & part) >= 2
    assert words(traced(*conversation(texts(*map(said, range(64)), sender="Tom")))) == whole, "whoever said it"


def test_spelling_that_nobody_sees_makes_no_other_trace() -> None:
    plain = traced(*conversation(texts(said(1), sender="Priya")))
    marked = traced(*conversation(texts(f"\u200e{said(1)} ".replace(" ", "\u00a0 "), sender="Priya")))
    assert plain == marked


def test_short_messages_and_other_keys_do_not_meet() -> None:
    assert words(traced(*conversation(texts("x" * (SHORTEST - 1), sender="Priya")))) == set()
    assert len(words(traced(*conversation(texts("x" * SHORTEST, sender="Priya"))))) == 1
    here, there = (traced(*conversation(texts(said(1), sender="Priya")), key=key) for key in (KEY, KEY[::-1]))
    assert not here & there


def test_a_sentence_said_often_is_one_trace() -> None:
    assert len(words(traced(*conversation(texts(*[said(1)] * 40, sender="Priya"))))) == 1


def test_the_same_in_two_conversations_of_one_package_is_traced_in_each_and_found_once() -> None:
    events = [*conversation(texts(said(1), sender="Priya")), *conversation(texts(said(1), said(2), sender="Sam"), "2")]
    assert len(words(traced(*events))) == 2


ACCOUNTS = {
    "a platform's own id": ("discord", Participant("8812", ("wren",)), "discord\x008812"),
    "the same id on another platform is another account": ("x", Participant("8812", ("wren",)), "x\x008812"),
    "a name alone": ("whatsapp", Participant("Priya", ("Priya",)), None),
    "a number": ("whatsapp", Participant("+447700900123", ("+447700900123",)), "number\x00+447700900123"),
    "a number as people write it": (
        "sms",
        Participant("\u202a+44 7700 900-123\u202c", ("Priya",)),
        "number\x00+447700900123",
    ),
    "too short for a number": ("sms", Participant("+4477009", ("+4477009",)), None),
    "a number without its country may be anybody's": ("sms", Participant("07700900123", ("07700900123",)), None),
    "whoever made the export": ("signal", Participant("You", ("Priya",)), None),
}


@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_is_called_by_what_every_export_calls_it(name: str) -> None:
    platform, participant, called = ACCOUNTS[name]
    assert account_called(platform, participant) == called


def test_who_only_stands_in_a_list_is_not_traced() -> None:
    wrote, listed = Participant("+447700900123", (), 1), Participant("+447700900456", (), 0, declared=True)
    found = traced(*conversation(texts("hello"), participants=(wrote, listed)))
    assert [kind for kind, _ in found] == [ACCOUNT]
