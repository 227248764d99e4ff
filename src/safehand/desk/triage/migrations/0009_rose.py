from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def look_at_all_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  Django's signature
    """What rose is found at the next look."""
    apps.get_model('triage', 'Standing').objects.update(look_at=models.F('since'))


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0008_shift_notes'),
    ]

    operations = [
        migrations.AddField(model_name='grading', name='meetings', field=models.JSONField(null=True)),
        migrations.AddField(model_name='standing', name='rose', field=models.BooleanField(default=False)),
        migrations.RemoveIndex(model_name='standing', name='nobody_graded'),
        migrations.RemoveIndex(model_name='standing', name='has_it_happened'),
        migrations.AddIndex(model_name='standing', index=models.Index(fields=['clock_at'], name='comes_near')),
        migrations.AddIndex(model_name='standing', index=models.Index(fields=['passes_at'], name='has_it_passed')),
        migrations.RunPython(look_at_all_again, migrations.RunPython.noop),
    ]
