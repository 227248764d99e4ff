"""The accounts of one thread: those the file lists, and those who only wrote, reacted or were added.

    "participants": [{"name": "Priya"}, {"name": "Zo\u00c3\u00ab"}]      declared
    "sender_name": "Tom"                                              wrote, and is listed no more: he left

Meta's lists hold the members *at export time*, and no ids: a name is all there is. So two accounts of one name are one
participant here, and NOTES.md says so. ``names`` holds the name as it reads first and, where it was repaired, as the
file spells it second.
"""

from __future__ import annotations

from typing import Final

from safehand.model.people import Participant
from safehand.model.span import Span
from safehand.sources.json_fields import escaped, shown
from safehand.sources.meta.mojibake import Mending

PLACEHOLDERS: Final = frozenset({"Facebook user", "Facebook User", "Instagram user", "Instagram User"})
"""What stands in English exports instead of the name of an account that no longer exists."""


class Account:
    """One name of a thread, as it is counted while the thread is read."""

    __slots__ = ("declared", "first_seen", "key", "mended", "messages", "names")

    def __init__(self, raw: str, mending: Mending) -> None:
        self.key = shown(mending.repair(raw))
        self.names: tuple[str, ...] = (self.key,) if self.key == raw else (self.key, escaped(raw))
        self.mended = len(self.names) > 1
        """The name reads otherwise than the file spells it."""
        self.messages = 0
        self.declared = False
        self.first_seen: Span | None = None


class People:
    """The accounts of one thread, in order of appearance, found by the name as the file spells it."""

    __slots__ = ("_mending", "accounts")

    def __init__(self, mending: Mending) -> None:
        self.accounts: dict[str, Account] = {}
        """By the name as the file spells it."""
        self._mending = mending

    def account(self, raw: str) -> Account:
        """The account of this name, counted from now on if it is new."""
        account = self.accounts.get(raw)
        if account is None:
            account = self.accounts[raw] = Account(raw, self._mending)
        return account

    def name(self, raw: str, span: Span) -> Account:
        """The account of someone who was named at ``span`` without having written there."""
        account = self.account(raw)
        if account.first_seen is None:
            account.first_seen = span
        return account

    def declare(self, raw: str, span: Span) -> None:
        """The file lists this name as a member, in the list at ``span``."""
        self.name(raw, span).declared = True

    def participants(self) -> tuple[Participant, ...]:
        """Everyone, as the conversation closes. Two spellings of one name (repaired and right) are one account."""
        merged: dict[str, Account] = {}
        for account in self.accounts.values():
            twin = merged.get(account.key)
            if twin is None:
                merged[account.key] = account
                continue
            twin.names = tuple(dict.fromkeys(twin.names + account.names))
            twin.messages += account.messages
            twin.declared = twin.declared or account.declared
            twin.first_seen = twin.first_seen or account.first_seen
        return tuple(
            Participant(a.key, a.names, a.messages, a.declared, first_seen=a.first_seen) for a in merged.values()
        )

    def declared(self) -> frozenset[str]:
        """The names of those the files list as members."""
        return frozenset(account.key for account in self.accounts.values() if account.declared)

    def has_placeholder(self) -> bool:
        """Whether a name stands there that Meta gives to every account that no longer exists."""
        return any(account.key in PLACEHOLDERS for account in self.accounts.values())
