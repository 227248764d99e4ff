"""A database of Messages of any length, made up: the talk of make_imessage.py in fifty chats, written by SQLite.

Of a hundred messages half keep their words in an attributed string, as macOS 13 and later do, eight are reactions,
three go with a file, two were edited. There is no log.
"""

from __future__ import annotations

import plistlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from make_imessage import SEED, sentence

_COLUMNS: Final = (
    "ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, replace INTEGER DEFAULT 0,"
    " service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB,"
    " version INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT,"
    " error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0,"
    " is_finished INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0,"
    " item_type INTEGER DEFAULT 0, associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,"
    " balloon_bundle_id TEXT, payload_data BLOB, message_summary_info BLOB, thread_originator_guid TEXT,"
    " date_edited INTEGER, "
) + ", ".join(f"sr_ck_{n} INTEGER DEFAULT 0" for n in range(50))
"""Ninety, as there are; those of the end are zeros in nearly every row."""
_OTHERS: Final = (
    "CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, display_name TEXT)",
    "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT)",
    (
        "CREATE TABLE attachment"
        " (ROWID INTEGER PRIMARY KEY, guid TEXT, filename TEXT, mime_type TEXT, total_bytes INTEGER)"
    ),
    "CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id))",
    "CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER)",
    "CREATE INDEX message_idx_date ON message(date)",
)
_CHATS: Final = 50
_ROW: Final = (
    "INSERT INTO message (guid, text, attributedBody, handle_id, is_from_me, is_finished, service, date, date_read,"
    " associated_message_guid, associated_message_type, message_summary_info, date_edited)"
    " VALUES (?, ?, ?, ?, ?, 1, 'iMessage', ?, ?, ?, ?, ?, ?)"
)


def _typed(text: str) -> bytes:
    raw = text.encode()
    size = bytes([len(raw)]) if len(raw) < 0x80 else b"\x81" + len(raw).to_bytes(2, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85"
    attributes = b"\x86\x84\x02iI\x01\x0f\x92\x84\x84\x84\x0cNSDictionary\x00\x94\x84\x01i\x01\x92\x84\x96\x96"
    return (
        head + b"\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + size + raw + attributes + b"\x1d__kIMMessagePart\x86"
    )


def _rows(dice: random.Random, messages: int) -> Iterator[tuple[Any, ...]]:
    at = 694_224_000_000_000_000
    for n in range(messages):
        at += dice.randint(1, 900) * 1_000_000_000
        handle, roll, words = dice.randrange(_CHATS + 1), dice.random(), sentence(dice)
        target, kind, info, edited = None, 0, None, 0
        if roll < 0.08 and n:
            target, kind, words = f"p:0/G{dice.randrange(max(0, n - 40), n)}", 2000 + dice.randrange(6), "Loved this"
        elif roll < 0.10:
            events = [{"t": _typed(sentence(dice)), "d": at / 1e9}, {"t": _typed(words), "d": at / 1e9 + 42}]
            info, edited = plistlib.dumps({"ec": {"0": events}}, fmt=plistlib.FMT_BINARY), at + 42_000_000_000
        text, body = (words, None) if n % 2 else (None, _typed(words))
        yield (f"G{n}", text, body, handle, int(not handle), at, at + 60 * 10**9, target, kind, info, edited)


def make_imessage_database(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the database to ``path``, and give how many messages are told: a reaction is told with its message."""
    dice = random.Random(seed)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    db.execute(f"CREATE TABLE message ({_COLUMNS})")
    for statement in _OTHERS:
        db.execute(statement)
    db.executemany("INSERT INTO chat VALUES (?, ?, 45, ?, '')",
                   ((n, f"iMessage;-;+4477009{n:05d}", f"+4477009{n:05d}") for n in range(1, _CHATS + 1)))  # fmt: skip
    db.executemany("INSERT INTO handle VALUES (?, ?, 'iMessage')",
                   ((n, f"+4477009{n:05d}") for n in range(1, _CHATS + 1)))  # fmt: skip
    db.executemany(_ROW, _rows(dice, messages))
    db.execute(
        "INSERT INTO chat_message_join SELECT CASE handle_id WHEN 0 THEN 1 + ROWID % ? ELSE handle_id END, ROWID"
        " FROM message", (_CHATS,)
    )  # fmt: skip
    db.execute("INSERT INTO message_attachment_join SELECT ROWID, ROWID FROM message WHERE ROWID % 33 = 0")
    db.execute(
        "INSERT INTO attachment SELECT ROWID, 'at_' || ROWID, '~/Library/Messages/Attachments/' || ROWID || '.heic',"
        " 'image/heic', 48211 FROM message WHERE ROWID % 33 = 0"
    )
    db.execute("COMMIT")
    told: int = db.execute(
        "SELECT count(*) FROM message m WHERE associated_message_type = 0 OR NOT EXISTS (SELECT 1 FROM message t"
        " WHERE t.guid = substr(m.associated_message_guid, 5) AND t.associated_message_type = 0)"
    ).fetchone()[0]
    db.close()
    return told
