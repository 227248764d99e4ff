import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_break_glass"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("caseofficer", "sealed_reason", models.BinaryField(blank=True, default=b"")),
        migrations.CreateModel(
            name="LeftCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("sealed_reason", models.BinaryField(blank=True, default=b"")),
                ("ended_at", models.DateTimeField()),
                ("sealed_ending", models.BinaryField(blank=True, default=b"")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="left", to="cases.case"
                    ),
                ),
                *(
                    (
                        name,
                        models.ForeignKey(
                            null=name != "officer",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    )
                    for name in ("officer", "added_by", "ended_by")
                ),
            ],
            options={"ordering": ["-ended_at", "-pk"]},
        ),
    ]
