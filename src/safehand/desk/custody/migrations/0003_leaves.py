"""Every custody entry has a salt and a leaf, those of before too: they become leaves in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from safehand.desk.custody.leaves import leaf_hash_of, random_salt
from safehand.desk.custody.triggers import TABLE, put_up, take_down

_AT_A_TIME = 1000


def salt_those_of_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Their bytes stay what they are."""
    entries = apps.get_model("custody", "CustodyEntry").objects.order_by("sequence")
    last = -1
    while batch := list(entries.filter(sequence__gt=last).values_list("sequence", "canonical")[:_AT_A_TIME]):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {TABLE} SET salt = %s, leaf_hash = %s WHERE sequence = %s", list(_leaves(batch)))  # noqa: S608  the name is our own
        last = batch[-1][0]


def _leaves(batch: list[tuple[int, bytes | memoryview]]) -> Iterator[tuple[bytes, str, int]]:
    for sequence, canonical in batch:
        salt = random_salt()
        yield salt, leaf_hash_of(salt, bytes(canonical)), sequence


class Migration(migrations.Migration):
    dependencies = [
        ("custody", "0002_append_only"),
        ("officers", "0003_as_before"),  # it writes entries as they were then
    ]
    operations = [
        migrations.RunPython(lambda _apps, editor: take_down(editor.connection), lambda _apps, editor: put_up(editor.connection, "sha256")),
        migrations.AddField("custodyentry", "salt", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField("custodyentry", "leaf_hash", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RunPython(salt_those_of_before, migrations.RunPython.noop),
        migrations.RunPython(lambda _apps, editor: put_up(editor.connection), lambda _apps, editor: take_down(editor.connection)),
    ]
