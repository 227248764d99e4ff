r"""Whether a file is one of iMessage's, by its first bytes.

May 17, 2022  5:29:42 PM (Read by you after 1 hour)\n+15550001111\nHello\n\n     imessage-exporter's text: certain
May 17, 2022  5:32:00 PM You renamed the conversation to Club\n\n                likely: it begins with no message
<html> … <div class="message"> <div class="received"> <p><span class="timestamp">  imessage-exporter's page: certain
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.imessage.exporter_lines import DATE, FIRST_ANNOUNCEMENT, FIRST_MESSAGE

SOURCE_ID: Final = "imessage"
EXPORTER_TEXT: Final = "imessage/exporter-text"
EXPORTER_PAGE: Final = "imessage/exporter-html"

_BOM: Final = b"\xef\xbb\xbf"
_PAGE: Final = re.compile(rb"\s*<html[^>]{0,200}>", re.IGNORECASE)
_ON_PAGE: Final = re.compile(
    rb'<div class="message"(?:, id="[^"<>]{0,80}")?>\s*<div class="(?:received|sent [A-Za-z]{1,20})">\s*'
    rb'<p>\s*<span class="timestamp">\s*(?:<a [^<>]{0,200}>)?' + DATE.encode() +
    rb'|<div class ?="announcement">\s*<p>\s*<span class="timestamp">\s*' + DATE.encode()
)  # fmt: skip


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


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
