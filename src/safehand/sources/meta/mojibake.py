r"""Mojibake: Meta writes each byte of a UTF-8 string as a character of its own, and this puts it together.

    "caf\u00c3\u00a9"   stands in the file: c a f Ã ©
    "café"              is what was typed: the characters C3 A9 are the bytes of é in UTF-8

The repair is strict: every character must be a byte (U+0000 to U+00FF) and those bytes must be valid UTF-8. ``naïve``,
written rightly, is not (EF 76 is no UTF-8) and stands as it is. So does any string with a character above U+00FF.
Where the repair succeeds nothing is lost: ``spoil`` gives back exactly what stood there.

What cannot be decided is said in NOTES.md: a person who really typed ``Ã©`` in an export that writes strings rightly.
"""

from __future__ import annotations


class Mending:
    """The repairs of one conversation, counted: the counts are the evidence for how its files were written."""

    __slots__ = ("refused", "repaired", "right")

    def __init__(self) -> None:
        self.repaired = 0
        """Strings that were mojibake."""
        self.refused = 0
        """Strings of bytes that are no UTF-8: written rightly, or damaged mojibake. They stand as they are."""
        self.right = 0
        """Strings with a character above U+00FF: they were written rightly."""

    def repair(self, text: str) -> str:
        """``text`` with its bytes put together, or ``text`` itself (the same object) where it is not mojibake."""
        if text.isascii():
            return text
        try:
            written = text.encode("latin-1")
        except UnicodeEncodeError:
            self.right += 1
            return text
        try:
            repaired = written.decode("utf-8")
        except UnicodeDecodeError:
            self.refused += 1
            return text
        self.repaired += 1
        return repaired


def spoil(text: str) -> str:
    """``text`` as Meta writes it: what ``repair`` repairs."""
    return text.encode("utf-8").decode("latin-1")
