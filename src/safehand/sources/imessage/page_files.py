"""Files and shared links on imessage-exporter's pages. Each is told by its name; none is opened, no link is fetched.

<img src="attachments/2/11.jpeg" loading="lazy">                            a picture
<video controls> <source src="…" type="video/mp4"> <source src="…"> </video>
<audio controls src="…" type="audio/x-caf" </audio>                         so it is written, without the bracket
<a href="…">Click to download plan.pdf (48.21 KB)</a>
<span class="attachment_error">Unable to locate attachment: IMG_1.heic</span>
<div class="app"><a href="https://…"><div class="app_header">…             a link with what the app knows of it
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safehand.model.message import Attachment, MediaState, Share
from safehand.sources.html_blocks import Element

_SOURCES: Final = {"img": "image", "video": "video", "audio": "audio", "a": "file"}
_ERROR: Final = re.compile(r"(?:Unable to locate attachment: ?)?(.*)", re.DOTALL)
_NO_FILE: Final = "Attachment does not exist!"
_UNSHOWN: Final = re.compile(r"(?:Unknown attachment type|Unable to embed (\S+) attachments): (.+)")


def files_in(element: Element, word: str | None = None, *, links: bool = True) -> Iterator[Attachment]:
    """Every file that an element shows or points to. ``word`` is the type, where the element has one of its own.

    ``links``: whether what a link points to is a file.
    """
    found = False
    for one in element.find_all():
        kind = _SOURCES.get(one.name)
        if kind is None or (kind == "file" and not links):
            continue
        source = next(one.find_all(name="source"), one) if one.name == "video" else one
        file = _file(source, "href" if kind == "file" else "src", word or kind)
        for again in one.find_all(name="source"):
            again.attribute("src")
        if file is not None and not (kind == "file" and found):
            found = True
            yield file
    for line in element.find_all(name="p"):
        unshown = _UNSHOWN.fullmatch(line.peek())
        if unshown is not None:
            line.text()
            if not found:
                found = True
                yield Attachment(MediaState.NAMED, unshown[2], word or "file", unshown[1])


def lost(element: Element) -> Attachment:
    """A file that could not be found: its name, if the tool knew it."""
    words = element.text()
    found = _ERROR.fullmatch(words)
    name = found[1] if found is not None and words != _NO_FILE else None
    return Attachment(MediaState.MISSING, name or None)


def previews_in(app: Element) -> Iterator[Attachment]:
    """What an app shows of what it passes on: an address, or a file, or a picture written into the page."""
    for one in app.find_all():
        if "src" in one.tag.attributes:
            file = _file(one, "src", _SOURCES.get(one.name, "image"))
            if file is not None:
                yield file


def shared(app: Element) -> Share:
    """What an app's bubble passes on: where it points, the words beside it, and the app's own name."""
    anchor = app.find(name="a")
    link = anchor.attribute("href") if anchor is not None else None
    owner = app.find("name")
    name = owner.peek() if owner is not None else None
    return Share(link or None, app.text() or None, name or None)


def _file(element: Element, attribute: str, word: str) -> Attachment | None:
    state = element.embedded(attribute)
    name = element.attribute(attribute)
    if state is not None:
        return Attachment(state, None, word)
    if not name:
        return None
    return Attachment(MediaState.NAMED, name, word, element.attribute("type"))
