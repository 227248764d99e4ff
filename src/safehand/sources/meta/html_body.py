"""What one message of Meta's pages says: words, files, what was passed on, reactions.

    <div class="_3-95 _a6-p"><div>
      <div></div>
      <div>Look at this</div>                                                   words
      <div><div><div>A title</div><div>who owns it</div><div><a href="https://…">https://…</a></div></div></div>
      <div><a href="…/photos/1.jpg"><img src="…/photos/1.jpg"></a></div>        a file: its name, never opened
      <div><ul class="_a6-q"><li><span>❤️name<span> (Apr 23, 2022 5:32 pm)</span></span></li></ul></div>
    </div></div>

What a part is, is told by what stands in it and not by its place among the others: places have changed. An address of
the export's own is a file; one of the web is a link, and where it stands alone in a part, something passed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from safehand.model.message import Attachment, Entity, MediaState, Share
from safehand.sources.html_blocks import Element
from safehand.sources.html_text import LINES
from safehand.sources.meta.html_layout import DURATION, REACTIONS

_MEDIA: Final = frozenset({"img", "video", "audio", "source"})
_BLOCKS: Final = LINES | {"td", "th", "tbody", "table"}
_REMOTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_FOLDERS: Final = {
    "photos": "photo",
    "videos": "video",
    "audio": "audio",
    "gifs": "gif",
    "files": "file",
    "stickers_used": "sticker",
}
"""The folders of an export, and the word that Meta's JSON has for what is in them."""
_ELEMENTS: Final = {"img": "photo", "video": "video", "audio": "audio"}
_DEEPEST: Final = 40
"""Elements inside of one another that are told apart: real pages have eight."""
_CLICK: Final = frozenset({"Click for video:", "Click for audio:"})
"""What stands in a player for programs that cannot play."""


@dataclass(slots=True)
class _Line:
    """A line of words, and the part of the message it stands in."""

    part: int
    text: str
    entities: tuple[Entity, ...]
    link: str | None
    """The address, where the line is nothing but a link."""
    is_inner: bool
    """It stands inside of another element of its part."""
    is_duration: bool = False


@dataclass(slots=True)
class Body:
    """What was found."""

    text: str | None = None
    entities: tuple[Entity, ...] = ()
    attachments: list[Attachment] = field(default_factory=list)
    share: Share | None = None
    reactions: list[Element] = field(default_factory=list)
    """The lines of the list of reactions."""
    duration: str | None = None
    has_table: bool = False
    guessed: bool = False
    cells: list[str] = field(default_factory=list)
    """What stands in the cells of a table that hold a value."""


def read_body(*elements: Element) -> Body:
    """Everything in the element that holds what was said, or in several of them."""
    return _Reader().read(elements)


class _Reader:
    """One walk through a body."""

    def __init__(self) -> None:
        self._body = Body()
        self._lines: list[_Line] = []
        self._part = 0
        self._depth = 0

    def read(self, elements: tuple[Element, ...]) -> Body:
        for element in elements:
            if self._is_line(element):
                self._line(element)
                continue
            holder, parts = _parts(element)
            for around in (element, holder) if holder is not element else (element,):
                own = around.own_text()
                if own:
                    self._lines.append(_Line(0, own, (), None, is_inner=False))
            for part in parts:
                self._part += 1
                self._depth = 0
                self._visit(part)
        self._tell()
        return self._body

    def _visit(self, element: Element) -> None:
        name = element.name
        if name == "ul" and not REACTIONS.isdisjoint(element.classes):
            self._body.reactions += element.find_all(name="li")
        elif name in _MEDIA:
            self._file(element)
        elif name == "a" and (element.find(name="img") or element.find(name="video") or element.find(name="audio")):
            self._wrapped(element)
        elif name == "a" and _is_local(element.tag.attributes.get("href")):
            self._named(element)
        elif self._depth >= _DEEPEST or self._is_line(element):
            self._line(element)
        else:
            self._inside(element)

    def _inside(self, element: Element) -> None:
        """An element with others in it that stand on lines of their own."""
        self._body.has_table = self._body.has_table or element.name == "table"
        own = element.own_text()
        if own:
            self._add(element, own, (), None)
        self._depth += 1
        for child in element.children():
            self._visit(child)
        self._depth -= 1

    def _is_line(self, element: Element) -> bool:
        """Whether it is words, with marks and links, and nothing else."""
        return not any(
            one.name in _MEDIA
            or one.name in _BLOCKS
            or DURATION in one.classes
            or (one.name == "a" and _is_local(one.tag.attributes.get("href")))
            for one in element.find_all()
        )

    def _line(self, element: Element) -> None:
        text, entities, guessed = element.content()
        self._body.guessed = self._body.guessed or guessed
        if element.name == "a":
            link = element.attribute("href")
        else:
            alone = len(entities) == 1 and (entities[0].start, entities[0].end) == (0, len(text))
            link = entities[0].target if alone and entities[0].type == "link" else None
        if text or link:
            self._add(element, text, entities, link)

    def _add(self, element: Element, text: str, entities: tuple[Entity, ...], link: str | None) -> None:
        self._lines.append(
            _Line(self._part, text, entities, link, self._depth > 0, is_duration=DURATION in element.classes)
        )
        if "_a6_r" in element.classes:
            self._body.cells.append(text)

    def _file(self, element: Element, address: str | None = None) -> None:
        """A picture or a player. ``address`` is what the link around it says."""
        state, src = element.embedded("src"), element.attribute("src")
        for inner in element.find_all() if element.is_closed else ():
            if inner.name == "source" and not src:
                state, src = inner.embedded("src"), inner.attribute("src")
            for which in ("href", "src"):
                if inner.tag.attributes.get(which) in {src, address}:
                    inner.attribute(which)
            if inner.is_closed and inner.peek() in _CLICK:
                inner.text()
        if element.is_closed and element.peek() in _CLICK:
            element.text()
        name = None if state is not None else (src or address or None)
        self._body.attachments.append(
            Attachment(
                state or (MediaState.NAMED if name else MediaState.MISSING),
                name,
                kind_of_file(element.name, name or address),
            )
        )

    def _wrapped(self, link: Element) -> None:
        """A link around a picture: to the same file, mostly."""
        href = link.tag.attributes.get("href")
        for inner in link.find_all():
            if inner.name in _MEDIA and inner.name != "source":
                before = len(self._body.attachments)
                self._file(inner, href)
                if self._body.attachments[before].name == href or not href:
                    link.attribute("href")
        own = link.own_text()
        if own:
            self._lines.append(_Line(self._part, own, (), None, is_inner=True))

    def _named(self, link: Element) -> None:
        """A link to a file of the export, by its name."""
        href = link.attribute("href") or ""
        words = link.peek()
        if words in {href, href.rpartition("/")[2], ""}:
            link.text()
        self._body.attachments.append(Attachment(MediaState.NAMED, href, kind_of_file(link.name, href)))

    def _tell(self) -> None:
        """Put the lines together: what was passed on apart from what was said."""
        body = self._body
        shared = {line.part for line in self._lines if line.link is not None and line.is_inner}
        if body.has_table:
            shared = set()
        for part in sorted(shared):
            self._share([line for line in self._lines if line.part == part])
        said = [line for line in self._lines if line.part not in shared]
        words: list[str] = []
        entities: list[Entity] = []
        length = 0
        for line in said:
            if not line.text:
                continue
            if line.is_duration or (words and line.text.startswith("Duration: ")):
                body.duration = line.text
            entities += [
                Entity(one.start + length, one.end + length, one.type, one.target) for one in line.entities
            ] or ([Entity(length, length + len(line.text), "link", line.link)] if line.link else [])
            words.append(line.text)
            length += len(line.text) + 1
        body.text, body.entities = "\n".join(words) or None, tuple(entities)

    def _share(self, lines: list[_Line]) -> None:
        """A link with what stands beside it: with two lines, a title and who owns it."""
        link = next(line for line in lines if line.link is not None and line.is_inner)
        beside = [line.text or line.link or "" for line in lines if line is not link]
        if link.text and link.text != link.link:
            beside.insert(0, link.text)
        owner = beside.pop() if len(beside) == 2 else None
        text = "\n".join(beside) or None
        before = self._body.share
        if before is None:
            self._body.share = Share(link.link, text, owner)
        else:  # the model has a place for one: what else was passed on stays readable beside it
            more = "\n".join(part for part in (before.text, link.link, text, owner) if part)
            self._body.share = Share(before.link, more, before.owner)


def _parts(element: Element) -> tuple[Element, list[Element]]:
    """The element that holds the parts of a body, and the parts: those in the body, or in the one element in it."""
    inner = list(element.children())
    if len(inner) == 1 and inner[0].name == "div" and not inner[0].classes:
        parts = list(inner[0].children())
        if parts and all(one.name in _BLOCKS for one in parts):
            return inner[0], parts
    return element, inner


def _is_local(address: str | None) -> bool:
    """Whether it is the address of a file of the export."""
    return bool(address) and _REMOTE.match(address or "") is None


def kind_of_file(element: str, address: str | None) -> str | None:
    """What the file is, by the folder it lies in, else by the name of the element that shows it."""
    folders = (address or "").split("/")[:-1]
    for folder in reversed(folders):
        if folder in _FOLDERS:
            return _FOLDERS[folder]
    return _ELEMENTS.get(element, "file" if element == "a" else None)
