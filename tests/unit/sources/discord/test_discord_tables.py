"""Channels of Discord as tables: DiscordChatExporter's, and the package's as it was until about 2024."""

from __future__ import annotations

from pathlib import Path

import pytest

import discord_tables as made
from discord_export import PRIYA, TOM, at, snowflake
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import Basis
from safehand.model.message import Kind, Message
from safehand.sources.accounting import Unparsed
from safehand.sources.contract import Capture, FileInMemory, ReadOptions
from safehand.sources.discord.csv_read import called
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise

SAMPLES = Path(__file__).parents[5] / "shared" / "samples"


def read(
    data: bytes, name: str = "a.csv", options: ReadOptions | None = None
) -> tuple[list[Event], tuple[Unparsed, ...]]:
    reading = Reading(Capture((FileInMemory(name, name, data),)), options)
    events = list(reading.events())
    return events, reading.accounts()[0].unparsed


def messages_of(data: bytes, options: ReadOptions | None = None) -> list[Message]:
    return [event for event in read(data, options=options)[0] if isinstance(event, Message)]


def closed_of(data: bytes) -> ConversationClosed:
    return next(event for event in read(data)[0] if isinstance(event, ConversationClosed))


def test_a_table_is_a_conversation_and_its_header_is_none_of_it() -> None:
    data = made.table([made.row(1, PRIYA, 'The "gate" is open'), made.row(2, TOM, "Good,\r\nthen")])
    first, second = messages_of(data)
    assert (first.sender, first.sender_id, first.text, first.doubts) == ("priya", PRIYA[0], 'The "gate" is open', ())
    assert second.text == "Good,\r\nthen"
    assert data[second.span.start : second.span.end].startswith(b'"521')
    assert (first.sent.basis, first.sent.utc) == (Basis.OFFSET, int(at(1).timestamp() * 1000) * 1000)
    assert read(data)[1] == ()


def test_a_table_that_is_written_newest_first_is_told_oldest_first() -> None:
    data = made.table([made.row(n, PRIYA, f"row {n}") for n in (3, 2, 1)])
    assert [message.text for message in messages_of(data)] == ["row 1", "row 2", "row 3"]


def test_files_and_reactions_are_told() -> None:
    files = "https://example.org/a/plan.png?x=1,https://example.org/b/beds.pdf"
    (found,) = messages_of(made.table([made.row(1, PRIYA, "", files=files, reactions="🥕 (2),spade (1)")]))
    assert found.kind is Kind.MEDIA
    assert [file.name for file in found.attachments] == ["plan.png", "beds.pdf"]
    assert [(one.value, one.count) for one in found.reactions] == [("🥕", 2), ("spade", 1)]
    assert files in (found.extra or "")
    assert found.doubts == ()


def test_a_comma_in_the_link_to_a_file_makes_no_second_file() -> None:
    files = "https://example.org/1/a,b.jpg?ex=1,https://example.org/2/c.jpg,chat_Files/d.jpg,chat_Files/e.jpg"
    (found,) = messages_of(made.table([made.row(1, PRIYA, "a", files=files)]))
    assert [one.name for one in found.attachments] == ["a,b.jpg", "c.jpg", "d.jpg", "e.jpg"]


@pytest.mark.parametrize("reactions", ["🥕", "🥕 (2), and more", "(2)"])
def test_reactions_that_are_spelled_otherwise_are_kept(reactions: str) -> None:
    (found,) = messages_of(made.table([made.row(1, PRIYA, "a", reactions=reactions)]))
    assert reactions in (found.extra or "")
    assert found.doubts == (Doubt.FIELD_NOT_READ,)


def test_a_row_with_a_field_too_many_keeps_it_with_a_doubt() -> None:
    (found,) = messages_of(made.table([made.row(1, PRIYA, "a") + ',"more"']))
    assert (found.extra, found.doubts) == ('{"column 7": "more"}', (Doubt.FIELD_NOT_READ,))


def test_rows_that_are_no_messages_are_unparsed_with_a_reason() -> None:
    data = made.table([made.row(1, PRIYA, "a"), '"who","knows"', made.row(2, PRIYA, "b")])
    assert [message.text for message in messages_of(data)] == ["a", "b"]
    assert [one.reason for one in read(data)[1]] == ["a row that is no message"]


def test_bytes_that_are_no_utf_8_are_read_and_said_so() -> None:
    data = made.table([made.row(1, PRIYA, "café")]).replace("é".encode(), b"\xe9")
    (found,) = messages_of(data)
    assert (found.text, found.doubts) == ("café", (Doubt.ENCODING_GUESSED,))


def test_a_quote_that_never_ends_costs_its_row_and_says_so() -> None:
    data = made.table([made.row(1, PRIYA, "a"), made.row(2, PRIYA, "b")])[:-15]
    assert [message.text for message in messages_of(data)] == ["a"]
    assert (Doubt.TRUNCATED_FILE, 1) in closed_of(data).doubts


def test_the_files_name_says_which_channel_it_is() -> None:
    name = "Direct Messages - Private - robin [530805775262679064].csv"
    opened = read(made.table([made.row(1, PRIYA, "a")]), name)[0][0]
    assert isinstance(opened, ConversationOpened)
    assert (opened.title, opened.native_id) == ("Direct Messages - Private - robin", "530805775262679064")
    assert called("x/A - b [530805775262679064] [part 2].csv") == ("A - b", "530805775262679064")
    assert called("chat.csv") == (None, None)


def written(*dates: str, options: ReadOptions | None = None) -> list[Message]:
    return messages_of(made.table([made.row(n, PRIYA, "a", date=date) for n, date in enumerate(dates)]), options)


def test_older_dates_are_a_clock_without_a_zone() -> None:
    (found,) = written("04-Jan-26 07:02 PM")
    assert (found.sent.basis, found.sent.utc, found.doubts) == (
        Basis.EXPORTER_LOCAL, None, (Doubt.ZONE_UNKNOWN,),
    )  # fmt: skip
    (stated,) = written("04-Jan-26 07:02 PM", options=ReadOptions(zone="Europe/London", zone_by="holder"))
    assert stated.sent.utc == int(at(0).replace(second=0, microsecond=0).timestamp()) * 1_000_000


def test_the_order_of_dates_is_told_by_the_whole_file_or_left_open() -> None:
    day_first = written("04/01/2026 19:02", "13/01/2026 19:02")
    month_first = written("01/04/2026 7:02 PM", "1/13/2026 7:02 PM")
    assert day_first[0].sent.local == month_first[0].sent.local
    assert all(message.doubts == (Doubt.ZONE_UNKNOWN,) for message in (*day_first, *month_first))
    (open_,) = written("04/01/2026 19:02")
    assert {reading.label for reading in open_.sent.alternatives} == {"day first", "month first"}
    assert Doubt.ORDER_AMBIGUOUS in open_.doubts
    (stated,) = written("04/01/2026 19:02", options=ReadOptions(day_first=True, day_first_by="holder"))
    assert stated.sent.local == day_first[0].sent.local


def test_a_date_that_is_none_in_any_order_tells_nothing_of_the_others() -> None:
    found = written("13/01/2026 19:02", "31/02/2026 19:02", "04/01/2026 19:02")
    assert [message.doubts[0] for message in found] == [
        Doubt.ZONE_UNKNOWN, Doubt.TIME_UNREADABLE, Doubt.ZONE_UNKNOWN,
    ]  # fmt: skip


def test_a_person_never_overrides_the_file() -> None:
    found = written("13/01/2026 19:02", "04/01/2026 19:02", options=ReadOptions(day_first=False))
    assert [message.sent.alternatives for message in found] == [(), ()]
    assert all(Doubt.TIME_UNREADABLE not in message.doubts for message in found)


def test_days_that_run_back_again_and_again_rule_an_order_out() -> None:
    # The first to the twelfth of two months: read month first, each month's end runs back to the next one's start.
    dates = [f"{day:02d}/{month:02d}/2026 10:00" for month in range(1, 13) for day in (1, 5, 12)]
    found = written(*dates)
    assert all(message.sent.alternatives == () for message in found)
    assert (found[1].sent.local or 0) - (found[0].sent.local or 0) == 4 * 86_400_000_000


@pytest.mark.parametrize("date", ["yesterday", "31/02/2026 10:00", "04/01/1999 10:00", "04/01/2026 25:00", "13:61"])
def test_what_no_clock_shows_is_kept_as_it_stands(date: str) -> None:
    (found,) = written(date)
    assert (found.sent.raw, found.doubts) == (date, (Doubt.TIME_UNREADABLE,))


@pytest.mark.parametrize(
    "date",
    ["2026-01-13 19:02", "13.01.2026 19.02", "13.1.2026 klo 19.02", "1/13/2026 7:02\u202fPM", "2026. 1. 13. 19:02"],
)
def test_dates_of_many_cultures_are_read(date: str) -> None:
    (found,) = written(date)
    assert found.sent.local == written("13/01/2026 19:02")[0].sent.local


PLACE = "messages/c530805775262679064/"


def package(*rows: str) -> list[Event]:
    files = {f"{PLACE}messages.csv": made.package_table(rows)}
    reading = Reading(Capture(tuple(FileInMemory(name, name, data) for name, data in files.items())))
    return list(reading.events())


def test_a_table_of_the_package_is_the_accounts_own_side() -> None:
    events = package(made.package_row(1, "first"), made.package_row(2, 'se"cond, and\nmore'))
    first, second = (event for event in events if isinstance(event, Message))
    assert (first.text, first.native_id, first.doubts) == ("first", snowflake(at(1), 1), ())
    assert (second.text, second.sent.basis) == ('se"cond, and\nmore', Basis.OFFSET)
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert closed.doubts == ((Doubt.ONE_SIDED, 1),)


def test_the_time_of_the_package_is_held_against_its_id() -> None:
    row = made.package_row(1, "first").replace("19:03", "19:05")
    found = next(event for event in package(row) if isinstance(event, Message))
    assert found.doubts == (Doubt.TIMES_DISAGREE,)


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/samples is not beside this checkout")
@pytest.mark.parametrize(
    ("path", "form"),
    [("discord_dce/made_dce.csv", "discord/dce-csv"), ("discord_package/made_messages.csv", "discord/package-csv")],
)
def test_the_shared_tables_are_read(path: str, form: str) -> None:
    data = (SAMPLES / path).read_bytes()
    (claim,) = recognise(Capture((FileInMemory(path, path, data),))).claims
    events, unparsed = read(data, path)
    found = [event for event in events if isinstance(event, Message)]
    assert (claim.form, len(found), unparsed) == (form, 2, ())
    assert found[0].text in {'Hello, "Bob"', "my only 10/10, so far"}
    assert all(message.sent.utc is not None for message in found)
