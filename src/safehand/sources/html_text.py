r"""What an element of a page says: its text, and which stretches of it are marked. Used by html_blocks.py.

    <div>\n See <b>the <i>gate</i></b><br>at nine </div>
    Content("See the gate\nat nine", (Entity(4, 12, "bold"), Entity(8, 12, "italic")))

Blanks at the two ends are layout and are left out; those inside stand as they are in the bytes, for nobody can tell
those that a person typed from others. ``<br>`` is a line break, together with the line break in the bytes that follows
it, and so is where a ``<div>``, a paragraph or a table row begins or ends, unless a line begins there anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

import msgspec

from safehand.model.message import Entity
from safehand.sources.html_tokens import Tag, TagKind

LAYOUT: Final = " \t\r\n\f"
"""Blanks as HTML has them. A no-break space is none of them: somebody wrote it."""

MARKS: Final[Mapping[str, str]] = {
    "a": "link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "del": "strikethrough",
    "strike": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
"""Elements that mark a stretch of a text, and what they make of it."""

LINES: Final = frozenset({
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tr", "ul",
})  # fmt: skip
"""Elements that stand on lines of their own."""

MarkOf: TypeAlias = Callable[[Tag], tuple[str, str | None] | None]
"""Of an opening tag: the type of the mark it is and what it points to, or None."""


class Content(NamedTuple):
    """What an element says."""

    text: str
    entities: tuple[Entity, ...] = ()
    guessed: bool = False
    """Some bytes of it are not UTF-8."""


def mark_of(tag: Tag) -> tuple[str, str | None] | None:
    """The mark that MARKS gives a tag, with a link's target."""
    kind = MARKS.get(tag.name)
    return None if kind is None else (kind, tag.attributes.get("href") or None)


def after_break(words: str) -> str:
    """The text behind a ``<br>``, without the line break that some write beside it."""
    return words.removeprefix("\r").removeprefix("\n") if words[:1] in "\r\n" else words


class Writer:
    """Puts the text of one element together."""

    __slots__ = (
        "_after_br",
        "_begun",
        "_closings",
        "_entities",
        "_length",
        "_line_due",
        "_marks",
        "_parts",
        "_tags",
        "_words",
    )

    def __init__(
        self, tags: list[Tag], closings: list[int], words: Callable[[int], str], marks: MarkOf = mark_of
    ) -> None:
        """``words`` gives the text behind a tag."""
        self._tags = tags
        self._closings = closings
        self._words = words
        self._marks = marks
        self._parts: list[str] = []
        self._length = 0
        self._line_due = False
        self._after_br = False
        self._begun: list[tuple[int, int, str, str | None]] = []
        """Marks that have begun: where they end, as a tag's index; where they began in the text; type and target."""
        self._entities: list[Entity] = []

    def content(self, index: int, end: int) -> tuple[str, tuple[Entity, ...]]:
        """The text between the tags ``index`` and ``end``, and its marks."""
        for at in range(index, end):
            if at > index:
                self._tag(at)
            self._text(self._words(at))
        self._end_marks(end)
        text = "".join(self._parts)
        kept = text.rstrip(LAYOUT)
        cut = len(kept) - len(kept.lstrip(LAYOUT))
        moved = (
            msgspec.structs.replace(one, start=max(0, one.start - cut), end=min(one.end, len(kept)) - cut)
            for one in sorted(self._entities, key=lambda one: (one.start, -one.end))
        )
        return kept[cut:], tuple(one for one in moved if one.start < one.end)

    def _tag(self, at: int) -> None:
        tag = self._tags[at]
        self._end_marks(at)
        if tag.name == "br":
            self._line_due = False
            self._put("\n")
            self._after_br = True
        elif tag.name in LINES:
            self._line_due = True
        if tag.kind is TagKind.OPEN:
            mark = self._marks(tag)
            if mark is not None:
                self._end_line()
                self._begun.append((self._closings[at], self._length, *mark))

    def _text(self, words: str) -> None:
        if self._after_br and words:
            self._after_br = False
            words = after_break(words)
        if self._line_due:
            words = words.lstrip(LAYOUT)
            if words:
                self._end_line()
        if words:
            self._put(words)

    def _end_line(self) -> None:
        """A line begins here, if one is due and none has begun."""
        if self._line_due and self._parts:
            last = self._parts[-1].rstrip(" \t")
            if len(last) < len(self._parts[-1]):
                self._length -= len(self._parts[-1]) - len(last)
                self._parts[-1] = last
                self._entities = [
                    msgspec.structs.replace(one, end=min(one.end, self._length)) for one in self._entities
                ]
            if self._length and not last.endswith("\n"):
                self._put("\n")
        self._line_due = False

    def _put(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _end_marks(self, at: int) -> None:
        while self._begun and self._begun[-1][0] <= at:
            _, start, kind, target = self._begun.pop()
            self._entities.append(Entity(start, self._length, kind, target))
