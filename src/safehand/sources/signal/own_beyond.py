"""What goes with the words in the commonest lines of Signal's own export: an answer, reactions, files.

    {"text": {"body": "yes"}, "quote": {"targetSentTimestamp": "…", "authorId": "2", "text": {…}, "type": "NORMAL"}}
    {"text": {"body": "dug"}, "reactions": [{"emoji": "👍", "authorId": "1", "sentTimestamp": "…", "sortOrder": "1"}]}
    {"attachments": [{"pointer": {…}, "wasDownloaded": true}]}

A decoder proves that nothing else stands there; whatever does is read by own_parts.py. Both ways give the same.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import msgspec
import orjson
from msgspec import UNSET, Raw, UnsetType

from safehand.model.message import Attachment, Kind, Match, Reaction, Reply
from safehand.sources.json_fields import keys_repeat
from safehand.sources.signal.millis import instant_of
from safehand.sources.signal.own_parts import attachment_of, is_voice
from safehand.sources.signal.own_people import People


class Text(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Words without marks."""

    body: str


class _Quote(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    targetSentTimestamp: str  # noqa: N815  as it stands in the file
    authorId: str  # noqa: N815
    text: Text
    type: Literal["NORMAL"]


class _Reaction(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    emoji: str
    authorId: str  # noqa: N815
    sentTimestamp: str  # noqa: N815
    sortOrder: str | UnsetType = UNSET  # noqa: N815


class Standard(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Words, and what goes with them."""

    text: Text | UnsetType = UNSET
    quote: _Quote | UnsetType = UNSET
    reactions: list[_Reaction] | UnsetType = UNSET
    attachments: Raw | UnsetType = UNSET


class Beyond(NamedTuple):
    """What goes with the words of one message."""

    colons: int
    """Of its keys, and those in its words."""
    kind: Kind = Kind.TEXT
    reply: Reply | None = None
    reactions: tuple[Reaction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extra: str = ""
    """What is kept of it, as it stands, behind what is kept of the message."""


_QUOTE_COLONS: Final = 6
_REACTION_COLONS: Final = 3


def beyond(said: Standard, raw: bytes, details: bytes, people: People) -> Beyond | None:
    """All that goes with the words; None for what needs a closer look, as where ``details`` give a key twice.

    ``raw`` is the whole line, ``details`` are the value of ``incoming`` or ``outgoing``.
    """
    if keys_repeat(details, orjson.loads(details)):
        return None
    colons, quote = 0, said.quote
    reply: Reply | None = None
    reactions: tuple[Reaction, ...] = ()
    if quote is not UNSET:
        words = quote.text.body
        colons = _QUOTE_COLONS + words.count(":")
        reply = Reply(f"{people.of(quote.authorId).key}:{quote.targetSentTimestamp}", words or None, Match.EXACT)
    if said.reactions is not UNSET:
        colons += 1 + sum(_REACTION_COLONS + (one.sortOrder is not UNSET) for one in said.reactions)
        reactions = tuple([_reaction(one, people) for one in said.reactions])
    if said.attachments is UNSET:
        return Beyond(colons, Kind.TEXT, reply, reactions)
    return _with_files(bytes(said.attachments), raw, Beyond(colons, Kind.MEDIA, reply, reactions))


def _reaction(one: _Reaction, people: People) -> Reaction:
    author = people.of(one.authorId)
    return Reaction(one.emoji, author.name or author.key, None, instant_of(one.sentTimestamp))


def _with_files(given: bytes, raw: bytes, found: Beyond) -> Beyond | None:
    """``given`` is the value of the key "attachments", which must be the one string of that spelling in ``raw``."""
    if raw.count(b'"attachments"') != 1 or b'"attachments":[{' not in raw or b"\\u" in raw:
        return None
    files = orjson.loads(given)
    if not all(type(one) is dict for one in files) or keys_repeat(given, files):
        return None
    return found._replace(
        colons=found.colons + 1 + given.count(b":"),
        kind=Kind.VOICE if any(map(is_voice, files)) else Kind.MEDIA,
        attachments=tuple(map(attachment_of, files)),
        extra=f', "attachments":{given.decode()}',
    )
