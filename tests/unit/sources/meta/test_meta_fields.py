"""Single fields, where a vector would be too coarse: every key of the table, times at their limits, kinds."""

from __future__ import annotations

import json

import pytest

from safehand.model.doubt import Doubt
from safehand.model.instant import Precision
from safehand.model.message import Kind, Message
from safehand.model.span import Span
from safehand.sources.meta.decode import Decoder
from safehand.sources.meta.fields import READERS
from safehand.sources.meta.instants import from_milliseconds, from_seconds, of_reaction
from safehand.sources.meta.layout import Form
from safehand.sources.meta.mojibake import Mending, spoil
from safehand.sources.meta.people import People

SPAN = Span("1", 0, 9)


def decoded(raw: bytes, form: Form = Form.THREAD) -> Message:
    mending = Mending()
    return Decoder(form, mending, People(mending)).message(raw, 1, SPAN)


def read(**fields: object) -> Message:
    return decoded(json.dumps({"sender_name": "Tom", "timestamp_ms": 1767225600000, **fields}).encode())


@pytest.mark.parametrize("key", sorted(READERS))
@pytest.mark.parametrize("value", [None, True, 0, 7, -1, 1.5, "", "x", [], [None], [[]], [{}], {}, {"x": 1}])
def test_no_value_of_any_key_is_lost_without_a_word(key: str, value: object) -> None:
    """What is neither told nor kept may only be what says nothing: false, empty, zero, null."""
    plain = read()
    message = read(**{key: value})
    if message == plain:
        assert not value


@pytest.mark.parametrize("key", ["photos", "videos", "audio_files", "gifs", "files", "media", "reactions", "users"])
@pytest.mark.parametrize("item", [None, [], {}, "x", {"uri": 5}, {"name": 5}, {"reaction": "x"}])
def test_an_item_that_cannot_be_read_keeps_its_whole_list(key: str, item: object) -> None:
    message = read(**{key: [item]})
    assert message.extra is not None
    assert json.loads(message.extra) == {key: [item]}
    assert Doubt.FIELD_NOT_READ in message.doubts


@pytest.mark.parametrize("value", [None, True, "1767225600000", 1.5, [], {}, 10**17, -(10**17), 2**70])
def test_no_time_is_guessed(value: object) -> None:
    for read_time in (from_milliseconds, from_seconds, of_reaction):
        instant = read_time(value)
        assert instant.utc is None
        assert instant.raw


@pytest.mark.parametrize("spelled", ["1" + "0" * 40, "-" + "9" * 30, "1767225600123.0", "1.50E+3", "1e400"])
def test_a_time_that_cannot_be_read_keeps_the_digits_of_the_file(spelled: str) -> None:
    number = spelled.encode()
    message = decoded(b'{"sender_name":"Tom","timestamp_ms":%b,"content":"a"}' % number)
    assert (message.sent.raw, message.sent.utc) == (spelled, None)
    assert message.extra == f'{{"timestamp_ms":{spelled}}}'
    inside = decoded(
        b'{"sender_name":"Tom","timestamp_ms":1767225600000,"photos":[{"uri":"a.jpg","creation_timestamp":%b}],'
        b'"reactions":[{"actor":"Priya","reaction":"x","timestamp":%b}]}' % (number, number)
    )
    for sent in (inside.attachments[0].sent, inside.reactions[0].sent):
        assert sent is not None
        assert (sent.raw, sent.utc) == (spelled, None)
    assert [one.name for one in inside.attachments] == ["a.jpg"]


def test_the_last_moment_of_the_calendar_is_a_time_and_the_next_is_none() -> None:
    assert from_milliseconds(253_402_300_799_999).utc == 253_402_300_799_999_000
    assert from_milliseconds(253_402_300_800_000).utc is None
    assert from_milliseconds(-62_135_596_800_000).utc == -62_135_596_800_000_000
    assert from_milliseconds(-62_135_596_800_001).utc is None


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        (1_075_852_800, Precision.SECOND),
        (1_767_225_600, Precision.SECOND),
        (1_075_852_800_000, Precision.MILLISECOND),
        (1_767_225_600_123, Precision.MILLISECOND),
    ],
)
def test_the_unit_of_a_reactions_time_is_the_only_one_possible(value: int, precision: Precision) -> None:
    assert of_reaction(value).precision is precision


@pytest.mark.parametrize("value", [0, 1_075_852_799, 300_000_000_000, 1_075_852_799_999])
def test_a_reactions_time_that_fits_no_unit_is_not_read(value: int) -> None:
    assert of_reaction(value).utc is None


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"content": "a"}, Kind.TEXT),
        ({}, Kind.EMPTY),
        ({"content": ""}, Kind.EMPTY),
        ({"novel": 1}, Kind.UNKNOWN),
        ({"photos": [{"uri": "a"}], "share": {"link": "b"}}, Kind.MEDIA),
        ({"audio_files": [{"uri": "a"}], "photos": [{"uri": "a"}]}, Kind.MEDIA),
        ({"share": {"link": "b"}, "content": "look"}, Kind.SHARE),
        ({"share": {}}, Kind.SHARE),
        ({"call_duration": 0}, Kind.CALL),
        ({"missed": True}, Kind.CALL),
        ({"users": [{"name": "Ngozi"}], "content": "x"}, Kind.SYSTEM),
        ({"is_unsent": True, "photos": [{"uri": "a"}]}, Kind.DELETED),
        ({"is_unsent": False, "content": "a"}, Kind.TEXT),
    ],
)
def test_the_kind_is_the_strongest_thing_the_fields_say(fields: dict[str, object], kind: Kind) -> None:
    assert read(**fields).kind is kind


@pytest.mark.parametrize("form", [Form.THREAD, Form.ENCRYPTED])
def test_a_message_of_the_other_form_is_read_all_the_same(form: Form) -> None:
    thread = decoded(b'{"sender_name": "Tom", "timestamp_ms": 1767225600000, "content": "beans"}', form)
    encrypted = decoded(b'{"senderName": "Tom", "timestamp": 1767225600000, "text": "beans"}', form)
    assert (thread.sender, thread.text, thread.sent) == (encrypted.sender, encrypted.text, encrypted.sent)


def test_the_quick_way_and_the_careful_way_read_alike() -> None:
    reactions = [{"reaction": spoil("❤"), "actor": "Tom"}]
    fields = {
        "sender_name": spoil("Zoë"),
        "timestamp_ms": 1767225600000,
        "content": spoil("café"),
        "reactions": reactions,
    }
    plain = json.dumps(fields).encode()
    careful = plain[:-1] + b', "bumped_message_metadata": {}}'
    assert decoded(plain) == decoded(careful)


@pytest.mark.parametrize("key", ["content", "sender_name", "timestamp_ms", "reactions"])
def test_a_key_given_twice_is_never_swallowed(key: str) -> None:
    fields = {"sender_name": "Tom", "timestamp_ms": 1767225600000, "content": "beans", "reactions": []}
    raw = json.dumps(fields)[:-1] + f', "{key}": {json.dumps(fields[key])}}}'
    assert Doubt.FIELD_REPEATED in decoded(raw.encode()).doubts


def test_a_key_given_twice_deep_inside_is_never_swallowed() -> None:
    raw = b'{"sender_name": "Tom", "timestamp_ms": 1, "share": {"link": "a", "link": "b"}}'
    assert Doubt.FIELD_REPEATED in decoded(raw).doubts


def test_words_that_look_like_keys_are_not_taken_for_keys_given_twice() -> None:
    assert read(content='"content": "sender_name": ":').doubts == ()


def test_a_message_nested_beyond_all_reason_keeps_its_place() -> None:
    deep = b'{"sender_name": "Tom", "timestamp_ms": 1, "x": ' + b"[" * 3_000 + b"]" * 3_000 + b"}"
    message = decoded(deep)
    assert message.span == SPAN
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_a_number_beyond_64_bits_is_kept_to_the_digit() -> None:
    message = decoded(b'{"sender_name": "Tom", "timestamp_ms": 1, "id": 123456789012345678901234567890}')
    assert message.extra == '{"id": 123456789012345678901234567890}'
