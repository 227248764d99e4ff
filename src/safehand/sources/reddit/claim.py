"""Whether a file is one of Reddit's tables, by its header; and which of them tell one set of conversations together.

messages.csv, messages_archive.csv, message_headers.csv     one claim: what has words goes first
chat_history.csv, chat_history_1.csv                        another
"""

from __future__ import annotations

from typing import Final

from safehand.sources.contract import Certainty, Claim, Probe, SourceFile
from safehand.sources.csv_head import first_rows
from safehand.sources.reddit.forms import CHATS, FORMS, HEADERS, MAIL, SOURCE_ID, Form, form_of

_HEADER: Final = 4096
"""Bytes in which the header of a table stands: no more is looked at, for every file of a download is asked."""

_WHY: Final = "its columns are called as Reddit's {} are"


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """One claim for the chats of a folder, and one for its private messages."""
    found: dict[tuple[str, bool], dict[str, list[SourceFile]]] = {}
    for probe in probes:
        form = _form(probe)
        if form is not None:
            folder = probe.file.name.rpartition("/")[0]
            found.setdefault((folder, form is CHATS), {}).setdefault(form.id, []).append(probe.file)
    return tuple(_claim(files) for files in found.values())


def _claim(files: dict[str, list[SourceFile]]) -> Claim:
    form = next(form for form in FORMS if form.id in files)
    ordered = [file for one in (CHATS, MAIL, HEADERS) for file in files.get(one.id, ())]
    return Claim(SOURCE_ID, form.id, tuple(ordered), Certainty.CERTAIN, _WHY.format(form.what))


def _form(probe: Probe) -> Form | None:
    head = probe.head[:_HEADER]
    if b"," not in head:
        return None
    rows = first_rows(head)
    return form_of(rows[0]) if rows else None
