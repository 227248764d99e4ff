"""For tests of what is kept: which rows the log speaks of, and a row with one field altered.

said = said_in_entries()
assert not altered_unseen(Grading, said)     the fields that could be altered so that an entry still matches
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models

from safehand.desk.core.kept import row_digest
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.models import CustodyEntry

_NAMES = ("row", "rules", "cites")


def said_in_entries() -> set[Any]:
    """Every digest of a row that stands in the log."""
    entries = [parse_entry(bytes(entry.canonical)) for entry in CustodyEntry.objects.all()]
    return {entry.details[name] for entry in entries for name in _NAMES if name in entry.details}


def altered_unseen(model: type[models.Model], said: set[Any]) -> list[str]:
    """The fields of which nobody would see it; ``"the row"`` where no entry speaks of one."""
    unseen = []
    for row in model._default_manager.all():
        if row_digest(row) not in said:
            unseen.append("the row")
        for field in model._meta.concrete_fields:
            was = getattr(row, field.attname)
            setattr(row, field.attname, altered(was))
            if row_digest(row) in said:
                unseen.append(field.attname)
            setattr(row, field.attname, was)
    return unseen


def altered(value: Any) -> Any:  # noqa: PLR0911  one for each kind of field
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}x"
        case datetime():
            return value + timedelta(microseconds=1)
        case bytes() | memoryview():
            return bytes(value) + b"x"
        case list():
            return [*value, "x"]
        case dict():
            return {**value, "harm": "x"}
        case _:
            return 1
