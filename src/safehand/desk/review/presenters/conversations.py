"""The list of conversations: letters, counts and dates. No names: they stand in the reader."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from safehand.casefile.clock import Clock
from safehand.casefile.views import CaseConversation
from safehand.desk.core import say
from safehand.desk.review.presenters.doubts import unsure_words
from safehand.desk.review.presenters.letters import Chip, chip
from safehand.desk.review.shown import ConversationList
from safehand.model.conversation import ConversationKind

_CHIPS: Final = 8
"""Letters shown of one conversation: a group of hundreds has a number instead of the rest."""

_PLATFORMS: Final = {
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "messenger_or_instagram": "Messenger or Instagram",
    "facebook": "Facebook",
    "google_chat": "Google Chat",
    "mail": "E-mail",
    "imessage": "iMessage",
    "sms": "SMS",
    "tiktok": "TikTok",
    "rsmf": "RSMF",
}
_KINDS: Final = {
    ConversationKind.DIRECT: "between two",
    ConversationKind.GROUP: "a group",
    ConversationKind.CHANNEL: "a channel",
    ConversationKind.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation."""

    number: int
    chips: tuple[Chip, ...]
    more: int
    platform: str
    kind: str
    messages: int
    dates: str
    clock: str
    unsure: tuple[str, ...]
    """What is in doubt about the whole, and plain notes on it."""


def conversation_rows(listed: ConversationList) -> tuple[ConversationRow, ...]:
    """Present the list."""
    letters: defaultdict[int, list[str]] = defaultdict(list)
    for participant in listed.participants:
        if participant.letter not in letters[participant.conversation]:
            letters[participant.conversation].append(participant.letter)
    return tuple(_row(conversation, letters[conversation.number]) for conversation in listed.conversations)


def _row(conversation: CaseConversation, letters: list[str]) -> ConversationRow:
    first, last = conversation.first_shown, conversation.last_shown
    dates = say.days(first.date(), last.date()) if first is not None and last is not None else "no dates"
    known = conversation.first_clock is Clock.UK
    return ConversationRow(
        number=conversation.number,
        chips=tuple(chip(letter) for letter in letters[:_CHIPS]),
        more=max(0, len(letters) - _CHIPS),
        platform=platform_words(conversation.opened.platform),
        kind=_KINDS[conversation.opened.kind],
        messages=conversation.messages,
        dates=dates,
        clock="" if known or first is None else "by the device’s clock",
        unsure=unsure_words(conversation),
    )


def platform_words(platform: str) -> str:
    """The platform as its users call it."""
    return _PLATFORMS.get(platform, platform.replace("_", " ").capitalize())
