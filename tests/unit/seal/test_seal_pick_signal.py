"""Picking out of Signal's own export: nothing is left of people whom the picked chats do not speak of, nor any key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

import signal_own as made
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event
from safehand.model.message import Message
from safehand.seal.contents import capture_of_bag
from safehand.seal.open import unseal_package
from safehand.seal.write import seal
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from sealed_packages import ANSWERS, MACHINE, answers, checked, desk_in, fixed, noon, prepared_from, tar_of

SENDER, JOINER, READER = UUID(int=0x3333), UUID(int=0x4444), UUID(int=0x5555)

ACCOUNT: made.Object = {
    "account": {
        "profileKey": "a2V5MQ", "username": "sam.01", "usernameLink": {"entropy": "a2V5Mg"}, "givenName": "Sam",
        "familyName": "Hill", "accountSettings": {"readReceipts": True}, "svrPin": "4711", "backupsSubscriberData": {},
    }
}  # fmt: skip
VERSION: made.Object = {
    "version": "1",
    "mediaRootBackupKey": "a2V5Mw",
    "backupTimeMs": "1767600000000",
    "debug": "a2V5",
}
PEOPLE: tuple[made.Object, ...] = (
    made.ME,
    made.contact("2", made.PRIYA, e164="447700900123", profileGivenName="Priya", note="of the allotment"),
    made.contact("3", made.TOM, e164="447700900456", profileGivenName="Tom", note="of the football club"),
    made.group("4", "Greenhouse", made.PRIYA, SENDER),
    made.contact("5", SENDER, profileGivenName="Wren"),
    made.contact("6", JOINER, profileGivenName="Joan"),
    made.contact("7", READER, profileGivenName="Ruth"),
    made.contact("8", UUID(int=0x6666), e164="447700900789", profileGivenName="Nobody", identityKey="a2V5NA"),
    {"recipient": {"id": "9", "distributionList": {"distributionList": {"name": "Cousins"}}}},
)
CHATS = (made.chat("10", "2", muteUntilMs="7"), made.chat("11", "4"), made.chat("12", "3"), made.chat("13", "8"))
OTHERS: tuple[made.Object, ...] = (
    {"chatFolder": {"name": "Family", "includedRecipientIds": ["8"]}},
    {"notificationProfile": {"name": "Nights", "allowedMembers": ["3"]}},
    {"callFolder": {"name": "of a kind that nobody knows"}},
)


def data() -> bytes:
    joined = {"groupChange": {"updates": [{"groupMemberJoinedUpdate": {"newMemberAci": made.aci(JOINER)}}]}}
    sent = made.item(made.at(5), "1", "11", standardMessage={"text": {"body": "plot0005"}})
    item = sent["chatItem"]
    assert isinstance(item, dict)
    item["outgoing"] = {"sendStatus": [{"recipientId": "7", "timestamp": "1767600000000", "read": {}}]}
    messages = [
        made.said("plot0001", made.at(1)),
        made.said("football0001", made.at(2), "3", "12"),
        made.said("plot0002", made.at(3), "5", "11"),
        made.item(made.at(4), "5", "11", updateMessage=joined),
        sent,
        made.said("boots0001", made.at(6), "8", "13"),
    ]
    return made.spelled(messages, (VERSION, ACCOUNT, *PEOPLE[:5], *CHATS, *OTHERS, *PEOPLE[5:]))


def only(*numbers: int) -> bytes:
    return ANSWERS + f'[only]\nconversations = {list(numbers)}\nreason = "The others are not about this."\n'.encode()


def export(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.jsonl").write_bytes(data())
    return folder / "main.jsonl"


def told(events: list[Event]) -> list[tuple[object, ...]]:
    """What is told of each conversation, but for places and what says that something was left out."""
    found: list[tuple[object, ...]] = []
    for event in events:
        match event:
            case ConversationOpened():
                found.append((event.title, event.kind, event.native_id, event.section, event.extra))
            case Message():
                found.append((event.sender, event.sender_id, event.text, event.sent, event.native_id, event.extra))
            case ConversationClosed():
                found.append(tuple((one.key, one.names, one.declared, one.is_owner) for one in event.participants))
    return found


def events_of(number: int) -> list[Event]:
    all_ = list(Reading(Capture((FileInMemory("main.jsonl", "main.jsonl", data()),))).events())
    first = next(at for at, one in enumerate(all_) if isinstance(one, ConversationOpened) and one.id == str(number))
    last = next(at for at, one in enumerate(all_) if at > first and isinstance(one, ConversationClosed))
    return all_[first : last + 1]


PRIYAS = ("447700900123", "of the allotment", "plot0001", made.aci(made.PRIYA))
GREENHOUSES = ("Greenhouse", "Wren", "Joan", "Ruth", "plot0002", "plot0005", "Priya")
OF_OTHERS = (
    "Tom", "447700900456", "football", made.aci(made.TOM), "Nobody", "447700900789", "boots", "Cousins", "Family",
    "Nights", "callFolder",
)  # fmt: skip
KEYS = ("a2V5", "4711", "svrPin", "mediaRootBackupKey", "usernameLink")


@pytest.mark.parametrize(
    ("number", "kept", "gone"),
    [
        (1, PRIYAS, ("Greenhouse", "Wren", "Joan", "Ruth", "plot0002", *OF_OTHERS)),
        (2, GREENHOUSES, ("plot0001", "muteUntilMs", *OF_OTHERS)),
    ],
)
def test_of_people_whom_the_picked_chat_does_not_speak_of_nothing_is_left(
    number: int, kept: tuple[str, ...], gone: tuple[str, ...], tmp_path: Path
) -> None:
    prepared = prepared_from([export(tmp_path)], only(number))
    tar = tar_of(prepared)
    assert checked(tar).passed
    assert [word for word in (*kept, "Hill", "sam.01", "readReceipts") if word.encode() not in tar] == []
    assert [word for word in (*gone, *KEYS) if word.encode() in tar] == []
    picked = prepared.statement.picked
    assert picked is not None
    assert picked.stretches_bytes == sum(one.end - one.start for one in prepared.statement.items[0].removed)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_picked_chat_is_read_as_before(number: int, tmp_path: Path) -> None:
    desk = desk_in(tmp_path / "keys")
    sealed = tmp_path / "a.safehand"
    seal([export(tmp_path)], answers(only(number)), desk, sealed, clock=noon, signer=fixed(7), machine=MACHINE)
    report = unseal_package(sealed, tmp_path / "keys" / "desk.agekey", tmp_path / "opened")
    assert report.statement is not None
    reading = Reading(capture_of_bag(tmp_path / "opened", report.statement))
    assert told(list(reading.events())) == told(events_of(number))
    assert [account.unparsed for account in reading.accounts()] == [()]


def test_where_every_chat_is_picked_nothing_is_left_out(tmp_path: Path) -> None:
    prepared = prepared_from([export(tmp_path)], only(1, 2, 3, 4))
    assert prepared.statement.picked is None
    assert prepared.statement.items[0].removed == ()


def test_a_file_without_its_first_line_is_still_known_when_its_next_lines_are_left_out(tmp_path: Path) -> None:
    lines = data().splitlines(keepends=True)
    path = export(tmp_path)
    path.write_bytes(b"".join([lines[4], *lines[2:4], *lines[5:]]))
    desk, sealed = desk_in(tmp_path / "keys"), tmp_path / "a.safehand"
    seal([path], answers(only(1)), desk, sealed, clock=noon, signer=fixed(7), machine=MACHINE)
    report = unseal_package(sealed, tmp_path / "keys" / "desk.agekey", tmp_path / "opened")
    assert report.statement is not None
    events = list(Reading(capture_of_bag(tmp_path / "opened", report.statement)).events())
    assert [event.text for event in events if isinstance(event, Message)] == ["plot0001"]
