"""The database itself refuses to change or take away a custody entry, and takes the next one alone."""

from __future__ import annotations

from django.db import migrations

from safehand.desk.custody.triggers import put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("custody", "0001_initial")]
    operations = [migrations.RunPython(lambda _apps, editor: put_up(editor.connection, "sha256"), lambda _apps, editor: take_down(editor.connection))]
