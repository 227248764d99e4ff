r"""Whether a file is one of Signal's, by its first bytes.

    {"version": "1", "backupTimeMs": "1785577587884", …}                        Signal's own export: certain
    {"recipient": {"id": "1", "self": {}}}                                       a part of it: likely
    {"date": "2024-01-15T10:30:00", "sender": "Ada", "body": "hello  ", "quote": "", …}    signal-export's JSON: certain
    [2024-01-15 10:30:00] Ada: hello  \n\n                                      its text: likely; certain as .md
    [2019-12-24, 12:23] Ada: hello  \n                                           its text of old: certain
    Conversation: Ada (+447700900123)\n\nFrom: Ada …\nType: incoming\nSent: …       sigtop's text: certain
    [{"conversationId": …, "sent_at": …, "type": …, …                            sigtop's JSON: certain
    [2024-01-15 10:30:00] Ada: hello\n                                           possible: WhatsApp may write so too

WhatsApp writes seconds behind a comma, and no blanks at the end of what was said: signal-export adds two to each
message, so that Markdown breaks the line there.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.signal.read import EXPORT_JSON, EXPORT_TEXT, OWN, SIGTOP_JSON, SIGTOP_TEXT

SOURCE_ID: Final = "signal"

_BOM: Final = b"\xef\xbb\xbf"
_JSON_LINE: Final = re.compile(rb'\{[^\n]*"date"\s*:[^\n]*\}[ \t]*\r?(?:\n|\Z)')
_KEYS: Final = tuple(re.compile(rb'"' + key + rb'"\s*:') for key in (b"sender", b"body", b"quote", b"attachments"))
_BLANKS: Final = b" \r\n"
"""What a reader sees where the first lines of a file were left out (veil.py)."""
_OWN_FIRST: Final = re.compile(rb'\{(?=[^\n]*"backupTimeMs"\s*:)(?=[^\n]*"version"\s*:)[^\n{]*\}[ \t]*\r?(?:\n|\Z)')
_OWN_LINE: Final = re.compile(
    rb'\{"(?:chatItem":\{"chatId"|recipient":\{"id"|chat":\{"id"|account":\{ *")[^\n]*(?:\}\}[ \t]*\r?(?:\n|\Z)|\Z)'
)
_SIGTOP: Final = re.compile(
    rb"Conversation: [^\n]*\n\n(?:From: [^\n]*\n)?Type: [a-z][a-z0-9-]*\n(?:Sent|Received): "
    rb"(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}|unknown)\n"
)
_ROWS: Final = re.compile(rb"\[\s*\{")
_ROW: Final = tuple(re.compile(rb'"' + key + rb'"\s*:') for key in (b"conversationId", b"sent_at", b"type"))
_ROW_WITHOUT: Final = tuple(
    re.compile(rb'"' + key + rb'"\s*:') for key in (b"sendStateByConversationId", b"sendHQImages", b"bodyRanges")
)
"""Rows of a version that left out what stands in columns of its own."""
_HEADER: Final = re.compile(rb"\[\d{4}-\d\d-\d\d(,?) \d\d:\d\d(:\d\d)?\] [^:\n]{1,256}:[ \r\n]")
_HEADERS: Final = re.compile(rb"^\[\d{4}-\d\d-\d\d,? \d\d:\d\d(?::\d\d)?\] [^\n]*\n?", re.MULTILINE)
_OWN_MARKS: Final = re.compile(
    rb"^\(- [^\n]{1,500} -\)|\]\(\./media/[^\n)]*\)  |: \(This message was deleted\)\r?$", re.MULTILINE
)
_TEXT_NAME: Final = re.compile(r"\.md$", re.IGNORECASE)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head.removeprefix(_BOM)
    known = _known(head)
    if known is not None:
        form, certainty, why = known
        return Claim(SOURCE_ID, form, (probe.file,), certainty, why)
    header = _HEADER.match(head)
    if header is None:
        return None
    certainty, why = _weigh(probe.file.name, head, header)
    return Claim(SOURCE_ID, EXPORT_TEXT, (probe.file,), certainty, why)


def _known(head: bytes) -> tuple[str, Certainty, str] | None:
    """A form that nothing else writes: its marks are looked at, one form after the other."""
    if _OWN_FIRST.match(head):
        return OWN, Certainty.CERTAIN, "it begins as Signal's own export"
    if _OWN_LINE.match(head.lstrip(_BLANKS)):
        return OWN, Certainty.LIKELY, "it begins with a line of Signal's own export"
    if _JSON_LINE.match(head) and all(key.search(head.partition(b"\n")[0]) for key in _KEYS):
        return EXPORT_JSON, Certainty.CERTAIN, "its first line has the fields that signal-export writes"
    if _SIGTOP.match(head):
        return SIGTOP_TEXT, Certainty.CERTAIN, "it begins as sigtop writes a chat"
    return _rows(head)


def _rows(head: bytes) -> tuple[str, Certainty, str] | None:
    if not _ROWS.match(head):
        return None
    if all(key.search(head) for key in _ROW):
        return SIGTOP_JSON, Certainty.CERTAIN, "it has the rows of Signal Desktop, as sigtop writes them"
    if all(key.search(head) for key in _ROW_WITHOUT):
        return SIGTOP_JSON, Certainty.LIKELY, "it has rows of Signal Desktop, without some of what they usually have"
    return None


def _weigh(name: str, head: bytes, header: re.Match[bytes]) -> tuple[Certainty, str]:
    if header[1] and not header[2]:
        return Certainty.CERTAIN, "it begins as signal-export wrote a message in its first years"
    if _TEXT_NAME.search(name):
        return Certainty.CERTAIN, "it begins as signal-export writes a message, and is a file of Markdown"
    found = _HEADERS.findall(head)
    blanks = sum(line.rstrip(b"\r\n").endswith((b"  ", b": ")) for line in found)
    if not header[1] and (2 * blanks > len(found) or _OWN_MARKS.search(head)):
        return Certainty.LIKELY, "it begins as signal-export writes a message, with the blanks or marks it adds"
    return Certainty.POSSIBLE, "it begins as signal-export writes a message, and so do other programs"
