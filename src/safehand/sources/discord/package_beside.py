"""What lies beside the messages in Discord's data package, and says what they belong to.

    messages/c502291754930929684/channel.json   {"id": "502…", "type": "DM", "recipients": ["247…", "192…"]}
    messages/index.json                         {"502291754930929684": "Direct Message with robin#0", "7": null}
    account/user.json                           {"id": "247…", "username": "priya", …}

The last two speak of all channels: they are read once, when the first channel asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from safehand.errors import CannotRead
from safehand.model.conversation import ConversationKind
from safehand.model.span import Span
from safehand.sources.accounting import Ledger
from safehand.sources.contract import WINDOW, SourceFile
from safehand.sources.discord.package_message import OWNER, Owner
from safehand.sources.json_events import Field, JsonEvent
from safehand.sources.json_fields import escaped, read_odd
from safehand.sources.json_windows import EACH, scan

_NO_LIST: Final = (("messages", EACH),)
"""A pattern that none of these files has: every value is a field."""
_ROOM: Final = 64 << 10
"""Bytes of channel.json that are shown. Discord's has hundreds."""
_MOST_NAMES: Final = 50_000
"""Channels whose names are held. No account has written in a tenth as many."""
_MOST_RECIPIENTS: Final = 100
"""Accounts of a group that are listed. Discord allows ten."""
_MOST_DIGITS: Final = 20

_KINDS: Final[dict[str, ConversationKind]] = {
    "DM": ConversationKind.DIRECT,
    "1": ConversationKind.DIRECT,
    "GROUP_DM": ConversationKind.GROUP,
    "3": ConversationKind.GROUP,
    **dict.fromkeys(("GUILD_ANNOUNCEMENT", "GUILD_NEWS", "5"), ConversationKind.CHANNEL),
    **dict.fromkeys(
        (
            *("GUILD_TEXT", "GUILD_VOICE", "GUILD_STAGE_VOICE", "GUILD_FORUM", "GUILD_MEDIA"),
            *("PUBLIC_THREAD", "PRIVATE_THREAD", "ANNOUNCEMENT_THREAD", "NEWS_THREAD"),
            *("0", "2", "10", "11", "12", "13", "15", "16"),
        ),
        ConversationKind.GROUP,
    ),
}
"""Types of channel: in words since about 2023, as the API's numbers before."""


def fields_of(file: SourceFile, ledger: Ledger, window: int) -> Iterator[JsonEvent]:
    """The members of the one object in ``file``; the ledger is told all of it."""
    return scan(file, ledger, _NO_LIST, window=window)


class About:
    """What channel.json says of its channel."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.title_span: Span | None = None
        self.repeated = False
        self.recipients: list[tuple[str, Span]] = []
        self._values: dict[str, Any] = {}
        self._room = _ROOM

    def take(self, event: Field, file: str) -> None:
        """A member of the object."""
        key, raw = str(event.path[0]) if event.path else "", event.raw
        self.repeated = self.repeated or event.repeated
        if raw is None:
            return
        span = Span(file, event.start, event.end)
        self._room -= len(raw)
        if self._room < 0:
            return
        self.fields[key] = escaped(raw.decode("utf-8", "surrogateescape"))
        odd = read_odd(raw)
        value = None if odd is None else odd.value
        self._values[key] = value
        if key == "name":
            self.title_span = span
        elif key == "recipients" and isinstance(value, list):
            self.recipients = [(one, span) for one in value[:_MOST_RECIPIENTS] if isinstance(one, str) and one]

    @property
    def native_id(self) -> str | None:
        """The channel's id."""
        return _words(self._values.get("id"))

    @property
    def title(self) -> str | None:
        """The channel's name. A conversation of two has none."""
        return _words(self._values.get("name"))

    @property
    def section(self) -> str | None:
        """The server it stands in."""
        guild = self._values.get("guild")
        return _words(guild.get("name")) if isinstance(guild, dict) else None

    @property
    def kind(self) -> ConversationKind:
        """How many may speak."""
        found = self._values.get("type")
        return _KINDS.get(str(found), ConversationKind.UNKNOWN) if type(found) in {str, int} else _UNKNOWN

    @property
    def extra(self) -> str | None:
        """All of it, verbatim."""
        parts = (f"{json.dumps(key, ensure_ascii=False)}: {value}" for key, value in self.fields.items())
        return "{" + ", ".join(parts) + "}" if self.fields else None


_UNKNOWN: Final = ConversationKind.UNKNOWN


class Index:
    """messages/index.json: the names of all channels, where the package has it."""

    def __init__(self, file: SourceFile | None) -> None:
        self.file = file
        self._names: dict[int, tuple[str, Span]] | None = None

    def name(self, native: str | None) -> tuple[str, Span] | None:
        """What the channel is called, and where it says so."""
        if native is None or not (native.isascii() and native.isdigit() and len(native) <= _MOST_DIGITS):
            return None
        if self._names is None:
            self._names = dict(_names(self.file)) if self.file is not None else {}
        return self._names.get(int(native))


def _names(file: SourceFile) -> Iterator[tuple[int, tuple[str, Span]]]:
    left = _MOST_NAMES
    for key, event in _members(file):
        odd = read_odd(event.raw) if event.raw is not None else None
        if odd is not None and isinstance(odd.value, str) and key.isascii() and key.isdigit() and left:
            left -= 1
            yield int(key), (odd.value, Span(file.id, event.start, event.end))


class Account:
    """account/user.json: whose package it is, where the package has it."""

    def __init__(self, file: SourceFile | None) -> None:
        self.file = file
        self._owner: Owner | None = None

    def owner(self) -> Owner:
        """The account, as far as the file says."""
        if self._owner is None:
            self._owner = read_owner(self.file) if self.file is not None else Owner()
        return self._owner


def read_owner(file: SourceFile) -> Owner:
    """The id and the name in user.json."""
    found: dict[str, str] = {}
    for key, event in _members(file):
        if key in {"id", "username"} and event.raw is not None:
            odd = read_odd(event.raw)
            value = None if odd is None else odd.value
            if isinstance(value, str) and value:
                found[key] = value
    native, name = found.get("id"), found.get("username")
    return Owner(native, name or (None if native else OWNER))


def _members(file: SourceFile) -> Iterator[tuple[str, Field]]:
    """The members of the one object in ``file``. It is accounted for by whoever claims it, not here."""
    try:
        for event in fields_of(file, Ledger(file.id), WINDOW):
            if isinstance(event, Field) and event.path:
                yield str(event.path[0]), event
    except CannotRead:
        return  # it is told where the file itself is read


class Beside:
    """What lies beside the channels of one package."""

    def __init__(self, index: SourceFile | None, account: SourceFile | None) -> None:
        self.index = Index(index)
        self.account = Account(account)


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
