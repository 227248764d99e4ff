"""The minimal pairs, written otherwise: the same words with the same labels, as people type them or hide them.

    varied(conversation, "capitals")

No message is written anew here: a variant changes letters of what stands in the pairs, and never a token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from conversations import Conversation, Said

_TOKEN: Final = re.compile(r"(\[[a-z-]+\]|<photo>|<video>)")
_LOOK_ALIKE: Final = str.maketrans("aeo", "аео")
_LAST_VOWEL: Final = re.compile(r"([aeiou])(?=[^aeiou\s]*$)")
_WORD: Final = re.compile(r"[A-Za-z]{4,}")
_INVISIBLE: Final = "\u200b"

VARIANTS: Final[dict[str, Callable[[str], str]]] = {
    "capitals": str.upper,
    "curly apostrophes": lambda text: text.replace("'", "’"),
    "two blanks for one": lambda text: text.replace(" ", "  "),
    "an emoji behind": lambda text: f"{text} 😂",
    "full stop behind": lambda text: f"{text}." if text[-1:].isalnum() else text,
    "the last vowel drawn out": lambda text: _LAST_VOWEL.sub(r"\1\1\1\1", text),
    "look-alike letters": lambda text: _WORD.sub(lambda word: word[0][0] + word[0][1:].translate(_LOOK_ALIKE), text),
    "an invisible sign in long words": lambda text: _WORD.sub(
        lambda word: word[0][:2] + _INVISIBLE + word[0][2:], text
    ),
    "0 for o in long words": lambda text: _WORD.sub(lambda word: word[0][0] + word[0][1:].replace("o", "0"), text),
}
"""By name, what is done to a message."""


def varied(one: Conversation, variant: str) -> Conversation:
    """A conversation with each message in a variant, and an id of its own."""
    return replace(one, id=f"{variant}: {one.id}", lines=tuple(_said(line, VARIANTS[variant]) for line in one.lines))


def _said(line: Said, change: Callable[[str], str]) -> Said:
    bits = _TOKEN.split(line.text)
    return replace(line, text="".join(change(bit) if bit and not _TOKEN.fullmatch(bit) else bit for bit in bits))
