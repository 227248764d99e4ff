"""Patterns: how the words of a rule are written down, so that a reader who knows no regular expressions can follow.

    whole("how old <are> <you>", "asl")

finds either as whole words of a folded text. A blank stands for blanks; ``<you>`` stands for every way in which that
word is written in chats (the table below); ``?`` after a group, ``[^.]`` and the rest are as in Python's ``re``.
"""

from __future__ import annotations

import re
from typing import Final

WAYS: Final = {
    "you": "(?:you|u|ya|yous|youu)",
    "your": "(?:your|ur|yr|you're|youre|yer)",
    "you're": "(?:you'?re|you are|u r|ur|u are|your)",
    "are": "(?:are|r)",
    "i'm": "(?:i'?m|i am)",
    "i'll": "(?:i'?ll|i will|i'?m gonna|i'?m going to|i am going to|imma|gonna|i'?d|i would|i can|i could)",
    "don't": "(?:don'?t|do not|dnt|dont u|don'?t you|never)",
    "can't": "(?:can'?t|cannot|can not|cnt)",
    "what": "(?:what|wot|wat|wut)",
    "what's": "(?:what'?s|wot'?s|wat'?s|what is|what are|what r)",
    "to": "(?:to|2)",
    "for": "(?:for|4)",
    "want to": "(?:wanna|want to|want 2|wan2|would like to|fancy|do you want to|love to|like to)",
    "parents": "(?:parents?|rents|mum|mom|mam|mummy|mother|dad|daddy|father|step ?dad|nan|sister|brother|family)",
    "anyone": "(?:any ?one|any ?body|no ?one|no ?body|a soul|them|people|any of (?:them|your mates|your friends))",
    "a few": r"(?:[^\s]+ ){0,3}?",
}
"""Ways of writing, by the plain one. Ours."""

_WAY: Final = re.compile("<([^<>=!?P][^<>]*)>")

_BEGIN: Final = r"(?<![^\W_])"
_END: Final = r"(?![^\W_])"


def spelt(pattern: str) -> str:
    """``pattern`` with its ``<ways>`` written out and its blanks made to match any blanks."""
    written = _WAY.sub(lambda found: WAYS[found[1]], pattern)
    return written.replace(" ?", r"\s?").replace(" ", r"\s+")


def whole(*alternatives: str) -> re.Pattern[str]:
    """Any of ``alternatives``, as whole words."""
    return re.compile(_BEGIN + "(?:" + "|".join(map(spelt, alternatives)) + ")" + _END)


def open_end(*alternatives: str) -> re.Pattern[str]:
    """Any of ``alternatives``, beginning with a whole word: what may follow stands in them."""
    return re.compile(_BEGIN + "(?:" + "|".join(map(spelt, alternatives)) + ")")


REACH: Final = 60
"""Characters before a place in which ``before`` is looked for: so that a very long message costs no more a hit."""


def follows(pattern: re.Pattern[str], text: str, place: int) -> bool:
    """Whether the words of ``before`` stand right before a place."""
    return pattern.search(text, max(0, place - REACH), place) is not None


def before(*alternatives: str) -> re.Pattern[str]:
    """Any of ``alternatives`` as the last words before a place: ``follows(before("my"), text, place)``."""
    return re.compile(_BEGIN + "(?:" + "|".join(map(spelt, alternatives)) + r")\W*$")
