r"""The rows of a table (CSV, TSV), one after another, in constant memory, with the exact bytes of each.

    ID,Contents\r\n                            the first row: whoever asks tells that it is the header
    7,"Hello,\r\nyou"\r\n                      a row: its bytes without the line break, and its fields

    for batch in scan_rows(file, ledger, window=…):
        for index, row in enumerate(batch.rows): ...

RFC 4180, as spreadsheets and exporters write it: rows end in CRLF, LF, or CR where the first line break of the file is
a lone CR; a field in quotes may hold delimiters, line breaks and quotes written twice. A quote inside of a field that
began without one is a character like others. Stretches without a quote are cut at their line breaks, a thousand rows
at a time; the rest is walked row by row.

A quote that does not end where a field may end is a row that nobody can be sure of. Its first line is unparsed, and
reading goes on at the next line that has as many fields as the first row of the file: so a lost quote costs a row, and
the lines of a message that was cut in half are not taken for rows.

A line of nothing or of blanks alone is no row: what a holder left out stands there (veil.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import BinaryIO, Final

from safehand.errors import CannotRead
from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.batches import Batch
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile
from safehand.sources.csv_fields import COMMA, Columns, mended, rows_of, split_rows

__all__ = ["COMMA", "Columns", "Rows", "mended", "rows_of", "scan_rows"]

CUT: Final = "a quoted field that does not end before the file does"
UNENDED: Final = "a quoted field that does not end"
DAMAGED: Final = "a quoted field that ends where no field may end"
TOO_LONG: Final = "one row is longer than any message"
NOT_UTF8: Final = "text in UTF-16, which this version does not read as a table"

BATCH: Final = 128
"""Rows told at once: enough that a call costs nothing, few enough to stay in the processor's cache."""

_PIECE: Final = 512 << 10
_LEAST: Final = 64
"""Bytes read at a time at least: the marks of an encoding are among them."""
_BOM: Final = b"\xef\xbb\xbf"
_LINE_FEED, _RETURN, _SPACE = b"\n\r "
_FIRST_BREAK: Final = re.compile(rb"\r?\n|\r(?=[^\n])")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True, kw_only=True)
class Rows(Batch):
    """Rows one after another. The lists belong together."""

    first: int = 0
    """The index of the first of them in the file, counted from 0. Rows that could not be read have none."""
    rows: list[list[str]] = field(default_factory=list)
    torn: set[int] = field(default_factory=set)
    """Places in this batch of rows that are no UTF-8: ``mended`` reads their fields, and a doubt says so."""
    loose: set[int] = field(default_factory=set)
    """Places in this batch of rows with a quote where RFC 4180 has none."""
    width: int | None = None
    """Set by whoever asks, when another header than the first row says how many fields rows have from here on."""


def scan_rows(
    file: SourceFile,
    ledger: Ledger,
    *,
    window: int = WINDOW,
    delimiter: bytes = COMMA,
    broken: Callable[[str], None] | None = None,
) -> Iterator[Rows]:
    """Walk ``file`` once. What of a batch is no message is told or refused before the next is asked for.

    ``broken`` is told the reason of each stretch that could not be read; CUT where the file ends in it.
    """
    with file.open() as stream:
        yield from _Scan(_Held(stream, ledger, file.id, window), _Grammar(delimiter), broken).batches()


class _Held:
    """The file as far as it is held: ``data`` from byte ``base`` on, of which ``at`` bytes are done."""

    def __init__(self, stream: BinaryIO, ledger: Ledger, where: str, window: int) -> None:
        self._stream = stream
        self._piece = max(min(window, _PIECE), _LEAST)
        self._where = where
        self.ledger = ledger
        self.data = b""
        self.base = 0
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        """Read on; what is done is let go of."""
        if self.ended:
            return False
        rest = self.data[self.at :]
        try:
            # What does not end is looked at again from its beginning: at most twice as much in all, read like this.
            found = self._stream.read(max(self._piece, len(rest)))
        except OSError as error:
            raise CannotRead("It could not be read to its end.", where=self._where, todo="Check the disk.") from error
        self.ledger.feed(found)
        self.base += self.at
        self.at = 0
        self.data = rest + found
        self.ended = not found
        return True


class _Grammar:
    """Patterns of a row. They never go back on a field they have read, so the time they take is that of the bytes."""

    def __init__(self, delimiter: bytes, *, lone_returns: bool = False) -> None:
        self.delimiter = delimiter
        self.lone_returns = lone_returns
        words = {
            "Q": rb'"[^"]*+(?:""[^"]*+)*+"',
            "L": rb'"[^"S]*+(?:""[^"S]*+)*+"[^DS]*+',
            "B": rb"\r\n?+|\n" if lone_returns else rb"\r?+\n",
            "S": rb"\r\n" if lone_returns else rb"\n",
            "D": re.escape(delimiter),
        }
        strict = rb'(?>Q|[^"DS]*+)'
        # In quotes and well ended, or in quotes and ended in the same line, or not in quotes.
        loose = rb'(?>Q(?=D|B%b)|L|[^"DS][^DS]*+|)'

        def made(pattern: bytes) -> re.Pattern[bytes]:
            for letter, meaning in words.items():
                pattern = pattern.replace(letter.encode(), meaning)
            return re.compile(pattern)

        self._rows = [
            tuple(made((rb"%b(?:D%b)*+(?:B%%b)" % (one, one)).replace(b"%b", last)) for one in (strict, loose))
            for last in (b"", rb"|\r?+\Z")
        ]
        inside = loose.replace(b"%b", b"")
        self._damaged = made(rb"%b(?:D%b)*+Q(?!\Z|D|B|\r\Z)" % (inside, inside))
        self.line = made(b"B")

    def rows(self, *, ended: bool) -> tuple[re.Pattern[bytes], ...]:
        """A row with its line break: as the RFC has it, and as loosely as is still certain."""
        return self._rows[ended]

    def is_damaged(self, data: bytes, at: int, end: int) -> bool:
        """Whether nothing that may follow can make a row of what begins at ``at``."""
        return self._damaged.match(data, at, end) is not None


def _tell_nobody(reason: str) -> None:
    """Nobody wants to know."""


class _Scan:
    """One walk through a file."""

    def __init__(self, held: _Held, grammar: _Grammar, broken: Callable[[str], None] | None) -> None:
        self._held = held
        self._grammar = grammar
        self._broken = broken or _tell_nobody
        self._first = 0
        self._width: int | None = None
        """How many fields the first row has."""
        self._begun = False
        self._lost: str | None = None
        """Why the rows here cannot be trusted, until one is as wide as the first."""
        self._in_line = False
        """Whether the rest of a line that could not be read is still to come."""

    def batches(self) -> Iterator[Rows]:
        """All rows, in the order of the file."""
        held = self._held
        while held.more():
            if not self._begun and not self._begin():
                continue
            while held.at < len(held.data):
                before = held.at
                for batch in self._stretch():
                    yield batch
                    batch.settle(held.ledger)
                    if batch.width is not None:
                        self._width = batch.width
                if held.at == before:
                    break
        end = held.base + len(held.data)
        if self._in_line:
            held.ledger.fail(end, self._lost or CUT)
        if self._lost == CUT:
            self._broken(CUT)
        held.ledger.mark(SegmentKind.STRUCTURE, end)

    def _begin(self) -> bool:
        """Look at the beginning. False when more of it is needed."""
        held = self._held
        if len(held.data) < len(_BOM) and not held.ended:
            return False
        if held.data.startswith(_UTF16):
            self._begun = True
            self._grammar.line = re.compile(b"(?!)")  # it has no lines that could be told apart
            self._lose(NOT_UTF8)
            return True
        start = len(_BOM) if held.data.startswith(_BOM) else 0
        found = _FIRST_BREAK.search(held.data, start, start + LONGEST_MESSAGE)
        if found is None and not held.ended and len(held.data) - start <= LONGEST_MESSAGE:
            return False
        held.at = start
        held.ledger.mark(SegmentKind.BOM, start)
        first = found[0] if found else b""
        if first == b"\r" or (held.ended and not first and held.data.endswith(b"\r")):
            self._grammar = _Grammar(self._grammar.delimiter, lone_returns=True)
        self._begun = True
        return True

    def _stretch(self) -> Iterator[Rows]:
        """What comes next of what is held; nothing when more of it is needed."""
        held = self._held
        if self._in_line:
            self._skip_line()
            return
        if self._lost is not None:
            self._recover()
        if self._lost is None:
            end = self._plain_end()
            yield from self._plain(end) if end > held.at else self._quoted()

    def _plain_end(self) -> int:
        """Where the whole lines end that stand before the next quote, or some of them."""
        held = self._held
        if self._grammar.lone_returns:
            return 0
        most = min(len(held.data), held.at + min(_PIECE, LONGEST_MESSAGE))
        quote = held.data.find(b'"', held.at, most)
        if quote < 0 and held.ended and most == len(held.data):
            return most
        return held.data.rfind(b"\n", held.at, most if quote < 0 else quote) + 1

    def _plain(self, end: int) -> Iterator[Rows]:
        """Rows without a quote: lines."""
        held = self._held
        lines = held.data[held.at : end].split(b"\n")
        starts = list(accumulate((len(line) + 1 for line in lines), initial=held.base + held.at))
        held.at = end
        for low in range(0, len(lines), BATCH):
            batch = Rows(first=self._first)
            for start, line in zip(starts[low : low + BATCH], lines[low : low + BATCH], strict=False):
                raw = line[:-1] if line.endswith(b"\r") else line
                if raw.strip(b" "):
                    batch.starts.append(start)
                    batch.ends.append(start + len(raw))
                    batch.raws.append(raw)
            yield from self._filled(batch, quoted=False)

    def _quoted(self) -> Iterator[Rows]:
        """Rows one by one: lines without a quote, those that are as the RFC has them in few steps, others with care."""
        held, grammar = self._held, self._grammar
        data, base, size = held.data, held.base, len(held.data)
        plain = None if grammar.lone_returns else grammar.rows(ended=False)[0].match
        batch = Rows(first=self._first)
        starts, ends, raws = batch.starts, batch.ends, batch.raws
        at = held.at
        quote = data.find(b'"', at)
        end: int | None
        while len(raws) < BATCH and at < size:
            most = at + LONGEST_MESSAGE
            if at > quote >= 0:
                quote = data.find(b'"', at)
            line = data.find(b"\n", at, most) + 1
            if plain is not None and line > 0 and (quote < 0 or line <= quote):
                end, strict = line, True
            elif plain is not None and (match := plain(data, at, most)) is not None:
                end, strict = match.end(), True
            else:
                end, strict = self._row_end(at)
            if end is None:
                break
            raw = self._without_break(at, end)
            if raw and (raw[0] != _SPACE or raw.strip(b" ")):
                if not strict:
                    batch.loose.add(len(raws))
                starts.append(base + at)
                ends.append(base + at + len(raw))
                raws.append(raw)
            at = end
        if at > held.at:
            held.at = at
            yield from self._filled(batch, quoted=True)
        else:
            self._stuck()

    def _row_end(self, at: int) -> tuple[int | None, bool]:
        """Where the row at ``at`` ends, behind its line break, and whether it is as the RFC has it."""
        held = self._held
        end = min(len(held.data), at + LONGEST_MESSAGE)
        last = held.ended and end == len(held.data)
        strict, loose = self._grammar.rows(ended=last)
        match = strict.match(held.data, at, end)
        is_strict = match is not None
        if match is None:
            match = loose.match(held.data, at, end)
        if match is None:
            return None, False
        if self._grammar.lone_returns and match.end() == len(held.data) and not held.ended:
            return None, False  # a line feed may follow, and belongs to it
        return match.end(), is_strict

    def _without_break(self, at: int, end: int) -> bytes:
        data = self._held.data
        if data[end - 1] == _LINE_FEED:
            end -= 1
        if end > at and data[end - 1] == _RETURN:
            end -= 1
        return data[at:end]

    def _filled(self, batch: Rows, *, quoted: bool) -> Iterator[Rows]:
        if not batch.starts:
            return
        delimiter = self._grammar.delimiter.decode()
        texts = []
        for index, raw in enumerate(batch.raws):
            try:
                texts.append(raw.decode("utf-8"))
            except UnicodeDecodeError:
                batch.torn.add(index)
                texts.append(raw.decode("utf-8", "surrogateescape"))
        batch.rows = split_rows(texts, delimiter) if quoted else [text.split(delimiter) for text in texts]
        if self._width is None:
            self._width = len(batch.rows[0])
        self._first += len(batch.rows)
        yield batch

    def _stuck(self) -> None:
        """No row ends in what is held: more is needed, or none will."""
        held = self._held
        end = min(len(held.data), held.at + LONGEST_MESSAGE)
        if self._grammar.is_damaged(held.data, held.at, end):
            self._lose(DAMAGED)
        elif end < len(held.data):
            self._lose(TOO_LONG)
        elif held.ended:
            self._lose(CUT)

    def _lose(self, reason: str) -> None:
        """The line that begins here cannot be read."""
        held = self._held
        if self._lost is None:
            self._lost = reason
            held.ledger.mark(SegmentKind.STRUCTURE, held.base + held.at)
            if reason != CUT:  # whether the file ends in it, only its end knows
                self._broken(reason)
        self._in_line = True
        self._skip_line()

    def _skip_line(self) -> None:
        held = self._held
        match = self._grammar.line.search(held.data, held.at)
        if match is None:
            held.at = max(held.at, len(held.data) - 1)  # the first half of a line break may be the last byte
            if held.ended:
                held.at = len(held.data)
        elif match.end() == len(held.data) and self._grammar.lone_returns and not held.ended:
            held.at = match.start()
        else:
            held.at = match.end()
            held.ledger.fail(held.base + held.at, self._lost or CUT)
            self._in_line = False

    def _recover(self) -> None:
        """After what could not be read: a row as wide as the first one is a row again."""
        held = self._held
        end, _ = self._row_end(held.at)
        if end is None:
            self._stuck()
            return
        fields = rows_of([self._without_break(held.at, end)], self._grammar.delimiter)[0]
        if self._width is None or len(fields) == self._width:
            if self._lost == CUT:  # before the first row of all, nothing tells a row from what was cut
                self._broken(CUT if self._width is None else UNENDED)
            self._lost = None
        else:
            held.at = end
            held.ledger.fail(held.base + end, self._lost or CUT)
