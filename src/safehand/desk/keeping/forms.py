"""The form by which a custodian has a damaged copy put back."""

from __future__ import annotations

from typing import Self

from django import forms

from safehand.desk.core.own_words import words_field
from safehand.desk.keeping.models import LONGEST_REASON


class RepairForm(forms.Form):
    """Which copy, and why. There is one of them beside each damaged copy: each has names of its own on the page."""

    sha256 = forms.RegexField("[0-9a-f]{64}", widget=forms.HiddenInput)
    location = forms.ChoiceField(choices=[("first", "First"), ("second", "Second")], widget=forms.HiddenInput)
    reason = words_field(
        "Why is it put back?",
        most=LONGEST_REASON,
        needed="Say why it is put back.",
        too_long=f"Say it in at most {LONGEST_REASON:,} characters.",
    )

    @classmethod
    def of(cls, sha256: str, location: str) -> Self:
        """Not filled in yet."""
        return cls(initial={"sha256": sha256, "location": location}, auto_id=f"{location}-{sha256[:16]}-%s")

    def is_of(self, sha256: str, location: str) -> bool:
        """Was it sent for this copy?"""
        return (self.data.get("sha256"), self.data.get("location")) == (sha256, location)
