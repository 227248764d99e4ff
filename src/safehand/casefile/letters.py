"""Letters: the neutral name of an account, the same through the case and in court.

    A, B, C … Z, AA, AB …       in order of first appearance in the case

An account is known by the platform's own id where the source has one, and is then the same account in every
conversation of that platform. Where there is only a name, the same name in another conversation is another account:
two people may be called the same, and only an officer may say they are one.
"""

from __future__ import annotations

from typing import TypeAlias

from safehand.model.message import Message
from safehand.model.people import Participant

_Key: TypeAlias = tuple[str, str | int, str]


def letter_of(number: int) -> str:
    """The letter of the account that appeared ``number``-th, counted from 1: 1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of_letter(letter: str) -> int:
    """The inverse: 1 of A, 27 of AA. ``letter`` is capital letters from A to Z."""
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - ord("A") + 1
    return number


class Cast:
    """The accounts of a case in order of first appearance, numbered from 1."""

    def __init__(self) -> None:
        self._numbers: dict[_Key, int] = {}
        self._here: dict[tuple[str | None, str | None], int] = {}
        self._platform = ""
        self._conversation = 0

    def __len__(self) -> int:
        return len(self._numbers)

    def enter(self, platform: str, conversation: int) -> None:
        """A conversation begins."""
        self._platform = platform
        self._conversation = conversation
        self._here = {}

    def of_message(self, message: Message) -> int | None:
        """The account that wrote ``message``; None where the platform itself speaks."""
        sender, sender_id = message.sender, message.sender_id
        if sender is None and sender_id is None:
            return None
        known = self._here.get((sender_id, sender))
        if known is None:
            known = self._here[sender_id, sender] = self._number(self._key(sender_id, sender))
        return known

    def here(self) -> dict[str | None, int]:
        """Accounts that wrote in the conversation that is open, by the platform's id, or by name where it has none."""
        return {sender_id or sender: number for (sender_id, sender), number in self._here.items()}

    def of_participant(self, participant: Participant) -> int:
        """The account of a participant named when the conversation closes; one who never wrote appears only now."""
        by_id = self._key(participant.key, None)
        # Where a name is all there is, some sources give it as the id too: then its messages had that id.
        if participant.key in participant.names and by_id not in self._numbers:
            return self._number(self._key(None, participant.key))
        return self._number(by_id)

    def _key(self, account_id: str | None, name: str | None) -> _Key:
        if account_id is not None:
            return ("id", self._platform, account_id)
        return ("name", self._conversation, name or "")

    def _number(self, key: _Key) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)
