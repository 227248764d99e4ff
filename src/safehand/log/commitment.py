"""A leaf of a published log: it binds a desk to an entry, and shows nobody what stands in it.

    safehand.leaf/1 5f2b0c…                     the leaf: a line of 81 bytes

    commitment = HMAC-SHA256(key: salt, message: the entry's canonical form)

The salt is 32 random bytes, drawn for this entry alone and kept beside it in the desk's database.

Hiding. Without the salt, HMAC-SHA256 is a pseudorandom function of the entry (RFC 2104; Bellare, 2006, from the
compression function alone): who reads the log cannot tell two entries apart, nor try out what an officer may have done,
though there are few officers and few verbs. A plain hash would let them.

Binding. Two openings of one leaf, other in salt or in entry, would be a collision of SHA-256: the salt has one length,
so that no two are padded to one key. What a desk put in it cannot be said to have been another thing later.

An ``Opening`` shows one entry and its salt, to one who may see it. docs/spec/log.md has the format.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, CheckFailed, UsageError

SALT_LENGTH: Final = 32
"""Bytes. With as many as the hash has, guessing the salt is no easier than breaking the hash."""

_LEAF: Final = re.compile(rb"safehand\.leaf/1 ([0-9a-f]{64})\n")


class NotCommitted(CheckFailed):
    """The leaf is of another entry, or another salt."""

    code = "not_committed"


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a leaf: to be shown to those alone who may see the entry."""

    salt: bytes
    entry: bytes
    """Its canonical form, byte for byte."""


def commit(opening: Opening) -> bytes:
    """The leaf: what stands in the log."""
    if len(opening.salt) != SALT_LENGTH:
        raise UsageError(f"A salt has {SALT_LENGTH} bytes.")
    return b"safehand.leaf/1 %s\n" % hmac.digest(opening.salt, opening.entry, "sha256").hex().encode("ascii")


def check_committed(leaf: bytes, opening: Opening) -> None:
    """NotCommitted unless this leaf is of this entry; CannotRead for what is no leaf."""
    if not _LEAF.fullmatch(leaf):
        raise CannotRead("This is no leaf of a log of Safehand.", todo="See docs/spec/log.md.")
    if not hmac.compare_digest(commit(opening), leaf):
        raise NotCommitted("The entry is not the one that this leaf was made of.")


def format_opening(opening: Opening) -> bytes:
    """The salt, then the entry: what stands as ``extra`` in an offline receipt. The inverse of parse_opening."""
    if len(opening.salt) != SALT_LENGTH or not opening.entry:
        raise UsageError(f"An opening is {SALT_LENGTH} bytes of salt and an entry.")
    return opening.salt + opening.entry


def parse_opening(data: bytes) -> Opening:
    """Read one back, or CannotRead."""
    if len(data) <= SALT_LENGTH:
        raise CannotRead("This opens no leaf of a log.", todo="See docs/spec/log.md.")
    return Opening(data[:SALT_LENGTH], data[SALT_LENGTH:])
