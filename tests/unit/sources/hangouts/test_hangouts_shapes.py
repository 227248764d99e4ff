"""Events by the patterns of their shapes: whatever stands there, the other ways tell the same."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from hangouts_export import ALICE, BOB, Object, account, event, said, talk, whole
from hangouts_ways import FIRST, OWN, alike
from nearly_plain import nearly, not_with_care
from safehand.sources.hangouts import SOURCE
from safehand.sources.hangouts.plain import Plain, decode
from safehand.sources.hangouts.read import FORM
from safehand.sources.hangouts.shapes import Shapes
from source_verdict import messages_of

PHOTO: Any = {
    "url": "https://example.org/{1}",
    "media_type": "PHOTO",
    "thumbnail": {"url": "x\\y", "size": {"width": 1}},
}
FILE: Any = {"embed_item": {"type": ["PLUS_PHOTO"], "plus_photo": PHOTO}, "id": "1"}
PLACE: Any = {"embed_item": {"type": ["PLACE"], "place": {"url": "https://example.org"}}}
CALL: Any = {"event_type": "END_HANGOUT", "hangout_duration_secs": "56", "media_type": "AUDIO_ONLY"}
WORDS: Any = {"segment": [{"type": "TEXT", "text": "row: 3"}]}
USUAL, MET = "REGULAR_CHAT_MESSAGE", "HANGOUT_EVENT"

HELD: dict[str, tuple[str, Any]] = {
    "a file": (USUAL, {"chat_message": {"message_content": {"attachment": [FILE]}}}),
    "two files": (USUAL, {"chat_message": {"message_content": {"attachment": [FILE, FILE]}}}),
    "a place": (USUAL, {"chat_message": {"message_content": {"attachment": [PLACE]}}}),
    "a file before words": (USUAL, {"chat_message": {"message_content": {"attachment": [FILE], **WORDS}}}),
    "a file of a telephone": ("MMS", {"chat_message": {"message_content": {"attachment": [FILE]}}}),
    "no files": (USUAL, {"chat_message": {"message_content": {"attachment": []}}}),
    "a call": (MET, {"hangout_event": CALL}),
    "a call of nobody knows what": (MET, {"hangout_event": {}}),
    "a call by telephone": ("PHONE_CALL", {"hangout_event": {"media_type": "AUDIO_VIDEO"}}),
    "a call that calls itself words": (USUAL, {"hangout_event": CALL}),
    "somebody who came": ("ADD_USER", {"membership_change": {"type": "JOIN", "participant_id": [account(BOB)]}}),
    "somebody who came, and says it": (USUAL, {"membership_change": {"type": "JOIN"}}),
}
NEARLY: dict[str, tuple[str, Any]] = {
    "a file after words": (USUAL, {"chat_message": {"message_content": {**WORDS, "attachment": [FILE]}}}),
    "files that are none": (USUAL, {"chat_message": {"message_content": {"attachment": "x"}}}),
    "a file and something nobody knew": (
        USUAL,
        {"chat_message": {"message_content": {"attachment": [FILE], "kite": 1}}},
    ),
    "a type nobody knew": ("KITE", {"hangout_event": CALL}),
    "a call that is none": (MET, {"hangout_event": None}),
    "a call and words": (MET, {"hangout_event": CALL, "chat_message": {"message_content": WORDS}}),
    "something nobody knew": (USUAL, {"kite": {}}),
    "words of a telephone": ("SMS", {"chat_message": {"message_content": WORDS}}),
    "another's words": (USUAL, {"conversation_id": {"id": "Ugy"}, "chat_message": {"message_content": WORDS}}),
    "another's call": (MET, {"conversation_id": {"id": "Ugy"}, "hangout_event": CALL}),
    "a call told before": (MET, {"event_id": "e1", "hangout_event": CALL}),
    "words told before": (USUAL, {"event_id": "e1", "chat_message": {"message_content": WORDS}}),
    "words of another version": (USUAL, {"event_version": "1", "chat_message": {"message_content": WORDS}}),
    "words of two ids": (
        USUAL,
        {"sender_id": {"gaia_id": "102", "chat_id": "103"}, "chat_message": {"message_content": WORDS}},
    ),
    "another state": (
        USUAL,
        {"self_event_state": {**OWN, "notification_level": "QUIET"}, "chat_message": {"message_content": WORDS}},
    ),
}
BYTES: dict[str, tuple[str, bytes, bytes]] = {
    "a key of a call given twice": ("a call", b'"media_type"', b'"media_type": "AUDIO_VIDEO", "media_type"'),
    "a call given twice": ("a call", b'"hangout_event"', b'"hangout_event": {}, "hangout_event"'),
    "the key of a call spelled as an escape": ("a call", b'"hangout_event"', b'"hangout_\\u0065vent"'),
    "a blank before the colon": ("a call", b'"hangout_event"', b'"hangout_event" \n'),
    "half a character in a call": ("a call", b"END", b"\\ud83d"),
    "an escape that is none in a call": ("a call", b"END", b"\\x1f"),
    "a byte that is no UTF-8 in a call": ("a call", b"END", b"\xff"),
    "an end of a line in a call": ("a call", b"END", b"\n"),
    "an object that does not end in a call": ("a call", b'"END_HANGOUT"', b'{"a": "}"'),
    "a number that is none in a file": ("a file", b'"width": 1', b'"width": 01'),
    "a size beyond 64 bits in a file": ("a file", b'"width": 1', b'"width": 99999999999999999999'),
    "a digit that is none in the time": ("a call", b'"timestamp": "1', '"timestamp": "٣'.encode()),
}


def line(held: tuple[str, Any], state: Object | None = None) -> bytes:
    """A file with the event, of either state, behind two of words; and a conversation before it."""
    kind, fields = held
    told: list[Any] = [
        *(said(n, (ALICE, BOB)[n % 2], f"row {n}\n🥕") for n in (1, 2)),
        {**event(3, BOB, kind, **fields), **fields},
    ]
    if state is not None:
        told = [
            {**one, "self_event_state": one["self_event_state"] if "self_event_state" in fields else state}
            for one in told
        ]
    file = whole([FIRST, talk("Ugx", [ALICE, BOB], [*told, said(9, ALICE, "behind")])])
    return json.dumps(file, ensure_ascii=False).encode()


@pytest.mark.parametrize("state", [None, OWN])
@pytest.mark.parametrize("name", [*HELD, *NEARLY])
def test_an_event_is_told_alike_by_every_way(name: str, state: Object | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(alike(line((HELD | NEARLY)[name], state), monkeypatch)) == 6


@pytest.mark.parametrize("name", BYTES)
def test_an_event_whose_bytes_are_nearly_of_a_shape_is_told_alike_by_every_way(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    which, old, new = BYTES[name]
    alike(nearly(line(HELD[which]), b'{"conversation_id"', old, new), monkeypatch)


@pytest.mark.parametrize("name", HELD)
def test_an_event_in_a_shape_that_is_known_is_not_read_with_care(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shapes, "often", 1)
    not_with_care(monkeypatch, sys.modules["safehand.sources.hangouts.read"], "read_message", name)
    messages_of(SOURCE, {"Hangouts.json": line(HELD[name])}, FORM)


def test_events_that_no_pattern_matches_do_not_make_patterns_without_end() -> None:
    shapes = Shapes()
    event_of = said(1, ("x", "Robin"), "row")
    raw = json.dumps(event_of).encode()
    value = decode(raw)
    assert isinstance(value, Plain)
    for _ in range(10 * Shapes.often):
        shapes.saw(value, raw)
    assert len(shapes._shapes) <= 4
    assert isinstance(shapes.decode(raw), Plain)
