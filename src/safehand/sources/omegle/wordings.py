"""The lines Omegle wrote itself, over the years. Where each is from: NOTES.md.

You're now chatting with a random stranger. Say hi!       connected
You both like chess.                                      interests
Stranger has disconnected.                                disconnected
"""

from __future__ import annotations

import re
from typing import Final

SPEAKER: Final = re.compile(rb"(You|Stranger(?: [12])?):(?: |(?=[\r\n]|\Z))")
"""The beginning of a message, at the beginning of a line."""

HEADER: Final = re.compile(rb"(?:Omegle conversation log|Conversation log from Omegle:?)")
DATE: Final = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NO_INTERESTS: Final = (
    "Omegle couldn't find anyone who shares interests with you, so this stranger is completely random. "
    "Try adding more interests!"
)
_FIXED: Final = {
    "searching": (
        "Connecting to server...",
        "Looking for someone you can chat with. Hang on.",
        "Looking for someone you can chat with...",
        "Looking for two strangers. Hang on.",
        "Verifying...",
    ),
    "connected": (
        "You're now chatting with a random stranger. Say hi!",
        "You're now chatting with a random stranger.",
        "You're now watching two strangers discuss your question!",
    ),
    "interests": (_NO_INTERESTS,),
    "typing": ("Stranger is typing...", "Stranger 1 is typing...", "Stranger 2 is typing..."),
    "disconnected": (
        "Stranger has disconnected.",
        "Stranger 1 has disconnected.",
        "Stranger 2 has disconnected.",
        "Stranger 1 has disconnected",
        "Stranger 2 has disconnected",
        "Your conversational partner has disconnected.",
        "You have disconnected.",
        "Conversation has disconnected",
        "Connection imploded.",
        "Connection asploded.",
        "Error connecting to server. Please try again.",
    ),
    "notice": (
        "If the above message says you have been reported to the FBI, it is not legitimate. Please ignore it.",
        "Please try to discuss the question, not just disconnect!",
    ),
}
STATUS: Final = {line.encode(): action for action, lines in _FIXED.items() for line in lines} | {
    line.replace("'", "\u2019").encode(): action for action, lines in _FIXED.items() for line in lines
}
"""What a whole line says, by its bytes. Word processors make the apostrophe a curly one."""

_BEGINNINGS: Final = (
    (b"You both like ", "interests"),
    (b"You and the stranger both like ", "interests"),
    (b"You're now chatting with ", "connected"),
    ("You\u2019re now chatting with ".encode(), "connected"),
    (b"Question to discuss:", "question"),
)
FIRST_BYTES: Final = frozenset(line[0] for line in STATUS) | {b"Q"[0]}

FOOTERS: Final = frozenset({
    b"log from omegle.com",
    b"Start a new conversation or save this log or send us feedback.",
    b"Start a new conversation",
})  # fmt: skip


def status_of(line: bytes) -> str | None:
    """What Omegle says with a whole line (without its line break), or None where it is not Omegle that speaks."""
    found = STATUS.get(line)
    if found is not None:
        return found
    return next((action for beginning, action in _BEGINNINGS if line.startswith(beginning)), None)
