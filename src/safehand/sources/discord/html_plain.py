"""The commonest message of DiscordChatExporter's pages, by one pattern: words alone, with a header or without,
perhaps an answer, perhaps edited.

The pattern holds every tag of the block, so what it takes has nothing that could be missed; everything else goes the
long way (html_message.py). Attributes stand in quotes or, in pages that the program made smaller, without.
"""

from __future__ import annotations

import re
from typing import Final

_S: Final = rb"[ \t\r\n]*"
_VALUE: Final = rb"(?:\"[^\"<>&]*\"|[^ \t\r\n\"'<>&=`]+)"


def _div(name: bytes) -> bytes:
    return rb'<div class="?chatlog__' + name + rb'"?>' + _S


_CLOSED: Final = rb"</div>" + _S

_AVATAR: Final = rb" src=" + _VALUE + rb' alt="?Avatar"?(?: loading="?lazy"?)?>'
_REPLY: Final = (
    _div(b"reply") + rb'(?:<img class="?chatlog__reply-avatar"?' + _AVATAR + _S + rb")?"
    rb'<div class="?chatlog__reply-author"?(?: style=' + _VALUE + rb")? title=" + _VALUE + rb">[^<>]*</div>" + _S +
    _div(b"reply-content") + rb'<span class="?chatlog__reply-link"? onclick="scrollToMessage\(event, ?'
    rb"'(?P<target>\d{1,18})'\)\">(?P<quoted>[^<>]*)</span>" + _S + _CLOSED + _CLOSED
)  # fmt: skip
_HEADER: Final = (
    _div(b"header") + rb'(?P<author><span class="?chatlog__author"?(?: style=' + _VALUE + rb")? title=" + _VALUE +
    rb' data-user-id="?\d{1,19}"?>[^<>&]*</span>)' + _S + rb'<span class="?chatlog__timestamp"? title=(?P<written>' +
    _VALUE + rb')><a href="?#chatlog__message-container-(?P<link>\d{1,19})"?>[^<>&]*</a></span>' + _S + _CLOSED
)  # fmt: skip

PLAIN: Final = re.compile(
    rb'<div id="?chatlog__message-container-(?P<native>[1-9]\d{0,18})"? class="?chatlog__message-container ?"?'
    rb' data-message-id="?(?P=native)"?>' + _S + _div(b"message") + _div(b"message-aside") +
    rb'(?:(?:<div class="?chatlog__reply-symbol"?></div>' + _S + rb')?(?P<avatar><img class="?chatlog__avatar"?' +
    _AVATAR + rb")" + _S + rb'|<div class="?chatlog__short-timestamp"? title=(?P<joined>' + _VALUE +
    rb")>[^<>&]*</div>" + _S + rb")" + _CLOSED + _div(b"message-primary") +
    rb"(?:(?:" + _REPLY + rb")?" + _HEADER + rb")?"
    rb'<div class="chatlog__content chatlog__markdown">' + _S +
    rb'<span class="?chatlog__markdown-preserve"?>(?P<text>[^<>]*)</span>' + _S +
    rb'(?:<span class="?chatlog__edited-timestamp"? title=(?P<edited>' + _VALUE + rb")>\(edited\)</span>" + _S +
    rb")?" + _CLOSED + _CLOSED + _CLOSED + rb"</div>"
)  # fmt: skip
