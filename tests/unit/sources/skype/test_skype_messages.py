"""Skype's own data: oldest first, words out of their marks, answers, edits, files, calls, and who is who."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import skype_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Attachment, Call, Entity, Kind, Match, MediaState, Message, Reply
from safehand.sources.contract import Capture, Certainty, FileInMemory, Probe
from safehand.sources.reading import Reading
from safehand.sources.skype import SOURCE
from safehand.sources.skype.content import read_words

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "skype"


def read(data: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory("messages.json", "messages.json", data),)))
    return list(reading.events()), reading


def told(*messages: made.Object) -> list[Message]:
    events, reading = read(made.spelled([made.chat(made.ROBIN, "Robin", messages)]))
    assert reading.accounts()[0].unparsed == ()
    return [event for event in events if isinstance(event, Message)]


def one(content: str, kind: str = "RichText", **others: object) -> Message:
    said = made.said(content, made.at(0))
    (message,) = told({**said, "messagetype": kind, **others})
    return message


def kept(message: Message) -> dict[str, object]:
    found = json.loads(message.extra or "{}")
    assert isinstance(found, dict)
    return found


def test_newest_first_is_told_oldest_first_and_everybody_has_a_name() -> None:
    robin = made.chat(made.ROBIN, "Robin", [made.said(f"row {n}", made.at(n), (made.ME, made.ROBIN)[n % 2])
                                            for n in range(4)])  # fmt: skip
    club = made.chat(made.CLUB, None, [made.said("hello", made.at(9), made.LEE, displayName="Lee")],
                     topic="Club", members=json.dumps([made.ME, made.ROBIN, made.LEE]))  # fmt: skip
    empty = made.chat(made.LEE, "Lee", [])
    events, reading = read(made.spelled([robin, club, empty]))
    assert reading.accounts()[0].unparsed == ()
    assert [(e.title, e.kind, e.native_id) for e in events if isinstance(e, ConversationOpened)] == [
        ("Robin", ConversationKind.DIRECT, made.ROBIN),
        ("Club", ConversationKind.GROUP, made.CLUB),
        ("Lee", ConversationKind.DIRECT, made.LEE),
    ]
    assert [(m.sender, m.text) for m in events if isinstance(m, Message)] == [
        (made.ME, "row 0"), ("Robin", "row 1"), (made.ME, "row 2"), ("Robin", "row 3"), ("Lee", "hello")]  # fmt: skip
    first, second, _ = (event for event in events if isinstance(event, ConversationClosed))
    assert [(p.key, p.names, p.messages, p.declared, p.is_owner) for p in first.participants] == [
        (made.ME, (made.ME,), 2, False, True), (made.ROBIN, ("Robin",), 2, True, None)]  # fmt: skip
    assert [(p.key, p.names, p.messages, p.declared, p.is_owner) for p in second.participants] == [
        (made.LEE, ("Lee",), 1, True, None), (made.ME, (made.ME,), 0, True, True),
        (made.ROBIN, ("Robin",), 0, True, None)]  # fmt: skip
    assert "Skype wrote this file at 2021-02-01T12:00:00Z." in first.notes


@pytest.mark.parametrize(
    ("raw", "precision", "utc"),
    [
        ("2021-02-01T00:00:02Z", Precision.SECOND, 1_612_137_602_000_000),
        ("2021-02-01T00:00:02.1Z", Precision.MILLISECOND, 1_612_137_602_100_000),
        ("2021-02-01T00:00:02.125Z", Precision.MILLISECOND, 1_612_137_602_125_000),
        ("2021-02-01T00:00:02.1234567Z", Precision.MICROSECOND, 1_612_137_602_123_456),
    ],
)
def test_a_time_is_as_fine_as_it_is_written(raw: str, precision: Precision, utc: int) -> None:
    first, message = told(made.said("a", made.at(0), originalarrivaltime="2021-02-01T00:00:00Z"),
                          made.said("hello", made.at(1), originalarrivaltime=raw))  # fmt: skip
    assert (message.sent.basis, message.sent.precision, message.sent.utc) == (Basis.UTC, precision, utc)
    assert (first.doubts, message.doubts) == ((), ())


@pytest.mark.parametrize(
    "raw",
    [
        "0001-01-01T00:00:00Z",
        "2021-02-30T00:00:00Z",
        "2021-02-01T24:00:00.000Z",
        "2021-02-01T00:00:60.000Z",
        "2021-02-01T00:00:02",
        "",
        None,
        7,
    ],
)
def test_what_is_no_time_is_kept_and_doubted(raw: object) -> None:
    message = one("hello", originalarrivaltime=raw)
    assert (message.text, message.sent.basis) == ("hello", Basis.NONE)
    assert Doubt.TIME_UNREADABLE in message.doubts
    assert kept(message)["originalarrivaltime"] == raw


def test_words_come_out_of_their_marks() -> None:
    content = (
        'see <a href="https://example.org/?a=1&amp;b">the plots</a> &amp; <b raw_pre="*">dig</b> &lt;b&gt; '
        '<ss type="smile">:)</ss> <at id="8:live:robin">Robin</at>'
    )
    message = one(content)
    assert message.text == "see the plots & dig <b> :) Robin"
    assert message.entities == (
        Entity(4, 13, "link", "https://example.org/?a=1&b"),
        Entity(16, 19, "bold"),
        Entity(24, 26, "emoticon", "smile"),
        Entity(27, 32, "mention", "8:live:robin"),
    )
    assert (message.doubts, message.extra) == ((), None)


@pytest.mark.parametrize("content", ["a < b", "a &nbsp; b", "5 <3", "&#x110000;", "&#55357;", "<>", "</", "a && b"])
def test_what_is_no_mark_is_words(content: str) -> None:
    assert one(content).text == content
    assert one(content, "Text").text == content


def test_a_mark_nobody_knew_loses_no_word_and_is_doubted() -> None:
    message = one('<bean size="3">tall</bean> ones')
    assert (message.text, kept(message)["content"]) == ("tall ones", '<bean size="3">tall</bean> ones')
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_what_is_answered_is_told_by_its_id_and_words() -> None:
    quote = (
        '<quote author="live:me" authorname="Me" timestamp="1612137500" messageid="1612137500000">'
        "<legacyquote>[1612137500] Me: </legacyquote>tea &amp; beans?"
        "<legacyquote>\n\n&lt;&lt;&lt; </legacyquote></quote>"
    )
    message = one(quote + "yes")
    assert (message.text, message.reply) == ("yes", Reply("1612137500000", "tea & beans?", Match.EXACT))
    assert kept(message)["content"] == quote + "yes"
    assert message.doubts == ()


def test_an_edit_is_told_with_its_time() -> None:
    marked = one('yes<e_m a="live:robin" ts_ms="1612137600001" ts="1612137600" t="61"></e_m>')
    assert (marked.text, marked.edited_mark) == ("yes", True)
    assert marked.edited is not None
    assert marked.edited.utc == 1_612_137_600_001_000
    told_ = one("yes", properties={"edittime": "1612137600001", "urlpreviews": None})
    assert (told_.edited, told_.extra) == (marked.edited, None)


def test_a_deleted_message_says_so_and_when() -> None:
    message = one("", properties={"deletetime": "1612137600001"})
    assert (message.kind, message.text) == (Kind.DELETED, None)
    assert kept(message)["properties"] == {"deletetime": "1612137600001"}
    assert one("").kind is Kind.EMPTY


def test_reactions_have_their_author_and_time() -> None:
    emotions = [{"key": "heart", "users": [{"mri": made.ROBIN, "time": 1612137600001}, {"mri": made.ME, "time": "5"}]}]
    message = one("hello", properties={"emotions": emotions})
    assert [(one.value, one.sender) for one in message.reactions] == [("heart", "Robin"), ("heart", made.ME)]
    assert message.reactions[0].sent is not None
    assert message.reactions[0].sent.utc == 1_612_137_600_001_000
    assert (message.extra, message.doubts) == (None, ())


@pytest.mark.parametrize("properties", [{"emotions": "x"}, {"emotions": [{"key": 1}]}, {"smell": "beans"}, [1], "x"])
def test_properties_that_nobody_understands_are_kept_and_doubted(properties: object) -> None:
    message = one("hello", properties=properties)
    assert kept(message)["properties"] == properties
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_known_properties_without_a_place_are_kept() -> None:
    message = one("hello", properties={"urlpreviews": "[]", "albumId": None})
    assert (kept(message)["properties"], message.doubts) == ({"urlpreviews": "[]", "albumId": None}, ())


PICTURE = (
    '<URIObject type="Picture.1" uri="https://example.org/1">To view this shared photo, go to: <a href="x">y</a>'
    '<OriginalName v="plot &amp; shed.jpg"/><FileSize v="2048"/><meta type="photo" originalName="z.jpg"/></URIObject>'
)


@pytest.mark.parametrize(
    ("content", "type_", "kind", "file"),
    [
        (PICTURE, "RichText/UriObject", Kind.MEDIA,
         Attachment(MediaState.NAMED, "plot & shed.jpg", "photo", None, 2048)),
        ('<URIObject type="Audio.1/Message.1">x', "RichText/Media_AudioMsg", Kind.VOICE,
         Attachment(MediaState.OMITTED, None, "audio")),
        ('<URIObject type="File.1"><meta originalName="a.pdf"/></URIObject>', "RichText/Media_GenericFile", Kind.MEDIA,
         Attachment(MediaState.NAMED, "a.pdf", "document")),
        ('<files alt=""><file size="7" index="0">b.txt</file></files>', "RichText/Files", Kind.MEDIA,
         Attachment(MediaState.NAMED, "b.txt", "document", None, 7)),
    ],
)  # fmt: skip
def test_a_file_is_told_by_its_name(content: str, type_: str, kind: Kind, file: Attachment) -> None:
    message = one(content, type_)
    assert (message.kind, message.text, message.attachments) == (kind, None, (file,))
    assert (kept(message)["content"], message.doubts) == (content, ())


def test_a_call_is_told_with_the_longest_part_of_it() -> None:
    content = (
        '<partlist alt="" type="ended"><part identity="live:me"><name>live:me</name><duration>12.5</duration></part>'
        '<part identity="live:robin"><duration>61</duration></part></partlist>'
    )
    message = one(content, "Event/Call")
    assert (message.kind, message.call, message.doubts) == (Kind.CALL, Call(61, "ended"), ())
    assert kept(message) == {"content": content}
    assert one('<partlist type="missed"/>', "Event/Call").call == Call(None, "missed")


def test_what_happened_in_a_group_is_told_with_whoever_did_it() -> None:
    content = "<addmember><initiator>8:live:me</initiator><target>8:live:robin</target></addmember>"
    club = made.chat(made.CLUB, "Club", [made.said(content, made.at(0), made.CLUB,
                                                   messagetype="ThreadActivity/AddMember")])  # fmt: skip
    events, _ = read(made.spelled([club]))
    (message,) = (event for event in events if isinstance(event, Message))
    assert (message.kind, message.action, message.sender_id, message.text) == (
        Kind.SYSTEM, "AddMember", "8:live:me", None)  # fmt: skip
    assert (kept(message), message.doubts) == ({"content": content}, ())


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("RichText/Contacts", Kind.CONTACT),
        ("RichText/Location", Kind.LOCATION),
        ("Poll", Kind.POLL),
        ("Notice", Kind.SYSTEM),
        ("PopCard", Kind.SYSTEM),
        ("EndToEndEncryption/EncryptedText", Kind.EMPTY),
        ("ThreadActivity/E2EEHandshakeInvite", Kind.SYSTEM),
    ],
)
def test_other_kinds_are_told_as_what_they_are_and_kept_whole(type_: str, kind: Kind) -> None:
    message = one("<x>y</x>", type_)
    assert (message.kind, kept(message)["content"], message.doubts) == (kind, "<x>y</x>", ())


@pytest.mark.parametrize("type_", ["RichText/Hologram", "Smoke", "", None, 7])
def test_a_kind_that_nobody_knew_is_kept_and_doubted(type_: object) -> None:
    (message,) = told(made.said("<x>hello</x>", made.at(0), messagetype=type_))
    assert (message.kind, message.text) == (Kind.UNKNOWN, "hello")
    assert kept(message)["content"] == "<x>hello</x>"
    assert Doubt.FIELD_NOT_READ in message.doubts


def test_an_old_address_is_the_account_it_ends_in() -> None:
    sender = f"https://example.org/v1/users/ME/contacts/{made.ROBIN}"
    (message,) = told(made.said("hello", made.at(0), sender))
    assert (message.sender, message.sender_id) == ("Robin", made.ROBIN)


def test_a_field_nobody_knew_and_one_given_twice_are_kept_and_doubted() -> None:
    message = one("hello", ShoeSize=43)
    assert (message.text, kept(message)) == ("hello", {"ShoeSize": 43})
    assert Doubt.FIELD_NOT_READ in message.doubts
    data = made.spelled([made.chat(made.ROBIN, "Robin", [made.said("hello", made.at(0))])])
    events, _ = read(data.replace(b'"content": "hello"', b'"content": "", "content": "hello"'))
    (twice,) = (event for event in events if isinstance(event, Message))
    assert Doubt.FIELD_REPEATED in twice.doubts


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said(f"row: {n} \\ {{}} 🥕", made.at(n), displayName=(None, "R: B")[n % 2]) for n in range(4)]
    plain, careful = told(*said), told(*({**m, "unknown": 1} for m in said))
    assert [
        msgspec.structs.replace(m, extra=None, doubts=p.doubts, span=p.span)
        for p, m in zip(plain, careful, strict=True)
    ] == plain


def test_marks_in_marks_without_end_take_no_time_and_lose_no_word() -> None:
    words = read_words("<b>" * 50_000 + "deep" + "</i>" * 50_000 + "<quote>" * 50_000 + "gone")
    assert (words.text, words.quoted, words.strange) == ("deepgone", None, True)


@pytest.mark.parametrize(
    "content",
    [
        '<quote messageid="1">tea and beans',
        '<quote messageid="1">tea <legacyquote>and</legacyquote> beans',
        '<quote messageid="1"><legacyquote>tea and beans',
        "tea and</quote> beans",
        '<quote messageid="1">rain?</quote><b>tea</b> <quote>and beans',
    ],
)
def test_the_words_of_a_quote_that_does_not_end_stay_and_are_doubted(content: str) -> None:
    message = one(content)
    assert (message.text or "").split() == ["tea", "and", "beans"]
    assert Doubt.FIELD_NOT_READ in message.doubts
    assert kept(message)["content"] == content
    ended = one('<quote messageid="1">tea and beans</quote>')
    assert (ended.kind, ended.text, ended.doubts) == (Kind.EMPTY, None, ())


def closed_of(data: bytes) -> list[ConversationClosed]:
    return [event for event in read(data)[0] if isinstance(event, ConversationClosed)]


def test_a_message_whose_id_was_read_before_in_its_conversation_says_so() -> None:
    said = [made.said(f"row {n}", made.at(n), id=native, version=int(native or 0)) for n, native in enumerate("787890")]
    for odd in (said[3], said[4]):
        odd["properties"] = {"urlpreviews": "[]"}
    nameless = [{**said[0], "id": ""}] * 2
    told_ = told(*said, *nameless)
    assert [Doubt.DUPLICATE_OF in message.doubts for message in told_] == [n in (2, 3) for n in range(8)]
    apart = made.spelled([made.chat(who, "R", [made.said("hello", made.at(0))]) for who in (made.ROBIN, made.LEE)])
    assert all(not event.doubts for event in read(apart)[0] if isinstance(event, Message))


def test_a_conversation_that_stands_twice_is_told_twice_and_says_so() -> None:
    both = [made.chat(made.ROBIN, "Robin", [made.said(f"row {n}", made.at(n)) for n in rows])
            for rows in (range(3), range(1, 4))]  # fmt: skip
    first, second = closed_of(made.spelled(both))
    assert (first.doubts, second.doubts) == ((), ((Doubt.DUPLICATE_OF, 3),))
    assert not any("before this one" in note for note in first.notes)
    assert any("before this one" in note for note in second.notes)
    nameless = [{**chat, "id": ""} for chat in both]
    assert not any(Doubt.DUPLICATE_OF in dict(one_.doubts) for one_ in closed_of(made.spelled(nameless)))


def test_what_is_no_conversation_is_counted_and_doubted() -> None:
    good = made.chat(made.ROBIN, "Robin", [made.said("hello", made.at(0))])
    data = made.spelled([good]).replace(b'"conversations": [', b'"conversations": ["x", 5, null, [1], ')
    (closed,) = closed_of(data)
    assert closed.doubts == ((Doubt.FIELD_NOT_READ, 1),)
    assert any("no list of messages: 4." in note for note in closed.notes)
    for listed, doubts in (({"a": 1}, 1), ("x", 1), (None, 0), ([], 0)):
        (closed,) = closed_of(made.spelled([{**good, "MessageList": listed}]))
        assert dict(closed.doubts).get(Doubt.FIELD_NOT_READ, 0) == doubts
    (closed,) = closed_of(b'{"userId": "8:a", "exportDate": "2021", "conversations": {"a": []}}')
    assert closed.doubts == ((Doubt.FIELD_NOT_READ, 1),)


def test_a_field_of_a_conversation_or_of_the_file_that_is_given_twice_is_doubted() -> None:
    good = made.spelled([made.chat(made.ROBIN, "Robin", [made.said("hello", made.at(0))])])
    for field in (b'"displayName": "Robin"', b'"userId": "8:live:me"'):
        assert good.count(field) == 1
        (closed,) = closed_of(good.replace(field, field + b", " + field))
        assert closed.doubts == ((Doubt.FIELD_REPEATED, 1),)


@pytest.mark.parametrize(
    ("data", "certainty"),
    [
        (made.spelled([]), Certainty.CERTAIN),
        (b'{"conversations": [{"id": "8:a", "MessageList": []}]}', Certainty.LIKELY),
        (b'{"text": "\\"userId\\": \\"exportDate\\": \\"conversations\\":"}', None),
        (b'[{"userId": 1, "exportDate": 2, "conversations": []}]', None),
        (b'{"userId": "8:live:me", "exportDate": "2021"}', None),
        (b"Skype\n", None),
    ],
)
def test_it_is_known_by_its_first_fields(data: bytes, certainty: Certainty | None) -> None:
    claims = SOURCE.claim((Probe(FileInMemory("a", "messages.json", data), data),))
    assert [claim.certainty for claim in claims] == ([] if certainty is None else [certainty])


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_two_texts_its_call_and_its_event_and_its_account_adds_up() -> None:
    (path,) = SAMPLES.glob("*.json")
    events, reading = read(path.read_bytes())
    messages = [event for event in events if isinstance(event, Message)]
    assert [(m.kind, m.text) for m in messages] == [
        (Kind.TEXT, "yes"),
        (Kind.CALL, None),
        (Kind.TEXT, "see https://example.org & call :)"),
        (Kind.SYSTEM, None),
    ]
    assert all(message.doubts == () for message in messages)
    assert reading.accounts()[0].unparsed == ()
