from __future__ import annotations

from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def looked_at_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  Django's signature
    """Which reading drives a clock, and what was not known, is found by the next look of a worker."""
    standings = apps.get_model("triage", "Standing").objects
    answered = apps.get_model("triage", "MeetingPast").objects.values("case_id")
    standings.filter(Q(clock_basis="earlier") | Q(case_id__in=answered)).update(look_at=LONG_AGO)


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0014_has_it_happened"),
    ]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="not_known_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(looked_at_again, migrations.RunPython.noop),
    ]
