"""One message of a JSON form while its fields are read one by one, so that none of them falls between.

    draft = Draft(value, raw, read=READ, kept=KEPT)
    draft.words("text")          a string, or None; anything else is left over
    draft.leave("reactions")     something in it was not understood
    draft.extra()                what has no place: verbatim, with its doubts

``read`` are the fields that have a place in the model, ``kept`` those that are known and have none: they stand verbatim
in ``extra``. Every other field stands there too, with the doubt ``field_not_read``. A field that is given twice stands
there with all its spellings: ``field_repeated``.
"""

from __future__ import annotations

from typing import Any, Final

from safehand.model.doubt import Doubt
from safehand.sources.json_fields import (
    Odd,
    Oddity,
    escaped,
    keys_repeat,
    members,
    read_odd,
    repeated_members,
    verbatim,
)

_ODD: Final = {
    Oddity.NOT_UTF8: Doubt.ENCODING_GUESSED,
    Oddity.LONE_SURROGATE: Doubt.ENCODING_GUESSED,
    Oddity.BAD_ESCAPE: Doubt.TEXT_REPAIRED,
}


class Draft:
    """``value`` is the object as it can be shown, ``doubts`` what is unsure about it so far."""

    __slots__ = ("_known", "_left", "_odd", "_raw", "doubts", "value")

    def __init__(self, value: Any, raw: bytes, read: frozenset[str], kept: frozenset[str]) -> None:
        """``value`` is an object, or the Odd of one, decoded from ``raw``."""
        if not isinstance(value, Odd) and float in map(type, value.values()):
            value = read_odd(raw) or value  # an integer beyond 64 bits was rounded; read_odd keeps its digits
        self._odd = value if isinstance(value, Odd) else None
        self.value: dict[str, Any] = self._odd.value if self._odd else value
        self._raw = raw
        self._left = self.value.keys() - read
        self._known = kept
        self.doubts: list[Doubt] = []
        if self._odd:
            self.doubts += sorted(_ODD[one] for one in self._odd.oddities if one in _ODD)

    @property
    def has_oddities(self) -> bool:
        """Whether a strict reader would have refused or changed something in it."""
        return self._odd is not None

    @property
    def has_unknown(self) -> bool:
        """Whether something stands in it that was not understood: then it is not empty, whatever else it says."""
        return not frozenset(self._left) <= self._known

    def words(self, name: str) -> str | None:
        """A field that should be a string, or null."""
        found = self.value.get(name)
        if found is None or isinstance(found, str):
            return found
        self.leave(name)
        return None

    def id_of(self, name: str) -> str | None:
        """An id: a string, or a number."""
        found = self.value.get(name)
        return str(found) if type(found) is int else self.words(name)

    def objects(self, name: str) -> list[dict[str, Any]]:
        """A field that should be a list of objects; what is none of it is left over."""
        found = self.value.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            self.leave(name)
            return []
        objects = [one for one in found if isinstance(one, dict)]
        if len(objects) != len(found):
            self.leave(name)
        return objects

    def leave(self, name: str) -> None:
        """The field, or something in it, was not understood: it stands in ``extra``, and the message is in doubt."""
        self._left = self._left | ({name} & self.value.keys())
        self._known -= {name}

    def keep(self, name: str) -> None:
        """Something in the field is known and has no place: it stands in ``extra``."""
        if name not in self._left:
            self._left = self._left | ({name} & self.value.keys())
            self._known |= {name}

    def drop(self, *names: str) -> None:
        """The fields have been read after all, or say what another field says."""
        self._left = self._left.difference(names)

    def doubt(self, doubt: Doubt) -> None:
        """Something is in doubt about the message."""
        self.doubts.append(doubt)

    def spelled(self, name: str, text: str | None) -> str | None:
        """The string of ``name`` as it stood, where ``text`` is what it was repaired to; else None."""
        if self._odd is None or text is None:
            return None
        if Oddity.BAD_ESCAPE in self._odd.oddities:
            raw = next((self._raw[one.start : one.end] for one in members(self._raw) if one.key == name), b"")
            stood = escaped(raw.decode("utf-8", "surrogateescape"))
            return stood.strip('"') if "\\x" in stood else None
        original = self._odd.original.get(name)
        return escaped(original) if isinstance(original, str) and original != text else None

    def extra(self, *, unique: bool = False) -> str | None:
        """Fields without a place, as they stand there. Asked for once, last: it adds to the doubts.

        ``unique``: somebody has looked at what is around the object, and no key stands there twice.
        """
        wanted = frozenset(self._left)
        if not wanted <= self._known:
            self.doubts.append(Doubt.FIELD_NOT_READ)
        if unique or not keys_repeat(self._raw, self.value):
            # In an Odd, numbers that are no 64 bits have become strings: their spelling is in the bytes alone.
            return verbatim(self._raw, wanted, None if self._odd else self.value) if wanted else None
        self.doubts.append(Doubt.FIELD_REPEATED)
        return verbatim(self._raw, wanted | repeated_members(self._raw))

    def found(self) -> tuple[Doubt, ...]:
        """All doubts, each once, in the order they arose."""
        return tuple(dict.fromkeys(self.doubts)) if self.doubts else ()
