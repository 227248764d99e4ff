"""The records of an XML file, one after another, in constant memory, with the exact bytes of each.

    <smses count="2">                         header
      <sms address="…" body="…" />            a record: from its "<" to behind its ">"
      <mms …><parts>…</parts></mms>           a record too, with everything in it
    </smses>                                  footer

    for batch in scan_records(file, ledger, (b"sms", b"mms"), window=…):
        for index, raw in enumerate(batch.raws): ...

Backups of telephones hold what XML forbids (halves of characters, "&#55357;"), and a parser that stops there loses the
rest. So records are found by their tags, which in well-formed XML stand nowhere else: "<" inside of a value is always
escaped. A record that does not end before the next begins is damaged: it alone is unparsed. Entities are never defined
or expanded here, and nothing outside of the file is ever asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import BinaryIO, Final

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE, WINDOW, SourceFile
from safehand.sources.json_events import BATCH, Elements

NOT_A_RECORD: Final = "something between the records that is none"
DAMAGED: Final = "a record that does not end before the next begins"
TOO_LONG: Final = "one record is longer than any message"
CUT: Final = "the file ends inside a record"

_PIECE: Final = 512 << 10
_ATTRIBUTES: Final = rb"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*"""
_BLANK: Final = re.compile(rb"[ \t\r\n]*")
_COMMENT: Final = re.compile(rb"\s*<!--.*?-->\s*", re.DOTALL)
_MOST_TOLD: Final = 10_000
_BOM: Final = b"\xef\xbb\xbf"


def scan_records(
    file: SourceFile,
    ledger: Ledger,
    names: Sequence[bytes],
    *,
    window: int = WINDOW,
    broken: Callable[[str], None] | None = None,
) -> Iterator[Elements]:
    """Walk ``file`` once. What of a batch is no message is told or refused before the next is asked for.

    ``broken`` is told the reason of each stretch that could not be read.
    """
    with file.open() as stream:
        scan = _Scan(stream, ledger, names, min(window, _PIECE))
        yield from scan.batches()
    if broken is not None:
        for reason in scan.troubles:
            broken(reason)


class _Scan:
    """The file as far as it is held: ``data`` from byte ``base`` on, of which ``at`` bytes are done."""

    def __init__(self, stream: BinaryIO, ledger: Ledger, names: Sequence[bytes], piece: int) -> None:
        choice = b"|".join(map(re.escape, names))
        self._start = re.compile(rb"<(" + choice + rb")(?=[\s/>])")
        self._whole = re.compile(rb"<(" + choice + rb")(?=[\s/>])" + _ATTRIBUTES + rb"(/?)>")
        # Most records are one tag, and no value in it holds a bracket: then the first "/>" ends it.
        self._quick = re.compile(rb"<(?:" + choice + rb") [^<>]*/>")
        self._stream = stream
        self._ledger = ledger
        self._piece = max(piece, 64)
        self._data = b""
        self._base = 0
        self._at = 0
        self._ended = False
        self._seen = 0
        self.troubles: list[str] = []

    def batches(self) -> Iterator[Elements]:
        """All records, in the order of the file."""
        batch = Elements(0, (), 0)
        while self._more():
            while True:
                match = self._start.search(self._data, self._at)
                if match is None:
                    break
                end = self._end_of(match.start())
                if end is None and not self._ended and len(self._data) - match.start() <= LONGEST_MESSAGE:
                    break  # it may end in what is not held yet
                if end is None or not (batch.starts and _BLANK.fullmatch(self._data, self._at, match.start())):
                    batch = yield from self._flush(batch)  # blanks between two records are told with them
                    self._gap(match.start())
                if end is None:
                    self._damaged(match.start())
                    continue
                batch.starts.append(self._base + match.start())
                batch.ends.append(self._base + end)
                batch.raws.append(self._data[match.start() : end])
                batch.values.append(None)
                self._at = end
                self._seen += 1
                if len(batch.starts) >= BATCH:
                    batch = yield from self._flush(batch)
        batch = yield from self._flush(batch)
        self._tail()

    def _more(self) -> bool:
        """Read on. What is done is let go of; of what is between records, all but a beginning of one is told."""
        if self._ended:
            return False
        found = self._stream.read(self._piece)
        self._ledger.feed(found)
        self._base += self._at
        self._data = self._data[self._at :] + found
        self._at = 0
        self._ended = not found
        return True

    def _end_of(self, start: int) -> int | None:
        """Where the record at ``start`` ends; None when that is not held, or it is damaged."""
        quick = self._quick.match(self._data, start)
        if quick is not None:
            return quick.end()
        match = self._whole.match(self._data, start)
        if match is None:
            return None
        if match[2]:
            return match.end()
        closing = b"</" + match[1] + b">"
        end = self._data.find(closing, match.end())
        if end < 0:
            return None
        other = self._start.search(self._data, match.end(), end)
        return None if other is not None else end + len(closing)

    def _flush(self, batch: Elements) -> Generator[Elements, None, Elements]:
        if batch.starts:
            yield batch
            batch.settle(self._ledger)
        return Elements(0, (), batch.first + len(batch.starts))

    def _gap(self, start: int) -> None:
        """What stands before a record."""
        between = self._data[self._at : start]
        end = self._base + start
        if not between:
            return
        if not self._seen and self._ledger.position == self._base + self._at == 0:
            if between.startswith(_BOM):
                self._ledger.mark(SegmentKind.BOM, len(_BOM))
            self._ledger.mark(SegmentKind.HEADER, end)
        elif not between.strip():
            self._ledger.mark(SegmentKind.STRUCTURE, end)
        elif _COMMENT.fullmatch(between):
            self._ledger.mark(SegmentKind.METADATA, end)
        else:
            self._fail(end, NOT_A_RECORD)
        self._at = start

    def _damaged(self, start: int) -> None:
        """The record at ``start`` has no end: it reaches to the next, or to the end of what is held."""
        other = self._start.search(self._data, start + 1)
        if other is not None:
            end, reason = other.start(), DAMAGED
        else:
            end, reason = len(self._data), CUT if self._ended else TOO_LONG
        self._fail(self._base + end, reason)
        self._at = end

    def _fail(self, end: int, reason: str) -> None:
        self._ledger.fail(end, reason)
        if len(self.troubles) < _MOST_TOLD:
            self.troubles.append(reason)

    def _tail(self) -> None:
        """What stands behind the last record."""
        rest = self._data[self._at :]
        end = self._base + len(self._data)
        if not rest:
            return
        if re.fullmatch(rb"\s*(</[\w:.-]+>\s*)?", rest) and self._seen:
            self._ledger.mark(SegmentKind.FOOTER, end)
        elif not self._seen and self._base + self._at == 0 and re.match(rb"(\xef\xbb\xbf)?\s*(<\?xml|<!--|<\w)", rest):
            self._ledger.mark(SegmentKind.HEADER, end)
        else:
            self._fail(end, NOT_A_RECORD)
