"""What every picture has: a size, a title and a description that a screen reader tells, a hatch, and its letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from safehand.casefile.schema import conversation_of, number_of
from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.svg import Drawn, drawn, said

LeadsTo: TypeAlias = Callable[[int], str]
"""The address that a message leads to: by its number in a conversation, or by its place in a case."""

_FONT: Final = "Source Sans 3, Helvetica Neue, Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture is called. ``id`` is its own on the page; ``title`` and ``description`` are plain text."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One account, or all others together, and how it is drawn: ``hatched`` or filled."""

    letter: str
    hatched: bool


def picture(words: Words, width: int, height: float, *parts: Drawn) -> Drawn:
    """The whole of it. A screen reader hears title and description, and nothing of what is inside."""
    title, description = f"{words.id}-title", f"{words.id}-about"
    return drawn(
        "svg",
        drawn("title", said(words.title), id=title),
        drawn("desc", said(words.description), id=description),
        _hatch(words.id),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height:.0f}",
        role="img",
        aria_labelledby=f"{title} {description}",
        font_family=_FONT,
        font_size=13,
        class_="sh-picture__svg",
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a press on a part of a picture leads to: message ``number`` (see LeadsTo); ``words`` say what is there."""

    number: int
    words: str
    x: float
    y: float
    width: float
    height: float


def in_reader(address: str) -> LeadsTo:
    """Messages of one conversation, by number. ``address`` is of the reader's page."""
    return lambda number: f"{address}?message={number}#m{number}"


def on_time_line(address: str) -> LeadsTo:
    """Messages of a case, by place (casefile/schema.py). ``address`` is of the time line."""

    def leads_to(place: int) -> str:
        at = f"{conversation_of(place)}-{number_of(place)}"
        return f"{address}?at={at}#m{at}"

    return leads_to


def reach(places: Iterable[Reach], leads_to: LeadsTo, width: int, height: float) -> Drawn:
    """A sheet of the size of a picture, laid over it: links for a mouse.

    Nobody else meets them: a table beside the picture has the same links, and an image has nothing inside that can be
    reached (WAI-ARIA 1.2, role img: its children are presentational).
    """
    links = [
        drawn(
            "a",
            drawn("title", said(one.words)),
            drawn("rect", x=one.x, y=one.y, width=one.width, height=one.height, fill=ink.PAPER, fill_opacity=0),
            href=leads_to(one.number),
            tabindex=-1,
            class_="sh-picture__reach",
        )
        for one in places
    ]
    return drawn(
        "svg",
        *links,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height:.0f}",
        aria_hidden="true",
        focusable="false",
        class_="sh-picture__svg",
    )


def text(words: str, x: float, y: float, *, anchor: str = "start", quiet: bool = False, bold: bool = False) -> Drawn:
    """Words in a picture."""
    colour = ink.QUIET if quiet else ink.INK
    weight = "700" if bold else "400"
    return drawn(
        "text", said(words), x=x, y=y, fill=colour, font_weight=weight, text_anchor=anchor, class_="sh-picture__words"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, strong: bool = False) -> Drawn:
    """A straight line: an axis, or one that only guides the eye."""
    return drawn(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ink.LINE if strong else ink.HAIRLINE, class_="sh-picture__line"
    )


def filled(lane: Lane, id_: str) -> ink.Side:
    """How an account is drawn in picture ``id_``."""
    return ink.Side(f"url(#{id_}-hatch)", ink.HATCH) if lane.hatched else ink.Side(ink.SOLID, ink.SOLID)


def chip(lane: Lane, x: float, y: float) -> Drawn:
    """The letter of an account in its box, with its own shape beside it; ``y`` is the middle."""
    wide = 10 + 9 * len(lane.letter)
    return drawn(
        "g",
        drawn(
            "rect",
            x=x,
            y=y - 9.5,
            width=wide,
            height=19,
            rx=4,
            fill=ink.HATCH if lane.hatched else ink.SOLID,
            class_="sh-picture__chip",
        ),
        drawn(
            "text",
            said(lane.letter),
            x=x + wide / 2,
            y=y + 4.5,
            fill=ink.PAPER,
            font_weight=700,
            text_anchor="middle",
            class_="sh-picture__letter",
        ),
    )


def _hatch(id_: str) -> Drawn:
    lines = drawn("path", d="M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3", stroke=ink.HATCH, stroke_width=1.5)
    behind = drawn("rect", width=6, height=6, fill=ink.BEHIND_HATCH)
    pattern = drawn("pattern", behind, lines, id=f"{id_}-hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return drawn("defs", pattern)
