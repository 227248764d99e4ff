"""Sentences that more than one place says to a holder: each stands once, in data/sentences.json.

    with_sentences({"ask": "Where? {=how_they_get_there}"})    {"ask": "Where? How will each of them get there?"}
    with_sentences("{~danger_999}")                            "If a child is in danger now, call 999"
    with_sentences(["{=meta_download}"])                       the lines of the list, in its place
    sentence("meeting_planned")                                "Is a meeting with a child planned?"

The pages are built with the same rule: frontend/sealer/sentences.mjs.
"""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any, Final

SENTENCES: Final[dict[str, str | list[str]]] = json.loads(
    (resources.files("safehand.seal") / "data" / "sentences.json").read_text("utf-8")
)["sentences"]

_MARK: Final = re.compile(r"\{([=~])([a-z0-9_]+)\}")
_LINK: Final = re.compile(r"\*\*|\[([^\]]+)\]\([^)\s]+\)")


def sentence(key: str) -> str:
    """The sentence of this key. KeyError where there is none, or where it is a list."""
    said = SENTENCES[key]
    if isinstance(said, list):
        raise KeyError(key)
    return said


def with_sentences(value: Any) -> Any:
    """A value read from JSON, with every mark replaced by what it stands for. KeyError for a key that nobody knows."""
    match value:
        case str():
            return _MARK.sub(_said, value)
        case list():
            return [line for inside in value for line in _lines(inside)]
        case dict():
            return {key: with_sentences(inside) for key, inside in value.items()}
        case _:
            return value


def _lines(value: Any) -> list[Any]:
    mark = _MARK.fullmatch(value) if isinstance(value, str) else None
    said = SENTENCES[mark[2]] if mark is not None else None
    return said if isinstance(said, list) else [with_sentences(value)]


def _said(mark: re.Match[str]) -> str:
    said = sentence(mark[2])
    return _LINK.sub(lambda link: link[1] or "", said) if mark[1] == "~" else said
