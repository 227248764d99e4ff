from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conduct', '0002_checklist'),
    ]

    operations = [
        migrations.AlterField(
            model_name='checklistanswer',
            name='answered',
            field=models.CharField(choices=[('package', 'Answered from the package'), ('officer', 'Answered from what an officer knows'), ('not_here', 'Not in this material'), ('enquiry', 'An enquiry is needed'), ('not_apply', 'Does not apply')], max_length=16),
        ),
    ]
