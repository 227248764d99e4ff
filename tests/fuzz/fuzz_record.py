"""The record of the fuzzing: how many executions each form has had since its readers were last changed.

The page is its own store: the table is read back, added to and written again, so the record is what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from safehand.sources import READERS

ASKED: Final = 2_000_000
"""Executions that are asked for, of each source."""

_ROW: Final = re.compile(r"^\| ([^|]+, [^|]+) \| ([\d,]+) \|$", re.MULTILINE)
_READERS: Final = re.compile(r"^Readers: (\d+)$", re.MULTILINE)

_PAGE: Final = """# Fuzzing

Executions of each form without a failure, since its readers were last changed. `make fuzz RECORD=docs/fuzzing.md` runs
them and adds to this page; what is asked of each execution, and how near misses are made, stands in
`tests/fuzz/fuzz.py` and `near_misses.py`. A form that failed is not counted until it is mended: the failing files
become vectors. {asked:,} are asked for of each source.

Readers: {readers}

| form | executions |
|---|---:|
{rows}

| source | executions | of those asked for |
|---|---:|---:|
{sources}
"""


def add_to_record(path: Path, executions: Mapping[str, int]) -> None:
    """Add ``executions`` by form to the page at ``path``. Those of other readers are no longer counted."""
    counts = read_record(path.read_text("utf-8")) if path.exists() else {}
    for form, count in executions.items():
        counts[form] = counts.get(form, 0) + count
    path.write_text(format_record(counts), "utf-8")


def format_record(counts: Mapping[str, int]) -> str:
    """The page. The inverse of read_record."""
    by_source: dict[str, int] = {}
    for form, count in counts.items():
        source = form.split(",")[0]
        by_source[source] = by_source.get(source, 0) + count
    return _PAGE.format(
        asked=ASKED,
        readers=READERS,
        rows="\n".join(f"| {form} | {counts[form]:,} |" for form in sorted(counts)),
        sources="\n".join(
            f"| {one} | {by_source[one]:,} | {by_source[one] / ASKED:.0%} |" for one in sorted(by_source)
        ),
    )


def read_record(page: str) -> dict[str, int]:
    """Executions by form; none where the page is of other readers."""
    readers = _READERS.search(page)
    if readers is None or int(readers[1]) != READERS:
        return {}
    return {form: int(count.replace(",", "")) for form, count in _ROW.findall(page)}
