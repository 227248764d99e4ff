"""The two sides of a conversation: which tint a letter has.

    A, C, E … are "even"; B, D, F … are "odd"

Two tints of equal lightness in turn, and never a colour that means good, bad or "me" (ux.md 5.3).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chip:
    """The letter of an account and its tint."""

    letter: str
    side: str


def side_of(letter: str) -> str:
    """``even`` or ``odd``, by the place of the letter: A, B … Z, AA, AB …"""
    place = 0
    for character in letter:
        place = place * 26 + ord(character) - ord("A") + 1
    return "odd" if place % 2 == 0 else "even"


def chip(letter: str) -> Chip:
    """A letter with its tint."""
    return Chip(letter, side_of(letter))
