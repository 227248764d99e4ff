r"""Shapes of rows: the same keys in the same order, with the same signs between them.

    {"id":"…","type":"incoming","body":"hello","sent_at":1767517928000,"received_at":77,"readStatus":0,"errors":[], …}
    \{"id":(?:"([^"\\]*+)"|null),"type":"(incoming|outgoing)","body":"([^"\\]++)","sent_at":([0-9]++), …\}

Every version of Desktop writes other fields, in another order, so there is no one type to decode its rows as. But most
rows of a file have one of a few shapes. Once a shape has been seen often enough, a pattern is made of it, and a row
that it matches whole is valid JSON with these keys, each once. What is to be kept of it is cut out as it stands.

No pattern goes back over a byte (its quantifiers are possessive), whatever the row.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any, ClassVar, Final

import msgspec
import orjson

from safehand.sources.json_fields import keys_repeat, members
from safehand.sources.signal.sigtop_fields import KEPT, READ

_MOST_COUNTED: Final = 1_000
"""Shapes of one file that are counted."""
_MOST_SHAPES: Final = 8
"""Shapes of one file that have a pattern. One version of Desktop has a few that are common."""

_FILES_KEY: Final = "attachments"
_ASCII: Final = rb"[ !#-\[\]-~]*+"
_NUMBER: Final = rb"0|-?[1-9][0-9]{0,17}+"
_FLAT: Final = rb"[^{}\[\]\\\x00-\x1f]"
_NESTED: Final = rb"\{(?:%b++|\{%b*+\})++\}|\[%b++\]" % (_FLAT, _FLAT, _FLAT)
"""Objects in an object and no deeper, or a list without any. Whether it is JSON is asked of a decoder."""
_SILENT: Final = rb'null|false|\[\]|\{\}|""'
"""What says nothing (``is_silent``)."""
_MILLIS: Final = rb"([1-9][0-9]{0,14}+)"
_NAME: Final = rb'(?:"(%b)"|null)' % _ASCII
_NONE: Final = rb"(?:\[\]|null)"
_FILES: Final = rb"(?:\[\]|null|(\[(?:\{(?:%b++|\{%b*+\})*+\}|[, ])++\]))" % (_FLAT, _FLAT)
_PATTERNS: Final = {
    "type": rb'"(incoming|outgoing)"', "sent_at": _MILLIS, "timestamp": _MILLIS,
    "body": rb'(?:"((?:[^"\\\x00-\x1f]++|\\["\\/bfnrt])++)"|""|null)',
    "id": _NAME, "sourceServiceId": _NAME, "sourceUuid": _NAME, "source": _NAME,
    "reactions": rb"(?:\[\]|null|(\[(?:\{%b*+\}|[, ])++\]))" % _FLAT,
    _FILES_KEY: _FILES, "bodyRanges": _NONE, "editHistory": _NONE, "quote": rb"null",
    "deletedForEveryone": rb"(?:false|null)",
}  # fmt: skip
_KEPT: Final = rb'(?:("[^"\\\x00-\x1f]++"|%b|true|%b)|%b)' % (_NUMBER, _NESTED, _SILENT)
_IGNORED: Final = rb'(?:"%b"|%b|true|false|null)' % (_ASCII, _NUMBER)
"""What may stand in a plain row, in a field that has no pattern of its own."""
_ASKED: Final = ("type", "body", "sent_at", "timestamp", "id", "sourceServiceId", "sourceUuid", "source")
_BODY: Final = 1
_NEEDED: Final = frozenset({"type", "body", "sent_at"})
_SAID: Final = ("incoming", "outgoing")
_NOTHING: Final[list[Any]] = []
_COLON: Final = re.compile(rb'"\s*:\s*')
_BRACKETS: Final = b"{["


class PlainRow(msgspec.Struct, gc=False):
    """What a plain row says, in the bytes of its JSON."""

    asked: tuple[bytes | None, ...]
    """The values of type, body, sent_at, timestamp, id, sourceServiceId, sourceUuid and source, without quotes."""
    reactions: list[Any]
    files: list[Any]
    extra: str | None
    """What is to be kept, as ``verbatim`` gives it."""


class _Shape:
    """A pattern for rows with the keys of ``raw``, in their order, and the signs between them."""

    def __init__(self, raw: bytes) -> None:
        pattern, at, groups = b"", 0, 0
        places: dict[str, int] = {}
        kept: list[tuple[int, bytes]] = []
        for one in members(raw):
            wanted = _PATTERNS.get(one.key) or (_KEPT if one.key in KEPT else _IGNORED)
            pattern += re.escape(raw[at : one.start]) + wanted
            at = one.end
            if one.key in KEPT or one.key == _FILES_KEY:
                kept.append((groups, raw[one.key_start : one.start]))
            places[one.key] = groups
            groups += re.compile(wanted).groups
        self.match: Final = re.compile(pattern + re.escape(raw[at:])).fullmatch
        self._asked = itemgetter(*(places.get(name, -1) for name in _ASKED))
        self._reactions = places.get("reactions", -1)
        self._files = places.get(_FILES_KEY, -1)
        self._kept = tuple(kept)
        self._is_tight = any(not key.endswith(b'": ') for _, key in kept)

    def row(self, match: re.Match[bytes], raw: bytes) -> PlainRow | None:
        """What stands there; None for what has to be looked at more closely. Raises what orjson does of no JSON."""
        groups = (*match.groups(), None)
        said: list[bytes] = []
        files = _NOTHING
        is_spelled = self._is_tight and b"\\" not in raw
        for at, key in self._kept:
            value = groups[at]
            if value is None:
                continue
            said.append(key + value)
            if value[0] in _BRACKETS:
                is_spelled = False
                nested = orjson.loads(value)
                if not nested or keys_repeat(value, nested):
                    return None
                if at == self._files:
                    files = nested
            elif value == b"0":
                is_spelled = False
        if is_spelled:  # then ``verbatim`` spells words and numbers again, whatever stands between a key and its value
            said = [_COLON.sub(b'": ', one, 1) for one in said]
        extra = f"{{{b', '.join(said).decode()}}}" if said else None
        asked, reactions = self._asked(groups), groups[self._reactions]
        if asked[_BODY] is None and not files:
            return None
        if reactions is None:
            return PlainRow(asked, _NOTHING, files, extra)
        found = orjson.loads(reactions)
        return None if keys_repeat(reactions, found) else PlainRow(asked, found, files, extra)


class Shapes:
    """The shapes of the rows of one file, as far as they have been seen."""

    often: ClassVar[int] = 32
    """Rows of a shape after which a pattern is made of it: making one takes as long as reading some hundred rows."""

    __slots__ = ("_counts", "_shapes")

    def __init__(self) -> None:
        self._counts: dict[tuple[str, ...], int] = {}
        self._shapes: list[_Shape] = []
        """The one that matched last stands first."""

    def decode(self, raw: bytes) -> Any:
        """A PlainRow, or whatever else JSON holds. orjson's error for what it refuses."""
        for shape in self._shapes:
            match = shape.match(raw)
            if match is not None:
                if shape is not self._shapes[0]:
                    self._shapes.remove(shape)
                    self._shapes.insert(0, shape)
                if not raw.isascii():
                    raw.decode()  # its error is a ValueError, as orjson's is
                return shape.row(match, raw) or orjson.loads(raw)
        return orjson.loads(raw)

    def saw(self, row: dict[str, Any], raw: bytes) -> None:
        """A row was read carefully. Once its shape has been seen often, a pattern is made of it."""
        if row.get("type") not in _SAID or len(self._shapes) == _MOST_SHAPES:
            return
        keys = tuple(row)
        seen = self._counts.get(keys, 0) + 1
        if seen <= self.often and (seen > 1 or len(self._counts) < _MOST_COUNTED):
            self._counts[keys] = seen
            if seen == self.often and row.keys() <= READ | KEPT and row.keys() >= _NEEDED and not keys_repeat(raw, row):
                self._shapes.append(_Shape(raw))
