"""The tables of a case file, and the one number that orders every message in it.

    meta           version of the format, of Safehand, of its readers and of its rules
    files, chunks  each source file with its account, and its bytes in pieces of 64 KiB, each with the lines before it
    register       names of files that were listed and never opened
    notes          what is worth saying about how the files came
    conversations  as opened and as closed
    accounts       who appears, with a letter: A, B, C … in order of first appearance in the case
    participants   an account in a conversation
    messages       the whole message, and what a list needs without opening it
    tempo, tens, days, hours, turns, starts, silences        when they talked (tempo.py)
    clocks         how many messages of a conversation are told by which clock
    runs, pages    days as they follow one another, and the reader's pages of whole days
    gaps, gap_counts             where the record may not be whole (analysis/gap.py)
    overlaps, overlap_rows       conversations that are one in two exports, laid side by side (analysis/overlap.py)
    indicators     what rules point to, by the message they point at (analysis/indicators/)
    indicator_counts, looked_at  how often each rule did, and how much of a conversation it could look at
    indicator_days               on which days of a conversation a rule sees a kind, for the strip above the reader
    conduct        what each account did in a conversation, counted (analysis/conduct/)
    sorts, blocks  how many messages of a sort an account wrote, in all and in each block of numbers (blocks.py)
    words, signs   the search index (terms.py)

``place(3, 41)`` is message 41 of conversation 3 as one integer. It is the key of ``messages`` and of both indexes, so
a page is one stretch of one tree however long the conversation, and every search is in the order of writing.
The format is docs/spec/casefile.md.
"""

from __future__ import annotations

from typing import Final

FORMAT: Final = 9
"""Raised by any change of tables or of what is stored in them. A case file of another number is rebuilt."""

NUMBER_BITS: Final = 40
"""Bits of a place that hold the message number: a million million messages, and eight million conversations beside."""

LAST_CONVERSATION: Final = (1 << 63 - NUMBER_BITS) - 1
"""The highest number a conversation can have: SQLite's integers have 63 bits beside the sign."""

CHUNK: Final = 64 * 1024
"""Bytes of a source file in one row: a screen of original text costs one or two rows."""

CHUNK_BITS: Final = 40
"""The same division for the rows of ``chunks``: file number above, chunk number below."""

TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER NOT NULL,
    account BLOB);
CREATE TABLE chunks (id INTEGER PRIMARY KEY, lines INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE register (number INTEGER PRIMARY KEY, registered BLOB NOT NULL);
CREATE TABLE notes (number INTEGER PRIMARY KEY, note BLOB NOT NULL);
CREATE TABLE conversations (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, opened BLOB NOT NULL, closed BLOB NOT NULL,
    messages INTEGER NOT NULL, first_at INTEGER, first_clock INTEGER NOT NULL, last_at INTEGER,
    last_clock INTEGER NOT NULL);
CREATE TABLE accounts (number INTEGER PRIMARY KEY, letter TEXT NOT NULL);
CREATE TABLE participants (
    conversation INTEGER NOT NULL, position INTEGER NOT NULL, account INTEGER NOT NULL, participant BLOB NOT NULL,
    PRIMARY KEY (conversation, position)) WITHOUT ROWID;
CREATE TABLE messages (
    place INTEGER PRIMARY KEY, account INTEGER, at INTEGER, other INTEGER, clock INTEGER NOT NULL, gap INTEGER,
    sent INTEGER, kind INTEGER NOT NULL, whole BLOB NOT NULL);
CREATE TABLE clocks (
    conversation INTEGER NOT NULL, clock INTEGER NOT NULL, messages INTEGER NOT NULL,
    PRIMARY KEY (conversation, clock)) WITHOUT ROWID;
CREATE TABLE runs (
    conversation INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, day INTEGER, other INTEGER,
    clock INTEGER NOT NULL, undated INTEGER NOT NULL, PRIMARY KEY (conversation, first)) WITHOUT ROWID;
CREATE TABLE pages (
    conversation INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, part INTEGER NOT NULL,
    parts INTEGER NOT NULL, PRIMARY KEY (conversation, first)) WITHOUT ROWID;
CREATE TABLE tempo (
    conversation INTEGER PRIMARY KEY, uk INTEGER NOT NULL, device INTEGER NOT NULL, either INTEGER NOT NULL,
    without_time INTEGER NOT NULL, platform INTEGER NOT NULL, without_hour INTEGER NOT NULL,
    by_minute INTEGER NOT NULL);
CREATE TABLE tens (
    conversation INTEGER NOT NULL, reading INTEGER NOT NULL, day INTEGER NOT NULL, ten INTEGER NOT NULL,
    account INTEGER NOT NULL, messages INTEGER NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY (conversation, reading, day, ten, account)) WITHOUT ROWID;
CREATE TABLE days (
    conversation INTEGER NOT NULL, reading INTEGER NOT NULL, day INTEGER NOT NULL, account INTEGER NOT NULL,
    messages INTEGER NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY (conversation, reading, day, account)) WITHOUT ROWID;
CREATE TABLE hours (
    conversation INTEGER NOT NULL, reading INTEGER NOT NULL, weekday INTEGER NOT NULL, hour INTEGER NOT NULL,
    account INTEGER NOT NULL, messages INTEGER NOT NULL,
    PRIMARY KEY (conversation, reading, weekday, hour, account)) WITHOUT ROWID;
CREATE TABLE turns (
    conversation INTEGER NOT NULL, account INTEGER NOT NULL, turn TEXT NOT NULL, messages INTEGER NOT NULL,
    PRIMARY KEY (conversation, account, turn)) WITHOUT ROWID;
CREATE TABLE starts (
    conversation INTEGER NOT NULL, day INTEGER NOT NULL, account INTEGER NOT NULL, messages INTEGER NOT NULL,
    first INTEGER NOT NULL, PRIMARY KEY (conversation, day, account)) WITHOUT ROWID;
CREATE TABLE silences (
    conversation INTEGER NOT NULL, position INTEGER NOT NULL, before INTEGER NOT NULL, after INTEGER NOT NULL,
    seconds INTEGER NOT NULL, PRIMARY KEY (conversation, position)) WITHOUT ROWID;
CREATE TABLE gaps (number INTEGER PRIMARY KEY, conversation INTEGER, gap BLOB NOT NULL);
CREATE TABLE gap_counts (
    conversation INTEGER NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (conversation, kind)) WITHOUT ROWID;
CREATE TABLE overlaps (
    number INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, clock INTEGER NOT NULL, same INTEGER NOT NULL,
    differing INTEGER NOT NULL, only_a INTEGER NOT NULL, only_b INTEGER NOT NULL);
CREATE TABLE overlap_rows (
    overlap INTEGER NOT NULL, position INTEGER NOT NULL, verdict TEXT NOT NULL, a INTEGER, b INTEGER,
    length INTEGER NOT NULL, PRIMARY KEY (overlap, position)) WITHOUT ROWID;
CREATE TABLE indicators (
    place INTEGER NOT NULL, position INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, account INTEGER,
    indicator BLOB NOT NULL, PRIMARY KEY (place, position)) WITHOUT ROWID;
CREATE INDEX indicators_of_rule ON indicators (rule, place, position);
CREATE TABLE indicator_counts (
    conversation INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, account INTEGER NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (conversation, rule, kind, account)) WITHOUT ROWID;
CREATE TABLE indicator_days (
    conversation INTEGER NOT NULL, rule TEXT NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY (conversation, rule, kind, day)) WITHOUT ROWID;
CREATE TABLE looked_at (
    conversation INTEGER PRIMARY KEY, messages INTEGER NOT NULL, not_analysed INTEGER NOT NULL);
CREATE TABLE conduct (
    conversation INTEGER NOT NULL, account INTEGER NOT NULL, conduct BLOB NOT NULL,
    PRIMARY KEY (conversation, account)) WITHOUT ROWID;
CREATE TABLE sorts (
    conversation INTEGER NOT NULL, account INTEGER NOT NULL, kind INTEGER NOT NULL, messages INTEGER NOT NULL,
    PRIMARY KEY (conversation, account, kind)) WITHOUT ROWID;
CREATE TABLE blocks (
    conversation INTEGER NOT NULL, account INTEGER NOT NULL, kind INTEGER NOT NULL, block INTEGER NOT NULL,
    messages INTEGER NOT NULL, PRIMARY KEY (conversation, account, kind, block)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, also, content='', columnsize=0,
    tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE signs USING fts5(text, also, content='', columnsize=0, tokenize="ascii");
"""

GATHERED: Final = """
INSERT INTO words (words, rank) VALUES ('hashsize', 4194304);
INSERT INTO signs (signs, rank) VALUES ('hashsize', 4194304);
"""
"""4 MiB of terms are gathered in memory before an index writes them: with SQLite's own 1 MiB those of a long
conversation were merged so often that a case file took an eighth longer to build."""

TIMES: Final = "CREATE INDEX times ON messages (clock, sent, place) WHERE sent IS NOT NULL"
"""Every message whose place in time is known, in its order. Made at the end: sorting is quicker than inserting."""

LOGICAL: Final = (
    ("meta", "name"),
    ("files", "number"),
    ("chunks", "id"),
    ("register", "number"),
    ("notes", "number"),
    ("conversations", "number"),
    ("accounts", "number"),
    ("participants", "conversation, position"),
    ("messages", "place"),
    ("clocks", "conversation, clock"),
    ("runs", "conversation, first"),
    ("pages", "conversation, first"),
    ("tempo", "conversation"),
    ("tens", "conversation, reading, day, ten, account"),
    ("days", "conversation, reading, day, account"),
    ("hours", "conversation, reading, weekday, hour, account"),
    ("turns", "conversation, account, turn"),
    ("starts", "conversation, day, account"),
    ("silences", "conversation, position"),
    ("gaps", "number"),
    ("gap_counts", "conversation, kind"),
    ("overlaps", "number"),
    ("overlap_rows", "overlap, position"),
    ("indicators", "place, position"),
    ("indicator_counts", "conversation, rule, kind, account"),
    ("indicator_days", "conversation, rule, kind, day"),
    ("looked_at", "conversation"),
    ("conduct", "conversation, account"),
    ("sorts", "conversation, account, kind"),
    ("blocks", "conversation, account, kind, block"),
)
"""Every table that is a promise, with the order of its rows. The indexes follow from ``messages`` and are not one."""


def place(conversation: int, number: int) -> int:
    """Message ``number`` of ``conversation`` as one integer that grows in reading order."""
    return conversation << NUMBER_BITS | number


def conversation_of(place: int) -> int:
    """The conversation a place lies in. With number_of, the inverse of place."""
    return place >> NUMBER_BITS


def number_of(place: int) -> int:
    """The message number of a place."""
    return place & (1 << NUMBER_BITS) - 1


def chunk_id(file: int, chunk: int) -> int:
    """Chunk ``chunk`` (from 0) of file number ``file`` as the key of its row."""
    return file << CHUNK_BITS | chunk
