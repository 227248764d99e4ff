r"""Shapes of events: the same keys in the same order, with the same signs between them.

    {"conversation_id":{"id":"Ugx"},"sender_id":{"gaia_id":"1","chat_id":"1"},"timestamp":"1453809862342224", …}
    \{"conversation_id":\{"id":"([ -~]++)"\},"sender_id":\{"gaia_id":"([0-9]++)","chat_id":"\2"\}, …

Nearly all events of a file have one shape around what they hold: words in one stretch, or something else (several
stretches, files, a call, who came). Once enough have been read that no pattern matches, one is made of the last. An
event that it matches whole is valid JSON with these keys, each once, and says twice what plain events say twice.
Whether what else it holds is JSON is asked of a decoder.

No pattern goes back over a byte (its quantifiers are possessive), whatever the event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, ClassVar, Final, NamedTuple, TypeAlias

import orjson

from safehand.sources.hangouts.plain import Plain, State, decode
from safehand.sources.json_fields import keys_repeat, members

_MOST: Final = 4
"""Patterns that are made of the events of one file."""
_LONGEST: Final = 4096
"""Bytes of an event that a pattern is made of."""
_DEEPEST: Final = 7
"""Objects in one another, in what an event holds: a picture of a picture has six."""

_ID: Final = rb'"(?P<%b>[ !#-\[\]-~]++)"'
_INSIDE: Final = rb'[^"{}\\]++|"(?:[^"\\]++|\\.)*+"'
_STATE: Final = "self_event_state"
_SAID: Final = "chat_message"
_SLOT: Final = b"(?P<state>)"
"""In a pattern: where the state stands."""
_PLACES: Final = {
    ("conversation_id", "id"): _ID % b"talk",
    ("sender_id", "gaia_id"): rb'"(?P<who>[0-9]++)"',
    ("sender_id", "chat_id"): rb'"(?P=who)"',
    ("timestamp",): rb'"(?P<at>[0-9]{16})"',
    (_STATE, "client_generated_id"): rb'"[0-9]++"',
    (_SAID, "message_content", "segment", "text"): rb'"(?P<words>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt])++)"',
    ("event_id",): _ID % b"native",
    ("event_type",): _ID % b"type",
    ("event_version",): rb'"(?P=at)"',
}
"""What differs from event to event, and how it is spelled. All else stands there as it stood in the one before."""
_GROUPS: Final = ("talk", "who", "at", "words", "native", "state", "type")


def _object(depth: int) -> bytes:
    inside = _INSIDE + (b"|" + _object(depth - 1) if depth else b"")
    return rb"\{(?:%b)*+\}" % inside


_COLON: Final = rb'"[ \t\r\n]*+:[ \t\r\n]*+'
_FILES: Final = rb'(?=%b\{[ \t\r\n]*+"message_content%b\{[ \t\r\n]*+"attachment")' % (_COLON, _COLON)
"""Files and no words: words in several stretches are sooner read by ``plain.decode``."""
_HELD: Final = rb'(?P<held>"(?P<key>chat_message%b|hangout_event|membership_change)%b(?P<value>%b))' % (
    _FILES, _COLON, _object(_DEEPEST),
)  # fmt: skip

Shaped: TypeAlias = tuple[State | None, tuple[bytes, ...]]
"""The state of an event of words, None where it was sent from the owner's own device; and the bytes of _GROUPS, as they
stand there.
"""


class Held(NamedTuple):
    """An event of anything else."""

    shaped: Shaped
    spelled: bytes
    """The field of what it holds, as it stands there."""
    key: str
    value: dict[str, Any]
    first: bool
    """It stands before the state."""


class Shapes:
    """The shapes of the events of one file, as far as they have been seen."""

    often: ClassVar[int] = 64
    """Events that no pattern matches, after which one is made: that takes as long as reading some hundred."""

    __slots__ = ("_frames", "_left", "_seen", "_shapes", "_states")

    def __init__(self) -> None:
        self._seen = 0
        self._left = _MOST
        self._frames: dict[bytes, list[bytes]] = {}
        """Patterns of the states that are known, by the pattern of what is around them."""
        self._states: dict[bytes, State] = {}
        """By how they are spelled."""
        self._shapes: list[tuple[Callable[[bytes], re.Match[bytes] | None], tuple[int, ...]]] = []

    def decode(self, raw: bytes) -> Any:
        """A Shaped, a Held, or whatever ``plain.decode`` gives, and its errors."""
        for fullmatch, groups in self._shapes:
            found = fullmatch(raw)
            if found is not None:
                if not raw.isascii():
                    raw.decode()
                told = found.group(*groups)
                shaped = self._states.get(told[5]), told
                return shaped if told[3] is not None else _held(shaped, found) or decode(raw)
        return decode(raw)

    def saw(self, value: Plain, raw: bytes) -> None:
        """A plain event of one stretch of words was read, of no shape so far."""
        self._seen += 1
        if self._seen < self.often or not self._left or len(raw) > _LONGEST:
            return
        self._seen = 0
        self._left -= 1
        field = next(one for one in members(raw) if one.key == _STATE)
        key, state = raw[field.key_start : field.start], raw[field.start : field.end]
        self._states[key + state] = value.self_event_state
        self._frames.setdefault(_pattern(raw), []).append(re.escape(key) + _pattern(state, (_STATE,)))
        self._shapes = list(self._compiled())

    def _compiled(self) -> Iterator[tuple[Callable[[bytes], re.Match[bytes] | None], tuple[int, ...]]]:
        for frame, states in self._frames.items():
            with suppress(re.error):  # what is said twice may stand in another order than usual
                pattern = re.compile(frame.replace(_SLOT, b"(?P<state>%b)" % b"|".join(states)))
                yield pattern.fullmatch, tuple(pattern.groupindex[name] for name in _GROUPS)


def _held(shaped: Shaped, found: re.Match[bytes]) -> Held | None:
    value = orjson.loads(found["value"])
    if keys_repeat(found["value"], value):
        return None
    return Held(shaped, found["held"], found["key"].decode(), value, found.start("held") < found.start("state"))


def _pattern(raw: bytes, path: tuple[str, ...] = ()) -> bytes:
    """A pattern of all values like the one in ``raw``, which stands at ``path`` of its event."""
    if path in _PLACES:
        return _PLACES[path]
    if raw.startswith(b"["):  # of one stretch
        start, end = raw.index(b"{"), raw.rindex(b"}") + 1
        return re.escape(raw[:start]) + _pattern(raw[start:end], path) + re.escape(raw[end:])
    made, at = b"", 0
    for one in members(raw):
        field = re.escape(raw[one.key_start : one.start]) + _pattern(raw[one.start : one.end], (*path, one.key))
        if one.key == _SAID:
            field = b"(?:%b|%b)" % (field, _HELD)
        made += re.escape(raw[at : one.key_start]) + (_SLOT if one.key == _STATE else field)
        at = one.end
    return made + re.escape(raw[at:])
