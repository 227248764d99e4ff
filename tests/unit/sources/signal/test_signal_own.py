"""Signal's own export: chats parted, everybody by name, and every kind of message with all that is known of it."""

from __future__ import annotations

import json

import pytest

import signal_own as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision, format_utc
from safehand.model.message import (
    Call,
    Entity,
    Kind,
    Match,
    MediaState,
    Message,
    Poll,
    PollOption,
    Reply,
    Share,
)
from safehand.sources.contract import Certainty
from signal_reading import claimed, messages_of, read

NAME = "signal-export-2026-08-01/main.jsonl"
PRIYA = "00000000-0000-0000-0000-000000001111"


def told(*messages: made.Object) -> list[Message]:
    return messages_of(made.spelled(messages), NAME)


def one(message: made.Object) -> Message:
    (found,) = told(message)
    return found


def kept(message: Message) -> dict[str, object]:
    found = json.loads(message.extra or "{}")
    assert isinstance(found, dict)
    return found


def test_chats_that_stand_mixed_are_parted_and_everybody_has_a_name() -> None:
    data = made.spelled([
        made.said("a", made.at(0)),
        made.said("b", made.at(1), "3", made.GROUP),
        made.said("c", made.at(2), "1"),
        made.said("d", made.at(3), "1", made.GROUP),
    ])  # fmt: skip
    events, reading = read(data, NAME)
    assert reading.accounts()[0].unparsed == ()
    direct, group = (event for event in events if isinstance(event, ConversationOpened))
    assert (direct.title, direct.kind, direct.native_id, direct.section) == (
        "Priya S.", ConversationKind.DIRECT, PRIYA, None)  # fmt: skip
    assert (group.title, group.kind, group.native_id, group.section) == (
        "Allotment", ConversationKind.GROUP, None, "archived")  # fmt: skip
    assert [(e.sender, e.text) for e in events if isinstance(e, Message)] == [
        ("Priya S.", "a"), ("Sam", "c"), ("Tom", "b"), ("Sam", "d")]  # fmt: skip
    first, second = (event for event in events if isinstance(event, ConversationClosed))
    assert [(p.key, p.names, p.messages, p.declared, p.is_owner) for p in first.participants] == [
        (PRIYA, ("Priya S.", "Priya", "+447700900123"), 1, True, None),
        ("self", ("Sam", "sam.01"), 1, False, True),
    ]
    assert [(p.names[0], p.messages, p.declared) for p in second.participants] == [
        ("Tom", 1, True), ("Sam", 1, False), ("Priya S.", 0, True)]  # fmt: skip
    assert "Signal wrote this file at 2026-01-05T08:00:00Z." in first.notes
    assert len(second.notes) == 1


def test_keys_and_passwords_stand_nowhere_but_in_the_file() -> None:
    events, _ = read(made.spelled([made.said("a", made.at(0))]), NAME)
    assert "c2VjcmV0" not in repr(events)
    assert "1234" not in repr(events)
    opened = next(event for event in events if isinstance(event, ConversationOpened))
    assert json.loads(opened.extra or "")["chat"] == {"expireTimerVersion": 1}
    assert json.loads(opened.extra or "")["recipient"]["contact"]["e164"] == "447700900123"


def test_a_time_is_in_utc_and_what_is_known_of_its_delivery_is_kept() -> None:
    message = one(made.said("hello", made.at(0)))
    assert (message.sent.basis, message.sent.precision) == (Basis.UTC, Precision.MILLISECOND)
    assert format_utc(message.sent.utc or 0) == "2026-01-04T19:02:11Z"
    assert (message.native_id, message.sender_id) == (f"{PRIYA}:1767553331000", PRIYA)
    assert message.extra == '{"incoming":{"dateReceived":"1767553332000","read":true}}'
    assert message.doubts == ()


@pytest.mark.parametrize("sent", ["yesterday", "", None, -5, "0", "1" * 20, [1]])
def test_what_is_no_time_is_kept_and_doubted(sent: object) -> None:
    item = made.said("hello", made.at(0))
    assert isinstance(item["chatItem"], dict)
    item["chatItem"]["dateSent"] = sent
    message = one(item)
    assert (message.text, message.sent.basis, message.native_id) == ("hello", Basis.NONE, None)
    assert Doubt.TIME_UNREADABLE in message.doubts
    assert kept(message)["dateSent"] == sent


def test_who_is_not_in_the_file_has_a_number_and_no_name() -> None:
    message = one(made.said("hello", made.at(0), "77"))
    assert (message.sender, message.sender_id) == (None, "recipient:77")


def test_an_answer_says_which_message_it_answers_by_its_author_and_time() -> None:
    quote = {"targetSentTimestamp": "1767553331000", "authorId": "2", "text": {"body": "dig?"}, "type": "NORMAL"}
    message = one(made.said("yes", made.at(1), "1", quote=quote))
    assert message.reply == Reply(f"{PRIYA}:1767553331000", "dig?", Match.EXACT)
    assert kept(message).keys() == {"outgoing"}
    lost = one(made.said("yes", made.at(1), quote={"authorId": "1", "text": {"body": "dig?"}}))
    assert lost.reply == Reply(None, "dig?", Match.NONE)
    assert Doubt.REPLY_TARGET_MISSING in lost.doubts


def test_reactions_have_their_author_and_time() -> None:
    given = [{"emoji": "👍", "authorId": "1", "sentTimestamp": "1767553400000", "sortOrder": "1"}]
    (reaction,) = one(made.said("hello", made.at(0), reactions=given)).reactions
    assert (reaction.value, reaction.sender) == ("👍", "Sam")
    assert reaction.sent is not None
    assert reaction.sent.utc == 1_767_553_400_000_000


def test_files_are_named_and_what_else_is_known_of_them_is_kept() -> None:
    pointer = {"contentType": "image/jpeg", "fileName": "plot.jpg", "locatorInfo": {"size": 9, "plaintextHash": "qq=="}}
    message = one(made.item(made.at(0), standardMessage={"attachments": [{"pointer": pointer}]}))
    (file,) = message.attachments
    assert message.kind is Kind.MEDIA
    assert (file.state, file.name, file.type, file.mime, file.size) == (
        MediaState.NAMED, "plot.jpg", "image", "image/jpeg", 9)  # fmt: skip
    assert kept(message)["attachments"] == [{"pointer": pointer}]
    voice = {"pointer": {"contentType": "audio/aac"}, "flag": "VOICE_MESSAGE"}
    spoken = one(made.item(made.at(0), standardMessage={"attachments": [voice]}))
    assert (spoken.kind, spoken.attachments[0].state, spoken.attachments[0].type) == (
        Kind.VOICE, MediaState.MISSING, "voice")  # fmt: skip
    long = one(made.said("begins", made.at(0), longText={"contentType": "text/x-signal-plain"}))
    assert (long.kind, long.text, len(long.attachments)) == (Kind.MEDIA, "begins", 1)


def test_marks_in_the_words_are_counted_in_characters() -> None:
    ranges = [
        {"start": 2, "length": 3, "style": "BOLD"},
        {"length": 2, "style": "SPOILER"},
        {"start": 6, "length": 1, "mentionAci": made.aci(made.PRIYA)},
    ]
    text = {"body": "🥕two \ufffc", "bodyRanges": ranges}
    message = one(made.item(made.at(0), standardMessage={"text": text}))
    assert message.entities == (Entity(1, 4, "bold"), Entity(0, 1, "spoiler"), Entity(5, 6, "mention", PRIYA))
    assert Doubt.FIELD_NOT_READ not in message.doubts
    half = one(made.item(made.at(0), standardMessage={
        "text": {"body": "🥕", "bodyRanges": [{"start": 1, "length": 1, "style": "BOLD"}]}}))  # fmt: skip
    assert Doubt.FIELD_NOT_READ in half.doubts


def test_a_link_is_told_with_the_words_beside_it_and_its_picture_is_kept() -> None:
    preview = {"url": "https://example.org", "title": "Plots", "description": "to let", "image": {"width": 3}}
    message = one(made.said("https://example.org", made.at(0), linkPreview=[preview]))
    assert (message.kind, message.share) == (Kind.TEXT, Share("https://example.org", "Plots\nto let"))
    assert kept(message)["linkPreview"] == [preview]


def test_what_it_said_before_and_when_is_kept_and_it_was_sent_when_the_oldest_was() -> None:
    old, new = made.said("hallo", made.at(0)), made.said("hello", made.at(5))
    assert isinstance(new["chatItem"], dict)
    new["chatItem"]["revisions"] = [old["chatItem"]]
    message = one(new)
    assert (message.text, message.revisions, message.edited_mark) == ("hello", ("hallo",), True)
    assert message.sent.utc == 1_767_553_331_000_000
    assert message.edited is not None
    assert message.edited.utc == message.sent.utc + 300_000_000
    assert kept(message)["revisions"] == [old["chatItem"]]


def kind_of(**what: object) -> Message:
    item = made.item(made.at(0))
    assert isinstance(item["chatItem"], dict)
    item["chatItem"].update(what)
    return one(item)


def test_every_kind_of_message_is_told_as_what_it_is() -> None:
    assert kind_of(remoteDeletedMessage={}).kind is Kind.DELETED
    gone = kind_of(adminDeletedMessage={"adminId": "3"})
    assert (gone.kind, kept(gone)["adminId"]) == (Kind.DELETED, "3")
    sticker = kind_of(
        stickerMessage={"sticker": {"emoji": "🌻", "stickerId": 3, "data": {"contentType": "image/webp"}}}
    )
    assert (sticker.kind, sticker.attachments[0].mime) == (Kind.STICKER, "image/webp")
    shown = kind_of(contactMessage={"contact": {"name": {"givenName": "Lee"}}})
    assert (shown.kind, kept(shown)["contact"]) == (Kind.CONTACT, {"name": {"givenName": "Lee"}})
    assert kind_of(viewOnceMessage={}).kind is Kind.EMPTY
    story = kind_of(directStoryReplyMessage={"textReply": {"text": {"body": "nice"}}})
    assert (story.kind, story.text, story.action) == (Kind.TEXT, "nice", "directStoryReplyMessage")
    assert kind_of(directStoryReplyMessage={"emoji": "👍"}).text == "👍"
    paid = kind_of(paymentNotification={"amountMob": "1.5", "note": "for seeds"})
    assert (paid.kind, paid.text, kept(paid)["amountMob"]) == (Kind.SYSTEM, "for seeds", "1.5")
    options = [{"option": "beans", "votes": [{"voterId": "2", "voteCount": 1}]}, {"option": "peas"}]
    poll = kind_of(poll={"question": "What?", "options": options, "hasEnded": True})
    assert poll.poll == Poll("What?", (PollOption("beans", 1), PollOption("peas", 0)))
    assert (kept(poll)["options"], kept(poll)["hasEnded"]) == (options, True)
    assert kind_of(standardMessage={}).kind is Kind.EMPTY
    for message in (gone, sticker, shown, story, paid, poll):
        assert message.doubts == ()


@pytest.mark.parametrize(
    ("update", "call"),
    [
        ({"individualCall": {"type": "VIDEO_CALL", "direction": "INCOMING", "state": "NOT_ACCEPTED"}},
         Call(None, "not accepted", video=True)),
        ({"individualCall": {"type": "AUDIO_CALL", "state": "ACCEPTED"}}, Call(None, "accepted", video=False)),
        ({"groupCall": {"state": "JOINED", "startedCallTimestamp": "1767553331000",
                        "endedCallTimestamp": "1767553393000"}}, Call(62, "joined")),
    ],
)  # fmt: skip
def test_a_call_is_told_with_its_outcome_and_its_length_where_signal_keeps_it(update: made.Object, call: Call) -> None:
    message = kind_of(updateMessage=update)
    assert (message.kind, message.call, message.doubts) == (Kind.CALL, call, ())
    assert kept(message)[next(iter(update))] == next(iter(update.values()))


@pytest.mark.parametrize(
    ("update", "action"),
    [
        ({"simpleUpdate": {"type": "IDENTITY_UPDATE"}}, "IDENTITY_UPDATE"),
        ({"expirationTimerChange": {"expiresInMs": "86400000"}}, "expirationTimerChange"),
        ({"groupChange": {"updates": [{"groupNameUpdate": {"newGroupName": "Plots"}}, {"groupAvatarUpdate": {}}]}},
         "groupNameUpdate, groupAvatarUpdate"),
        ({}, None),
    ],
)  # fmt: skip
def test_what_the_platform_did_is_told_in_its_own_word_and_kept_whole(update: made.Object, action: str | None) -> None:
    message = kind_of(updateMessage=update)
    assert (message.kind, message.action, message.doubts) == (Kind.SYSTEM, action, ())
    assert all(kept(message)[name] == found for name, found in update.items())


@pytest.mark.parametrize("what", [{}, {"hologram": {"a": 1}}, {"standardMessage": 7}, {"poll": [1]}])
def test_a_kind_that_nobody_knew_is_kept_and_doubted(what: made.Object) -> None:
    message = kind_of(**what)
    assert message.kind is Kind.UNKNOWN
    assert Doubt.FIELD_NOT_READ in message.doubts
    assert all(kept(message)[name] == found for name, found in what.items())


@pytest.mark.parametrize(
    "others",
    [
        {"reactions": [7]},
        {"reactions": [{"emoji": 3}]},
        {"quote": "x"},
        {"quote": {"authorId": "2", "targetSentTimestamp": "5", "smell": 1}},
        {"linkPreview": {"url": "x"}},
        {"attachments": "x"},
        {"longText": 3},
        {"smell": "of beans"},
    ],
)
def test_a_part_that_nobody_understands_is_kept(others: made.Object) -> None:
    message = kind_of(standardMessage={"text": {"body": "hello"}, **others})
    assert message.text == "hello"
    assert all(kept(message)[name] == found for name, found in others.items())


def test_a_field_beside_the_message_is_kept() -> None:
    message = one({**made.said("hello", made.at(0)), "beside": 1})
    assert (message.text, kept(message)["beside"]) == ("hello", 1)
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_half_a_character_is_shown_and_what_stood_there_is_kept() -> None:
    data = made.spelled([made.said("cut HERE", made.at(0))]).replace(b"HERE", b"\\ud83d")
    (message,) = messages_of(data, NAME)
    assert (message.text, message.text_raw) == ("cut \ufffd", "cut \\ud83d")
    assert Doubt.ENCODING_GUESSED in message.doubts


@pytest.mark.parametrize("old", [b'"body":"hello"', b'"chatId":"10"', b'"incoming":{'])
def test_a_field_given_twice_is_doubted(old: bytes) -> None:
    data = made.spelled([made.said("hello", made.at(0))])
    (message,) = messages_of(data.replace(old, old.replace(b"{", b"{},") + b"," + old if b"{" not in old else
                                          b'"incoming":{},' + old), NAME)  # fmt: skip
    assert message.text == "hello"
    assert Doubt.FIELD_REPEATED in message.doubts


def test_a_message_that_says_it_is_two_kinds_keeps_both() -> None:
    item = made.said("a", made.at(0))["chatItem"]
    assert isinstance(item, dict)
    found = one({"chatItem": {**item, "stickerMessage": {"sticker": {"emoji": "🌻"}}}})
    assert (found.kind, found.text) == (Kind.TEXT, "a")
    assert kept(found)["stickerMessage"] == {"sticker": {"emoji": "🌻"}}
    assert Doubt.FIELD_NOT_READ in found.doubts


def test_a_line_of_another_kind_is_kept_and_an_empty_one_is_nothing() -> None:
    data = made.spelled([{}, {"hologram": {}}, made.said("hello", made.at(0)), {"chatItem": 7}])
    events, reading = read(data, NAME)
    assert [event.text for event in events if isinstance(event, Message)] == ["hello"]
    (account,) = reading.accounts()
    assert [data[gap.start : gap.end] for gap in account.unparsed] == [b'{"hologram":{}}', b'{"chatItem":7}']


def test_a_message_of_a_chat_that_is_not_in_the_file_is_read_and_a_chat_without_messages_is_told() -> None:
    events, _ = read(made.spelled([made.said("hello", made.at(0), "2", "99")]), NAME)
    assert [(e.title, e.native_id) for e in events if isinstance(e, ConversationOpened)] == [
        ("Priya S.", PRIYA), ("Allotment", None), (None, None)]  # fmt: skip
    assert [e.messages for e in events if isinstance(e, ConversationClosed)] == [0, 0, 1]


def test_people_may_stand_behind_the_messages() -> None:
    data = made.spelled([*made.CHATS, made.said("hello", made.at(0)), *made.PEOPLE, made.ACCOUNT], (made.VERSION,))
    (message,) = messages_of(data, NAME)
    assert message.sender == "Priya S."


WHOLE = made.spelled([made.said("hello", made.at(0))])


@pytest.mark.parametrize(
    ("data", "certainty"),
    [
        (WHOLE, Certainty.CERTAIN),
        (b"\xef\xbb\xbf" + WHOLE, Certainty.CERTAIN),
        (WHOLE.partition(b"\n")[2], Certainty.LIKELY),
        (made.spelled([made.said("hello", made.at(0))], ()), Certainty.LIKELY),
    ],
)
def test_it_is_known_by_its_first_line(data: bytes, certainty: Certainty) -> None:
    assert claimed(data, "main.jsonl") == ("signal/own-jsonl", certainty)


@pytest.mark.parametrize(
    "data",
    [
        b'{"version": "1"}\n',
        b'{"a": {"version": "1", "backupTimeMs": "2"}}\n',
        b'[{"chatItem":{"chatId":"1"}}]\n',
        b'{"text":"{\\"chatItem\\":{\\"chatId\\":"}\n',
        b'{"chat":{"name":"x"}}\n',
    ],
)
def test_what_only_looks_like_it_is_not_claimed(data: bytes) -> None:
    assert claimed(data, "main.jsonl") is None
