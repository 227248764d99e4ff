"""Reading what was claimed, each form its own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Final

from safehand.model.conversation import Event
from safehand.sources.contract import Claim, ReadingDesk, SourceFile
from safehand.sources.signal.export_json import EXPORT_JSON, read_json
from safehand.sources.signal.export_text import EXPORT_TEXT, read_text
from safehand.sources.signal.own_export import OWN, read_own
from safehand.sources.signal.sigtop_json import SIGTOP_JSON, read_sigtop_json
from safehand.sources.signal.sigtop_text import SIGTOP_TEXT, read_sigtop

__all__ = ["EXPORT_JSON", "EXPORT_TEXT", "OWN", "SIGTOP_JSON", "SIGTOP_TEXT", "read"]

_READERS: Final[dict[str, Callable[[SourceFile, ReadingDesk], Iterator[Sequence[Event]]]]] = {
    EXPORT_JSON: read_json,
    EXPORT_TEXT: read_text,
    OWN: read_own,
    SIGTOP_TEXT: read_sigtop,
    SIGTOP_JSON: read_sigtop_json,
}


def read(claim: Claim, desk: ReadingDesk) -> Iterator[Event]:
    """The conversations of the claimed files."""
    reader = _READERS[claim.form]
    return chain.from_iterable(chain.from_iterable(reader(file, desk) for file in claim.files))
