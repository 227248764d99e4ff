"""A filter of the reader: which messages of a conversation are asked for, by codes that may stand in an address.

    ?who=A&what=files&tag=age&rule=meeting&since=2026-03-01&to=2026-03-07

Letters, codes and days alone: no name, no handle, no word of a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.desk.review.sorts import SORTS
from safehand.desk.review.tags import TAGS
from safehand.model.message import Kind

NO_ACCOUNT: Final = "platform"
"""Who, where the platform itself speaks."""

ANY_TAG: Final = "any"
"""Every message that somebody cited."""

WHAT: Final[dict[str, frozenset[Kind]]] = {
    "words": frozenset({Kind.TEXT}),
    "files": frozenset({Kind.MEDIA, Kind.STICKER, Kind.VOICE}),
    "calls": frozenset({Kind.CALL}),
    "platform": frozenset({Kind.SYSTEM, Kind.REACTION_NOTICE}),
    "gone": frozenset({Kind.DELETED, Kind.EMPTY}),
    "other": frozenset({Kind.POLL, Kind.LOCATION, Kind.CONTACT, Kind.SHARE, Kind.UNKNOWN}),
}
"""Kinds of messages that an officer asks for together."""

RULES: Final[dict[str, tuple[str, ...]]] = {
    **{sort.code: sort.rules for sort in SORTS},
    **{rule.id: (rule.id,) for rule in CATALOGUE},
}
"""Indicators: a sort, with all of its rules, or one rule."""

TAG_CODES: Final = (ANY_TAG, *(tag.code for tag in TAGS))


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty where nothing is."""

    who: str = ""
    what: str = ""
    tag: str = ""
    rule: str = ""
    since: date | None = None
    to: date | None = None

    def __bool__(self) -> bool:
        return self != NO_FILTER


NO_FILTER: Final = Filter()


@dataclass(frozen=True, slots=True)
class Ask:
    """A page of what fits: from a message on, or with ``back`` up to it."""

    filter: Filter = NO_FILTER
    back: bool = False


ALL: Final = Ask()


@dataclass(frozen=True, slots=True)
class Filtered:
    """What was asked for, and how many messages fit. ``cut``: rules of it that point to more than are listed."""

    asked: Filter
    total: int
    cut: tuple[str, ...] = ()
