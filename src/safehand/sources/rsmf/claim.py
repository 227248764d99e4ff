"""Whether a file is a manifest of RSMF, by the keys it begins with.

{"version": "2.0.0", "participants": [{"id": …, "display": …}], "conversations": [{"platform": …      certain
{"version": …, "eventcollectionid": …                          or called rsmf_manifest.json: likely
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.rsmf.read import FORM

SOURCE_ID: Final = "rsmf"

_OBJECT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_LISTS: Final = tuple(
    re.compile(rb'"' + name + rb'"\s*:\s*\[') for name in (b"participants", b"conversations", b"events")
)
_VERSION: Final = re.compile(rb'"version"\s*:\s*"[12]\.[0-9]')
_OWN: Final = re.compile(rb'"(?:eventcollectionid|account_id|custodian|read_receipts)"\s*:')
_NAME: Final = re.compile(r"(^|/)rsmf_manifest\.json$", re.IGNORECASE)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head
    if not _OBJECT.match(head) or not _VERSION.search(head):
        return None
    # Keys of objects: inside a text their quotation marks are escaped, so a pasted manifest does not meet them.
    lists = sum(mark.search(head) is not None for mark in _LISTS)
    named = _NAME.search(probe.file.name) is not None
    if lists == len(_LISTS) or (lists and named):
        return Claim(SOURCE_ID, FORM, (probe.file,), Certainty.CERTAIN, "it begins as a manifest of RSMF does")
    if named or (lists and _OWN.search(head)):
        return Claim(SOURCE_ID, FORM, (probe.file,), Certainty.LIKELY, "it has the name or the keys of RSMF's manifest")
    return None
