"""Whether a file is TikTok's own data, by the section of its direct messages, or by the header of its text.

    {"Direct Messages": {"Chat History": {"ChatHistory": {"Chat History with robin:": [{"Date": …, "From": …

The section may stand far behind the head of a long file; then the file's own name and its other sections speak for it.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.tiktok.read import CHATS
from safehand.sources.tiktok.text import TEXT, header_name

SOURCE_ID: Final = "tiktok"

_JSON: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_SECTION: Final = re.compile(
    rb'"Direct Messages?"\s*:\s*\{\s*"(?:Direct Messages|Chat History)"\s*:\s*\{\s*"ChatHistory"\s*:\s*\{'
)
_OTHERS: Final = (
    b'"Activity"',
    b'"Your Activity"',
    b'"App Settings"',
    b'"Profile"',
    b'"Profile And Settings"',
    b'"Ads and data"',
)
_NAME: Final = re.compile(r"(^|/)user_data(_tiktok)?\.json$")
_ENOUGH: Final = 1

_FIRST_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(>>> Chat History with [^\n]*\n?)")
_MESSAGE: Final = re.compile(rb"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:UTC )?[^:\n]{1,200}:", re.MULTILINE)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head
    if not _JSON.match(head):
        return _text(probe)
    if _SECTION.search(head):
        return Claim(SOURCE_ID, CHATS, (probe.file,), Certainty.CERTAIN, "it has TikTok's section of direct messages")
    if _NAME.search(probe.file.name) and sum(mark in head for mark in _OTHERS) >= _ENOUGH:
        return Claim(
            SOURCE_ID, CHATS, (probe.file,), Certainty.LIKELY, "its name and sections are those of TikTok's data"
        )
    return None


def _text(probe: Probe) -> Claim | None:
    first = _FIRST_LINE.match(probe.head)
    if first is None or header_name(first[1]) is None:
        return None
    certain = _MESSAGE.search(probe.head, first.end()) is not None
    certainty = Certainty.CERTAIN if certain else Certainty.LIKELY
    return Claim(SOURCE_ID, TEXT, (probe.file,), certainty, "it begins as TikTok writes direct messages as text")
