"""Reasons and answers of officers stood in the clear; they are sealed under a key of the desk, with what was there."""

from django.db import migrations

from safehand.desk.core.sealed_field import SealedAnswers, SealedWords, sealed_from_now_on


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0010_notes_shown'),
    ]

    operations = [
        *sealed_from_now_on('assessment', 'answers', SealedAnswers('triage.assessment.answers'), dict),
        *sealed_from_now_on('grading', 'reason', SealedWords('triage.grading.reason'), ''),
        *sealed_from_now_on('link', 'reason', SealedWords('triage.link.reason'), ''),
        *sealed_from_now_on('turn', 'reason', SealedWords('triage.turn.reason', blank=True), ''),
    ]
