"""The sample chat: a WhatsApp export of a group that shares an allotment, as a phone in London would write it.

    export_text()      the text file
    write_export(path) the ZIP that the phone shares: the text, and two members that nobody opens
    write_earlier(path) what Sam’s iPhone gave on the morning of 29 March: the same talk, before one message was deleted
                        and another edited

A year of plot 14, told in scenes (scenes.py); the same bytes each time. It has what a reader must get right: long gaps,
a night that crosses midnight, the clock change, lines of more than one line, media left out, deleted and edited
messages, a missed call, a poll, people who join and leave, and messages in other scripts.
"""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from safehand.desk.sample.scenes import everything_said

NAME: Final = "WhatsApp Chat with Plot 14"
"""What Android calls the export of a group."""

EARLIER_NAME: Final = "export of 29 March"
"""What its holder called the ZIP, so as not to mix them up."""

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


EARLIER: Final = datetime(2026, 3, 29, 9, 30)  # noqa: DTZ001  a clock on the wall
"""When the earlier export was made."""

_GROUP: Final = "Plot 14"
_BEFORE: Final = {
    "This message was deleted": "are they beside the compost or the other end",
    "Just <This message was edited>": "Just about, I cut it a little",
}
"""What stood there on that morning."""


def earlier_text() -> str:
    """The earlier export, as an iPhone writes it: brackets, seconds, and the group as the sender of its own lines."""
    lines = []
    for number, said in enumerate(said for said in everything_said() if said.at < EARLIER):
        at = said.at + timedelta(seconds=number * 7 % 60)
        text = _BEFORE.get(said.text, said.text)
        who = f"{said.sender}: {text}" if said.sender else f"{_GROUP}: \u200e{text}"
        lines.append(f"[{at:%d/%m/%Y, %H:%M:%S}] {who}\r\n")
    return "".join(lines)


def write_earlier(path: Path) -> None:
    """The ZIP that the iPhone shared."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("_chat.txt", (2026, 3, 29, 9, 30, 2)), earlier_text())
