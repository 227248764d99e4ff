"""A channel of Discord of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_discord.py 1000000 /tmp/discord.json

In the layout of DiscordChatExporter. Of a thousand messages about 880 are plain words, 40 answers, 30 have reactions,
20 files, 20 were edited, 10 are of the platform.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from make_json import laid_out
from make_telegram import sentence

SEED: Final = 20261126
_PEOPLE: Final = (
    ("521486476985155001", "Priya"),
    ("521486476985155002", "Tom Ashworth"),
    ("521486476985155003", "Zoë"),
)
_HEAD: Final = {
    "guild": {"id": "0", "name": "Direct Messages", "iconUrl": "https://example.org/0.png"},
    "channel": {"id": "530805775262679064", "type": "DirectGroupTextChat", "categoryId": "0", "category": "Group",
                "name": "Allotment", "topic": None},
    "dateRange": {"after": None, "before": None},
    "exportedAt": "2026-02-01T10:00:00.000+00:00",
}  # fmt: skip
_EPOCH: Final = 1_420_070_400_000


def _author(who: tuple[str, str]) -> dict[str, Any]:
    made = {"id": who[0], "name": who[1].lower(), "discriminator": "0000", "nickname": who[1], "color": "#E67E22"}
    return {**made, "isBot": False, "roles": [], "avatarUrl": f"https://example.org/avatars/{who[0]}/aaaa.png?size=512"}


def _others(dice: random.Random, before: str, when: str) -> dict[str, Any]:
    """What makes one message in eight more than plain words."""
    roll = dice.random()
    if roll < 0.88:
        return {}
    if roll < 0.92 and before:
        return {"type": "Reply", "reference": {"messageId": before, "channelId": "530805775262679064", "guildId": None}}
    if roll < 0.95:
        emoji = {"id": "", "name": "🥕", "code": "carrot", "isAnimated": False, "imageUrl": "https://example.org/c.svg"}
        return {"reactions": [{"emoji": emoji, "count": 2, "users": []}]}
    if roll < 0.97:
        file = {
            "id": before or "1",
            "url": "https://example.org/plan.png",
            "fileName": "plan.png",
            "fileSizeBytes": 4812,
        }
        return {"attachments": [file]}
    if roll < 0.99:
        return {"timestampEdited": when}
    return {"type": "RecipientAdd", "content": "Added Zoë to the group."}


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, 123_000, tzinfo=UTC)
    head = json.dumps(_HEAD, indent=2, ensure_ascii=False)
    yield head[:-2] + ',\n  "messages": ['
    before = ""
    for number in range(messages):
        moment += timedelta(milliseconds=dice.randint(1_000, 60_000))
        when = moment.isoformat(timespec="milliseconds")
        native = str(((int(moment.timestamp() * 1000) - _EPOCH) << 22) + number % 4096)
        made = {
            "id": native, "type": "Default", "timestamp": when, "timestampEdited": None, "callEndedTimestamp": None,
            "isPinned": False, "content": sentence(dice), "author": _author(dice.choice(_PEOPLE)), "attachments": [],
            "embeds": [], "stickers": [], "reactions": [], "mentions": [], "inlineEmojis": [],
            **_others(dice, before, when),
        }  # fmt: skip
        before = native
        spelled = laid_out(made, "    ")
        yield ("," if number else "") + "\n    " + spelled
    yield f'\n  ],\n  "messageCount": {messages}\n}}'


def make_discord(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_discord(Path(sys.argv[2]), int(sys.argv[1]))
