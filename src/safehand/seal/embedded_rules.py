"""The published rules for pictures written as text: data/embedded.json, read and compiled.

    rules().run_least                        1024
    marker(Removed(4, 52, Why.EMBEDDED))     b"[[safehand left out 48 bytes]]"

The patterns stand in the file in the syntax that JavaScript and Python share, and mean what ``about`` says there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from safehand.seal.removed import Removed, Why

SCHEMA: Final = "safehand.embedded/1"


class Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in place of what was left out; N is the number of bytes."""

    embedded: str
    excluded: str


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"break_": "break"}):
    """The published rules. Their meaning is told in ``about``."""

    schema: str
    version: int
    about: tuple[str, ...]
    unit: str
    break_: str
    pad: str
    end: str
    last_line: str
    may_begin: str
    mark: str
    line_least: int
    run_least: int
    marked_run_least: int
    must_hold: tuple[str, ...]
    address: str
    address_stop: str
    address_look_back: int
    address_into_run: int
    markers: Markers


@dataclass(frozen=True, slots=True)
class Patterns:
    """The rules as compiled patterns over bytes."""

    units: re.Pattern[bytes]
    """As many units as there are, or none."""
    line: re.Pattern[bytes]
    first_line: re.Pattern[bytes]
    lines: re.Pattern[bytes]
    """Many lines without escapes at once, each with a full line after it: for speed, never for the decision."""
    break_: re.Pattern[bytes]
    last_line: re.Pattern[bytes]
    pads: re.Pattern[bytes]
    must_hold: bytes
    """For bytes.translate: which of the patterns of must_hold a byte matches, counted from 1; 0 for none."""
    address: re.Pattern[bytes]
    address_stop: re.Pattern[bytes]
    outside: re.Pattern[bytes]
    """A byte that no run holds."""
    sampled: bytes
    """For bytes.translate: 1 for every byte that a run may hold, else 0."""
    of_units: bytes
    """For bytes.translate: 1 for every byte that a unit may hold but a backslash, else 0."""
    escaped: re.Pattern[bytes]
    """Units that begin with a backslash."""


@cache
def rules() -> Rules:
    """The published rules, as this version ships them."""
    data = (resources.files("safehand.seal") / "data" / "embedded.json").read_bytes()
    return msgspec.json.decode(data, type=Rules)


@cache
def patterns() -> Patterns:
    """The published rules, compiled."""
    r = rules()
    unit, pad, end = f"(?:{r.unit})", f"(?:{r.pad})", f"(?:{r.end})"
    last_line = r.last_line.replace("UNIT", unit).replace("PAD", pad).replace("END", end)
    plain, outside = "[A-Za-z0-9+/_-]", _compile(r"[^A-Za-z0-9+/_\-\\%=\r\n]")
    in_units = _compile(r"[A-Za-z0-9+/_\-%]")
    return Patterns(
        units=_compile(f"(?:{plain}++|{unit})*+"),
        line=_compile(f"{unit}{{{r.line_least}}}"),
        first_line=_compile(f"{r.may_begin}{unit}{{{r.line_least}}}"),
        lines=_compile(f"(?:{plain}{{{r.line_least},}}+(?:{r.break_})(?={plain}{{{r.line_least}}}))*+"),
        break_=_compile(r.break_),
        last_line=_compile(last_line),
        pads=_compile(f"{pad}{{0,2}}"),
        must_hold=bytes(_first_match(r.must_hold, value) for value in range(256)),
        address=_compile(r.address),
        address_stop=_compile(r.address_stop),
        outside=outside,
        sampled=bytes(0 if outside.match(bytes([value])) else 1 for value in range(256)),
        of_units=bytes(1 if in_units.match(bytes([value])) else 0 for value in range(256)),
        escaped=_compile(rf"(?=\\){unit}"),
    )


def marker(removed: Removed) -> bytes:
    """What stands in the sealed copy in place of ``removed``."""
    markers = rules().markers
    text = markers.embedded if removed.why is Why.EMBEDDED else markers.excluded
    return text.replace("N", str(removed.end - removed.start)).encode("ascii")


def _first_match(texts: tuple[str, ...], value: int) -> int:
    matches = [_compile(text).fullmatch(bytes([value])) is not None for text in texts]
    return matches.index(True) + 1 if True in matches else 0


def _compile(text: str) -> re.Pattern[bytes]:
    return re.compile(text.encode("ascii"))
