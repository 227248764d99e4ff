r"""Threads as Messenger and Instagram export them, made for tests: allotments, in the platform's own layout.

    thread = Thread(("Priya", "Tom"), [said("Priya", 1767225600000, "The seed potatoes are in")])
    thread.files(per_file=2)     {"message_1.json": b"{\n  \"participants\": [\n …", …}, newest first

A thread is told oldest first and in plain text; the builder turns it round, splits it, spoils its strings (mojibake)
and spells everything beyond ASCII as ``\u00xx``, which is what the platform does. ``encrypted`` gives the other form.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Object: TypeAlias = "dict[str, Value]"

START = 1_767_225_600_000
"""2026-01-01T00:00:00Z, in milliseconds."""


def said(sender: str, at: int, content: str | None = None, **others: Value) -> Object:
    """A message of the thread form; ``others`` are further fields."""
    fields: Object = {"sender_name": sender, "timestamp_ms": at}
    if content is not None:
        fields["content"] = content
    return {**fields, **others}


def sent(sender: str, at: int, text: str | None = None, **others: Value) -> Object:
    """A message of the encrypted form, with every field that form always writes."""
    base: Object = {"isUnsent": False, "media": [], "reactions": [], "senderName": sender, "text": text}
    return {**base, "timestamp": at, "type": "Generic", **others}


def spoiled(value: Value) -> Value:
    """``value`` with each string as the platform writes it: a character for each byte of its UTF-8."""
    match value:
        case str():
            return value.encode("utf-8").decode("latin-1")
        case list():
            return [spoiled(item) for item in value]
        case dict():
            return {key: spoiled(item) for key, item in value.items()}
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Style:
    """How the JSON is spelled. The platform's own way is the default."""

    indent: int | None = 2
    bom: bool = False
    spoil: bool = True
    ascii: bool = True
    crlf: bool = False

    def bytes_of(self, value: Value) -> bytes:
        """``value`` as a file."""
        separators = (",", ":") if self.indent is None else None
        text = json.dumps(
            spoiled(value) if self.spoil else value, indent=self.indent, ensure_ascii=self.ascii, separators=separators
        )
        if self.crlf:
            text = text.replace("\n", "\r\n")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, its messages oldest first. ``fields`` are those of the thread itself: they stand after the messages."""

    participants: tuple[str, ...]
    messages: Sequence[Object]
    title: str | None = None
    fields: Object = field(default_factory=dict[str, Value])
    style: Style = field(default_factory=Style)

    def with_style(self, **changes: bool | int | None) -> Thread:
        """The same thread, spelled otherwise."""
        return replace(self, style=replace(self.style, **changes))  # type: ignore[arg-type]  # a test would show it

    def file(self, messages: Sequence[Object] | None = None) -> bytes:
        """One file with ``messages`` (all of them), newest first."""
        chosen = self.messages if messages is None else messages
        value: Object = {"participants": [{"name": name} for name in self.participants]}
        value["messages"] = list(reversed(chosen))
        if self.title is not None:
            value["title"] = self.title
        return self.style.bytes_of({**value, **self.fields})

    def files(self, per_file: int = 10_000) -> dict[str, bytes]:
        """The files by name, as the platform splits: ``message_1.json`` holds the newest."""
        newest_last = list(self.messages)
        files: dict[str, bytes] = {}
        while newest_last or not files:
            files[f"message_{len(files) + 1}.json"] = self.file(newest_last[-per_file:])
            del newest_last[-per_file:]
        return files

    def encrypted(self) -> bytes:
        """The encrypted form's file: made of ``sent`` messages, oldest first."""
        value: Object = {"participants": list(self.participants), "threadName": self.title or ""}
        value["messages"] = list(self.messages)
        return self.style.bytes_of({**value, **self.fields})
