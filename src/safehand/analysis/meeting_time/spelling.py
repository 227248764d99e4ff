"""Slips of the finger: the spellings one slip away from a long word, worked out once.

    "thrusday" in one_slip("thursday")      two letters changed places
    "wensday" in one_slip("wednesday")      letters that are not heard

A real word that happens to be one slip away is none: a sundae is no Sunday.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import Final

_NOT_HEARD: Final = {
    "wednesday": "wensday wensdy wedsday wendsday wenesday wednsday wedneday wednesdya wednesdey",
    "thursday": "thersday thirsday thurday thursdey thursdya fursday",
    "saturday": "saterday satuday satday satdee saturdee saturdya satarday",
    "tuesday": "tuseday teusday tuesdya chewsday tewsday",
    "friday": "fridee frieday fridya",
    "sunday": "sundee sundya",
    "monday": "mundy mondee mondya",
    "tomorrow": "tomorrer tommorow",
}

_REAL_WORDS: Final = frozenset(
    {"sundae", "sundry", "monde", "mundane", "fridge", "someday", "bunday", "sunda", "sundar", "sundays"}
)


def one_slip(word: str) -> frozenset[str]:
    """The word itself, and it with one letter left out, changed, put in, or swapped with the next."""
    cut = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cut if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cut if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in cut if tail for letter in ascii_lowercase}
    put_in = {head + letter + tail for head, tail in cut for letter in ascii_lowercase}
    slips = {word, *left_out, *swapped, *changed, *put_in, *_NOT_HEARD.get(word, "").split()}
    return frozenset(slips - _REAL_WORDS)
