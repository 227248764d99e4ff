"""A channel as DiscordChatExporter writes it as a page: groups, both clocks, and everything a page may show."""

from __future__ import annotations

from typing import Any

import pytest

import discord_pages as made
from discord_export import PRIYA, TOM, at, snowflake
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Entity, Kind, Match, MediaState, Message
from safehand.sources.accounting import Unparsed
from safehand.sources.contract import Capture, Certainty, FileInMemory
from safehand.sources.discord.html_head import read_footer
from safehand.sources.discord.html_plain import PLAIN
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise


def read(data: bytes) -> tuple[list[Event], tuple[Unparsed, ...]]:
    reading = Reading(Capture((FileInMemory("a.html", "a.html", data),)))
    events = list(reading.events())
    return events, reading.accounts()[0].unparsed


def messages_of(data: bytes) -> list[Message]:
    return [event for event in read(data)[0] if isinstance(event, Message)]


def closed_of(data: bytes) -> ConversationClosed:
    return next(event for event in read(data)[0] if isinstance(event, ConversationClosed))


def opened_of(data: bytes) -> ConversationOpened:
    return next(event for event in read(data)[0] if isinstance(event, ConversationOpened))


def one(**fields: Any) -> Message:
    data = made.talk(
        made.group(PRIYA, [made.said(1, "The gate is open")]), made.group(TOM, [made.said(2, "Good", **fields)])
    )
    (first, second), (_, unparsed) = messages_of(data), read(data)
    assert (first.text, unparsed) == ("The gate is open", ())
    return second


PLAIN_PAGE = made.talk(
    made.group(PRIYA, [made.said(1, "The gate is open"), made.said(2, "and <the> shed\n& all")]),
    made.group(TOM, [made.said(3, "Good")]),
)


def test_a_page_says_what_it_is() -> None:
    opened, closed = opened_of(PLAIN_PAGE), closed_of(PLAIN_PAGE)
    assert (opened.form, opened.title, opened.section, opened.kind) == (
        "discord/dce-html", "Group / Allotment", "Direct Messages", ConversationKind.GROUP,
    )  # fmt: skip
    assert opened.title_span is not None
    assert PLAIN_PAGE[opened.title_span.start : opened.title_span.end] == b"Group / Allotment"
    assert (closed.messages, closed.doubts) == (3, ())
    assert any("UTC+00:00" in note for note in closed.notes)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        (("Direct Messages", "Private / Priya"), "direct"),
        (("Direct Messages", "Elsewhere / Priya"), "unknown"),
        (("Allotments", "Text / seeds"), "group"),
        ((), "unknown"),
    ],
)
def test_the_kind_of_channel_is_told_by_the_words_at_the_top(entries: tuple[str, ...], kind: str) -> None:
    assert opened_of(made.talk(made.group(PRIYA, [made.said(1, "a")]), entries=entries)).kind == kind


def test_what_else_stands_at_the_top_is_kept() -> None:
    data = made.talk(made.group(PRIYA, [made.said(1, "a")]), entries=("Allotments", "seeds", "After 1/2/2026 12:00 AM"))
    assert "After 1/2/2026" in (opened_of(data).extra or "")
    assert any("stretch of time" in note for note in closed_of(data).notes)


@pytest.mark.parametrize("data", [PLAIN_PAGE, made.quoted(PLAIN_PAGE)], ids=["smaller", "quoted"])
def test_messages_of_a_group_are_of_one_account(data: bytes) -> None:
    found = messages_of(data)
    assert [(one.sender, one.sender_id, one.text) for one in found] == [
        ("Priya", PRIYA[0], "The gate is open"),
        ("Priya", PRIYA[0], "and <the> shed\n& all"),
        ("Tom", TOM[0], "Good"),
    ]
    assert all(one.doubts == () for one in found)
    assert closed_of(data).participants[0].names == ("Priya", "priya")


def test_without_an_id_the_name_tells_accounts_apart() -> None:
    data = PLAIN_PAGE.replace(b" data-user-id=" + PRIYA[0].encode(), b"").replace(
        b" data-user-id=" + TOM[0].encode(), b""
    )
    found, closed = messages_of(data), closed_of(data)
    assert {(one.sender, one.sender_id) for one in found} == {("Priya", None), ("Tom", None)}
    assert [one.key for one in closed.participants] == ["Priya", "Tom"]


def test_the_short_way_and_the_long_way_tell_the_same() -> None:
    # The first message of an account goes the long way, and its second group the short way.
    first, second = messages_of(made.talk(*(made.group(PRIYA, [made.said(n, "The gate is open")]) for n in (1, 2))))
    assert (first.sender, first.sender_id, first.text, first.doubts) == (
        second.sender, second.sender_id, second.text, second.doubts,
    )  # fmt: skip
    assert "avatar" in (first.extra or "")
    assert second.extra is None


def test_the_pattern_takes_both_spellings_and_nothing_more() -> None:
    block = made.message(PRIYA, made.said(1, "a"), first=True).encode()
    assert PLAIN.fullmatch(block)
    assert PLAIN.fullmatch(made.quoted(block))
    assert not PLAIN.fullmatch(block.replace(b"<div class=chatlog__header>", b"<div class=chatlog__header>x"))
    assert not PLAIN.fullmatch(block.replace(b">a<", b"><b>a</b><"))


def test_the_id_tells_the_moment_and_the_words_stand_beside_it() -> None:
    sent = one().sent
    assert (sent.raw, sent.basis, sent.precision) == (
        "Sunday, January 4, 2026 7:04 PM",
        Basis.UTC,
        Precision.MILLISECOND,
    )
    assert sent.utc == int(at(2).timestamp() * 1000) * 1000


@pytest.mark.parametrize(
    ("written", "doubts"),
    [
        ("4.1.2026 klo 19.04", ()),  # nothing is held against a language
        ("Sunday, January 4, 2026 11:49 PM", ()),  # UTC+04:45 is no zone today, and minutes alone cannot tell
        ("4 January 2026 19:05", (Doubt.TIMES_DISAGREE,)),
    ],
)
def test_minutes_that_no_zone_makes_the_same_are_in_doubt(written: str, doubts: tuple[Doubt, ...]) -> None:
    for data in (PLAIN_PAGE, made.quoted(PLAIN_PAGE)):
        changed = data.replace(made.long(at(2)).encode(), written.encode())
        assert messages_of(changed)[1].doubts == doubts


def test_an_id_that_is_no_snowflake_leaves_the_time_unread() -> None:
    found = one(native="7")
    assert (found.sent.utc, found.sent.raw) == (None, "Sunday, January 4, 2026 7:04 PM")
    assert found.doubts == (Doubt.TIME_UNREADABLE,)


def test_an_edit_is_told_with_its_words_and_no_moment() -> None:
    found = one(edited="Sunday, January 4, 2026 7:09 PM")
    assert (found.text, found.edited_mark) == ("Good", True)
    assert found.edited is not None
    assert (found.edited.raw, found.edited.utc) == ("Sunday, January 4, 2026 7:09 PM", None)


def test_an_answer_says_what_it_answers() -> None:
    found = one(reply=made.reply_to(snowflake(at(1), 1)))
    assert found.reply is not None
    assert (found.reply.native_id, found.reply.quoted, found.reply.match) == (
        snowflake(at(1), 1), "The gate is open", Match.EXACT,
    )  # fmt: skip
    assert found.doubts == ()
    elsewhere = one(reply=made.reply_to("530805775262679064"))
    assert elsewhere.doubts == (Doubt.REPLY_TARGET_MISSING,)
    words = "Original message was deleted or could not be loaded."
    gone = f"<div class=chatlog__reply><div class=chatlog__reply-unknown>{words}</div></div>"
    assert one(reply=gone).doubts == (Doubt.REPLY_TARGET_MISSING,)


def test_answers_and_edits_are_told_alike_by_the_short_way_and_the_long_one() -> None:
    fields: dict[str, Any] = {"reply": made.reply_to(snowflake(at(1), 1)), "edited": "Sunday, January 4, 2026 7:09 PM"}
    data = made.talk(
        made.group(PRIYA, [made.said(1, "The gate is open")]),
        *(made.group(TOM, [made.said(n, "Good", **fields)]) for n in (2, 3)),
    )
    _, long, short = messages_of(data)
    assert (long.reply, long.edited, long.text, long.doubts) == (short.reply, short.edited, short.text, short.doubts)
    assert short.extra is None


def test_emoji_are_signs_and_those_of_a_server_have_their_names() -> None:
    found = one(
        inside='dug <img loading="lazy" class="chatlog__emoji" alt="🥕" title="carrot" src="https://example.org/c.svg">'
        ' and <img class="chatlog__emoji chatlog__emoji--large" alt="spade" title="spade" src="https://example.org/1.png">!'
    )
    assert found.text == "dug 🥕 and :spade:!"
    assert "example.org/1.png" in (found.extra or "")
    assert found.doubts == ()


def test_marks_of_a_text_are_kept() -> None:
    found = one(
        inside='<strong>Bed</strong> by <span class=chatlog__markdown-mention title="tom">@Tom</span>, '
        '<span class="chatlog__markdown-spoiler chatlog__markdown-spoiler--hidden" onclick="showSpoiler(event, this)">'
        'beans</span> <a href="https://example.org">https://example.org</a> <code class="chatlog__markdown-pre '
        'chatlog__markdown-pre--multiline language-py">x</code>'
    )
    assert found.text == "Bed by @Tom, beans https://example.org x"
    assert found.entities == (
        Entity(0, 3, "bold"),
        Entity(7, 11, "mention", "tom"),
        Entity(13, 18, "spoiler"),
        Entity(19, 38, "link", "https://example.org"),
        Entity(39, 40, "pre", "py"),
    )
    assert found.doubts == ()


IMAGE = (
    '<div class=chatlog__attachment><a href="https://example.org/plan.png"><img class=chatlog__attachment-media '
    'src="https://example.org/plan.png" alt="Image attachment" title="Image: plan.png (4.7 KB)" loading=lazy></a></div>'
)
GENERIC = (
    "<div class=chatlog__attachment><div class=chatlog__attachment-generic><svg class=chatlog__attachment-generic-icon>"
    "<use href=#attachment-icon></use></svg><div class=chatlog__attachment-generic-name><a "
    'href="https://example.org/beds.pdf">beds.pdf</a></div><div class=chatlog__attachment-generic-size>1.2 MB</div>'
    "</div></div>"
)
STICKER = (
    '<div class=chatlog__sticker title=Carrot><img class=chatlog__sticker--media src="https://example.org/s.png" '
    "alt=Sticker></div>"
)
REACTION = (
    '<div class=chatlog__reactions><div class=chatlog__reaction title=carrot><img class="chatlog__emoji '
    'chatlog__emoji--small" alt=🥕 src="https://example.org/c.svg" loading=lazy> '
    "<span class=chatlog__reaction-count>2</span></div></div>"
)
EMBED = (
    "<div class=chatlog__embed><div class=chatlog__embed-content-container><div class=chatlog__embed-title><a "
    'class=chatlog__embed-title-link href="https://example.org/seeds"><div class="chatlog__markdown '
    'chatlog__markdown-preserve">Seeds</div></a></div>'
    "<div class=chatlog__embed-description>All of them</div></div></div>"
)


def test_files_are_names_and_nobody_looks_where_they_lie() -> None:
    found = one(after=IMAGE + GENERIC)
    assert found.kind is Kind.MEDIA
    assert [(file.state, file.name, file.type) for file in found.attachments] == [
        (MediaState.NAMED, "plan.png", "image"), (MediaState.NAMED, "beds.pdf", None),
    ]  # fmt: skip
    assert "https://example.org/beds.pdf" in (found.extra or "")
    assert found.doubts == ()


def test_stickers_reactions_and_links_are_told() -> None:
    sticker = one(inside=" ", after=STICKER)
    assert (sticker.kind, sticker.attachments[0].name) == (Kind.STICKER, "Carrot")
    reacted = one(after=REACTION)
    assert [(found.value, found.count) for found in reacted.reactions] == [("🥕", 2)]
    shared = one(after=EMBED)
    assert shared.share is not None
    assert (shared.share.link, shared.share.text) == ("https://example.org/seeds", "Seeds\nAll of them")
    assert [message.doubts for message in (sticker, reacted, shared)] == [(), (), ()]


def test_what_the_page_shows_and_nobody_knows_is_kept_with_a_doubt() -> None:
    found = one(after="<div class=brand-new>look</div>")
    assert found.doubts == (Doubt.FIELD_NOT_READ,)
    assert "look" in (found.extra or "")
    assert one(inside=" ", after="<div class=brand-new>look</div>").kind is Kind.UNKNOWN


@pytest.mark.parametrize(
    ("words", "action", "kind"),
    [
        ("<span>joined the server.</span>", "GuildMemberJoin", Kind.SYSTEM),
        ("<span>started a call that lasted 4 minutes</span>", "Call", Kind.CALL),
        ("<span>added </span><a class=chatlog__system-notification-link title=sam>sam</a><span> to the group.</span>",
         "RecipientAdd", Kind.SYSTEM),
        ("<span>something else</span>", None, Kind.SYSTEM),
    ],
)  # fmt: skip
def test_acts_of_the_platform_are_told_in_the_programs_words(words: str, action: str | None, kind: Kind) -> None:
    data = made.talk(made.group(TOM, [made.said(1, "a")]), made.notice(PRIYA, made.said(2, ""), "join-icon", words))
    found = messages_of(data)[1]
    assert (found.kind, found.action, found.sender, found.doubts) == (
        kind,
        action,
        "Priya",
        (Doubt.TOOL_GENERATED_TEXT,),
    )
    assert read(data)[1] == ()


def test_a_group_whose_header_is_lost_has_no_sender() -> None:
    lost = f"<div class=chatlog__message-group>{made.message(PRIYA, made.said(3, 'whose'), first=False)}</div>"
    found = messages_of(made.talk(made.group(TOM, [made.said(1, "a")]), lost))[1]
    assert (found.sender, found.doubts) == (None, (Doubt.SENDER_AMBIGUOUS,))


def test_behind_a_block_that_could_not_be_read_the_sender_is_in_doubt() -> None:
    broken = "<div id=chatlog__message-container-1 class=chatlog__message-container></div>"
    first, second = (made.message(PRIYA, made.said(n, "a"), first=n == 1) for n in (1, 2))
    data = made.talk(f"<div class=chatlog__message-group>{first}{broken}{second}</div>")
    found = messages_of(data)[1]
    assert (found.sender, found.doubts) == ("Priya", (Doubt.SENDER_AMBIGUOUS,))
    assert len(read(data)[1]) == 1


def test_the_number_of_messages_is_held_against_what_is_there() -> None:
    closed = closed_of(made.talk(made.group(PRIYA, [made.said(1, "a")]), count=1_234))
    assert closed.doubts == ((Doubt.COUNT_MISMATCH, 1),)
    assert any("1,234" in note for note in closed.notes)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Exported 1,234 message(s)", (1234, None, True)),
        ("Exported 1.234 message(s)\nTimezone: UTC+01:00", (1234, "UTC+01:00", True)),
        ("Exported 1\u202f234 message(s)", (1234, None, True)),
        ("Exported some", (None, None, False)),
        ("", (None, None, True)),
    ],
)
def test_the_footer_is_read_in_any_culture(words: str, expected: tuple[int | None, str | None, bool]) -> None:
    assert read_footer(words) == expected


def test_a_page_that_ends_early_says_so() -> None:
    closed = closed_of(PLAIN_PAGE[: PLAIN_PAGE.find(b"Good")])
    assert (Doubt.TRUNCATED_FILE, 1) in closed.doubts


def test_a_message_that_stands_twice_says_so() -> None:
    group = made.group(PRIYA, [made.said(1, "a")])
    assert [one.doubts for one in messages_of(made.talk(group, group))] == [(), (Doubt.DUPLICATE_OF,)]


def test_a_page_is_known_by_its_elements() -> None:
    (claim,) = recognise(Capture((FileInMemory("a.html", "a.html", PLAIN_PAGE),))).claims
    assert (claim.form, claim.certainty) == ("discord/dce-html", Certainty.CERTAIN)
    older = b'<!DOCTYPE html><html><div class="chatlog__message-group">'
    (claim,) = recognise(Capture((FileInMemory("a.html", "a.html", older),))).claims
    assert claim.certainty == Certainty.LIKELY
    assert recognise(Capture((FileInMemory("a.html", "a.html", b"<html>chatlog"),))).claims == ()
