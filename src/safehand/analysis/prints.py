"""What is kept of a conversation so that it can be laid beside another: a hash of the words, when, and of whom.

    prints = Prints()
    prints.add(message)          twenty-two bytes a message

Two exports of one message spell it differently: marks that nobody sees, blanks, composed letters. Those are no
difference. What an account is called is its id where there is one, else its name, and is compared in accounts.py.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from hashlib import blake2b
from typing import Final

from safehand.model.instant import CALENDAR_BEGINS, CALENDAR_ENDS, MICRO, Precision
from safehand.model.message import Kind, Message

NO_TIME: Final = -(2**63)
"""What is stored of a message without a time, or with one that no calendar holds."""

NOBODY: Final = -1
"""Who wrote it, where the source does not say."""

_LONG: Final = 12
"""Characters from which words are unlikely to be said twice in the same minute by chance."""

_A_MINUTE: Final = 60 * MICRO

# Looking a member up on its class costs as much as two calls; these are asked of every message.
_MINUTE: Final = Precision.MINUTE
_DELETED: Final = Kind.DELETED

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS: Final = re.compile(r"\s+")


class Prints:
    """What is kept of the messages of one conversation."""

    __slots__ = ("_texts", "_times", "_who", "accounts", "has_times", "long", "media", "names")

    def __init__(self) -> None:
        self._texts = array("q")
        self._times = array("q")
        self._who = array("i")
        self.accounts: dict[str, int] = {}
        """Those that wrote, by their keys, in order of appearance."""
        self.names: list[str | None] = []
        """What each of them was called first."""
        self.has_times = False
        self.long = bytearray()
        """1 for words long enough to tell the clocks."""
        self.media = bytearray()
        """1 where a file went with it."""

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, message: Message) -> None:
        """The next message: number ``len(self) + 1``."""
        words = words_of(message)
        digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._texts.append(int.from_bytes(digest, "little", signed=True))
        sent = message.sent
        at = sent.utc if sent.utc is not None else sent.local
        if at is None and sent.alternatives:
            at = sent.alternatives[0].local
        if at is None or not CALENDAR_BEGINS <= at < CALENDAR_ENDS:
            self._times.append(NO_TIME)
        else:
            self.has_times = True
            self._times.append(at - at % (_A_MINUTE if sent.precision is _MINUTE else MICRO))
        key = message.sender_id or message.sender
        who = self.accounts.get(key, NOBODY) if key is not None else NOBODY
        if who == NOBODY and key is not None:
            who = self.accounts[key] = len(self.names)
            self.names.append(message.sender)
        self._who.append(who)
        self.long.append(len(words) >= _LONG)
        self.media.append(bool(message.attachments))

    def text(self, index: int) -> int:
        """The hash of the words of the message at ``index`` (from 0)."""
        return self._texts[index]

    def time(self, index: int) -> int | None:
        """When, in microseconds."""
        return time_of(self._times[index])

    def who(self, index: int) -> int:
        """The place in ``accounts`` of whoever wrote it, or NOBODY."""
        return self._who[index]


def time_of(stored: int) -> int | None:
    """A time as it is stored, or None."""
    return None if stored == NO_TIME else stored


def words_of(message: Message) -> str:
    """What is compared: the words, without what two exports of one message spell differently.

    Invisible marks, blanks and composed letters are a matter of the form. A message without words is its kind; a
    deleted one is that, whatever the platform writes in its place.
    """
    if message.kind is _DELETED:
        return "\0deleted"
    text = message.text
    if not text:
        names = ",".join(one.type or "" for one in message.attachments)
        return f"\0{message.kind}:{message.action or ''}:{names}"
    if text.isascii() and "  " not in text and "\n" not in text:
        return text.strip()
    return _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
