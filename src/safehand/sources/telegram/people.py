"""Who wrote in a Telegram conversation: accounts by their id, with every name the file gives them.

"from": "Priya", "from_id": "user300000000"      key user300000000, names ("Priya",)
"from": null, "from_id": "user300000000"         a deleted account: the key, and no name
"from": "Priya"                                  no id (other tools): the name is the key
"""

from __future__ import annotations

from safehand.model.people import Participant
from safehand.model.span import Span


class Account:
    """One account as it is being counted."""

    __slots__ = ("first_seen", "last_name", "messages", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.last_name: str | None = None
        self.messages = 0
        self.first_seen: Span | None = None


class People:
    """The accounts of one conversation, in order of appearance."""

    __slots__ = ("_accounts",)

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}

    def wrote(self, key: str, name: str | None, span: Span) -> None:
        """``key`` wrote a message, under ``name``."""
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = Account()
            account.first_seen = span
        account.messages += 1
        if name != account.last_name and name is not None:
            account.last_name = name
            if name not in account.names:
                account.names.append(name)

    def closing(self, other: tuple[str, str | None] | None, owner: str | None) -> tuple[Participant, ...]:
        """All of them. ``other`` is the account that a chat of two declares, with its title; ``owner`` whose export
        it is, where the file says so.
        """
        declared = None
        if other is not None:
            number = other[0].removeprefix("user")
            declared = number if number in self._accounts else other[0]
            if declared not in self._accounts:
                self._accounts[declared] = Account()
                self._accounts[declared].names = [other[1]] if other[1] else []
        return tuple(
            Participant(
                key,
                tuple(account.names),
                account.messages,
                key == declared,
                None if owner is None else key == owner,
                account.first_seen,
            )
            for key, account in self._accounts.items()
        )
