"""What the desk calls an arrival is one thing's name, so that officers find it and nothing else by it.

Until now it was what the node called it. Where two were called the same, the later one gets a name of its own; what the
acknowledgement names stays as it was.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import migrations, models

from safehand.model.reference import new_reference


def name_each(apps: Any, schema_editor: Any) -> None:
    arrivals = apps.get_model("intake", "Arrival").objects.using(schema_editor.connection.alias)
    known: set[str] = set()
    for parcel, reference in arrivals.order_by("received_at", "pk").values_list("pk", "reference").iterator():
        called = reference
        while called in known:
            called = new_reference(secrets.randbits)
        known.add(called)
        arrivals.filter(pk=parcel).update(desk_reference=called)


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_told")]

    operations = [
        migrations.AddField("arrival", "desk_reference", models.CharField(default="", max_length=12), False),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField("arrival", "desk_reference", models.CharField(max_length=12, unique=True)),
        migrations.AddIndex(
            "arrival",
            models.Index(
                condition=models.Q(("acknowledged_at", None)), fields=["received_at"], name="not_acknowledged"
            ),
        ),
    ]
