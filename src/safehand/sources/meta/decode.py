r"""One message: the bytes of a JSON object in, a ``Message`` out, with what is in doubt about it.

    {"sender_name": "Priya", "timestamp_ms": 1767225600123, "content": "caf\u00c3\u00a9 at ten?", "type": "Generic"}

    Message(number=7, kind=Kind.TEXT, sender="Priya", text="café at ten?", text_raw="cafÃ© at ten?",
            sent=…, span=…, doubts=(Doubt.TEXT_REPAIRED,))

Nine messages in ten are words, perhaps with reactions, so ``_plain`` reads those at once. Everything else goes field by
field (fields.py). What is left over stands in ``extra`` as it stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Call, Kind, Message, Reaction
from safehand.model.span import Span
from safehand.sources.json_fields import Odd, Oddity, escaped, has_repeated_keys, read_odd, verbatim
from safehand.sources.meta.fields import READ, READERS, UNKNOWN, Draft, Fate
from safehand.sources.meta.instants import IN_CALENDAR
from safehand.sources.meta.kinds import DOUBTFUL_ENDINGS, is_by_platform, kind_of
from safehand.sources.meta.layout import Form
from safehand.sources.meta.mojibake import Mending
from safehand.sources.meta.people import Account, People

_WORDS: Final = {
    Form.THREAD: ("sender_name", "timestamp_ms", "content"),
    Form.ENCRYPTED: ("senderName", "timestamp", "text"),
}
_SILENT: Final = {
    Form.THREAD: ("is_geoblocked_for_viewer", "is_unsent_image_by_messenger_kid_parent"),
    Form.ENCRYPTED: ("isUnsent", "media"),
}
"""Keys that say nothing when they are false or empty, as they nearly always are."""

_MOST_CACHED: Final = 4_096
"""Different sets of reactions that are remembered. A thread has a dozen members and as many emoji."""

_TIMES: Final = ("timestamp_ms", "timestamp", "creation_timestamp")

_UTC: Final = Basis.UTC
_MILLISECOND: Final = Precision.MILLISECOND
_TEXT: Final = Kind.TEXT
_GUESSED: Final = frozenset({Oddity.NOT_UTF8, Oddity.LONE_SURROGATE, Oddity.BAD_ESCAPE})


class _Known(NamedTuple):
    """Reactions as they were read before: those of one message, and how they stand there if they were repaired."""

    reactions: tuple[Reaction, ...]
    extra: str | None


_NONE_KNOWN: Final = _Known((), None)


class Decoder:
    """Reads the messages of one thread, one after another, and keeps count of who wrote them."""

    __slots__ = ("_accounts", "_keys", "_last", "_plain_keys", "_reactions", "_silent", "mending", "people")

    def __init__(self, form: Form, mending: Mending, people: People) -> None:
        self.mending = mending
        self.people = people
        self._accounts = people.accounts
        self._keys = _WORDS[form]
        self._silent = _SILENT[form]
        self._plain_keys = frozenset({*self._keys, *self._silent, "type", "reactions"})
        self._reactions: dict[tuple[str, ...], _Known] = {}
        self._last = -(1 << 63)

    def message(self, raw: bytes, number: int, span: Span, doubts: tuple[Doubt, ...] = ()) -> Message:
        """The message in ``raw``, which is one JSON object, as the caller has seen. ``doubts`` are the caller's own."""
        try:
            fields = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return self._odd(raw, number, span, doubts)
        # A key given twice would be swallowed. Each key has one `":` outside of strings, and none can stand inside
        # of one (there the quote is escaped), so where the numbers agree no key is repeated.
        keys = raw.count(b'":')
        if self._plain_keys.issuperset(fields):
            message = self._plain(fields, keys, number, span, doubts)
            if message is not None:
                return message
        if keys != _count_keys(fields) and has_repeated_keys(raw):
            doubts = (*doubts, Doubt.FIELD_REPEATED)
        return self._any(fields, raw, number, span, doubts)

    def _plain(
        self, fields: dict[str, object], keys: int, number: int, span: Span, doubts: tuple[Doubt, ...]
    ) -> Message | None:
        """A message of words and reactions alone, or None where there is more to it, or something is odd."""
        get = fields.get
        name_key, stamp_key, text_key = self._keys
        mark, list_or_mark = self._silent
        name, stamp, raw_text, reactions = get(name_key), get(stamp_key), get(text_key), get("reactions")
        if (
            type(stamp) is not int
            or type(raw_text) is not str
            or type(name) is not str
            or not (name and raw_text)
            or stamp not in IN_CALENDAR
            or get("type", "Generic") != "Generic"
            or get(mark, False) is not False
            or (get(list_or_mark, False) is not False and get(list_or_mark) != [])
            or raw_text.endswith(DOUBTFUL_ENDINGS)
        ):
            return None
        known: _Known = _NONE_KNOWN
        if reactions:
            found = self._known_reactions(reactions, span)
            if found is None:
                return None
            known = found
        if keys != len(fields) + 2 * len(known.reactions):
            return None
        account = self._accounts.get(name) or self.people.account(name)
        if not account.messages:
            account.first_seen = span
        account.messages += 1
        micros = stamp * 1000
        if micros < self._last:
            doubts = (*doubts, Doubt.OUT_OF_ORDER)
        self._last = micros
        sent = Instant(str(stamp), _UTC, _MILLISECOND, micros, micros, micros)
        text = raw_text if raw_text.isascii() else self.mending.repair(raw_text)
        if text is not raw_text or account.mended or known.extra is not None:
            doubts = (*doubts, Doubt.TEXT_REPAIRED)
        if text is raw_text and known is _NONE_KNOWN:
            return Message(number, _TEXT, account.key, text, sent, span, doubts)
        return Message(
            number,
            _TEXT,
            account.key,
            text,
            sent,
            span,
            doubts,
            text_raw=None if text is raw_text else raw_text,
            reactions=known.reactions,
            extra=known.extra,
        )

    def _known_reactions(self, items: object, span: Span) -> _Known | None:
        """The reactions of a message. None where one has more to it than what and who."""
        if not isinstance(items, list):
            return None
        key: list[str] = []
        for item in items:
            if not isinstance(item, dict) or len(item) != 2:
                return None
            raw, actor = item.get("reaction"), item.get("actor")
            if not isinstance(raw, str) or not isinstance(actor, str):
                return None
            key += raw, actor
        known = self._reactions.get(tuple(key))
        if known is None:
            pairs = zip(key[::2], key[1::2], strict=True)
            reactions = tuple(Reaction(self.mending.repair(raw), self.people.name(who, span).key) for raw, who in pairs)
            read = [part for reaction in reactions for part in (reaction.value, reaction.sender)]
            known = _Known(reactions, None if read == key else orjson.dumps({"reactions": items}).decode())
            if len(self._reactions) >= _MOST_CACHED:
                self._reactions.clear()
            self._reactions[tuple(key)] = known
        return known

    def _odd(self, raw: bytes, number: int, span: Span, doubts: tuple[Doubt, ...]) -> Message:
        odd = read_odd(raw)
        fields = odd.value if odd is not None and isinstance(odd.value, dict) else {}
        if not fields:  # a first pass saw an object here, so at least its place is a message
            doubts = (*doubts, Doubt.FIELD_NOT_READ)
        if has_repeated_keys(raw):
            doubts = (*doubts, Doubt.FIELD_REPEATED)
        if odd is not None and odd.oddities & _GUESSED:
            doubts = (*doubts, Doubt.ENCODING_GUESSED)
        return self._any(fields, raw, number, span, doubts, odd)

    def _any(
        self,
        fields: dict[str, object],
        raw: bytes,
        number: int,
        span: Span,
        doubts: tuple[Doubt, ...],
        odd: Odd | None = None,
    ) -> Message:
        """Any message, field by field."""
        draft, kept, worst = self._drafted(fields)
        if worst is UNKNOWN and odd is None and _respell_times(fields, raw):
            draft, kept, worst = self._drafted(fields)
        sender = None if draft.sender_raw is None else self._wrote(draft.sender_raw, span)
        for name in draft.named:
            self.people.name(name, span)
        text = draft.text_raw if draft.text_raw is None else draft.text_of(draft.text_raw)
        kind = kind_of(draft, text, unknown=worst is UNKNOWN)
        sent = draft.sent or unknown_instant("")
        doubts = (
            doubts + _doubts(draft, sender, text, kind, sent) + ((Doubt.FIELD_NOT_READ,) if worst is UNKNOWN else ())
        )
        return Message(
            number,
            kind,
            None if sender is None else sender.key,
            text,
            sent,
            span,
            doubts,
            text_raw=_before(draft, text, odd),
            action=draft.type if kind is Kind.SYSTEM else None,
            attachments=tuple(draft.attachments),
            reactions=tuple(draft.reactions),
            share=draft.share,
            call=_call(draft),
            recipients=tuple(draft.users),
            extra=_extra(fields, raw, kept, exact=worst is UNKNOWN or odd is not None) if kept else None,
        )

    def _drafted(self, fields: dict[str, object]) -> tuple[Draft, set[str], Fate]:
        """The fields read, which of them are kept as they stand there, and the worst that became of one."""
        draft = Draft(self.mending)
        kept: set[str] = set()
        worst = READ
        for key, value in fields.items():
            reader = READERS.get(key)
            fate = UNKNOWN if reader is None else reader(draft, value)
            if fate is not READ:
                kept.add(key)
                worst = max(worst, fate)
        return draft, kept, worst

    def _wrote(self, name: str, span: Span) -> Account:
        account = self.people.account(name)
        if not account.messages:
            account.first_seen = span
        account.messages += 1
        return account


def _doubts(draft: Draft, sender: Account | None, text: str | None, kind: Kind, sent: Instant) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if sent.utc is None:
        doubts.append(Doubt.TIME_UNREADABLE)
    if draft.mended or (sender is not None and sender.mended):
        doubts.append(Doubt.TEXT_REPAIRED)
    if text and is_by_platform(text, kind, None if sender is None else sender.key):
        doubts.append(Doubt.TOOL_GENERATED_TEXT)
    return tuple(doubts)


def _before(draft: Draft, text: str | None, odd: Odd | None) -> str | None:
    """The text as the file spells it, where ``text`` reads otherwise."""
    if text is None:
        return None
    raw = draft.text_raw
    if odd is not None and isinstance(odd.original, dict):
        first = odd.original.get("content", odd.original.get("text"))
        raw = escaped(first) if isinstance(first, str) else raw
    return None if raw == text else raw


def _extra(fields: dict[str, object], raw: bytes, kept: set[str], *, exact: bool) -> str:
    """The fields in ``kept`` as they stand there. Fields that are known hold nothing that decoding would change."""
    if exact:
        return verbatim(raw, kept)
    return orjson.dumps({key: value for key, value in fields.items() if key in kept}).decode("utf-8")


def _call(draft: Draft) -> Call | None:
    if not draft.call and draft.type != "Call":
        return None
    return Call(draft.seconds, "missed" if draft.missed else None)


def _count_keys(fields: dict[str, object]) -> int:
    """How many keys stand in ``fields``, at any depth."""
    count = 0
    left: list[object] = [fields]
    while left:
        value = left.pop()
        inner: Iterable[object] = ()
        if isinstance(value, dict):
            count += len(value)
            inner = value.values()
        elif isinstance(value, list):
            inner = value
        for item in inner:
            if item.__class__ is dict or item.__class__ is list:
                left.append(item)  # noqa: PERF401  most have none, and building an empty list costs more
    return count


def _respell_times(fields: dict[str, object], raw: bytes) -> bool:
    """Put the file's own text for each time that orjson rounded: a fraction, or an integer of more than 64 bits."""
    if not any(type(one.get(key)) is float for one in _objects(fields) for key in _TIMES):
        return False
    odd = read_odd(raw)
    if odd is None or not isinstance(odd.value, dict):
        return False
    # Both readers see the same objects in the same order, so they can be walked side by side.
    for rounded, exact in zip(_objects(fields), _objects(odd.value), strict=True):
        for key in _TIMES:
            if type(rounded.get(key)) is float:
                rounded[key] = exact[key]
    return True


def _objects(fields: dict[str, object]) -> Iterator[dict[str, object]]:
    """``fields`` and every object in it, at any depth."""
    left: list[object] = [fields]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield value
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
