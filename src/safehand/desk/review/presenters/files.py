"""The files that were listed and never opened, by name: a page of the reader, because a name may be that of a person.

    IMG-20260104-WA0003.jpg    Image    48 kB
    plot[U+202E]fdp.exe        Other    not stated    It was listed when the package was sealed, and not read.

Nothing is hidden in a name: a character that would not show, or would turn others round, stands as its name in a box.
"""

from __future__ import annotations

from dataclasses import dataclass

from safehand.desk.core import say
from safehand.desk.review.presenters.original import Stretch, visible_text
from safehand.desk.review.shown import ListedFiles
from safehand.model.attachment import Registered


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file."""

    name: tuple[Stretch, ...]
    type: str
    size: str
    refused: str


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Some of the files. ``earlier`` and ``later`` are what to give as ``after``; None where there are no more."""

    rows: tuple[FileRow, ...]
    where: str
    earlier: int | None
    later: int | None


def files_page(listed: ListedFiles) -> FilesPage:
    """Present the list."""
    first, last = listed.after + 1, listed.after + len(listed.files)
    where = f"{say.count(first)} to {say.count(last)} of {say.counted(listed.total, 'file')}"
    return FilesPage(
        rows=tuple(map(_row, listed.files)),
        where=where if len(listed.files) < listed.total else say.counted(listed.total, "file"),
        earlier=max(0, listed.after - listed.at_most) if listed.after else None,
        later=last if last < listed.total else None,
    )


def _row(file: Registered) -> FileRow:
    return FileRow(
        name=visible_text(file.name),
        type=file.type.value.capitalize(),
        size=say.size(file.size) if file.size is not None else "not stated",
        refused=file.refused or "",
    )
