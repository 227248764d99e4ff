"""Annotations: what Google Chat marked in a text, and what it put beside it.

    {"start_index": 4, "length": 19, "url_metadata": {"title": "Plots", "snippet": "", "image_url": "",
     "url": {"private_do_not_access_or_else_safe_url_wrapped_value": "https://example.org"}}}
    → Entity(4, 23, "link", "https://example.org"), Share("https://example.org", "Plots")

Places are counted in UTF-16 units or in characters; nothing says which. In a text where that makes a difference the
annotations stand verbatim in ``extra`` and mark nothing.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from safehand.model.message import Call, Entity, Share

_WRAPPED: Final = "private_do_not_access_or_else_safe_url_wrapped_value"
_PLACE: Final = frozenset({"start_index", "length"})
_LAST_BMP: Final = "\uffff"
_KNOWN: Final = {
    "format_metadata": frozenset({"format_type"}),
    "url_metadata": frozenset({"title", "snippet", "image_url", "url"}),
    "user_mention_metadata": frozenset({"user", "type"}),
    "drive_metadata": frozenset({"id", "title", "thumbnail_url"}),
    "youtube_metadata": frozenset({"id", "start_time"}),
    "video_call_metadata": frozenset({"meeting_space"}),
    "interaction_data": frozenset({"url"}),
    "gsuite_integration_metadata": frozenset({"call_data", "calendar_event_data", "tasks_data"}),
}


class Annotated(msgspec.Struct, frozen=True, gc=False):
    """What was read. ``whole``: nothing but this stands there. ``known``: what else stands there is no surprise."""

    entities: tuple[Entity, ...] = ()
    share: Share | None = None
    call: Call | None = None
    whole: bool = True
    known: bool = True


def read_annotations(found: list[dict[str, Any]], text: str | None) -> Annotated:
    """The objects of the field ``annotations``."""
    words = text or ""
    countable = not words or max(words) <= _LAST_BMP
    entities: list[Entity] = []
    share: Share | None = None
    call: Call | None = None
    whole, known = countable, True
    for one in found:
        name = next(iter(one.keys() - _PLACE), "") if len(one.keys() - _PLACE) == 1 else ""
        inner = one.get(name)
        if name not in _KNOWN or not isinstance(inner, dict) or not inner.keys() <= _KNOWN[name]:
            whole = known = False
            continue
        link = _link(name, inner)
        share = share or _share(name, inner, link)
        call = call or _call(name, inner)
        entity = _entity(one, words, name, inner, link) if countable else None
        entities += [entity] if entity else []
        whole = whole and entity is not None and _says_no_more(name, inner)
    return Annotated(tuple(entities), share, call, whole, known)


def _entity(one: dict[str, Any], words: str, name: str, inner: dict[str, Any], link: str | None) -> Entity | None:
    start, length = one.get("start_index"), one.get("length")
    if type(start) is not int or type(length) is not int or not 0 <= start < start + length <= len(words):
        return None
    match name:
        case "format_metadata":
            kind = inner.get("format_type")
            return Entity(start, start + length, kind) if isinstance(kind, str) else None
        case "user_mention_metadata":
            return Entity(start, start + length, "mention", _user(inner.get("user")))
        case "gsuite_integration_metadata":
            return None
        case _:
            return Entity(start, start + length, "link", link)


def _link(name: str, inner: dict[str, Any]) -> str | None:
    """The address, or the id of what it leads to."""
    match name:
        case "url_metadata" | "interaction_data":
            wrapped = inner.get("url")
            found = wrapped.get(_WRAPPED) if isinstance(wrapped, dict) else wrapped
        case "video_call_metadata":
            space = inner.get("meeting_space")
            found = space.get("meeting_url") if isinstance(space, dict) else None
        case _:
            found = inner.get("id")
    return found if isinstance(found, str) else None


def _share(name: str, inner: dict[str, Any], link: str | None) -> Share | None:
    """What is passed on, where Google put words beside it or it is a file or a call of Google's own."""
    if name in ("format_metadata", "user_mention_metadata", "gsuite_integration_metadata", "interaction_data"):
        return None
    words = [inner[key] for key in ("title", "snippet") if isinstance(inner.get(key), str) and inner[key]]
    if name == "url_metadata" and not words:
        return None
    return Share(link, "\n".join(words) or None)


def _call(name: str, inner: dict[str, Any]) -> Call | None:
    data = inner.get("call_data") if name == "gsuite_integration_metadata" else None
    status = data.get("call_status") if isinstance(data, dict) else None
    return Call(None, status) if isinstance(status, str) else None


def _user(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    return next((value[key] for key in ("email", "user_id", "name") if isinstance(value.get(key), str)), None)


def _says_no_more(name: str, inner: dict[str, Any]) -> bool:
    """Whether an entity holds all of it."""
    if name == "format_metadata":
        return True
    return name == "url_metadata" and not any(inner.get(key) for key in ("title", "snippet", "image_url"))
