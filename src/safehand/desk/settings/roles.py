"""What this process is for (SAFEHAND_ROLE). A small unit runs both in one; a larger one keeps the door apart.

handover    the public node: takes sealed parcels from holders, and cannot open one; it has desk.pub and no more
desk        where officers work: it collects the parcels
(unset)     both
"""

from __future__ import annotations

from enum import StrEnum

from safehand.errors import UsageError


class Role(StrEnum):
    """One of three."""

    BOTH = ""
    HANDOVER = "handover"
    DESK = "desk"

    @classmethod
    def parse(cls, text: str) -> Role:
        """Read the variable, or UsageError."""
        try:
            return cls(text)
        except ValueError as err:
            raise UsageError(
                "SAFEHAND_ROLE is no role.", todo="Set it to handover or desk, or leave it out for both."
            ) from err

    @property
    def takes_in(self) -> bool:
        """Does it serve the pages for holders?"""
        return self is not Role.DESK

    @property
    def opens(self) -> bool:
        """Does it serve the pages for officers, with the desk's key?"""
        return self is not Role.HANDOVER
