"""Whether a file is Skype's own data, by its first fields.

{"userId": "8:live:me", "exportDate": "2021-02-01T12:00", "conversations": [{"id": "8:live:robin", …
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.skype.read import MESSAGES

SOURCE_ID: Final = "skype"

_BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:userId|exportDate|conversations)"\s*:')
_KEYS: Final = tuple(re.compile(rb'"' + key + rb'"\s*:') for key in (b"userId", b"exportDate", b"conversations"))
_LIST: Final = re.compile(rb'"MessageList"\s*:')


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head
    if _BEGINS.match(head) is None:
        return None
    if all(key.search(head) for key in _KEYS):
        return Claim(SOURCE_ID, MESSAGES, (probe.file,), Certainty.CERTAIN, "it has the fields of Skype's own data")
    if _KEYS[2].search(head) and _LIST.search(head):
        return Claim(SOURCE_ID, MESSAGES, (probe.file,), Certainty.LIKELY, "it has Skype's lists of messages")
    return None
