"""What a holder is asked on the public pages. Nothing is chosen for them."""

from __future__ import annotations

from django import forms

from safehand.seal.holder_words import WORDS


class DangerForm(forms.Form):
    """Is a child in danger now?"""

    danger = forms.ChoiceField(
        label=WORDS.danger.question,
        choices=[("yes", WORDS.danger.yes), ("no", WORDS.danger.no), ("not_sure", WORDS.danger.not_sure)],
        widget=forms.RadioSelect,
        error_messages={"required": WORDS.danger.choose, "invalid_choice": WORDS.danger.choose},
    )
