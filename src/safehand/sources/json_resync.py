"""Finding the way again after damage, without making a message of what is none.

A quote that was flipped turns all text behind it inside out: brackets stand in strings, strings stand bare. Two things
still hold. **Layout**: exports are written with line breaks and indentation, and a string cannot hold a line break
(RFC 8259 §7), so a line that begins at the indentation of the elements is where one begins or ends:

     {              ← elements of the array at indentation 2
      "id": 1,
      "text": "the shed"s open"        the damage
     },             ← here it ends, whatever the quotes say
     {              ← and here the next begins

**The first key**, in files without line breaks: an element that begins as the first good one did (``{"id":``) and can
be read whole. Where neither helps, all to the end of the file is unparsed: better unread than attributed wrongly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, NamedTuple

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.json_events import Broken, Path, Trouble
from safehand.sources.json_lexical import Extent, Window

_LONGEST_INDENT: Final = 64
"""Blanks before a line that count as layout. No export indents its messages half as far."""

_FIRST_KEY: Final = re.compile(rb'\{[ \t\r\n]*("(?:[^"\\]|\\.){1,64}")[ \t\r\n]*:')
_NEAR_END: Final = 32
"""A scanner's complaint this close to the end of the window may be about the end of the window."""
_NOWHERE: Final = -1
_UNDECIDED: Final = -2
_NOT_SCALAR: Final = frozenset(b'{["')

_TOO_DEEP: Final = 500
"""Open brackets after which an unreadable value is called nested, not damaged."""

_MOST_FAILURES: Final = 1000
"""Damaged places in a row after which a container is given up: two gigabytes of rubbish would take hours, a word at a
time. The good parts of a damaged export lie closer together than this."""

scan_once: Final[Callable[[str, int], tuple[Any, int]]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # typeshed leaves it out
REFUSED: Final = (ValueError, StopIteration, RecursionError)
"""What scan_once raises. StopIteration is the json module's own way to say "no value here"."""


@dataclass(slots=True)
class Scan:
    """What all parts of one scan share."""

    window: Window
    ledger: Ledger
    decode: Callable[[bytes], Any]
    path_keys: re.Pattern[bytes]
    """A container of a pattern begins: behind that, an element belongs to another conversation."""
    named_keys: re.Pattern[bytes]
    """The same, of the keys that a pattern names: an object with other keys takes no other."""
    trouble: Trouble = Trouble.DAMAGED
    """Why the way was lost, for the account of the tail."""
    early: bool = False
    """The way was lost because a container around it ends here."""
    failures: int = 0
    """Damaged places since the last good member or element."""

    def structure(self) -> None:
        """Everything up to the reader's place is structure."""
        self.ledger.mark(SegmentKind.STRUCTURE, self.window.place)

    def broken(self, path: Path, trouble: Trouble) -> Broken:
        """Everything up to the reader's place could not be read."""
        start = self.ledger.position
        self.ledger.fail(self.window.place, str(trouble))
        return Broken(path, start, self.window.place, trouble)

    def gives_up(self) -> bool:
        """Something was damaged once more, and nothing good came between: is this still worth the time?"""
        self.failures += 1
        return self.failures > _MOST_FAILURES


@dataclass(slots=True)
class Place:
    """A container the scan stands in, and its layout."""

    path: Path
    is_array: bool = False
    takes_any: bool = False
    """Any key of it may lead to elements."""
    indent: bytes | None = None
    """The blanks before each member's line, or None where the file has no line breaks here."""
    hint: bytes = b""
    """What parts two elements: from before a closing brace to behind the next opening one."""
    least: int = 0
    """Bytes of the shortest element so far: the hint is not looked for before."""
    first_key: bytes = b""
    seen: set[str] = field(default_factory=set)
    _lines: re.Pattern[bytes] | None = None

    def learn_layout(self, window: Window) -> None:
        """Look at the blanks after the opening bracket. Lines without indentation look alike at every depth."""
        blanks = _blanks_ahead(window)
        _, newline, indent = blanks.rpartition(b"\n")
        if newline and 0 < len(indent) <= _LONGEST_INDENT:
            self.indent = indent
            self._lines = re.compile(rb'\n([ \t]{0,%d})(?=["{}\]])' % len(indent))

    def learn_parting(self, raw: bytes, parting: bytes, data: bytes, at: int) -> None:
        """Between the element ``raw`` and the one at ``at`` stands ``parting``: keep it as a hint, if it can be one.

        With layout the line break before the closing brace is part of it, without one the next element's first key.
        """
        if self.indent is None:
            key = _FIRST_KEY.match(data, at)
            self.hint = b"}" + parting + key[0] if key and raw.endswith(b"}") else b""
        elif raw.endswith(b"\n" + self.indent + b"}") and b"\n" in parting:
            self.hint = b"\n" + self.indent + b"}" + parting + b"{"

    def learn_first_key(self, raw: bytes) -> None:
        """Remember how the first good element begins, in a file that has no layout to go by."""
        if not self.first_key and self.indent is None:
            self.first_key = first_key_of(raw)

    def line_from(self, data: bytes, at: int) -> Line | None:
        """The next line at or above the level of the members that can begin or end one."""
        if self._lines is None or self.indent is None:
            return None
        for match in self._lines.finditer(data, at):
            byte = data[match.end() : match.end() + 1]
            same = len(match[1]) == len(self.indent)
            opens = same and byte == (b"{" if self.is_array else b'"')
            ends = same and byte in {b"}", b"]"}
            closes = not same and byte == (b"]" if self.is_array else b"}")
            if opens or ends or closes or not same:
                return Line(match.start(), match.end(), opens=opens, ends=ends, closes=closes)
        return None


class Line(NamedTuple):
    """A line that layout says is the beginning or end of a member, or of more than that."""

    newline: int
    at: int
    opens: bool
    ends: bool
    closes: bool

    @property
    def end_of_member(self) -> int:
        """Where the member before it ends: after a closing brace, or before the line."""
        return self.at + 1 if self.ends else self.newline


class Measured(NamedTuple):
    """How far a value goes. ``raw`` is None when it was too long to keep."""

    whole: bool
    """It ends where its brackets say. Otherwise layout, or the next element, cut it short."""
    raw: bytes | None
    at_end: bool = False
    """The file ended first."""

    @property
    def trouble(self) -> Trouble:
        """What to say if it cannot be read."""
        raw = self.raw or b""
        deep = self.whole and raw.count(b"[") + raw.count(b"{") > _TOO_DEEP
        return Trouble.TOO_DEEP if deep else Trouble.DAMAGED


def measure(scan: Scan, place: Place, keep: int) -> Measured:
    """Step over the value at the reader's place; hand over its bytes if there are at most ``keep``.

    A value ends where its brackets say. If it is damaged its brackets may lie, and layout, or the next element, says
    where it ends. Which of them is right does not hang on the window: it reads on until that is decided.
    """
    window = scan.window
    extent = Extent()
    end, told, dropped = -1, window.at, False
    while True:
        if end < 0:
            end = extent.find(window.data, told)
        cut = _cut(scan, place, end, _Fault.UNKNOWN if dropped else _fault(window, end))
        if end >= 0 and cut == _UNDECIDED and (window.ended or end - window.at > keep):
            cut = _NOWHERE
        if cut >= 0 or (end >= 0 and cut == _NOWHERE):
            stop = cut if cut >= 0 else end
            raw = None if dropped or stop - window.at > keep else window.data[window.at : stop]
            window.at = stop
            return Measured(whole=stop == end, raw=raw)
        if dropped or (end < 0 and len(window.data) - window.at > keep):
            dropped = True
            window.at = max(window.at, len(window.data) - _LONGEST_INDENT - 2)
        told = len(window.data) - window.at
        end = end - window.at if end >= 0 else end
        if not window.more() and end < 0:
            at_end = not extent.scalar
            raw = None if dropped or at_end else window.data
            window.at = len(window.data)
            return Measured(whole=not at_end, raw=raw, at_end=at_end)


def resync(scan: Scan, place: Place) -> bool:
    """From damage among the members of ``place``, go to where the next one or its end stands.

    False when it is not to be found: the reader then stands before a line that belongs further out, or at the end.
    """
    window = scan.window
    while True:
        found = _known_key(scan, place) if place.indent is None and not place.is_array else None
        line = place.line_from(window.data, window.at)
        if found is not None or line is not None:
            break
        window.at = max(window.at, len(window.data) - _LONGEST_INDENT - 2)
        if not window.more():
            window.at = len(window.data)
            return False
    scan.trouble = Trouble.DAMAGED
    if found is not None:
        window.at = found
    elif line is not None:
        window.at = line.at + 1 if line.ends else line.at if line.opens or line.closes else line.newline
        return line.opens or line.ends or line.closes
    return True


def first_key_of(raw: bytes) -> bytes:
    """How an element begins: its first key, with quotes. Empty for what is no object."""
    match = _FIRST_KEY.match(raw)
    return match[1] if match else b""


class _Fault(Enum):
    """What is wrong with a value, as far as the window shows."""

    NONE = "none"
    """It is valid, or may yet turn out to be."""
    SPELLING = "spelling"
    """A string holds what it may not: an escape JSON does not have, a raw control character."""
    STRUCTURE = "structure"
    """Something stands where nothing of the kind may stand."""
    UNKNOWN = "unknown"
    """Its beginning is no longer held."""


def _fault(window: Window, end: int) -> _Fault:
    """Judge the value at the reader's place, which ends at ``end``, or goes on after the window if that is -1."""
    try:
        scan_once(window.text, window.at)
    except StopIteration as err:
        at, fault = int(err.value), _Fault.STRUCTURE
    except json.JSONDecodeError as err:
        at, fault = err.pos, _Fault.SPELLING if err.msg.startswith("Invalid") else _Fault.STRUCTURE
        if err.msg.startswith("Unterminated"):
            return _Fault.NONE  # which only says that the window ends
    except (ValueError, RecursionError):
        return _Fault.NONE
    else:
        return _Fault.NONE
    # What is wrong near the end of the window may be the end of the window.
    return fault if end >= 0 or at < len(window.data) - _NEAR_END else _Fault.NONE


def _cut(scan: Scan, place: Place, end: int, fault: _Fault) -> int:
    """Where layout, or the next element, says that a damaged value ends. Its brackets say ``end``, or nothing yet (-1).

    _NOWHERE: they say nothing else. _UNDECIDED: the window does not yet hold what would tell.
    """
    if fault is _Fault.NONE:
        return _NOWHERE
    window = scan.window
    if place.indent is None:
        stop = len(window.data) if end < 0 else end
        return _next_alike(scan, place, stop) if place.is_array and fault is _Fault.STRUCTURE else _NOWHERE
    if fault is not _Fault.UNKNOWN and window.data[window.at] not in _NOT_SCALAR:
        return _NOWHERE
    line = place.line_from(window.data, window.at)
    if line is None:
        return _UNDECIDED if fault is not _Fault.UNKNOWN else _NOWHERE
    return window.at + len(window.data[window.at : line.end_of_member].rstrip(b" \t\r\n,"))


def _next_alike(scan: Scan, place: Place, stop: int) -> int:
    """In a file without line breaks: the comma before the next element that begins as the first good one did.

    _UNDECIDED while the window does not hold enough of that element to know that it is one.
    """
    window = scan.window
    if not place.first_key:
        return _NOWHERE
    alike = re.compile(rb",[ \t\r\n]*(?=\{[ \t\r\n]*" + re.escape(place.first_key) + rb"[ \t\r\n]*:)")
    match = alike.search(window.data, window.at + 1, stop)
    if match is None or scan.path_keys.search(window.data, window.at, match.start()):
        return _NOWHERE
    try:
        scan_once(window.text, match.end())
    except StopIteration:
        return _NOWHERE
    except json.JSONDecodeError as err:
        whole = window.ended or (err.pos < len(window.data) - _NEAR_END and not err.msg.startswith("Unterminated"))
        return _NOWHERE if whole else _UNDECIDED
    except (ValueError, RecursionError):
        return _NOWHERE
    return match.start()


def _known_key(scan: Scan, place: Place) -> int | None:
    """In a file without line breaks: the key of a container this object should have and has not had yet."""
    keys = scan.path_keys if place.takes_any else scan.named_keys
    for match in keys.finditer(scan.window.data, scan.window.at):
        if match[1].decode("utf-8", "replace") not in place.seen:
            return match.start()
    return None


def _blanks_ahead(window: Window) -> bytes:
    """The blanks at the reader's place, without stepping over them. More than layout would use are none."""
    while True:
        size = len(window.data) - len(window.data[window.at :].lstrip(b" \t\r\n")) - window.at
        if size > 2 * _LONGEST_INDENT:
            return b""
        if window.at + size < len(window.data) or not window.more():
            return window.data[window.at : window.at + size]
