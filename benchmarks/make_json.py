"""JSON in the layout of a platform, quickly: a benchmark of five million messages waits for whoever writes them.

    laid_out({"id": 1, "text": "The gate is open"}, "    ")      {
                                                                   "id": 1, …

As ``json.dumps(value, indent=2, ensure_ascii=False)`` spells it, each line after the first further in by ``margin``;
Python's own is ten times as slow as soon as there is an indent.

    in_one_line({"id": 1})                                       {"id": 1}
"""

from __future__ import annotations

import json
from typing import Any, Final

import orjson

_DEEPEST: Final = 8
"""Levels that anything made here has, at most."""

in_one_line: Final = json.JSONEncoder(ensure_ascii=False).encode
"""As ``json.dumps(value, ensure_ascii=False)``, which makes an encoder each time."""


def laid_out(value: Any, margin: str, indent: int = 2) -> str:
    """``value`` over several lines, ``indent`` blanks a level."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    if indent != 2:
        for deep in range(_DEEPEST, 0, -1):
            text = text.replace("\n" + "  " * deep, "\n" + "\t" * deep)
        text = text.replace("\t", " " * indent)  # no string has a tab of its own: it is spelled \t there
    return text.replace("\n", "\n" + margin)
