"""What a prosecutor asks, as a table: data/cps-checklist.toml, read strictly.

    checklist().items[1].ask         "Is it whole, from the first contact, on every platform?"
    checklist().items[1].mark        Known.NOT_VERIFIED

Each item says which of the holder's declarations bear on it and which pages of the case; an officer answers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from safehand.desk.conduct.tables import dated, known, only, said, shipped
from safehand.errors import UsageError
from safehand.seal.questions import QUESTIONS

SCHEMA: Final = "safehand.checklist/1"

PAGES: Final = ("conduct", "whole", "mentions", "points", "evidence", "triage")
"""Pages of a case on which an answer may be found."""

_DECLARED: Final = tuple(one.id for one in QUESTIONS)


class Known(StrEnum):
    """Whether an item stands in what could be read of the guidance."""

    VERIFIED = "verified"
    IN_PART = "in part"
    NOT_VERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a prosecutor's. ``declared`` are ids of the holder's questions, ``look_at`` some of PAGES."""

    number: int
    ask: str
    mark: Known
    needs: str
    declared: tuple[str, ...]
    look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole table."""

    version: int
    checked_on: date
    nation: str
    source: str
    items: tuple[Item, ...]

    def item(self, number: int) -> Item | None:
        """The item of that number, or None."""
        return next((one for one in self.items if one.number == number), None)


@cache
def checklist() -> Checklist:
    """The table as it is shipped."""
    return checklist_of(shipped("cps-checklist.toml"))


def checklist_of(table: Mapping[str, Any]) -> Checklist:
    """The table as values. UsageError says which item cannot be meant."""
    only(table, {"schema", "version", "checked_on", "nation", "source", "item"}, "the file")
    if table["schema"] != SCHEMA:
        raise UsageError(f'The file begins with schema = "{SCHEMA}".')
    items = tuple(map(_item, table["item"]))
    if [one.number for one in items] != list(range(1, len(items) + 1)):
        raise UsageError("Items are numbered from 1, in order, each once.", where="item")
    words = said(table["nation"], "nation"), said(table["source"], "source")
    return Checklist(int(table["version"]), dated(table["checked_on"]), *words, items)


def _item(row: Mapping[str, Any]) -> Item:
    where = f"item {row.get('number', '?')}"
    only(row, {"number", "ask", "mark", "needs", "declared", "look_at"}, where)
    if type(row["number"]) is not int:
        raise UsageError("An item has a number.", where=where)
    (mark,) = known([row["mark"]], [one.value for one in Known], where)
    return Item(
        number=row["number"],
        ask=said(row["ask"], where),
        mark=Known(mark),
        needs=said(row["needs"], where),
        declared=known(row["declared"], _DECLARED, where),
        look_at=known(row["look_at"], PAGES, where),
    )
