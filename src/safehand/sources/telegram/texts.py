"""Telegram's text: a string, or a list of strings and marked parts; and the same again, uniformly, as text_entities.

"text": ["See ", {"type": "link", "text": "https://example.org"}]
"text_entities": [{"type": "plain", "text": "See "}, {"type": "link", "text": "https://example.org"}]
→ "See https://example.org", Entity(4, 23, "link")
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from safehand.model.message import Entity

_TARGETS: Final = ("href", "user_id", "document_id", "language")
"""What a marked part points to, whichever of these it has."""

_PART: Final = frozenset({"type", "text", "collapsed", *_TARGETS})


class Text(NamedTuple):
    """What was read of ``text`` and ``text_entities``."""

    text: str | None
    entities: tuple[Entity, ...] = ()
    unread: tuple[str, ...] = ()
    """Which of the two fields hold something that was not read: they are kept verbatim."""


def read_text(text: Any, entities: Any) -> Text:
    """The text of a message, with its marked stretches. ``text`` is what counts; the other must say the same."""
    if isinstance(entities, list) and _uniform(text) == entities:
        # As Telegram writes it: the two say the same, so one is enough.
        return _marked(text, entities)
    first = _parts(text)
    second = _parts(entities) if isinstance(entities, list) else None
    if first is None:
        unread = () if text is None else ("text",)
        if second is None:
            return Text(None, (), (*unread, *(("text_entities",) if entities is not None else ())))
        return Text(second.text, second.entities, (*unread, *(("text_entities",) if second.unread else ())))
    if second is None:
        unread = ("text_entities",) if entities is not None else ()
        return Text(first.text, first.entities, (*(("text",) if first.unread else ()), *unread))
    if second.text != first.text:
        return Text(first.text, first.entities, ("text_entities",))
    return Text(first.text, second.entities, ("text_entities",) if second.unread else ())


def _uniform(text: Any) -> list[Any] | None:
    """What text_entities should hold for ``text``."""
    if isinstance(text, str):
        return [{"type": "plain", "text": text}] if text else []
    if isinstance(text, list):
        return [{"type": "plain", "text": part} if isinstance(part, str) else part for part in text]
    return None


def _marked(text: Any, entities: list[Any]) -> Text:
    if isinstance(text, str):
        return Text(text)
    read = _joined(entities)
    return Text(None, (), ("text", "text_entities")) if read is None else Text(*read[:2], _names(read.unread))


def _names(unread: tuple[str, ...]) -> tuple[str, ...]:
    return ("text_entities",) if unread else ()


def _parts(value: Any) -> Text | None:
    """One of the fields. ``unread`` is not empty where a part has more than was read."""
    if isinstance(value, str):
        return Text(value)
    if not isinstance(value, list):
        return None
    return _joined(value)


def _joined(parts: Sequence[Any]) -> Text | None:
    words: list[str] = []
    marks: list[Entity] = []
    at = 0
    unread = False
    for part in parts:
        if isinstance(part, str):
            word = part
        elif isinstance(part, dict) and isinstance(part.get("text"), str) and isinstance(part.get("type"), str):
            word = part["text"]
            if part["type"] != "plain":
                marks.append(Entity(at, at + len(word), part["type"], _target(part)))
            unread = unread or bool(part.keys() - _PART) or part.get("collapsed") is True
        else:
            return None
        words.append(word)
        at += len(word)
    return Text("".join(words), tuple(marks), ("parts",) if unread else ())


def _target(part: dict[str, Any]) -> str | None:
    for name in _TARGETS:
        if part.get(name) is not None:
            return str(part[name])
    return None
