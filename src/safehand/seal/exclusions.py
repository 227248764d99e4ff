"""What the holder leaves out, from lines to bytes.

    Exclude(file="_chat.txt", reason="Another family's chat.", first_line=1, last_line=240)
    →  Removed(start=0, end=14021, why=excluded)

The line feed that ends the last of them stays: the marker stands on a line of its own, and whatever begins on the next
line still begins there. What is left out is named, counted and ranged in the statement, so that whoever reads knows
that something is missing (domain.md F10.8, 12.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from safehand.errors import CannotRead, UsageError
from safehand.seal.periods import Exclude
from safehand.seal.removed import PIECE, Removed, Why
from safehand.sources.contract import SourceFile


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request, resolved: the file it is about, and the bytes; ``removed`` is None for a whole file."""

    request: Exclude
    file: SourceFile
    removed: Removed | None


def resolve(requests: Sequence[Exclude], files: Sequence[SourceFile]) -> tuple[LeftOut, ...]:
    """Find each request's file and bytes. UsageError names the request whose file or lines are not there."""
    out = tuple(_resolve(place, request, files) for place, request in enumerate(requests, 1))
    for file in files:
        own = sorted(
            ((left.removed.start, left.removed.end) if left.removed else (0, file.size))
            for left in out
            if left.file is file
        )
        if any(later[0] < earlier[1] for earlier, later in pairwise(own)):
            raise UsageError("Two exclusions of one file overlap.", todo="Give each line in one exclusion.")
    return out


def _resolve(place: int, request: Exclude, files: Sequence[SourceFile]) -> LeftOut:
    named = [file for file in files if file.name == request.file]
    named = named or [file for file in files if file.name.rpartition("/")[2] == request.file]
    if len(named) != 1:
        found = "No text file has this name" if not named else f"{len(named)} text files have this name"
        raise UsageError(f"{found}.", where=f"exclusions[{place}].file", todo="Give its name as the export has it.")
    (file,) = named
    if request.first_line is None or request.last_line is None:
        return LeftOut(request, file, None)
    try:
        with file.open() as stream:
            limits = _line_limits(stream, request.first_line, request.last_line)
    except OSError as err:
        raise CannotRead("The file could not be read to its end.", where=file.id, todo=err.strerror or "") from err
    if limits is None:
        raise UsageError("The file has not so many lines.", where=f"exclusions[{place}].last_line")
    return LeftOut(request, file, Removed(*limits, Why.EXCLUDED))


def _line_limits(stream: BinaryIO, first: int, last: int) -> tuple[int, int] | None:
    """Where line ``first`` begins, and where the text of line ``last`` ends: before its line feed.

    Lines of nothing but one line feed have no text; then it is left out.
    """
    start = 0 if first == 1 else None
    size = 0
    for number, end in _line_ends(stream, {first - 1, last}):
        if number == last:
            return None if start is None else (start, end - 1 if end - 1 > start else end)
        start = end
    stream.seek(0)
    newlines = 0
    ends_with_newline = True
    while piece := stream.read(PIECE):
        size += len(piece)
        newlines += piece.count(b"\n")
        ends_with_newline = piece.endswith(b"\n")
    lines = newlines + (not ends_with_newline)
    return (start, size) if start is not None and last == lines and start < size else None


def _line_ends(stream: BinaryIO, wanted: set[int]) -> Iterator[tuple[int, int]]:
    """The number of each wanted line with the place after its line feed, in order."""
    number, base = 0, 0
    while piece := stream.read(PIECE):
        here = piece.count(b"\n")
        place = -1
        for line in sorted(line for line in wanted if number < line <= number + here):
            while number < line:
                place = piece.index(b"\n", place + 1)
                number += 1
                here -= 1
            yield line, base + place + 1
        number += here
        base += len(piece)
