r"""Attributes of one XML record, and their values as text: entities, and the halves of characters that XML forbids.

    address="+447700900123" body="see you at ten &amp; bring gloves &#55358;&#56661;"
        → {"address": "+447700900123", "body": "see you at ten & bring gloves 🥕"}   repaired: True

A character beyond U+FFFF has one reference in XML ("&#129365;"). Older backups write it as two, one for each half that
UTF-16 has of it; every parser refuses that. A pair is read as the character it means; a half alone is U+FFFD.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from safehand.sources.decoding import decode

_ATTRIBUTE: Final = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE: Final = re.compile(r"&(?:#(\d{1,8})|#x([0-9A-Fa-f]{1,8})|(lt|gt|amp|quot|apos));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_LAST: Final = 0x10FFFF
_AROUND: Final = re.compile(rb"\A<[\w:.-]+|/?>\s*\Z")
"""What a start tag is, but for its attributes."""


class Value(NamedTuple):
    """A value as text. ``raw`` is what stood there, where the text is not what an XML parser would give."""

    text: str
    raw: str | None = None
    guessed: bool = False
    """Bytes that are not UTF-8, or half a character."""


def attributes_of(tag: bytes) -> dict[str, bytes]:
    """The attributes of one start tag, as their bytes. Of two of one name the last."""
    return {
        name.decode("ascii"): double if double or not single else single
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


class Tag(NamedTuple):
    """The attributes of one start tag, and what a well-formed one does not have."""

    fields: dict[str, bytes]
    """Of two of one name the last."""
    repeated: dict[str, list[bytes]]
    """All spellings of a name that stands twice, in their order."""
    stray: bytes
    """What stands in the tag and is no attribute: words behind a quotation mark that nobody escaped."""


def read_tag(tag: bytes) -> Tag:
    """One start tag, to the last byte."""
    spelled: dict[str, list[bytes]] = {}
    for name, double, single in _ATTRIBUTE.findall(tag):
        spelled.setdefault(name.decode("ascii"), []).append(double if double or not single else single)
    fields = {name: values[-1] for name, values in spelled.items()}
    repeated = {name: values for name, values in spelled.items() if len(values) > 1}
    return Tag(fields, repeated, _AROUND.sub(b"", _ATTRIBUTE.sub(b" ", tag).strip()).strip())


def value_of(raw: bytes) -> Value:
    """One value, references read."""
    text, guessed = decode(raw)
    if "&" not in text:
        return Value(text, None, guessed)
    read = _REFERENCE.sub(_character, text)
    if _HALF.search(read) is None:
        return Value(read, None, guessed)
    paired = _PAIR.sub(_joined, read)
    shown = _HALF.sub("\ufffd", paired)
    return Value(shown, text, guessed or shown != paired)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, named = found.groups()
    if named:
        return _NAMED[named]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number <= _LAST else found[0]


def _joined(found: re.Match[str]) -> str:
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
