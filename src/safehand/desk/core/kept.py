"""Rows that are added to and never changed: what was suggested, what was cited, what was decided, and why.

    class Grading(Kept):
        objects = KeptRows.as_manager()

Whatever must be put right is said by another row. The database is not asked to hold this: whoever owns it could undo
that; the custody entry of each row is what shows a deliberate change.
"""

from __future__ import annotations

from typing import Any, TypeVar

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
