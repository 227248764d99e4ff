"""Telegram's pages: every field, the pages of one chat as one conversation, and both ways of reading alike."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision, format_utc
from safehand.model.message import (
    Attachment,
    Call,
    Entity,
    Forward,
    Kind,
    Match,
    MediaState,
    Message,
    Poll,
    PollOption,
    Reply,
)
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, ReadOptions
from safehand.sources.telegram import SOURCE, html_read
from telegram_pages import answer, day, link, page, pages, said, tag, told
from telegram_pages_reading import claims, closing, messages, read

SAMPLE = Path(__file__).parents[5] / "shared" / "samples" / "telegram" / "made_messages.html"
DAY = day("9 January 2026")
AT = "09.01.2026 22:27:01 UTC+00:00"


def test_a_message_has_its_sender_its_time_in_utc_its_text_and_its_id() -> None:
    (one,) = messages(DAY, said(7, "Priya & Tom", "09.01.2026 22:27:01 UTC+03:30", "Beans <and>\npeas"))
    assert (one.kind, one.sender, one.text, one.native_id) == (Kind.TEXT, "Priya & Tom", "Beans <and>\npeas", "7")
    assert (one.sent.basis, one.sent.raw) == (Basis.OFFSET, "09.01.2026 22:27:01 UTC+03:30")
    assert format_utc(one.sent.utc or 0) == "2026-01-09T18:57:01Z"
    assert (one.doubts, one.extra) == ((), None)


def test_an_offset_west_of_greenwich_is_added() -> None:
    (one,) = messages(DAY, said(7, "Priya", "09.01.2026 22:27:01 UTC-05:00", "Beans"))
    assert format_utc(one.sent.utc or 0) == "2026-01-10T03:27:01Z"


def test_a_time_without_an_offset_is_a_reading_of_the_exporting_machine() -> None:
    (one,) = messages(DAY, said(7, "Priya", "09.01.2026 22:27:01", "Beans"))
    assert (one.sent.basis, one.sent.utc, one.doubts) == (Basis.EXPORTER_LOCAL, None, (Doubt.ZONE_UNKNOWN,))
    (one,) = messages(DAY, said(7, "Priya", "09.01.2026 22:27:01", "Beans"), zone="Europe/Paris")
    assert (one.sent.basis, format_utc(one.sent.utc or 0)) == (Basis.STATED, "2026-01-09T21:27:01Z")


@pytest.mark.parametrize(
    "raw",
    ["31.02.2026 22:27:01", "9.1.2026 22:27:01", "09.01.2026 24:27:01 UTC+00:00", "09.01.2026 22:27:01 UTC+19:00",
     "01/09/2026 10:27:01 PM", "09.01.2026 22:27:01 GMT"],
)  # fmt: skip
def test_a_time_that_is_none_is_kept_as_it_stands(raw: str) -> None:
    (one,) = messages(DAY, said(7, "Priya", raw, "Beans"))
    assert (one.sent.raw, one.sent.basis) == (raw, Basis.NONE)
    assert Doubt.TIME_UNREADABLE in one.doubts


def test_a_joined_message_is_of_the_sender_before_and_says_where_the_name_stands() -> None:
    found = messages(DAY, said(7, "Priya", AT, "One"), said(8, None, AT, "Two"), said(9, None, AT, raw="<b>Three</b>"))
    assert [one.sender for one in found] == ["Priya"] * 3
    assert [one.extra for one in found] == [None, '{"joined":"message7"}', '{"joined":"message7"}']
    assert [one.doubts for one in found] == [(), (), ()]


def test_a_joined_message_after_nothing_or_after_a_line_of_the_platform_has_no_sender() -> None:
    found = messages(
        DAY,
        said(7, None, AT, "One"),
        said(8, "Priya", AT, "Two"),
        told(9, "History cleared"),
        said(10, None, AT, "Four"),
    )
    assert [one.sender for one in found] == [None, "Priya", None, None]
    assert [Doubt.SENDER_AMBIGUOUS in one.doubts for one in found] == [True, False, False, True]


def test_a_line_of_the_platform_is_an_event_of_the_day_above_it() -> None:
    _, one = messages(
        DAY, said(7, "Priya", AT, "Beans"), told(8, "", raw='Tom pinned <a href="#go_to_message7">this message</a>')
    )
    assert (one.kind, one.action, one.text, one.sender) == (Kind.SYSTEM, "pin_message", "Tom pinned this message", None)
    assert (one.sent.precision, one.sent.raw, one.sent.utc) == (Precision.DAY, "9 January 2026", None)
    assert (format_utc(one.sent.earliest or 0), format_utc(one.sent.latest or 0)) == (
        "2026-01-09T00:00:00Z",
        "2026-01-09T23:59:59Z",
    )
    assert one.entities == (Entity(11, 23, "link", "#go_to_message7"),)
    assert one.doubts == ()


@pytest.mark.parametrize(
    ("words", "action"),
    [("Priya created group «Beans» with members Tom", "create_group"), ("Priya invited Tom", "invite_members"),
     ("Priya removed Tom", "remove_members"), ("Priya joined group by link from Tom", "join_group_by_link"),
     ("Priya took a screenshot", "take_screenshot"), ("Something else", None)],
)  # fmt: skip
def test_the_words_of_the_platform_are_called_as_its_json_calls_them(words: str, action: str | None) -> None:
    (one,) = messages(DAY, told(8, words))
    assert (one.kind, one.action, one.text) == (Kind.SYSTEM, action, words)


def test_days_are_events_of_the_account_and_no_messages() -> None:
    desk_segments: list[SegmentKind] = []
    files = pages("Allotment", [DAY, said(7, "Priya", AT, "Beans")])
    desk = ReadingDesk(ReadOptions(), lambda _file, kind, _start, _end: desk_segments.append(kind))
    events = list(SOURCE.read(claims(files)[0], desk))
    assert sum(isinstance(event, Message) for event in events) == 1
    assert desk_segments.count(SegmentKind.EVENT) == 1


def test_a_message_under_another_day_than_its_own_is_doubted() -> None:
    (one,) = messages(day("8 January 2026"), said(7, "Priya", AT, "Beans"))
    assert one.doubts == (Doubt.TIMES_DISAGREE,)
    (one,) = messages(DAY, said(7, "Priya", AT, "Beans").replace("22:27\n", "22:28\n"))
    assert one.doubts == (Doubt.TIMES_DISAGREE,)
    assert json.loads(one.extra or "")["date"] == "22:28"


def test_a_line_with_a_negative_id_that_is_no_day_is_told() -> None:
    (one,) = messages(day("No exported messages"))
    assert (one.kind, one.text, one.native_id) == (Kind.SYSTEM, "No exported messages", "-1")


def test_answers_are_followed_also_into_other_pages() -> None:
    blocks = [
        DAY, said(7, "Priya", AT, "One"), said(8, "Tom", AT, "Two", before=answer(7)),
        day("9 January 2026", -2), said(9, "Tom", AT, "Three", before=answer(7, "messages.html")),
        said(10, "Priya", AT, "Four", before=answer(6)),
        said(11, "Tom", AT, "Five", before=tag("reply_to details", "In reply to a message in another chat")),
    ]  # fmt: skip
    files = pages("Allotment", blocks, 3)
    found = [event for event in read(files)[0] if isinstance(event, Message)]
    assert [one.reply for one in found] == [
        None, Reply("7", None, Match.EXACT), Reply("7", None, Match.EXACT), Reply("6"), Reply(),
    ]  # fmt: skip
    assert [Doubt.REPLY_TARGET_MISSING in one.doubts for one in found] == [False, False, False, True, True]
    assert "another chat" in (found[-1].extra or "")


def test_a_forwarded_message_has_who_wrote_it_first_and_when() -> None:
    when = "08.01.2026 10:00:00"
    name = f'Carol <span class="date details" title="{when} UTC+00:00"> {when}</span>'
    inside = tag("forwarded body", tag("from_name", name), tag("text", "Frost tonight"))
    (one,) = messages(DAY, said(7, "Priya", AT, before=inside))
    assert (one.sender, one.text, one.extra, one.doubts) == ("Priya", "Frost tonight", None, ())
    assert isinstance(one.forward, Forward)
    assert (one.forward.sender, one.forward.sent and format_utc(one.forward.sent.utc or 0)) == (
        "Carol",
        "2026-01-08T10:00:00Z",
    )


def generic(classes: str, title: str, description: str = "", status: str = "", href: str = "") -> str:
    body = tag(
        "body",
        tag("title bold", title),
        tag("description", description) if description else "",
        tag("status details", status) if status else "",
    )
    named = {"href": href} if href else {}
    media = tag(
        f"media clearfix pull_left {'block_link ' if href else ''}{classes}",
        tag("fill pull_left"),
        body,
        name="a" if href else "div",
        **named,
    )
    return tag("media_wrap clearfix", media)


LEFT_OUT = "Not included, change data exporting settings to download."


@pytest.mark.parametrize(
    ("media", "kind", "attachment"),
    [
        (
            generic("media_photo", "Photo", LEFT_OUT, "1280x720, 96.1 KB"),
            Kind.MEDIA,
            Attachment(MediaState.OMITTED, None, "photo"),
        ),
        (
            generic("media_photo", "Sticker", LEFT_OUT, "🌱, 8 KB"),
            Kind.STICKER,
            Attachment(MediaState.OMITTED, None, "sticker"),
        ),
        (
            generic("media_photo", "Self-destructing photo", "", "Expired"),
            Kind.MEDIA,
            Attachment(MediaState.MISSING, None, "photo"),
        ),
        (
            generic("media_video", "Video message", "", "00:12", "round/1.mp4"),
            Kind.MEDIA,
            Attachment(MediaState.NAMED, "round/1.mp4", "video_message"),
        ),
        (
            generic("media_voice_message", "Voice message", "", "00:12", "voice/1.ogg"),
            Kind.VOICE,
            Attachment(MediaState.NAMED, "voice/1.ogg", "voice_message"),
        ),
        (
            generic("media_file", "plan.pdf", "Unavailable, please try again later.", "2 KB"),
            Kind.MEDIA,
            Attachment(MediaState.MISSING, "plan.pdf", "file"),
        ),
        (
            generic("media_contact", "Carol", "", "+44 7700 900123 - vCard", "contacts/1.vcard"),
            Kind.CONTACT,
            Attachment(MediaState.NAMED, "contacts/1.vcard", "vcard"),
        ),
    ],
)
def test_files_are_named_and_never_opened(media: str, kind: Kind, attachment: Attachment) -> None:
    (one,) = messages(DAY, said(7, "Priya", AT, "Look", before=media))
    assert (one.kind, one.attachments, one.text, one.doubts) == (kind, (attachment,), "Look", ())
    assert one.extra


def test_a_picture_with_a_thumbnail_a_place_a_call_and_a_poll() -> None:
    picture = '<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/1.jpg"><img class="photo" src="photos/1_thumb.jpg"/></a></div>'  # noqa: E501
    poll = tag("media_wrap clearfix", tag("media_poll", tag("question bold", "What shall we sow?"), tag("details", "Anonymous poll"),  # noqa: E501
        tag("answer", '- Beans <span class="details">2 votes</span>'), tag("answer", "- Peas"), tag("total details\t", "2 votes")))  # fmt: skip  # noqa: E501
    found = messages(
        DAY, said(7, "Priya", AT, before=picture), said(8, None, AT, before=poll),
        said(9, None, AT, before=generic("media_call success", "Tom", "", "Outgoing (56 seconds)")),
        said(10, None, AT, before=generic("media_location", "Location", "", "51.5, 0.1", "https://maps.example.org/?q=51.5,0.1")),
    )  # fmt: skip
    assert [one.kind for one in found] == [Kind.MEDIA, Kind.POLL, Kind.CALL, Kind.LOCATION]
    assert found[0].attachments == (Attachment(MediaState.NAMED, "photos/1.jpg", "photo"),)
    assert found[1].poll == Poll("What shall we sow?", (PollOption("Beans", 2), PollOption("Peas")))
    assert found[2].call == Call(56, "Outgoing")
    assert "51.5, 0.1" in (found[3].extra or "")
    assert [one.doubts for one in found] == [(), (), (), ()]


def test_reactions_have_who_and_when_and_a_count_of_the_others() -> None:
    who = '<div class="userpic userpic3"><div class="initials" title="Bob, 09.01.2026 22:30:00">B</div></div>'
    line = f'<span class="reactions"><span class="reaction"><span class="emoji">👍</span><span class="userpics">{who}</span><span class="count">3</span></span><span class="reaction"><span class="emoji">🌱</span><span class="count">2</span></span></span>'  # noqa: E501
    (one,) = messages(DAY, said(7, "Priya", AT, "Beans", after=line))
    assert [(r.value, r.sender, r.count) for r in one.reactions] == [
        ("👍", "Bob", None),
        ("👍", None, 2),
        ("🌱", None, 2),
    ]
    assert one.reactions[0].sent is not None
    assert one.reactions[0].sent.basis is Basis.EXPORTER_LOCAL
    assert (one.extra, one.doubts) == (None, ())


def test_marked_stretches_are_called_as_in_telegrams_json() -> None:
    raw = ('<strong>a</strong> <em>b</em> <a href="https://example.org/">https://example.org/</a> <a href="x">plan</a> '
           '<a href="https://t.me/tom">@tom</a> <a href="" onclick="return ShowHashtag(&quot;beans&quot;)">#beans</a> '
           '<span class="spoiler hidden" onclick="ShowSpoiler(this)"><span aria-hidden="true">c</span></span>')  # fmt: skip  # noqa: E501
    (one,) = messages(DAY, said(7, "Priya", AT, raw=raw))
    assert [entity.type for entity in one.entities] == [
        "bold",
        "italic",
        "link",
        "text_link",
        "mention",
        "hashtag",
        "spoiler",
    ]
    assert (one.extra, one.doubts) == (None, ())


def test_what_is_not_known_is_kept_and_said() -> None:
    (one,) = messages(DAY, said(7, "Priya", AT, "Beans", after='<div class="new_thing">a new thing</div>'))
    assert (one.text, one.doubts) == ("Beans", (Doubt.FIELD_NOT_READ,))
    assert json.loads(one.extra or "") == {"div.body/div.new_thing": "a new thing"}


def test_a_name_that_ends_in_the_name_of_a_bot_is_doubted() -> None:
    (one,) = messages(DAY, said(7, "Priya  via @gif", AT, "Beans"))
    assert (one.sender, one.extra, one.doubts) == ("Priya", '{"via":"@gif"}', (Doubt.SENDER_AMBIGUOUS,))


def test_an_id_seen_twice_and_a_time_that_runs_back_are_doubted() -> None:
    found = messages(DAY, said(7, "Priya", AT, "One"), said(7, "Priya", "09.01.2026 22:26:00 UTC+00:00", "Two"))
    assert set(found[1].doubts) == {Doubt.OUT_OF_ORDER, Doubt.DUPLICATE_OF}


def test_pages_of_a_folder_are_one_conversation_in_the_order_of_their_numbers() -> None:
    blocks = [block for n in range(1, 13) for block in (DAY, said(n, "Priya", AT, f"plot {n}"))]
    files = {f"chats/chat_001/{name}": data for name, data in pages("Allotment", blocks, 2).items()}
    mixed = dict(sorted(files.items()))
    other = {"chats/chat_002/messages.html": page("Trains", [DAY, said(1, "Tom", AT, "On time")])}
    events, _ = read({**mixed, **other})
    assert [event.title for event in events if isinstance(event, ConversationOpened)] == ["Allotment", "Trains"]
    assert [event.native_id for event in events if isinstance(event, Message)][:12] == [str(n) for n in range(1, 13)]
    assert not any(
        Doubt.FILE_MISSING in dict(event.doubts) for event in events if isinstance(event, ConversationClosed)
    )


def test_pages_that_are_not_there_are_said_to_be_missing() -> None:
    blocks = [block for n in range(1, 5) for block in (DAY, said(n, "Priya", AT, f"plot {n}"))]
    files = pages("Allotment", blocks, 2)
    assert (
        dict(closing({name: data for name, data in files.items() if name != "messages2.html"}).doubts)[
            Doubt.FILE_MISSING
        ]
        == 1
    )
    assert (
        dict(closing({name: data for name, data in files.items() if name != "messages.html"}).doubts)[
            Doubt.FILE_MISSING
        ]
        == 1
    )
    closed = closing({name: data for name, data in files.items() if name != "messages4.html"})
    assert "The last page has a link to a next one, which is not there." in closed.notes
    assert Doubt.FILE_MISSING not in dict(closing(files).doubts)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"<html><title>Exported Data</title>", page("Chats", []), b"{}",
     b'<html><div class="page_header"></div><div class="message sent">', b'<div class="chatlog__message">'],
)  # fmt: skip
def test_other_pages_are_claimed_by_nobody(data: bytes) -> None:
    assert claims({"messages.html": data}) == ()
    assert claims({"lists/chats.html": data}) == ()


def test_a_cut_page_is_read_as_far_as_it_goes_and_said_to_be_cut() -> None:
    whole = page("Allotment", [DAY, said(7, "Priya", AT, "One"), said(8, "Tom", AT, "Two")])
    closed = closing({"messages.html": whole[: whole.find(b"Two") + 3]})
    assert (closed.messages, dict(closed.doubts)[Doubt.TRUNCATED_FILE]) == (2, 1)


words = st.text(st.sampled_from("ab <>&;'\"\n🌱é\\\t"), min_size=0, max_size=12)


@given(
    words,
    words,
    st.booleans(),
    st.booleans(),
    st.sampled_from([AT, "09.01.2026 22:27:01", "09.01.2026 22:27:01 UTC-03:00"]),
)
@settings(max_examples=200, deadline=None)
def test_both_ways_read_a_plain_message_alike(text: str, name: str, joined: bool, answers: bool, when: str) -> None:  # noqa: FBT001  # noqa: E501
    blocks = [
        DAY,
        said(1, "Zoe", when, "first"),
        said(2, None if joined else name or "x", when, text, before=answer(1) if answers else ""),
    ]
    files = pages("Allotment", blocks)
    quick = read(files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_read, "PLAIN", re.compile(rb"(?!)"))
        assert read(files) == quick


@pytest.mark.skipif(not SAMPLE.exists(), reason="the published samples are not on this machine")
def test_the_published_sample_is_read_whole() -> None:
    events, (account,) = read({SAMPLE.name: SAMPLE.read_bytes()})
    found = [event for event in events if isinstance(event, Message)]
    assert account.unparsed == ()
    assert [one.kind for one in found] == [Kind.TEXT, Kind.TEXT, Kind.SYSTEM, Kind.TEXT]
    assert [one.sender for one in found] == ["Alice", "Alice", None, "Bob"]
    assert found[1].reply == Reply("101", None, Match.EXACT)
    assert [one.text for one in found] == [
        "Hello <all>\nhttps://example.org", "same sender, name omitted", "Bob pinned this message", "forwarded text",
    ]  # fmt: skip
    assert [one.doubts for one in found] == [(), (), (), ()]
    assert account.segments[SegmentKind.EVENT].count == 2


def test_a_link_to_another_page_is_structure() -> None:
    _, (account,) = read(
        {
            "messages.html": page(
                "Allotment", [DAY, said(7, "Priya", AT, "One"), link("messages2.html", "Next messages")]
            )
        }
    )
    assert (account.unparsed, account.segments[SegmentKind.MESSAGE].count) == ((), 1)
