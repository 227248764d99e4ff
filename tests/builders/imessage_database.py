"""Databases of Messages, made with SQLite itself: the tables and columns that are read, and some that are not.

made = Made(page_size=1024)
tom = made.handle("+447700900123")
chat = made.chat("Allotment", tom)
made.say(chat, tom, moment, "Hello")
made.files()          {"chat.db": b"…"}, and {"chat.db-wal": b"…"} of one that keeps a log
"""

from __future__ import annotations

import plistlib
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_2001 = datetime(2001, 1, 1, tzinfo=UTC)

SCHEMA = """
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
 replace INTEGER DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT,
 attributedBody BLOB, version INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT,
 error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER, is_delivered INTEGER DEFAULT 0,
 is_finished INTEGER DEFAULT 0, is_emote INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, is_empty INTEGER DEFAULT 0,
 is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, is_audio_message INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0,
 other_handle INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0,
 share_status INTEGER DEFAULT 0, share_direction INTEGER DEFAULT 0, associated_message_guid TEXT,
 associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, payload_data BLOB, expressive_send_style_id TEXT,
 message_summary_info BLOB, destination_caller_id TEXT, reply_to_guid TEXT, is_spam INTEGER DEFAULT 0,
 thread_originator_guid TEXT, thread_originator_part TEXT, date_retracted INTEGER, date_edited INTEGER);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER,
 account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT, room_name TEXT, account_login TEXT,
 is_archived INTEGER DEFAULT 0, last_addressed_handle TEXT, display_name TEXT, group_id TEXT,
 is_filtered INTEGER DEFAULT 0);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT,
 service TEXT NOT NULL, uncanonicalized_id TEXT, UNIQUE (id, service));
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, filename TEXT, uti TEXT,
 mime_type TEXT, transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0);
CREATE TABLE chat_handle_join (chat_id INTEGER REFERENCES chat (ROWID), handle_id INTEGER, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER DEFAULT 0,
 PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER,
 PRIMARY KEY (chat_id, message_id));
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));
CREATE TABLE kvtable (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, key TEXT UNIQUE NOT NULL, value BLOB NOT NULL);
CREATE INDEX message_idx_date ON message(date);
"""


def nanos(moment: datetime) -> int:
    """As a row has it."""
    return int((moment - _2001).total_seconds()) * 1_000_000_000


def typed(text: str) -> bytes:
    """The attributed string of a text, as far as it is read."""
    raw = text.encode()
    if len(raw) < 0x80:
        size = bytes([len(raw)])
    elif len(raw) < 0x10000:
        size = b"\x81" + len(raw).to_bytes(2, "little")
    else:
        size = b"\x82" + len(raw).to_bytes(4, "little")
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00"
    return (
        head + b"\x85\x92" + b"\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + size + raw + b"\x86\x84\x02iI\x01\x0f\x86"
    )


def edits(*texts: str, unsent: tuple[int, ...] = ()) -> bytes:
    """A summary of what was edited: the texts of the first part, one after another."""
    told: dict[str, Any] = {"amc": 0, "ust": True}
    if texts:
        told["ec"] = {"0": [{"t": typed(text), "d": 690513474.5 + n} for n, text in enumerate(texts)]}
    if unsent:
        told["rp"] = list(unsent)
    return plistlib.dumps(told, fmt=plistlib.FMT_BINARY)


class Made:
    """A database that is being made."""

    def __init__(
        self, *, page_size: int = 4096, log: bool = False, vacuum: str = "NONE", encoding: str = "UTF-8"
    ) -> None:
        self._folder = Path(tempfile.mkdtemp())
        self.path = self._folder / "chat.db"
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.execute(f"PRAGMA encoding='{encoding}'")
        self.db.execute(f"PRAGMA page_size={page_size}")
        self.db.execute(f"PRAGMA auto_vacuum={vacuum}")
        self.db.execute(f"PRAGMA journal_mode={'WAL' if log else 'DELETE'}")
        self.db.execute("PRAGMA wal_autocheckpoint=0")
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("BEGIN")
        for statement in SCHEMA.split(";"):
            self.db.execute(statement)
        self.db.execute("COMMIT")

    def insert(self, table: str, **values: Any) -> int:
        """A row; its rowid."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  names of this file's own
        found = self.db.execute(statement, tuple(values.values())).lastrowid
        assert found is not None
        return found

    def handle(self, name: str, service: str = "iMessage") -> int:
        """An account."""
        return self.insert("handle", id=name, service=service)

    def chat(self, name: str | None, *handles: int, style: int = 43, **more: Any) -> int:
        """A chat with its members."""
        count = self.db.execute("SELECT count(*) FROM chat").fetchone()[0]
        row = self.insert("chat", guid=f"iMessage;+;chat{count}", style=style, display_name=name or "",
                          chat_identifier=f"chat{count}", service_name="iMessage", **more)  # fmt: skip
        for handle in handles:
            self.insert("chat_handle_join", chat_id=row, handle_id=handle)
        return row

    def say(self, chat: int | None, handle: int, moment: datetime, text: str | None, **more: Any) -> int:
        """A message: ``handle`` 0 is the owner. ``guid`` is G and its rowid, unless it is given."""
        count = self.db.execute("SELECT coalesce(max(ROWID), 0) FROM message").fetchone()[0] + 1
        values = {"guid": f"G{count}", "text": text, "handle_id": handle, "date": nanos(moment),
                  "is_from_me": int(not handle), "is_finished": 1, "service": "iMessage", **more}  # fmt: skip
        row = self.insert("message", **values)
        if chat is not None:
            self.insert("chat_message_join", chat_id=chat, message_id=row, message_date=values["date"])
        return row

    def attach(self, message: int, filename: str, **more: Any) -> None:
        """A file that went with a message."""
        count = self.db.execute("SELECT count(*) FROM attachment").fetchone()[0]
        row = self.insert("attachment", guid=f"at_{count}", filename=filename, **more)
        self.insert("message_attachment_join", message_id=message, attachment_id=row)

    def merge(self) -> None:
        """Write the log back into the database, which begins it anew."""
        self.db.execute("PRAGMA wal_checkpoint(RESTART)")

    def files(self) -> dict[str, bytes]:
        """The database as it lies on the disk now, its log unmerged."""
        found = {"chat.db": self.path.read_bytes()}
        log = self.path.with_name("chat.db-wal")
        if log.exists():
            found["chat.db-wal"] = log.read_bytes()
        return found

    def done(self) -> dict[str, bytes]:
        """The same, and nothing of it is left on the disk."""
        found = self.files()
        self.db.close()
        shutil.rmtree(self._folder)
        return found
