from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("officers", "0003_as_before")]

    operations = [
        migrations.AlterField(
            "roleheld",
            "role",
            models.CharField(
                choices=[
                    ("triage", "Triage"),
                    ("reviewer", "Reviewer"),
                    ("investigator", "Investigator"),
                    ("disclosure", "Disclosure"),
                    ("custodian", "Covert-operations custodian"),
                    ("supervisor", "Supervisor"),
                    ("auditor", "Auditor"),
                    ("admin", "Admin"),
                    ("welfare_lead", "Welfare lead"),
                ],
                max_length=16,
            ),
        ),
    ]
