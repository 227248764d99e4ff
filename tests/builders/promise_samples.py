"""Samples of every source, of any length, in which each message can be told by a word of its own: ``plot0007``.

    Sample("telegram", "one chat", {"result.json": b"…"}, messages=40)

test_promises.py asks every row of the table the same questions about them. They are plain on purpose: what each
platform may also write is in the tests of its own folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import telegram_chat
from meta_thread import START, Thread, said, sent
from zip_made import STORED, Member, zip_of

NAMES = ("Priya", "Zoë 🌻", "Tom: Plot 9")
WORD = re.compile(rb"plot\d{4,}")
_BEGIN = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """Files of one source, and how many messages stand in them."""

    source: str
    title: str
    files: dict[str, bytes]
    messages: int

    @property
    def words(self) -> list[bytes]:
        """The word of each message, oldest first."""
        return [word(number).encode() for number in range(self.messages)]


Builder = Callable[[int], Sample]


def word(number: int) -> str:
    return f"plot{number:04d}"


def text(number: int) -> str:
    """What is said: a line, or two, with letters beyond ASCII and marks that need escaping."""
    if number % 7 == 3:
        return f'{word(number)} is dug\nand “watered” at 10:15 — {{naïve}} [1] \\ "done" 🥕'
    return f"{word(number)} is dug"


def _moment(number: int) -> datetime:
    # A day apart now and then, so that days beyond the twelfth come early and the order of dates is plain.
    return _BEGIN + timedelta(minutes=number, days=number // 2 if number < 60 else 30)


def _name(number: int) -> str:
    return NAMES[number % len(NAMES)]


def android(messages: int) -> Sample:
    lines = [f"{_moment(n):%d/%m/%Y, %H:%M} - {_name(n)}: {text(n)}\n" for n in range(messages)]
    return Sample("whatsapp", "Android text", {"WhatsApp Chat with Allotment.txt": "".join(lines).encode()}, messages)


def ios(messages: int) -> Sample:
    lines = [f"[{_moment(n):%d/%m/%Y, %H:%M:%S}] {_name(n)}: {text(n)}\r\n" for n in range(messages)]
    return Sample("whatsapp", "iPhone text", {"_chat.txt": "".join(lines).encode()}, messages)


def ios_zip(messages: int) -> Sample:
    chat = ios(messages).files["_chat.txt"]
    archive = zip_of([Member(b"_chat.txt", chat), Member(b"00000003-PHOTO.jpg", b"\xff\xd8\xff", method=STORED)])
    return Sample("whatsapp", "iPhone ZIP", {"export.zip": archive.data}, messages)


def telegram(messages: int) -> Sample:
    made = telegram_chat.chat("Allotment", "private_group", 7, _telegram_messages(messages))
    return Sample("telegram", "one chat", {"result.json": telegram_chat.spelled(made)}, messages)


def telegram_account(messages: int) -> Sample:
    half = messages // 2
    listed = [
        telegram_chat.chat("Allotment", "private_group", 7, _telegram_messages(half)),
        telegram_chat.chat("Trains", "personal_chat", 8, _telegram_messages(messages, half)),
    ]
    return Sample(
        "telegram", "account", {"result.json": telegram_chat.spelled(telegram_chat.account(listed))}, messages
    )


def _telegram_messages(end: int, start: int = 0) -> list[telegram_chat.Object]:
    return [
        telegram_chat.said(n + 1, (_name(n), f"user{n % len(NAMES)}"), int(_moment(n).timestamp()), text(n))
        for n in range(start, end)
    ]


def messenger(messages: int) -> Sample:
    said_ = [said(_name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages))
    return Sample("meta", "one file", dict(files), messages)


def messenger_split(messages: int) -> Sample:
    said_ = [said(_name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages // 3))
    return Sample("meta", "split files", {f"inbox/allotment_1/{name}": data for name, data in files.items()}, messages)


def messenger_encrypted(messages: int) -> Sample:
    sent_ = [sent(_name(n), START + n * 60_000, text(n)) for n in range(messages)]
    data = Thread(NAMES, sent_, title="Allotment_1").encrypted()
    return Sample("meta", "encrypted form", {"Allotment_1.json": data}, messages)


BUILDERS: dict[str, Builder] = {
    "whatsapp, Android": android,
    "whatsapp, iPhone": ios,
    "whatsapp, ZIP": ios_zip,
    "telegram, one chat": telegram,
    "telegram, account": telegram_account,
    "meta, one file": messenger,
    "meta, split files": messenger_split,
    "meta, encrypted": messenger_encrypted,
}
"""Every sample that can be made. A new source adds its own here, and test_promises.py asks for it."""
