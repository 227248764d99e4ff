"""Handing in: one file."""

from __future__ import annotations

from typing import Self

from django import forms
from django.utils.datastructures import MultiValueDict


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

    @classmethod
    def refused(cls, why: str) -> Self:
        """The form with this one error, for a file that came and was not taken in."""
        form = cls({}, MultiValueDict())
        form.fields["package"].required = False  # a file was chosen: to say that none was would contradict ``why``
        form.add_error("package", why)
        return form
