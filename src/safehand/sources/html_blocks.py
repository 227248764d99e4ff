r"""One block of an HTML export as a tree: look for an element, read it, and ask at the end what nobody has read.

    block = Block(b'<div class="message"><b class="from">Priya</b><div class="text">A <a href="x">plan</a></div></div>')
    block.find("from").text()              "Priya"
    block.find("text").content()           Content("A plan", (Entity(2, 6, "link", "x"),))
    block.unread()                         []        or [("div.media/img@src", "photos/p1.jpg")]: into ``extra`` with it

That nothing a page shows is ever dropped rests on ``unread``: each text, and each attribute that says something
(html_tokens.TELLING), is either read by a field, passed over by name, or told there. ``extra_of`` makes it the JSON
that ``Message.extra`` holds. How an element's text is put together: html_text.py. Nothing here raises; what is damaged
is read as far as it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import orjson

from safehand.model.message import Entity, MediaState
from safehand.sources.html_text import LAYOUT, Content, MarkOf, Writer, after_break, mark_of
from safehand.sources.html_tokens import Tag, TagKind, is_embedded, is_left_out, plain, read_text, tokenize

_OPEN, _CLOSE, _VOID, _COMMENT, _BROKEN = TagKind

_PASSED: Final = 2
_NO_TAG: Final = Tag("", _BROKEN, {}, b"", guessed=False)


class Block:
    """A stretch of HTML that is being read. Places are indices of its tags."""

    __slots__ = ("closings", "guessed", "lead", "read", "read_attributes", "tags", "texts")

    def __init__(self, raw: bytes) -> None:
        tokens = tokenize(raw)
        self.lead = tokens.lead
        self.tags = tokens.tags
        self.texts = tokens.texts
        self.closings = closings(self.tags)
        """Of each tag that opens an element, the index of the one that ends it."""
        self.guessed = False
        """Bytes that are not UTF-8 stand in something that was read."""
        self.read = bytearray(len(self.tags))
        """Of each tag: 1 where the text behind it was read, 2 where the element it stands in was passed over."""
        self.read_attributes: set[tuple[int, str]] = set()

    @property
    def root(self) -> Element:
        """The first element. Where there is none, one that says nothing."""
        return self.first(-1, len(self.tags), None, None) or Element(self, len(self.tags))

    def find(self, class_: str | None = None, name: str | None = None) -> Element | None:
        """The first element with this class, or name, or both."""
        return self.first(-1, len(self.tags), class_, name)

    def find_all(self, class_: str | None = None, name: str | None = None) -> Iterator[Element]:
        """Each of them, in the order of the page."""
        return self.search(-1, len(self.tags), class_, name)

    def first(self, index: int, end: int, class_: str | None, name: str | None) -> Element | None:
        """The first of them between the tags ``index`` and ``end``."""
        tags = self.tags
        for at in range(index + 1, end):
            tag = tags[at]
            if (tag.name == name or name is None) and (class_ is None or class_ in tag.classes) and tag.is_element:
                return Element(self, at)
        return None

    def search(self, index: int, end: int, class_: str | None, name: str | None) -> Iterator[Element]:
        """Each of them between the tags ``index`` and ``end``."""
        while (found := self.first(index, end, class_, name)) is not None:
            yield found
            index = found.index

    def unread(self) -> list[tuple[str, str]]:
        """What nobody has read: where it stands, and what it says. Comments too, although no page shows them."""
        found: list[tuple[str, str]] = []
        if self.lead and not self.lead.isspace():
            found.append(("", plain(self.lead)[0].strip(LAYOUT)))
        read, texts = self.read, self.texts
        for index, tag in enumerate(self.tags):
            if tag.telling:
                found += [
                    (f"{self._place(index)}@{name}", tag.attributes[name])
                    for name in tag.telling
                    if tag.attributes[name] and (index, name) not in self.read_attributes
                ]
            if not tag.is_markup and read[index] < _PASSED:
                found.append((self._place(index), plain(tag.raw)[0]))
            if read[index]:
                continue
            text = texts[index]
            if text and not text.isspace():
                found.append((self._text_place(index), self.words(index).strip(LAYOUT)))
        return found

    def words(self, index: int) -> str:
        """The text behind a tag."""
        words, guessed = read_text(self.tags[index], self.texts[index])
        self.guessed = self.guessed or guessed
        return words

    def _around(self, index: int) -> list[int]:
        """The elements that a tag stands in, the outermost first."""
        return [at for at in range(index) if self.tags[at].kind is _OPEN and self.closings[at] > index]

    def _place(self, index: int) -> str:
        """``div.media/a``: of a tag."""
        own = {_COMMENT: "comment", _BROKEN: "markup"}.get(self.tags[index].kind) or _label(self.tags[index])
        return "/".join([*(_label(self.tags[at]) for at in self._around(index)[-1:]), own])

    def _text_place(self, index: int) -> str:
        """Of the text behind a tag: the elements it stands in."""
        around = self._around(index)
        if self.tags[index].kind is _OPEN:
            around.append(index)
        return "/".join(_label(self.tags[at]) for at in around[-2:])


class Element:
    """One element of a block."""

    __slots__ = ("_block", "_end", "index", "tag")

    def __init__(self, block: Block, index: int) -> None:
        self._block = block
        self.index = index
        inside = index < len(block.tags)
        self._end = block.closings[index] if inside else index
        self.tag = block.tags[index] if inside else _NO_TAG
        """Its opening tag."""

    @property
    def name(self) -> str:
        """``div``"""
        return self.tag.name

    @property
    def classes(self) -> frozenset[str]:
        """The words of its attribute ``class``."""
        return self.tag.classes

    @property
    def end(self) -> int:
        """The index of the tag that ends it."""
        return self._end

    @property
    def is_closed(self) -> bool:
        """Whether its end stands there."""
        tags = self._block.tags
        return self.tag.kind is _OPEN and self._end < len(tags) and tags[self._end].name == self.tag.name

    def attribute(self, name: str) -> str | None:
        """The value of an attribute, which is read by this."""
        value = self.tag.attributes.get(name)
        if value is not None:
            self._block.read_attributes.add((self.index, name))
            self._block.guessed = self._block.guessed or self.tag.guessed
        return value

    def embedded(self, name: str) -> MediaState | None:
        """Whether an attribute holds a file itself: EMBEDDED, or OMITTED where sealing has taken it out; else None."""
        value = self.tag.attributes.get(name, "")
        if not is_embedded(value):
            return None
        return MediaState.OMITTED if is_left_out(value) else MediaState.EMBEDDED

    def find(self, class_: str | None = None, name: str | None = None) -> Element | None:
        """The first element inside of this one with this class, or name, or both."""
        return self._block.first(self.index, self._end, class_, name)

    def find_all(self, class_: str | None = None, name: str | None = None) -> Iterator[Element]:
        """Each of them."""
        return self._block.search(self.index, self._end, class_, name)

    def children(self) -> Iterator[Element]:
        """The elements that stand in this one and in no other of it."""
        block, at = self._block, self.index + 1
        while at < self._end:
            if block.tags[at].is_element:
                yield Element(block, at)
            at = max(block.closings[at], at + 1)

    def text(self) -> str:
        """What it says, all inside included, without marks."""
        return self.content().text

    def peek(self) -> str:
        """The same without its being read by this: for what decides how something else is read."""
        block = self._block
        read, guessed = bytes(block.read), block.guessed
        text = self.content().text
        block.read[:], block.guessed = read, guessed
        return text

    def own_text(self) -> str:
        """What stands in it and in no element of it."""
        block, at = self._block, self.index
        words: list[str] = []
        while at < self._end:
            if at == self.index or block.tags[at].kind is not _OPEN:
                words.append(block.words(at))
                block.read[at] = 1
                at += 1
            else:
                at = max(block.closings[at], at + 1)
                if at < self._end:
                    words.append(block.words(at))
                    block.read[at] = 1
                    at += 1
        return "".join(words).strip(LAYOUT)

    def content(self, marks: MarkOf = mark_of) -> Content:
        """What it says, with the stretches that are marked as a link, bold and so on. All of it is read by this.

        ``marks`` says of a tag which type of mark it is, and what it points to.
        """
        block, index, end = self._block, self.index, self._end
        before, block.guessed = block.guessed, False
        if end == index + 1 and self.tag.kind is _OPEN:  # nothing but text: the commonest by far
            text = block.words(index).strip(LAYOUT)
            entities: tuple[Entity, ...] = ()
        elif self.tag.kind is _OPEN and all(tag.name == "br" for tag in block.tags[index + 1 : end]):
            lines = [block.words(at) for at in range(index, end)]
            lines[1:] = map(after_break, lines[1:])
            text, entities = "\n".join(lines).strip(LAYOUT), ()
        else:
            text, entities = Writer(block.tags, block.closings, block.words, marks).content(index, end)
            targets = {one.target for one in entities}
            for at in range(index + 1, end):
                if block.tags[at].attributes.get("href") in targets:
                    block.read_attributes.add((at, "href"))
        block.read[index:end] = b"\1" * (end - index)
        guessed, block.guessed = block.guessed, before or block.guessed
        return Content(text, entities, guessed)

    def pass_over(self) -> None:
        """It says nothing that a message has: everything in it counts as read, its attributes too."""
        block, index, end = self._block, self.index, self._end
        block.read[index:end] = bytes([_PASSED]) * (end - index)
        for at in range(index, end):
            block.read_attributes.update((at, name) for name in block.tags[at].telling)


def closings(tags: list[Tag]) -> list[int]:
    """For each tag that opens an element the index of the tag that ends it, or that of the end of what it stands in.

    For any other tag the index after its own: it encloses nothing.
    """
    found = list(range(1, len(tags) + 1))
    stack: list[int] = []
    for index, tag in enumerate(tags):
        if tag.kind is _OPEN:
            stack.append(index)
        elif tag.kind is _CLOSE and stack:
            if tags[stack[-1]].name == tag.name:
                found[stack.pop()] = index
            elif any(tags[at].name == tag.name for at in stack):
                # What was opened inside of it and never closed ends with it.
                while tags[at := stack.pop()].name != tag.name:
                    found[at] = index
                found[at] = index
    for at in stack:
        found[at] = len(tags)
    return found


def extra_of(unread: Iterable[tuple[str, str]]) -> str:
    """What was not read, as a JSON object: ``{"div.media/a@href": "plan.pdf"}``. A place with several has a list."""
    found: dict[str, str | list[str]] = {}
    for where, value in unread:
        before = found.get(where)
        if before is None:
            found[where] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            found[where] = [before, value]
    return orjson.dumps(found).decode("utf-8")


def _label(tag: Tag) -> str:
    return ".".join([tag.name, *tag.attributes.get("class", "").split()])
