"""A table of TOML, taken apart key by key: what is missing, of another sort, or left over is told with its place.

table = Table(stored, "meeting.toml")
title = table.words("title")
table.done()                        UsageError for a key that nobody took: "meeting.toml: titel is no key here."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, TypeVar

from safehand.errors import UsageError

LONGEST: Final = 400
"""Characters of a line: more is no plain description, and does not print beside its neighbours."""

_T = TypeVar("_T")


def refused(found: str, where: str, todo: str = "docs/spec/offences.md says how such a file is written.") -> UsageError:
    """A file that is not as it must be."""
    return UsageError(found, where=where, todo=todo)


class Table:
    """One table, and where it stands. Each key is taken once."""

    def __init__(self, stored: object, where: str) -> None:
        if not isinstance(stored, Mapping):
            raise refused("There is no table where one must stand.", where)
        self._left = dict(stored)
        self.where = where

    def words(self, key: str, *, may_be_empty: bool = False) -> str:
        """One line of text."""
        found = self._take(key, str)
        if len(found) > LONGEST or "\n" in found or found != found.strip() or not (found or may_be_empty):
            raise refused(f"{key} is one line of 1 to {LONGEST} characters, without spaces about it.", self.where)
        return found

    def number(self, key: str) -> int:
        """A whole number from 1 on."""
        found = self._take(key, int)
        if isinstance(found, bool) or found < 1:
            raise refused(f"{key} is a whole number from 1 on.", self.where)
        return found

    def truth(self, key: str) -> bool:
        """A truth: true or false."""
        return self._take(key, bool)

    def day(self, key: str) -> date:
        """A date without a time."""
        found = self._take(key, date)
        if isinstance(found, datetime):
            raise refused(f"{key} is a day, without a time.", self.where)
        return found

    def day_or_none(self, key: str) -> date | None:
        """A date, where there is one."""
        return self.day(key) if self.has(key) else None

    def table(self, key: str) -> Table:
        """A table in it."""
        return Table(self._take(key, dict), f"{self.where}: {key}")

    def tables(self, key: str) -> Iterator[Table]:
        """A list of tables, of which there is at least one."""
        found = self._take(key, list)
        if not found:
            raise refused(f"{key} lists at least one.", self.where)
        for number, each in enumerate(found, 1):
            yield Table(each, f"{self.where}: {key} {number}")

    def has(self, key: str) -> bool:
        """Whether it is there, and not taken yet."""
        return key in self._left

    def names(self) -> tuple[str, ...]:
        """The keys that are left."""
        return tuple(map(str, self._left))

    def done(self) -> None:
        """UsageError for a key that is none of the format."""
        for key in self._left:
            raise refused(f"{key} is no key here.", self.where)

    def _take(self, key: str, kind: type[_T]) -> _T:
        if key not in self._left:
            raise refused(f"{key} is missing.", self.where)
        found = self._left.pop(key)
        if not isinstance(found, kind):
            raise refused(f"{key} is of another sort than it must be.", self.where)
        return found
