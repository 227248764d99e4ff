"""Officers who were at a desk before there were roles go on as before: each is given one, with its custody entry."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from safehand.desk.core.clock import moment, system_clock
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import OLDER, Entry, format_entry, hash_of
from safehand.desk.officers.roles import AS_BEFORE


def as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  Django's signature
    """By hand and not by the action, whose models may have grown since: the tables are as they are at this point."""
    officers = apps.get_model("officers", "Officer").objects.filter(is_active=True)
    for officer in officers.order_by("pk"):
        for role in AS_BEFORE:
            now = system_clock()
            apps.get_model("officers", "RoleHeld").objects.create(officer=officer, role=role.value, since=moment(now))
            _enter(apps, now, f"officer:{officer.reference}", role.value)


def _enter(apps: Apps, now: int, officer: str, role: str) -> None:
    entries = apps.get_model("custody", "CustodyEntry").objects
    last = entries.order_by("-sequence").first()
    entry = Entry(
        sequence=last.sequence + 1 if last is not None else 1,
        instant=now,
        actor="desk:shell",
        verb=Verb.ROLE_GIVEN,
        record=officer,
        details={"role": role},
        previous=last.sha256 if last is not None else None,
        schema=OLDER,
    )
    canonical = format_entry(entry)
    entries.create(
        sequence=entry.sequence,
        instant=entry.instant,
        actor=entry.actor,
        act=entry.act.value,
        verb=entry.verb.value,
        record=officer,
        canonical=canonical,
        sha256=hash_of(canonical),
        previous=entry.previous or "",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("officers", "0002_roles"),
        ("custody", "0002_append_only"),
    ]

    operations = [migrations.RunPython(as_before, migrations.RunPython.noop)]
