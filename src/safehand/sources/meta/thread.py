"""What a thread says of itself: title, members, and fields that have no place of their own.

    "participants": [{"name": "Priya"}, {"name": "Tom"}], "title": "Tom", "is_still_participant": true,
    "thread_path": "inbox/tom_1784", "magic_words": [], "joinable_mode": {"mode": 1, "link": ""}

Every file of a split thread repeats them. The newest file is the one quoted; where another says otherwise, that is
noted, and stands in its bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from safehand.model.conversation import ConversationKind
from safehand.model.doubt import Doubt
from safehand.model.span import Span
from safehand.sources.json_events import Field
from safehand.sources.json_fields import escaped, read_odd, shown
from safehand.sources.meta.layout import SECTIONS
from safehand.sources.meta.mojibake import Mending
from safehand.sources.meta.people import People
from safehand.sources.meta.survey import Survey

_KNOWN: Final = frozenset(
    {
        "participants",
        "title",
        "threadName",
        "thread_path",
        "thread_type",
        "is_still_participant",
        "magic_words",
        "image",
        "joinable_mode",
    }
)
_PLACED: Final = frozenset({"title", "threadName", "thread_path", "participants"})
"""Fields that have a place of their own."""

_KINDS: Final = {"Regular": ConversationKind.DIRECT, "RegularGroup": ConversationKind.GROUP}


@dataclass(slots=True)
class Thread:
    """The thread as its files describe it."""

    title: str | None = None
    title_span: Span | None = None
    path: str | None = None
    type: str | None = None
    is_joinable: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    """Fields by key, as JSON text."""
    differing: set[str] = field(default_factory=set)
    unknown: int = 0
    mended: bool = False

    @property
    def section(self) -> str | None:
        """The first step of ``thread_path``, if that is a section."""
        first = (self.path or "").partition("/")[0]
        return first if first in SECTIONS else None

    def extra_items(self) -> list[tuple[str, str]]:
        """The fields without a place of their own: keys fit for a JSON string, values JSON text."""
        return [(orjson.dumps(shown(key)).decode("utf-8")[1:-1], value) for key, value in self.extra.items()]

    def kind(self, people: People) -> ConversationKind:
        """As far as the fields say: by ``thread_type``, an invitation link, or the number of members."""
        if self.type in _KINDS:
            return _KINDS[self.type]
        members = people.declared()
        if self.is_joinable or len(members) > 2:
            return ConversationKind.GROUP
        # A conversation of two is called by the other's name. A group that shrank to two has a name of its own.
        if len(members) == 2 and self.title in members:
            return ConversationKind.DIRECT
        return ConversationKind.UNKNOWN

    def notes(self) -> list[str]:
        """What is to be said about the thread's own fields. Keys are the platform's words, values are not told."""
        notes: list[str] = []
        if self.differing:
            keys = ", ".join(sorted(key if key in _KNOWN else "a field not known" for key in self.differing))
            notes.append(f"The files of this thread do not agree about: {keys}. What the newest file says stands here.")
        if self.unknown:
            notes.append("The thread has fields this version does not know; they are kept as they stand.")
        return notes

    def doubts(self) -> list[tuple[Doubt, int]]:
        """What is in doubt about the thread's own fields."""
        doubts = [(Doubt.FIELD_NOT_READ, self.unknown)] if self.unknown else []
        return [*doubts, (Doubt.TEXT_REPAIRED, 1)] if self.mended else doubts


def thread_of(surveys: Sequence[Survey], people: People, mending: Mending) -> Thread:
    """The thread as ``surveys``, newest first, describe it. Its members are declared to ``people``."""
    thread = Thread()
    said: dict[str, Any] = {}
    for survey in surveys:
        for key, found in survey.fields.items():
            value = _value(found)
            if key not in said:
                said[key] = value
                _take(thread, key, value, found, survey, mending)
            elif said[key] != value and key != "participants":
                thread.differing.add(key)
            if key == "participants":
                if said[key] != value:
                    thread.differing.add(key)
                _declare(thread, value, found, survey, people)
    return thread


def _take(thread: Thread, key: str, value: Any, found: Field, survey: Survey, mending: Mending) -> None:
    thread.unknown += key not in _KNOWN
    if key not in _PLACED:
        thread.extra[key] = _text(found)
    match key:
        case "title" | "threadName" if isinstance(value, str) and thread.title is None:
            thread.title = _read(thread, key, value, found, mending)
            thread.title_span = Span(survey.file.id, found.start, found.end)
        case "thread_path" if isinstance(value, str):
            thread.path = _read(thread, key, value, found, mending)
        case "title" | "threadName" | "thread_path":
            thread.extra[key] = _text(found)
        case "thread_type" if isinstance(value, str):
            thread.type = value
        case "joinable_mode":
            thread.is_joinable = bool(value)
        case _:
            pass


def _read(thread: Thread, key: str, value: str, found: Field, mending: Mending) -> str:
    """The string as it reads. Where that is not how it stands there, ``extra`` has the other."""
    text = shown(mending.repair(value))
    if text != value:
        thread.mended = True
        thread.extra[key] = _text(found)
    return text


def _declare(thread: Thread, value: Any, found: Field, survey: Survey, people: People) -> None:
    whole = isinstance(value, list)
    for item in value if whole else ():
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name:
            people.declare(name, Span(survey.file.id, found.start, found.end))
        whole = whole and isinstance(name, str) and (isinstance(item, str) or len(item) == 1)
    if not whole and "participants" not in thread.extra:
        thread.unknown += 1
        thread.extra["participants"] = _text(found)


def _value(found: Field) -> Any:
    """The field's value, leniently read; None where it is too long to hold or no JSON."""
    if found.raw is None:
        return None
    try:
        return orjson.loads(found.raw)
    except orjson.JSONDecodeError:
        odd = read_odd(found.raw)
        return None if odd is None else odd.original


def _text(found: Field) -> str:
    """The field as it stands in the file, if that is JSON that can be stored; else a JSON string that spells it."""
    if found.raw is None:
        return f'"{found.end - found.start} bytes, not held"'
    try:
        orjson.loads(found.raw)
    except orjson.JSONDecodeError:
        return orjson.dumps(escaped(found.raw.decode("utf-8", "surrogateescape"))).decode("utf-8")
    return found.raw.decode("utf-8")
