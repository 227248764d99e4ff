"""Reading what was claimed, each form its own way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk
from safehand.sources.imessage.exporter_text import read_text


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """Every conversation of the claimed files."""
    return chain.from_iterable(chain.from_iterable(read_text(file, claim.form, desk) for file in claim.files))
