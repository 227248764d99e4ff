"""Skype's data by its two ways: field for field, and with care. Whatever stands there, both tell the same."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import skype_export as made
from nearly_plain import nearly, not_with_care
from safehand.model.conversation import Event
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.skype.message import read_message

READER = sys.modules["safehand.sources.skype.read"]

QUOTE = '<quote author="live:me" messageid="1612137500000"><legacyquote>Me: </legacyquote>tea?</quote>yes'
FILE = '<URIObject type="Picture.1"><OriginalName v="plöt.jpg"/><FileSize v="9"/></URIObject>'
CALL = '<partlist type="ended"><part identity="live:me"><name>Me</name><duration>12.5</duration></part></partlist>'

PLAIN: dict[str, dict[str, Any]] = {
    "words": {"content": "row: 3\n{}"},
    "words with a name": {"content": "a", "displayName": "R: B"},
    "words of an account that has no name": {"content": "a", "from": "8:nobody"},
    "words of another type": {"content": "1 < 2 &amp; so on", "messagetype": "Text"},
    "marks": {"content": '<b raw_pre="*">a: b</b> &lt; <ss type="smile">:)</ss>'},
    "marks without an escape": {"content": "<b>bean row</b> &amp; more"},
    "marks of another type": {"content": "<i>a</i>", "messagetype": "RichText/Html"},
    "words that were edited": {"content": 'a<e_m ts="1612137600" ts_ms="1612137600002"></e_m>'},
    "an answer": {"content": QUOTE},
    "an answer without an escape": {"content": "<quote messageid='1'>tea?</quote>yes"},
    "an answer without words": {"content": "<quote>tea?</quote>"},
    "a file": {"content": FILE, "messagetype": "RichText/UriObject"},
    "a voice message": {"content": "<URIObject/>", "messagetype": "RichText/Media_AudioMsg"},
    "a call": {"content": CALL, "messagetype": "Event/Call"},
    "a call without an escape": {"content": "<ended/>", "messagetype": "Event/Call"},
}
NEARLY: dict[str, dict[str, Any]] = {
    "nothing": {"content": ""},
    "a mark nobody knew": {"content": "<blink>a</blink>"},
    "a quote that does not end": {"content": "<quote>tea?"},
    "a type nobody knew": {"content": "a", "messagetype": "RichText/Kite"},
    "the platform": {"content": "<addmember/>", "messagetype": "ThreadActivity/AddMember"},
    "a contact": {"content": "<contacts/>", "messagetype": "RichText/Contacts"},
    "properties": {"content": "<b>a</b>", "properties": {"edittime": "1612137600002"}},
    "references": {"content": FILE, "messagetype": "RichText/UriObject", "amsreferences": ["0-weu"]},
    "another version": {"content": QUOTE, "version": 3},
    "an old address": {"content": QUOTE, "from": f"https://example.org/v1/users/ME/contacts/{made.ROBIN}"},
    "no time": {"content": QUOTE, "originalarrivaltime": "soon"},
    "a field nobody knew": {"content": QUOTE, "ShoeSize": 43},
}
BYTES: dict[str, tuple[str, bytes, bytes]] = {
    "no blank behind the key of the words": ("an answer", b'"content": ', b'"content":'),
    "blanks around the colon": ("an answer without an escape", b'"content": ', b'"content" \n:\t'),
    "no blank behind the key of the type": ("a file", b'"messagetype": ', b'"messagetype":'),
    "the key of the words spelled as an escape": ("an answer", b'"content"', b'"\\u0063ontent"'),
    "the key of the type spelled as an escape": ("a file", b'"messagetype"', b'"messagetyp\\u0065"'),
    "words given twice": ("an answer", b'"content": ', b'"content": "", "content": '),
    "a type given twice": ("a file", b'"messagetype": ', b'"messagetype": "Text", "messagetype": '),
    "half a character": ("an answer", b"tea", b"\\ud83d"),
    "a byte that is no UTF-8": ("an answer", b"tea", b"\xff"),
    "words that look like a key": ("an answer", b"tea", b'\\"content\\": '),
    "a colon spelled as an escape": ("an answer", b"Me:", b"Me\\u003a"),
    "a name that looks like a key": ("an answer", b'"displayName": null', b'"displayName": "content"'),
}


def line(message: dict[str, Any]) -> bytes:
    """The file of one message, with one before it and one behind it."""
    said = [made.said("before", made.at(0)), {**made.said("", made.at(1)), **message}, made.said("x", made.at(2))]
    return made.spelled([made.chat(made.ROBIN, "Robin", said)])


def read(data: bytes) -> list[Event]:
    """Everything that is told of one file."""
    return list(Reading(Capture((FileInMemory("messages.json", "messages.json", data),))).events())


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by either way; they tell the same."""
    quick = read(data)
    monkeypatch.setattr(READER, "read_plain", lambda *_: None)
    assert read(data) == quick


@pytest.mark.parametrize("name", [*PLAIN, *NEARLY])
def test_what_the_content_tells_is_told_alike_by_both_ways(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    both(line((PLAIN | NEARLY)[name]), monkeypatch)


@pytest.mark.parametrize("name", PLAIN)
def test_what_stands_twice_is_doubted_alike_by_both_ways(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = {**made.said("", made.at(1)), **PLAIN[name]}
    both(made.spelled([made.chat(made.ROBIN, "Robin", [message, made.said("x", made.at(2)), message])]), monkeypatch)


@pytest.mark.parametrize("name", BYTES)
def test_a_message_whose_bytes_are_nearly_plain_is_told_alike_by_both_ways(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    which, old, new = BYTES[name]
    both(nearly(line(PLAIN[which]), b'{"id"', old, new), monkeypatch)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_plain_is_read_by_the_short_way(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    not_with_care(monkeypatch, READER, "read_message", name)
    read(line(PLAIN[name]))


@pytest.mark.parametrize("name", NEARLY)
def test_what_is_nearly_plain_is_read_with_care(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def noted(value: Any, raw: bytes, *rest: Any) -> Any:
        seen.append(raw)
        return read_message(value, raw, *rest)

    monkeypatch.setattr(READER, "read_message", noted)
    read(line(NEARLY[name]))
    assert len(seen) == 1
