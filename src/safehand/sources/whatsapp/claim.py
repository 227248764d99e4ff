"""Recognition: which files are WhatsApp text, from their first bytes and their names.

04/01/2023, 19:02 - NAME: TEXT       likely; certain with the platform's own words or its file name beside it
[04/01/2023, 19:02:11] NAME: TEXT    likely: seconds and a comma are how iOS writes
[2024-01-15 10:30:00] NAME: TEXT     possible: other programs write so too; in a file of Markdown it is signal-export's
[1/4/2023 10:15 AM] name             no: a Discord export has the text in the next line
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.whatsapp.grammar import HEADER, NAME, Style, style_of
from safehand.sources.whatsapp.wordings import language_of, title_of

SOURCE_ID: Final = "whatsapp"

_LINES_BEFORE: Final = 5
"""Lines that may stand before the first header: what a person or a mail program wrote above it."""

_PLATFORM_LINES: Final = 50
"""Messages whose words are looked at."""

_MARKDOWN: Final = re.compile(r"\.md$", re.IGNORECASE)
"""No phone writes such a file; signal-export does, with the year first."""

_IOS_FILE: Final = re.compile(r"(?:^|/)_chat(?: ?\(?\d+\)?)?\.txt$", re.IGNORECASE)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for each file that is a chat. Only text is looked at; nothing is opened again."""
    return tuple(found for probe in probes if (found := _claim_one(probe)) is not None)


def _claim_one(probe: Probe) -> Claim | None:
    text = _as_lines(probe.head)
    headers = list(HEADER.finditer(text))
    if not headers or text.count(b"\n", 0, headers[0].start()) > _LINES_BEFORE:
        return None
    style = style_of(headers[0])
    named = sum(1 for header in headers if NAME.match(text, header.end()))
    if style.bracket and (2 * named < len(headers) or (style.widths[0] == "4" and _MARKDOWN.search(probe.file.name))):
        return None
    certainty, why = _weigh(probe, style, text, headers)
    form = "whatsapp/ios-txt" if style.bracket else "whatsapp/android-txt"
    return Claim(SOURCE_ID, form, (probe.file,), certainty, why)


def _weigh(probe: Probe, style: Style, text: bytes, headers: list[re.Match[bytes]]) -> tuple[Certainty, str]:
    phone = "WhatsApp on an iPhone" if style.bracket else "WhatsApp on Android"
    told = f"{len(headers)} lines at its beginning start as {phone} writes them"
    if title_of(probe.file.name) is not None or _IOS_FILE.search(probe.file.name):
        return Certainty.CERTAIN, f"{told}, and its name is one that WhatsApp gives."
    if any(_has_platform_words(text, header.end()) for header in headers[:_PLATFORM_LINES]):
        return Certainty.CERTAIN, f"{told}, and WhatsApp's own words stand among them."
    if style.bracket and (style.widths[0] == "4" or not style.comma or not style.seconds):
        return Certainty.POSSIBLE, f"{told}, and so do other programs."
    return Certainty.LIKELY, f"{told}."


def _has_platform_words(text: bytes, start: int) -> bool:
    line = text[start : start + 400].split(b"\n", 1)[0].rstrip(b"\r").decode(errors="replace")
    rest = line.split(": ", 1)[1] if ": " in line else None
    # After a name only a whole placeholder counts, or a line the phone marked: anyone may write "left" or "added".
    if rest is None:
        return language_of(line) is not None
    return (rest.startswith(("<", "\u200e"))) and language_of(rest) is not None


def _as_lines(head: bytes) -> bytes:
    """The head in UTF-8 with a line end before it."""
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    return b"\n" + head
