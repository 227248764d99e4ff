"""Looks for words on a desk's whole disk, with every key that lies there: what a thief of it, or a court, could find.

    places_of("marrow-7f3a", Disk.of(state))      ["SH-7K3M9QXAR.casefile: case file", "evidence/5f/5f3a…: opened"]

It goes through bytes and asks no table where to look. Of every file, and of the database with its free pages:

    plainly       the words as they stand, in UTF-8 and UTF-16, in base64 and hex
    sealed (age)  whatever begins as an age file, at any byte, opened with every identity in keys/, and looked into
    case keys     32 bytes that came out of one: every case file is tried with each, and all of its rows read

Words of officers lie sealed in the database, where no byte says that they begin: a test has their bytes from before.
"""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from django.db import connection

from safehand.casefile.store import KEY_BYTES, open_to_read
from safehand.desk.core.state import State
from safehand.errors import SafehandError

_AGE = re.compile(rb"age-encryption\.org/v1\n")
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
_LONGEST_WRAPPED = 600
"""Bytes of a key that is wrapped to two recipients, and room."""


def plain(data: bytes, canary: str) -> bool:
    """Does it stand there as it is, or in one of the spellings that programs write?"""
    raw = canary.encode()
    spelled = [raw, canary.encode("utf-16-le"), raw.hex().encode(), *(_base64(raw, shift) for shift in range(3))]
    return any(each in data for each in spelled)


def _base64(raw: bytes, shift: int) -> bytes:
    """What is the same of it at this place among three bytes, whatever stands beside it."""
    spelled = base64.b64encode(bytes(shift) + raw)
    return spelled[4 if shift else 0 : -4]


@dataclass
class Disk:
    """Everything that lies there: name and bytes. The database is one of them."""

    state: State
    identities: list[str]
    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, state: State, extra: Iterable[Path] = ()) -> Disk:
        """The state directory, files that lie elsewhere (``extra``), and the database of this process."""
        disk = cls(state, [path.read_text() for path in state.keys.glob("*.agekey")])
        for path in [*state.root.rglob("*"), *extra]:
            if path.is_file():
                disk.files[str(path.relative_to(state.root) if path.is_relative_to(state.root) else path)] = (
                    path.read_bytes()
                )
        disk.files["database"] = _database()
        return disk

    def opened(self) -> Iterator[tuple[str, bytes]]:
        """What every age file among the bytes holds, for whoever has the keys that lie there."""
        keys = [
            pyrage.x25519.Identity.from_str(line)
            for text in self.identities
            for line in text.split("\n")
            if line.startswith("AGE-SECRET-KEY-1")
        ]
        for name, data in self.files.items():
            for at in (found.start() for found in _AGE.finditer(data)):
                for end in (len(data), *range(at + 200, min(at + _LONGEST_WRAPPED, len(data)))):
                    try:
                        yield name, pyrage.decrypt(data[at:end], keys)
                    except pyrage.DecryptError:
                        continue
                    break

    def case_keys(self) -> set[bytes]:
        """Every key of a case that can still be had."""
        return {data for _, data in self.opened() if len(data) == KEY_BYTES}

    def case_files(self) -> Iterator[tuple[str, bytes]]:
        """Every case file that a key opens: all of its rows."""
        for path in self.state.casefiles.glob("*"):
            for key in self.case_keys():
                try:
                    with closing(open_to_read(path, key)) as casefile:
                        tables = [row[0] for row in casefile.execute(_TABLES)]
                        rows = [row for table in tables for row in casefile.execute(f'SELECT * FROM "{table}"')]  # noqa: S608  its own names
                except SafehandError:
                    continue
                yield path.name, b"\n".join(_bytes(value) for row in rows for value in row)


def places_of(canary: str, disk: Disk) -> list[str]:
    """Where it can be found."""
    found = [f"{name}: plainly" for name, data in disk.files.items() if plain(data, canary)]
    found += [f"{name}: opened" for name, data in disk.opened() if plain(data, canary)]
    found += [f"{name}: case file" for name, data in disk.case_files() if plain(data, canary)]
    return sorted(found)


def _database() -> bytes:
    """All pages, also those that are free. Of PostgreSQL, whose files are a server's, every value of every row."""
    connection.ensure_connection()
    if isinstance(connection.connection, sqlite3.Connection):
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names of our own
            rows += cursor.fetchall()
    return b"\n".join(_bytes(value) for row in rows for value in row)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "surrogatepass")
