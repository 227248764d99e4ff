from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0010_alarm_told'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='alarm',
            name='raised_once',
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.UniqueConstraint(condition=models.Q(('about', None)), fields=('arrival', 'why'), name='raised_once'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.UniqueConstraint(fields=('arrival', 'why', 'about'), name='raised_once_of_a_reading'),
        ),
    ]
