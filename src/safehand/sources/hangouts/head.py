"""What a conversation says of itself: who is in it, what it is called, and whose account it is.

{"conversation_id": {"id": "Ugx"},
"conversation": {"type": "GROUP", "name": "Allotment", "self_conversation_state": {"self_read_state":
{"participant_id": {"gaia_id": "1", "chat_id": "1"}}, "view": ["INBOX_VIEW"], …},
"participant_data": [{"id": {"gaia_id": "1", "chat_id": "1"}, "fallback_name": "Alice"}, …], …}}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from safehand.model.conversation import ConversationKind
from safehand.sources.json_fields import escaped, members, read_odd

_KINDS: Final = {
    "STICKY_ONE_TO_ONE": ConversationKind.DIRECT,
    "ONE_TO_ONE": ConversationKind.DIRECT,
    "GROUP": ConversationKind.GROUP,
}
_KNOWN: Final = frozenset({
    "id", "type", "name", "self_conversation_state", "participant_data", "read_state", "has_active_hangout",
    "otr_status", "otr_toggle", "current_participant", "fork_on_external_invite", "network_type", "force_history_state",
    "group_link_sharing_status", "conversation_history_supported",
})  # fmt: skip
_ROOM: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Who:
    """An account: its key, and its name if the conversation gives one."""

    key: str
    name: str | None


@dataclass(slots=True)
class Head:
    """Everything of it that has a place."""

    native_id: str | None = None
    kind: ConversationKind = ConversationKind.UNKNOWN
    title: str | None = None
    section: str | None = None
    owner: str | None = None
    members: list[Who] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    extra: str | None = None


def read_head(raw: bytes) -> Head | None:
    """The field ``conversation``, or None for what has another shape."""
    odd = read_odd(raw)
    outer = odd.value if odd is not None else None
    inner = outer.get("conversation") if isinstance(outer, dict) else None
    if inner is None and isinstance(outer, dict) and "participant_data" in outer:
        inner = outer  # before 2019: one level less
    if not isinstance(outer, dict) or not isinstance(inner, dict):
        return None
    head = Head(_text(outer.get("conversation_id"), "id") or _text(inner.get("id"), "id"))
    head.kind = _KINDS.get(str(inner.get("type")), ConversationKind.UNKNOWN)
    head.title = _text(inner, "name")
    state = inner.get("self_conversation_state")
    if isinstance(state, dict):
        views = state.get("view")
        head.section = ", ".join(one for one in views if isinstance(one, str)) if isinstance(views, list) else None
        read_state = state.get("self_read_state")
        head.owner = key_of(read_state.get("participant_id")) if isinstance(read_state, dict) else None
    people = inner.get("participant_data")
    for one in people if isinstance(people, list) else []:
        key = key_of(one.get("id")) if isinstance(one, dict) else None
        if key is not None:
            name = _text(one, "fallback_name")
            head.members.append(Who(key, name))
            if name is not None:
                head.names[key] = name
    head.extra = _extra(raw, inner.keys() - _KNOWN)
    return head


def key_of(value: Any) -> str | None:
    """``gaia_id`` of an account, else ``chat_id``."""
    return _text(value, "gaia_id") or _text(value, "chat_id")


def _text(value: Any, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) and found else None


def _extra(raw: bytes, unknown: set[str]) -> str | None:
    if not unknown:
        return None
    inner = next((raw[one.start : one.end] for one in members(raw) if one.key == "conversation"), raw)
    parts = [inner[one.key_start : one.end] for one in members(inner) if one.key in unknown]
    joined = b", ".join(parts)[:_ROOM]
    return "{" + escaped(joined.decode("utf-8", "surrogateescape")) + "}" if joined else None
