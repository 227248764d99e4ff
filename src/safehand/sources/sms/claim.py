"""Whether a file is a backup of text messages or calls, by its root element.

<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><!--File Created By …--><smses count="2" …>
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.sms.read import CALLS, MESSAGES

SOURCE_ID: Final = "sms"

_ROOT: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<\?xml-stylesheet[^>]*\?>\s*)?<(smses|calls)\b",
    re.DOTALL,
)
_RECORD: Final = {
    b"smses": re.compile(rb"<(sms|mms)\s[^<]*\bdate\s*="),
    b"calls": re.compile(rb"<call\s[^<]*\bdate\s*="),
}


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    match = _ROOT.match(probe.head)
    if match is None:
        return None
    certain = _RECORD[match[1]].search(probe.head, match.end()) is not None
    form = MESSAGES if match[1] == b"smses" else CALLS
    certainty = Certainty.CERTAIN if certain else Certainty.LIKELY
    return Claim(SOURCE_ID, form, (probe.file,), certainty, "it begins as SMS Backup & Restore writes a backup")
