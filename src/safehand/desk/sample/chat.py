"""The sample chat: a WhatsApp export of a group that shares an allotment, as a phone in London would write it.

    export_text()      the text file
    write_export(path) the ZIP that the phone shares: the text, and two members that nobody opens

A year of plot 14, told in scenes (scenes.py); the same bytes each time. It has what a reader must get right: long gaps,
a night that crosses midnight, the clock change, lines of more than one line, media left out, deleted and edited
messages, a missed call, a poll, people who join and leave, and messages in other scripts.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from safehand.desk.sample.scenes import everything_said

NAME: Final = "WhatsApp Chat with Plot 14"
"""What Android calls the export of a group."""

_NOT_OPENED: Final = ("IMG-20260418-WA0002.jpg", "PTT-20260705-WA0000.opus")
_STAMP: Final = (2026, 11, 15, 18, 4, 10)


def export_text() -> str:
    """The text, lines ending in a newline each."""
    return "".join(
        f"{said.at:%d/%m/%Y, %H:%M} - {f'{said.sender}: ' if said.sender else ''}{said.text}\n"
        for said in everything_said()
    )


def write_export(path: Path) -> None:
    """The ZIP. What stands for media is empty: Safehand lists such members and opens none."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo(f"{NAME}.txt", _STAMP), export_text())
        for name in _NOT_OPENED:
            made.writestr(zipfile.ZipInfo(name, _STAMP), b"")
