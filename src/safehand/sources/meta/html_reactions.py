"""Reactions on Meta's pages: a line each, of an emoji, a name, and since about 2022 a time.

    reaction_of("❤️Tom (Apr 23, 2022 5:32 pm)", "(Apr 23, 2022 5:32 pm)", times)
    Reaction("❤️", "Tom", None, …)

A name may begin with an emoji too: the first one alone is the reaction, for there is never more than one. A line that
begins with none is kept whole, and says of nobody that it is theirs.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.model.message import Reaction
from safehand.sources.html_text import LAYOUT
from safehand.sources.meta.html_times import PageTimes, Timed

_PICTURE: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
)
_EMOJI: Final = re.compile(f"(?:[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*)")
"""One emoji, as a reaction is: a keycap, a flag, or pictures joined to one."""
_WHEN: Final = re.compile(r"(.*?) ?\(([^()]{6,60})\)", re.DOTALL)


def reaction_of(text: str, aside: str, times: PageTimes) -> Reaction:
    """The reaction that a line tells. ``aside`` is what stands in an element of its own at its end."""
    timed: Timed | None = None
    aside = aside.strip(LAYOUT)
    if aside.startswith("(") and aside.endswith(")") and text.endswith(aside):
        timed, text = times.read(aside[1:-1]), text.removesuffix(aside).rstrip(" ")
    elif (whole := _WHEN.fullmatch(text)) is not None and times.read(whole[2]).is_read:
        timed, text = times.read(whole[2]), whole[1]
    emoji = _EMOJI.match(text)
    value, name = (text, "") if emoji is None else (emoji[0], text[emoji.end() :].strip(" "))
    return Reaction(value, name or None, None, None if timed is None else timed.instant)
