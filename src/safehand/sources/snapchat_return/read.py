"""The parts of a return of Snapchat: conversations, and what is kept as it is."""

from __future__ import annotations

from collections.abc import Iterator

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.snapchat_return.claim import OTHER
from safehand.sources.snapchat_return.message import ConversationsForm
from safehand.sources.tables import read_tables


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    return read_tables(claim, desk, OTHER, lambda _, times: ConversationsForm(claim.form, times))
