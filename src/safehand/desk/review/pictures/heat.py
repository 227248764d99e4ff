"""Hours by weekdays: a cell each, with its number written in it.

Wide: a row a weekday. Narrow: a row an hour, so that a telephone has seven columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safehand.desk.review.pictures import ink
from safehand.desk.review.pictures.frame import Words, picture, text
from safehand.desk.review.pictures.svg import Drawn, drawn, said

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS: Final = range(24)

_WIDE_LEFT: Final = 104
_NARROW_LEFT: Final = 44


def step_of(count: int, most: int) -> int:
    """How dark: 0 for none, then five steps of equal width."""
    return 0 if count == 0 else min(5, 1 + (count - 1) * 5 // most)


def heat(counts: Mapping[tuple[int, int], int], words: Words, *, wide: bool) -> Drawn:
    """Draw it. ``counts`` has the messages of (weekday, hour), Monday being 0; what is not in it is none."""
    return _wide(counts, words) if wide else _narrow(counts, words)


def _wide(counts: Mapping[tuple[int, int], int], words: Words) -> Drawn:
    across, down, top = 32, 28, 24
    parts = [text(f"{hour:02}:00", _WIDE_LEFT + hour * across, 15) for hour in HOURS if hour % 3 == 0]
    most = max(counts.values(), default=0)
    for weekday, name in enumerate(WEEKDAYS):
        y = top + weekday * down
        parts.append(text(name, 0, y + 18))
        parts += [
            _cell(counts.get((weekday, hour), 0), most, _WIDE_LEFT + hour * across, y, across, down) for hour in HOURS
        ]
    bottom = top + len(WEEKDAYS) * down
    parts += _key(_WIDE_LEFT, bottom + 12)
    return picture(words, 880, bottom + 36, *parts)


def _narrow(counts: Mapping[tuple[int, int], int], words: Words) -> Drawn:
    across, down, top = 40, 21, 22
    parts = [
        text(name[:3], _NARROW_LEFT + (weekday + 0.5) * across, 14, anchor="middle")
        for weekday, name in enumerate(WEEKDAYS)
    ]
    most = max(counts.values(), default=0)
    for hour in HOURS:
        y = top + hour * down
        parts.append(text(f"{hour:02}:00", 0, y + 15))
        parts += [
            _cell(counts.get((weekday, hour), 0), most, _NARROW_LEFT + weekday * across, y, across, down)
            for weekday in range(len(WEEKDAYS))
        ]
    bottom = top + len(HOURS) * down
    parts += _key(_NARROW_LEFT, bottom + 10)
    return picture(words, 326, bottom + 34, *parts)


def _cell(count: int, most: int, x: float, y: float, width: int, height: int) -> Drawn:
    step = step_of(count, most)
    box = drawn(
        "rect",
        x=x + 0.5,
        y=y + 0.5,
        width=width - 2,
        height=height - 2,
        fill=ink.HEAT[step],
        stroke=ink.LINE if step else ink.HAIRLINE,
        class_="sh-heat",
    )
    if not count:
        return box
    shown = str(count) if count < 10_000 else f"{count // 1000}k"
    return drawn(
        "g",
        box,
        drawn(
            "text",
            said(shown),
            x=x + width / 2 - 0.5,
            y=y + height / 2 + 4,
            fill=ink.heat_ink(step),
            font_size=11.5,
            text_anchor="middle",
            class_="sh-heat__count",
        ),
    )


def _key(x: float, y: float) -> list[Drawn]:
    boxes = [
        drawn("rect", x=x + 44.5 + at * 26, y=y + 0.5, width=24, height=15, fill=colour, stroke=ink.LINE)
        for at, colour in enumerate(ink.HEAT)
    ]
    words = (text("None", x, y + 12), text("Most", x + 52 + len(ink.HEAT) * 26, y + 12))
    return [drawn("g", *words, *boxes, class_="sh-heat-key")]
