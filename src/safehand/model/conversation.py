"""Conversations, as a stream: opened, then its messages in order, then closed.

    ConversationOpened(id="1", platform="whatsapp", form="whatsapp/android-txt", title="Allotment", …)
    Message(number=1, …)
    Message(number=2, …)
    ConversationClosed(id="1", messages=2, participants=(…), doubts=…)

A source file may hold one conversation or thousands, and a million messages in one, so they are never held together in
memory. Participants and doubts stand in the closing value because only the end knows them all. ``id`` is unique in
one capture and is a plain counter ("1", "2", …): it says nothing of who is in it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.model.people import Participant
from safehand.model.span import Span


class ConversationKind(StrEnum):
    """How many may speak, as far as the source says."""

    DIRECT = "direct"
    GROUP = "group"
    CHANNEL = "channel"
    UNKNOWN = "unknown"


class ConversationOpened(msgspec.Struct, frozen=True):
    """A conversation begins. ``files`` are the ids of the source files it is read from, in reading order."""

    id: str
    platform: str
    form: str
    """``platform/form``: which shape of export, for example ``whatsapp/ios-txt``."""
    title: str | None
    kind: ConversationKind
    files: tuple[str, ...]
    section: str | None = None
    """Where in the account it stood: inbox, requests, archived."""
    native_id: str | None = None
    title_span: Span | None = None
    extra: str | None = None
    """Fields of the conversation itself that this version does not know, as a JSON object."""


class ConversationClosed(msgspec.Struct, frozen=True):
    """A conversation ends: how many messages it had, who took part, and what is in doubt about it as a whole."""

    id: str
    messages: int
    participants: tuple[Participant, ...]
    doubts: tuple[tuple[Doubt, int], ...] = ()
    """Each doubt with the number of messages (or files) it touches; sorted by code."""
    notes: tuple[str, ...] = ()
    """Plain sentences about the whole: evidence for day-month order, missing parts. No names, no message text."""


Event: TypeAlias = ConversationOpened | Message | ConversationClosed
