"""What stood in the clear is written over: SQLite does so by itself (secure_delete), PostgreSQL when a table is rewritten."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ('cases_glassbroken', 'triage_assessment', 'triage_grading', 'triage_link', 'triage_turn')


def rewrite(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  Django's signature
    """A column that was dropped stays in its rows on the disk until then."""
    if schema_editor.connection.vendor == 'postgresql':
        with schema_editor.connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f'VACUUM FULL {table}')


class Migration(migrations.Migration):

    atomic = False  # PostgreSQL rewrites no table inside a transaction

    dependencies = [
        ('triage', '0011_sealed_words'),
        ('cases', '0005_sealed_reasons'),
    ]

    operations = [
        migrations.RunPython(rewrite, migrations.RunPython.noop),
    ]
