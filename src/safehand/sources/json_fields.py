r"""JSON values that strict readers refuse or change: read all the same, with what was odd about them.

    orjson refuses   {"text": "\ud83d"}        half of an emoji; read_odd gives U+FFFD, and the original beside it
    orjson refuses   {"text": "caf<E9>"}       a byte that is not UTF-8; read as Windows-1252, and said so
    orjson refuses   {"n": NaN}, "\x1F"        read as text; Telegram Desktop writes control characters this way
    orjson rounds    {"id": 99999999999999999999}    beyond 64 bits; read_odd keeps the digits as text

``members`` walks the keys of one object and says where each value stands, so that a field can be kept verbatim.
Text that is shown, stored or encoded comes from ``Odd.value`` alone: it has no lone surrogates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

import orjson

from safehand.sources.json_lexical import Extent

_LEAST: Final = -(2**63)
_MOST: Final = 2**64 - 1
"""The integers orjson keeps exactly; any other becomes a fraction there, and loses digits."""

_BAD_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_BLANKS: Final = re.compile(rb"[ \t\r\n]*")
_COLON: Final = re.compile(rb"[ \t\r\n]*:[ \t\r\n]*")
_REPLACEMENT: Final = "\ufffd"


class Oddity(StrEnum):
    """What a strict reader would have refused or changed."""

    NOT_UTF8 = "not_utf8"
    """Bytes that are not UTF-8, read as Windows-1252."""
    LONE_SURROGATE = "lone_surrogate"
    """Half of a character that needs two escapes; shown as U+FFFD."""
    BAD_ESCAPE = "bad_escape"
    r"""An escape JSON does not have, ``\x1F``, read as the character it means."""
    NOT_STRICT = "not_strict"
    """NaN, a number beyond 64 bits, a raw control character, and the like."""


@dataclass(frozen=True, slots=True)
class Odd:
    """One value that a strict reader refused. ``value`` is fit to show; ``original`` has what stood there."""

    value: Any
    original: Any
    """As ``value``, but with lone surrogates; a byte that is not UTF-8 is one too (PEP 383)."""
    oddities: frozenset[Oddity]


class Member(NamedTuple):
    """One field of an object: its key as text, where key and value stand in the bytes of the object."""

    key: str
    key_start: int
    start: int
    end: int


def read_odd(raw: bytes) -> Odd | None:
    """Read the one value in ``raw`` leniently: numbers exact (beyond 64 bits and fractions as text). None if it is
    not JSON at all, or nested too deeply.
    """
    text = raw.decode("utf-8", "surrogateescape")
    oddities = set() if _is_utf8(text) else {Oddity.NOT_UTF8}
    try:
        try:
            original = _DECODER.decode(text)
        except ValueError:
            original = _DECODER.decode(
                _BAD_ESCAPE.sub(lambda found: f"\\u00{found[1]}" if found[1] else found[0], text)
            )
            oddities.add(Oddity.BAD_ESCAPE)
        value = _scrub(original, oddities)
    except (ValueError, RecursionError):
        return None
    return Odd(value, original, frozenset(oddities or {Oddity.NOT_STRICT}))


def shown(text: str) -> str:
    """``text`` without lone surrogates: each is U+FFFD. Fit for UTF-8."""
    return text if _is_utf8(text) else _scrub_text(text, set())


def escaped(text: str) -> str:
    r"""``text`` with what is not UTF-8 spelled out: ``\ud83d``, and ``\xe9`` for a byte (PEP 383)."""
    if _is_utf8(text):
        return text
    return "".join(
        f"\\x{ord(char) - 0xDC00:02x}"
        if "\udc80" <= char <= "\udcff"
        else f"\\u{ord(char):04x}"
        if _odd(char)
        else char
        for char in text
    )


def keys_repeat(raw: bytes, value: Any) -> bool:
    """Whether any object in ``raw`` gives one key twice, when ``value`` is what a reader made of it.

    The quick answer: every key has a colon after it, and every other colon stands in a string. If there are as many
    as in ``value`` written out again, none was swallowed. A colon written as an escape upsets the count.
    """
    if b"\\u003" not in raw:
        try:
            if orjson.dumps(value).count(b":") == raw.count(b":"):
                return False
        except orjson.JSONEncodeError:
            pass
    return has_repeated_keys(raw)


def has_repeated_keys(raw: bytes) -> bool:
    """Whether any object in ``raw`` gives one key twice. False for what cannot be read."""
    found = False

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        built = dict(pairs)
        found = found or len(built) != len(pairs)
        return built

    decoder = json.JSONDecoder(strict=False, parse_int=str, object_pairs_hook=note)
    try:
        _decode(raw.decode("utf-8", "surrogateescape"), decoder)
    except (ValueError, RecursionError):
        return found
    return found


def repeated_members(raw: bytes) -> frozenset[str]:
    """The keys of the object in ``raw`` that are given twice, or that hold an object which gives one twice."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for one in members(raw):
        if one.key in seen or has_repeated_keys(raw[one.start : one.end]):
            repeated.add(one.key)
        seen.add(one.key)
    return frozenset(repeated)


def members(raw: bytes) -> Iterator[Member]:
    """The fields of the object in ``raw``, in order, repeated ones too. Stops where it is no longer an object."""
    text = raw.decode("latin-1")
    at = _skip(raw, 0)
    if raw[at : at + 1] != b"{":
        return
    at = _skip(raw, at + 1)
    while raw[at : at + 1] == b'"':
        key_end = _value_end(raw, text, at)
        colon = _COLON.match(raw, key_end) if key_end > 0 else None
        if colon is None or colon.end() >= len(raw):
            return
        end = _value_end(raw, text, colon.end())
        if end < 0:
            return
        yield Member(read_key(raw[at:key_end]), at, colon.end(), end)
        at = _skip(raw, end)
        if raw[at : at + 1] != b",":
            return
        at = _skip(raw, at + 1)


def _value_end(raw: bytes, text: str, at: int) -> int:
    """Where the value at ``at`` ends; -1 when it does not. ``text`` is ``raw`` with a character for each byte."""
    try:
        return _SCAN(text, at)[1]
    except (ValueError, StopIteration, RecursionError):
        return Extent().find(raw, at)


def verbatim(raw: bytes, wanted: frozenset[str] | set[str], value: dict[str, Any] | None = None) -> str:
    """The fields of the object in ``raw`` whose keys are ``wanted``, spelled as they stand there, as a JSON object.

    ``value`` is what a reader made of ``raw``, if no key is in it twice. Plain fields can be spelled from it, which is
    quicker: they have one spelling where nothing in ``raw`` is escaped, or where that spelling stands in ``raw``.
    """
    parts = [] if value is None else [_spell(key, value[key]) for key in value if key in wanted]
    if b"\\" in raw and not all(part is not None and part.encode() in raw for part in parts):
        parts = []
    if not parts or None in parts:
        pieces = None if value is None else _pieces(raw, wanted, list(value))
        if pieces is None:
            pieces = [raw[one.key_start : one.end] for one in members(raw) if one.key in wanted]
        parts = [escaped(b", ".join(pieces).decode("utf-8", "surrogateescape"))]
    return "{" + ", ".join(filter(None, parts)) + "}"


def _pieces(raw: bytes, wanted: frozenset[str] | set[str], keys: list[str]) -> list[bytes] | None:
    """What ``members`` gives of the fields ``wanted``, quicker; ``keys`` are all keys of the object, in order.

    A key with its quotes is found once or is not what it seems: two quotes with nothing but letters between them can
    only be a string. Each field then ends where the next key begins. None where that does not tell.
    """
    found: list[bytes] = []
    start = -1  # of ``key``, where that is known already
    for key, following in zip(keys, [*keys[1:], None], strict=False):
        if key not in wanted:
            start = -1
            continue
        start = _only(raw, key) if start < 0 else start
        end = raw.rfind(b"}") if following is None else _only(raw, following)
        if not 0 <= start < end:
            return None
        found.append(raw[start:end].rstrip(b" \t\r\n,"))
        start = end
    return found


def _only(raw: bytes, key: str) -> int:
    """Where the string ``key`` stands in ``raw``; -1 when it does not, or more than once."""
    mark = b'"' + key.encode("utf-8", "surrogatepass") + b'"'
    at = raw.find(mark)
    return at if at >= 0 and raw.find(mark, at + 1) < 0 else -1


def _spell(key: str, value: Any) -> str | None:
    """A field with the one spelling it can have without escapes. None for what has several, as zero has (-0)."""
    if value is None:
        return f'"{key}": null'
    if value is True or value is False:
        return f'"{key}": {"true" if value else "false"}'
    if type(value) is str:
        return f'"{key}": "{value}"'
    return f'"{key}": {value}' if type(value) is int and value != 0 else None


def read_key(raw: bytes) -> str:
    """A key with its quotes, as text that is fit to show."""
    if b"\\" not in raw and raw.isascii():
        return raw[1:-1].decode()  # nearly every key there is
    odd = read_odd(raw)
    return (
        odd.value if odd is not None and isinstance(odd.value, str) else escaped(raw.decode("utf-8", "surrogateescape"))
    )


def _exact_int(digits: str) -> int | str:
    if len(digits) > 20:
        return digits
    number = int(digits)
    return number if _LEAST <= number <= _MOST else digits


# CPython gives it, typeshed does not: the scanner under ``raw_decode``, without its second look at white space.
_SCAN: Final[Callable[[str, int], tuple[Any, int]]] = json.JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
_DECODER: Final = json.JSONDecoder(strict=False, parse_int=_exact_int, parse_float=str, parse_constant=str)


def _decode(text: str, decoder: json.JSONDecoder) -> tuple[Any, bool]:
    """The value, and whether escapes that JSON does not have were repaired. ValueError when that does not help."""
    try:
        return decoder.decode(text), False
    except ValueError:
        return decoder.decode(_BAD_ESCAPE.sub(lambda found: f"\\u00{found[1]}" if found[1] else found[0], text)), True


def _skip(raw: bytes, at: int) -> int:
    match = _BLANKS.match(raw, at)
    return match.end() if match else at


def _odd(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _scrub(value: Any, oddities: set[Oddity]) -> Any:
    match value:
        case str():
            return value if _is_utf8(value) else _scrub_text(value, oddities)
        case list():
            return [_scrub(item, oddities) for item in value]
        case dict():
            return {_scrub(key, oddities): _scrub(item, oddities) for key, item in value.items()}
        case _:
            return value


def _scrub_text(text: str, oddities: set[Oddity]) -> str:
    return "".join(_scrub_char(char, oddities) if _odd(char) else char for char in text)


def _scrub_char(char: str, oddities: set[Oddity]) -> str:
    if Oddity.NOT_UTF8 in oddities and "\udc80" <= char <= "\udcff":
        return bytes([ord(char) - 0xDC00]).decode("cp1252", "replace")
    oddities.add(Oddity.LONE_SURROGATE)
    return _REPLACEMENT
