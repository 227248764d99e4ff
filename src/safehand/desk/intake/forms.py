"""Handing in: one file."""

from __future__ import annotations

from django import forms


class HandInForm(forms.Form):
    """The sealed package."""

    package = forms.FileField(
        label="Sealed package",
        max_length=None,
        allow_empty_file=False,
        error_messages={
            "required": "Choose the .safehand file that was made by sealing.",
            "missing": "Choose the .safehand file that was made by sealing.",
            "empty": "The file is empty. Choose the .safehand file that was made by sealing.",
        },
    )
