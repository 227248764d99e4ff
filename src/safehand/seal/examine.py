"""The first pass over the source files: what is left out of each, and the hash of what is sealed.

    examine(file, excluded)  →  Examined(file, removed=(), size=48211, sha256="b5bb…", source_size=48211)

A file from which nothing is left out is read once. Otherwise it is read a second time, without the stretches left out:
no byte of a picture ever goes into a hash (domain.md 5.3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safehand.errors import CannotRead
from safehand.seal.embedded import EmbeddedScan
from safehand.seal.embedded_rules import marker
from safehand.seal.removed import PIECE, Removed, merged, sealed_pieces
from safehand.sources.contract import SourceFile


@dataclass(frozen=True, slots=True)
class Examined:
    """A source file with everything about its bytes that the statement says."""

    file: SourceFile
    removed: tuple[Removed, ...]
    size: int
    sha256: str
    source_size: int


def examine(file: SourceFile, excluded: Sequence[Removed], done: Callable[[int], None]) -> Examined:
    """Read ``file`` through. ``done`` is told the bytes as they go by."""
    scan, digest, source_size = EmbeddedScan(), hashlib.sha256(), 0
    clear = not excluded
    try:
        with file.open() as stream:
            while piece := stream.read(PIECE):
                scan.feed(piece)
                source_size += len(piece)
                clear = clear and scan.is_clear
                if clear:
                    digest.update(piece)
                done(len(piece))
        removed = merged(excluded, scan.finish())
        size = source_size
        if removed or not clear:
            digest, size = hashlib.sha256(), 0
            with file.open() as stream:
                for piece in sealed_pieces(stream, removed, marker, where=file.id):
                    digest.update(piece)
                    size += len(piece)
    except OSError as err:
        raise CannotRead("The file could not be read to its end.", where=file.id, todo=err.strerror or "") from err
    return Examined(file, removed, size, digest.hexdigest(), source_size)
