"""Whether a file is a log of Omegle's, by its first lines.

Omegle conversation log                                    certain
You're now chatting with a random stranger. Say hi!        certain
You: hello / Stranger: hi / Stranger has disconnected.     likely
You: hello / Stranger: hi                                  possible: any play could be written so
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.omegle.read import HTML, TEXT
from safehand.sources.omegle.wordings import HEADER, SPEAKER, status_of

SOURCE_ID: Final = "omegle"

_WHY: Final = {
    Certainty.CERTAIN: "it begins as Omegle's logs do",
    Certainty.LIKELY: "its speakers and its other lines are Omegle's",
    Certainty.POSSIBLE: "its speakers are called as Omegle calls them",
}
_LOOK_AT: Final = 400
"""Lines of the head that are looked at."""
_PAGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_PAGE_MARKS: Final = (b'class="logitem"', b'class="msgsource"')


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is ours."""
    return tuple(found for probe in probes if (found := _claim(probe)) is not None)


def _claim(probe: Probe) -> Claim | None:
    head = probe.head
    if _PAGE.match(head):
        if b"Omegle" not in head[:8192] or not any(mark in head for mark in _PAGE_MARKS):
            return None
        return Claim(SOURCE_ID, HTML, (probe.file,), Certainty.CERTAIN, "it is a page as Omegle saves its logs")
    written = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = list(islice((line.strip() for line in written.split(b"\n") if line.strip()), _LOOK_AT))
    certainty = _certainty(found) if found else None
    return None if certainty is None else Claim(SOURCE_ID, TEXT, (probe.file,), certainty, _WHY[certainty])


def _certainty(found: list[bytes]) -> Certainty | None:
    first = found[0]
    if HEADER.fullmatch(first) or status_of(first) == "connected":
        return Certainty.CERTAIN
    if status_of(first) is None and not SPEAKER.match(first):
        return None
    speakers = {match[1] for line in found if (match := SPEAKER.match(line))}
    if speakers and any(status_of(line) for line in found):
        return Certainty.LIKELY
    strangers = any(speaker.startswith(b"Stranger") for speaker in speakers)
    return Certainty.POSSIBLE if strangers and len(speakers) > 1 else None
