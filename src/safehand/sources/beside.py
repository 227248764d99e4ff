"""What stands in a file beside its messages, and which conversations need it: told by readers that know, when asked.

    {"recipient": {"id": "7", …}}      needed by conversations 1 and 4
    "svrPin": "…"                      needed by none

Whoever picks conversations out of a file leaves out what none of them needs (seal/pick.py). What no reader speaks of
stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from safehand.model.span import Span


class Beside:
    """Stretches beside the messages. Hand one to a Reading, and ask it when all events were taken."""

    __slots__ = ("_needed",)

    def __init__(self) -> None:
        self._needed: dict[Span, set[str]] = {}

    def add(self, span: Span) -> None:
        """Here stands something that a conversation may need, or none."""
        self._needed.setdefault(span, set())

    def need(self, span: Span, conversation: str) -> None:
        """The conversation of this id needs what stands here."""
        self._needed.setdefault(span, set()).add(conversation)

    def needless(self, conversations: frozenset[str]) -> Iterator[Span]:
        """What none of these conversations needs."""
        return (span for span, needed in self._needed.items() if needed.isdisjoint(conversations))
