"""What of Signal's own export a chat needs beside its messages, where somebody picks chats (sources/beside.py).

    {"account": {"svrPin": "…", "givenName": "Sam", …}}     the names and settings of the owner stay, nothing else
    {"recipient": {"id": "2", …}}, {"chat": {…}}             needed by the chats whose messages speak of them
    {"chatFolder": {…}}, {"notificationProfile": {…}} …      needed by none

A chat needs its own line and the line of the other side; of the people, all that were asked for while it was read, and
all that its messages name by their numbers or ids (who has read it, who joined), though no reader asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from safehand.model.span import Span
from safehand.sources.beside import Beside
from safehand.sources.json_fields import members
from safehand.sources.signal.own_people import People, Recipient, account_id

_OWNER: Final = frozenset({"givenName", "familyName", "username", "accountSettings"})
"""What stays of the account. All else are keys, PINs and addresses of files."""
_FIRST: Final = frozenset({
    "version", "backupTimeMs", "currentAppVersion", "firstAppVersion", "account", "recipient", "chat",
})  # fmt: skip
"""What stays of the first line, and of that of the account. What may be beside it is a key."""
_NUMBERS: Final = re.compile(rb'"(?:authorId|[A-Za-z]*[rR]ecipientId|voterId|adminId)"\s*:\s*"?(\d{1,20})"?')
"""Everything that names a recipient in a message (Signal's backup.proto)."""
_IDS: Final = re.compile(rb'"([A-Za-z0-9+/]{22}==)"')
"""What may be an account's id."""


class WatchedPeople(People):
    """All recipients of one file, and who of them was asked for."""

    __slots__ = ("_numbers", "asked")

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, list[str]] = {}
        """Of each key."""
        self.asked: set[str] = set()
        """The numbers of recipients."""
        self.get = self._noted

    def _noted(self, number: str) -> Recipient | None:
        self.asked.add(number)
        return self._by_id.get(number)

    def by_key(self, key: str) -> Recipient:
        """The account of this key, as People has it."""
        self.asked.update(self._numbers.get(key, ()))
        return super().by_key(key)

    def settle(self) -> None:
        """All are known."""
        super().settle()
        for number, one in self._by_id.items():
            self._numbers.setdefault(one.key, []).append(number)


class OwnBeside:
    """The lines of one file that are no messages, and who needs them."""

    __slots__ = ("_beside", "_chats", "_file", "_members", "_people", "_recipients")

    def __init__(self, beside: Beside, file: str, people: WatchedPeople) -> None:
        self._beside = beside
        self._file = file
        self._people = people
        self._recipients: dict[str, Span] = {}
        self._chats: dict[str, Span] = {}
        self._members: dict[str, list[bytes]] = {}
        """The ids that the line of a recipient names: those of a group."""

    def line(self, found: dict[str, Any], place: tuple[int, int], raw: bytes) -> None:
        """A line that is no message, of a known kind or not."""
        if "account" in found or "backupTimeMs" in found:
            self._inside(place[0], raw)
            return
        span = Span(self._file, *place)
        recipient, chat = found.get("recipient"), found.get("chat")
        if isinstance(recipient, dict):
            if "self" in recipient:
                return
            number = str(recipient.get("id", "0"))
            self._recipients[number] = span
            if "group" in recipient:
                self._members[number] = _IDS.findall(raw)
        if isinstance(chat, dict):
            self._chats[str(chat.get("id", "0"))] = span
        if found:
            self._beside.add(span)

    def _inside(self, start: int, raw: bytes) -> None:
        """What nobody needs of the line of the account, and of the first."""
        for one in members(raw):
            if one.key not in _FIRST:
                self._beside.add(Span(self._file, start + one.key_start, start + one.end))
            elif one.key == "account":
                base = start + one.start
                for inner in members(raw[one.start : one.end]):
                    if inner.key not in _OWNER:
                        self._beside.add(Span(self._file, base + inner.key_start, base + inner.end))

    def begin(self, conversation: str, chat: str, recipient: str | None) -> None:
        """A chat begins, with this recipient."""
        self._people.asked.clear()
        if chat in self._chats:
            self._beside.need(self._chats[chat], conversation)
        if recipient is not None:
            self._people.asked.add(recipient)
            self._named(self._members.get(recipient, ()))

    def read(self, conversation: str, lines: Iterable[bytes]) -> None:
        """Messages of the chat were read; ``lines`` are theirs."""
        for raw in lines:
            self._people.asked.update(number.decode() for number in _NUMBERS.findall(raw))
            self._named(_IDS.findall(raw))
        for number in self._people.asked & self._recipients.keys():
            self._beside.need(self._recipients[number], conversation)

    def _named(self, ids: Iterable[bytes]) -> None:
        for one in ids:
            key = account_id(one.decode())
            if key is not None:
                self._people.by_key(key)
