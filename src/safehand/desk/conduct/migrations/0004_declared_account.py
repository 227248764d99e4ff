from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conduct', '0003_does_not_apply'),
    ]

    operations = [
        migrations.AddField(
            model_name='accountrecord',
            name='declared',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
