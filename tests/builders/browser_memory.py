"""What the pages of a browser hold in memory, read while it runs (Linux, proc(5)).

for stretch in memory_of(pages_of(profile)):      stretches of bytes, a few MiB each, overlapping by a little
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import RawIOBase
from pathlib import Path
from typing import Final

_AT_ONCE: Final = 4 << 20
_OVERLAP: Final = 64
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_MAPPED: Final = 4096
"""Pages whose presence is asked for at once."""


def pages_of(profile: Path) -> list[int]:
    """The processes that draw pages, of the Chromium that runs with this profile."""
    return [process for process in processes_of(profile) if "--type=renderer" in _command(process)]


def processes_of(profile: Path) -> list[int]:
    """All of them: those that name the profile, and those that they began."""
    running = _processes()
    mine = {process for process in running if f"--user-data-dir={profile}" in _command(process)}
    while more := {process for process in running if _parent(process) in mine} - mine:
        mine |= more
    return sorted(mine)


def memory_of(processes: Iterable[int]) -> Iterator[bytes]:
    """All that they may write to and that is there: heaps, stacks, and what was mapped for themselves."""
    for process in processes:
        with (
            Path(f"/proc/{process}/mem").open("rb", 0) as memory,
            Path(f"/proc/{process}/pagemap").open("rb", 0) as map_,
        ):
            for line in Path(f"/proc/{process}/maps").read_text("utf-8").splitlines():
                where, rights = line.split()[:2]
                first, last = (int(each, 16) // _PAGE for each in where.split("-"))
                if rights.startswith("rw"):
                    for at, pages in _present(map_, first, last):
                        yield from _read(memory, at * _PAGE, pages * _PAGE)


def _present(map_: RawIOBase, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of pages that are in memory: a browser reserves far more than it uses (pagemap.rst, bits 62 and 63)."""
    begun = None
    for at in range(first, last, _MAPPED):
        map_.seek(at * 8)
        entries = map_.read(min(_MAPPED, last - at) * 8) or b""
        if not any(entries):
            if begun is not None:
                yield begun, at - begun
                begun = None
            continue
        for number in range(len(entries) // 8):
            if entries[number * 8 + 7] & 0xC0:
                begun = at + number if begun is None else begun
            elif begun is not None:
                yield begun, at + number - begun
                begun = None
    if begun is not None:
        yield begun, last - begun


def _read(memory: RawIOBase, at: int, size: int) -> Iterator[bytes]:
    for start in range(at, at + size, _AT_ONCE):
        try:
            memory.seek(start)
            yield memory.read(min(_AT_ONCE + _OVERLAP, at + size - start)) or b""
        except (OSError, ValueError, OverflowError):
            return  # the kernel's own, or gone meanwhile


def _processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
