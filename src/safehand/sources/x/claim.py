"""Whether a file is a part of X's archive that holds direct messages, by the name it assigns.

window.YTD.direct_messages.part0 = [ {"dmConversation": …
window.YTD.direct_messages_group.part1 = [ …

``direct_message_headers`` are the same without a word: known, and not read.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.x.read import MESSAGES

SOURCE_ID: Final = "x"

_BEGINS: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.direct_messages?(?:_group)?\.part\d{1,6}\s*=\s*\[")
_WHY: Final = "it begins as the direct messages of X's archive do"


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(
        Claim(SOURCE_ID, MESSAGES, (probe.file,), Certainty.CERTAIN, _WHY)
        for probe in probes
        if _BEGINS.match(probe.head)
    )
