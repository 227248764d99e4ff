"""A log is read line by line: nothing is lost, nothing is made up, and what may be forged is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.conversation import ConversationClosed
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind
from safehand.sources.contract import LONGEST_MESSAGE
from safehand.sources.omegle import SOURCE
from safehand.sources.omegle.read import HTML, TEXT
from safehand.sources.omegle.wordings import SPEAKER, STATUS, status_of
from source_verdict import claims_of, messages_of, read_files

CHATTING = "You're now chatting with a random stranger. Say hi!\n"
LEFT = "Stranger has disconnected.\n"
SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "omegle"

lines = st.text(st.sampled_from("ab :é🌱\\x1f'"), min_size=1, max_size=9).map(str.strip).filter(bool)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
talks = st.lists(st.tuples(st.sampled_from(["You", "Stranger"]), texts), max_size=8)


def is_innocent(text: str) -> bool:
    return not any(SPEAKER.match(line.encode()) or status_of(line.encode()) for line in text.split("\n"))


@given(talks.filter(lambda talk: all(is_innocent(text) for _, text in talk)), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=200, deadline=None)
def test_what_was_said_is_read(talk: list[tuple[str, str]], newline: str) -> None:
    log = CHATTING + "".join(f"{who}: {text}\n" for who, text in talk) + LEFT
    found = messages_of(SOURCE, {"log.txt": log.replace("\n", newline).encode()}, TEXT)
    said = [(one.sender, (one.text or "").replace("\r\n", "\n")) for one in found if one.kind is not Kind.SYSTEM]
    assert said == talk
    assert [one.action for one in found if one.kind is Kind.SYSTEM] == ["connected", "disconnected"]
    assert all(one.sent.basis is Basis.NONE and one.sent.raw == "" for one in found)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_at_all_are_accounted_for(data: bytes) -> None:
    for put in (data, CHATTING.encode() + data, CHATTING.encode() + b"You: " + data + b"\nStranger: " + data):
        read_files(SOURCE, {"log.txt": put}, TEXT)


def test_every_log_may_be_forged_and_says_so() -> None:
    events, _ = read_files(SOURCE, {"log.txt": (CHATTING + "You: hello\n" + LEFT).encode()}, TEXT)
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert (Doubt.FORGED_POSSIBLE, 1) in closed.doubts


def test_a_message_longer_than_any_is_unparsed_and_the_next_is_read() -> None:
    long = "You: " + "row of beans\n" * (LONGEST_MESSAGE // 13 + 2)
    data = (CHATTING + long + "Stranger: hi\n" + LEFT).encode()
    events, (account,) = read_files(SOURCE, {"log.txt": data}, TEXT)
    assert [getattr(event, "text", None) for event in events[1:-1]] == [CHATTING.strip(), "hi", LEFT.strip()]
    assert [(gap.start, gap.end - gap.start) for gap in account.unparsed] == [(len(CHATTING), len(long))]


def test_one_line_without_an_end_is_read_in_pieces() -> None:
    data = (CHATTING + "You: " + "x" * (3 << 20)).encode()
    assert len(messages_of(SOURCE, {"log.txt": data}, TEXT)[1].text or "") == 3 << 20


@pytest.mark.parametrize("line", sorted(STATUS), ids=lambda line: line.decode()[:24])
def test_every_line_of_omegles_own_is_told_as_its_own(line: bytes) -> None:
    found = messages_of(SOURCE, {"log.txt": b"You: hello\n" + line + b"\n"}, TEXT)
    assert [one.kind for one in found] == [Kind.TEXT, Kind.SYSTEM]
    assert found[1].action == STATUS[line]


NOT_OURS = {
    "whatsapp": "04/01/2026, 19:02 - Priya: You: hello\nStranger: hi\n",
    "a play": "Stranger: Who is there?\nThe keeper: I.\n",
    "an essay": "Strangers: how we meet them\nYou: a study\n",
    "quoted": '{"text": "You: hello\\nStranger: hi"}',
    "a page": "<html><body>Omegle closed in 2023</body></html>",
    "nothing": "",
}


@pytest.mark.parametrize("name", sorted(NOT_OURS))
def test_what_is_no_log_is_not_claimed(name: str) -> None:
    assert claims_of(SOURCE, {"log.txt": NOT_OURS[name].encode()}) == ()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not on this machine")
def test_the_published_sample_is_read_whole() -> None:
    data = (SAMPLES / "made_omegle_log.txt").read_bytes()
    events, (account,) = read_files(SOURCE, {"log.txt": data}, TEXT)
    assert sum(getattr(event, "kind", None) is Kind.TEXT for event in events) == 4
    assert account.unparsed == ()
    assert len(claims_of(SOURCE, {"log.txt": data})) == 1


def test_words_before_the_name_of_a_page_cut_nothing_of_what_was_said() -> None:
    name = b'<strong class="msgsource">Stranger:</strong>'
    item = b'<div class="logitem"><p class="strangermsg">put in ' + name + b" the gate</p></div>"
    page = b'<!doctype html><html><h1>Omegle conversation log</h1><div id="log">' + item + b"</div></html>"
    (message,) = messages_of(SOURCE, {"log.html": page}, HTML)
    assert (message.sender, message.text, message.doubts) == ("Stranger", "the gate", (Doubt.FIELD_NOT_READ,))
    assert "put in" in (message.extra or "")
