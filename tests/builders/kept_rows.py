"""For tests of what is kept: which rows the log speaks of, and a row with one field altered.

said = said_in_entries()
assert not altered_unseen(Grading, said)     the fields that could be altered so that an entry still matches
enter_the_cast(clock)                        entries for who is on a case and holds a role: the cast has none
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from safehand.desk.cases.models import CaseOfficer
from safehand.desk.core.clock import Clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import RoleHeld

_NAMES = ("row", "rules", "cites")


def said_in_entries() -> set[Any]:
    """Every digest of a row that stands in the log."""
    entries = [parse_entry(bytes(entry.canonical)) for entry in CustodyEntry.objects.all()]
    return {entry.details[name] for entry in entries for name in _NAMES if name in entry.details}


def enter_the_cast(clock: Clock) -> None:
    """As the actions do that would have put them there."""
    with recorded():
        for on_it in CaseOfficer.objects.all():
            added: Details = {"row": row_digest(on_it)}
            case, whom = on_it.case.reference, on_it.officer.actor
            record(Verb.OFFICER_ADDED, actor="desk:shell", case=case, record=whom, details=added, clock=clock)
        for held in RoleHeld.objects.all():
            given: Details = {"role": held.role, "row": row_digest(held)}
            record(Verb.ROLE_GIVEN, actor="desk:shell", record=held.officer.actor, details=given, clock=clock)


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
        case date():
            return value + timedelta(days=1)
        case bytes() | memoryview():
            return bytes(value) + b"x"
        case list():
            return [*value, "x"]
        case dict():
            return {**value, "harm": "x"}
        case _:
            return 1
