"""What the panel says of every message of a page, as data, so that selecting another asks the desk for nothing.

    abouts(rows)   {"41": {"letter": "A", "sent": "4 January 2026, 10:00:02 UK time", "file": "data/0001.txt", …}}
    BLANK          a message of which a source says everything there is to say

The markup is written once, in the panel's template: of the selected message for whoever has no script, and of BLANK for
the script, which puts the parts of another message in their places and takes out what that message does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from safehand.desk.review.presenters.rows import About, Place, Row
from safehand.desk.review.presenters.said import Said

Parts: TypeAlias = dict[str, str | tuple[str, ...]]

_ANY: Final = "–"
_SAID: Final = ("sent", "utc", "raw", "no_time", "basis", "edited", "kind", "reference", "account_id", "recipients")
_SAID_LAST: Final = ("doubts", "before_repair", "revisions", "extra")
PARTS: Final = ("letter", "name", "side", *_SAID, "file", "start", "last", "line", *_SAID_LAST)
"""What there may be, by its name in the template (data-part) and in the script."""

BLANK: Final = Row(
    number=0,
    letter=_ANY,
    side="none",
    name=_ANY,
    first=True,
    time="",
    machine_time="",
    said=Said(()),
    doubts=(),
    above=(),
    note=False,
    gone=False,
    selected=False,
    about=About(
        reference=_ANY,
        sent=_ANY,
        utc=_ANY,
        basis=_ANY,
        raw=_ANY,
        place=Place(_ANY, _ANY, _ANY, _ANY),
        kind=_ANY,
        edited=_ANY,
        doubts=(_ANY,),
        before_repair=_ANY,
        revisions=(_ANY,),
        recipients=(_ANY,),
        account_id=_ANY,
        extra=_ANY,
        pointers=(),
        citations=(),
        no_time=_ANY,
    ),
)


def abouts(rows: Iterable[Row]) -> dict[str, Parts]:
    """Of each message by its number, its parts. What it does not have is left out."""
    return {row.key: _parts(row) for row in rows}


def _parts(row: Row) -> Parts:
    about, place = row.about, row.about.place
    parts: Parts = {"letter": row.letter, "name": row.name, "side": row.side}
    parts |= {"file": place.file, "start": place.start, "last": place.last, "line": place.line}
    parts |= {name: getattr(about, name) for name in (*_SAID, *_SAID_LAST)}
    return {name: part for name, part in parts.items() if part}
