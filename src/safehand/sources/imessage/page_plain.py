"""The commonest messages of imessage-exporter's pages, by one pattern: words and pictures, perhaps read, perhaps loved.

The pattern holds every tag of the block, so what it takes has nothing that could be missed; everything else goes the
long way (page_message.py). It holds for the versions of 2024 to 2026, which differ in blanks and in the link to the
Messages app.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.imessage.exporter_lines import DATE

_S: Final = rb"[ \t\r\n]*"

_BUBBLE: Final = rb'<span class="bubble">([^<>]*)</span>'
_PICTURE: Final = rb'<div class="attachment"><img src="([^"<>&:]+)"(?: loading="lazy")?></div>'
_PART: Final = rb"<hr>" + _S + rb'<div class="message_part">' + _S + rb"(?:%s|%s)" + _S + rb"</div>" + _S
_UNNAMED: Final = tuple(pattern.replace(b"(", b"(?:", 1) for pattern in (_BUBBLE, _PICTURE))

PLAIN: Final = re.compile(
    rb'<div class="message"(?:, id="r-[0-9A-Za-z:_-]{0,80}")?>' + _S +
    rb'<div class="(received|sent [A-Za-z]{1,20})">' + _S + rb"<p>" + _S + rb'<span class="timestamp">' + _S +
    rb'(?:<a title="Reveal in Messages app" href="sms://open\?message-guid=([0-9A-Za-z:_-]{0,80})">)?'
    rb"(" + DATE.encode() + rb")(</a>)?" + _S +
    rb"(?:\((Read by [^()<>&\r\n]{1,300} after [^()<>&\r\n]{1,80})\))?" + _S + rb"</span>" + _S +
    rb'(?:(<span class="reply_anchor">)<a title="[^"<>]{0,40}" href="#[0-9A-Za-z:_-]{0,80}">[^<>]{1,8}</a></span>' +
    _S + rb')?<span class="sender">([^<>]+)</span>' + _S + rb"</p>" + _S +
    rb"((?:" + _PART % _UNNAMED + rb")+)"
    rb'(?:<div class="tapbacks"><hr><p>Tapbacks:</p>' + _S +
    rb'((?:<div class="tapback"><span class="tapback"><b>[^<>&\r\n ]+</b> by [^<>&\r\n]+</span></div>' + _S + rb")+)" +
    rb"</div>" + _S + rb")?"
    rb'(<span class="reply_context">This message responded to an earlier message\.</span>' + _S + rb")?"
    rb"</div>" + _S + rb"</div>"
)  # fmt: skip
"""Groups: received or the service it was sent by, guid, date, end of the link, read mark, anchor of a reply, name,
parts, reactions, whether it says that it answers."""

PARTS: Final = re.compile(_PART % (_BUBBLE, _PICTURE))
"""Of each part: its words, or the picture it names."""

TAPBACK: Final = re.compile("<b>([^<>]+)</b> by ([^<>]+)</span>")
"""One of the reactions."""
