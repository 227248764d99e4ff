"""TikTok's direct messages as text, made for tests: allotments, in the layout of the platform.

spelled({"robin": [said("robin", "The gate is open", at(1))]})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime


def said(who: str, content: str, moment: datetime) -> str:
    """A message."""
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC {who}: {content}"


def spelled(chats: Mapping[str, Sequence[str]], *, line: str = "\n") -> bytes:
    """The whole file."""
    blocks = [
        f">>> Chat History with {who}::\n\n" + "".join(one + "\n" for one in said_) for who, said_ in chats.items()
    ]
    return "\n".join(blocks).replace("\n", line).encode("utf-8")
