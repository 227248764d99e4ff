"""Reactions and polls of a Telegram message.

    "reactions": [{"type": "emoji", "count": 3, "emoji": "👍",
                   "recent": [{"from": "Priya", "from_id": "user1", "date": "2026-01-09T22:27:01"}]}]

becomes one reaction for each person the file names, and one with the number of those it does not. ``date`` is the
clock of the exporting machine, without a zone (tdesktop pull request 28252).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from safehand.model.message import Poll, PollOption, Reaction
from safehand.sources.telegram.texts import read_text
from safehand.sources.telegram.times import Times

_TYPES: Final = ("emoji", "custom_emoji", "paid")
_KNOWN: Final = frozenset({"type", "count", "emoji", "document_id", "recent"})
_KNOWN_RECENT: Final = frozenset({"from", "from_id", "date"})


class Reactions(NamedTuple):
    """``whole`` is False when something in the field was not read: it is kept verbatim."""

    reactions: tuple[Reaction, ...]
    whole: bool
    by_id: bool = False
    """It names accounts by their ids besides, which have no place in the model."""


def read_reactions(value: Any, times: Times) -> Reactions:
    """The field ``reactions``."""
    if not isinstance(value, list):
        return Reactions((), whole=False)
    found: list[Reaction] = []
    whole, by_id = True, False
    for one in value:
        if not isinstance(one, dict):
            whole = False
            continue
        mark = one.get("emoji") or one.get("document_id") or one.get("type")
        recent = one.get("recent", [])
        count = one.get("count")
        people = _people(str(mark), recent, times)
        rest = count - len(people.reactions) if isinstance(count, int) else 0
        found += people.reactions
        by_id = by_id or people.by_id
        if rest > 0 or not people.reactions:
            found.append(Reaction(str(mark), None, rest if rest > 0 else None))
        whole = whole and people.whole and mark is not None and not one.keys() - _KNOWN and isinstance(count, int)
        whole = whole and one.get("type", "emoji") in _TYPES
    return Reactions(tuple(found), whole=whole, by_id=by_id)


def _people(mark: str, recent: Any, times: Times) -> Reactions:
    if not isinstance(recent, list):
        return Reactions((), whole=False)
    found: list[Reaction] = []
    whole, by_id = True, False
    for one in recent:
        if not isinstance(one, dict):
            whole = False
            continue
        who = one.get("from") or one.get("from_id")
        sent = times.read(one["date"], None).instant if "date" in one else None
        found.append(Reaction(mark, None if who is None else str(who), None, sent))
        whole = whole and not one.keys() - _KNOWN_RECENT
        by_id = by_id or (one.get("from") is not None and one.get("from_id") is not None)
    return Reactions(tuple(found), whole=whole, by_id=by_id)


def read_poll(value: Any) -> Poll | None:
    """The field ``poll``, or None where it has another shape. It is kept verbatim besides: the model has no place for
    ``closed``, ``chosen`` and ``total_voters``.
    """
    if not isinstance(value, dict) or not isinstance(value.get("answers"), list):
        return None
    question = read_text(value.get("question"), None).text
    options = [
        PollOption(read_text(answer.get("text"), None).text or "", _count(answer.get("voters")))
        for answer in value["answers"]
        if isinstance(answer, dict)
    ]
    if question is None or len(options) != len(value["answers"]):
        return None
    return Poll(question, tuple(options))


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
