"""Facebook's archives of until 2017: one page with every thread, or one thread on a page of its own."""

from __future__ import annotations

import pytest

from meta_pages import archive, archived
from meta_reading import messages_of, probes_of, read_all
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.instant import format_utc
from safehand.model.message import Kind, MediaState, Message
from safehand.model.span import Span
from safehand.sources.contract import Certainty
from safehand.sources.meta import SOURCE
from safehand.sources.meta.html_message import read_archived
from safehand.sources.meta.html_teller import Teller, plain_archived
from safehand.sources.meta.html_times import PageTimes
from safehand.sources.thread import Thread

PDT = "Friday, October 4, 2013 at 10:05pm PDT"
EARLIER = "Friday, October 4, 2013 at 10:04pm PDT"
ZONE = Doubt.ZONE_UNKNOWN
OPENED = ConversationOpened("1", "messenger", "messenger/archive-html", None, ConversationKind.UNKNOWN, ())


def one(*, text: str = "", raw: str = "", when: str = PDT) -> Message:
    (found,) = messages_of({"messages.htm": archive("Priya", ("Priya, Tom", [archived("Tom", when, text, raw=raw)]))})
    return found


@pytest.mark.parametrize("name", ["html/messages.htm", "messages/17.html", "messages.html"])
def test_an_archive_is_claimed_by_its_marks_wherever_it_lies(name: str) -> None:
    data = archive("Priya", ("Priya, Tom", [archived("Tom", PDT, "Beans")]))
    (claim,) = SOURCE.claim(probes_of({name: data}))
    assert (claim.form, claim.certainty) == ("messenger/archive-html", Certainty.CERTAIN)


def test_pages_of_one_thread_each_are_a_claim_each() -> None:
    data = archive("Priya", ("Priya, Tom", [archived("Tom", PDT, "Beans")]))
    assert len(SOURCE.claim(probes_of({f"messages/{n}.html": data for n in range(9)}))) == 9


def test_every_thread_is_a_conversation_oldest_first_without_a_byte_left_over() -> None:
    data = archive(
        "Priya",
        ("Priya, Tom", [archived("Tom", PDT, "It's new"), archived("Priya", EARLIER, "old")]),
        ("Priya, Tom, Zoë 🌻", [archived("Zoë 🌻", PDT, "a\nb"), archived("Tom", EARLIER, "<c>")]),
    )
    _, events, (account,), _ = read_all({"html/messages.htm": data})
    assert account.unparsed == ()
    opened = [event for event in events if isinstance(event, ConversationOpened)]
    assert [(one.title, one.kind) for one in opened] == [
        ("Priya, Tom", ConversationKind.UNKNOWN),
        ("Priya, Tom, Zoë 🌻", ConversationKind.GROUP),
    ]
    found = [(m.number, m.sender, m.text) for m in events if isinstance(m, Message)]
    assert found == [(1, "Priya", "old"), (2, "Tom", "It's new"), (1, "Tom", "<c>"), (2, "Zoë 🌻", "a\nb")]
    closed = [event for event in events if isinstance(event, ConversationClosed)]
    assert [(who.key, who.messages, who.declared, who.is_owner) for who in closed[0].participants] == [
        ("Priya", 1, True, True),
        ("Tom", 1, True, None),
    ]
    for event in events:
        if isinstance(event, Message):
            cited = data[event.span.start : event.span.end]
            assert cited.startswith(b'<div class="message">')
            assert cited.endswith(b"</p>")


def test_two_threads_of_the_same_people_are_not_joined_and_that_is_said() -> None:
    block = [archived("Tom", PDT, "Beans")]
    _, events, *_ = read_all({"messages.htm": archive("Priya", ("Priya, Tom", block), ("Priya, Tom", block))})
    closed = [event for event in events if isinstance(event, ConversationClosed)]
    assert len(closed) == 2
    assert all(any("Two of the same people" in note for note in one.notes) for one in closed)


def test_letters_beside_a_time_are_no_zone_and_an_offset_is() -> None:
    letters = one(text="Beans")
    assert (letters.sent.raw, letters.sent.utc, letters.doubts) == (PDT, None, (ZONE,))
    stated = one(text="Beans", when="Friday, October 4, 2013 at 10:05pm UTC+05:30")
    assert stated.sent.utc is not None
    assert format_utc(stated.sent.utc) == "2013-10-04T16:35:00Z"
    assert stated.doubts == ()


@pytest.mark.parametrize("folder", ["photos", "stickers"])
def test_a_picture_is_a_name_and_is_never_opened(folder: str) -> None:
    found = one(raw=f'<p>Look</p><p><img src="messages/{folder}/1.jpg" /></p>')
    assert (found.kind, found.text, found.extra, found.doubts) == (Kind.MEDIA, "Look", None, (ZONE,))
    assert [(a.state, a.name) for a in found.attachments] == [(MediaState.NAMED, f"messages/{folder}/1.jpg")]


def test_words_with_marks_and_line_breaks_are_one_text() -> None:
    assert one(raw="<p>The <b>gate</b><br />at nine</p>").text == "The gate\nat nine"


def test_a_paragraph_with_nothing_in_it_is_an_empty_message() -> None:
    assert one(raw="<p></p>").kind is Kind.EMPTY


@pytest.mark.parametrize("when", ["", "noch nie"])
def test_a_message_without_a_time_is_never_lost(when: str) -> None:
    found = one(text="Beans", when=when)
    assert (found.text, found.sent.raw, found.doubts) == ("Beans", when, (Doubt.TIME_UNREADABLE,))


def test_an_account_without_a_name_stands_as_the_page_has_it() -> None:
    block = archived("100001@facebook.com", PDT, "Beans")
    (found,) = messages_of({"messages.htm": archive("Priya", ("Priya, 100001@facebook.com", [block]))})
    assert found.sender == "100001@facebook.com"


def test_a_page_that_is_cut_off_says_so_of_its_last_thread_alone() -> None:
    data = archive("Priya", *(("Priya, Tom", [archived("Tom", PDT, "Beans")]) for _ in range(2)))
    _, events, *_ = read_all({"messages.htm": data[: data.rindex(b"Beans") + 3]})
    closed = [dict(event.doubts) for event in events if isinstance(event, ConversationClosed)]
    assert [Doubt.TRUNCATED_FILE in doubts for doubts in closed] == [False, True]
    assert [m.text for m in events if isinstance(m, Message)] == ["Beans", "Bea"]


def test_the_quick_way_gives_what_the_long_way_gives() -> None:
    for text in ("Beans", "a & b\n<c> “d”", "é 🥕", " x ", "\n", "Reacted ❤ to your message"):
        raw = archived("Zoë & Tom", PDT, text).encode()
        span = Span("a", 0, len(raw))
        ways = [Teller(PageTimes(), Thread(OPENED), plain_archived, read_archived) for _ in range(2)]
        assert ways[0].plain(raw, span) in (None, ways[1].any(raw, span))
    raw = archived("Tom", PDT, "Beans").encode()
    quick = Teller(PageTimes(), Thread(OPENED), plain_archived, read_archived).plain(raw, Span("a", 0, len(raw)))
    assert quick is not None
