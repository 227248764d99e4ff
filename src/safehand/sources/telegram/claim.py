"""Whether a file is Telegram Desktop's JSON, by the keys it begins with.

    {"name": …, "type": "personal_chat", "id": 7, "messages": [       one chat: certain
    {"about": …, "personal_information": {…}, …, "chats": {"list": [  a whole account: certain
    {"messages": [{"type": "message", "date_unixtime": "…", …         no head, but Telegram's messages: likely
    <html> … page_header … history … <div class="message    a page of a chat: certain

Messenger and Discord exports have ``messages`` too; their messages have other fields, and their heads other keys.
"""

from __future__ import annotations

import re
from typing import Any, Final

from safehand.sources.accounting import Ledger
from safehand.sources.contract import Certainty, Claim, FileInMemory, Probe
from safehand.sources.json_fields import Odd, read_odd
from safehand.sources.json_windows import EACH, Elements, Field, Opened, scan
from safehand.sources.telegram.fields import CHAT_TYPES, MESSAGE_TYPES
from safehand.sources.telegram.html_read import PAGES, page_number, title_of
from safehand.sources.telegram.read import ACCOUNT, ONE_CHAT, PATTERNS

SOURCE_ID: Final = "telegram"

_HEAD_PATTERNS: Final = (
    *PATTERNS,
    ("contacts", "list", EACH),
    ("frequent_contacts", "list", EACH),
    ("sessions", "list", EACH),
    ("profile_pictures", EACH),
    ("stories", EACH),
)
"""An account's first conversation may stand far behind the head: its other parts speak for it."""

_KEYS: Final = (b'"messages"', b'"about"', b'"personal_information"')
"""Without any of these it is none of the forms, and need not be read to be told."""

_ACCOUNT_MARKS: Final = frozenset({"chats", "left_chats", "contacts", "frequent_contacts", "sessions"})
_PAGE: Final = re.compile(rb'<div class="message (?:default|service)[" ]')
_PAGE_MARKS: Final = (b"<html", b'class="page_header"', b'class="history"')
"""What every page of a chat has before its first message."""

_MESSAGE_MARKS: Final = frozenset({"date_unixtime", "from_id", "text_entities", "actor_id"})


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours; pages of one chat are one claim."""
    return (*(found for probe in probes if (found := _claim(probe)) is not None), *_claim_pages(probes))


def _claim_pages(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """Pages that lie in one folder, are numbered, and have one title, are one chat."""
    groups: dict[tuple[str, ...], list[Probe]] = {}
    for probe in probes:
        name = probe.file.name
        if not page_number(name) and not name.lower().endswith((".html", ".htm")):
            continue
        head = probe.head
        if _PAGE.search(head) is None or not all(mark in head for mark in _PAGE_MARKS):
            continue
        alone = () if page_number(name) else (probe.file.id,)
        group = (name.rpartition("/")[0], title_of(head[: head.find(b'<div class="message ')])[0] or "", *alone)
        groups.setdefault(group, []).append(probe)
    return tuple(
        Claim(
            SOURCE_ID,
            PAGES,
            tuple(one.file for one in sorted(group, key=lambda one: (page_number(one.file.name), one.file.id))),
            Certainty.CERTAIN,
            "it begins as a page of a Telegram chat does",
        )
        for group in groups.values()
    )


def _claim(probe: Probe) -> Claim | None:
    begin = probe.head
    if not begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or not any(key in begin for key in _KEYS):
        return None
    head = _Head(begin)
    if head.is_account:
        return _found(probe, ACCOUNT, Certainty.CERTAIN, "it begins with the parts of a Telegram account")
    if head.may_be_account:
        return _found(probe, ACCOUNT, Certainty.LIKELY, "it begins as a Telegram account does")
    if head.is_chat:
        certain = head.first is None or _is_message(head.first)
        certainty = Certainty.CERTAIN if certain else Certainty.LIKELY
        return _found(probe, ONE_CHAT, certainty, "it begins as Telegram Desktop writes a chat")
    if head.has_messages and head.first is not None and _is_message(head.first):
        return _found(probe, ONE_CHAT, Certainty.LIKELY, "its messages have the fields of Telegram's")
    return None


def _found(probe: Probe, form: str, certainty: Certainty, why: str) -> Claim:
    return Claim(SOURCE_ID, form, (probe.file,), certainty, why)


class _Head:
    """What the beginning of a file shows: it is cut off anywhere, so it is read as a damaged file would be."""

    def __init__(self, data: bytes) -> None:
        self.has_messages = False
        self.first: Any = None
        self._fields: dict[str, Any] = {}
        self._lists = False
        self._typed = False
        file = FileInMemory("head", "head", data)
        for event in scan(file, Ledger(file.id), _HEAD_PATTERNS):
            match event:
                case Opened(path=path):
                    self._lists = self._lists or (path[1:] == ("list",) and path[0] in _ACCOUNT_MARKS)
                    self.has_messages = self.has_messages or path == ("messages",)
                case Field(path=(str(key),), raw=bytes(raw)):
                    self._fields[key] = _value(raw)
                case Field(path=(_, "list", int(), "type"), raw=bytes(raw)):
                    self._typed = self._typed or raw.strip(b'"').decode("ascii", "replace") in CHAT_TYPES
                case Elements(values=[Odd(value=first) | first, *_]) if self.has_messages:
                    self.first = first
                    break
                case _:
                    pass

    @property
    def is_chat(self) -> bool:
        """The fields before the messages of one chat. ``name`` is left out for saved messages."""
        kind = self._fields.get("type")
        known = isinstance(kind, str) and kind in CHAT_TYPES
        return self.has_messages and known and isinstance(self._fields.get("id"), int)

    @property
    def is_account(self) -> bool:
        """A list where an account has one, and its introduction or a chat of Telegram's beside it."""
        return not self.has_messages and self._lists and (self._introduced or self._typed)

    @property
    def may_be_account(self) -> bool:
        """The introduction and the owner alone: the first list lies behind the head."""
        return not self.has_messages and self._introduced and self._owned

    @property
    def _introduced(self) -> bool:
        return isinstance(self._fields.get("about"), str) or self._owned

    @property
    def _owned(self) -> bool:
        owner = self._fields.get("personal_information")
        return isinstance(owner, dict) and "user_id" in owner


def _is_message(value: Any) -> bool:
    kind = value.get("type") if isinstance(value, dict) else None
    return isinstance(kind, str) and kind in MESSAGE_TYPES and not _MESSAGE_MARKS.isdisjoint(value)


def _value(raw: bytes) -> Any:
    odd = read_odd(raw)
    return odd.value if odd else None
