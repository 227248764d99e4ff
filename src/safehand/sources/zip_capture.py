"""A ZIP as a Capture: its text members to read, its other members listed, and what is odd about it.

The whole archive is refused (ArchiveRefused) when its directory cannot be trusted: members that overlap, more members
or more text than the limits allow. One member is refused by listing it with the reason. What belongs to no member is
counted and told, not read: something may be hidden there, and nobody should think it was looked at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.errors import ArchiveRefused
from safehand.model.attachment import FileType, Registered
from safehand.sources.base64_file import Base64Place, open_exact
from safehand.sources.contract import Capture, CaptureNote, SourceFile
from safehand.sources.limits import MAX_TOTAL
from safehand.sources.text_members import file_type, is_text_member
from safehand.sources.zip_directory import MADE_ON_UNIX, ExactFile, ZipDirectory, ZipEntry, read_directory
from safehand.sources.zip_member import Place, ZipMember, descriptor_agrees, examine, place_of
from safehand.sources.zip_rules import is_folder, modified, readable_name, why_refused

_DESCRIPTOR = 24  # bytes that may stand after a member's data: its sizes, where they follow [4.3.9]

NESTED = "An archive inside an archive is not opened. Unpack the outer one and hand over the folder."
"""Why a ZIP in a ZIP is listed only: a bomb may be packed in bombs, and its members' names are not in our directory."""


ONE_ALONE: Final = "One file of this archive is read, and this is another."
"""Why a text is listed only, in an archive of which a single member is wanted."""


@dataclass(frozen=True, slots=True)
class Inside:
    """An archive that stands in another file, and the one member of it that is opened."""

    name: str
    """How the archive is called there: its members are cited with it before their names."""
    place: Base64Place
    only: str
    """In lower case."""


def open_zip(path: Path, container: str, inside: Inside | None = None) -> Capture:
    """What the ZIP at ``path`` holds; ``container`` is how it is cited. ArchiveRefused when it is not safe to open.

    With ``inside`` the ZIP stands in the file at ``path``, and no member is opened but one.
    """
    with open_exact(path, None if inside is None else inside.place) as archive:
        directory = read_directory(archive, container)
        layout = _lay_out(archive, directory, container)
        return _Opening(path, container, archive, directory, layout, inside).capture()


class _Layout:
    """Where each member stands, or why it cannot be found; and how many bytes belong to none."""

    def __init__(self) -> None:
        self.places: dict[int, Place] = {}
        self.limits: dict[int, int] = {}
        """For each member (by the place of its header) where the next begins."""
        self.reasons: dict[int, str] = {}
        self.unclaimed = 0


def _lay_out(archive: ExactFile, directory: ZipDirectory, container: str) -> _Layout:
    layout = _Layout()
    entries = sorted(directory.entries, key=lambda entry: entry.header)
    ends = [*(entry.header for entry in entries[1:]), directory.start][: len(entries)]
    # By the directory alone first: a local header that lies in another member's data is not even looked at.
    for entry, end in zip(entries, ends, strict=True):
        if entry.least_end > end:
            raise _overlapping(container)
    reached = 0
    for entry, end in zip(entries, ends, strict=True):
        layout.unclaimed += entry.header - reached
        layout.limits[entry.header] = end
        reached = entry.least_end
        try:
            place = place_of(archive, entry)
        except ArchiveRefused as refused:
            layout.reasons[entry.header] = refused.found
            continue
        if place.end > end:
            raise _overlapping(container)
        layout.places[entry.header] = place
        reached = min(place.end + _DESCRIPTOR, end) if place.sizes_follow else place.end
    layout.unclaimed += directory.start - reached
    return layout


def _overlapping(container: str) -> ArchiveRefused:
    return ArchiveRefused(
        "Members of the archive overlap, as in archive bombs; no program makes such an archive by itself.",
        where=container,
        todo="Make it again, or hand over the folder it was made from.",
    )


class _Opening:
    def __init__(
        self,
        path: Path,
        container: str,
        archive: ExactFile,
        directory: ZipDirectory,
        layout: _Layout,
        inside: Inside | None,
    ) -> None:
        self._inside = inside
        self._path = path
        self._container = container
        self._archive = archive
        self._directory = directory
        self._layout = layout
        self._files: list[SourceFile] = []
        self._register: list[Registered] = []
        self._notes: list[CaptureNote] = []
        self._ids: Counter[str] = Counter()

    def capture(self) -> Capture:
        total = sum(entry.size for entry in self._directory.entries if is_text_member(_name(entry)[0]))
        if total > MAX_TOTAL:
            raise ArchiveRefused(
                f"Its text unpacks to {total} bytes; at most {MAX_TOTAL} are read.",
                where=self._container,
                todo="Unpack it and hand over a part of the folder at a time.",
            )
        for entry in self._directory.entries:
            if not is_folder(entry):
                self._add(entry)
        self._tell()
        return Capture(tuple(self._files), tuple(self._register), tuple(self._notes))

    def _add(self, entry: ZipEntry) -> None:
        name, raw = _name(entry)
        if not is_text_member(name):
            type_ = file_type(name)
            self._list(entry, name, raw, type_, NESTED if type_ is FileType.ARCHIVE else None)
            return
        if self._inside is not None and name.lower() != self._inside.only:
            self._list(entry, name, raw, FileType.TEXT, ONE_ALONE)
            return
        reason = why_refused(entry) or self._layout.reasons.get(entry.header)
        if reason is not None:
            self._list(entry, name, raw, FileType.TEXT, reason)
            return
        place = self._layout.places[entry.header]
        examined = examine(self._archive, entry, place)
        if examined.instead is not None:
            words = f"It is named as text and begins as a {examined.instead.name}: it was not read."
            self._list(entry, name, raw, examined.instead.type, words)
            return
        cited = self._cited(name)
        id_ = self._unique(f"{self._container}/{cited}")
        self._files.append(
            ZipMember(
                id=id_,
                name=cited,
                size=examined.size,
                archive=self._path,
                entry=entry,
                place=place,
                crc32=examined.crc32,
                name_raw=raw,
                modified=modified(entry),
                container=self._container,
                inside=None if self._inside is None else self._inside.place,
            )
        )
        if examined.damage is not None:
            self._notes.append(CaptureNote(id_, examined.damage, examined.doubt))
        if not descriptor_agrees(self._archive, entry, place, self._layout.limits[entry.header]):
            words = (
                "The sizes that follow its data are not those of the archive's directory. The directory's were used."
            )
            self._notes.append(CaptureNote(id_, words))

    def _cited(self, name: str) -> str:
        return name if self._inside is None else f"{self._inside.name}/{name}"

    def _list(self, entry: ZipEntry, name: str, raw: str | None, type_: FileType, reason: str | None) -> None:
        self._register.append(
            Registered(
                name=self._cited(name),
                type=type_,
                size=entry.size,
                modified=modified(entry),
                crc32=f"{entry.crc32:08x}",
                container=self._container,
                name_raw=raw,
                refused=reason,
            )
        )

    def _tell(self) -> None:
        names = Counter(entry.name for entry in self._directory.entries)
        repeated = sum(count for count in names.values() if count > 1)
        if not self._directory.entries:
            self._note("The archive is empty.")
        if repeated:
            self._note(f"{repeated} members share their name with another. Each is kept apart.")
        if self._layout.unclaimed:
            self._note(f"{self._layout.unclaimed} bytes of the archive belong to no member. They were not read.")

    def _note(self, words: str) -> None:
        self._notes.append(CaptureNote(self._container, words))

    def _unique(self, id_: str) -> str:
        self._ids[id_] += 1
        return id_ if self._ids[id_] == 1 else f"{id_}#{self._ids[id_]}"


def _name(entry: ZipEntry) -> tuple[str, str | None]:
    return readable_name(entry.name, windows=entry.made_on != MADE_ON_UNIX)
