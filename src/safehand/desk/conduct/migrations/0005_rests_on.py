from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conduct', '0004_declared_account'),
    ]

    operations = [
        migrations.AddField(
            model_name='checklistanswer',
            name='rests_on',
            field=models.CharField(choices=[('message', 'A message'), ('statement', 'The holder’s statement'), ('file', 'A file of the package'), ('exhibit', 'An exhibit')], max_length=16, null=True),
        ),
        migrations.AddField(
            model_name='checklistanswer',
            name='sealed_exhibit',
            field=models.BinaryField(null=True),
        ),
    ]
