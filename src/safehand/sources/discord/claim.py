"""Which files are Discord's: a channel as DiscordChatExporter writes it, by what it begins with, or its own package.

{"guild": {"id": "0", "name": "Direct Messages", …}, "channel": {"id": "7", "type": "DirectTextChat", …}, …
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.accounting import Ledger
from safehand.sources.contract import Certainty, Claim, FileInMemory, Probe
from safehand.sources.discord.channel import CHANNELS, object_of
from safehand.sources.discord.csv_read import DCE_CSV
from safehand.sources.discord.html_read import DCE_HTML
from safehand.sources.discord.package_claim import claim as claim_package
from safehand.sources.discord.read import DCE_JSON, PATTERNS
from safehand.sources.discord.txt_read import DCE_TXT
from safehand.sources.json_windows import Field, Opened, scan

SOURCE_ID: Final = "discord"

_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(!doctype html|html)", re.IGNORECASE)
_HEADER: Final = re.compile(rb'(?:\xef\xbb\xbf)?"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?,')
_RULE: Final = re.compile(rb"(?:\xef\xbb\xbf)?={20,}\r?\nGuild: [^\n]*\nChannel: ")
_PREAMBLE: Final = re.compile(rb'<div class="?preamble"?>')
_BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(guild|channel)"\s*:\s*\{')


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each channel that DiscordChatExporter wrote, and for each of a package."""
    return (*(found for probe in probes if (found := _claim(probe)) is not None), *claim_package(probes))


def _claim(probe: Probe) -> Claim | None:
    return _json(probe) if _BEGINS.match(probe.head) else _table(probe) or _text(probe) or _page(probe)


def _text(probe: Probe) -> Claim | None:
    """By the lines at its top."""
    if not _RULE.match(probe.head):
        return None
    why = "it begins as DiscordChatExporter writes a channel as text"
    return Claim(SOURCE_ID, DCE_TXT, (probe.file,), Certainty.CERTAIN, why)


def _table(probe: Probe) -> Claim | None:
    """By its header."""
    if not _HEADER.match(probe.head):
        return None
    why = "its columns are those that DiscordChatExporter writes"
    return Claim(SOURCE_ID, DCE_CSV, (probe.file,), Certainty.CERTAIN, why)


def _page(probe: Probe) -> Claim | None:
    """By what it begins with, and the names that the program gives its elements."""
    if not _HTML.match(probe.head) or b"chatlog__message" not in probe.head:
        return None
    certain = _PREAMBLE.search(probe.head) is not None
    why = "its elements have the names that DiscordChatExporter gives them"
    return Claim(SOURCE_ID, DCE_HTML, (probe.file,), Certainty.CERTAIN if certain else Certainty.LIKELY, why)


def _json(probe: Probe) -> Claim | None:
    kind, has_guild, has_messages = "", False, False
    file = FileInMemory("head", "head", probe.head)
    for event in scan(file, Ledger(file.id), PATTERNS):
        match event:
            case Field(path=("channel",), raw=bytes(raw)):
                kind = str(object_of(raw).get("type", ""))
            case Field(path=("guild",)):
                has_guild = True
            case Opened(path=("messages",)):
                has_messages = True
                break
            case _:
                pass
    if not (has_guild and kind):
        return None
    certain = has_messages and kind in CHANNELS
    why = "it begins as DiscordChatExporter writes a channel"
    return Claim(SOURCE_ID, DCE_JSON, (probe.file,), Certainty.CERTAIN if certain else Certainty.LIKELY, why)
