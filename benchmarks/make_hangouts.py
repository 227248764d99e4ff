"""A Hangouts.json of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_hangouts.py 1000000 /tmp/Hangouts.json

In the layout of Google Takeout, ten conversations. Of a thousand events about 850 are one stretch of plain words (a
third of them sent from the account's own device), 80 have several stretches and links, 40 pictures, 20 are calls, 10 of
the conversation itself.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from make_json import laid_out
from make_telegram import sentence

SEED: Final = 20261126
_TALKS: Final = 10
_PEOPLE: Final = (("101", "Priya"), ("102", "Tom Ashworth"), ("103", "Zoë 🌻"))


def _account(who: str) -> dict[str, str]:
    return {"gaia_id": who, "chat_id": who}


def _head(native: str) -> dict[str, Any]:
    inner = {
        "id": {"id": native},
        "type": "GROUP",
        "name": "Allotment",
        "self_conversation_state": {
            "self_read_state": {"participant_id": _account("101"), "latest_read_timestamp": "1767524390123456"},
            "status": "ACTIVE",
            "view": ["INBOX_VIEW"],
        },
        "participant_data": [{"id": _account(who), "fallback_name": name} for who, name in _PEOPLE],
    }
    return {"conversation_id": {"id": native}, "conversation": inner}


def _content(dice: random.Random) -> tuple[str, dict[str, Any]]:
    """The type of an event, and what it holds."""
    roll = dice.random()
    words: list[dict[str, Any]] = [{"type": "TEXT", "text": sentence(dice)}]
    if roll < 0.85:
        return "REGULAR_CHAT_MESSAGE", {"chat_message": {"message_content": {"segment": words}}}
    if roll < 0.93:
        link = {"type": "LINK", "text": "example.org", "link_data": {"link_target": "https://example.org"}}
        words += [{"type": "LINE_BREAK", "text": "\n"}, link]
        return "REGULAR_CHAT_MESSAGE", {"chat_message": {"message_content": {"segment": words}}}
    if roll < 0.97:
        photo = {"url": "https://example.org/1", "media_type": "PHOTO"}
        embedded = {"embed_item": {"type": ["PLUS_PHOTO"], "plus_photo": photo}, "id": "1"}
        return "REGULAR_CHAT_MESSAGE", {"chat_message": {"message_content": {"attachment": [embedded]}}}
    if roll < 0.99:
        call = {"event_type": "END_HANGOUT", "hangout_duration_secs": "56", "media_type": "AUDIO_ONLY"}
        return "HANGOUT_EVENT", {"hangout_event": call}
    return "ADD_USER", {"membership_change": {"type": "JOIN", "participant_id": [_account("103")]}}


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece."""
    dice = random.Random(seed)
    micros = 1_546_500_000_000_000
    yield '{\n  "conversations" : ['
    for talk in range(_TALKS):
        native = f"Ugx{talk:021d}"
        about = json.dumps(_head(native), indent=2, ensure_ascii=False, separators=(",", " : ")).replace("\n", "\n    ")
        yield ("," if talk else "") + '\n    {\n    "conversation" : ' + about + ',\n    "events" : ['
        for number in range(messages * talk // _TALKS, messages * (talk + 1) // _TALKS):
            micros += dice.randint(1_000_000, 600_000_000)
            who = dice.choice(_PEOPLE)[0]
            own = {"client_generated_id": str(dice.getrandbits(62))} if who == "101" else {}
            kind, content = _content(dice)
            event = {
                "conversation_id": {"id": native},
                "sender_id": _account(who),
                "timestamp": str(micros),
                "self_event_state": {"user_id": _account("101"), **own, "notification_level": "RING"},
                **content,
                "event_id": f"{dice.getrandbits(80):020x}",
                "advances_sort_timestamp": True,
                "event_otr": "ON_THE_RECORD",
                "delivery_medium": {"medium_type": "BABEL_MEDIUM"},
                "event_type": kind,
                "event_version": str(micros),
            }
            spelled = laid_out(event, "      ").replace('": ', '" : ')
            first = number == messages * talk // _TALKS
            yield ("" if first else ",") + "\n      " + spelled
        yield "\n    ]\n    }"
    yield "\n  ]\n}"


def make_hangouts(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the file to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in file_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_hangouts(Path(sys.argv[2]), int(sys.argv[1])))
