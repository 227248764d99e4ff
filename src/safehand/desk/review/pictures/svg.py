"""Elements of SVG, as text that is escaped where it is put together.

    drawn("rect", x=4, y=0.5, width=12, height=30, fill="#3b5670")      <rect x="4" y="0.5" …/>
    drawn("text", said("Tom & Priya"), x=4, y=12)                       <text x="4" y="12">Tom &amp; Priya</text>

Only ``drawn`` and ``said`` make ``Drawn``; anything else that is put inside an element is a mistake that mypy finds and
that raises here too. Attributes are escaped whatever they hold.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Final

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0 §2.2, Char): one of these and the whole picture would not open."""


_KEPT: Final = 512
"""Names, colours and classes that are escaped once: a picture says the same few hundreds of times."""

_NUMBERS: Final = 4096
"""Numbers that are written once: places along an axis come again, row by row."""

_SHORT: Final = 64
"""Characters of what is worth keeping so."""


class Drawn(str):
    """Text that is SVG already."""

    __slots__ = ()


NOTHING: Final = Drawn("")


def said(text: str) -> Drawn:
    """Words, escaped."""
    return Drawn(_escaped(text))


def drawn(name: str, *inside: Drawn, **attributes: str | float) -> Drawn:
    """An element. ``text_anchor`` is written ``text-anchor``, and ``class_`` is ``class``."""
    for part in inside:
        _check_drawn(part)
    written = _opening(name, *attributes) % tuple(map(_value, attributes.values()))
    return Drawn(f"{written}>{''.join(inside)}</{name}>" if inside else f"{written}/>")


def together(*parts: Drawn) -> Drawn:
    """Several, one after another."""
    return Drawn("".join(parts))


@lru_cache(_NUMBERS)
def number(value: float) -> str:
    """A number of an attribute: at most two places, none where it is whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _check_drawn(part: object) -> None:
    if not isinstance(part, Drawn):
        raise TypeError("only what was drawn or said stands inside an element")


@lru_cache(_KEPT)
def _opening(name: str, *keys: str) -> str:
    """An element up to its end, with a place for each value: names are ours, and there are few."""
    return f"<{name}" + "".join(f' {key.rstrip("_").replace("_", "-")}="%s"' for key in keys)


def _value(value: str | float) -> str | int:
    if isinstance(value, str):
        return _escaped(value) if len(value) < _SHORT else _escaped.__wrapped__(value)
    return value if type(value) is int else number(value + 0.0)  # minus nothing is kept as what nothing is


@lru_cache(_KEPT)
def _escaped(text: str) -> str:
    return html.escape(_NOT_XML.sub("\ufffd", text))
