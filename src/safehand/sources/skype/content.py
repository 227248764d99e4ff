r"""The content of a Skype message: words with marks in angle brackets, which are not quite HTML.

    see <a href="https://example.org">https://example.org</a> &amp; call <ss type="smile">:)</ss><e_m ts_ms="…"></e_m>
        → "see https://example.org & call :)", a link, an emoticon, edited at …
    <quote author="live:me" messageid="1612137500000"><legacyquote>[…] Me: </legacyquote>tea?</quote>yes
        → "yes", which answers "tea?"

What a person typed is escaped, so every tag is the program's. A tag that nobody knew is ``strange``: its words stay,
and the whole content is kept beside them. So are a quote that does not end, whose words nobody can tell from the
sender's and which stay as such, and the end of one that did not begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.model.message import Entity

_TAG: Final = re.compile(r"<(/?)([A-Za-z_][A-Za-z0-9_]{0,40})((?:\s[^<>]*)?)>|<([A-Za-z_][A-Za-z0-9_]{0,40})/>")
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z_][A-Za-z0-9_-]{0,40})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE: Final = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_LAST: Final = 0x10FFFF
_HALVES: Final = range(0xD800, 0xE000)

_DEEPEST: Final = 64
"""Marks inside of one another that are followed."""

MARKS: Final = {
    "a": ("link", "href"),
    "b": ("bold", ""),
    "i": ("italic", ""),
    "s": ("strikethrough", ""),
    "u": ("underline", ""),
    "pre": ("pre", ""),
    "code": ("code", ""),
    "ss": ("emoticon", "type"),
    "at": ("mention", "id"),
}
"""Tags that mark a stretch of words: what they make of it, and the attribute that says what it points to."""


@dataclass(slots=True)
class Tag:
    """A tag as it stands there."""

    name: str
    attributes: dict[str, str]
    closes: bool = False
    alone: bool = False


@dataclass(slots=True)
class Words:
    """What a content says."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    quote: Tag | None = None
    quoted: str | None = None
    edit: Tag | None = None
    strange: bool = False
    """Something in it has no place, or is not known."""


def unescape(text: str) -> str:
    """The five references of XML, and numbers. Any other stays as it stands."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def tags_of(content: str) -> list[tuple[str, Tag | None]]:
    """The words, each with the tag that follows them; behind the last there is none."""
    found: list[tuple[str, Tag | None]] = []
    at = 0
    for match in _TAG.finditer(content):
        slash, name, rest, alone = match.groups()
        tag = Tag(alone, {}, alone=True) if alone else Tag(name, {}, closes=bool(slash), alone=rest.endswith("/"))
        if rest:
            tag.attributes = {
                key: unescape(double if double or not single else single)
                for key, double, single in _ATTRIBUTE.findall(rest)
            }
        found.append((unescape(content[at : match.start()]), tag))
        at = match.end()
    found.append((unescape(content[at:]), None))
    return found


def read_words(content: str) -> Words:
    """What a content says, and what it answers."""
    reader = _Reader()
    for said, tag in tags_of(content):
        reader.words(said)
        if tag is not None:
            reader.tag(tag)
    return reader.end()


class _Reader:
    __slots__ = ("_begun", "_found", "_inside", "_length", "_parts", "_quoted", "_since")

    def __init__(self) -> None:
        self._found = Words()
        self._parts: list[str] = []
        self._quoted: list[str] = []
        self._length = 0
        self._inside: list[str] = []
        """Of ``quote`` and ``legacyquote``: those that have begun."""
        self._since: list[str] = []
        """All words since the outermost of them began."""
        self._begun: list[tuple[str, int, str | None]] = []

    def words(self, said: str) -> None:
        """Words: the sender's, or what is quoted, or what older programs were to show of a quote."""
        if not self._inside:
            self._parts.append(said)
            self._length += len(said)
            return
        self._since.append(said)
        if self._inside[-1] == "quote":
            self._quoted.append(said)

    def tag(self, tag: Tag) -> None:
        """A tag between words."""
        if tag.name in {"quote", "legacyquote"}:
            self._quote(tag)
        elif tag.name == "e_m":
            if not tag.closes:
                self._found.edit = tag
        elif tag.name == "br":
            self.words("\n")
        elif tag.name not in MARKS:
            self._found.strange = True
        elif not self._inside:
            self._mark(tag)

    def _quote(self, tag: Tag) -> None:
        if tag.closes:
            if tag.name not in self._inside:
                self._found.strange = True
                return
            while self._inside.pop() != tag.name:
                pass
            if not self._inside:
                self._since.clear()
        elif not tag.alone:
            if tag.name == "quote":
                self._found.strange = self._found.strange or self._found.quote is not None
                self._found.quote = self._found.quote or tag
            if len(self._inside) < _DEEPEST:
                self._inside.append(tag.name)
            else:
                self._found.strange = True

    def _mark(self, tag: Tag) -> None:
        if not tag.closes:
            if len(self._begun) >= _DEEPEST:
                self._found.strange = True
            elif not tag.alone:
                self._begun.append((tag.name, self._length, tag.attributes.get(MARKS[tag.name][1]) or None))
            return
        for index in range(len(self._begun) - 1, -1, -1):
            name, start, target = self._begun[index]
            if name == tag.name:
                del self._begun[index]
                if start < self._length:
                    self._found.entities.append(Entity(start, self._length, MARKS[name][0], target))
                return

    def end(self) -> Words:
        """All of it."""
        found = self._found
        if self._inside:  # nobody can tell whose these words are, so none of them is called quoted
            found.strange = True
            self._parts += self._since
            self._quoted.clear()
        found.text = "".join(self._parts)
        found.quoted = "".join(self._quoted).strip("\n") or None
        found.entities.sort(key=lambda one: (one.start, -one.end))
        return found


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, named = found.groups()
    if named:
        return _NAMED[named]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if 0 < number <= _LAST and number not in _HALVES else found[0]
