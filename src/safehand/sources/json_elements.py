"""The elements of one array, in batches: the part of the scan where the time goes. Used by json_windows.py alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from operator import add
from typing import Any, Final

import msgspec
import orjson

from safehand.sources.accounting import SegmentKind
from safehand.sources.contract import LONGEST_MESSAGE
from safehand.sources.json_events import BATCH, Elements, JsonEvent, Trouble
from safehand.sources.json_fields import read_odd
from safehand.sources.json_lexical import END, Window
from safehand.sources.json_resync import REFUSED, Place, Scan, measure, resync, scan_once

_PARTING: Final = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*")
_CLOSE_BRACE, _CLOSE_BRACKET, _COMMA, _COLON = b"}],:"
_NO_ELEMENT: Final = frozenset({END, _CLOSE_BRACE, _CLOSE_BRACKET, _COLON})
_SELF_DELIMITING: Final = frozenset(b'{["')

_AFTER_SCALAR: Final = frozenset({b" ", b"\t", b"\r", b"\n", b",", b"]", b"}"})

_TAIL: Final = 16 << 10
"""With fewer bytes left, the element there is most likely not all there: reading on is cheaper than trying."""

UNREADABLE: Final = (ValueError, RecursionError, msgspec.MsgspecError)
"""What a decoder raises, orjson's and msgspec's."""


def read_elements(  # noqa: C901  one branch for each thing that can stand in an array
    scan: Scan, place: Place, pattern: int
) -> Generator[JsonEvent, None, bool]:
    """Everything from behind ``[`` to before ``]``. False when the end of the array was not found."""
    window = scan.window
    place.learn_layout(window)
    window.peek()  # the quick ways begin on an element's first byte
    batch = Elements(pattern, place.path, 0)
    while True:
        count = len(batch.starts)
        _by_hint(window, place, scan.decode, batch)
        if place.hint and len(window.data) - window.at < min(_TAIL, window.size) and window.more():
            continue
        _by_scanner(window, place, scan.decode, batch)
        if len(batch.starts) != count and batch.raws[-1].startswith(b"{"):
            scan.failures = 0  # bare words and numbers are what damage leaves of a message
        if len(batch.starts) >= BATCH:
            batch = yield from _flush(scan, batch)
            continue
        if len(batch.starts) != count:
            continue
        byte = window.peek()
        if byte == _COMMA:
            window.at += 1
            window.peek()
        elif byte in _NO_ELEMENT:
            batch = yield from _flush(scan, batch)
            scan.structure()
            if byte != _COLON:
                return (yield from _leave(scan, place, byte))
            if scan.gives_up() or not resync(scan, place):
                return False
            yield scan.broken(place.path, Trouble.DAMAGED)
        else:
            start = window.place
            trouble = _with_care(scan, place, batch)
            if trouble is None:
                continue
            batch = yield from _flush(scan, batch)
            scan.ledger.mark(SegmentKind.STRUCTURE, start)
            if trouble is Trouble.TRUNCATED or scan.gives_up():
                scan.trouble = Trouble.TRUNCATED if trouble is Trouble.TRUNCATED else Trouble.DAMAGED
                return False
            yield scan.broken(place.path, trouble)


def _leave(scan: Scan, place: Place, byte: int) -> Generator[JsonEvent, None, bool]:
    """The array is over: by its own bracket, by the end of the file, or by that of the object around it."""
    if byte == END:
        scan.trouble = Trouble.TRUNCATED
    elif byte == _CLOSE_BRACE:
        # Whoever reads the object around this array goes on from here.
        scan.early = True
        yield scan.broken(place.path, Trouble.DAMAGED)
    return byte == _CLOSE_BRACKET


def _flush(scan: Scan, batch: Elements) -> Generator[JsonEvent, None, Elements]:
    if batch.starts:
        yield batch
        batch.settle(scan.ledger)
    return Elements(batch.pattern, batch.path, batch.first + len(batch.starts))


def _by_hint(window: Window, place: Place, decode: Callable[[bytes], Any], batch: Elements) -> None:
    """Take elements while ``find`` proposes their end and ``decode`` proves it.

    Looking for the end costs more than anything else in a long element with layout, so it begins where the shortest
    so far would have ended. An element that is shorter is missed, ``decode`` refuses it together with the next, and
    the scanner takes it.
    """
    data, at, base, hint = window.data, window.at, window.base, place.hint
    if not hint or data[at : at + 1] != b"{":
        return
    find, starts, raws, values = data.find, batch.starts, batch.raws, batch.values
    brace = hint.index(b"}") + 1
    step = hint.index(b"{", brace)
    least = max(0, place.least - brace)
    for _ in range(BATCH - len(starts)):
        found = find(hint, at + least)
        if found < 0:
            break
        raw = data[at : found + brace]
        try:
            values.append(decode(raw))
        except UNREADABLE:
            break
        starts.append(base + at)
        raws.append(raw)
        at = found + step
    window.at = at
    done = len(batch.ends)
    if lengths := [*map(len, raws[done:])]:
        batch.ends += map(add, starts[done:], lengths)
        place.least = min(lengths) if place.least == 0 else min(place.least, *lengths)


def _by_scanner(window: Window, place: Place, decode: Callable[[bytes], Any], batch: Elements) -> None:
    """Take elements by the json module's scanner; no more than one where there is a hint, which is quicker."""
    data, text, base = window.data, window.text, window.base
    for _ in range(BATCH - len(batch.starts)):
        at = window.at
        try:
            _, end = scan_once(text, at)
        except REFUSED:
            return
        if data[at] not in _SELF_DELIMITING and data[end : end + 1] not in _AFTER_SCALAR:
            return  # rubbish stands behind it, or the window ends, and a number may go on
        raw = data[at:end]
        value = value_of(raw, decode)
        if value is NOTHING:
            return
        batch.starts.append(base + at)
        batch.ends.append(base + end)
        batch.raws.append(raw)
        batch.values.append(value)
        window.at = end
        place.learn_first_key(raw)
        parting = _PARTING.match(data, end)
        if parting is None:
            return
        window.at = parting.end()
        if not place.hint and data[parting.end() : parting.end() + 1] == b"{":
            place.learn_parting(raw, parting[0], data, parting.end())
        if place.hint:
            place.least = min(place.least, end - at)
            return


def _with_care(scan: Scan, place: Place, batch: Elements) -> Trouble | None:
    """Take one element that the others would not: it spans windows, or is odd, or is damaged."""
    window = scan.window
    start = window.place
    measured = measure(scan, place, LONGEST_MESSAGE)
    if measured.at_end:
        return Trouble.TRUNCATED
    if window.place == start:
        window.at += 1
        return Trouble.DAMAGED
    if measured.raw is None:
        return Trouble.TOO_LONG
    value = value_of(measured.raw, scan.decode)
    if value is NOTHING:
        return measured.trouble
    batch.starts.append(start)
    batch.ends.append(window.place)
    batch.raws.append(measured.raw)
    batch.values.append(value)
    place.learn_first_key(measured.raw)
    return None


class _Nothing:
    """The type of NOTHING: None is a value."""


NOTHING: Final = _Nothing()


def value_of(raw: bytes, decode: Callable[[bytes], Any]) -> Any:
    """What ``decode`` makes of it, else an Odd, else NOTHING."""
    try:
        return decode(raw)
    except UNREADABLE:
        odd = read_odd(raw)
        return NOTHING if odd is None else odd


def plain_or_any(plain: type[msgspec.Struct]) -> Callable[[bytes], Any]:
    """A decoder that gives a ``plain``, field for field, or whatever else JSON holds.

    It raises what orjson does of bytes that are no JSON: whoever scans a file asks a lenient reader then.
    """
    short = msgspec.json.Decoder(plain).decode
    careful = orjson.loads

    def decode(raw: bytes) -> Any:
        try:
            return short(raw)
        except UNREADABLE:
            return careful(raw)

    return decode
