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

    __slots__ = ("colons", "first_seen", "messages", "name", "names")

    def __init__(self, key: str, first_seen: Span | None) -> None:
        self.names: list[str] = []
        self.name: str | None = None
        """The last it was called."""
        self.messages = 0
        self.first_seen = first_seen
        self.colons = key.count(":")
        """Colons in key and name: thread.py counts them, and need not count them a million times."""

    def called(self, name: str | None, key: str) -> None:
        """From here on it is called ``name``."""
        self.name = name
        self.colons = key.count(":")
        if name is not None:
            self.colons += name.count(":")
            if name not in self.names:
                self.names.append(name)


class People:
    """The accounts of one conversation, in order of appearance."""

    __slots__ = ("_accounts",)

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}

    def account(self, key: str, name: str | None, span: Span) -> Account:
        """The account that now goes by ``name``. Whoever asks counts its messages."""
        account = self._accounts.get(key)
        if account is None:
            account = self._accounts[key] = Account(key, span)
            account.called(name, key)
        elif account.name != name:
            account.called(name, key)
        return account

    def closing(self, other: tuple[str, str | None] | None, owner: str | None) -> tuple[Participant, ...]:
        """All of them. ``other`` is the account that a chat of two declares, with its title; ``owner`` whose export
        it is, where the file says so.
        """
        declared = None
        if other is not None:
            number = other[0].removeprefix("user")
            declared = number if number in self._accounts else other[0]
            if declared not in self._accounts:
                self._accounts[declared] = Account(declared, None)
                self._accounts[declared].called(other[1], declared)
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
