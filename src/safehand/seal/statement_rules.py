"""The rules a statement keeps within itself: names in a row, ranges in order, sums that add up.

``broken_rule`` gives the first that is broken, as a sentence without any value of the statement, or None. The rules are
docs/spec/statement.md, "Rules"; what the statement says of other files is checked against them in verify.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from safehand.model.digest import is_sha256
from safehand.seal.embedded_rules import marker
from safehand.seal.layout import payload_path
from safehand.seal.picked import broken_pick
from safehand.seal.removed import Why
from safehand.seal.tables import broken_tables

if TYPE_CHECKING:
    from safehand.seal.statement import Attachment, Exclusion, Item, Statement

_SEALED: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
DOUBTS: Final = frozenset({"checksum_mismatch", "truncated_file"})
"""What an archive may say otherwise of an item. Another doubt is for whoever reads, not for whoever seals."""


def broken_rule(statement: Statement) -> str | None:
    """The first rule that is broken, or None."""
    return next(_broken(statement), None)


def _broken(statement: Statement) -> Iterator[str]:
    if not _is_moment(statement.sealed.utc):
        yield "sealed.utc is not a moment in UTC."
    if not statement.items:
        yield "There are no items."
    for number, item in enumerate(statement.items, 1):
        yield from _broken_item(number, item)
    if any(order_of(after) < order_of(before) for before, after in pairwise(statement.items)):
        yield "The items are not in order."
    if any(register_order(after) < register_order(before) for before, after in pairwise(statement.attachments)):
        yield "The attachments are not in order."
    ids = {item.id for item in statement.items}
    for exclusion in statement.exclusions:
        yield from _broken_exclusion(exclusion, ids)
    if statement.picked is not None:
        lines = sum(one.bytes for one in statement.exclusions if one.item is not None)
        excluded = sum(
            one.end - one.start for item in statement.items for one in item.removed if one.why is Why.EXCLUDED
        )
        yield from broken_pick(statement.picked, stretches_bytes=excluded - lines)
    yield from broken_tables(statement.tables, [item.id for item in statement.items])


def _broken_item(number: int, item: Item) -> Iterator[str]:
    if item.id != payload_path(number, item.name):
        yield f"Item {number} has not the id of its place."
    if not is_sha256(item.sha256) or item.size < 0:
        yield f"Item {number} has no hash or no size."
    if (item.kind == "DERIVED") != bool(item.removed):
        yield f"Item {number} is DERIVED without anything left out, or RAW with."
    ends = [0, *(removed.end for removed in item.removed)]
    if any(
        removed.start < end or removed.end <= removed.start for removed, end in zip(item.removed, ends, strict=False)
    ):
        yield f"What was left out of item {number} is not in order."
    left_out = sum(removed.end - removed.start - len(marker(removed)) for removed in item.removed)
    if ends[-1] > item.source_size or item.source_size - left_out != item.size:
        yield f"The sizes of item {number} do not add up."
    if list(item.doubts) != sorted(set(item.doubts) & DOUBTS):
        yield f"The doubts of item {number} are not in order."


def _broken_exclusion(exclusion: Exclusion, ids: set[str]) -> Iterator[str]:
    first, last = exclusion.first_line, exclusion.last_line
    if exclusion.bytes < 0 or (first is None) != (last is None) or (exclusion.item is None) != (first is None):
        yield "An exclusion has not the lines or the bytes it needs."
    elif first is not None and last is not None and not 0 < first <= last:
        yield "The lines of an exclusion are not in order."
    if exclusion.item is not None and exclusion.item not in ids:
        yield "Something was left out of an item that is not there."


def _is_moment(text: str) -> bool:
    try:
        # No date, or one before the clock of every computer, has no place in a tar header either.
        return _SEALED.fullmatch(text) is not None and datetime.fromisoformat(text).timestamp() >= 0
    except ValueError:
        return False


def order_of(item: Item) -> tuple[bytes, bytes, str, int]:
    """How items are ordered: by container, name and hash, so that the order they were given in does not count."""
    return ((item.container or "").encode(), item.name.encode(), item.sha256, item.source_size)


def register_order(listed: Attachment) -> tuple[bytes, bytes, int, str]:
    """How the register is ordered."""
    size = -1 if listed.size is None else listed.size
    return ((listed.container or "").encode(), listed.name.encode(), size, listed.crc32 or "")
