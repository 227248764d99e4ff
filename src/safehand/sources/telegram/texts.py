"""Telegram's text: a string, or a list of strings and marked parts; and the same again, uniformly, as text_entities.

"text": ["See ", {"type": "link", "text": "https://example.org"}]
"text_entities": [{"type": "plain", "text": "See "}, {"type": "link", "text": "https://example.org"}]
→ "See https://example.org", Entity(4, 23, "link")
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from safehand.model.message import Entity

_TARGETS: Final = ("href", "user_id", "document_id", "language")
"""What a marked part points to, whichever of these it has."""

_PART: Final = frozenset({"type", "text", "collapsed", *_TARGETS})


class Text(msgspec.Struct, frozen=True, gc=False):
    """What was read of ``text`` and ``text_entities``."""

    text: str | None
    entities: tuple[Entity, ...] = ()
    unread: tuple[str, ...] = ()
    """Which of the two fields hold something that was not read: they are kept verbatim."""
    folded: str | None = None
    """The field that says of a quotation that it is shown folded: known, and kept verbatim."""


class _Joined(msgspec.Struct, frozen=True, gc=False):
    text: str
    marks: tuple[Entity, ...] = ()
    strange: bool = False
    """A part has more than was read."""
    folded: bool = False


def read_text(text: Any, entities: Any) -> Text:
    """The text of a message, with its marked stretches. ``text`` is what counts; the other must say the same."""
    said = _join(text)
    if said is not None and entities == _uniform(text):
        # As Telegram writes it: the two say the same, so one is enough.
        return _text(said, "text_entities", ("text_entities",) if said.strange else ())
    again = _join(entities) if isinstance(entities, list) else None
    differ = said is not None and again is not None and said.text != again.text
    unread = [
        name
        for name, value, read in (("text", text, said), ("text_entities", entities, again))
        if value is not None and (read is None or read.strange or (differ and read is again))
    ]
    if said is not None and again is not None and not differ and said.marks and said.marks != again.marks:
        unread.append("text")  # the same words, marked otherwise
    if again is not None and not differ:
        return _text(again, "text_entities", tuple(unread))
    return Text(None, (), tuple(unread)) if said is None else _text(said, "text", tuple(unread))


def _text(joined: _Joined, name: str, unread: tuple[str, ...]) -> Text:
    return Text(joined.text, joined.marks, unread, name if joined.folded else None)


def _uniform(text: Any) -> list[Any]:
    """What text_entities should hold for ``text``."""
    if isinstance(text, str):
        return [{"type": "plain", "text": text}] if text else []
    return [{"type": "plain", "text": part} if isinstance(part, str) else part for part in text]


def _join(parts: Any) -> _Joined | None:
    """The words of one of the fields; None where it has another shape."""
    if isinstance(parts, str):
        return _Joined(parts)
    if not isinstance(parts, list):
        return None
    words: list[str] = []
    marks: list[Entity] = []
    at = 0
    strange = folded = False
    for part in parts:
        word = part
        if isinstance(part, dict):
            word, kind = part.get("text"), part.get("type")
            if not isinstance(kind, str) or not isinstance(word, str):
                return None
            if kind != "plain":
                marks.append(Entity(at, at + len(word), kind, _target(part)))
            strange = strange or not part.keys() <= _PART or not isinstance(part.get("collapsed", False), bool)
            folded = folded or part.get("collapsed") is True
        elif not isinstance(part, str):
            return None
        words.append(word)
        at += len(word)
    return _Joined("".join(words), tuple(marks), strange, folded)


def _target(part: dict[str, Any]) -> str | None:
    for name in _TARGETS:
        if part.get(name) is not None:
            return str(part[name])
    return None
