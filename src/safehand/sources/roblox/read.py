"""The parts of a return of Roblox: chat records, private messages, and what is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.roblox.chat import ChatForm
from safehand.sources.roblox.private import PrivateForm
from safehand.sources.tables import read_tables

CHAT: Final = "roblox/chat-csv"
MESSAGES: Final = "roblox/messages-csv"
OTHER: Final = "roblox/other-csv"


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    if claim.form == MESSAGES:
        return read_tables(claim, desk, OTHER, lambda *_: PrivateForm(MESSAGES))
    return read_tables(claim, desk, OTHER, lambda _, times: ChatForm(claim.form, times))
