r"""One message: the bytes of a JSON object in, a ``Message`` out, with what is in doubt about it.

    {"sender_name": "Priya", "timestamp_ms": 1767225600123, "content": "caf\u00c3\u00a9 at ten?", "type": "Generic"}

    Message(number=7, kind=Kind.TEXT, sender="Priya", text="café at ten?", text_raw="cafÃ© at ten?",
            sent=…, span=…, doubts=(Doubt.TEXT_REPAIRED,))

Nine messages in ten are only words, so ``_plain`` reads those without a draft. Everything else goes field by field
(fields.py). What is left over stands in ``extra`` as it stands in the file.
"""

from __future__ import annotations

import re
from typing import Final

import orjson

from safehand.model.doubt import Doubt
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Call, Kind, Message
from safehand.model.span import Span
from safehand.sources.json_fields import Odd, Oddity, escaped, has_repeated_keys, read_odd, verbatim
from safehand.sources.meta.fields import READ, READERS, UNKNOWN, Draft
from safehand.sources.meta.instants import IN_CALENDAR
from safehand.sources.meta.mojibake import Mending
from safehand.sources.meta.people import Account, People

_PLAIN: Final = frozenset(
    {
        "sender_name",
        "timestamp_ms",
        "content",
        "type",
        "is_geoblocked_for_viewer",
        "is_unsent_image_by_messenger_kid_parent",
    }
)
"""The keys a message of words alone has."""

_SUSPECT: Final = ("Liked a message", " to your message", " to your message ", " sent an attachment.")
"""How words may end that the platform itself put where a person's would stand (English exports)."""

_NOTICE: Final = re.compile(r"Liked a message|Reacted [^\w\s]\S{0,15} to your message ?")
"""A reaction told as a message: the thumb or heart, or "Reacted " and an emoji. Letters there are a person's words."""

_UTC: Final = Basis.UTC
_MILLISECOND: Final = Precision.MILLISECOND
_TEXT: Final = Kind.TEXT
_GUESSED: Final = frozenset({Oddity.NOT_UTF8, Oddity.LONE_SURROGATE, Oddity.BAD_ESCAPE})


class Decoder:
    """Reads the messages of one thread, one after another, and keeps count of who wrote them."""

    __slots__ = ("_accounts", "_last", "mending", "people")

    def __init__(self, mending: Mending, people: People) -> None:
        self.mending = mending
        self.people = people
        self._accounts = people.accounts
        self._last = -(1 << 63)

    def message(self, raw: bytes, number: int, span: Span, doubts: tuple[Doubt, ...] = ()) -> Message:
        """The message in ``raw``, which is one JSON object, as the caller has seen. ``doubts`` are the caller's own."""
        try:
            fields = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return self._odd(raw, number, span, doubts)
        # A key given twice would be swallowed. Each key has one `":` outside of strings, and none can stand inside
        # of one (there the quote is escaped), so where the numbers agree no key is repeated.
        if len(fields) <= len(_PLAIN) and raw.count(b'":') == len(fields) and _PLAIN.issuperset(fields):
            message = self._plain(fields, number, span, doubts)
            if message is not None:
                return message
        elif raw.count(b'":') != _keys(fields) and has_repeated_keys(raw):
            doubts = (*doubts, Doubt.FIELD_REPEATED)
        return self._any(fields, raw, number, span, doubts)

    def _plain(self, fields: dict[str, object], number: int, span: Span, doubts: tuple[Doubt, ...]) -> Message | None:
        """A message of words alone, or None where there is more to it than that."""
        get = fields.get
        name, stamp, text = get("sender_name"), get("timestamp_ms"), get("content")
        if (
            type(stamp) is not int
            or not isinstance(text, str)
            or not isinstance(name, str)
            or not name
            or get("type", "Generic") != "Generic"
            or get("is_geoblocked_for_viewer", False) is not False
            or get("is_unsent_image_by_messenger_kid_parent", False) is not False
            or stamp not in IN_CALENDAR
            or text.endswith(_SUSPECT)
        ):
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
        if text.isascii() and not account.mended:
            return Message(number, _TEXT, account.key, text, sent, span, doubts)
        repaired = self.mending.repair(text)
        if repaired is not text:
            doubts = (*doubts, Doubt.TEXT_REPAIRED)
            return Message(number, _TEXT, account.key, repaired, sent, span, doubts, text_raw=text)
        if account.mended:
            doubts = (*doubts, Doubt.TEXT_REPAIRED)
        return Message(number, _TEXT, account.key, text, sent, span, doubts)

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
        draft = Draft(self.mending)
        kept: set[str] = set()
        worst = READ
        for key, value in fields.items():
            reader = READERS.get(key)
            fate = UNKNOWN if reader is None else reader(draft, value)
            if fate is not READ:
                kept.add(key)
                worst = max(worst, fate)
        sender = None if draft.sender_raw is None else self._wrote(draft.sender_raw, span)
        for name in draft.named:
            self.people.name(name, span)
        text = draft.text_raw if draft.text_raw is None else draft.text_of(draft.text_raw)
        kind = _kind(draft, text, unknown=worst is UNKNOWN)
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

    def _wrote(self, name: str, span: Span) -> Account:
        account = self.people.account(name)
        if not account.messages:
            account.first_seen = span
        account.messages += 1
        return account


def _kind(draft: Draft, text: str | None, *, unknown: bool) -> Kind:  # noqa: PLR0911  one return for each kind
    """The strongest thing the fields say; a message with a file and words is the file's kind."""
    if draft.unsent:
        return Kind.DELETED
    if draft.users or draft.type in ("Subscribe", "Unsubscribe"):
        return Kind.SYSTEM
    if draft.call or draft.type == "Call":
        return Kind.CALL
    if draft.attachments:
        types = {file.type for file in draft.attachments}
        if types == {"sticker"}:
            return Kind.STICKER
        return Kind.VOICE if types == {"audio"} else Kind.MEDIA
    if draft.share is not None or draft.type == "Share":
        return Kind.SHARE
    if text:
        return Kind.REACTION_NOTICE if _NOTICE.fullmatch(text) else Kind.TEXT
    return Kind.UNKNOWN if unknown else Kind.EMPTY


def _doubts(draft: Draft, sender: Account | None, text: str | None, kind: Kind, sent: Instant) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if sent.utc is None:
        doubts.append(Doubt.TIME_UNREADABLE)
    if draft.mended or (sender is not None and sender.mended):
        doubts.append(Doubt.TEXT_REPAIRED)
    if text and (kind in (Kind.SYSTEM, Kind.CALL) or _by_platform(text, sender)):
        doubts.append(Doubt.TOOL_GENERATED_TEXT)
    return tuple(doubts)


def _by_platform(text: str, sender: Account | None) -> bool:
    """Whether these are words the platform writes. A person may have typed them: it is a doubt, and no more."""
    if text == "Liked a message" or text.rstrip(" ").endswith(" to your message"):
        return True
    names = ("You", "" if sender is None else sender.key)
    return text.endswith(" sent an attachment.") and text.removesuffix(" sent an attachment.") in names


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


def _keys(value: object) -> int:
    """How many keys stand in ``value``, at any depth that a message has."""
    if isinstance(value, dict):
        return len(value) + sum(_keys(inner) for inner in value.values() if isinstance(inner, dict | list))
    if isinstance(value, list):
        return sum(_keys(inner) for inner in value if isinstance(inner, dict | list))
    return 0
