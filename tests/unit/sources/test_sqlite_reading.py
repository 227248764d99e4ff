"""Our reader of SQLite's files, judged by SQLite itself: the same rows, whatever the pages, the log and the deletions.

SQLite writes and SQLite says what stands there; the reader is given copies of the bytes, and accounts for each.
"""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safehand.sources.accounting import FileAccount, Ledger, SegmentKind
from safehand.sources.contract import FileInMemory
from safehand.sources.sqlite_account import CUT, NO_LOG, UNFINISHED, account_for
from safehand.sources.sqlite_pages import Database
from safehand.sources.sqlite_records import DamagedError, Record, signed, varint
from safehand.sources.sqlite_tables import Table, Tables, Use, columns_of

Rows = list[tuple[Any, ...]]


class Read:
    """What the reader says of a database and its log."""

    def __init__(self, data: bytes, log: bytes | None = None) -> None:
        files = [FileInMemory("f.db", "f.db", data)]
        if log is not None:
            files.append(FileInMemory("f.db-wal", "f.db-wal", log))
        database = Database(*files)
        self.tables = Tables(database)
        self.rows: Rows = []
        self.spans: list[tuple[int, int, int]] = []
        table = self.tables.get("t")
        for row in self.tables.rows(table, Use.ROWS):
            record = self.tables.record(row)
            assert table is not None
            values = [record.value(n, database.encoding) for n in range(len(table.columns))]
            if table.rowid is not None:
                values[table.rowid] = row.cell.rowid
            self.rows.append(tuple(values))
            self.spans.append((row.file, row.start, row.end))
        self.tables.free_pages()
        self.segments: list[list[tuple[SegmentKind, int, int]]] = [[] for _ in files]
        ledgers = [Ledger(file.id, self._sink(number)) for number, file in enumerate(files)]
        account_for(self.tables, ledgers)
        self.accounts: list[FileAccount] = [
            ledger.close(file.size) for ledger, file in zip(ledgers, files, strict=True)
        ]
        for number, file in enumerate(files):
            assert b"".join(file.data[start:end] for _, start, end in self.segments[number]) == file.data
        places = {(n, start, end) for n, found in enumerate(self.segments) for kind, start, end in found
                  if kind is SegmentKind.MESSAGE}  # fmt: skip
        assert set(self.spans) <= places
        database.close()

    def _sink(self, number: int) -> Any:
        return lambda _, kind, start, end: self.segments[number].append((kind, start, end))

    @property
    def unparsed(self) -> list[str]:
        return [gap.reason for account in self.accounts for gap in account.unparsed]


def judged(folder: Path, data: bytes, log: bytes | None) -> Rows:
    """What SQLite says of the same bytes."""
    folder.mkdir()
    (folder / "f.db").write_bytes(data)
    if log is not None:
        (folder / "f.db-wal").write_bytes(log)
    db = sqlite3.connect(folder / "f.db")
    found = db.execute("SELECT * FROM t ORDER BY rowid").fetchall()
    db.close()
    return found


def opened(folder: Path, size: int, vacuum: str = "NONE", *, log: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(folder / "f.db", isolation_level=None)
    db.execute(f"PRAGMA page_size={size}")
    db.execute(f"PRAGMA auto_vacuum={vacuum}")
    db.execute(f"PRAGMA journal_mode={'WAL' if log else 'DELETE'}")
    db.execute("PRAGMA wal_autocheckpoint=0")
    db.execute("PRAGMA synchronous=OFF")
    db.execute("CREATE TABLE other (a, b)")
    db.execute("CREATE TABLE t (a INTEGER, b TEXT, id INTEGER PRIMARY KEY, c BLOB, d REAL, e)")
    db.execute("CREATE INDEX i ON t (b)")
    return db


def bytes_of(folder: Path) -> tuple[bytes, bytes | None]:
    log = folder / "f.db-wal"
    return (folder / "f.db").read_bytes(), log.read_bytes() if log.exists() else None


NUMBERS = (0, 1, -1, 127, -129, 40_000, -(2**23), 2**31, -(2**47), 2**62, None)


def row(chance: random.Random) -> tuple[Any, ...]:
    long = chance.choice((0, 5, 60, 200, 4_000, 9_000))
    return (chance.choice(NUMBERS), chance.choice((None, "", "é🥕" * (long // 4), "plot " * (long // 5))),
            chance.randbytes(chance.choice((0, 3, long))), chance.choice((0.5, -3.25, 7.0, None)),
            chance.choice((None, "x", 5, b"\xff")))  # fmt: skip


def write(db: sqlite3.Connection, chance: random.Random, deeds: int) -> None:
    """Rows that come, change and go."""
    for _ in range(deeds):
        db.execute("BEGIN")
        for _ in range(chance.randint(1, 12)):
            db.execute("INSERT INTO t (a, b, c, d, e) VALUES (?, ?, ?, ?, ?)", row(chance))
            db.execute("INSERT INTO other VALUES (?, ?)", (chance.randint(0, 9), "word " * chance.randint(0, 400)))
        if chance.random() < 0.6:
            db.execute("DELETE FROM t WHERE id % 5 = ?", (chance.randint(0, 4),))
            db.execute("UPDATE t SET b = b || 'more' WHERE id % 7 = ?", (chance.randint(0, 6),))
        db.execute("COMMIT")


@pytest.mark.parametrize("vacuum", ["NONE", "FULL", "INCREMENTAL"])
@pytest.mark.parametrize("size", [512, 1024, 4096, 8192, 32768, 65536])
@pytest.mark.parametrize("log", [False, True])
def test_the_rows_are_those_that_sqlite_reads(tmp_path: Path, size: int, vacuum: str, *, log: bool) -> None:
    db = opened(tmp_path, size, vacuum, log=log)
    write(db, random.Random(f"{size} {vacuum} {log}"), 12)
    data, wal = bytes_of(tmp_path)
    found = Read(data, wal)
    assert found.rows == db.execute("SELECT * FROM t ORDER BY id").fetchall()
    assert len(found.rows) > 10
    assert found.unparsed == []
    assert not found.tables.trouble
    db.close()


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_texts_are_read_in_the_encoding_of_the_database(tmp_path: Path, encoding: str) -> None:
    db = sqlite3.connect(tmp_path / "f.db", isolation_level=None)
    db.execute(f"PRAGMA encoding='{encoding}'")
    db.execute("CREATE TABLE t (a, b)")
    db.execute("INSERT INTO t VALUES ('é🥕', 'plain')")
    assert Read(*bytes_of(tmp_path)).rows == [("é🥕", "plain")]
    db.close()


@given(seed=st.integers(0, 10_000), cut=st.floats(0, 1), size=st.sampled_from([512, 1024]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_log_that_is_cut_or_changed_anywhere_counts_as_far_as_sqlite_counts_it(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cut: float, size: int
) -> None:
    folder = tmp_path_factory.mktemp("log")
    db = opened(folder, size, log=True)
    write(db, random.Random(seed), 6)
    data, log = bytes_of(folder)
    db.close()
    assert log is not None
    at = int(cut * len(log))
    flipped = log[:at] + bytes(byte ^ 1 for byte in log[at : at + 1]) + log[at + 1 :]
    for number, changed in enumerate((log[:at], flipped)):
        try:
            expected = judged(folder / str(number), data, changed)
        except sqlite3.DatabaseError:
            continue
        assert Read(data, changed).rows == expected


def test_what_stood_in_the_log_before_it_was_begun_anew_does_not_count(tmp_path: Path) -> None:
    db = opened(tmp_path, 1024, log=True)
    write(db, random.Random(1), 10)
    db.execute("PRAGMA wal_checkpoint(RESTART)")
    db.execute("INSERT INTO t (b) VALUES ('the newest')")
    data, log = bytes_of(tmp_path)
    found = Read(data, log)
    assert found.rows == db.execute("SELECT * FROM t ORDER BY id").fetchall()
    assert found.rows[-1][1] == "the newest"
    assert found.spans[-1][0] == 1
    assert {one[0] for one in found.spans} == {0, 1}
    assert found.unparsed == []
    db.close()


def test_a_change_that_was_never_completed_is_not_told_and_not_passed_over(tmp_path: Path) -> None:
    db = opened(tmp_path, 512, log=True)
    db.execute("PRAGMA cache_size=2")
    db.execute("BEGIN")
    for n in range(400):
        db.execute("INSERT INTO t (b) VALUES (?)", (f"never {n} " * 9,))
    data, log = bytes_of(tmp_path)
    found = Read(data, log)
    assert found.rows == []
    assert set(found.unparsed) == {UNFINISHED}
    db.close()


def test_a_log_with_a_wrong_checksum_is_unparsed_from_there_on(tmp_path: Path) -> None:
    db = opened(tmp_path, 512, log=True)
    write(db, random.Random(2), 4)
    data, log = bytes_of(tmp_path)
    db.close()
    assert log is not None
    at = len(log) // 2
    found = Read(data, log[:at] + bytes([log[at] ^ 1]) + log[at + 1 :])
    assert UNFINISHED in found.unparsed


@pytest.mark.parametrize("log", [b"no log at all" * 9, b"", bytes(4096)])
def test_what_is_no_log_is_unparsed_and_the_database_is_read(tmp_path: Path, log: bytes) -> None:
    db = opened(tmp_path, 512)
    write(db, random.Random(3), 2)
    data, _ = bytes_of(tmp_path)
    found = Read(data, log)
    assert found.rows == db.execute("SELECT * FROM t ORDER BY id").fetchall()
    assert found.unparsed == ([NO_LOG] if log else [])
    db.close()


def test_free_pages_are_blank_and_are_not_read(tmp_path: Path) -> None:
    db = opened(tmp_path, 512)
    write(db, random.Random(4), 20)
    free = db.execute("DELETE FROM t WHERE id > 3").connection.execute("PRAGMA freelist_count").fetchone()[0]
    data, _ = bytes_of(tmp_path)
    found = Read(data)
    assert free > 20
    assert found.accounts[0].segments["blank"].bytes >= free * 512
    assert found.unparsed == []
    db.close()


def test_a_page_that_is_overwritten_costs_its_own_rows_and_no_others(tmp_path: Path) -> None:
    db = opened(tmp_path, 1024)
    db.execute("BEGIN")
    for n in range(300):
        db.execute("INSERT INTO t (b) VALUES (?)", (f"plot {n}",))
    db.execute("COMMIT")
    data, _ = bytes_of(tmp_path)
    good = Read(data)
    middle = good.spans[150][1] // 1024
    found = Read(data[: middle * 1024] + b"\xab" * 1024 + data[(middle + 1) * 1024 :])
    lost = [values for values, span in zip(good.rows, good.spans, strict=True) if span[1] // 1024 == middle]
    assert 0 < len(lost) < 60
    assert found.rows == [values for values in good.rows if values not in lost]
    assert sum(gap.end - gap.start for gap in found.accounts[0].unparsed) == 1024
    db.close()


def test_a_database_that_is_cut_gives_what_is_there(tmp_path: Path) -> None:
    db = opened(tmp_path, 1024)
    db.execute("BEGIN")
    for n in range(300):
        db.execute("INSERT INTO t (b) VALUES (?)", (f"plot {n}",))
    db.execute("COMMIT")
    data, _ = bytes_of(tmp_path)
    good, cut = Read(data), len(data) * 2 // 3 + 100
    found = Read(data[:cut])
    there = [values for values, span in zip(good.rows, good.spans, strict=True) if span[2] <= cut // 1024 * 1024]
    assert found.rows == there
    assert len(there) > 50
    assert found.unparsed == [CUT]
    assert found.tables.database.is_cut
    db.close()


@given(seed=st.integers(0, 5), wrongs=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9))
@settings(max_examples=60, deadline=None)
def test_bytes_that_were_changed_raise_nothing_else_and_lose_no_byte(
    tmp_path_factory: pytest.TempPathFactory, seed: int, wrongs: list[tuple[float, int]]
) -> None:
    folder = tmp_path_factory.mktemp("wrong")
    db = opened(folder, 512)
    write(db, random.Random(seed), 6)
    data = bytearray(bytes_of(folder)[0])
    db.close()
    for where, byte in wrongs:
        data[int(where * (len(data) - 1))] = byte
    try:
        Database(FileInMemory("f", "f", bytes(data))).close()
        tables = Tables(Database(FileInMemory("f", "f", bytes(data))))
    except DamagedError:
        return
    for found in tables.rows(tables.get("t"), Use.ROWS):
        try:
            tables.record(found)
        except DamagedError as error:
            tables.refuse(found, error)
    tables.free_pages()
    ledger = Ledger("f")
    account_for(tables, [ledger])
    ledger.close(len(data))


@pytest.mark.parametrize("head", [b"", b"SQLite format 3\x00", b"SQLite format 2\x00" + bytes(100)])
def test_what_is_no_database_is_refused(head: bytes) -> None:
    with pytest.raises(DamagedError):
        Database(FileInMemory("f", "f", head))


@pytest.mark.parametrize("size", [0, 256, 1000, 3])
def test_a_size_of_pages_that_there_is_not_is_refused(tmp_path: Path, size: int) -> None:
    opened(tmp_path, 1024).close()
    data = bytearray(bytes_of(tmp_path)[0])
    data[16:18] = size.to_bytes(2, "big")
    with pytest.raises(DamagedError):
        Database(FileInMemory("f", "f", bytes(data)))


@pytest.mark.parametrize(
    ("sql", "columns", "rowid"),
    [
        ("CREATE TABLE t (a, b)", ("a", "b"), None),
        ("CREATE TABLE t (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL)", ("rowid", "guid"), 0),
        ("CREATE TABLE t (a NUMERIC(10, 5) DEFAULT (1 + 2), b CHECK (b IN ('x,y', \")\")))", ("a", "b"), None),
        ('CREATE TABLE "t" ("a b" TEXT, [c], `d`, PRIMARY KEY (c, d), UNIQUE(c))', ("a b", "c", "d"), None),
        (
            "CREATE TABLE t (a, -- one, two\n b /* , c */, CONSTRAINT x FOREIGN KEY (a) REFERENCES u (a))",
            ("a", "b"),
            None,
        ),
        ("CREATE TABLE t (a INT PRIMARY KEY)", ("a",), None),
        ("CREATE TABLE t", (), None),
    ],
)
def test_columns_are_named_as_the_statement_names_them(sql: str, columns: tuple[str, ...], rowid: int | None) -> None:
    assert columns_of(sql) == (columns, rowid)


@pytest.mark.parametrize(
    ("data", "value", "end"),
    [
        (b"\x00", 0, 1),
        (b"\x7f", 127, 1),
        (b"\x81\x00", 128, 2),
        (b"\xff" * 9, 2**64 - 1, 9),
        (b"\x80" * 8 + b"\x05", 5, 9),
    ],
)
def test_a_number_takes_one_to_nine_bytes(data: bytes, value: int, end: int) -> None:
    assert varint(data, 0) == (value, end)
    assert signed(2**64 - 1) == -1


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"\x05\x01", b"\x02\x0a\x00", b"\x02\x17abc", b"\x03\x01\x81", b"\x01" * 0]
)
def test_a_record_that_does_not_fit_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        Record(data)


def test_a_row_is_found_by_its_id(tmp_path: Path) -> None:
    db = opened(tmp_path, 512)
    db.execute("BEGIN")
    for n in range(900):
        db.execute("INSERT INTO t (id, b) VALUES (?, ?)", (n * 3, f"plot {n}"))
    db.execute("COMMIT")
    data, _ = bytes_of(tmp_path)
    db.close()
    tables = Tables(Database(FileInMemory("f", "f", data)))
    table = tables.get("t")
    assert isinstance(table, Table)
    for n in (0, 1, 450, 899):
        found = tables.row(table, n * 3)
        assert found is not None
        assert tables.record(found).value(1) == f"plot {n}"
    assert [tables.row(table, missing) for missing in (-1, 1, 2700)] == [None, None, None]
