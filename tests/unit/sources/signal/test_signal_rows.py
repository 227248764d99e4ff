"""sigtop's JSON: rows of Signal Desktop, accounts by their ids, and all that is known of a row kept."""

from __future__ import annotations

import json

import pytest

import signal_rows as made
from safehand.model.conversation import ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Attachment, Entity, Kind, MediaState, Message, Reply
from safehand.sources.contract import Certainty
from signal_reading import claimed, closed_of, messages_of, read

NAME = "out/Ada (+447700900123).json"


def one(body: object = "hello", **others: object) -> Message:
    row = {**made.row("", made.at(0)), "body": body, **others}
    (message,) = messages_of(made.spelled([row]), NAME)
    return message


def kept(message: Message) -> dict[str, object]:
    found = json.loads(message.extra or "{}")
    assert isinstance(found, dict)
    return found


def test_a_row_is_a_message_of_an_account_by_its_id() -> None:
    message = one()
    assert (message.text, message.sender, message.sender_id, message.native_id) == (
        "hello", made.ADA, made.ADA, "row-1767553331000")  # fmt: skip
    assert (message.sent.basis, message.sent.precision, message.sent.utc) == (
        Basis.UTC, Precision.MILLISECOND, 1_767_553_331_000_000)  # fmt: skip
    assert (kept(message), message.doubts) == (
        {"received_at": 77, "received_at_ms": 1767553331900, "readStatus": 0}, ())  # fmt: skip
    assert one(sourceServiceId=None, source="+447700900123").sender == "+447700900123"


def test_whose_computer_it_is_is_whoever_sent() -> None:
    data = made.spelled([made.row("a", made.at(0), made.ME), made.row("b", made.at(1))])
    assert [(p.key, p.is_owner) for p in closed_of(data, NAME).participants] == [(made.ME, True), (made.ADA, None)]
    opened = next(event for event in read(data, NAME)[0] if isinstance(event, ConversationOpened))
    assert (opened.title, opened.form) == ("Ada", "signal/sigtop-json")
    unnamed = made.spelled([{**made.row("a", made.at(0), made.ME), "sourceServiceId": None}])
    assert [(p.key, p.is_owner) for p in closed_of(unnamed, NAME).participants] == [("You", True)]


def test_rows_without_words_say_so() -> None:
    rows = [{name: value for name, value in made.row(None, made.at(n)).items() if name != "body"} for n in range(2)]
    assert len(closed_of(made.spelled(rows), NAME).notes) == 2
    assert len(closed_of(made.spelled([*rows, made.row("a", made.at(3))]), NAME).notes) == 1


def test_what_is_answered_edited_and_marked_is_told() -> None:
    quote = {"id": 1767553331000, "authorAci": made.ME, "text": "dig?", "referencedMessageNotFound": True}
    message = one(
        "yes 🥕 x",
        quote=quote,
        bodyRanges=[{"start": 4, "length": 2, "style": 1}, {"start": 7, "length": 1, "mentionAci": made.ME}],
        editHistory=[{"body": "yes 🥕 x", "timestamp": 3}, {"body": "no", "timestamp": 2}],
        editMessageTimestamp=1767553391000,
    )
    assert message.reply == Reply(None, "dig?")
    assert message.entities == (Entity(4, 5, "bold"), Entity(6, 7, "mention", made.ME))
    assert (message.revisions, message.edited_mark) == (("no",), True)
    assert message.edited is not None
    assert message.edited.utc == 1_767_553_391_000_000
    assert message.doubts == (Doubt.REPLY_TARGET_MISSING,)
    assert kept(message)["quote"] == quote


def test_files_and_reactions_are_told() -> None:
    files = [{"fileName": "a.jpg", "contentType": "image/jpeg", "size": 9, "path": "ab/cd"}, {"contentType": "x/y"}]
    reactions = [{"emoji": "👍", "fromId": "c2", "targetTimestamp": 1, "timestamp": 1767553391000}]
    message = one(attachments=files, reactions=reactions)
    assert message.attachments == (
        Attachment(MediaState.NAMED, "a.jpg", "image", "image/jpeg", 9),
        Attachment(MediaState.MISSING, None, "x", "x/y"),
    )
    assert (message.kind, kept(message)["attachments"]) == (Kind.MEDIA, files)
    assert [(one.value, one.sender) for one in message.reactions] == [("👍", "c2")]


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        ({"body": None, "deletedForEveryone": True}, Kind.DELETED),
        ({"body": None, "type": "call-history"}, Kind.CALL),
        ({"body": None, "type": "group-v2-change", "groupV2Change": {"details": []}}, Kind.SYSTEM),
        ({"body": None, "sticker": {"packId": "a"}}, Kind.STICKER),
        ({"body": None, "contact": [{"name": {}}]}, Kind.CONTACT),
        ({"attachments": [{"contentType": "audio/aac", "flags": 1}]}, Kind.VOICE),
        ({"body": None}, Kind.EMPTY),
    ],
)
def test_every_kind_of_row_is_told_as_what_it_is(others: made.Object, kind: Kind) -> None:
    message = one(**others)
    assert (message.kind, message.doubts) == (kind, ())
    assert all(name in kept(message) for name in others.keys() & {"groupV2Change", "sticker", "contact"})


@pytest.mark.parametrize(
    "others",
    [{"body": 7}, {"bodyRanges": "x"}, {"bodyRanges": [{"start": 900, "length": 1, "style": 1}]}, {"quote": 3},
     {"reactions": [{"emoji": 1}]}, {"attachments": 5}, {"type": []}, {"smell": "of beans"}],
)  # fmt: skip
def test_what_nobody_understands_is_kept_and_doubted(others: made.Object) -> None:
    message = one(**others)
    assert Doubt.FIELD_NOT_READ in message.doubts
    assert all(kept(message)[name] == value for name, value in others.items())


def test_what_signal_desktop_is_known_to_keep_is_kept_without_a_doubt() -> None:
    known = {
        "sms": True,
        "storyReaction": {"emoji": "👍"},
        "sendStateByConversationId": {"c2": {"status": "Read", "updatedAt": 5}},
        "decrypted_at": 7,
    }
    message = one(**known)
    assert message.doubts == ()
    assert all(kept(message)[name] == value for name, value in known.items())


def test_a_time_of_sending_that_is_none_is_kept_where_another_stands_for_it() -> None:
    message = one(sent_at=1767553331000.5, timestamp=1767553331000)
    assert message.sent.utc == 1_767_553_331_000_000
    assert kept(message)["sent_at"] == 1767553331000.5
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_what_is_no_time_is_kept_and_doubted() -> None:
    message = one(sent_at="yesterday", timestamp=None)
    assert (message.sent.basis, kept(message)["sent_at"]) == (Basis.NONE, "yesterday")
    assert Doubt.TIME_UNREADABLE in message.doubts
    assert one(sent_at=None).sent.utc == 1_767_553_331_000_000


@pytest.mark.parametrize(
    ("data", "certainty"),
    [
        (made.spelled([made.row("a", made.at(0))]), Certainty.CERTAIN),
        (b'[\n{"sendStateByConversationId": {}, "sendHQImages": false, "bodyRanges": []}\n]\n', Certainty.LIKELY),
        (b'[\n{"text": "\\"conversationId\\": \\"sent_at\\": \\"type\\":"}\n]\n', None),
        (b'{"conversationId": "a", "sent_at": 1, "type": "incoming"}\n', None),
        (b"[]\n", None),
    ],
)
def test_it_is_known_by_its_rows(data: bytes, certainty: Certainty | None) -> None:
    assert claimed(data, NAME) == (None if certainty is None else ("signal/sigtop-json", certainty))


def test_a_row_whose_id_was_read_before_says_so() -> None:
    rows = [made.row(f"row {n}", made.at(n)) for n in range(3)]
    odd = [{**row, "hologram": 1} for row in rows]
    told = messages_of(made.spelled([*rows, rows[1], odd[2], {**odd[0], "id": "another"}]), NAME)
    assert [Doubt.DUPLICATE_OF in message.doubts for message in told] == [False, False, False, True, True, False]
