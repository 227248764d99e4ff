"""A return of Snapchat of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_snapchat_return.py 1000000 /tmp/conversations.csv
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
_CHATS: Final = 8
_COLUMNS: Final = (
    "content_type,message_type,conversation_id,message_id,reply_to_message_id,conversation_title,sender_username,"
    "sender_user_id,recipient_username,recipient_user_id,is_encrypted,is_topic_chat,text,media_id,is_saved,"
    "is_one_on_one,timestamp,reactions,saved_by,upload_ip,source_port_number"
)


def rows(messages: int, seed: int = SEED) -> Iterator[list[str]]:
    """The rows of one table: a conversation after another."""
    dice = random.Random(seed)
    yield _COLUMNS.split(",")
    for chat in range(_CHATS):
        moment = datetime(2024, 1, 3, 7, 12, 5, tzinfo=UTC)
        for number in range(messages * chat // _CHATS, messages * (chat + 1) // _CHATS):
            moment += timedelta(seconds=dice.randint(1, 600))
            both = [("priya_k", "u-1"), (f"plot_{chat}", f"u-{chat + 2}")]
            dice.shuffle(both)
            media = f"b~Eig{number}" if dice.random() < 0.05 else ""
            yield ["TEXT", "CHAT", f"c{chat}", f"m{number}", "", "", *both[0], *both[1], "false", "false",
                   "" if media else sentence(dice), media, "true", "true", f"{moment:%Y-%m-%d %H:%M:%S} UTC", "", "",
                   f"203.0.113.{dice.randrange(9)}", "5222"]  # fmt: skip


def make_snapchat_return(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write('"What was said on Snapchat.\ntext: the words, as they were sent"\n===========================\n')
        csv.writer(out, lineterminator="\n").writerows(rows(messages))


if __name__ == "__main__":
    make_snapchat_return(Path(sys.argv[2]), int(sys.argv[1]))
