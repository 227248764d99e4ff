"""Rows that are added to and never changed: what was suggested, what was cited, what was decided, and why.

    class Grading(Kept):
        objects = KeptRows.as_manager()

Whatever must be put right is said by another row. The database is not asked to hold this: whoever owns it could undo
that. What shows a deliberate change is the custody entry of each row: it holds ``row_digest`` of the whole row. Entries
of before 28 November 2026 hold it of rows of triage alone, else digests of the words and the codes beside them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models

from safehand.errors import UsageError

Row = TypeVar("Row", bound=models.Model)


class KeptRows(models.QuerySet[Row]):
    """Rows, without the ways of a QuerySet to change them."""

    def update(self, **kwargs: Any) -> int:  # noqa: ARG002
        """Not for these rows."""
        raise UsageError("What was decided is never changed, only followed by another decision.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Not for these rows."""
        raise UsageError("What was decided is never taken away.")


class FollowedRows(KeptRows[Row]):
    """Rows with a ``follows``, a one-to-one field to themselves whose other end is ``followed_by``."""

    def standing(self) -> Self:
        """Those that nobody followed."""
        return self.filter(followed_by=None)


class RevocableRows(FollowedRows[Row]):
    """The same where a row may be ``taken_back``: such a row says only that what it follows no longer stands."""

    def standing(self) -> Self:
        """Those that nobody followed and nobody took back."""
        return super().standing().filter(taken_back=False)


class Kept(models.Model):
    """A row that is written once. UsageError for whoever would change it or take it away."""

    class Meta:  # noqa: D106  Django's word
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Add a new row."""
        if not self._state.adding:
            raise UsageError("What was decided is never changed, only followed by another decision.")
        kwargs["force_insert"] = True
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002
        """Not for these rows."""
        raise UsageError("What was decided is never taken away.")


def row_digest(row: models.Model) -> str:
    """What the custody entry of a row holds: HMAC-SHA256 of every field of it, under a key of this desk.

    Keyed, because a short reason can be guessed. What is null is left out: a column of tomorrow changes no old digest.
    A row that is ended later (a role, broken glass) has an entry for each of its states, and the newest is its own.
    """
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001
    said = {"": row._meta.label_lower, **{name: _plain(value) for name, value in fields.items() if value is not None}}  # noqa: SLF001
    return _keyed(json.dumps(said, sort_keys=True))


def rows_digest(rows: Iterable[models.Model]) -> str:
    """The same of several rows that one entry speaks of, in their order; none is a digest too."""
    return digest_of_all(row_digest(row) for row in rows)


def digest_of_all(digests: Iterable[str]) -> str:
    """One digest of several, in their order."""
    return _keyed(json.dumps([*digests]))


def _keyed(said: str) -> str:
    key = hashlib.sha256(f"safehand kept rows v1 {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, said.encode("ascii"), "sha256").hexdigest()


def _plain(value: Any) -> Any:
    """As it comes back from any database: the digest of a row is the same before and after."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview() | bytearray():
            return bytes(value).hex()
        case _:
            return value
