"""The canonical form of a custody entry: one entry, one spelling, and each names the one before.

    {"act":"consultation","actor":"officer:K4021","case":"SH-7K3M9QXAR","details":{"from":1,"to":203},
     "instant":"2026-11-22T10:41:07.031250Z","previous":"5f3a…","reason":null,"recipient":null,
     "record":"conversation:1","schema":"safehand.custody/2","sequence":42,"verb":"messages.shown"}

(on one line, without spaces). Every field always stands there; what does not apply is null. Written with
model/canonical.py, so that anyone can make the same bytes and the same SHA-256. The rules are docs/spec/custody-log.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from safehand.desk.core.clock import moment
from safehand.desk.custody.acts import ACT_OF, Act, Purpose, Verb
from safehand.errors import CannotRead, SafehandError, UsageError
from safehand.model.canonical import Json, format_canonical, parse_canonical
from safehand.model.digest import is_sha256, sha256_of

SCHEMA: Final = "safehand.custody/2"
OLDER: Final = "safehand.custody/1"
"""Of before 28 November 2026. Another word and another ``previous``, the entry's own SHA-256; all else is the same."""

LARGEST: Final = 65_535
"""Bytes of an entry: C2SP tlog-tiles gives one's length in 16 bits. Ours hold commitments (docs/spec/log.md)."""

Detail: TypeAlias = "int | str | bool | list[list[int]] | None"
Details: TypeAlias = dict[str, Detail]

# What an entry may say is a short list of shapes, none of which has room for a name, a handle or a message: the log
# is kept when the case is erased, and is shown to people who may not see the case (domain.md F10.2, F10.3).
_ACTOR = re.compile(r"officer:[A-Za-z0-9][A-Za-z0-9-]{1,31}|desk:(?:worker|shell|handover)")
_CASE = re.compile(r"SH-[0-9A-HJKMNP-TV-Z]{9}")
_RECORD = re.compile(
    r"(?:package|notice):[0-9a-f]{64}|conversation:[0-9]{1,9}(?:/message:[0-9]{1,9})?|log|store|case(?::SH-[0-9A-HJKMNP-TV-Z]{9})?|officer:[A-Za-z0-9][A-Za-z0-9-]{1,31}"
)
_CODE = re.compile(r"[a-z][a-z_]{0,39}")
_RECIPIENT = re.compile(r"officer:[A-Za-z0-9][A-Za-z0-9-]{1,31}|holder|expert:(?:court|defence|prosecution)")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the custody log. ``details`` holds numbers, codes, hashes, and pairs of conversation and message."""

    sequence: int
    instant: int
    actor: str
    verb: Verb
    case: str | None = None
    record: str | None = None
    recipient: str | None = None
    reason: Purpose | None = None
    details: Details = field(default_factory=dict)
    previous: str | None = None
    """The entry before: the hash of its leaf, or of an OLDER one its SHA-256. None for the first."""
    schema: str = SCHEMA

    @property
    def act(self) -> Act:
        """Which act of section 62 it is."""
        return ACT_OF[self.verb]


def format_entry(entry: Entry) -> bytes:
    """The bytes that are hashed. The inverse of parse_entry. UsageError for an entry that may not stand in the log."""
    _check(entry)
    details: dict[str, Json] = {key: _spell_detail(value) for key, value in entry.details.items()}
    data = format_canonical(
        {
            "act": entry.act.value,
            "actor": entry.actor,
            "case": entry.case,
            "details": details,
            "instant": _spell_instant(entry.instant),
            "previous": entry.previous,
            "reason": entry.reason.value if entry.reason is not None else None,
            "recipient": entry.recipient,
            "record": entry.record,
            "schema": entry.schema,
            "sequence": entry.sequence,
            "verb": entry.verb.value,
        }
    )
    if len(data) > LARGEST:
        raise UsageError(f"A custody entry has at most {LARGEST} bytes.")
    return data


def parse_entry(data: bytes) -> Entry:
    """Read an entry back, or raise CannotRead: only what format_entry writes is accepted."""
    value = parse_canonical(data)
    try:
        entry = _entry_of(value)
        same = format_entry(entry) == data
    except (KeyError, TypeError, ValueError, SafehandError) as err:
        raise CannotRead("This is not a custody entry.", todo="It was changed, or not written by Safehand.") from err
    if not same:
        raise CannotRead("This custody entry says more or less than one does.", todo="It was changed after writing.")
    return entry


def hash_of(canonical: bytes) -> str:
    """What an OLDER entry calls the one before by. Whoever sees it can try out what that one says."""
    return sha256_of(canonical)


def _spell_detail(value: Detail) -> Json:
    return [list(pair) for pair in value] if isinstance(value, list) else value


def _read_detail(value: Json) -> Detail:
    match value:
        case dict():
            raise TypeError("a detail is one value, or pairs of numbers")
        case list():
            return [[_integer(number) for number in pair] for pair in value if isinstance(pair, list)]
        case _:
            return value


def _spell_instant(micros: int) -> str:
    return moment(micros).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _read_instant(text: str) -> int:
    if not _INSTANT.fullmatch(text):
        raise ValueError("not an instant")
    return (datetime.fromisoformat(text).astimezone(UTC) - moment(0)) // timedelta(microseconds=1)


def _entry_of(value: Json) -> Entry:
    if not isinstance(value, dict) or not isinstance(value["details"], dict):
        raise TypeError("not an object")
    details = {key: _read_detail(detail) for key, detail in value["details"].items()}
    reason = value["reason"]
    return Entry(
        sequence=_integer(value["sequence"]),
        instant=_read_instant(_text(value["instant"])),
        actor=_text(value["actor"]),
        verb=Verb(_text(value["verb"])),
        case=_optional(value["case"]),
        record=_optional(value["record"]),
        recipient=_optional(value["recipient"]),
        reason=Purpose(_text(reason)) if reason is not None else None,
        details=details,
        previous=_optional(value["previous"]),
        schema=_text(value["schema"]),
    )


def _integer(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not an integer")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _optional(value: Json) -> str | None:
    return None if value is None else _text(value)


def _check(entry: Entry) -> None:
    if entry.schema not in (SCHEMA, OLDER):
        raise UsageError("A custody entry is of one of the forms that there were.")
    if entry.sequence < 1:
        raise UsageError("Custody entries are numbered from 1.")
    if (entry.previous is None) != (entry.sequence == 1):
        raise UsageError("The first entry names none before it, and every other names one.")
    if entry.previous is not None and not is_sha256(entry.previous):
        raise UsageError("The entry before is named by a SHA-256.")
    _check_who_and_what(entry)
    for key, value in entry.details.items():
        if not _CODE.fullmatch(key) or not _may_stand(value):
            raise UsageError("Details of a custody entry are numbers, codes and hashes.")


def _check_who_and_what(entry: Entry) -> None:
    if not _ACTOR.fullmatch(entry.actor):
        raise UsageError("An actor is officer: and a reference, or a part of the desk.")
    if entry.case is not None and not _CASE.fullmatch(entry.case):
        raise UsageError("A case is called by its reference.")
    if entry.record is not None and not _RECORD.fullmatch(entry.record):
        raise UsageError("A record is a package, a notice, a case, a conversation or a message, by number.")
    if entry.recipient is not None and not _RECIPIENT.fullmatch(entry.recipient):
        raise UsageError("A recipient is officer: and a reference, the holder, or an expert of a side.")
    if (entry.act is Act.DISCLOSURE) != (entry.recipient is not None):
        raise UsageError("A disclosure names its recipient, and nothing else has one (DPA 2018 s.62(3)).")


def _may_stand(value: Detail) -> bool:
    match value:
        case str():
            return _CODE.fullmatch(value) is not None or is_sha256(value)
        case list():
            return all(len(pair) == 2 and all(type(number) is int for number in pair) for pair in value)
        case _:
            return True
