"""Signal's forms of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_signal.py 1000000 /tmp/data.json

Of a hundred messages 85 are plain words, six are answers, five have reactions, three go with a file, one is a call.
"""

from __future__ import annotations

import json
import random
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
_CHATS: Final = 8
_PEOPLE: Final = ("Me", "Priya", "Zoë", "TomAshworth")


def said(messages: int, seed: int = SEED) -> Iterator[dict[str, object]]:
    """The messages, as signal-export has them before it writes them."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5)  # noqa: DTZ001  the form names no zone
    for number in range(messages):
        moment += timedelta(milliseconds=dice.randint(1_000, 600_000))
        roll = dice.random()
        yield {
            "date": moment.isoformat(),
            "sender": dice.choice(_PEOPLE),
            "body": ("Missed voice call" if roll > 0.99 else sentence(dice)) + "  ",
            "quote": f"\n\n> {sentence(dice)}\n\n" if roll < 0.06 else "",
            "sticker": None,
            "reactions": [[dice.choice(_PEOPLE), "👍"]] if 0.06 <= roll < 0.11 else [],
            "attachments": [{"name": f"{number}.jpg", "path": f"media/{number}.jpg"}] if 0.11 <= roll < 0.14 else [],
            "deleted": False,
            "call": roll > 0.99,
            "missed": roll > 0.99,
        }


def make_data_json(path: Path, messages: int) -> None:
    """Write signal-export's data.json."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in said(messages))


def make_chat_md(path: Path, messages: int) -> None:
    """Write signal-export's chat.md."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(map(_block, said(messages)))


def _block(one: dict[str, object]) -> str:
    date = str(one["date"]).partition(".")[0].replace("T", " ")
    reactions = "".join(f"\n(- {name}: {emoji} -)" for name, emoji in _list(one["reactions"]))
    files = "".join(f"![{file['name']}](./{file['path']})  " for file in _list(one["attachments"]))
    return f"[{date}] {one['sender']}: {one['quote']}{one['body']}{reactions}{files}\n\n"


def own_lines(messages: int, seed: int = SEED) -> Iterator[dict[str, object]]:
    """Signal's own export: eight chats, mixed as they come; a third is sent, with who has read it."""
    dice = random.Random(seed)
    yield {"version": "1", "backupTimeMs": "1785577587884", "currentAppVersion": "Desktop 8.21.0"}
    yield {"account": {"givenName": "Sam"}}
    yield {"recipient": {"id": "1", "self": {}}}
    for number in range(2, 2 + _CHATS):
        aci = b64encode(number.to_bytes(16, "big")).decode()
        about = {"aci": aci, "e164": f"4477009000{number:02d}", "profileGivenName": f"Account {number}"}
        yield {"recipient": {"id": str(number), "contact": about}}
        yield {"chat": {"id": str(number), "recipientId": str(number), "expireTimerVersion": 1}}
    moment = 1_546_500_000_000
    for _ in range(messages):
        moment += dice.randint(1_000, 600_000)
        yield {"chatItem": _own_item(dice, moment, str(dice.randint(2, 1 + _CHATS)))}


def _own_item(dice: random.Random, moment: int, chat: str) -> dict[str, object]:
    roll, sent = dice.random(), dice.random() < 1 / 3
    made: dict[str, object] = {"chatId": chat, "authorId": "1" if sent else chat, "dateSent": str(moment)}
    if roll > 0.99:
        call = {"type": "AUDIO_CALL", "direction": "INCOMING", "state": "MISSED", "startedCallTimestamp": str(moment)}
        return {**made, "directionless": {}, "updateMessage": {"individualCall": call}}
    if sent:
        status = {"recipientId": chat, "timestamp": str(moment + 900), "read": {"sealedSender": True}}
        made["outgoing"] = {"sendStatus": [status], "dateReceived": str(moment)}
    else:
        made["incoming"] = {"dateReceived": str(moment + 900), "dateServerSent": str(moment + 500), "read": True}
    said: dict[str, object] = {"text": {"body": sentence(dice)}}
    if roll < 0.06:
        quote = {"targetSentTimestamp": str(moment - 60_000), "authorId": "1", "text": {"body": sentence(dice)}}
        said["quote"] = {**quote, "type": "NORMAL"}
    elif roll < 0.11:
        said["reactions"] = [{"emoji": "👍", "authorId": "1", "sentTimestamp": str(moment + 5_000), "sortOrder": "1"}]
    elif roll < 0.14:
        pointer = {"contentType": "image/jpeg", "width": 640, "height": 480, "locatorInfo": {"size": 299_397}}
        said["attachments"] = [{"pointer": pointer, "wasDownloaded": True}]
    return {**made, "standardMessage": said}


def make_main_jsonl(path: Path, messages: int) -> None:
    """Write Signal's own main.jsonl."""
    with path.open("w", encoding="utf-8") as out:
        for one in own_lines(messages):
            out.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")


def make_sigtop(path: Path, messages: int) -> None:
    """Write sigtop's text."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("Conversation: Priya (+447700900123)\n\n")
        out.writelines(map(_sigtop_block, said(messages)))


def _sigtop_block(one: dict[str, object]) -> str:
    moment = datetime.fromisoformat(str(one["date"]))
    date = format_datetime(moment).replace("-0000", "+0100")
    who = "You" if one["sender"] == "Me" else f"{one['sender']} (+4477009001{len(str(one['sender'])):02d})"
    kind = "call-history" if one["call"] else "outgoing" if who == "You" else "incoming"
    lines = [f"From: {who}", f"Type: {kind}", f"Sent: {date}"]
    if kind != "outgoing":
        lines.append(f"Received: {date}")
    lines += [f"Attachment: {file['name']} (image/jpeg, 299397 bytes)" for file in _list(one["attachments"])]
    lines += [f"Reaction: {emoji} from {name}" for name, emoji in _list(one["reactions"])]
    if one["quote"]:
        lines += ["", "> From: You", f"> Sent: {date}", ">", str(one["quote"]).strip("\n")]
    if not one["call"]:
        lines += ["", str(one["body"]).rstrip()]
    return "\n".join(lines) + "\n\n"


def make_rows(path: Path, messages: int) -> None:
    """Write sigtop's JSON: rows of Signal Desktop."""
    with path.open("w", encoding="utf-8") as out:
        out.write("[\n")
        for number, one in enumerate(said(messages)):
            out.write((",\n" if number else "") + json.dumps(_row(one, number), ensure_ascii=False))
        out.write("\n]\n")


def _row(one: dict[str, object], number: int) -> dict[str, object]:
    sent = int(datetime.fromisoformat(str(one["date"])).replace(tzinfo=UTC).timestamp() * 1000)
    own = one["sender"] == "Me"
    aci = f"00000000-0000-4000-8000-{len(str(one['sender'])):012d}"
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "conversationId": "c1",
        "type": "call-history" if one["call"] else "outgoing" if own else "incoming",
        "sent_at": sent,
        "timestamp": sent,
        "received_at": 1_600_000_000_000 + number,
        "received_at_ms": sent + 900,
        "sourceServiceId": aci,
        "body": str(one["body"]).rstrip(),
        "attachments": [{"fileName": file["name"], "contentType": "image/jpeg"} for file in _list(one["attachments"])],
        "reactions": [{"emoji": emoji, "fromId": "c2", "timestamp": sent} for _, emoji in _list(one["reactions"])],
        "bodyRanges": [],
        "readStatus": 0,
        "seenStatus": 2,
        "schemaVersion": 14,
        "sendStateByConversationId": {"c2": {"status": "Read", "updatedAt": sent + 2000}} if own else {},
    }


def _list(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


if __name__ == "__main__":
    make_data_json(Path(sys.argv[2]), int(sys.argv[1]))
