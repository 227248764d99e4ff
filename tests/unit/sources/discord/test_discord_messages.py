"""A channel as DiscordChatExporter writes it: each kind of message, both clocks, and what the file says of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

import discord_export as made
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Match, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.discord.message import is_message
from safehand.sources.discord.moments import moment_of, snowflake_micros
from safehand.sources.discord.plain import Plain, decode
from safehand.sources.reading import Reading

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "discord_dce"


def read(data: bytes) -> tuple[list[Event], Reading]:
    reading = Reading(Capture((FileInMemory("channel.json", "channel.json", data),)))
    return list(reading.events()), reading


def messages_of(*messages: made.Object, **around: Any) -> list[Message]:
    events, _ = read(made.spelled(made.channel(messages, **around)))
    return [event for event in events if isinstance(event, Message)]


def closed_of(data: bytes) -> ConversationClosed:
    events, _ = read(data)
    (closed,) = (event for event in events if isinstance(event, ConversationClosed))
    return closed


def one(**fields: Any) -> Message:
    first, second = messages_of(
        made.said(1, made.PRIYA, "The gate is open"), {**made.said(2, made.TOM, "Good"), **fields}
    )
    assert first.text == "The gate is open"
    return second


def test_a_channel_says_what_it_is() -> None:
    events, _ = read(made.spelled(made.channel([made.said(1, made.PRIYA, "Hello")])))
    opened = events[0]
    assert isinstance(opened, ConversationOpened)
    assert (opened.platform, opened.form, opened.title, opened.kind, opened.section, opened.native_id) == (
        "discord", "discord/dce-json", "Allotment", ConversationKind.GROUP, "Group", "530805775262679064",
    )  # fmt: skip
    assert '"exportedAt"' in (opened.extra or "")


@pytest.mark.parametrize("kind", ["DirectTextChat", "GuildNews", "GuildPublicThread", "Unheard"])
def test_the_kind_of_channel_is_how_many_may_speak(kind: str) -> None:
    events, _ = read(made.spelled(made.channel([made.said(1, made.PRIYA, "Hello")], kind=kind)))
    opened = next(event for event in events if isinstance(event, ConversationOpened))
    expected = {"DirectTextChat": "direct", "GuildNews": "channel", "GuildPublicThread": "group"}
    assert opened.kind == expected.get(kind, "unknown")


def test_an_account_has_its_id_its_nickname_and_its_name_and_the_rest_of_it_once() -> None:
    first, second = messages_of(made.said(1, made.PRIYA, "Hello"), made.said(2, made.PRIYA, "again"))
    assert (first.sender, first.sender_id) == ("Priya", made.PRIYA[0])
    assert '"avatarUrl"' in (first.extra or "")
    assert second.extra is None
    closed = closed_of(made.spelled(made.channel([made.said(1, made.PRIYA, "Hello")])))
    assert closed.participants[0].names == ("Priya", "priya")


def test_the_time_is_as_written_and_the_id_must_agree() -> None:
    plain = one()
    assert plain.sent.basis is Basis.OFFSET
    assert plain.sent.utc == int(made.at(2).timestamp() * 1000) * 1000
    assert plain.doubts == ()
    elsewhere = one(timestamp="2026-01-04T21:04:11.414+02:00")
    assert (elsewhere.sent.utc, elsewhere.doubts) == (plain.sent.utc, ())
    assert one(timestamp="2026-01-04T19:04:12.414+00:00").doubts == (Doubt.TIMES_DISAGREE,)
    unreadable = one(timestamp="yesterday")
    assert (unreadable.sent.utc, unreadable.doubts) == (plain.sent.utc, (Doubt.TIME_UNREADABLE,))


@pytest.mark.parametrize("text", ["2026-01-04T19:04:12.414", "2026-13-04T19:04:12.414+00:00", "", None, 7, "x" * 30])
def test_what_is_no_time_with_an_offset_is_none(text: object) -> None:
    assert moment_of(text) is None


def test_a_snowflake_is_the_moment_discord_says() -> None:
    # The example of Discord's own documentation: 175928847299117063 is 2016-04-30 11:18:25.796 UTC.
    expected = datetime(2016, 4, 30, 11, 18, 25, 796_000, tzinfo=UTC)
    assert snowflake_micros(175_928_847_299_117_063) == int(expected.timestamp() * 1000) * 1000
    assert snowflake_micros(7) is None


@pytest.mark.parametrize(
    ("fields", "kind", "expected"),
    [
        ({"timestampEdited": "2026-01-04T19:05:00.000+00:00"}, Kind.TEXT, {"edited_mark": True}),
        ({"type": "RecipientAdd", "content": "Added Sam to the group."}, Kind.SYSTEM, {"action": "RecipientAdd"}),
        ({"attachments": [{"id": "1", "url": "u", "fileName": "plan.png", "fileSizeBytes": 9}]}, Kind.MEDIA, {}),
        ({"content": "", "stickers": [{"id": "1", "name": "Carrot", "format": "Png"}]}, Kind.STICKER, {}),
        ({"content": "", "embeds": [{"title": "Seeds", "url": "https://example.org"}]}, Kind.SHARE, {}),
        ({"content": ""}, Kind.EMPTY, {"text": None}),
    ],
)
def test_each_kind_is_told(fields: dict[str, Any], kind: Kind, expected: dict[str, Any]) -> None:
    found = one(**fields)
    assert found.kind is kind
    assert {name: getattr(found, name) for name in expected} == expected


def test_a_call_has_its_length_and_the_programs_words() -> None:
    call = one(
        type="Call", content="Started a call that lasted 4 minutes.", callEndedTimestamp="2026-01-04T19:08:22.414+00:00"
    )
    assert (call.kind, call.doubts) == (Kind.CALL, (Doubt.TOOL_GENERATED_TEXT,))
    assert call.call is not None
    assert call.call.seconds == 251


def test_an_answer_finds_its_message_or_says_that_it_is_not_here() -> None:
    here = one(type="Reply", reference={"messageId": made.snowflake(made.at(1)), "channelId": "7", "guildId": None})
    assert here.reply is not None
    assert (here.reply.match, here.doubts) == (Match.EXACT, ())
    gone = one(type="Reply", reference={"messageId": "999999999999999999", "channelId": "7", "guildId": None})
    assert gone.reply is not None
    assert (gone.reply.match, gone.doubts) == (Match.NONE, (Doubt.REPLY_TARGET_MISSING,))


def test_what_was_passed_on_is_not_the_senders_own_words() -> None:
    found = one(content="", forwardedMessage={"timestamp": "2025-12-01T10:00:00.000+00:00", "content": "Beds are full"})
    assert found.text is None
    assert found.share is not None
    assert found.forward is not None
    assert found.share.text == "Beds are full"
    assert found.forward.sent is not None


def test_reactions_are_by_those_who_are_named_and_a_count_of_the_others() -> None:
    emoji = {"id": "", "name": "🥕", "code": "carrot", "isAnimated": False, "imageUrl": "x"}
    found = one(reactions=[{"emoji": emoji, "count": 3, "users": [made.author(made.PRIYA)]}])
    assert [(r.value, r.sender, r.count) for r in found.reactions] == [("🥕", "Priya", None), ("🥕", None, 2)]


def test_a_field_nobody_knew_is_kept_and_doubted() -> None:
    found = one(shoeSize=43)
    assert found.doubts == (Doubt.FIELD_NOT_READ,)
    assert found.extra is not None
    assert '"shoeSize": 43' in found.extra


def test_the_same_id_twice_is_doubted_and_both_are_kept() -> None:
    first = made.said(1, made.PRIYA, "Hello")
    found = messages_of(first, first)
    assert [message.doubts for message in found] == [(), (Doubt.DUPLICATE_OF,)]


def test_a_stated_number_that_is_another_is_doubted_and_a_broken_off_export_is_too() -> None:
    said = [made.said(n, made.PRIYA, "Hello") for n in range(3)]
    assert dict(closed_of(made.spelled(made.channel(said, count=35))).doubts) == {Doubt.COUNT_MISMATCH: 1}
    whole = made.spelled(made.channel(said))
    cut = whole[: whole.index(b'"messageCount"') - 40]
    assert Doubt.TRUNCATED_FILE in dict(closed_of(cut).doubts)
    ranged = made.channel(said) | {"dateRange": {"after": "2026-01-01T00:00:00+00:00", "before": None}}
    assert any("stretch of time" in note for note in closed_of(made.spelled(ranged)).notes)


def test_the_short_way_and_the_careful_way_tell_the_same() -> None:
    said = [made.said(n, made.PRIYA if n % 2 else made.TOM, f"row: {n} is dug \\ {{}}") for n in range(6)]
    plain = [message for message in messages_of(*said) if message.number > 2]
    careful = [message for message in messages_of(*({**m, "unknown": 1} for m in said)) if message.number > 2]
    assert all(isinstance(decode(msgspec.json.encode(message)), Plain) for message in said)
    as_plain = [
        msgspec.structs.replace(m, extra=None, doubts=(), span=p.span) for p, m in zip(plain, careful, strict=True)
    ]
    assert as_plain == plain


@pytest.mark.parametrize("value", [None, 7, "text", [], {}, {"shoeSize": 43}])
def test_what_has_nothing_of_a_message_is_none(value: object) -> None:
    assert not is_message(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"guild": {"id": "1"}, "messages": []}',
        b'{"channel": {"id": "1"}, "messages": []}',
        b'[{"guild": {}, "channel": {"type": "DirectTextChat"}}]',
        b'{"name": "guild", "channel": "DirectTextChat", "messages": []}',
        b"guild channel",
    ],
)
def test_what_only_looks_like_a_channel_is_not_claimed(data: bytes) -> None:
    reading = Reading(Capture((FileInMemory("a.json", "a.json", data),)))
    assert [claim.source for claim in reading.recognised.claims] == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_every_sample_gives_its_number_of_messages_and_its_account_adds_up() -> None:
    counts = {"ca_DM_2A_2M.json": 3, "ca_SV_5A_5M.json": 5, "df_chill_undeleted.json": 5, "df_general_2024.json": 1}
    paths = sorted(SAMPLES.glob("*.json"))
    assert [path.name for path in paths] == sorted(counts)
    for path in paths:
        events, reading = read(path.read_bytes())
        assert sum(isinstance(event, Message) for event in events) == counts[path.name]
        (account,) = reading.accounts()
        assert account.unparsed == ()
        assert sum(tally.bytes for tally in account.segments.values()) == account.bytes


def test_the_end_of_a_call_on_what_is_no_call_is_kept_and_doubted() -> None:
    message = one(callEndedTimestamp="2020-07-17T21:14:52.787+00:00")
    assert (message.call, message.doubts) == (None, (Doubt.FIELD_NOT_READ,))
    assert "callEndedTimestamp" in (message.extra or "")


def test_who_reacted_is_known_by_the_id_too_and_what_nobody_knew_of_a_reaction_is_doubted() -> None:
    by = {"id": made.PRIYA[0], "name": "Priya"}
    reaction = {"emoji": {"id": "", "name": "👍"}, "count": 1, "users": [by]}
    known, strange = one(reactions=[reaction]), one(reactions=[{**reaction, "burst": True}])
    assert (known.reactions[0].sender, known.doubts) == ("Priya", ())
    assert made.PRIYA[0] in (known.extra or "")
    assert strange.doubts == (Doubt.FIELD_NOT_READ,)


def test_a_message_with_nothing_but_what_nobody_knew_is_not_called_empty() -> None:
    assert one(content="", hologram="beans").kind is Kind.UNKNOWN
    assert one(content="", poll={"question": "When?"}).kind is Kind.UNKNOWN
    assert one(content="").kind is Kind.EMPTY


def test_a_channel_that_is_written_newest_first_is_told_oldest_first() -> None:
    said = [made.said(n, made.PRIYA, f"row {n}") for n in range(1, 6)]
    said[2] |= {"type": "RecipientAdd", "content": "Added Sam to the group."}
    said[4] |= {"type": "Reply", "reference": {"messageId": said[0]["id"], "channelId": "1", "guildId": None}}
    forward, backward = messages_of(*said), messages_of(*reversed(said))
    assert [(one.number, one.text, one.kind, one.doubts, one.reply) for one in backward] == [
        (one.number, one.text, one.kind, one.doubts, one.reply) for one in forward
    ]
    data = made.spelled(made.channel([*reversed(said)]))
    assert all(str(one.native_id).encode() in data[one.span.start : one.span.end] for one in backward)
    assert any("newest" in note for note in closed_of(data).notes)
    _, reading = read(data)
    assert reading.accounts()[0].segments["event"].count == 1


@pytest.mark.parametrize("kind", [{"a": 1}, ["Call"], 7, None])
def test_a_type_of_another_shape_costs_no_message_whichever_way_the_file_runs(kind: object) -> None:
    said = [made.said(n, made.PRIYA, f"row {n}") for n in range(4)]
    said[2]["type"] = kind
    for order in (said, said[::-1]):
        assert [message.text for message in messages_of(*order)] == [f"row {n}" for n in range(4)]
