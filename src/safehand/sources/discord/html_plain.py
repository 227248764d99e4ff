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
    _div(b"(?P<reply>reply|reference)") + rb'(?:<img class="?chatlog__(?P=reply)-avatar"?' + _AVATAR + _S + rb")?"
    rb'<div class="?chatlog__(?P=reply)-author"?(?: style=' + _VALUE + rb")? title=" + _VALUE + rb">[^<>]*</div>" +
    _S + _div(b"(?P=reply)-content") + rb'<span class="?chatlog__(?P=reply)-link"? onclick="scrollToMessage\(event, ?'
    rb"'(?P<target>\d{1,18})'\)\">(?P<quoted>[^<>]*)</span>" + _S + _CLOSED + _CLOSED
)  # fmt: skip
_HEADER: Final = (
    _div(b"header") + rb'(?P<author><span class="?chatlog__author"?(?: style=' + _VALUE + rb")? title=" + _VALUE +
    rb' data-user-id="?\d{1,19}"?>[^<>&]*</span>)' + _S + rb'<span class="?chatlog__timestamp"?(?: title=(?P<written>' +
    _VALUE + rb'))?><a href="?#chatlog__message-container-(?P<link>\d{1,19})"?>(?P<shown>[^<>&]*)</a></span>' + _S +
    _CLOSED
)  # fmt: skip

PLAIN: Final = re.compile(
    rb'<div id="?chatlog__message-container-(?P<native>[1-9]\d{0,18})"? class="?chatlog__message-container ?"?'
    rb' data-message-id="?(?P=native)"?>' + _S + _div(b"message") + _div(b"message-aside") +
    rb'(?:(?:<div class="?chatlog__(?:reply|reference)-symbol"?></div>' + _S + rb")?"
    rb'(?P<avatar><img class="?chatlog__avatar"?' + _AVATAR + rb")" + _S +
    rb'|<div class="?chatlog__short-timestamp"? title=(?P<joined>' + _VALUE +
    rb")>[^<>&]*</div>" + _S + rb")" + _CLOSED + _div(b"message-primary") +
    rb"(?:(?:" + _REPLY + rb")?" + _HEADER + rb")?"
    rb'<div class="chatlog__content chatlog__markdown">' + _S +
    rb'<span class="?chatlog__markdown-preserve"?>(?P<text>[^<>]*)</span>' + _S +
    rb'(?:<span class="?chatlog__edited-timestamp"? title=(?P<edited>' + _VALUE + rb")>\(edited\)</span>" + _S +
    rb")?" + _CLOSED + _CLOSED + _CLOSED + rb"</div>"
)  # fmt: skip

OLDER: Final = re.compile(
    rb'<div class="?chatlog__message ?"? data-message-id="?(?P<native>[1-9]\d{0,18})"? id="?message-(?P=native)"?'
    rb'(?: title="Message sent: (?P<written>[^"<>&]*)")?>' + _S + _div(b"content") + rb'<div class="?markdown"?>' + _S +
    rb'<span class="?preserve-whitespace"?>(?P<text>[^<>]*)</span>' + _S + _CLOSED + _CLOSED + rb"</div>"
)  # fmt: skip
"""The same on pages from before the spring of 2022 (html_older.py)."""

OLDER_GROUP: Final = re.compile(
    rb'<div class="?chatlog__message-group"?>' + _S + rb'<div class="?chatlog__author-avatar-container"?>' + _S +
    rb"(?P<avatar><img [^<>]*>)" + _S + _CLOSED + rb'<div class="?chatlog__messages"?>' + _S +
    rb'(?P<author><span class="?chatlog__author-name"? [^<>]*>[^<>]*</span>)' + _S +
    rb'<span class="?chatlog__timestamp"?>(?P<written>[^<>&]*)</span>' + _S
)  # fmt: skip
"""What stands before the messages of a group there, where they answer nothing."""
