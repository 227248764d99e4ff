"""Snapchat's chat history, made for tests: allotments, in the layout of the platform.

spelled({"robin_k": [said("robin_k", "The gate is open", at(1))]})
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Object = dict[str, Any]

START = 1_767_553_331_414
"""2026-01-04T19:02:11.414Z."""


def at(number: int) -> int:
    """The moment of message ``number``: a minute after the one before it."""
    return START + number * 60_000


def said(who: str, content: str | None, millis: int, *, own: bool = False, **others: Any) -> Object:
    """A message with the fields in the platform's order."""
    return {
        "From": who,
        "Media Type": "TEXT",
        "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Content": content,
        "Conversation Title": None,
        "IsSender": own,
        "Created(microseconds)": millis,
        "IsSaved": True,
        "Media IDs": "",
        **others,
    }


def snap(who: str, millis: int, *, own: bool = False, media: str = "IMAGE") -> Object:
    """A snap as its history has it: that there was one, and never what it showed."""
    whole = said(who, None, millis, own=own)
    kept = ("From", "Media Type", "Created", "Conversation Title", "IsSender", "Created(microseconds)")
    return {**{name: whole[name] for name in kept}, "Media Type": media}


def until_2022(other: str, text: str | None, millis: int, *, own: bool = False, **others: Any) -> Object:
    """A message as it was until 2022: the other account alone is named."""
    return {
        "To" if own else "From": other,
        "Media Type": "TEXT",
        "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
        "Text": text,
        **others,
    }


DRAWING = (
    '<svg width="24" height="24" viewBox="0 0 24 24" fill="none"><path d="M8.1 5.9C8.6 5.9 9 5.3 8.9 4.8Z"/></svg>'
)
STYLE = "background: #f2f2f2; border-radius: 7px; padding: 3px; margin-bottom:4px;"


def card(who: str, content: str | None, millis: int, media: str = "TEXT", *, saved: bool = True) -> str:
    """A message as a page shows it."""
    words = "" if content is None else f"<p>{html.escape(content, quote=False)}</p>"
    when = f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    return (
        f'<div style="{STYLE}"><div><h4>{html.escape(who, quote=False)}</h4>{DRAWING}'
        f'<span style="left: 50%; position: absolute; font-weight: bold; padding-top: 13px;">{media}</span>{words}'
        f'<h6 style="color: grey">{when}</h6>{"<span>Saved</span>" if saved else ""}</div></div>'
    )


def page(heading: str, cards: Sequence[str]) -> bytes:
    """A page with its cards."""
    return (
        '<!DOCTYPE html><html><head><meta charset="UTF-8"><title>Snapchat</title><style>.rightpanel { color: #000 }'
        '</style></head>\n<body><div class="leftpanel"><ul><li><a href="chat_history.html">Chat History</a></li></ul>'
        f'</div><div class="rightpanel"><h1>{html.escape(heading, quote=False)}</h1>\n'
        + "".join(cards)
        + "</div></body>\n    <script>\n  const items = 1 < 2;\n    </script></html>"
    ).encode()


def spelled(chats: Mapping[str, Sequence[Object]]) -> bytes:
    """As the platform spells it."""
    return json.dumps(chats, indent=2, ensure_ascii=False).encode("utf-8")
