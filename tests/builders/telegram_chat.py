r"""Chats as Telegram Desktop exports them, made for tests: allotments, in the program's own layout and spelling.

    chat("Allotment", "private_group", 7, [said(1, PRIYA, 1767225600, "The gate is open")])
    {"name": "Allotment", "type": "private_group", "id": 7, "messages": [{"id": 1, "type": "message", …}]}

    spelled(…)      one blank a level, letters as they are, control characters as \x1F, which JSON does not know

A message is told in its own terms (who, when, which stretches are links) and the builder writes every field Telegram
derives from them: both times, text and text_entities.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Object: TypeAlias = "dict[str, Value]"
Part: TypeAlias = "str | Object"
Who: TypeAlias = "tuple[str | None, str]"
"""Name and id of an account. A deleted one has no name."""

PRIYA: Who = ("Priya", "user300000001")
TOM: Who = ("Tom", "user300000002")
GONE: Who = (None, "user300000003")

START = 1_767_225_600
"""2026-01-01T00:00:00Z."""

LEFT_OUT = "(File not included. Change data exporting settings to download.)"


def times(name: str, at: int, offset: int = 0) -> Object:
    """Both times of a moment, for a machine whose clock stands ``offset`` seconds from UTC."""
    return {name: clock(at + offset), f"{name}_unixtime": str(at)}


def clock(at: int) -> str:
    """What a clock at UTC reads."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%S")


def words(parts: str | Sequence[Part]) -> Object:
    """The two fields of a text: strings are plain, objects are marked."""
    listed = [parts] if isinstance(parts, str) else list(parts)
    entities: list[Value] = [{"type": "plain", "text": one} if isinstance(one, str) else one for one in listed if one]
    if len(listed) == 1 and isinstance(listed[0], str):
        return {"text": listed[0], "text_entities": entities}
    return {"text": [*listed], "text_entities": entities}


def said(number: int, who: Who, at: int, parts: str | Sequence[Part] = "", offset: int = 0, **others: Value) -> Object:
    """A message. ``others`` stand where Telegram writes them: before the text."""
    author: Object = {"from": who[0], "from_id": who[1]}
    return {"id": number, "type": "message", **times("date", at, offset), **author, **others, **words(parts)}


def told(number: int, who: Who, at: int, action: str, **others: Value) -> Object:
    """A service message."""
    actor: Object = {"actor": who[0], "actor_id": who[1], "action": action}
    return {"id": number, "type": "service", **times("date", at), **actor, **others, "text": "", "text_entities": []}


def chat(name: str | None, kind: str, native: int, messages: Sequence[Value], **others: Value) -> Object:
    """One chat."""
    return {"name": name, "type": kind, "id": native, **others, "messages": [*messages]}


def account(chats: Sequence[Value], left: Sequence[Value] = (), owner: int | None = None) -> Object:
    """A whole account, with the parts that are no conversations."""
    person: Object = {"user_id": owner, "first_name": "Priya", "last_name": "", "phone_number": "+44 7700 900001"}
    whole: Object = {"about": "Here is the data you requested."}
    if owner is not None:
        whole["personal_information"] = person
    whole["contacts"] = {"about": "Contacts.", "list": [{"user_id": 5, "first_name": "Tom"}]}
    whole["chats"] = {"about": "Chats.", "list": [*chats]}
    if left:
        whole["left_chats"] = {"about": "Left chats.", "list": [*left]}
    return whole


def spelled(value: Value, level: int = 0) -> bytes:
    """``value`` as Telegram Desktop spells it."""
    return _spell(value, level).encode("utf-8", "surrogatepass")


def _spell(value: Value, level: int) -> str:
    around, inside = "\n" + " " * level, "\n" + " " * (level + 1)
    match value:
        case dict() if value:
            rows = [f"{_quoted(key)}: {_spell(one, level + 1)}" for key, one in value.items()]
            return "{" + inside + f",{inside}".join(rows) + around + "}"
        case list() if value:
            return "[" + inside + f",{inside}".join(_spell(one, level + 1) for one in value) + around + "]"
        case str():
            return _quoted(value)
        case _:
            return json.dumps(value)


_OWN = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def _quoted(text: str) -> str:
    return '"' + "".join(_OWN.get(char) or (f"\\x{ord(char):02X}" if char < " " else char) for char in text) + '"'
