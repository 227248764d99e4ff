"""Spans: where in a source file something stands.

    Span(file="data/0001.txt", start=120, end=184)

Half-open, in bytes of the file as it came (of the member, when the file came out of a ZIP). ``file`` is the id the
source file is cited by: a path inside the package at the desk, the path as given on the command line.
"""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False):
    """Bytes ``start`` to ``end`` (not included) of ``file``."""

    file: str
    start: int
    end: int
