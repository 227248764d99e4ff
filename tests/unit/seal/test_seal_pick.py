"""Picking conversations: the others are left out to the byte, counted and ranged, and nobody of them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from meta_pages import archive, archived
from safehand.errors import UsageError
from safehand.model.conversation import ConversationClosed, ConversationOpened
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.seal.contents import capture_of_bag
from safehand.seal.open import unseal_package
from safehand.seal.statement import format_statement, parse_statement
from safehand.seal.write import Prepared, seal
from safehand.sources.reading import Reading
from sealed_packages import ANSWERS, MACHINE, answers, checked, desk_in, fixed, noon, prepared_from, tar_of, write_chat
from sms_backup import PRIYA as SMS_PRIYA
from sms_backup import TOM as SMS_TOM
from sms_backup import backup, sms
from telegram_chat import PRIYA, START, TOM, Who, account, chat, said, spelled


def only(*numbers: int) -> bytes:
    return ANSWERS + f'[only]\nconversations = {list(numbers)}\nreason = "The others are not about this."\n'.encode()


def two_chats(folder: Path) -> list[Path]:
    return [
        write_chat(folder, "14/01/2026, 22:27 - Priya: The gate is open\n", "WhatsApp Chat with Priya.txt"),
        write_chat(folder, "15/01/2026, 22:27 - Sam: Football at ten\n", "WhatsApp Chat with Sam.txt"),
        write_chat(folder, "a list of plants\n", "notes.md"),
    ]


def opened(prepared_paths: list[Path], toml: bytes, folder: Path) -> Reading:
    desk = desk_in(folder / "keys")
    seal(prepared_paths, answers(toml), desk, folder / "a.safehand", clock=noon, signer=fixed(7), machine=MACHINE)
    report = unseal_package(folder / "a.safehand", folder / "keys" / "desk.agekey", folder / "opened")
    assert report.passed
    assert report.statement is not None
    return Reading(capture_of_bag(folder / "opened", report.statement))


def test_a_file_that_nothing_was_picked_from_is_left_out_whole_and_unnamed(tmp_path: Path) -> None:
    prepared = prepared_from(two_chats(tmp_path), only(1))
    tar = tar_of(prepared)
    assert checked(tar).passed
    assert b"Football" not in tar
    assert b"Sam" not in tar
    assert b"plants" not in tar
    assert [item.name for item in prepared.statement.items] == ["WhatsApp Chat with Priya.txt"]
    picked = prepared.statement.picked
    assert picked is not None
    assert (picked.conversations, picked.files, picked.bytes, picked.stretches_bytes) == (1, 2, 58, 0)
    (left,) = picked.left_out
    assert (left.form, left.messages) == ("whatsapp/android-txt", 1)
    # A clock reading without a zone: the day before in the far east, the day after in the far west.
    assert (left.earliest, left.latest) == ("2026-01-15T08:27:00Z", "2026-01-16T10:27:00Z")


def telegram(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "result.json"
    sam: Who = ("Sam Smith", "user7")
    path.write_bytes(
        spelled(
            account(
                [
                    chat(
                        "Allotment",
                        "private_group",
                        7,
                        [said(1, PRIYA, START, "plot0001"), said(2, TOM, START, "plot0002")],
                    ),
                    chat(
                        "Sam Smith", "personal_chat", 8, [said(1, sam, START, "football"), said(2, sam, START, "boots")]
                    ),
                    chat("Greenhouse", "private_group", 9, [said(1, PRIYA, START, "plot0003")]),
                ]
            )
        )
    )
    return path


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ((1,), ["plot0001", "plot0002"]),
        ((1, 3), ["plot0001", "plot0002", "plot0003"]),
        ((3,), ["plot0003"]),
    ],
)
def test_of_a_file_with_many_conversations_the_others_are_left_out_and_the_rest_reads_as_before(
    numbers: tuple[int, ...], kept: list[str], tmp_path: Path
) -> None:
    reading = opened([telegram(tmp_path)], only(*numbers), tmp_path)
    events = list(reading.events())
    assert [event.text for event in events if isinstance(event, Message)] == kept
    titles = [event.title for event in events if isinstance(event, ConversationOpened)]
    wanted = ["Allotment", "Sam Smith", "Greenhouse"]
    assert titles == [title if number in numbers else None for number, title in enumerate(wanted, 1)]
    names = [name for event in events if isinstance(event, ConversationClosed)
             for one in event.participants for name in one.names]  # fmt: skip
    assert all(name.strip() for name in names), "a name that was left out is no name of blanks"
    (each,) = reading.accounts()
    assert each.unparsed == ()


def test_nothing_of_a_conversation_that_was_left_out_stands_in_the_package(tmp_path: Path) -> None:
    prepared = prepared_from([telegram(tmp_path)], only(1, 3))
    tar = tar_of(prepared)
    assert checked(tar).passed
    assert b"boots" not in tar
    assert b"Sam Smith" not in tar
    picked = prepared.statement.picked
    assert picked is not None
    assert [(left.form, left.messages) for left in picked.left_out] == [("telegram/account-json", 2)]
    assert picked.stretches_bytes == sum(one.end - one.start for one in prepared.statement.items[0].removed)


def test_messages_that_stand_among_others_are_left_out_one_run_at_a_time(tmp_path: Path) -> None:
    path = write_chat(tmp_path, "", "sms.xml")
    path.write_bytes(backup([sms(n, (SMS_PRIYA, SMS_TOM)[n % 2], f"plot{n:04d}") for n in range(8)]))
    reading = opened([path], only(2), tmp_path)
    messages = [event for event in reading.events() if isinstance(event, Message)]
    assert [message.text for message in messages] == [f"plot{n:04d}" for n in range(1, 8, 2)]
    assert all(Doubt.LEFT_OUT_HERE in message.doubts for message in messages[:-1])
    assert reading.accounts()[0].unparsed == ()


def test_a_number_that_no_conversation_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        prepared_from(two_chats(tmp_path), only(1, 9))
    assert "There is no conversation 9; there are 2." in str(refused.value)


def test_picking_all_that_there_is_leaves_a_statement_of_the_first_form(tmp_path: Path) -> None:
    prepared = prepared_from(two_chats(tmp_path)[:2], only(1, 2))
    assert prepared.statement.picked is None
    assert b'"schema":"safehand.statement/1"' in format_statement(prepared.statement)


def test_a_statement_with_a_pick_reads_back_as_it_was_and_a_changed_one_does_not(tmp_path: Path) -> None:
    statement = prepared_from([telegram(tmp_path)], only(1)).statement
    data = format_statement(statement)
    assert b'"schema":"safehand.statement/2"' in data
    assert parse_statement(data) == statement
    picked = statement.picked
    assert picked is not None
    told = f'"stretches_bytes":{picked.stretches_bytes}'.encode()
    for near in (
        data.replace(told, b'"stretches_bytes":1'),
        data.replace(b'"safehand.statement/2"', b'"safehand.statement/1"'),
        data.replace(b'"conversations":1', b'"conversations":0'),
        data.replace(b'"messages":2', b'"messages":-2'),
    ):
        assert near != data
        with pytest.raises(Exception, match="statement"):
            parse_statement(near)


def test_lines_and_conversations_of_one_file_are_not_left_out_both(tmp_path: Path) -> None:
    toml = only(1) + b'[[exclusions]]\nfile = "result.json"\nfirst_line = 1\nlast_line = 2\nreason = "x"\n'
    with pytest.raises(UsageError) as refused:
        prepared_from([telegram(tmp_path)], toml)
    assert "lines are left out and conversations" in str(refused.value)


def test_the_pick_of_the_statement_names_nobody(tmp_path: Path) -> None:
    prepared: Prepared = prepared_from([telegram(tmp_path)], only(1))
    text = format_statement(prepared.statement).decode()
    assert not any(word in text for word in ("Sam", "Greenhouse", "boots"))


def test_of_a_page_with_many_threads_the_members_of_the_others_are_left_out_too(tmp_path: Path) -> None:
    when = "Friday, October 4, 2013 at 10:05pm PDT"
    path = tmp_path / "messages.htm"
    threads = [("Tom, Priya", [archived("Priya", when, "plot0001")]), ("Tom, Sam", [archived("Sam", when, "football")])]
    path.write_bytes(archive("Tom", *threads))
    tar = tar_of(prepared_from([path], only(1)))
    assert b"plot0001" in tar
    assert b"Priya" in tar
    assert b"Sam" not in tar
    assert b"football" not in tar
    reading = opened([path], only(1), tmp_path)
    texts = [event.text for event in reading.events() if isinstance(event, Message)]
    assert texts == ["plot0001"]
    assert [account.unparsed for account in reading.accounts()] == [()]
