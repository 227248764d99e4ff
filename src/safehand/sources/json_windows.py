r"""A JSON file of any size, element by element, in constant memory, with the exact bytes of each.

    {"name": "Allotment", "messages": [{"id": 1, …}, {"id": 2, …}]}

    for event in scan(file, ledger, [("messages", EACH)]):
        match event:
            case Opened(path=path): ...               ()  and then ("messages",): a container on the way was entered
            case Field(path=path, raw=raw): ...       ("name",), b'"Allotment"': any value outside of the arrays
            case Elements(): ...                      up to BATCH elements of one array, in the order of the file
                for start, end, raw, value in event.rows(): ...
            case Closed(path=path): ...
            case Broken(trouble=trouble): ...         bytes that could not be read, already accounted for

Patterns are paths of keys, with EACH for "every element": ``("chats", "list", EACH, "messages", EACH)``, and
with ANY for "every key", where keys are names or ids: ``("ChatHistory", ANY, EACH)``. It **walks the
keys**: a title that reads ``"messages": [`` fools nobody. It feeds the ledger and marks every byte: an element is
``message`` (or what ``Elements.tell`` and ``refuse`` say before the next event is asked for), the value of a field
``metadata``, keys and what parts things ``structure``; what could not be read is ``unparsed`` with its reason.

An element's value comes from ``decode`` (orjson unless told otherwise; a msgspec decoder of the few fields a first
pass needs is faster). Where decode refuses an element that a lenient reader can read, the value is an ``Odd``
(json_fields.py). Whether keys are repeated inside an element is for the caller: ``json_fields.has_repeated_keys``.

``after`` is what may stand before the JSON: ``window.YTD.direct_messages.part0 = ``. It is a ``header``.

Reading elements in reverse, newest first files: json_backwards.py.

How it is fast, and why the spans are still exact: exports are written by a program, so the bytes that part the first
two elements (``\n  },\n  {``, or in one line ``},{"id":``) part all. ``find`` proposes an end, and ``decode`` proves
it: no JSON object is the beginning of another, so if the stretch decodes, it is the element. Where it does not, the
json module's scanner runs on the window as Latin-1, where a character is a byte. How the way is found again after
damage: json_resync.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, Final

import orjson

from safehand.sources.accounting import Ledger, SegmentKind
from safehand.sources.contract import WINDOW, SourceFile
from safehand.sources.json_elements import read_elements
from safehand.sources.json_events import (
    ANY,
    BATCH,
    EACH,
    FIELD_LIMIT,
    Broken,
    Closed,
    Each,
    Elements,
    Field,
    JsonEvent,
    Node,
    Opened,
    Path,
    Pattern,
    Trouble,
    keys_of,
    tree_of,
)
from safehand.sources.json_fields import read_key, read_odd
from safehand.sources.json_lexical import END, Extent, Window
from safehand.sources.json_resync import Place, Scan, measure, resync

__all__ = [
    "ANY",
    "BATCH",
    "EACH",
    "FIELD_LIMIT",
    "Broken",
    "Closed",
    "Each",
    "Elements",
    "Field",
    "JsonEvent",
    "Opened",
    "Path",
    "Pattern",
    "Trouble",
    "scan",
]

_BOM: Final = b"\xef\xbb\xbf"
_OPEN_BRACE, _CLOSE_BRACE, _OPEN_BRACKET, _CLOSE_BRACKET, _COMMA, _COLON, _QUOTE = b'{}[],:"'
_AFTER_MEMBER: Final = frozenset({_COMMA, _CLOSE_BRACE, _CLOSE_BRACKET, END})
_LONGEST_KEY: Final = 1 << 16
"""Bytes of a key on the way to the elements. No platform's is a thousandth of it."""
_PIECE: Final = 256 << 10
"""Bytes read at a time, if the window allows it: they stay in the processor's cache, also where others use it. A tenth
faster than 4 MiB, a twentieth faster than 512 KiB on a busy machine, and as fast as 128 KiB.
"""
_LONGEST_PREFIX: Final = 256
"""Bytes that are held to look for what may stand before the JSON."""
_ANY_KEY: Final = rb'(?:[^"\\\n]|\\.){0,256}'
"""A key that no pattern names, where one may begin an array or object."""
_MOST_KEYS: Final = 10_000
"""Keys of one object that are remembered to tell repeated ones; past it memory would grow with a hostile file."""


def scan(
    file: SourceFile,
    ledger: Ledger,
    patterns: Sequence[Pattern],
    *,
    window: int = WINDOW,
    decode: Callable[[bytes], Any] = orjson.loads,
    after: re.Pattern[bytes] | None = None,
) -> Iterator[JsonEvent]:
    """Walk ``file`` once, front to back. See the module. Raises CannotRead when the file cannot be read on."""
    with file.open() as stream:
        names = [re.escape(key.encode()) for key in sorted(keys_of(patterns))]
        named = _begins(names)
        has_any = any(ANY in pattern for pattern in patterns)
        state = Scan(
            Window(stream, ledger, min(window, _PIECE)),
            ledger,
            decode,
            _begins([*names, _ANY_KEY]) if has_any else named,
            named,
        )
        yield from _document(state, tree_of(patterns), after)


def _begins(keys: Sequence[bytes]) -> re.Pattern[bytes]:
    """One of ``keys`` and the bracket of its value."""
    return re.compile(rb'"(' + (b"|".join(keys) or b"(?!)") + rb')"[ \t\r\n]*:[ \t\r\n]*[\[{]')


def _document(scan: Scan, root: Node, after: re.Pattern[bytes] | None) -> Generator[JsonEvent, None, None]:
    window = scan.window
    while len(window.data) < len(_BOM) and window.more():
        pass
    if window.data.startswith(_BOM):
        window.at = len(_BOM)
        scan.ledger.mark(SegmentKind.BOM, window.place)
    if after is not None:
        while len(window.data) - window.at < _LONGEST_PREFIX and window.more():
            pass
        if match := after.match(window.data, window.at):
            window.at = match.end()
            scan.ledger.mark(SegmentKind.HEADER, window.place)
    byte = window.peek()
    if byte == END:
        scan.ledger.mark(SegmentKind.BLANK, window.place)
        yield scan.broken((), Trouble.EMPTY)
        return
    scan.structure()
    if (yield from _value(scan, root, Place(()), (), byte)):
        byte = window.peek()
        scan.ledger.mark(SegmentKind.BLANK, window.place)
        if byte == END:
            return
        scan.trouble = Trouble.AFTER_END
    while window.more():
        window.at = len(window.data)
    window.at = len(window.data)
    yield scan.broken((), scan.trouble)


def _value(
    scan: Scan, node: Node | None, place: Place, path: Path, byte: int, *, repeated: bool = False
) -> Generator[JsonEvent, None, bool]:
    """The value at the reader's place, at ``path``, which begins with ``byte``. ``place`` is what it is a member of."""
    is_array = byte == _OPEN_BRACKET
    if node is not None and (node.each if is_array else (node.keys or node.any) and byte == _OPEN_BRACE):
        return (yield from _container(scan, node, path, is_array=is_array, repeated=repeated))
    return (yield from _field(scan, place, path, repeated=repeated))


def _container(
    scan: Scan, node: Node, path: Path, *, is_array: bool, repeated: bool
) -> Generator[JsonEvent, None, bool]:
    window = scan.window
    place = Place(path, is_array=is_array, takes_any=node.any is not None)
    yield Opened(place.path, window.place, repeated)
    window.at += 1
    pattern = node.each.pattern if place.is_array and node.each is not None else None
    members = _members(scan, node, place) if pattern is None else read_elements(scan, place, pattern)
    if not (yield from members):
        return False
    window.at += 1
    scan.failures = 0
    scan.structure()
    yield Closed(place.path, window.place)
    return True


def _members(scan: Scan, node: Node, place: Place) -> Generator[JsonEvent, None, bool]:
    """Everything from behind the opening bracket to before the closing one. False when the end was not found."""
    window = scan.window
    place.learn_layout(window)
    closing, other = (_CLOSE_BRACKET, _CLOSE_BRACE) if place.is_array else (_CLOSE_BRACE, _CLOSE_BRACKET)
    index = 0
    while (byte := window.peek()) != closing:
        if byte == _COMMA:
            window.at += 1
            continue
        if byte == END:
            scan.trouble = Trouble.TRUNCATED
            return False
        if byte == other:
            # This container has no end of its own: the one around it ends. Whoever reads that one goes on from here.
            scan.structure()
            scan.early = True
            yield scan.broken(place.path, Trouble.DAMAGED)
            return False
        if place.is_array:
            found = yield from _value(scan, node.each, place, (*place.path, index), byte)
            index += 1
        else:
            found = byte == _QUOTE and (yield from _member(scan, node, place))
        if scan.early:
            scan.early = False
        elif not found:
            if scan.gives_up() or not resync(scan, place):
                return False
            yield scan.broken(place.path, Trouble.DAMAGED)
    return True


def _member(scan: Scan, node: Node, place: Place) -> Generator[JsonEvent, None, bool]:
    """One key and its value."""
    window = scan.window
    raw = _key(window)
    colon = END if raw is None else window.peek()
    if raw is None or colon != _COLON:
        scan.trouble = Trouble.TRUNCATED if colon == END and window.ended else Trouble.DAMAGED
        return False
    window.at += 1
    key = read_key(raw)
    repeated = key in place.seen
    if len(place.seen) < _MOST_KEYS:
        place.seen.add(key)
    byte = window.peek()
    if byte == END:
        scan.trouble = Trouble.TRUNCATED
        return False
    return (yield from _value(scan, node.keys.get(key, node.any), place, (*place.path, key), byte, repeated=repeated))


def _key(window: Window) -> bytes | None:
    """Step over a key, and hand over its bytes, quotes included. None when it has no end."""
    extent = Extent()
    told = window.at
    while (end := extent.find(window.data, told)) < 0:
        told = len(window.data) - window.at
        if told > _LONGEST_KEY or not window.more():
            return None
    raw = window.data[window.at : end]
    if len(raw) > _LONGEST_KEY:
        return None
    window.at = end
    return raw


def _field(scan: Scan, place: Place, path: Path, *, repeated: bool) -> Generator[JsonEvent, None, bool]:
    """A value that no pattern leads to."""
    scan.structure()
    start = scan.window.place
    measured = measure(scan, place, FIELD_LIMIT)
    if measured.at_end:
        scan.trouble = Trouble.TRUNCATED
        return False
    end = scan.window.place
    if end == start:
        return False
    if read_odd(measured.raw) is None if measured.raw is not None else not measured.whole:
        yield scan.broken(place.path, measured.trouble)
        return not scan.gives_up()
    if path and scan.window.peek() not in _AFTER_MEMBER:
        return False  # "Bo"b": it did not end where it seemed to
    scan.failures = 0
    yield Field(path, start, end, measured.raw, repeated)
    scan.ledger.mark(SegmentKind.METADATA, end)
    return True
