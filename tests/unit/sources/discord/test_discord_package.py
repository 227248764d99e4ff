"""Discord's own data package: one account's own messages, each channel apart, and what the package says of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import discord_package as made
from discord_export import at
from safehand.model.conversation import ConversationClosed, ConversationKind, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Precision
from safehand.model.message import Kind, MediaState, Message
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "discord_package"
ALONE = "messages/c7/messages.json"


def capture_of(files: dict[str, bytes]) -> Capture:
    return Capture(tuple(FileInMemory(name, name, data) for name, data in files.items()))


def read(files: dict[str, bytes], options: ReadOptions | None = None) -> list[Event]:
    reading = Reading(capture_of(files), options)
    events = list(reading.events())
    assert sum(account.bytes for account in reading.accounts()) == sum(map(len, files.values()))
    return events


def opened_of(files: dict[str, bytes]) -> list[ConversationOpened]:
    return [event for event in read(files) if isinstance(event, ConversationOpened)]


def closed_of(files: dict[str, bytes]) -> list[ConversationClosed]:
    return [event for event in read(files) if isinstance(event, ConversationClosed)]


def messages_of(files: dict[str, bytes], options: ReadOptions | None = None) -> list[Message]:
    return [event for event in read(files, options) if isinstance(event, Message)]


def one(**fields: Any) -> Message:
    (found,) = messages_of({ALONE: made.spelled([made.said(1, "The gate is open", **fields)])})
    return found


def talk(*words: str) -> list[made.Object]:
    return [made.said(number, text) for number, text in enumerate(words)]


def test_a_package_is_a_conversation_a_channel_told_oldest_first() -> None:
    files = made.package({"11": talk("first", "second"), "12": talk("third")})
    assert [message.text for message in messages_of(files)] == ["first", "second", "third"]
    opened = opened_of(files)
    assert [(one.native_id, one.form) for one in opened] == [
        ("11", "discord/package-json"),
        ("12", "discord/package-json"),
    ]


def test_what_speaks_of_all_channels_is_no_conversation_and_every_byte_of_it_is_told() -> None:
    files = made.package({"11": talk("first")})
    reading = Reading(capture_of(files))
    opened = [event for event in reading.events() if isinstance(event, ConversationOpened)]
    assert {"messages/index.json", "account/user.json"} < set(opened[0].files)
    assert all(account.unparsed == () for account in reading.accounts())


@pytest.mark.parametrize(
    ("folder", "prefix"), [("messages", "c"), ("Messages", "c"), ("messages", ""), ("p/Messages", "c")]
)
def test_a_package_is_known_however_its_folders_are_called(folder: str, prefix: str) -> None:
    files = made.package({"11": talk("first")}, folder=folder, prefix=prefix, account=False)
    claims = recognise(capture_of(files)).claims
    assert [len(claim.files) for claim in claims] == [2, 1]
    assert opened_of(files)[0].title == "Direct Message with tom#0"


def test_a_hundred_channels_are_a_hundred_claims() -> None:
    files = made.package({str(number): talk(f"row {number}") for number in range(100, 200)})
    assert len(recognise(capture_of(files)).claims) == 102
    assert len(messages_of(files)) == 100


def test_a_channel_says_what_it_is_and_who_is_in_it() -> None:
    files = made.package({"11": talk("first")})
    opened, closed = opened_of(files)[0], closed_of(files)[0]
    assert (opened.kind, opened.title) == (ConversationKind.DIRECT, "Direct Message with tom#0")
    assert opened.title_span is not None
    assert files[opened.title_span.file][opened.title_span.start : opened.title_span.end].startswith(b'"Direct')
    assert opened.title_span.file in opened.files
    assert [(one.key, one.names, one.messages, one.declared, one.is_owner) for one in closed.participants] == [
        (made.OWNER[0], ("priya",), 1, True, True),
        (made.OTHER, (), 0, True, False),
    ]


def test_without_the_account_nobody_is_guessed_to_be_the_owner() -> None:
    files = made.package({"11": talk("first")}, account=False)
    closed = closed_of(files)[0]
    assert [(one.sender, one.sender_id) for one in messages_of(files)] == [("owner", None)]
    assert [(one.key, one.is_owner) for one in closed.participants] == [
        ("owner", True), (made.OTHER, None), (made.OWNER[0], None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("account", "sender", "key"),
    [
        ({"id": "7", "username": "priya"}, ("priya", "7"), "7"),
        ({"id": "7", "username": ""}, (None, "7"), "7"),
        ({"id": "7", "username": None, "x": [1]}, (None, "7"), "7"),
    ],
)
def test_the_account_is_told_as_far_as_its_file_says(
    account: dict[str, Any], sender: tuple[str | None, str | None], key: str
) -> None:
    files = made.package({"11": talk("first")}) | {"account/user.json": made.spelled(account)}
    assert [(one.sender, one.sender_id) for one in messages_of(files)] == [sender]
    assert closed_of(files)[0].participants[0].key == key


def test_a_channel_of_a_server_has_its_own_name_and_its_server() -> None:
    about = {"id": "7", "type": "GUILD_TEXT", "name": "seeds", "guild": {"id": "9", "name": "Allotments"}}
    files = {ALONE: made.spelled(talk("first")), "messages/c7/channel.json": made.spelled(about)}
    (opened,) = opened_of(files)
    assert (opened.title, opened.section, opened.kind) == ("seeds", "Allotments", ConversationKind.GROUP)
    assert '"guild"' in (opened.extra or "")


@pytest.mark.parametrize(
    ("type_", "kind"),
    [(1, "direct"), (3, "group"), ("GROUP_DM", "group"), ("GUILD_ANNOUNCEMENT", "channel"), (99, "unknown")],
)
def test_the_type_of_a_channel_is_a_word_or_a_number(type_: object, kind: str) -> None:
    about = {"id": "7", "type": type_, "recipients": []}
    files = {ALONE: made.spelled(talk("first")), "messages/c7/channel.json": made.spelled(about)}
    assert opened_of(files)[0].kind == kind


def test_that_only_one_side_is_here_is_a_doubt_about_the_whole() -> None:
    closed = closed_of(made.package({"11": talk("first", "second")}))[0]
    assert closed.doubts == ((Doubt.ONE_SIDED, 1),)
    assert any("own messages alone" in note for note in closed.notes)


def test_the_id_tells_the_moment_and_the_written_time_stands_beside_it() -> None:
    found = one()
    assert (found.sent.raw, found.sent.basis, found.sent.precision) == (
        "2026-01-04 19:03:11", Basis.UTC, Precision.MILLISECOND,
    )  # fmt: skip
    assert found.sent.utc == int(at(1).timestamp() * 1000) * 1000
    assert found.doubts == ()


def test_messages_of_one_second_stand_in_the_order_of_their_ids() -> None:
    said = [made.said(0, words) for words in ("a", "b", "c")]
    for number, message in enumerate(said):
        message["ID"] += number << 22
    files = {ALONE: made.spelled([said[2], said[1], said[0]])}
    assert [message.text for message in messages_of(files)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("written", "doubts"),
    [
        ("2026-01-04 19:03:11", ()),
        ("2026-01-04 21:03:11", ()),  # a clock in another zone: the id is the moment
        ("2026-01-04 19:03:11.414000+00:00", ()),
        ("2026-01-04 20:03:11.414000+01:00", ()),
        ("2026-01-04 19:04:11", (Doubt.TIMES_DISAGREE,)),
        ("2026-01-04 19:03:14.414000+00:00", (Doubt.TIMES_DISAGREE,)),
        ("yesterday", (Doubt.TIME_UNREADABLE,)),
    ],
)
def test_the_written_time_is_held_against_the_id(written: str, doubts: tuple[Doubt, ...]) -> None:
    assert one(Timestamp=written).doubts == doubts


def test_without_an_id_the_written_time_is_a_clock_reading_without_a_zone() -> None:
    found = one(ID=7)
    assert (found.sent.utc, found.sent.basis, found.doubts) == (None, Basis.SERVER_LOCAL, (Doubt.ZONE_UNKNOWN,))
    data = made.spelled([made.said(1, "The gate is open", ID=7)])
    (stated,) = messages_of({ALONE: data}, ReadOptions(zone="Europe/London", zone_by="holder"))
    assert stated.sent.basis is Basis.STATED


def test_ids_keep_every_digit() -> None:
    assert one(ID=897_870_239_797_215_243).native_id == "897870239797215243"
    assert one(ID="897870239797215243").native_id == "897870239797215243"
    assert one(ID=99_999_999_999_999_999_999).native_id == "99999999999999999999"


def test_files_are_names_and_their_addresses_stand_in_extra() -> None:
    found = one(Attachments="https://cdn.example.org/1/2/plan.png?ex=1 https://cdn.example.org/1/3/beds.pdf")
    assert found.kind is Kind.MEDIA
    assert [(file.state, file.name) for file in found.attachments] == [
        (MediaState.NAMED, "plan.png"), (MediaState.NAMED, "beds.pdf"),
    ]  # fmt: skip
    assert "cdn.example.org/1/2/plan.png" in (found.extra or "")


def test_what_is_not_known_is_kept_with_a_doubt() -> None:
    found = one(Pinned=True)
    assert (found.extra, found.doubts) == ('{"Pinned": true}', (Doubt.FIELD_NOT_READ,))
    assert one(Contents="").kind is Kind.EMPTY
    assert one(Contents="", Hologram="beans").kind is Kind.UNKNOWN
    assert one(Attachments=[1]).doubts == (Doubt.FIELD_NOT_READ,)


def test_a_message_that_stands_twice_says_so() -> None:
    message = made.said(1, "The gate is open")
    found = messages_of({ALONE: made.spelled([message, message])})
    assert [one.doubts for one in found] == [(), (Doubt.DUPLICATE_OF,)]


def test_a_file_with_nothing_in_it_is_a_channel_where_it_lies_and_unknown_elsewhere() -> None:
    assert [closed.messages for closed in closed_of({ALONE: b"[]"})] == [0]
    assert recognise(capture_of({"list.json": b"[]"})).claims == ()


def test_messages_alone_are_known_by_their_fields() -> None:
    files = {"renamed.json": made.spelled(talk("first"))}
    assert [message.text for message in messages_of(files)] == ["first"]


@pytest.mark.parametrize(
    "data",
    [
        b'[{"ID": 1, "Timestamp": "2021-10-13 15:35:46"}]',
        b'[{"name": "ID", "of": "Timestamp", "and": "Contents"}]',
        b'{"ID": 1, "Timestamp": "2021-10-13 15:35:46", "Contents": "a"}',
        b'{"id": "7", "type": "box", "recipients": []}',
    ],
)
def test_what_only_looks_like_a_package_is_not_claimed(data: bytes) -> None:
    assert recognise(capture_of({"a.json": data})).claims == ()


def test_an_index_is_damaged_without_harm_to_the_messages() -> None:
    files = made.package({"11": talk("first")})
    files["messages/index.json"] = files["messages/index.json"][:30]
    assert [message.text for message in messages_of(files)] == ["first"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/samples is not beside this checkout")
def test_the_shared_channel_is_read() -> None:
    data = (SAMPLES / "made_channel.json").read_bytes()
    reading = Reading(capture_of({"made_channel.json": data}))
    opened, closed = reading.events()
    assert isinstance(opened, ConversationOpened)
    assert isinstance(closed, ConversationClosed)
    assert (opened.native_id, opened.kind, closed.messages) == ("502291754930929684", ConversationKind.DIRECT, 0)
    assert len(closed.participants) == 2
    assert all(account.unparsed == () for account in reading.accounts())
