"""The digest of a case file's rows: two builds of the same package by the same version give the same one.

The bytes of two case files differ, because every page is encrypted under a fresh nonce; what they hold must not. The
digest is SHA-256 over every row of every table in ``schema.LOGICAL``, in order, each value with its type and length,
so that no two different contents are spelled alike.
"""

from __future__ import annotations

import hashlib

from safehand.casefile.read import CaseFile
from safehand.casefile.schema import LOGICAL


def digest_of_rows(casefile: CaseFile) -> str:
    """The SHA-256 of everything the case file holds, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for table, order in LOGICAL:
        digest.update(_spelled(table))
        for row in casefile.stream(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608  names of our own tables
            digest.update(b"".join([b"row", *[_spelled(value) for value in row]]))
    return digest.hexdigest()


def _spelled(value: str | bytes | int | None) -> bytes:
    match value:
        case None:
            return b"null:"
        case int():
            return b"int:%d:" % value
        case str():
            raw = value.encode()
            return b"text:%d:%b" % (len(raw), raw)
        case bytes():
            return b"blob:%d:%b" % (len(value), value)
