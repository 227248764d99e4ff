r"""Whether a file is one of iMessage's, by its first bytes.

May 17, 2022  5:29:42 PM (Read by you after 1 hour)\n+15550001111\nHello\n\n     imessage-exporter's text: certain
May 17, 2022  5:32:00 PM You renamed the conversation to Club\n\n                likely: it begins with no message
"""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.imessage.exporter_lines import FIRST_ANNOUNCEMENT, FIRST_MESSAGE

SOURCE_ID: Final = "imessage"
EXPORTER_TEXT: Final = "imessage/exporter-text"

_BOM: Final = b"\xef\xbb\xbf"


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
    return None
