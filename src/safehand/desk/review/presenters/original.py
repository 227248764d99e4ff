r"""The bytes of a source file as text, nothing hidden in them, with the cited ones marked.

    b"hello\xe2\x80\xae"      hello[U+202E]
    b"caf\xc3"                 caf[byte C3]

A character that would not show, or would turn the ones beside it round, stands as its name in a box; a byte that is no
text stands as its number. What is marked is exactly the span the message cites, to the byte.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safehand.desk.core import say
from safehand.desk.review.presenters.rows import Context, Row, row
from safehand.desk.review.shown import Original

_BIDI_AND_INVISIBLE: Final = ("Cf", "Zl", "Zp", "Co", "Cn", "Cs")
"""General categories that draw nothing or move others (Unicode UAX #44); joiners within emoji are let through."""

_LET_THROUGH: Final = frozenset("\u200c\u200d")
_CONTROL_NAMES: Final = {"\t": "tab", "\r": "CR", "\0": "NUL", "\ufeff": "BOM"}


class Part(StrEnum):
    """What a stretch of the view is."""

    TEXT = "text"
    NEWLINE = "newline"
    NAMED = "named"
    """A character or byte that is named instead of shown."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the view."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The page: bytes left, message right."""

    conversation: int
    number: int
    shown: str
    file: str
    start: str
    last: str
    count: str
    before: tuple[Stretch, ...]
    cited: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    starts_later: bool
    """There is more of the file before what is shown."""
    ends_sooner: bool
    cut: str
    """Said when the cited bytes are too many to show all."""
    line: str
    rows: tuple[Row, ...]
    selected: Row
    earlier: int | None
    later: int | None


def beside(original: Original) -> Beside:
    """Present a message and its bytes."""
    conversation, number = original.conversation.number, original.line.number
    encoding = encoding_of(original.head)
    context = Context(original.case.reference, conversation, number, number)
    befores = (None, *original.about)
    rows = tuple(row(line, before, context) for line, before in zip(original.about, befores, strict=False))
    selected = row(original.line, None, context, line_number=original.line_number)
    size = original.end - original.start
    cut = len(original.cited) < size
    return Beside(
        conversation=conversation,
        number=number,
        shown=say.count(number),
        file=original.file.id,
        start=say.count(original.start),
        last=say.count(max(original.start, original.end - 1)),
        count=say.counted(size, "byte"),
        before=visible(original.before, encoding),
        cited=visible(original.cited, encoding),
        after=visible(original.after, encoding),
        starts_later=original.start > len(original.before),
        ends_sooner=original.end + len(original.after) < original.file.size,
        cut=f"The first {say.count(len(original.cited))} of {say.counted(size, 'byte')} are shown." if cut else "",
        line=say.count(original.line_number) if original.line_number is not None else "",
        rows=rows,
        selected=selected,
        earlier=original.earlier,
        later=original.later,
    )


def encoding_of(head: bytes) -> str:
    """UTF-16 where the file begins with its mark, else UTF-8."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    return "utf-8"


def visible(data: bytes, encoding: str = "utf-8") -> tuple[Stretch, ...]:
    """Bytes as stretches in which nothing is hidden."""
    return visible_text(data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace"))


def visible_text(text: str) -> tuple[Stretch, ...]:
    """The same for text."""
    stretches: list[Stretch] = []
    plain: list[str] = []
    for character in text:
        named = _name(character)
        if named is None and character != "\n":
            plain.append(character)
            continue
        if plain:
            stretches.append(Stretch(Part.TEXT, "".join(plain)))
            plain.clear()
        stretches.append(Stretch(Part.NEWLINE, "\n") if named is None else Stretch(Part.NAMED, named))
    if plain:
        stretches.append(Stretch(Part.TEXT, "".join(plain)))
    return tuple(stretches)


def _name(character: str) -> str | None:
    if character == "\n" or character in _LET_THROUGH:
        return None
    if character in _CONTROL_NAMES:
        return _CONTROL_NAMES[character]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"byte {code - 0xDC00:02X}"
    category = unicodedata.category(character)
    if category == "Cc" or category in _BIDI_AND_INVISIBLE:
        return f"U+{code:04X}"
    return None
