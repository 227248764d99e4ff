"""Whether words tell of the past: "we met on friday". No reading is dropped for it: the one that was is added.

we met on friday             looks past
we will meet on friday       does not
did you say friday           does not: asking is not telling
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from safehand.analysis.meeting_time.sentence import Sentence
from safehand.analysis.meeting_time.sorts import any_of
from safehand.analysis.meeting_time.tables import listed

_PAST: Final = listed(
    "was were went met saw came had played won lost bought took left rang gave found missed stayed watched woke walked"
    " cooked planted finished forgot wasnt werent didnt happened wrote ate been"
)
_AHEAD: Final = listed(
    "will gonna going coming shall lets let can could would wanna want il ill im youll well if be should"
    " might may is its are do"
    " starts finishes opens leaves"
)
_MAY_TELL: Final = _PAST | {"got"}
_GOT: Final = listed("up home back there here in out off on to")
_STOPS: Final = any_of("stop question")


class Tenses:
    """The verbs of a sentence that tell of the past or of what is to come, by place."""

    def __init__(self, sentence: Sentence) -> None:
        words = sentence.words
        self._past: list[int] = []
        if not _MAY_TELL.isdisjoint(words):
            self._past = [place for place, word in enumerate(words) if _tells_of_the_past(sentence, place, word)]
        if self._past:
            self._ahead = [place for place, word in enumerate(words) if word in _AHEAD]
            self._stops = [place for place, letter in enumerate(sentence.letters) if letter in _STOPS]

    def looks_past(self, place: int) -> bool:
        """Whether the last verb before ``place`` in its sentence tells of the past."""
        if not self._past:
            return False
        past = _last(self._past, place)
        return past > _last(self._ahead, place) and past > _last(self._stops, place)


def _tells_of_the_past(sentence: Sentence, place: int, word: str) -> bool:
    if word == "got":  # "got up" and "got home"; in "i got maths at 12" it is "have"
        return place + 1 < len(sentence.words) and sentence.words[place + 1] in _GOT
    return word in _PAST and not _have(sentence, place)


def _have(sentence: Sentence, place: int) -> bool:
    """Of "I've got" and "have been": it is so now."""
    before = sentence.words[place - 1] if place else ""
    return before in {"have", "has", "ive", "weve", "youve", "hes", "shes", "theyve", "iv", "if", "i'd", "id", "hav"}


def _last(places: list[int], before: int) -> int:
    at = bisect_left(places, before)
    return places[at - 1] if at else -1
