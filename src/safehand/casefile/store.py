"""Opening the encrypted file: the cipher, the key, and SQLite's complaints in our own words.

    PRAGMA cipher = chacha20        SQLite3 Multiple Ciphers' ChaCha20-Poly1305: every page encrypted and authenticated
    PRAGMA key = 'raw:<64 hex>'     the 32-byte key as it is; no password is stretched, because none is used

Of the library's ciphers, aes256cbc has no authentication and a changed page would be read as if it were whole;
sqlcipher was slower by a quarter; aegis was faster by a tenth and is young. Only bytes 16 to 23 of the file stand in
the clear: page size and format numbers. Nothing is written beside the file: no journal, no write-ahead log, and
temporary tables stay in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import apsw

from safehand.errors import CannotRead, CannotWrite, UsageError, WrongKey

KEY_BYTES: Final = 32
"""ChaCha20 takes 256 bits (RFC 8439 §2.3)."""

PAGE: Final = 8192
"""Bytes of a page: 8 KiB built a sixth faster than 4 KiB, and 16 KiB gained nothing more."""

_CACHE: Final = 16 * 1024
"""KiB of pages held in memory, building or reading: the top of every tree, with room."""

REBUILD: Final = "A case file is derived: delete it, and it is built again from its package."


def open_to_write(path: Path, key: bytes) -> apsw.Connection:
    """A new case file at ``path``, which holds nothing yet. It is not safe from a crash until the caller renames it."""
    connection = apsw.Connection(str(path))
    _unlock(connection, key)
    # No journal and no waiting: a build that is cut short is thrown away whole, and the caller syncs once at the end.
    connection.execute(
        f"PRAGMA page_size={PAGE}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
        f"PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{_CACHE}"
    )
    return connection


def open_to_read(path: Path, key: bytes) -> apsw.Connection:
    """The case file at ``path``, read-only. CannotRead when it is not there, WrongKey when the key does not open it."""
    if not path.is_file():
        raise CannotRead("There is no case file here.", where=str(path), todo="It is built from its package.")
    with told(path):
        # "immutable": nobody writes a finished case file, so no lock is taken and the folder may be read-only.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
        _unlock(connection, key)
        connection.execute(f"PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{_CACHE}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises while reading into an error that says what to do. It quotes no SQL and no search."""
    try:
        yield
    except apsw.NotADBError as err:
        raise WrongKey("The key does not open this case file.", where=str(path), todo=REBUILD) from err
    except (apsw.CorruptError, apsw.IOError, apsw.CantOpenError, apsw.SQLError) as err:
        raise CannotRead("The case file is damaged.", where=str(path), todo=REBUILD) from err


@contextmanager
def told_writing(path: Path) -> Iterator[None]:
    """The same while a case file is built."""
    try:
        yield
    except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError) as err:
        raise cannot_write(path) from err


def cannot_write(path: Path) -> CannotWrite:
    """What is said when the disk does not take the case file."""
    return CannotWrite(
        "The case file could not be written.",
        where=str(path),
        todo="Check that the disk has room and that the folder may be written to.",
    )


def _unlock(connection: apsw.Connection, key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise UsageError(f"A case key is {KEY_BYTES} bytes.")
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{key.hex()}")
