"""Which files are mailboxes and mails, by what they begin with.

    From MAILER-DAEMON Sun Nov 22 06:04:45 2026      a mailbox: certain
    Received: …  From: …  Date: …                    a mail: certain with the ending .eml, else likely

The single mails of one folder are one claim, so that their threads are seen. A mail with fields of RSMF is RSMF's.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe
from safehand.sources.mail.read import EML, MBOX

SOURCE_ID: Final = "mail"

_MBOX: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?: +\n+)?From [^\s]+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +[A-Z][a-z]{2} +[0-9]{1,2} "
    rb"[0-9:]{4,8}[^\n]{0,60}\n"
    rb"(?:[!-9;-~]{1,100}:|>From )"
)
_FIRST: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:Return-Path|Received|Delivered-To|From|To|Date|Subject|Message-ID|MIME-Version|Reply-To|Sender|"
    rb"X-[A-Za-z-]{1,60}|DKIM-Signature|ARC-[A-Za-z-]{1,40}|Authentication-Results|Content-Type|Envelope-To|Cc):[ \t]",
    re.IGNORECASE,
)
_FROM: Final = re.compile(rb"^(?:From|Sender):[ \t]", re.IGNORECASE | re.MULTILINE)
_MORE: Final = re.compile(rb"^(?:Date|Message-ID|MIME-Version):[ \t]", re.IGNORECASE | re.MULTILINE)
_RSMF: Final = re.compile(rb"^X-RSMF-[A-Za-z]+:", re.IGNORECASE | re.MULTILINE)
_END: Final = re.compile(rb"\r?\n\r?\n")
_NAME: Final = re.compile(r"\.eml$", re.IGNORECASE)


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """A claim for each mailbox, and one for the single mails of each folder."""
    claims: list[Claim] = []
    folders: dict[str, list[tuple[Probe, Certainty]]] = {}
    for probe in probes:
        head = probe.head
        if _MBOX.match(head):
            why = "it begins as a mailbox does"
            claims.append(Claim(SOURCE_ID, MBOX, (probe.file,), Certainty.CERTAIN, why))
        elif (certainty := _certainty(probe.file.name, head)) is not None:
            folders.setdefault(probe.file.name.rpartition("/")[0], []).append((probe, certainty))
    for found in folders.values():
        certain = all(certainty is Certainty.CERTAIN for _, certainty in found)
        why = "it begins with the header of a mail" if len(found) == 1 else "each begins with the header of a mail"
        files = tuple(probe.file for probe, _ in found)
        claims.append(Claim(SOURCE_ID, EML, files, Certainty.CERTAIN if certain else Certainty.LIKELY, why))
    return tuple(claims)


def _certainty(name: str, head: bytes) -> Certainty | None:
    if not _FIRST.match(head):
        return None
    end = _END.search(head)
    header = head if end is None else head[: end.start() + 1]
    if not _FROM.search(header) or not _MORE.search(header) or _RSMF.search(header):
        return None
    return Certainty.CERTAIN if _NAME.search(name) else Certainty.LIKELY
