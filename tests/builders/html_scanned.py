"""What a scan of HTML told, in one value that two scans can be compared by.

told = scanned(b'<p>Club</p><div class="m">a</div>\\n<div class="m">b</div>')
told.blocks        [(11, 31), (32, 52)]
told.unparsed      ()
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

from safehand.sources.accounting import FileAccount, Ledger, SegmentKind, Unparsed
from safehand.sources.contract import FileInMemory
from safehand.sources.html_windows import Blocks, End, Head, Skipped, scan_blocks

OPENING = re.compile(rb'<div class="m[" ]')


@dataclass
class ScannedHtml:
    """Everything a scan told, without where one batch ended and the next began."""

    head: tuple[int, int] | None = None
    blocks: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    skipped: list[tuple[int, int]] = field(default_factory=list)
    truncated: bool | None = None
    segments: list[tuple[SegmentKind, int, int]] = field(default_factory=list, compare=False)
    account: FileAccount | None = field(default=None, compare=False)

    @property
    def unparsed(self) -> tuple[Unparsed, ...]:
        return self.account.unparsed if self.account else ()

    def kinds(self) -> list[SegmentKind]:
        return [kind for kind, _, _ in self.segments]


def scanned_html(data: bytes, window: int = 1 << 22, opening: re.Pattern[bytes] = OPENING) -> ScannedHtml:
    """Scan ``data``, and check on the way that every byte of it stands in one segment."""
    told = ScannedHtml()
    ledger = Ledger("f", lambda _, kind, start, end: told.segments.append((kind, start, end)))
    for event in scan_blocks(FileInMemory("f", "f", data), ledger, opening, window=window):
        assert told.truncated is None, "nothing comes after the end"
        match event:
            case Head(start=start, end=end, raw=raw):
                assert told.head is None
                assert raw is None or raw == data[start:end]
                told.head = (start, end)
            case Blocks():
                assert told.head is not None
                for index, (start, end, raw) in enumerate(event.rows()):
                    assert raw == data[start:end]
                    if index in event.unclosed:
                        told.unclosed.append(start)
                    told.blocks.append((start, end))
            case Skipped(start=start, end=end):
                told.skipped.append((start, end))
            case End(truncated=truncated):
                told.truncated = truncated
    told.account = ledger.close(len(data))
    assert b"".join(data[start:end] for _, start, end in told.segments) == data
    assert told.account.sha256 == sha256(data).hexdigest()
    return told
