"""Signal's own export by its two ways: field for field, and with care. Whatever stands there, both tell the same."""

from __future__ import annotations

from typing import Any

import pytest

import signal_own as made
from nearly_plain import nearly, not_with_care
from safehand.sources.signal import own_export
from safehand.sources.signal.own_message import read_item
from signal_reading import read

NAME = "signal-export-2026-08-01/main.jsonl"
AT = "1767553331000"

QUOTE = {"targetSentTimestamp": AT, "authorId": "2", "text": {"body": "dig: when?"}, "type": "NORMAL"}
REACTION = {"emoji": "👍", "authorId": "1", "sentTimestamp": AT, "sortOrder": "1"}
FILE = {"pointer": {"contentType": "image/jpeg", "fileName": "plöt 🥕.jpg", "locatorInfo": {"size": 9}}}
VOICE = {"pointer": {"contentType": "audio/aac"}, "flag": "VOICE_MESSAGE"}
WORDS = {"text": {"body": 'a\n"b": c'}}

PLAIN: dict[str, dict[str, Any]] = {
    "words alone": WORDS,
    "an answer": {**WORDS, "quote": QUOTE},
    "an answer to no words": {**WORDS, "quote": {**QUOTE, "text": {"body": ""}}},
    "an answer to somebody who is not in the file": {**WORDS, "quote": {**QUOTE, "authorId": "77"}},
    "reactions": {**WORDS, "reactions": [REACTION, {**REACTION, "authorId": "77"}]},
    "a reaction without an order or a time": {
        **WORDS,
        "reactions": [{"emoji": "x", "authorId": "1", "sentTimestamp": "soon"}],
    },
    "no reactions": {**WORDS, "reactions": []},
    "a file": {**WORDS, "attachments": [FILE, {"wasDownloaded": True}]},
    "a file without words": {"attachments": [FILE]},
    "a voice message before an answer": {"attachments": [VOICE], "quote": QUOTE, "reactions": [REACTION]},
}
NEARLY: dict[str, dict[str, Any]] = {
    "an answer to a gift": {**WORDS, "quote": {**QUOTE, "type": "GIFT_BADGE"}},
    "an answer to a picture": {**WORDS, "quote": {**QUOTE, "attachments": [FILE]}},
    "an answer with marks": {**WORDS, "quote": {**QUOTE, "text": {"body": "a", "bodyRanges": []}}},
    "an answer to no time": {**WORDS, "quote": {"authorId": "2", "text": {"body": "a"}, "type": "NORMAL"}},
    "an answer that is none": {**WORDS, "quote": None},
    "a reaction without a sign": {**WORDS, "reactions": [REACTION, {"authorId": "1"}]},
    "a reaction with more": {**WORDS, "reactions": [{**REACTION, "more": 1}]},
    "a reaction that is a number": {**WORDS, "reactions": [3]},
    "a file that is a number": {**WORDS, "attachments": [FILE, 3]},
    "one file, and no list": {**WORDS, "attachments": FILE},
    "no files": {**WORDS, "attachments": []},
    "no files and no words": {"attachments": []},
    "an answer without words": {"quote": QUOTE},
    "reactions to nothing": {"text": {"body": ""}, "reactions": [REACTION]},
    "words that are a number": {"text": 3, "attachments": [FILE]},
}
BYTES: dict[str, tuple[str, bytes, bytes]] = {
    "a blank behind the key of files": ("a file", b'"attachments":', b'"attachments" : '),
    "the key of files spelled as an escape": ("a file", b'"attachments"', b'"\\u0061ttachments"'),
    "files given twice": ("a file", b'"attachments":', b'"attachments":[],"attachments":'),
    "a key of a file given twice": ("a file", b'"size":9', b'"size":9,"size":8'),
    "a key of what is known of its delivery given twice": ("an answer", b'"read":true', b'"read":true,"read":true'),
    "files in another place too": ("a file", b'"dateReceived"', b'"attachments":[{}],"dateReceived"'),
    "an answer given twice": ("an answer", b'"quote":', b'"quote":{},"quote":'),
    "a key of an answer given twice": ("an answer", b'"type":"NORMAL"', b'"type":"NORMAL","type":"NORMAL"'),
    "a sign given twice": ("reactions", b'"emoji":', b'"emoji":"x","emoji":'),
    "half a character in an answer": ("an answer", b"dig", b"\\ud83d"),
    "half a character in a file": ("a file", b"pl", b"\\ud83d"),
    "a byte that is no UTF-8 in a file": ("a file", b"pl", b"\xff"),
    "a byte that is no UTF-8 in a sign": ("reactions", "👍".encode(), b"\xff"),
    "a size beyond 64 bits": ("a file", b'"size":9', b'"size":99999999999999999999'),
    "a size that is no number": ("a file", b'"size":9', b'"size":NaN'),
}


def line(parts: dict[str, Any]) -> bytes:
    """The file of one message, with one before it and one behind it."""
    items = [made.said("before", made.at(0)), made.item(made.at(1), standardMessage=parts), made.said("x", made.at(2))]
    return made.spelled(items)


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by either way; they tell the same."""
    quick, _ = read(data, NAME)
    monkeypatch.setattr(own_export, "read_plain", lambda *_: None)
    assert read(data, NAME)[0] == quick


def test_words_of_several_accounts_are_told_alike_by_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    both(made.spelled(made.said(f"row: {n} \\ {{}} 🥕", made.at(n), "123"[n % 3]) for n in range(6)), monkeypatch)


@pytest.mark.parametrize("name", [*PLAIN, *NEARLY])
def test_what_goes_with_the_words_is_told_alike_by_both_ways(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both(line((PLAIN | NEARLY)[name]), monkeypatch)


@pytest.mark.parametrize("name", BYTES)
def test_a_line_whose_bytes_are_nearly_plain_is_told_alike_by_both_ways(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    which, old, new = BYTES[name]
    both(nearly(line(PLAIN[which]), b"\n{", old, new), monkeypatch)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_plain_is_read_by_the_short_way(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    not_with_care(monkeypatch, own_export, "read_item", name)
    read(line(PLAIN[name]), NAME)


@pytest.mark.parametrize("name", NEARLY)
def test_what_is_nearly_plain_is_read_with_care(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def noted(value: Any, raw: bytes, *rest: Any) -> Any:
        seen.append(raw)
        return read_item(value, raw, *rest)

    monkeypatch.setattr(own_export, "read_item", noted)
    read(line(NEARLY[name]), NAME)
    assert len(seen) == 1
