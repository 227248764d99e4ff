"""Why glass was broken stood in the clear; it is sealed under a key of the desk, with what was there."""

from django.db import migrations

from safehand.desk.core.sealed_field import SealedWords, sealed_from_now_on


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_left_case'),
    ]

    operations = [
        *sealed_from_now_on('glassbroken', 'reason', SealedWords('cases.glassbroken.reason'), ''),
    ]
