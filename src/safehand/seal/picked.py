"""What the statement says of a pick: how many conversations are handed over, and each that is not, counted and ranged.

    "picked":{"bytes":48211,"conversations":2,"files":12,"left_out":[{"earliest":"2025-03-01T07:12:05Z","form":
     "telegram/json","latest":"2026-11-20T18:04:11Z","messages":4811}],"reason":"…","stretches_bytes":0}

No names and no titles: who else wrote to the holder is nobody's business. It stands in a statement only where something
was left out this way. How it comes about: pick.py. Its rules: docs/spec/statement.md, "Picked conversations".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class LeftConversation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A conversation that was left out. No name, no title: it is nobody's business."""

    form: str
    messages: int
    earliest: str | None
    """RFC 3339 in UTC, whole seconds: before this no message of it was sent. None where the source gives no time."""
    latest: str | None


class Picked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the statement says of a pick."""

    reason: str
    conversations: int
    """How many are handed over."""
    left_out: tuple[LeftConversation, ...]
    """The others, in the order they were read."""
    files: int
    """Files that were left out whole."""
    bytes: int
    """Bytes of them."""
    stretches_bytes: int
    """Bytes that were left out of files that were not left out whole."""


def broken_pick(picked: Picked, *, stretches_bytes: int) -> Iterator[str]:
    """The rules that are broken. ``stretches_bytes`` is what the items say was excluded and no line of an exclusion."""
    counts = (picked.files, picked.bytes, picked.stretches_bytes, *(one.messages for one in picked.left_out))
    if not picked.reason or picked.conversations < 1 or min(counts) < 0:
        yield "A pick has not the reason or the counts it needs."
    if not picked.left_out and not picked.files:
        yield "A pick leaves nothing out."
    if picked.stretches_bytes != stretches_bytes:
        yield "What a pick left out of items does not add up."
    for one in picked.left_out:
        moments = [moment for moment in (one.earliest, one.latest) if moment is not None]
        if len(moments) == 1 or sorted(moments) != moments or not all(map(_MOMENT.fullmatch, moments)):
            yield "The moments of a conversation that was left out are not in order."
