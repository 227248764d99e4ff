"""What an officer chooses for themself."""

from __future__ import annotations

from django import forms


class ComfortForm(forms.Form):
    """Both are as they were chosen last: it is the officer's own page, and decides nothing about anybody."""

    chosen = forms.MultipleChoiceField(
        label="While you read",
        required=False,
        choices=[
            ("covers", "Cover hard material until I ask for it"),
            ("reminds", "Offer me a break after a long time in it"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list."},
    )
