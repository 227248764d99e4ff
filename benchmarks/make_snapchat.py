"""A chat history of Snapchat of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_snapchat.py 1000000 /tmp/chat_history.json
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from make_json import laid_out
from make_telegram import sentence

SEED: Final = 20261126
_CHATS: Final = 8


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece: newest first in each conversation."""
    dice = random.Random(seed)
    yield "{"
    for chat in range(_CHATS):
        millis = 1_767_553_331_414
        yield ("," if chat else "") + f'\n  "account_{chat}": ['
        first, last = messages * chat // _CHATS, messages * (chat + 1) // _CHATS
        for number in range(first, last):
            millis -= dice.randint(1_000, 60_000)
            own, plain = dice.random() < 0.5, dice.random() < 0.92
            made = {
                "From": "me_user" if own else f"account_{chat}",
                "Media Type": "TEXT" if plain else "MEDIA",
                "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
                "Content": sentence(dice) if plain else "",
                "Conversation Title": None,
                "IsSender": own,
                "Created(microseconds)": millis,
                "IsSaved": True,
                "Media IDs": "" if plain else f"b~{dice.getrandbits(80):020x}",
            }
            spelled = laid_out(made, "    ")
            yield ("," if number > first else "") + "\n    " + spelled
        yield "\n  ]"
    yield "\n}"


def section_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file as it was until 2022: what came and what went in two lists, newest first, all accounts mixed."""
    dice = random.Random(seed)
    yield "{"
    for section, field in (("Received", "From"), ("Sent", "To")):
        millis = 1_655_553_331_000
        yield ("," if field == "To" else "") + f'\n  "{section} Saved Chat History": ['
        for number in range(messages // 2):
            millis -= dice.randint(1_000, 60_000)
            plain = dice.random() < 0.92
            made = {
                field: f"account_{dice.randrange(_CHATS)}",
                "Media Type": "TEXT" if plain else "MEDIA",
                "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
                "Text": sentence(dice).replace("'", "&#39;") if plain else None,
            }
            spelled = laid_out(made, "    ")
            yield ("," if number else "") + "\n    " + spelled
        yield "\n  ]"
    yield "\n}"


def page_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """A page of one conversation, newest first, with a drawing in each card as long as the real ones."""
    dice = random.Random(seed)
    drawing = '<svg width="24" height="24" viewBox="0 0 24 24" fill="none">' + "".join(
        f'<path d="M{dice.random():.4f} {" ".join(f"{dice.random() * 24:.4f}" for _ in range(90))}Z" fill="#1A1A1B"/>'
        for _ in range(2)
    )
    yield (
        '<!DOCTYPE html><html><head><title>Snapchat</title></head><body><div class="rightpanel">'
        "<h1>Chat History with account_1</h1>"
    )
    millis = 1_767_553_331_414
    for _ in range(messages):
        millis -= dice.randint(1_000, 60_000)
        who, words = dice.choice(("me_user", "account_1")), sentence(dice).replace("&", "&amp;").replace("<", "&lt;")
        yield (
            '<div style="background: #f2f2f2; border-radius: 7px; padding: 3px; margin-bottom:4px;">'
            f"<div><h4>{who}</h4>{drawing}</svg>"
            '<span style="left: 50%; position: absolute; font-weight: bold; padding-top: 13px;">TEXT</span>'
            f'<p>{words}</p><h6 style="color: grey">'
            f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC</h6><span>Saved</span></div></div>"
        )
    yield "</div></body></html>"


def make_page(path: Path, messages: int) -> None:
    """Write one page."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(page_parts(messages))


def snap_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """A history of snaps, newest first."""
    dice = random.Random(seed)
    yield '{\n  "account_1": ['
    millis = 1_767_553_331_414
    for number in range(messages):
        millis -= dice.randint(1_000, 60_000)
        own = dice.random() < 0.5
        made = {
            "From": "me_user" if own else "account_1",
            "Media Type": dice.choice(("IMAGE", "VIDEO")),
            "Created": f"{datetime.fromtimestamp(millis // 1000, UTC):%Y-%m-%d %H:%M:%S} UTC",
            "Conversation Title": None,
            "IsSender": own,
            "Created(microseconds)": millis,
        }
        spelled = laid_out(made, "    ")
        yield ("," if number else "") + "\n    " + spelled
    yield "\n  ]\n}"


def make_snaps(path: Path, messages: int) -> None:
    """Write a history of snaps."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(snap_parts(messages))


def make_sections(path: Path, messages: int) -> None:
    """Write the file as it was until 2022."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(section_parts(messages))


def make_snapchat(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_snapchat(Path(sys.argv[2]), int(sys.argv[1]))
