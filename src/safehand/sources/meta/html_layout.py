"""How Meta's pages mark the parts of a message: by class names that mean nothing and have hardly changed.

                          since 2021                                         2018 to 2021
    a message             <div class="pam … _a6-g …">, <section class="_a6-g">   <div class="pam … _2lej …">
    who                   _a6-h   (<div>, and <h2> since about 2023)             _2lek
    what                  _a6-p                                                  _2let
    when                  _a6-o, or _a72d in it                                  _2lem
    reactions             <ul class="_a6-q">                                     <ul class="_tqp">

One class of the several that an element has is enough, and which kind of element has it does not matter: both have
changed, and saved pages differ. What comes before the messages has the same classes: a block with a name and nothing
else lists the members, or says that the thread is a request.
"""

from __future__ import annotations

import re
from typing import Final

SENDER: Final = frozenset({"_a6-h", "_2lek"})
BODY: Final = frozenset({"_a6-p", "_2let"})
TIME: Final = frozenset({"_a6-o", "_2lem", "_a72d"})
REACTIONS: Final = frozenset({"_a6-q", "_tqp"})
DURATION: Final = "_idm"
"""How long a call took, beside its words (until about 2021)."""

_CLASSES: Final = rb' class="(?:[^" <>]{1,60} ){0,9}?'

OPENING: Final = re.compile(
    rb"<(?:div|section|article)(?: [a-z-]{1,20}=\"[^\"<>]{0,120}\"){0,3}?"
    + _CLASSES
    + rb'(?:(?:_a6-g|_2lej|_4t5o)[ "]|_a6-p"[^<>]{0,60}>\s{0,60}(?=<(?:div|h2) class="[^"<>]{0,60}_a6-h[ "]))'
)
"""Where a block begins: a message, what stands before them, or the line below them (``_4t5o``). In one public fixture
(kenn-io/msgvault) all messages are in one ``_a6-g`` and each is an ``_a6-p`` that begins with a name."""

BARE_OPENING: Final = re.compile(rb"<div>(?=\s{0,60}<div>[^<>]{1,200}</div>\s{0,60}<div>)")
"""The same in a page without any class: three elements in one, the last of them a time."""

ARCHIVE_OPENING: Final = re.compile(rb'<div class="(?:thread|message)"')
"""How a thread and a message begin in the archives that Facebook gave until 2017: html_archive.py."""
_ARCHIVE_MARKS: Final = (b'<div class="thread"', b'<span class="user"', b'<span class="meta"')

PARTICIPANTS: Final = "Participants:"
"""How the list of members begins, in English. In other languages the word is another, and the line is kept as text."""

_BARE: Final = re.compile(rb"<div>\s{0,60}Participants: ")
_MARKED: Final = re.compile(
    rb'<(?:div|section|article|h2|ul|footer)[^<>]{0,200} class="(?:[^" <>]{1,60} ){0,9}?'
    rb'(?:_a6-[ghop]|_2le[jkmt]|_a706|_a72d|_3b0d)[ "]'
)
_MEMBERS: Final = re.compile(rb">\s{0,60}Participants: ?[^<\s]")
_FIRST_BODY: Final = re.compile(rb' class="(?:[^" <>]{1,60} ){0,9}?(?:_a6-p|_2let)[ "]')
_HTML: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html)", re.IGNORECASE)

HAS_PARTS: Final = re.compile(rb"_a6-[po]|_2le[tm]|_a72d")
"""What a message has and a block before the messages has not: in a text it may stand as well, so its absence tells."""


def is_bare(head: bytes) -> bool:
    """Whether a page lists its members in Meta's words and has no class of Meta's."""
    return _BARE.search(head) is not None and _MARKED.search(head) is None


def is_thread_page(head: bytes) -> bool:
    """Whether a page is one of Meta's with messages, as far as its first bytes tell."""
    return _HTML.match(head) is not None and (_MARKED.search(head) is not None or is_bare(head))


def is_archive(head: bytes) -> bool:
    """Whether a page is one of the archives of until 2017."""
    return _HTML.match(head) is not None and all(mark in head for mark in _ARCHIVE_MARKS)


def lists_members(head: bytes) -> bool:
    """Whether a page says who takes part, as those of a thread do and others of a download do not.

    It says so before the first message: what stands in one is somebody's words.
    """
    first = _FIRST_BODY.search(head)
    return _MEMBERS.search(head, 0, len(head) if first is None else first.start()) is not None


def opening_of(head: bytes) -> re.Pattern[bytes]:
    """How the blocks of a page begin, by its first bytes."""
    return BARE_OPENING if is_bare(head) else OPENING
