"""The commonest message of Telegram's pages, by one pattern: words and line breaks, and perhaps an answer.

The pattern holds every tag of the block, so what it takes has nothing that could be missed; everything else goes the
long way (html_message.py). Nine of ten messages go this way, in a fifth of the time.
"""

from __future__ import annotations

import re
from typing import Final

_S: Final = rb"[ \t\r\n]*"

PLAIN: Final = re.compile(
    rb'<div class="message default clearfix( joined)?" id="message([1-9]\d{0,17})">' + _S +
    rb'(?:<div class="pull_left userpic_wrap">' + _S + rb'<div class="userpic userpic\d+" style="[^"<>]*">' + _S +
    rb'<div class="initials" style="[^"<>]*">[^<>]*</div>' + _S + rb"</div>" + _S + rb"</div>" + _S + rb")?"
    rb'<div class="body">' + _S +
    rb'<div class="pull_right date details" title="([^"<>&]{19,29})">' + _S + rb"(\d\d:\d\d)" + _S + rb"</div>" + _S +
    rb'(?:<div class="from_name">([^<>]*)</div>' + _S + rb")?"
    rb'(?:<div class="reply_to details">' + _S +
    rb'In reply to <a href="(?:messages\d*\.html)?#go_to_message([1-9]\d{0,17})"'
    rb'(?: onclick="return GoToMessage\(\d+\)")?>this message</a>' + _S + rb"</div>" + _S + rb")?"
    rb'<div class="text">([^<>]*(?:<br>(?![\r\n])[^<>]*)*)</div>' + _S + rb"</div>" + _S + rb"</div>"
)  # fmt: skip
"""Groups: joined, id, title of the date, the time as shown, name, id of what is answered, text."""
