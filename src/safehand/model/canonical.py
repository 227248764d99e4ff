"""Canonical JSON: one value, one spelling, so that what is signed can be made again byte for byte.

    {"b":1,"a":"é"}   →   {"a":"é","b":1}

The rules are those of RFC 8785 (JSON Canonicalization Scheme) for the values Safehand uses: objects, arrays, strings,
integers within ±(2**53 - 1), true, false, null. Floating-point numbers are refused: none of ours needs one, and their
spelling is where implementations differ. Keys are sorted by UTF-16 code units (RFC 8785 §3.2.3).
"""

from __future__ import annotations

import json
from typing import TypeAlias

from safehand.errors import CannotRead, UsageError

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_LIMIT = 2**53 - 1  # RFC 8785 §3.2.2.3 by way of I-JSON (RFC 7493 §2.2): larger integers lose digits in a browser
_encode = json.JSONEncoder(ensure_ascii=False).encode  # made once: a register of files has a million strings
_DEPTH = 64  # deeper than anything Safehand writes; keeps a hostile file from exhausting the stack


def format_canonical(value: Json) -> bytes:
    """The one spelling of ``value``, UTF-8, without a final newline. UsageError for what has no canonical form."""
    return _spell(value, 0).encode("utf-8")


def parse_canonical(data: bytes) -> Json:
    """Read canonical JSON back, or raise CannotRead: only what format_canonical writes is accepted."""
    try:
        value: Json = json.loads(data.decode("utf-8"))
        same = format_canonical(value) == data
    except (ValueError, RecursionError, UsageError) as err:
        raise CannotRead("This is not canonical JSON.", todo="It was changed, or not written by Safehand.") from err
    if not same:
        raise CannotRead("This JSON is not in its canonical spelling.", todo="It was changed after it was written.")
    return value


def _spell(value: Json, depth: int) -> str:  # noqa: PLR0911  one return for each JSON type
    if depth > _DEPTH:
        raise UsageError(f"Canonical JSON is at most {_DEPTH} levels deep.")
    match value:
        case None:
            return "null"
        case True:
            return "true"
        case False:
            return "false"
        case int():
            if not -_LIMIT <= value <= _LIMIT:
                raise UsageError("An integer beyond 2**53 has no canonical form; write it as a string.")
            return str(value)
        case str():
            return _spell_text(value)
        case list():
            return "[" + ",".join(_spell(item, depth + 1) for item in value) + "]"
        case dict():
            pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
            return "{" + ",".join(f"{_spell_text(key)}:{_spell(item, depth + 1)}" for key, item in pairs) + "}"
        case _:
            raise UsageError(f"A {type(value).__name__} has no canonical form.")


def _spell_text(text: str) -> str:
    # This encoder escapes exactly what RFC 8785 §3.2.2.2 asks for: ", \, and controls below U+0020, lower-case hex.
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as err:
        raise UsageError("A lone surrogate has no canonical form.") from err
    return _encode(text)
