"""The commonest messages of Meta's pages, by one pattern: a name, words, reactions, pictures, links, a time.

The pattern holds every tag of the block, so what it takes has nothing that could be missed; everything else goes the
long way (html_message.py). Nine of ten messages go this way, in a tenth of the time.
"""

from __future__ import annotations

import re
from typing import Final

_S: Final = rb"[ \t\r\n]*"
_NAMED: Final = rb'(?: id="[^"<>&]*")?'

_LINE: Final = rb"<li>(?:<span>[^<>]*(?:<span>[^<>]*</span>)?</span>|[^<>]*)</li>"
_LIST: Final = rb'<ul class="(?:_a6-q|_tqp)">(?:' + _LINE + rb")+</ul>"
_PHOTO: Final = rb'<a target="_blank" href="[^"<>&:#]+"><img src="[^"<>&:#]+"(?: class="[a-zA-Z0-9_ -]*")? ?/></a>'
_WORDS: Final = rb"<div>[^<>]*(?:<br(?: ?/)?>(?![\r\n])[^<>]*)*</div>"
_LINK: Final = rb'<a target="_blank" href="https?://[^"<>]*">[^<>]+</a>'
_SHARE: Final = rb"(?:(?:" + _WORDS + rb"){0,3}<div>" + _LINK + rb"</div>|" + _LINK + rb")"
_PART: Final = rb"(?:" + _LIST + rb"|(?:" + _PHOTO + rb")+)"
_REST: Final = (
    rb"(?:<div></div>|<div>" + _PART + rb"</div>|<div><div>" + _PART + rb"</div></div>"
    rb"|<div><div><div>"
    + _PART
    + rb"</div></div></div>|"
    + _LIST
    + rb"|<div><div>"
    + _SHARE
    + rb"</div></div>|<div><div><div>"
    + _SHARE
    + rb"</div></div></div>)"
)

PLAIN: Final = re.compile(
    rb'<(div|section) class="(?:[^"<>&]* )?(?:_a6-g|_2lej)(?: [^"<>&]*)?"(?: aria-labelledby="[^"<>&]*")?>' + _S +
    rb'<(h2|div) class="(?:[^"<>&]* )?(?:_a6-h|_2lek)(?: [^"<>&]*)?"' + _NAMED + rb">([^<>]*)</\2>" + _S +
    rb'<div class="(?:[^"<>&]* )?(?:_a6-p|_2let)">' + _S + rb"<div>" + _S + rb"(?:<div></div>" + _S + rb")?"
    rb"<div>([^<>]*(?:<br(?: ?/)?>(?![\r\n])[^<>]*)*)</div>" + _S +
    rb"((?:" + _REST + _S + rb")*)</div>" + _S + rb"</div>" + _S +
    rb'<(div|footer) class="(?:[^"<>&]* )?(?:_a6-o|_2lem)">' + _S +
    rb'(?:<div class="_a72d">([^<>]*)</div>|([^<>]*))' + _S + rb"</\6>" + _S + rb"</\1>"
)  # fmt: skip
"""Groups: kind of element, kind of the name's, name, text, what follows, kind of the time's, time, time without an
element."""

REACTION: Final = re.compile(rb"<li>(?:<span>)?([^<>]*)(?:<span>([^<>]*)</span>)?(?:</span>)?</li>")
"""One line of a list of reactions: what it says, and what stands aside in it."""
PICTURE: Final = re.compile(rb'<a target="_blank" href="([^"]*)"><img src="([^"]*)"')
"""A link around a picture: both addresses."""
SHARED: Final = re.compile(
    rb"((?:" + _WORDS + rb')*)(?:<div>)?<a target="_blank" href="(https?://[^"<>]*)">([^<>]+)</a>'
)
"""What was passed on: what stands beside the link, its address, its words."""
SAID: Final = re.compile(rb"<div>([^<>]*(?:<br(?: ?/)?>[^<>]*)*)</div>")
"""A line of words in an element of its own."""

PLAIN_ARCHIVED: Final = re.compile(
    rb'<div class="message">' + _S + rb'<div class="message_header">' + _S +
    rb'<span class="user">([^<>]*)</span>' + _S + rb'<span class="meta">([^<>]*)</span>' + _S +
    rb"</div>" + _S + rb"</div>" + _S +
    rb"<p>([^<>]*(?:<br(?: ?/)?>(?![\r\n])[^<>]*)*)</p>"
)  # fmt: skip
"""The same in an archive of until 2017. Groups: name, time, text."""


def words_of(text: bytes) -> str:
    """The words of a text with line breaks, as both patterns take it. UnicodeDecodeError where it is no UTF-8."""
    words = text.decode("utf-8")
    if "<" in words:
        words = words.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n")
    return words
