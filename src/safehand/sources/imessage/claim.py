r"""Whether a file is one of iMessage's, by its first bytes.

May 17, 2022  5:29:42 PM (Read by you after 1 hour)\n+15550001111\nHello\n\n     imessage-exporter's text: certain
May 17, 2022  5:32:00 PM You renamed the conversation to Club\n\n                likely: it begins with no message
<html> … <div class="message"> <div class="received"> <p><span class="timestamp">  imessage-exporter's page: certain
SQLite format 3\0 … CREATE TABLE message … chat_message_join     the database of Messages: certain
chat.db, sms.db, 3d0d7e5f…                                      a database that has its name: likely
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe, SourceFile
from safehand.sources.databases import DATABASE_NAME, LOG, MAGIC
from safehand.sources.imessage.exporter_lines import DATE, FIRST_ANNOUNCEMENT, FIRST_MESSAGE

SOURCE_ID: Final = "imessage"
EXPORTER_TEXT: Final = "imessage/exporter-text"
EXPORTER_PAGE: Final = "imessage/exporter-html"
DATABASE: Final = "imessage/database"

_BOM: Final = b"\xef\xbb\xbf"
_PAGE: Final = re.compile(rb"\s*<html[^>]{0,200}>", re.IGNORECASE)
_ON_PAGE: Final = re.compile(
    rb'<div class="message"(?:, id="[^"<>]{0,80}")?>\s*<div class="(?:received|sent [A-Za-z]{1,20})">\s*'
    rb'<p>\s*<span class="timestamp">\s*(?:<a [^<>]{0,200}>)?' + DATE.encode() +
    rb'|<div class ?="announcement">\s*<p>\s*<span class="timestamp">\s*' + DATE.encode()
)  # fmt: skip


_TABLES: Final = (b"CREATE TABLE message ", b"chat_message_join")


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours; a database and its log are one."""
    logs = {probe.file.name: probe.file for probe in probes if probe.file.name.endswith(LOG)}
    return tuple(found for probe in probes if (found := _claim(probe) or _claim_database(probe, logs)) is not None)


def _claim_database(probe: Probe, logs: dict[str, SourceFile]) -> Claim | None:
    head = probe.head
    if not head.startswith(MAGIC):
        return None
    holds = all(mark in head for mark in _TABLES)
    if not holds and DATABASE_NAME.search(probe.file.name) is None:
        return None
    log = logs.get(f"{probe.file.name}{LOG}")
    why = (
        "it is a database with the tables of Messages" if holds else "it is a database of the name that Messages gives"
    )
    files = (probe.file,) if log is None else (probe.file, log)
    return Claim(SOURCE_ID, DATABASE, files, Certainty.CERTAIN if holds else Certainty.LIKELY, why)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head.removeprefix(_BOM)
    if FIRST_MESSAGE.match(head):
        why = "it begins as imessage-exporter writes a message"
        return Claim(SOURCE_ID, EXPORTER_TEXT, (probe.file,), Certainty.CERTAIN, why)
    if FIRST_ANNOUNCEMENT.match(head):
        why = "it begins as imessage-exporter writes an event"
        return Claim(SOURCE_ID, EXPORTER_TEXT, (probe.file,), Certainty.LIKELY, why)
    if _PAGE.match(head) and _ON_PAGE.search(head):
        why = "its messages stand in the page as imessage-exporter writes them"
        return Claim(SOURCE_ID, EXPORTER_PAGE, (probe.file,), Certainty.CERTAIN, why)
    return None
