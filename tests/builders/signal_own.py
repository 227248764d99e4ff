"""Signal's own export, built for tests: one thing a line, as libsignal writes it.

spelled([said("hello", at(0))])      version, account, recipients, one chat, and the message
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

Object = dict[str, object]

START = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)
PRIYA, TOM = UUID(int=0x1111), UUID(int=0x2222)
VERSION: Object = {"version": "1", "backupTimeMs": "1767600000000", "mediaRootBackupKey": "c2VjcmV0"}
ACCOUNT: Object = {"account": {"profileKey": "c2VjcmV0", "username": "sam.01", "givenName": "Sam", "svrPin": "1234"}}
ME: Object = {"recipient": {"id": "1", "self": {"avatarColor": "A200"}}}
DIRECT, GROUP = "10", "11"


def at(number: int) -> datetime:
    """The moment of message ``number``: a minute after the one before it."""
    return START + timedelta(minutes=number)


def millis(moment: datetime) -> str:
    """As the file writes it: a number of 64 bits, as text."""
    return str(int(moment.timestamp() * 1000))


def aci(who: UUID) -> str:
    """An account's id, as the file writes bytes."""
    return b64encode(who.bytes).decode()


def contact(number: str, who: UUID, **about: object) -> Object:
    """A recipient that is somebody else."""
    return {"recipient": {"id": number, "contact": {"aci": aci(who), "profileKey": "c2VjcmV0", **about}}}


def group(number: str, title: str, *members: UUID) -> Object:
    """A recipient that is a group."""
    snapshot = {"title": {"title": title}, "members": [{"userId": aci(who), "role": "DEFAULT"} for who in members]}
    return {"recipient": {"id": number, "group": {"masterKey": "c2VjcmV0", "snapshot": snapshot}}}


def chat(number: str, recipient: str, **about: object) -> Object:
    """A chat."""
    return {"chat": {"id": number, "recipientId": recipient, **about}}


PEOPLE = (
    ME,
    contact("2", PRIYA, e164="447700900123", profileGivenName="Priya", systemGivenName="Priya", systemFamilyName="S."),
    contact("3", TOM, profileGivenName="Tom"),
    group("4", "Allotment", PRIYA, TOM),
)
CHATS = (chat(DIRECT, "2", expireTimerVersion=1), chat(GROUP, "4", archived=True))


def item(moment: datetime, author: str = "2", chat_id: str = DIRECT, **what: object) -> Object:
    """A message of any kind."""
    way = "outgoing" if author == "1" else "incoming"
    details: Object = {"dateReceived": millis(moment + timedelta(seconds=1))}
    if way == "incoming":
        details["read"] = True
    return {"chatItem": {"chatId": chat_id, "authorId": author, "dateSent": millis(moment), way: details, **what}}


def said(text: str, moment: datetime, author: str = "2", chat_id: str = DIRECT, **others: object) -> Object:
    """A message of words, with other parts of a standard message."""
    return item(moment, author, chat_id, standardMessage={"text": {"body": text}, **others})


def spelled(messages: Iterable[Object], before: Iterable[Object] = (VERSION, ACCOUNT, *PEOPLE, *CHATS)) -> bytes:
    """The whole file."""
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (*before, *messages))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
