"""Whether a file is Snapchat's own history of chats or snaps, by what it begins with.

{"robin_k": [{"From": "robin_k", "Media Type": "TEXT", "Created": "2024-04-20 01:29:22 UTC", "Content": …
{"Received Saved Chat History": [{"From": "robin_k", "Media Type": "TEXT", …
<html> … <div class="rightpanel"> … <div style="background: #f2f2f2; …"><h4>robin_k</h4> … <h6>
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.snapchat.card import OPENING
from safehand.sources.snapchat.chats import CHATS
from safehand.sources.snapchat.page import PAGE
from safehand.sources.snapchat.sections import SECTIONS

SOURCE_ID: Final = "snapchat"

_BEGINS: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"(?:[^"\\]|\\.){0,256}"\s*:\s*\[\s*\]\s*,\s*)*"(?:[^"\\]|\\.){0,256}"\s*:\s*\[\s*\{'
)
_SECTION: Final = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:Received|Sent) (?:(?:Saved|Unsaved) )?(?:Chat|Snap) History"\s*:\s*\['
)
_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_PANEL: Final = re.compile(rb"<div\b[^<>]*\bclass=[\"']?rightpanel\b")
_KEYS: Final = tuple(re.compile(rb'"' + key + rb'"\s*:') for key in (b"Media Type", b"Created", b"IsSender"))


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    if _SECTION.match(probe.head):
        why = "its lists are called as Snapchat called them"
        return Claim(SOURCE_ID, SECTIONS, (probe.file,), Certainty.CERTAIN, why)
    if _HTML.match(probe.head):
        return _page(probe)
    if not _BEGINS.match(probe.head) or not all(key.search(probe.head) for key in _KEYS):
        return None
    why = "its messages have the fields of Snapchat's"
    return Claim(SOURCE_ID, CHATS, (probe.file,), Certainty.CERTAIN, why)


def _page(probe: Probe) -> Claim | None:
    panel = _PANEL.search(probe.head)
    card = OPENING.search(probe.head, panel.end()) if panel is not None else None
    if card is None or b"<h4" not in probe.head[card.end() :]:
        return None
    why = "its messages stand in blocks as Snapchat's pages have them"
    return Claim(SOURCE_ID, PAGE, (probe.file,), Certainty.CERTAIN, why)
