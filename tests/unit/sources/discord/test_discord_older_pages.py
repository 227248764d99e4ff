"""Older pages of DiscordChatExporter: a group has one header; an answer is a reference; a message has one time."""

from __future__ import annotations

import discord_pages as made
from discord_export import PRIYA, TOM, at, snowflake
from safehand.model.conversation import ConversationClosed, Event
from safehand.model.message import Entity, Match, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading


def read(data: bytes) -> list[Event]:
    reading = Reading(Capture((FileInMemory("a.html", "a.html", data),)))
    events = list(reading.events())
    assert reading.accounts()[0].unparsed == ()
    return events


def messages_of(data: bytes) -> list[Message]:
    return [event for event in read(data) if isinstance(event, Message)]


def closed_of(data: bytes) -> ConversationClosed:
    return next(event for event in read(data) if isinstance(event, ConversationClosed))


REFERENCE = (
    '<div class="chatlog__reference-symbol"></div>\n<div class="chatlog__reference"><span '
    'class="chatlog__reference-name" title="tom#0001">Tom</span><div class="chatlog__reference-content">'
    '<span class="chatlog__reference-link" '
    "onclick=\"scrollToMessage(event, '{0}')\">Good</span></div></div>\n"
)


def test_an_older_page_has_the_account_before_the_messages_of_a_group() -> None:
    data = made.talk(
        made.older_group(TOM, [made.said(1, "Good")]),
        made.older_group(
            PRIYA,
            [made.said(2, "The gate"), made.said(3, "is <open>"), made.said(4, "", inside="and <b>dug</b>")],
            REFERENCE.format(snowflake(at(1), 1)),
        ),
        made.older_group(TOM, [made.said(5, "Good")]),
    )
    found = messages_of(data)
    assert [(one.sender, one.sender_id, one.text) for one in found[:3]] == [
        ("Tom", TOM[0], "Good"), ("Priya", PRIYA[0], "The gate"), ("Priya", PRIYA[0], "is <open>"),
    ]  # fmt: skip
    assert [(one.text, one.entities) for one in found[3:]] == [("and dug", (Entity(4, 7, "bold"),)), ("Good", ())]
    assert [one.doubts for one in found] == [()] * 5
    assert (found[2].sent.raw, found[2].sent.utc) == (made.older(at(3)), int(at(3).timestamp() * 1000) * 1000)
    assert found[1].reply is not None
    assert (found[1].reply.native_id, found[1].reply.quoted, found[1].reply.match) == (
        snowflake(at(1), 1), "Good", Match.EXACT,
    )  # fmt: skip
    assert ("author-avatar" in (found[0].extra or ""), "author-avatar" in (found[4].extra or "")) == (True, False)
    assert closed_of(data).participants[1].names == ("Priya", "priya#0001")


def test_in_between_pages_call_an_answer_a_reference_and_give_one_time() -> None:
    data = made.talk(
        made.group(PRIYA, [made.said(1, "The gate is open")]),
        *(made.group(TOM, [made.said(n, "Good", reply=made.reply_to(snowflake(at(1), 1)))]) for n in (2, 3)),
    ).replace(b"chatlog__reply", b"chatlog__reference")
    for number in (1, 2, 3):
        data = data.replace(f'chatlog__timestamp title="{made.long(at(number))}"'.encode(), b"chatlog__timestamp")
    _, long, short = messages_of(data)
    assert (long.reply, long.doubts, long.text) == (short.reply, (), short.text)
    assert (long.sent.raw, short.sent.raw) == (made.shown(at(2)), made.shown(at(3)))
    assert short.extra is None
