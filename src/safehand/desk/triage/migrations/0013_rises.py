import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def look_at_what_rose_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  Django's signature
    """What stands higher than it was graded is kept as a rise at the next look."""
    apps.get_model('triage', 'Standing').objects.filter(rose=True).update(look_at=models.F('since'))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_sealed_reasons'),
        ('triage', '0012_nothing_left_behind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rose',
            fields=[
                ('grading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='rose', serialize=False, to='triage.grading')),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rises', to='cases.case')),
                ('suggested', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.suggested')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='lefttriage',
            name='ndm',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.assessment'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='after',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.rose'),
        ),
        migrations.AddField(
            model_name='lefttriage',
            name='after',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.rose'),
        ),
        migrations.CreateModel(
            name='LeftAgain',
            fields=[
                ('after', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='left', serialize=False, to='triage.rose')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_again', to='cases.case')),
                ('grading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.grading')),
                ('ndm', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.assessment')),
                ('thrive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='triage.assessment')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RunPython(look_at_what_rose_again, migrations.RunPython.noop),
    ]
