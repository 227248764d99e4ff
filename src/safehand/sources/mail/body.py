r"""What a mail says, and what is attached to it.

    text/plain                       the text
    text/plain or text/html          as a choice of one thing: the text; the page is named in ``rest``
    text/html                        anywhere else: the page with its tags taken off, and ``rest`` says so
    anything else                    an attachment: name, type, length

Line breaks are told as ``\n`` and those at the end are left out. Bytes that are not of the character set that is stated
are read as decoding.py reads them, and said so.
"""

from __future__ import annotations

import binascii
import codecs
import html
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from safehand.model.message import Attachment, MediaState
from safehand.sources.decoding import decode
from safehand.sources.json_fields import shown
from safehand.sources.mail.headers import Header
from safehand.sources.mail.parts import Part, Parts, Type, parts_of

_PLAIN: Final = frozenset({"", "us-ascii", "ascii", "utf-8", "utf8"})
_NO_CHARSETS: Final = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
"""Codecs of Python that are no character sets of mails."""
_MARKER: Final = re.compile(rb"\[\[safehand left out [0-9]+ bytes\]\]")
_QUOTED_FROM: Final = re.compile(rb"^>+From ", re.MULTILINE)
_HIDES: Final = re.compile(r"<(script|style|head|title)\b|<!--", re.IGNORECASE)
_HIDDEN_ENDS: Final = {
    name: re.compile(f"</{name}[ \\t\\r\\n]{{0,9}}>", re.IGNORECASE) for name in ("script", "style", "head", "title")
} | {"": re.compile("-->")}
_LINES: Final = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_EMPTY: Final = re.compile(r"\n{3,}")


class Body(NamedTuple):
    """``rest`` is what else is to be said of it, by name; ``quoted`` counts lines that begin with ``>From``."""

    text: str | None
    attachments: tuple[Attachment, ...] = ()
    guessed: bool = False
    whole: bool = True
    quoted: int = 0
    rest: dict[str, object] | None = None


def read_body(header: Header, lines: Iterable[bytes]) -> Body:
    """The body whose ``lines`` follow ``header``."""
    parts = parts_of(header, lines)
    read = [(part, *text_of(part)) for part in parts.parts if part.data is not None]
    # Several ways to say one thing, of which the plain one is told, if it says anything.
    told = {part.choice for part, text, _ in read if part.type.type == "text/plain" and text.strip()} - {0}
    shown = [one for one in read if one[0].type.type == "text/plain" or one[0].choice not in told]
    used = [part for part, _, _ in shown]
    words = [text if part.type.type == "text/plain" else page_words(text) for part, text, _ in shown]
    text = "\n".join(word for word in words if word)
    rest = _rest(parts, used, [part for part, _, _ in read if part.type.type == "text/html"])
    return Body(
        text or None,
        tuple(_attachment(part) for part in parts.parts if part.data is None),
        any(guessed for _, _, guessed in shown),
        parts.closed and all(part.whole for part in used),
        sum(len(_QUOTED_FROM.findall(part.data)) for part in used if part.data is not None),
        rest or None,
    )


def plain_text(data: bytes, kind: Type) -> tuple[str, bool]:
    """The words in ``data``, and whether any of them had to be guessed."""
    if kind.encoding == "quoted-printable":
        data = binascii.a2b_qp(data)
    elif kind.encoding == "base64":
        try:
            data = binascii.a2b_base64(data)
        except ValueError:
            return _tidy(decode(data)[0]), True
    charset = kind.charset or ""
    if charset in _PLAIN:
        text, guessed = decode(data)
        return _tidy(text), guessed
    try:
        if codecs.lookup(charset).name.replace("-", "_") not in _NO_CHARSETS:
            return _tidy(shown(data.decode(charset))), False
    except (LookupError, ValueError):
        pass
    return _tidy(decode(data)[0]), True


def text_of(part: Part) -> tuple[str, bool]:
    """The words of a part that is shown."""
    return plain_text(bytes(part.data or b""), part.type)


def page_words(page: str) -> str:
    """A page with its tags taken off: nothing is shown as it would look, and nothing but tags is lost."""
    text = _BLANKS.sub(" ", _without_hidden(page))
    text = html.unescape(_TAG.sub("", _LINES.sub("\n", text)))
    return _EMPTY.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip("\n")


def _without_hidden(page: str) -> str:
    """The page without scripts, styles, its head and comments. What has no end hides nothing."""
    kept: list[str] = []
    barren: set[str] = set()
    at = last = 0
    while (found := _HIDES.search(page, at)) is not None:
        name = (found[1] or "").lower()
        end = None if name in barren else _HIDDEN_ENDS[name].search(page, found.end())
        if end is None:
            barren.add(name)
            at = found.end()
            continue
        kept.append(page[last : found.start()])
        at = last = end.end()
    kept.append(page[last:])
    return "".join(kept)


def _tidy(text: str) -> str:
    return (text.replace("\r\n", "\n") if "\r" in text else text).rstrip("\n")


def _attachment(part: Part) -> Attachment:
    left_out = _MARKER.match(part.beginning.strip()) is not None
    return Attachment(
        MediaState.OMITTED if left_out else MediaState.EMBEDDED,
        part.type.name,
        None,
        part.type.type,
        None if left_out else part.length,
    )


def _rest(parts: Parts, used: list[Part], pages: list[Part]) -> dict[str, object]:
    rest: dict[str, object] = {}
    if any(part is page for page in pages for part in used):
        rest["text"] = "made of text/html by taking off its tags"
    others = [len(page.data or b"") for page in pages if not any(part is page for part in used)]
    if others:
        rest["text/html beside the text, in bytes"] = others
    beside = _tidy(decode(bytes(parts.beside))[0]).strip("\n ")
    if beside:
        rest["beside the parts"] = beside if parts.whole else f"{beside} …"
    if parts.left_out:
        rest["parts that are not told"] = parts.left_out
    return rest
