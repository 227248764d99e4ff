"""Members: who wrote, as the file spells them, counted while it is read. Spellings are never merged.

On iPhones the platform's own lines carry a name too: that of the one who acted, or the group's. A name that has no
other lines and does not occur in what they say is the group's, and is no account.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.model.span import Span

_QUOTED: Final = re.compile('“[^”\n]*”|"[^"\n]*"|„[^“\n]*“|«[^»\n]*»|「[^」\n]*」')
"""What a platform line quotes is what a group is or was called, and nobody's name."""


class Member:
    """One account: a name as the file has it."""

    __slots__ = ("acted", "first_seen", "messages", "name", "platform_lines")

    def __init__(self, name: str) -> None:
        self.name = name
        self.messages = 0
        self.platform_lines = 0
        self.acted = False
        self.first_seen: Span | None = None


class Members:
    """All accounts of one conversation, in order of appearance."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._new: list[tuple[Member, int]] = []
        self._owners: set[str] = set()

    def of(self, name: str, place: int) -> Member:
        """The member of this name, who may be new with the message at ``place`` of the batch."""
        member = self._members.get(name)
        if member is None:
            member = self._members[name] = Member(name)
            self._new.append((member, place))
        return member

    def is_addressed(self, name: str) -> None:
        """The platform says "you" to this account: the export is its own."""
        self._owners.add(name)

    def is_in_platform_line(self, name: str, text: str) -> None:
        """A line of the platform's own stands under this name."""
        member = self._members[name]
        member.platform_lines += 1
        member.acted = member.acted or name in _QUOTED.sub("", text)

    def settle(self, batch: list[Message]) -> None:
        """Note where new members were first seen."""
        for member, place in self._new:
            member.first_seen = batch[place].span
        self._new.clear()

    def participants(self) -> tuple[Participant, ...]:
        """Every account that wrote or acted. An owner is named only where the file addresses one account alone."""
        owner = next(iter(self._owners)) if len(self._owners) == 1 else None
        return tuple(
            Participant(
                member.name,
                (member.name,),
                member.messages,
                is_owner=None if owner is None else member.name == owner,
                first_seen=member.first_seen,
            )
            for member in self._members.values()
            if member.acted or member.platform_lines < member.messages
        )
