"""Common words of English and of British chats. Ours; no list was copied.

By them a message is taken for English (language.py), and a pattern is looked for by its rarer words (needs.py).
"""

from __future__ import annotations

from typing import Final


def _spread(*words: str) -> frozenset[str]:
    return frozenset(word for many in words for word in many.split())


COMMON: Final = _spread(
    "the and you that was for are with his they this have from had what when your can said there each which she",
    "how their will other about out many then them these some her would make like him into time has look more see",
    "could than been call who its now find down did get come made may here where why does dont cant im ive youre",
    "thats whats isnt wasnt didnt doesnt wont ill id were well just know think want going gonna wanna gotta got",
    "need really yeah yes yep nah ok okay lol omg idk btw tbh hey hello hiya thanks thank thx cheers sorry please",
    "pls plz love good great nice morning night tonight today tomorrow later soon back home school work day week",
    "mum dad mate u ur r wot wuu2 nm hbu wbu ye yh ya bye cya because cuz cos coz something anything nothing",
    "someone people one two first last very too much only also even again still never always maybe should must",
    "might any every not but all so if my me we he it be do go at of to up by is",
)
"""A message in English nearly always has one of these."""

_BY_RANK: Final = (
    "i you u the a to it in on of and is my me that we for be so no not your ur ya im are r this what just can if or "
    "at up get do go have with but like all about out one an any 2 4 more from now was back over there know see good"
)
COMMONEST: Final = tuple(_BY_RANK.split())
"""Words that stand in every other message, the commonest first."""
