"""Packages that came in before copies were noted: hashed on the way in, and never since. They are due at once."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.models import Q
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def note_all(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    copies = apps.get_model("custody", "Copy")._default_manager  # noqa: SLF001  Django's word
    seen: set[str] = set()
    there = {("cases", "Package"): Q(case__erased_at=None), ("intake", "Arrival"): Q(erased_at=None)}
    for (app, model), kept in there.items():
        rows = apps.get_model(app, model)._default_manager.filter(kept).order_by("received_at")  # noqa: SLF001
        for sha256, size, at in rows.values_list("sha256", "size", "received_at").iterator(chunk_size=1000):
            if sha256 not in seen:
                copies.create(sha256=sha256, size=size, location="first", since=at, state="whole", due_at=at)
                seen.add(sha256)


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0007_copies"),
        ("cases", "0006_erased"),
        ("intake", "0015_copies"),
        ("keeping", "0001_copies"),
    ]

    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
