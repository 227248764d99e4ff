"""A field for an officer's own words: why something is decided, or what is to be known.

    reason = words_field("Why?", most=2_000, needed="Say why.")

Several lines, at most ``most`` characters, never filled in by the browser from what was typed before.
"""

from __future__ import annotations

from django import forms


def words_field(
    label: str | None, *, most: int, needed: str, too_long: str = "", rows: int = 3, required: bool = True
) -> forms.CharField:
    """The field. ``needed`` is said where there are no words; ``too_long`` where there are more than ``most``."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        error_messages={"required": needed, "max_length": too_long or f"Write at most {most:,} characters."},
        widget=forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off"}),
    )
