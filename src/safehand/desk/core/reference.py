"""References (safehand.model.reference), as the apps of the desk know them."""

from __future__ import annotations

from safehand.model.reference import PATTERN, new_reference, parse_reference

__all__ = ["PATTERN", "new_reference", "parse_reference"]
