"""What a desk may tell a holder: a closed list that tasks nobody, held by the loader itself."""

from __future__ import annotations

import json
import re
from importlib import resources

import msgspec
import pytest

from reading_age import reading_age
from safehand.errors import UsageError
from safehand.seal.holder_messages import MESSAGES, parse_holder_messages
from safehand.seal.tasking import tasking_in

FILE = resources.files("safehand.seal").joinpath("data/holder-messages.json").read_bytes()


def test_the_list_is_the_one_that_was_agreed() -> None:
    assert list(MESSAGES) == [
        "received",
        "not_opened",
        "call_in_danger",
        "please_call",
        "stop_contact",
        "officer_will_ring",
        "do_not_publish",
        "finished",
    ]


def test_every_id_may_stand_in_a_custody_entry() -> None:
    assert all(re.fullmatch("[a-z][a-z_]{0,39}", message) for message in MESSAGES)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=lambda message: message.id)
def test_no_message_tasks_anybody_and_each_is_short(message: object) -> None:
    words = [message.title, *message.lines]  # type: ignore[attr-defined]
    assert [verb for line in words for verb in tasking_in(line)] == []
    assert all(len(line) <= 160 for line in words)


def test_all_of_them_can_be_read_at_nine() -> None:
    assert reading_age(line for message in MESSAGES.values() for line in (message.title, *message.lines)) <= 9
    for message in MESSAGES.values():
        assert reading_age([message.title, *message.lines]) <= 10, message.id


TASKING = [
    "Ask him where he works.",
    "Please keep talking until Friday.",
    "Keep them online a little longer.",
    "Reply as you always do.",
    "You could answer him.",
    "Arrange to see him on Saturday.",
    "Agree to the place he names.",
    "Meet him where there are people.",
    "Find out which school it is.",
    "Get her to send her address.",
    "Try to get his number.",
    "Carry on the conversation.",
    "Pretend that you are busy.",
    "Take screenshots of what comes next.",
    "Record the call.",
    "Do not block him, but keep talking.",
    "Do not reply until Friday.",
    "Do not go there. Ask where he will be.",
    "It would help if you text him back.",
    "We suggest that you stay in touch.",
    "Do not warn them and keep talking to them.",
    "Do not block them, keep talking.",
    "Do not stop writing to them.",
    "Do not leave the chat.",
    "Do not end the conversation.",
    "Do not reply too fast.",
    "Do not reply before noon.",
    "Do not answer if he writes at night.",
    "Do not answer without telling us first.",
    "Do not worry, and answer him as before.",
    "Do not hesitate to write to him.",
    "Do not post about it; write back to him.",
    "Please do not block them or warn them, and go on writing.",
    "Tell them you are at home.",
    "Send him the address.",
    "Say yes to the meeting.",
    "Say that you are thirteen.",
    "Play along for now.",
    "Go to the meeting.",
    "Turn up at the gate.",
    "Wait for him there.",
    "Speak to him once more.",
    "Let them think that it is fine.",
    "Stay online tonight.",
    "Keep the chat going.",
    "Keep your conversation open.",
    "Gather more proof.",
    "Get more messages from him.",
    "Watch what he does and note when he is online.",
    "Check if he is online.",
    "Look up his profile.",
    "Use the child’s account.",
    "Open a new account.",
    "See what he says.",
    "Message the other person.",
]


@pytest.mark.parametrize("words", TASKING)
def test_words_that_task_are_refused(words: str) -> None:
    assert tasking_in(words)
    value = json.loads(FILE)
    value["messages"][1]["lines"] = [words]
    with pytest.raises(UsageError) as refused:
        parse_holder_messages(json.dumps(value).encode())
    assert value["messages"][1]["id"] in str(refused.value)


@pytest.mark.parametrize(
    "words",
    [
        "Do not reply to them.",
        "Do not reply, confront or warn the person.",
        "Do not carry on the conversation, and do not pretend to be a child.",
        "Do not block them and do not warn them.",
        "Do not write to them or warn them.",
        "Please do not meet them.",
        "Call 999 now.",
        "Keep the phone safe.",
        "An officer will ring you.",
    ],
)
def test_words_that_forbid_or_keep_people_safe_are_let_through(words: str) -> None:
    assert tasking_in(words) == []


def test_a_file_in_another_shape_or_with_one_id_twice_is_no_list() -> None:
    value = json.loads(FILE)
    with pytest.raises(msgspec.ValidationError):
        parse_holder_messages(json.dumps({**value, "free_text": True}).encode())
    value["messages"].append(value["messages"][0])
    with pytest.raises(UsageError):
        parse_holder_messages(json.dumps(value).encode())
