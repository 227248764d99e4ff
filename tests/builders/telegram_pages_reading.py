"""What a reading of Telegram's pages tells: the events, and the account of each page."""

from __future__ import annotations

from safehand.model.conversation import ConversationClosed, Event
from safehand.model.message import Message
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import HEAD, Claim, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.telegram import SOURCE
from telegram_pages import pages


def claims(files: dict[str, bytes]) -> tuple[Claim, ...]:
    return SOURCE.claim(tuple(Probe(FileInMemory(name, name, data), data[:HEAD]) for name, data in files.items()))


def read(files: dict[str, bytes], options: ReadOptions | None = None) -> tuple[list[Event], list[FileAccount]]:
    desk = ReadingDesk(options or ReadOptions())
    events = [event for claim in claims(files) for event in SOURCE.read(claim, desk)]
    return events, [desk.ledgers[name].close(len(data)) for name, data in files.items()]


def messages(*blocks: str, zone: str | None = None) -> list[Message]:
    options = ReadOptions(zone=zone, zone_by="holder" if zone else None)
    events, accounts = read(pages("Allotment", blocks), options)
    assert [account.unparsed for account in accounts] == [()]
    return [event for event in events if isinstance(event, Message)]


def closing(files: dict[str, bytes]) -> ConversationClosed:
    closed = read(files)[0][-1]
    assert isinstance(closed, ConversationClosed)
    return closed
