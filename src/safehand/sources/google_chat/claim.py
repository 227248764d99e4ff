"""Which files are Google Chat's: by what they begin with, paired by the folder they lie in.

    {"messages": [{"creator": {…}, "created_date": …, "topic_id": …      messages of a conversation
    {"members": [{"name": …, "user_type": …                              its members
    {"user": {…}, "membership_info": [                                   the account

One claim is one conversation: its messages, and the members that lie beside them.
"""

from __future__ import annotations

import re
from typing import Any, Final

from safehand.sources.accounting import Ledger
from safehand.sources.contract import Certainty, Claim, FileInMemory, Probe
from safehand.sources.google_chat.read import ACCOUNT, CONVERSATION, MEMBERS
from safehand.sources.json_fields import Odd
from safehand.sources.json_windows import EACH, Elements, Field, Opened, scan

SOURCE_ID: Final = "google_chat"

_PATTERNS: Final = (("messages", EACH), ("members", EACH), ("membership_info", EACH))
_MESSAGE: Final = frozenset({"topic_id", "message_id", "created_date", "deleted_date", "message_state"})
_PLACE: Final = re.compile(
    r"(^|/)Google Chat/(Groups/(DM|Space) [^/]+|Users/[^/]+)/(messages|group_info|user_info)\.json$"
)
_BY_NAME: Final = {"messages": CONVERSATION, "group_info": MEMBERS, "user_info": ACCOUNT}
_FIRST_LOOK: Final = 4096


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim a conversation, in the order of its first file."""
    found = [(probe, form, certainty) for probe in probes for form, certainty in _forms(probe)]
    beside: dict[str, list[Probe]] = {}
    talks: dict[str, int] = {}
    for probe, form, _ in found:
        if form == MEMBERS:
            beside.setdefault(_folder(probe), []).append(probe)
        elif form == CONVERSATION:
            talks[_folder(probe)] = talks.get(_folder(probe), 0) + 1
    paired = {folder: lists[0] for folder, lists in beside.items() if len(lists) == talks.get(folder) == 1}
    taken = {probe.file.id for probe in paired.values()}
    claims = []
    for probe, form, certainty in found:
        if form == CONVERSATION:
            pair = paired.get(_folder(probe))
            files = (probe.file,) if pair is None else (probe.file, pair.file)
            claims.append(Claim(SOURCE_ID, form, files, certainty, _why(form, certainty)))
        elif probe.file.id not in taken:
            claims.append(Claim(SOURCE_ID, form, (probe.file,), certainty, _why(form, certainty)))
    return tuple(claims)


def _folder(probe: Probe) -> str:
    return probe.file.name.rpartition("/")[0]


def _why(form: str, certainty: Certainty) -> str:
    if certainty is Certainty.POSSIBLE:
        return "it lies where Google Takeout puts Google Chat, and does not begin like it"
    return {
        CONVERSATION: "its messages have the fields of Google Chat's",
        MEMBERS: "it lists members as Google Chat does",
        ACCOUNT: "it says whose Google Chat account it is",
    }[form]


def _forms(probe: Probe) -> list[tuple[str, Certainty]]:
    """None, or the one form and how sure it is."""
    head = probe.head
    placed = _PLACE.search(probe.file.name)
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return [(_BY_NAME[placed[4]], Certainty.POSSIBLE)] if placed else []
    if not placed and not any(mark in head for mark in (b'"creator"', b'"user_type"', b'"membership_info"')):
        return []
    form = _look(head[:_FIRST_LOOK]) or (_look(head) if len(head) > _FIRST_LOOK else None)
    if form is not None:
        return [(form, Certainty.CERTAIN)]
    return [(_BY_NAME[placed[4]], Certainty.LIKELY)] if placed else []


def _look(head: bytes) -> str | None:
    """By the first element of the lists; the head is cut off anywhere, so it is read as a damaged file would be."""
    file = FileInMemory("", "", head)
    for event in scan(file, Ledger(""), _PATTERNS):
        match event:
            case Elements(path=(str(key),), values=[Odd(value=first) | first, *_]):
                if key == "messages":
                    return CONVERSATION if _is_message(first) else None
                if key == "members":
                    return MEMBERS if isinstance(first, dict) and "user_type" in first else None
                return ACCOUNT if isinstance(first, dict) and "group_id" in first else None
            case Opened(path=("membership_info",)):
                return ACCOUNT
            case Field(path=("user",), raw=bytes(raw)) if b'"user_type"' in raw:
                return ACCOUNT
            case _:
                pass
    return None


def _is_message(value: Any) -> bool:
    """With who wrote it, or gone; no other platform's has these."""
    if not isinstance(value, dict) or _MESSAGE.isdisjoint(value):
        return False
    creator = value.get("creator")
    return "topic_id" in value or (isinstance(creator, dict) and ("user_type" in creator or "email" in creator))
