"""Rows of tables: what was written comes back, every byte is accounted for, and a lost quote costs one row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safehand.sources import csv_records
from safehand.sources.accounting import FileAccount, Ledger, SegmentKind
from safehand.sources.contract import FileInMemory
from safehand.sources.csv_fields import split_carefully
from safehand.sources.csv_records import CUT, DAMAGED, NOT_UTF8, TOO_LONG, Columns, mended, rows_of, scan_rows


class Told:
    """All that a scan tells, and its account of bytes."""

    def __init__(self, data: bytes, window: int = 1 << 20, delimiter: bytes = b",") -> None:
        self.data = data
        self.segments: list[tuple[SegmentKind, int, int]] = []
        ledger = Ledger("f", lambda _, kind, start, end: self.segments.append((kind, start, end)))
        self.places: list[tuple[int, int]] = []
        self.rows: list[list[str]] = []
        self.torn: list[int] = []
        self.loose: list[int] = []
        self.broken: list[str] = []
        for batch in scan_rows(
            FileInMemory("f", "f", data), ledger, window=window, delimiter=delimiter, broken=self.broken.append
        ):
            assert batch.first == len(self.rows)
            assert len(batch.rows) == len(batch.raws) == len(batch.starts) == len(batch.ends) <= csv_records.BATCH
            assert rows_of(batch.raws, delimiter) == batch.rows
            texts = [raw.decode("utf-8", "surrogateescape") for raw in batch.raws]
            assert [split_carefully(text, delimiter.decode()) for text in texts] == batch.rows
            for start, end, raw in zip(batch.starts, batch.ends, batch.raws, strict=True):
                assert data[start:end] == raw
                self.places.append((start, end))
            self.torn += [index + batch.first for index in sorted(batch.torn)]
            self.loose += [index + batch.first for index in sorted(batch.loose)]
            self.rows += batch.rows
        self.account: FileAccount = ledger.close(len(data))

    @property
    def all(self) -> object:
        return self.rows, self.places, self.torn, self.loose, self.broken, self.segments


def written(
    rows: list[list[str]], delimiter: str = ",", line_break: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=line_break, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue().encode()


fields = st.text(st.sampled_from('ab ,;\t|"\n\r\0é🌱'), max_size=8)
tables = st.lists(st.lists(fields, min_size=2, max_size=4), max_size=12)
delimiters = st.sampled_from([",", ";", "\t", "|"])
# The csv module quotes only those line breaks that it writes itself.
quotings = st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), *((end, csv.QUOTE_ALL) for end in ("\n", "\r\n", "\r"))])
pieces = st.sampled_from(
    [
        b'"',
        b'""',
        b",",
        b"a",
        b"bc",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        "é".encode(),
        b"\xff",
        b" ",
        b'x,"y"\n',
        b"\xef\xbb\xbf",
    ]
)
anything = st.lists(pieces, max_size=60).map(b"".join)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "_LEAST", 1)


@given(tables, delimiters, quotings, st.integers(1, 30))
@settings(max_examples=300)
def test_what_a_spreadsheet_writes_comes_back(
    rows: list[list[str]], delimiter: str, ending: tuple[str, int], window: int
) -> None:
    # The first line break of the file tells how its rows end.
    rows = [["one", "two"], *rows]
    data = written(rows, delimiter, *ending)
    told = Told(data, window, delimiter.encode())
    assert told.rows == rows
    assert told.broken == []
    assert told.loose == []
    assert told.account.unparsed == ()
    assert Told(b"\xef\xbb\xbf" + data, window, delimiter.encode()).rows == rows


@given(anything, st.integers(1, 9))
@settings(max_examples=1000)
@example(b'a,b\r\n"c\r\n\r', 1)
@example(b'a\r"b"\r\n', 1)
def test_any_bytes_are_accounted_for_whatever_is_read_at_a_time(data: bytes, window: int) -> None:
    told = Told(data)
    assert told.all == Told(data, window).all
    for start, end in told.places:
        assert start == 0 or data[:start].endswith((b"\n", b"\r", b"\xef\xbb\xbf"))
        assert end == len(data) or data[end : end + 1] in (b"\n", b"\r")
    if not told.broken and not told.loose and b"\r" not in data:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
        # A line of blanks alone is no row; csv gives it, and cannot tell it from blanks in quotes.
        wanted = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
        assert [row for row in told.rows if not is_blank(row)] == [row for row in wanted if not is_blank(row)]


def is_blank(row: list[str]) -> bool:
    return len(row) == 1 and not row[0].strip(" ")


@given(st.lists(anything, max_size=5), delimiters)
@settings(max_examples=300)
def test_the_quick_way_reads_what_the_careful_one_reads(raws: list[bytes], delimiter: str) -> None:
    raws = [raw.replace(b"\n", b"") for raw in raws]
    careful = [split_carefully(raw.decode("utf-8", "surrogateescape"), delimiter) for raw in raws]
    assert [rows_of([raw], delimiter.encode())[0] for raw in raws] == careful


@given(
    st.lists(st.sampled_from(["a,b", '"a",b', '"a,\n""b",c', "x,y z"]), min_size=1, max_size=400), st.integers(0, 999)
)
def test_a_lost_quote_costs_one_row(rows: list[str], where: int) -> None:
    where %= len(rows) + 1
    good = [row.encode() for row in rows]
    data = b"\n".join([b"h,i", *good[:where], b'1,"two', *good[where:], b""])
    told = Told(data)
    assert len(told.rows) >= where + 1
    assert told.rows[: where + 1] == rows_of([b"h,i", *good[:where]])
    if "\n" not in "".join(rows):
        assert told.rows == rows_of([b"h,i", *good])
        assert [found.end - found.start for found in told.account.unparsed] == [len(b'1,"two\n')]
        assert told.broken == [CUT if where == len(rows) else told.broken[0]]
        assert (CUT in told.broken) is (where == len(rows))


def test_a_message_cut_in_half_is_not_taken_for_rows() -> None:
    data = b'time,sender,text\n1,Robin,hi\n2,Kim,"one\ntwo, three\nfour\n'
    told = Told(data)
    assert told.rows == [["time", "sender", "text"], ["1", "Robin", "hi"]]
    assert told.broken == [CUT]
    assert told.account.segments["unparsed"].bytes == len(b'2,Kim,"one\ntwo, three\nfour\n')


def test_a_quote_that_ends_where_no_field_may_end_is_told_so_when_more_than_its_line_hangs_on_it() -> None:
    told = Told(b'a,b\n1,"two\n3,"four"\n5,six\n')
    assert told.rows == [["a", "b"], ["3", "four"], ["5", "six"]]
    assert told.broken == [DAMAGED]
    told = Told(b'a,b\n1,"two" and\n3,fo"ur\n')
    assert told.rows == [["a", "b"], ["1", '"two" and'], ["3", 'fo"ur']]
    assert told.loose == [1, 2]
    assert told.broken == []


def test_words_that_only_begin_in_quotation_marks_keep_them() -> None:
    # A program that quotes nothing wrote this: no mark of it is the table's.
    told = Told(b'who\twords\nRobin\t"yes" he said\nPriya\t"plain"\nRobin\t"a ""b"" c" d\n', delimiter=b"\t")
    assert [row[1] for row in told.rows] == ["words", '"yes" he said', "plain", '"a ""b"" c" d']
    assert told.loose == [1, 3]


def test_a_row_longer_than_any_message_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "LONGEST_MESSAGE", 50)
    for long in (b"1," + b"x" * 60, b'1,"' + b"x" * 60 + b'"', b'1,"' + b"x\n" * 60 + b'"'):
        data = b"a,b\n1,two\n" + long + b"\n3,four\n"
        told = Told(data)
        assert told.rows == [["a", "b"], ["1", "two"], ["3", "four"]]
        assert told.broken == [TOO_LONG]
        for window in (1, 7, 49, 50, 51, 64):
            assert told.all == Told(data, window).all


@given(anything, st.integers(1, 40))
def test_the_limit_of_a_row_does_not_hang_on_what_is_read_at_a_time(data: bytes, window: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_records, "LONGEST_MESSAGE", 12)
        assert Told(data).all == Told(data, window).all


def test_the_marks_of_an_encoding_are_looked_at() -> None:
    told = Told(b"\xef\xbb\xbfa,b\r\n")
    assert told.rows == [["a", "b"]]
    assert told.segments[0] == (SegmentKind.BOM, 0, 3)
    for name in ("utf-16", "utf-16-be"):
        data = "\ufeffa,b\r\nc,d\r\n".encode(name).replace(b"\xff\xfe\xff\xfe", b"\xff\xfe")
        told = Told(data, 1)
        assert told.rows == []
        assert told.broken == [NOT_UTF8]
        assert [(one.start, one.end) for one in told.account.unparsed] == [(0, len(data))]


def test_bytes_that_are_no_utf8_are_kept_and_told() -> None:
    told = Told(b'a,b\ncaf\xe9,x\nd,"\xff"\n')
    assert told.torn == [1, 2]
    assert [mended(field) for field in told.rows[1]] == [("café", True), ("x", False)]
    assert mended("Köln 🌱") == ("Köln 🌱", False)


def test_a_field_longer_than_the_csv_module_allows_is_read() -> None:
    long = "x" * 200_000 + '""' + "\n"
    assert rows_of([b"a,b", f'1,"{long}"'.encode()]) == [["a", "b"], ["1", "x" * 200_000 + '"\n']]


def test_nothing_and_blank_lines_have_no_rows() -> None:
    for data in (b"", b"\n", b"\r\n\r\n", b"\r", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\n"):
        assert Told(data).rows == []
    assert Told(b"\n\na,b\n\n\nc,d").rows == [["a", "b"], ["c", "d"]]


def test_columns_are_found_by_name() -> None:
    columns = Columns([" ID", "Contents", "id", "Sent At"])
    assert columns.at("id") == 0
    assert columns.at("contents") == 1
    assert columns.at("Sender") is None
    assert columns.repeated == [2]
    assert columns.value(["7", "Hello"], "Contents") == "Hello"
    assert columns.value(["7"], "Contents") is None
    assert columns.value(["7"], "Sender") is None
    assert columns.others("ID", "CONTENTS") == (("id", 2), ("Sent At", 3))
    assert len(columns) == 4


def test_a_line_of_blanks_alone_is_no_row() -> None:
    told = Told(b"a,b\n   \n1,2\n")
    assert (told.rows, told.broken) == ([["a", "b"], ["1", "2"]], [])
