"""Which files are of Discord's data package: by what they begin with, brought together by the folder they lie in.

    messages/c502291754930929684/messages.json      [{"ID": 897870239797215243, "Timestamp": "2021-10-13 15:35:46", …
    messages/c502291754930929684/channel.json       {"id": "502291754930929684", "type": "DM", "recipients": […]}
    messages/index.json, account/user.json          what speaks of all of them

One claim is one channel: its messages, and what lies beside them. The folder was called ``messages`` and is now
``Messages``; its folders are called by the channel's id, since 2021 with a ``c`` before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from safehand.sources.accounting import Ledger
from safehand.sources.contract import Certainty, Claim, FileInMemory, Probe
from safehand.sources.discord.package_beside import Beside
from safehand.sources.json_fields import Odd
from safehand.sources.json_windows import EACH, Elements, scan

SOURCE_ID: Final = "discord"
JSON: Final = "discord/package-json"
CSV: Final = "discord/package-csv"
CHANNEL: Final = "discord/package-channel"
ACCOUNT: Final = "discord/package-account"
INDEX: Final = "discord/package-index"

_FIRST_LOOK: Final = 4096
_PLACE: Final = re.compile(r"^(|.*/)messages/c?\d{1,20}/(messages|channel)\.(json|csv)$", re.IGNORECASE)
_INDEX: Final = re.compile(r"^(|.*/)messages/index\.json$", re.IGNORECASE)
_USER: Final = re.compile(r"^(|.*/)account/user\.json$", re.IGNORECASE)
_LIST: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\]|\Z)")
_ABOUT: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"id"\s*:\s*"?\d{1,21}"?\s*,\s*"type"\s*:\s*("[A-Z_]+"|\d+)\s*(,|\})'
)
_NAMED: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*("\d{1,21}"\s*:\s*("|null)|\}|\Z)')
_OWN: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"id"\s*:\s*"\d{1,21}"')
_HEADER: Final = re.compile(rb'(?:\xef\xbb\xbf)?"?ID"?,"?Timestamp"?,"?Contents"?(?:,"?Attachments"?)?\s*(?:[\r\n]|\Z)')
_MESSAGES: Final = frozenset({JSON, CSV})
_MARKS: Final = frozenset({"ID", "Timestamp", "Contents"})

_WHY: Final = {
    JSON: "its messages have the fields of Discord's own data package",
    CSV: "its columns are those of Discord's own data package",
    CHANNEL: "it describes a channel as Discord's own data package does",
    INDEX: "it lists the channels of Discord's own data package",
    ACCOUNT: "it says whose package of Discord's it is",
}


@dataclass(frozen=True, slots=True)
class PackageClaim(Claim):
    """A channel, and what its package says of all channels."""

    beside: Beside | None = None


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim a channel, and one for each of the two files that speak of all."""
    found = [(probe, *made) for probe in probes if (made := _form(probe)) is not None]
    beside = _beside(found)
    about = {_folder(probe): probe for probe, form, _ in found if form == CHANNEL}
    counts: dict[str, int] = {}
    for probe, form, _ in found:
        if form in _MESSAGES:
            counts[_folder(probe)] = counts.get(_folder(probe), 0) + 1
    paired = {folder: probe for folder, probe in about.items() if counts.get(folder) == 1}
    taken = {probe.file.id for probe in paired.values()}
    claims: list[Claim] = []
    for probe, form, certainty in found:
        if probe.file.id in taken:
            continue
        pair = paired.get(_folder(probe)) if form in _MESSAGES else None
        files = (probe.file,) if pair is None else (probe.file, pair.file)
        claims.append(PackageClaim(SOURCE_ID, form, files, certainty, _WHY[form], beside.get(_root(probe))))
    return tuple(claims)


def _beside(found: list[tuple[Probe, str, Certainty]]) -> dict[str | None, Beside]:
    """What speaks of all channels, by the folder the package lies in."""
    index = {_root(probe): probe.file for probe, form, _ in reversed(found) if form == INDEX}
    account = {_root(probe): probe.file for probe, form, _ in reversed(found) if form == ACCOUNT}
    roots = index.keys() | account.keys()
    return {root: Beside(index.get(root), account.get(root)) for root in roots}


def _folder(probe: Probe) -> str:
    return probe.file.name.rpartition("/")[0]


def _root(probe: Probe) -> str | None:
    """The folder in which the package lies; None for a file that lies elsewhere."""
    for place in (_PLACE, _INDEX, _USER):
        if match := place.match(probe.file.name):
            return match[1]
    return None


def _form(probe: Probe) -> tuple[str, Certainty] | None:
    """The form of a file, and how sure it is."""
    name, head = probe.file.name, probe.head
    placed = _PLACE.match(name)
    if _LIST.match(head):
        if _is_list_of_messages(head):
            return JSON, Certainty.CERTAIN
        return (JSON, Certainty.LIKELY) if placed and placed[2].lower() == "messages" else None
    if _HEADER.match(head):
        return CSV, Certainty.CERTAIN
    if _ABOUT.match(head) and (placed or b'"recipients"' in head or b'"guild"' in head or b'"name"' in head):
        return CHANNEL, Certainty.CERTAIN if placed else Certainty.LIKELY
    return _form_beside(name, head)


def _form_beside(name: str, head: bytes) -> tuple[str, Certainty] | None:
    """Of a file that speaks of all channels: by where it lies, too."""
    if _INDEX.match(name) and _NAMED.match(head):
        return INDEX, Certainty.LIKELY
    if _USER.match(name) and _OWN.match(head) and b'"username"' in head:
        return ACCOUNT, Certainty.LIKELY
    return None


def _is_list_of_messages(head: bytes) -> bool:
    """By the first element; the head is cut off anywhere, so it is read as a damaged file would be."""
    if not all(b'"' + mark.encode() + b'"' in head for mark in _MARKS):
        return False
    return _first(head[:_FIRST_LOOK]) or (len(head) > _FIRST_LOOK and _first(head))


def _first(head: bytes) -> bool:
    for event in scan(FileInMemory("", "", head), Ledger(""), ((EACH,),)):
        if isinstance(event, Elements):
            first: Any = event.values[0]
            value = first.value if isinstance(first, Odd) else first
            return isinstance(value, dict) and value.keys() >= _MARKS
    return False
