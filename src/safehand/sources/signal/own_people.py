"""Who is who in Signal's own export: recipients by the numbers that the file gives them.

    {"recipient": {"id": "2", "contact": {"aci": "…", "e164": "447700900123", "profileGivenName": "Priya"}}}
    {"recipient": {"id": "1", "self": {}}}
    {"recipient": {"id": "3", "group": {"snapshot": {"title": {"title": "Allotment"}, "members": [{"userId": "…"}]}}}}

The numbers hold in one file alone. What tells accounts apart is Signal's own id of the account (ACI), else the
telephone number; only whoever owns the export has neither in it, and is ``self``.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from safehand.model.conversation import ConversationKind

SELF: Final = "self"
_ACI: Final = 16
"""Bytes of an account's id."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account, or a group, as the file describes it."""

    key: str
    name: str | None
    names: tuple[str, ...] = ()
    """Everything it is called, the name that Signal shows first."""
    kind: ConversationKind = ConversationKind.UNKNOWN
    is_owner: bool = False
    members: tuple[str, ...] = ()
    """Keys of the members of a group."""


class People:
    """All recipients of one file."""

    __slots__ = ("_by_id", "_by_key", "_own_names", "get")

    def __init__(self) -> None:
        self._by_id: dict[str, Recipient] = {}
        self._by_key: dict[str, Recipient] = {}
        self._own_names: tuple[str, ...] = ()
        self.get: Callable[[str], Recipient | None] = self._by_id.get
        """The recipient of this number, if the file has it."""

    def of(self, number: object) -> Recipient:
        """The recipient of this number; one without a name where the file has none."""
        return self.get(str(number)) or Recipient(f"recipient:{number}", None)

    def by_key(self, key: str) -> Recipient:
        """The account of this key; one without a name where the file has none."""
        return self._by_key.get(key) or Recipient(key, None)

    def own(self, account: Any) -> None:
        """The ``account`` of the file: what its owner is called."""
        if isinstance(account, dict):
            self._own_names = _distinct(_full(account, "givenName", "familyName"), account.get("username"))

    def add(self, recipient: dict[str, Any]) -> None:
        """Take a ``recipient``."""
        number = str(recipient.get("id", "0"))
        self._by_id[number] = _read(recipient, number)

    def settle(self) -> None:
        """All are known: whoever owns the export gets the names of the account, wherever they stood."""
        own = self._own_names
        for number, one in self._by_id.items():
            if one.is_owner and own:
                self._by_id[number] = Recipient(SELF, own[0], own, one.kind, is_owner=True)
        self._by_key = {one.key: one for one in self._by_id.values()}


def account_id(base64: object) -> str | None:
    """Signal's id of an account, as Signal itself spells it elsewhere: ``9d0652a3-…``."""
    if not isinstance(base64, str):
        return None
    try:
        raw = b64decode(base64, validate=True)
    except (NotBase64, ValueError):
        return None
    return str(UUID(bytes=raw)) if len(raw) == _ACI else None


def _read(recipient: dict[str, Any], number: str) -> Recipient:
    match recipient:
        case {"self": _}:
            return Recipient(SELF, None, (), ConversationKind.DIRECT, is_owner=True)
        case {"contact": dict(contact)}:
            return _contact(contact, number)
        case {"group": dict(group)}:
            return _group(group, number)
        case {"releaseNotes": _}:
            return Recipient("release-notes", "Signal", ("Signal",), ConversationKind.CHANNEL)
        case {"distributionList": {"distributionList": {"name": str(name)}}} | {"callLink": {"name": str(name)}}:
            return Recipient(f"recipient:{number}", name or None, (name,) if name else ())
        case _:
            return Recipient(f"recipient:{number}", None)


def _contact(contact: dict[str, Any], number: str) -> Recipient:
    phone = contact.get("e164")
    phone = f"+{str(phone).removeprefix('+')}" if phone and isinstance(phone, str | int) else None
    nickname = contact.get("nickname")
    names = _distinct(
        _full(nickname, "given", "family") if isinstance(nickname, dict) else None,
        _full(contact, "systemGivenName", "systemFamilyName"),
        contact.get("systemNickname"),
        _full(contact, "profileGivenName", "profileFamilyName"),
        phone,
        contact.get("username"),
    )
    own, other = account_id(contact.get("aci")), account_id(contact.get("pni"))
    key = own or phone or (f"PNI:{other}" if other else None) or f"recipient:{number}"
    return Recipient(key, names[0] if names else None, names, ConversationKind.DIRECT)


def _group(group: dict[str, Any], number: str) -> Recipient:
    snapshot = group.get("snapshot")
    title: str | None = None
    members: tuple[str, ...] = ()
    if isinstance(snapshot, dict):
        match snapshot.get("title"):
            case {"title": str(text)} if text:
                title = text
        members = tuple(_members(snapshot.get("members")))
    return Recipient(f"recipient:{number}", title, (title,) if title else (), ConversationKind.GROUP, members=members)


def _members(found: Any) -> Iterator[str]:
    for one in found if isinstance(found, list) else ():
        key = account_id(one.get("userId")) if isinstance(one, dict) else None
        if key is not None:
            yield key


def _full(found: dict[str, Any], first: str, last: str) -> str | None:
    parts = (found.get(first), found.get(last))
    return " ".join(part for part in parts if isinstance(part, str) and part) or None


def _distinct(*names: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))
