"""Whether a file is Hangouts' own data, by what it begins with.

{"conversations": [{"conversation": {"conversation_id": …, "conversation": {…, "participant_data": …     certain
{"conversation_state": [{"conversation_id": …, "conversation_state": {…                                  certain
{"conversations": [{"conversation": {                and called Hangouts.json: likely
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.hangouts.read import FORM

SOURCE_ID: Final = "hangouts"

_BEGINS: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"[a-z_]{1,40}"\s*:\s*(?:"[^"\\]{0,400}"|\d{1,20})\s*,\s*)?'
    rb'"(?:conversations|conversation_state)"\s*:\s*\[\s*\{\s*"(conversation|conversation_id|events|conversation_state)"\s*:'
)
_MARKS: Final = (b'"participant_data"', b'"self_conversation_state"', b'"gaia_id"', b'"event_otr"', b'"chat_message"')
_ENOUGH: Final = 2
_NAME: Final = re.compile(r"(^|/)Hangouts[^/]*\.json$")


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head
    if not _BEGINS.match(head):
        return None
    # Keys of objects: inside a text their quotation marks are escaped, so pasted JSON does not meet them.
    found = sum(mark in head for mark in _MARKS)
    if found >= _ENOUGH:
        return Claim(SOURCE_ID, FORM, (probe.file,), Certainty.CERTAIN, "it begins with a conversation of Hangouts'")
    if found or _NAME.search(probe.file.name):
        return Claim(SOURCE_ID, FORM, (probe.file,), Certainty.LIKELY, "it begins as Hangouts' own data does")
    return None
