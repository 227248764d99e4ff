r"""A message of a page cut into its own bytes and the replies written below it, each in an element of its own.

    <div class="message"> … <div class="replies">                                       own
      <div class="reply" id="GUID"><div class="message"> … </div></div>                 a reply
    </div> <hr><div class="message_part"> … </div> </div></div>                         own again: the second part

A reply is written a second time where it was sent, as a message of the page (imessage-exporter, ``html.rs``).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.sources.html_windows import own_end

OPENING: Final = re.compile(
    rb'<div class(?:="(?:message"|announcement"'
    rb'|(?P<inside>reply"[^>]{0,200}>[ \t\r\n]{0,100}<div class ?="(?:message|announcement)"))| ="announcement")'
)
"""What begins a message of the page. One in a reply is a part of the message that it answers.

Written so that all of it has one beginning: the search is eight times as fast as with each begun anew.
"""

_REPLY: Final = re.compile(rb'<div class="reply"')


class Cut(NamedTuple):
    """A stretch of a block."""

    start: int
    end: int
    is_reply: bool


def cut_page(raw: bytes) -> list[Cut]:
    """Stretches that together are ``raw``. The first is the message's own."""
    begins = [found.start() for found in _REPLY.finditer(raw)]
    if not begins:
        return [Cut(0, len(raw), is_reply=False)]
    cuts = [Cut(0, begins[0], is_reply=False)]
    for begin, after in zip(begins, [*begins[1:], len(raw)], strict=True):
        stretch = raw[begin:after]
        end = begin + (own_end(stretch) or len(stretch))
        cuts.append(Cut(begin, end, is_reply=True))
        if end < after:
            cuts.append(Cut(end, after, is_reply=False))
    return cuts
