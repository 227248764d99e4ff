"""Who is in a conversation, and whose account it is: ``group_info.json`` and ``user_info.json``.

{"name": "Allotment", "members": [{"name": "Alice", "email": "alice@example.org", "user_type": "Human"}]}
{"user": {"name": "Alice", "email": …}, "membership_info": [{"group_name": …, "group_id": "Space AAAA", …}]}
"""

from __future__ import annotations

import json
from typing import Any, Final

from safehand.model.span import Span
from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import ReadingDesk, SourceFile
from safehand.sources.google_chat.message import Who, who_of
from safehand.sources.json_fields import Odd, escaped, read_odd
from safehand.sources.json_messages import Damage
from safehand.sources.json_windows import EACH, Broken, Elements, Field, Opened, scan

PATTERNS: Final = (("members", EACH), ("membership_info", EACH))

_MOST_MEMBERS: Final = 10_000
"""Accounts of a list that are told. The largest space has 8,000 members (Google's own limit is lower still)."""
_ROOM: Final = 64 << 10
"""Bytes of other fields that are shown. More is not a field, it is another form."""
_PERSON: Final = frozenset({"name", "email", "user_type"})


class Group:
    """What the two files say."""

    def __init__(self, damage: Damage) -> None:
        self.damage = damage
        self.title: str | None = None
        self.title_span: Span | None = None
        self.members: list[tuple[Who, Span]] = []
        self.owner: str | None = None
        self._others: list[str] = []
        self._room = _ROOM

    @property
    def extra(self) -> str | None:
        """What has no place, verbatim."""
        return "{" + ", ".join(self._others) + "}" if self._others else None

    def other(self, key: str, raw: bytes | None) -> None:
        """A field without a place."""
        shown = raw if raw is not None and len(raw) <= self._room else b'"too long to show; it stands in the file"'
        self._room -= len(shown)
        name = json.dumps(key, ensure_ascii=False)
        self._others.append(f"{name}: {escaped(shown.decode('utf-8', 'surrogateescape'))}")


def read_group(file: SourceFile, desk: ReadingDesk, group: Group) -> None:
    """Read one of the files into ``group``; every byte of it is accounted for."""
    others: list[bytes] = []
    for event in scan(file, desk.ledger(file), PATTERNS, window=desk.options.window):
        match event:
            case Elements():
                others += _elements(event, file.id, group)
            case Field(path=(str(key),)):
                _field(key, event, file.id, group)
            case Opened(repeated=True):
                group.damage.repeated = True
            case Broken():
                group.damage.broke(event)
            case _:
                pass
    if others:
        group.other("membership_info" if b'"group_id"' in others[0] else "members", b"[" + b", ".join(others) + b"]")


def _elements(batch: Elements, file: str, group: Group) -> list[bytes]:
    """The accounts of a batch; the bytes of what is none, or says more."""
    others = []
    for index, (start, end, raw, value) in enumerate(batch.rows()):
        batch.tell(index, SegmentKind.METADATA)
        found = value.value if isinstance(value, Odd) else value
        who = who_of(found) if batch.path == ("members",) else None
        if who is not None and who.key is not None and len(group.members) < _MOST_MEMBERS:
            group.members.append((who, Span(file, start, end)))
            if found.keys() <= _PERSON and found.get("user_type", "Human") == "Human":
                continue
        others.append(raw)
    return others


def _field(key: str, event: Field, file: str, group: Group) -> None:
    group.damage.repeated = group.damage.repeated or event.repeated
    odd = None if event.raw is None else read_odd(event.raw)
    value: Any = odd.value if odd is not None else None
    if key == "name" and isinstance(value, str):
        group.title = value
        group.title_span = Span(file, event.start, event.end)
        return
    who = who_of(value) if key == "user" else None
    if who is None or who.key is None:
        group.other(key, event.raw)
        return
    group.owner = who.key
    group.members.append((who, Span(file, event.start, event.end)))
    if not value.keys() <= _PERSON:
        group.other(key, event.raw)
