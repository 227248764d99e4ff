"""Backups of text messages: who wrote to whom, when, halves of characters, pictures that are never decoded, calls."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path
from xml.parsers import expat

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sms_backup as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, MediaState, Message
from safehand.model.span import Span
from safehand.seal.embedded import EmbeddedScan
from safehand.seal.embedded_rules import marker
from safehand.seal.removed import sealed_pieces
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.sms.plain import PlainReader
from safehand.sources.sms.record import read_record
from safehand.sources.thread import Thread
from safehand.sources.xml_values import attributes_of, value_of

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "sms_backup_restore"


def read(data: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory("sms.xml", "sms.xml", data),)))
    return list(reading.events()), reading


def messages_of(*records: str, root: str = "smses", count: int | None = None) -> list[Message]:
    events, _ = read(made.backup(records, root=root, count=count))
    return [event for event in events if isinstance(event, Message)]


def one(record: str, root: str = "smses") -> Message:
    (message,) = messages_of(record, root=root)
    return message


def test_each_address_is_a_conversation_and_the_owner_is_named_as_such() -> None:
    events, _ = read(made.backup([
        made.sms(1, made.PRIYA, "The gate is open"), made.sms(2, made.TOM, "Train is late"),
        made.sms(3, made.PRIYA, "Good", kind="2"),
    ]))  # fmt: skip
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one_.native_id, one_.kind) for one_ in opened] == [
        (made.PRIYA[0], ConversationKind.DIRECT), (made.TOM[0], ConversationKind.DIRECT),
    ]  # fmt: skip
    first, second, third = (event for event in events if isinstance(event, Message))
    assert [(m.sender, m.sender_id, m.text) for m in (first, second, third)] == [
        ("Priya", made.PRIYA[0], "The gate is open"),
        ("owner", "owner", "Good"),
        ("Tom", made.TOM[0], "Train is late"),
    ]
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert [(who.key, who.is_owner) for who in closed.participants] == [(made.PRIYA[0], None), ("owner", True)]


def test_the_time_is_in_milliseconds_of_utc() -> None:
    message = one(made.sms(1, made.PRIYA, "Hello"))
    assert (message.sent.utc, message.sent.raw, message.doubts) == (made.at(1) * 1000, str(made.at(1)), ())
    assert one(made.sms(1, made.PRIYA, "Hello", date="yesterday")).doubts == (Doubt.TIME_UNREADABLE,)


@pytest.mark.parametrize("withheld", ["-1", "-2", "-3"])
def test_which_kind_of_withheld_number_it_was_is_kept(withheld: str) -> None:
    who = (withheld, "(Unknown)")
    for message in (
        one(made.sms(1, who, "Hello")), one(made.mms(1, who, "Hello")), one(made.call(1, who, "1"), root="calls"),
        one(made.mms(1, made.PRIYA, "Hello", addrs=made.tag("addr", address=withheld, type="151"))),
    ):  # fmt: skip
        assert f'"{withheld}"' in (message.extra or "") or f'"151 {withheld}"' in (message.extra or "")
        assert message.doubts == ()
    assert (one(made.sms(1, who, "Hello")).sender_id) == "unknown"


@pytest.mark.parametrize(("kind", "action"), [("3", "draft"), ("4", "outbox"), ("5", "failed"), ("6", "queued")])
def test_what_was_never_sent_is_told_as_that(kind: str, action: str) -> None:
    message = one(made.sms(1, made.PRIYA, "Hello", kind=kind))
    assert (message.sender_id, message.action) == ("owner", action)


def test_a_character_in_two_halves_is_repaired_and_what_stood_there_is_kept() -> None:
    record = made.sms(1, made.PRIYA, "seeds HERE").replace("HERE", "&#55358;&#56661;")
    message = one(record)
    assert (message.text, message.text_raw) == ("seeds 🥕", "seeds &#55358;&#56661;")
    assert message.doubts == (Doubt.TEXT_REPAIRED,)
    half = one(made.sms(1, made.PRIYA, "seeds HERE").replace("HERE", "&#55358;"))
    assert (half.text, half.doubts) == ("seeds \ufffd", (Doubt.ENCODING_GUESSED, Doubt.TEXT_REPAIRED))


def test_a_picture_is_listed_and_its_data_are_never_decoded() -> None:
    message = one(made.mms(1, made.PRIYA, "The plan", data="QUJD" * 400))
    assert (message.kind, message.text) == (Kind.MEDIA, "The plan")
    (attachment,) = message.attachments
    assert (attachment.state, attachment.name, attachment.mime) == (MediaState.EMBEDDED, "plan.jpg", "image/jpeg")


def test_a_backup_from_which_sealing_took_the_pictures_out_is_read_alike() -> None:
    picture = base64.b64encode(random.Random(7).randbytes(9_000)).decode()
    data = made.backup([made.mms(1, made.PRIYA, "The plan", data=picture), made.sms(2, made.PRIYA, "Good")])
    scan = EmbeddedScan()
    scan.feed(data)
    sealed = b"".join(sealed_pieces(io.BytesIO(data), scan.finish(), marker))
    assert b"[[safehand left out" in sealed
    before, after = (read(one_)[0] for one_ in (data, sealed))
    assert [e.text for e in after if isinstance(e, Message)] == [e.text for e in before if isinstance(e, Message)]
    assert [e.attachments for e in after if isinstance(e, Message)] == [
        e.attachments for e in before if isinstance(e, Message)
    ]


def test_in_a_group_the_sender_is_the_address_that_is_marked_as_such() -> None:
    addrs = made.tag("addr", address=made.TOM[0], type="137", charset="106")
    group = (f"{made.PRIYA[0]}~{made.TOM[0]}", "Priya, Tom")
    message = one(made.mms(1, group, "Ten o'clock", addrs=addrs))
    assert (message.sender_id, message.sender) == (made.TOM[0], made.TOM[0])
    events, _ = read(made.backup([made.mms(1, group, "Ten o'clock", addrs=addrs)]))
    assert next(e for e in events if isinstance(e, ConversationOpened)).kind is ConversationKind.GROUP


def test_a_call_has_its_length_and_outcome() -> None:
    told = messages_of(made.call(1, made.PRIYA, "1"), made.call(2, made.PRIYA, "3", 0), root="calls")
    assert [(m.kind, m.call.seconds, m.call.outcome) for m in told if m.call] == [
        (Kind.CALL, 62, "incoming"), (Kind.CALL, 0, "missed"),
    ]  # fmt: skip


def test_what_says_something_and_has_no_place_is_kept() -> None:
    message = one(made.sms(1, made.PRIYA, "Hello", date_sent="1767553330000", service_center="+447", read="0"))
    assert message.extra == '{"service_center": "+447", "date_sent": "1767553330000", "sub_id": "1"}'


def test_a_stated_number_that_is_another_is_doubted() -> None:
    events, _ = read(made.backup([made.sms(1, made.PRIYA, "Hello")], count=7))
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert closed.doubts == ((Doubt.COUNT_MISMATCH, 1),)
    assert any("7 records" in note for note in closed.notes)


def test_damage_costs_the_damaged_record_alone_and_is_told() -> None:
    good = [made.sms(n, made.PRIYA, f"row {n}") for n in range(5)]
    broken = made.backup([*good[:2], good[2].replace(" />", ""), *good[3:]])
    events, reading = read(broken)
    assert [e.text for e in events if isinstance(e, Message)] == ["row 0", "row 1", "row 3", "row 4"]
    (account,) = reading.accounts()
    assert len(account.unparsed) == 1
    cut = made.backup(good)[:-60]
    events, reading = read(cut)
    assert len([e for e in events if isinstance(e, Message)]) == 4
    closed = next(event for event in events if isinstance(event, ConversationClosed))
    assert dict(closed.doubts)[Doubt.TRUNCATED_FILE] == 1


@given(body=st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cc"]), max_size=40),
       kind=st.sampled_from("12"), sub=st.sampled_from(["-1", "0", "1"]),
       sent=st.sampled_from(["0", "1767553330000"]),
       center=st.sampled_from(["null", "+447700900000"]),
       name=st.sampled_from(["Priya", "(Unknown)", "A & B"]))  # fmt: skip
def test_the_short_way_and_the_careful_way_tell_the_same(
    body: str, kind: str, sub: str, sent: str, center: str, name: str
) -> None:
    who = (made.PRIYA[0], name)
    raw = made.sms(1, who, body, kind=kind, sub_id=sub, date_sent=sent, service_center=center).encode()
    span = Span("sms.xml", 0, len(raw))
    around = ConversationOpened("1", "sms", "sms/backup-xml", None, ConversationKind.DIRECT, ("sms.xml",))
    plain = PlainReader().read(raw, span, Thread(around))
    careful, _ = read_record(raw, span)
    assert plain is None if not body else plain == msgspec.structs.replace(careful, number=1)


@pytest.mark.parametrize(
    "data",
    [
        b"<smsest/>",
        b"<html><smses></smses></html>",
        b"<?xml version='1.0'?><notes count='1'/>",
        b"<!DOCTYPE smses [<!ENTITY a 'x'>]><smses/>",
    ],
)
def test_what_only_looks_like_a_backup_is_not_claimed(data: bytes) -> None:
    assert read(data)[1].recognised.claims == ()


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t\0", exclude_categories=["Cc"]), max_size=60)


@given(values=st.lists(texts, min_size=1, max_size=4))
def test_values_are_read_as_a_parser_of_xml_reads_them(values: list[str]) -> None:
    spelled = made.tag("sms", **{f"a{n}": value for n, value in enumerate(values)})
    found: dict[str, str] = {}
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, fields: found.update(fields)
    parser.Parse(spelled.encode(), True)  # noqa: FBT003  expat's own
    read_ = {name: value_of(value).text for name, value in attributes_of(spelled.encode()).items()}
    assert read_ == found


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("fk_emptySms.xml", 0), ("fk_sms-dupes.xml", 8), ("fk_sms-non-dupes.xml", 2), ("sr_malformed.xml", 0),
        ("sr_minimal_mms.xml", 1), ("sr_minimal_sms.xml", 1),
    ],
)  # fmt: skip
def test_every_sample_gives_its_number_of_messages_and_its_account_adds_up(name: str, count: int) -> None:
    events, reading = read((SAMPLES / name).read_bytes())
    assert sum(isinstance(event, Message) for event in events) == count
    (account,) = reading.accounts()
    assert sum(tally.bytes for tally in account.segments.values()) == account.bytes
    assert bool(account.unparsed) == (name == "sr_malformed.xml")


def participants_of(*records: str) -> list[tuple[str, tuple[str, ...], int]]:
    events, _ = read(made.backup(records))
    (closed,) = (event for event in events if isinstance(event, ConversationClosed))
    return [(who.key, who.names, who.messages) for who in closed.participants]


@pytest.mark.parametrize(
    "record", [made.sms(1, made.PRIYA, "Hello", kind="2"), made.mms(1, made.PRIYA, "Hello", box="2")]
)
def test_whom_the_owner_wrote_to_is_named_also_when_no_answer_came(record: str) -> None:
    assert participants_of(record) == [("+447700900123", ("Priya",), 0), ("owner", ("owner",), 1)]


def test_everybody_of_a_group_is_named_and_where_a_message_went_is_told() -> None:
    addrs = '<addr address="+447700900456" type="137" /><addr address="+447700900123" type="151" />'
    addrs += '<addr address="+447700900999" type="130" /><addr address="insert-address-token" type="151" />'
    record = made.mms(1, ("+447700900123~+447700900456", "Priya, Tom"), "Hello", addrs=addrs)
    message = one(record)
    assert message.sender_id == "+447700900456"
    assert message.recipients == ("+447700900123", "+447700900999")
    assert '"contact_name": "Priya, Tom"' in (message.extra or "")
    assert [key for key, _, _ in participants_of(record)] == ["+447700900123", "+447700900456"]


@pytest.mark.parametrize("kind", ["0", "7", "null", ""])
def test_a_message_that_does_not_say_who_wrote_it_is_nobodys(kind: str) -> None:
    for record in (made.sms(1, made.PRIYA, "Hello", kind=kind), made.mms(1, made.PRIYA, "Hello", box=kind)):
        message = one(record)
        assert (message.sender, message.text) == (None, "Hello")
        assert message.doubts == (Doubt.FIELD_NOT_READ, Doubt.SENDER_AMBIGUOUS)


def test_the_words_of_a_part_that_is_no_plain_text_are_kept() -> None:
    record = made.mms(1, made.PRIYA, "Hello").replace(
        "</parts>", '<part seq="0" ct="text/x-vcard" name="lee.vcf" text="BEGIN:VCARD" /></parts>'
    )
    message = one(record)
    assert (message.text, message.attachments[0].name) == ("Hello", "lee.vcf")
    assert '"part/text": ["BEGIN:VCARD"]' in (message.extra or "")


@pytest.mark.parametrize("kind", ["1", "2"])
def test_a_date_that_no_zone_makes_the_readable_one_is_doubted_and_both_are_kept(kind: str) -> None:
    seconds = str(made.START // 1000)
    for record in (
        made.sms(1, made.PRIYA, "Hello", kind=kind, readable_date="4 Jan 2026 19:03:12"),
        made.sms(1, made.PRIYA, "Hello", kind=kind, date=seconds, readable_date="4 Jan 2026 19:02:11"),
    ):
        message = one(record)
        assert message.doubts == (Doubt.TIMES_DISAGREE,)
        assert "readable_date" in (message.extra or "")


@pytest.mark.parametrize(
    "readable", ["4 Jan 2026 19:03:11", "Jan 5, 2026 12:48:11 AM", "n/a", "", "04.01.26 20.03", "5 Jan 2026 00:33:11"]
)
def test_a_readable_date_in_any_zone_or_without_a_clock_is_in_no_doubt(readable: str) -> None:
    message = one(made.sms(1, made.PRIYA, "Hello", readable_date=readable))
    assert (message.doubts, message.extra) == ((), '{"sub_id": "1"}')


def test_a_part_that_is_called_in_two_ways_keeps_both_names() -> None:
    record = made.mms(1, made.PRIYA, "Hello").replace(
        "</parts>", '<part seq="0" ct="image/jpeg" cl="image000001.jpg" name="gate.jpg" fn="gate.jpg" /></parts>'
    )
    message = one(record)
    assert [one_.name for one_ in message.attachments] == ["image000001.jpg"]
    assert '"part/name": ["gate.jpg"]' in (message.extra or "")


def test_a_group_is_one_conversation_whatever_the_order_of_its_numbers() -> None:
    one_way, other = ("+447700900123~+447700900456", "Priya"), ("+447700900456~+447700900123", "Priya")
    events, _ = read(made.backup([made.mms(1, one_way, "Hello"), made.mms(2, other, "Hi", box="2")]))
    opened = [event.native_id for event in events if isinstance(event, ConversationOpened)]
    assert opened == ["+447700900123~+447700900456"]
    assert [event.text for event in events if isinstance(event, Message)] == ["Hello", "Hi"]


@pytest.mark.parametrize(
    ("put", "kept"),
    [
        ("</parts>put in", '"beside the parts": ["put in"]'),
        ("<hologram kind='beans' /></parts>", "hologram"),
        ('<part seq="0" ct="image/jpeg" shoe="43" /></parts>', '"part/shoe": ["43"]'),
        ('</parts><addr address="+447700900789" type="7" />', '"addr": ["7 +447700900789"]'),
    ],
)
def test_what_nobody_knew_inside_of_a_multimedia_message_is_kept_and_doubted(put: str, kept: str) -> None:
    message = one(made.mms(1, made.PRIYA, "Hello").replace("</parts>", put))
    assert (message.text, message.doubts) == ("Hello", (Doubt.FIELD_NOT_READ,))
    assert kept in (message.extra or "")


def test_the_length_of_a_call_that_is_no_number_is_kept_and_doubted() -> None:
    message = one(made.call(1, made.PRIYA, "1").replace('duration="62"', 'duration="a while"'), root="calls")
    assert message.call is not None
    assert (message.call.seconds, message.doubts) == (None, (Doubt.FIELD_NOT_READ,))
    assert '"duration": "a while"' in (message.extra or "")


@pytest.mark.parametrize("kind", ["0", "20", ""])
def test_a_call_that_does_not_say_whether_it_came_or_went_is_nobodys(kind: str) -> None:
    message = one(made.call(1, made.PRIYA, kind), root="calls")
    assert (message.sender, message.sender_id) == (None, None)
    assert message.doubts == (Doubt.FIELD_NOT_READ, Doubt.SENDER_AMBIGUOUS)
    assert [one(made.call(1, made.PRIYA, str(known)), root="calls").doubts for known in range(1, 8)] == [()] * 7


def test_words_behind_a_quotation_mark_that_nobody_escaped_are_kept_and_doubted() -> None:
    message = one(made.sms(1, made.PRIYA, "HERE").replace("HERE", 'he said "yes" and left'))
    assert (message.text, message.doubts) == ("he said ", (Doubt.FIELD_NOT_READ,))
    assert r'"beside the fields": ["yes\" and left\""]' in (message.extra or "")
    cut = one(made.sms(1, made.PRIYA, "Hello").replace('contact_name="Priya"', 'contact_name="Priya'))
    assert (cut.text, cut.doubts) == ("Hello", (Doubt.FIELD_NOT_READ,))
    assert r'"beside the fields": ["contact_name=\"Priya"]' in (cut.extra or "")


@pytest.mark.parametrize("record", [made.sms(1, made.PRIYA, "first"), made.mms(1, made.PRIYA, "first")])
def test_a_field_that_stands_twice_is_doubted_and_all_of_it_is_kept(record: str) -> None:
    again = record.replace("first", 'first" toa="a" toa="b')
    message = one(again)
    assert (message.text, Doubt.FIELD_REPEATED in message.doubts) == ("first", True)
    assert 'toa": ["' in (message.extra or "")
    assert Doubt.FIELD_REPEATED not in one(record).doubts


def test_a_body_that_stands_twice_is_read_as_its_last_and_both_are_kept() -> None:
    message = one(made.sms(1, made.PRIYA, "HERE").replace("HERE", 'first" body="second'))
    assert (message.text, message.doubts) == ("second", (Doubt.FIELD_REPEATED,))
    assert '"body": ["first", "second"]' in (message.extra or "")


@pytest.mark.parametrize("kind", ["1", "2"])
def test_a_name_that_had_to_be_guessed_is_doubted(kind: str) -> None:
    data = made.backup([made.sms(1, (made.PRIYA[0], "Zo@"), "Hello", kind=kind)]).replace(b"@", b"\xe9")
    (message,) = (event for event in read(data)[0] if isinstance(event, Message))
    assert message.doubts == (Doubt.ENCODING_GUESSED,)
    plain = made.backup([made.sms(1, (made.PRIYA[0], "Zoé"), "Hello", kind=kind)])
    (message,) = (event for event in read(plain)[0] if isinstance(event, Message))
    assert message.doubts == ()


@pytest.mark.parametrize(
    ("put", "kept"),
    [
        ('</parts><addr address="+447700900789" type="151" shoe="43" />', '"addr/shoe": ["43"]'),
        ('</parts><parts kind="beans">', "<parts kind="),
        ('<part seq="0" ct="image/jpeg" cl="a" "words" /></parts>', '"part/beside the fields": ["'),
    ],
)
def test_what_nobody_knew_of_the_tags_inside_is_kept_and_doubted(put: str, kept: str) -> None:
    message = one(made.mms(1, made.PRIYA, "Hello").replace("</parts>", put))
    assert (message.text, message.doubts) == ("Hello", (Doubt.FIELD_NOT_READ,))
    assert kept in (message.extra or "")
