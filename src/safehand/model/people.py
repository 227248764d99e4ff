"""Participants: the accounts of a conversation. An account is not a person (docs/words.md)."""

from __future__ import annotations

import msgspec

from safehand.model.span import Span


class Participant(msgspec.Struct, frozen=True, gc=False):
    """An account that wrote, was named as a member, or both.

    ``key`` tells accounts of one conversation apart: the platform's id where there is one, else the name. Two accounts
    are never merged because their names or numbers look alike.
    """

    key: str
    names: tuple[str, ...]
    """Every spelling the source used, in order of appearance."""
    messages: int = 0
    declared: bool = False
    """The source lists it as a member, whether or not it wrote."""
    is_owner: bool | None = None
    """Whose export this is, where the source says so itself."""
    first_seen: Span | None = None
