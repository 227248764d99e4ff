"""Where a thread lies in an account, and what its place says: which platform, which section, which part of how many.

    your_instagram_activity/messages/inbox/tomwebb_17845/message_10.json
    └ platform: Instagram            └ section └ slug   └ part 10 of this thread

The layouts, by the folder above ``messages``: none (both platforms, until about 2023),
``your_activity_across_facebook`` (2024), ``your_facebook_activity`` (2025), ``your_instagram_activity``. A person may
also hand over one thread's folder, or loose files: then the place says less, and what stands in the file must do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SECTIONS: Final = ("inbox", "archived_threads", "filtered_threads", "message_requests", "e2ee_cutover")
"""The parts of an account that hold threads. The platform calls its spam folder filtered."""

EITHER: Final = "messenger_or_instagram"
"""The platform where nothing tells the two apart."""

AI_THREADS: Final = "ai_conversations"
"""Where Instagram puts conversations with its own AI: one page each, without a folder of its own."""

_THREAD: Final = re.compile(rf"(?:^|.*/)(?P<section>{'|'.join(SECTIONS)})/(?P<slug>[^/]+)/[^/]+", re.DOTALL)
_PART: Final = re.compile(
    r"(?P<stem>.*?)(?:(?<=message)_(?P<number>[0-9]{1,5}))?(?: ?\((?P<copy>[0-9]{1,3})\))?\.(?P<suffix>json|html?)",
    re.DOTALL | re.IGNORECASE,
)
"""``message_10.json``, and ``message_10 (1).json`` as browsers save it a second time. In other names a number is no
part: ``Tom Webb_3.json`` may be the third person of that name, ``chat_20260101.json`` a date."""

_FOLDERS: Final = {
    "your_instagram_activity": "instagram",
    "your_activity_across_facebook": "messenger",
    "your_facebook_activity": "messenger",
}
_ARCHIVES: Final = {"instagram-": "instagram", "facebook-": "messenger"}
"""How the platforms begin the name of the archive they send, and of the folder it unpacks to."""


class Form(StrEnum):
    """The shapes of a thread."""

    THREAD = "thread-json"
    ENCRYPTED = "encrypted-json"
    PAGES = "thread-html"
    ARCHIVE = "archive-html"
    """All threads of an account on one page, or one of them: until 2017."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the name of a file says. ``folder`` and ``stem`` are the same for all parts of one thread."""

    folder: str
    stem: str
    number: int | None
    section: str | None
    slug: str | None
    platform: str | None
    copy: int = 0
    """Which copy of the part it is, by its name: a browser calls the second one ``message_1 (1).json``."""
    is_page: bool = False
    """It is named as a page is, and not as JSON."""

    @property
    def is_thread_file(self) -> bool:
        """Whether the platform puts a part of a thread there and nothing else: ``inbox/…/message_2.json``."""
        return self.section is not None and self.stem.lower() == "message"


def place_of(name: str) -> Place | None:
    """What ``name`` says, or None where it is the name neither of a JSON file nor of a page."""
    folder, _, last = name.rpartition("/")
    part = _PART.fullmatch(last)
    if part is None:
        return None
    thread = _THREAD.fullmatch(name)
    is_page = part["suffix"].lower() != "json"
    of_ai = is_page and folder.rpartition("/")[2] == AI_THREADS
    return Place(
        folder,
        part["stem"],
        int(part["number"]) if part["number"] else None,
        thread["section"] if thread else AI_THREADS if of_ai else None,
        thread["slug"] if thread else None,
        _platform_of(name),
        int(part["copy"] or 0),
        is_page,
    )


def platform_of_address(address: str) -> str | None:
    """The platform an address inside a message speaks for: ``your_instagram_activity/messages/…/photos/1.jpg``."""
    first, _, rest = address.partition("/")
    if first in _FOLDERS:
        return _FOLDERS[first]
    return "messenger" if first == "messages" and rest.startswith("stickers_used/") else None


def _platform_of(name: str) -> str | None:
    """By the folder the platform puts everything in, else by the folder or archive it came as. The last one counts."""
    for folder in reversed(name.split("/")[:-1]):
        if folder in _FOLDERS:
            return _FOLDERS[folder]
        for beginning, platform in _ARCHIVES.items():
            if folder.lower().startswith(beginning):
                return platform
    return None
