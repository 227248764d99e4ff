r"""The markup of a short stretch of HTML: its tags, each with the text behind it, and their places in the bytes.

    tokens = tokenize(b'<div class="text bold">Bread &amp; <br>tea</div>')
    tokens.tags      [Tag("div", OPEN, {"class": "text bold"}), Tag("br", VOID, {}), Tag("div", CLOSE, {})]
    tokens.texts     [b"Bread &amp; ", b"tea", b""]              as they stand: plain(…[0]) == ("Bread & ", False)
    tokens.starts()  [0, 36, 43]

Every byte is part of a tag or of a text; nothing is repaired and nothing raises. The rules are those of the HTML
standard's tokenizer (WHATWG, 13.2.5): a ``<`` that no letter follows is text, a value in quotes may hold ``>``, what
stands between ``<script>`` and ``</script>`` is no markup. What could not be a tag is one of kind BROKEN.

How it is fast: exports are written by a program, so the same few tags stand there again and again. The bytes are cut
at ``<`` and ``>``, and what is between is looked up among the tags that were read before; only a new one is read. A
stretch in which that would be wrong (a comment, a ``>`` inside of quotes) is read again with care.
"""

from __future__ import annotations

import re
from enum import IntEnum
from html import unescape
from html.entities import html5
from itertools import accumulate
from typing import Final

from safehand.sources.decoding import decode

VOID_NAMES: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements that have no end (HTML, 13.1.2)."""

RAW_NAMES: Final = frozenset({"script", "style", "textarea", "title"})
"""Elements whose content is no markup."""

_NO_REFERENCES: Final = frozenset({"script", "style"})

TELLING: Final = frozenset(
    {"href", "src", "srcset", "title", "alt", "aria-label", "datetime", "poster", "cite", "value", "content", "label"}
)
"""Attributes that say something to a reader of the page, and so does every ``data-…``. Others are layout."""

_SILENT: Final = frozenset({"class", "id", "style"})
_NONE: Final[frozenset[str]] = frozenset()

_MOST_KNOWN: Final = 4096
"""Tags that are remembered. An export has some fifty, and one of its own for each message."""
_LONGEST_KNOWN: Final = 512
"""Bytes of a tag that is remembered."""

_SPACE: Final = rb"[ \t\r\n\f]"
_STRICT: Final = re.compile(
    rb"(/?)([a-zA-Z][a-zA-Z0-9:-]*+)"
    rb"(?:" + _SPACE + rb"++[^ \t\r\n\f\"'<>/=]++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^ \t\r\n\f\"'=<>`/]++))?)*+"
    rb"" + _SPACE + rb"*+/?"
)
"""A tag, without its brackets, that every reader of HTML reads alike."""

_STRICT_ATTRIBUTE: Final = re.compile(
    "[ \\t\\r\\n\\f]([^ \\t\\r\\n\\f\"'<>/=]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^ \\t\\r\\n\\f\"'=<>`/]+)))?"
)
_ATTRIBUTE: Final = re.compile(
    rb"([^ \t\r\n\f/>=][^ \t\r\n\f/>=]*)"
    rb"(?:" + _SPACE + rb"*=" + _SPACE + rb"*(?:\"([^\"]*)\"|'([^']*)'|([^ \t\r\n\f>]+)))?"
)
_NAME: Final = re.compile(rb"[^ \t\r\n\f/>]+")

_MARKUP: Final = re.compile(
    rb"<(?:"
    rb"(!--(?:-?>|.*?--!?>))"  # a comment
    rb"|([!?][^>]*+>|/(?![a-zA-Z>])[^>]*+>|/>)"  # a declaration, or what a browser takes for a comment
    rb"|(/?[a-zA-Z][^ \t\r\n\f/>]*+"  # a tag
    rb"(?:[ \t\r\n\f/]++|[^ \t\r\n\f/>=][^ \t\r\n\f/>=]*+"
    rb"(?:" + _SPACE + rb"*+=" + _SPACE + rb"*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^ \t\r\n\f>]*+))?+|=)*+>)"
    rb")",
    re.DOTALL,
)
_OPENS: Final = re.compile(rb"<[a-zA-Z/!?]")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*(;?))(?P<next>[a-zA-Z0-9=]?)")

_MARKER: Final = re.compile(r"\[\[safehand left out [0-9]+ bytes\]\]")


class TagKind(IntEnum):
    """What a tag does."""

    OPEN = 0
    CLOSE = 1
    VOID = 2
    COMMENT = 3
    BROKEN = 4
    """Bytes that begin as a tag does and are none, or a declaration."""


class Tag:
    """One tag. The same value stands for all tags of the same bytes, so it holds no place and is never changed."""

    __slots__ = ("attributes", "classes", "guessed", "is_element", "is_markup", "kind", "name", "raw", "telling")

    def __init__(self, name: str, kind: TagKind, attributes: dict[str, str], raw: bytes, *, guessed: bool) -> None:
        self.name = name
        """In lower case; empty for comments and what is broken."""
        self.kind = kind
        self.is_markup = kind is not TagKind.COMMENT and kind is not TagKind.BROKEN
        self.is_element = kind is TagKind.OPEN or kind is TagKind.VOID
        self.attributes = attributes
        """By name in lower case, character references resolved; of one that is given twice, the first."""
        self.raw = raw
        """The bytes of the tag, brackets included."""
        self.guessed = guessed
        """An attribute's bytes are not UTF-8."""
        self.classes = frozenset(attributes["class"].split()) if "class" in attributes else _NONE
        self.telling: tuple[str, ...] = ()
        """The names of those attributes that say something to a reader of the page."""
        if not attributes.keys() <= _SILENT:
            self.telling = tuple(name for name in attributes if name in TELLING or name.startswith("data-"))

    def __repr__(self) -> str:
        return f"Tag({self.name!r}, {self.kind.name}, {self.attributes!r})"


class Tokens:
    """The tags of a stretch, and the bytes of text: ``lead`` before the first, ``texts[n]`` behind ``tags[n]``."""

    __slots__ = ("lead", "tags", "texts")

    def __init__(self, lead: bytes, tags: list[Tag], texts: list[bytes]) -> None:
        self.lead = lead
        self.tags = tags
        self.texts = texts

    def starts(self) -> list[int]:
        """The place of each tag's first byte."""
        sizes = (len(tag.raw) + len(text) for tag, text in zip(self.tags, self.texts, strict=True))
        return list(accumulate(sizes, initial=len(self.lead)))[:-1]


def tokenize(raw: bytes) -> Tokens:
    """The markup of ``raw``."""
    lead, *pieces = raw.split(b"<")
    if not pieces:
        return Tokens(lead, [], [])
    insides, brackets, texts = zip(*[piece.partition(b">") for piece in pieces], strict=True)
    if b"" in brackets:
        return _with_care(raw)
    try:
        tags = [_KNOWN[inside] for inside in insides]
    except _NotPlainError:
        return _with_care(raw)
    return Tokens(lead, tags, list(texts))


def plain(text: bytes) -> tuple[str, bool]:
    """The characters of a text, with references resolved, and whether its bytes had to be guessed."""
    words, guessed = decode(text)
    return (unescape(words) if "&" in words else words), guessed


def read_text(tag: Tag, text: bytes) -> tuple[str, bool]:
    """The text behind ``tag``, as ``plain`` gives it; in a script a character reference is none."""
    return decode(text) if tag.kind is TagKind.OPEN and tag.name in _NO_REFERENCES else plain(text)


def read_value(raw: bytes) -> tuple[str, bool]:
    """The value of an attribute, as ``plain`` gives a text.

    A reference without its semicolon counts only where nothing follows that could belong to it (HTML, 13.2.5.73):
    ``?a=1&copy=2`` has no copyright sign. Of a picture written into the page its length stands there in its place.
    """
    if raw[:5].lower() == b"data:":
        return _embedded(raw)
    words, guessed = decode(raw)
    return (_REFERENCE.sub(_resolve, words) if "&" in words else words), guessed


def is_embedded(value: str) -> bool:
    """Whether an attribute's value is a file written into the page, or the place where sealing has left one out."""
    return value[:5].lower() == "data:"


def is_left_out(value: str) -> bool:
    """Whether sealing has left a marker in its place: its bytes are no longer in the file."""
    return is_embedded(value) and _MARKER.search(value) is not None


def _embedded(raw: bytes) -> tuple[str, bool]:
    """``data:image/png;base64,[48211 bytes]``. It is measured and not copied: in base64 it is a picture still."""
    about, _, rest = raw[:200].partition(b",")
    words = decode(about)[0]
    marker = _MARKER.search(decode(rest)[0])
    return f"{words},{marker[0] if marker else f'[{max(0, len(raw) - len(about) - 1)} bytes]'}", False


def _resolve(found: re.Match[str]) -> str:
    reference = found[0][: len(found[0]) - len(found["next"])]
    name = reference[1:]
    if name.startswith("#") or name.endswith(";"):
        return unescape(reference) + found["next"]
    return unescape(reference) + found["next"] if not found["next"] and name in html5 else found[0]


class _NotPlainError(Exception):
    """A tag that has to be read with care."""


class _Known(dict[bytes, Tag]):
    """Tags that were read before, by what stands between their brackets."""

    def __missing__(self, inside: bytes) -> Tag:
        found = _STRICT.fullmatch(inside)
        if found is None:
            raise _NotPlainError
        tag = _strict_tag(found)
        if tag.name in RAW_NAMES:
            raise _NotPlainError
        if len(self) >= _MOST_KNOWN:
            self.clear()
        if len(inside) <= _LONGEST_KNOWN:
            self[inside] = tag
        return tag


def _strict_tag(found: re.Match[bytes]) -> Tag:
    """The tag of which _STRICT has found the inside."""
    inside = found[0]
    if not inside.isascii() or b"&" in inside or b"data:" in inside:
        return _tag(b"<" + inside + b">")
    name = found[2].decode("ascii").lower()
    if found[1]:
        return Tag(name, TagKind.CLOSE, {}, b"<" + inside + b">", guessed=False)
    attributes: dict[str, str] = {}
    for key, one, other, bare in _STRICT_ATTRIBUTE.findall(inside.decode("ascii"), found.end(2)):
        attributes.setdefault(key.lower(), one or other or bare)
    return Tag(
        name, TagKind.VOID if name in VOID_NAMES else TagKind.OPEN, attributes, b"<" + inside + b">", guessed=False
    )


_KNOWN: Final = _Known()


def _tag(raw: bytes) -> Tag:
    """The tag that ``raw`` is, brackets included."""
    closes = raw[1:2] == b"/"
    found = _NAME.match(raw, 2 if closes else 1)
    name = found[0].decode("latin-1").lower() if found else ""
    attributes: dict[str, str] = {}
    odd = False
    if not closes and found:
        for one in _ATTRIBUTE.finditer(raw, found.end(), len(raw) - 1):
            key, guessed = decode(one[1])
            value, also = read_value(one[2] or one[3] or one[4] or b"")
            odd = odd or guessed or also
            attributes.setdefault(key.lower(), value)
    kind = TagKind.CLOSE if closes else TagKind.VOID if name in VOID_NAMES else TagKind.OPEN
    return Tag(name, kind, attributes, raw, guessed=odd)


def _with_care(raw: bytes) -> Tokens:
    """The markup of ``raw``, one tag after another."""
    tags: list[Tag] = []
    cuts: list[tuple[int, int]] = []
    at = 0
    while (start := raw.find(b"<", at)) >= 0:
        found = _MARKUP.match(raw, start)
        if found is not None:
            at = found.end()
            tags.append(_markup(found))
        elif _OPENS.match(raw, start):
            # No end to it. A browser would show nothing of the rest; here it ends with the next bracket, if any.
            end = raw.find(b">", start)
            at = len(raw) if end < 0 else end + 1
            tags.append(Tag("", TagKind.BROKEN, {}, raw[start:at], guessed=False))
        else:
            at = start + 1
            continue
        cuts.append((start, at))
        if tags[-1].kind is TagKind.OPEN and tags[-1].name in RAW_NAMES:
            end = _raw_end(tags[-1].name, raw, at)
            at = len(raw) if end < 0 else end
    if not cuts:
        return Tokens(raw, [], [])
    nexts = [start for start, _ in cuts[1:]]
    texts = [raw[end:after] for (_, end), after in zip(cuts, [*nexts, len(raw)], strict=True)]
    return Tokens(raw[: cuts[0][0]], tags, texts)


def _markup(found: re.Match[bytes]) -> Tag:
    if found[3] is not None:
        return _tag(found[0])
    kind = TagKind.COMMENT if found[1] is not None else TagKind.BROKEN
    return Tag("", kind, {}, found[0], guessed=False)


def _raw_end(name: str, raw: bytes, at: int) -> int:
    """Where the end tag of a script or its like begins, or -1."""
    found = re.compile(rb"</" + name.encode("latin-1") + rb"(?=[ \t\r\n\f/>])", re.IGNORECASE).search(raw, at)
    return -1 if found is None else found.start()
