"""The one safe face for what is handed over: files, folders and ZIPs in, a Capture out.

    capture_of([Path("WhatsApp Chat - Allotment.zip")])
        files       WhatsApp Chat - Allotment.zip/_chat.txt              text: may be read
        register    IMG-0003.jpg, image, 48,211 bytes, 2026-01-04        listed, never opened
        notes       "312 bytes of the archive belong to no member."

Which files are text is decided by text_members.py, by name. Text members are opened, and nothing else is: a picture in
a folder is never opened, and of a picture in a ZIP no byte is read, only its entry in the directory and its local
header. A file that is named as text and begins as a picture is listed after its first bytes.

Nothing is dropped without a word. What could have been read and was refused stands in the register with the reason;
what is odd about a file that is read stands in the notes. A ZIP that is not safe as a whole is refused with
ArchiveRefused when it was handed over itself, and listed with the reason when it lay in a folder. A ZIP in a ZIP is
listed and not opened: archives are opened to a depth of one. Limits and their reasons: limits.py.

To a mail of RSMF's (rsmf_mail.py) an archive is attached that holds the manifest of its conversations: it is opened as
a ZIP is, and of its members the manifest alone is read. The mail itself stays a file of its own.

A message database is neither text nor opened, but where ``databases`` says that whoever asks only reads: then one that
was named itself is read, with the log that lies beside it (databases.py).

Links inside a folder are listed and not followed: a folder is handed over, not what it points to.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from safehand.errors import ArchiveRefused, CannotRead
from safehand.model.attachment import FileType, Registered
from safehand.model.instant import MICRO, Precision, format_utc
from safehand.sources import rsmf_mail
from safehand.sources.contract import Capture, CaptureNote, FileOnDisk, SourceFile
from safehand.sources.databases import LOG, MAGIC, NOT_ONE, REFUSED, WITH_LOG, WITHOUT_LOG, begins_as_one, is_database
from safehand.sources.limits import MAX_MEMBERS
from safehand.sources.text_members import (
    ending,
    file_type,
    is_text_member,
    table,
    what_it_is_instead,
    why_never_read,
)
from safehand.sources.zip_capture import Inside, open_zip
from safehand.sources.zip_rules import readable_name

_ZIP: Final = "zip"
_OUT_OF_A_MAIL: Final = "It stood in an archive that was attached to a mail. Nothing else of the archive was opened."

_WORDS: Final = {
    errno.EACCES: "This account of the computer may not open it.",
    errno.EPERM: "This account of the computer may not open it.",
    errno.ENOENT: "It is not there.",
    errno.EIO: "The disk could not read it.",
}


def capture_of(paths: Sequence[Path], *, databases: bool = False) -> Capture:
    """Everything that ``paths`` hold: files, folders with all that is in them, and ZIPs.

    ArchiveRefused for a ZIP among ``paths`` that is not safe to open, CannotRead for a path that cannot be opened.
    ``databases``: message databases among ``paths`` are read. Whoever seals never asks for it.
    The order is that of ``paths``; in a folder by name, in a ZIP as its directory has it. So is the Capture.
    """
    gathering = _Gathering(databases=databases)
    for path in paths:
        gathering.add_given(path)
    return gathering.capture()


class _Gathering:
    """What was found so far."""

    def __init__(self, *, databases: bool) -> None:
        self._databases = databases
        self._files: list[SourceFile] = []
        self._register: list[Registered] = []
        self._notes: list[CaptureNote] = []
        self._seen: set[Path] = set()
        self._ids: Counter[str] = Counter()

    def capture(self) -> Capture:
        return Capture(tuple(self._files), tuple(self._register), tuple(self._notes))

    def add_given(self, path: Path) -> None:
        """A path that somebody named: followed when it is a link, and an error when it cannot be read."""
        try:
            found = path.stat()
            if stat.S_ISDIR(found.st_mode):
                self._add_folder(path)
            else:
                self._add_file(path, path.name, found, given=True)
        except OSError as error:
            todo = "Check the path, and that it may be read."
            raise CannotRead(_in_words(error), where=_shown(path), todo=todo) from error

    def _add_folder(self, folder: Path) -> None:
        # A stack, not recursion: folders may be nested deeper than Python's own stack.
        waiting = list(reversed(_in_order(folder, folder.name)))
        while waiting:
            path, below = waiting.pop()
            found = None
            try:
                found = path.lstat()
                if stat.S_ISDIR(found.st_mode):
                    waiting.extend(reversed(_in_order(path, below)))
                else:
                    self._add_file(path, below, found, given=False)
            except OSError as error:
                self._list(below, found, refused=_in_words(error))

    def _add_file(self, path: Path, below: str, found: os.stat_result, *, given: bool) -> None:
        if self._is_repeated(path):
            return
        if stat.S_ISLNK(found.st_mode):
            self._list(below, found, refused="It is a link to another file, and links are not followed.")
        elif not stat.S_ISREG(found.st_mode):
            self._list(below, found, refused="It is a device, not a file.")
        elif ending(below) == _ZIP and why_never_read(below) is None:
            self._add_zip(path, below, found, given=given)
        elif is_text_member(below):
            self._add_text(path, below, found)
        elif is_database(below):
            self._add_database(path, below, found, given=given)
        else:
            self._list(below, found)

    def _is_repeated(self, path: Path) -> bool:
        real = path.parent.resolve() / path.name
        if real in self._seen:
            self._notes.append(CaptureNote(_shown(path), "It was handed over more than once, and is read once."))
            return True
        self._seen.add(real)
        return False

    def _add_text(self, path: Path, below: str, found: os.stat_result) -> None:
        with path.open("rb", buffering=0) as stream:
            magic = what_it_is_instead(stream.read(table().look_at))
        if magic is not None:
            words = f"It is named as text and begins as a {magic.name}: it was not read."
            self._list(below, found, type_=magic.type, refused=words)
            return
        name, raw = _readable(below)
        id_ = self._id_of(path)
        looked = rsmf_mail.look_into(path, id_) if ending(below) in rsmf_mail.ENDINGS else None
        self._files.append(FileOnDisk(id_, name, path, found.st_size, raw, _time_of(found)))
        if looked is not None:
            self._add_attached(path, id_, looked)
        self._count()

    def _add_attached(self, path: Path, id_: str, looked: rsmf_mail.Looked) -> None:
        """The manifest in the archive that is attached to a mail of RSMF's, and the names of all else in it."""
        self._register.extend(looked.others)
        if looked.place is None:
            self._notes.append(CaptureNote(id_, looked.refused or rsmf_mail.ABSENT))
            return
        try:
            inside = open_zip(path, id_, Inside(rsmf_mail.ZIP, looked.place, rsmf_mail.MANIFEST))
        except ArchiveRefused as refused:
            words = f"It is not safe to open. {refused.found}"
            self._register.append(
                Registered(rsmf_mail.ZIP, FileType.ARCHIVE, looked.place.size, container=id_, refused=words)
            )
            return
        self._files.extend(inside.files)
        self._register.extend(inside.register)
        self._notes.extend(inside.notes)
        self._notes.extend(CaptureNote(file.id, _OUT_OF_A_MAIL) for file in inside.files)

    def _add_database(self, path: Path, below: str, found: os.stat_result, *, given: bool) -> None:
        if not given or not self._databases:
            self._list(below, found, refused=REFUSED)
            return
        with path.open("rb", buffering=0) as stream:
            begins = begins_as_one(below, stream.read(len(MAGIC)))
        if not begins:
            self._list(below, found, refused=NOT_ONE)
            return
        name, raw = _readable(below)
        file = FileOnDisk(self._id_of(path), name, path, found.st_size, raw, _time_of(found))
        self._files.append(file)
        self._count()
        if not below.endswith(LOG):
            log = path.with_name(path.name + LOG)
            there = log.exists()
            self._notes.append(CaptureNote(file.id, WITH_LOG if there else WITHOUT_LOG))
            if there and log.parent.resolve() / log.name not in self._seen:
                self.add_given(log)

    def _add_zip(self, path: Path, below: str, found: os.stat_result, *, given: bool) -> None:
        try:
            inside = open_zip(path, self._id_of(path))
        except ArchiveRefused as refused:
            if given:
                raise
            self._list(below, found, refused=f"It is not safe to open. {refused.found}")
            return
        self._files.extend(inside.files)
        self._register.extend(inside.register)
        self._notes.extend(inside.notes)
        self._count()

    def _list(
        self,
        below: str,
        found: os.stat_result | None,
        *,
        type_: FileType | None = None,
        refused: str | None = None,
    ) -> None:
        name, raw = _readable(below)
        self._register.append(
            Registered(
                name=name,
                type=type_ or file_type(name),
                size=None if found is None else found.st_size,
                modified=None if found is None else _time_of(found),
                name_raw=raw,
                refused=refused,
            )
        )
        self._count()

    def _id_of(self, path: Path) -> str:
        """The path as it is cited. Two names that print alike (bytes that are no text) are told apart by a count."""
        shown = _shown(path)
        self._ids[shown] += 1
        return shown if self._ids[shown] == 1 else f"{shown}#{self._ids[shown]}"

    def _count(self) -> None:
        if len(self._files) + len(self._register) > MAX_MEMBERS:
            raise CannotRead(
                f"There are more than {MAX_MEMBERS} files.",
                todo="Hand over the folder of the export itself, or a part of it at a time.",
            )


def _in_order(folder: Path, below: str) -> list[tuple[Path, str]]:
    """What is in ``folder``, by the bytes of the names: the same on every machine and in every language."""
    with os.scandir(folder) as entries:
        names = sorted((entry.name for entry in entries), key=os.fsencode)
    return [(folder / name, f"{below}/{name}" if below else name) for name in names]


def _readable(below: str) -> tuple[str, str | None]:
    return readable_name(os.fsencode(below), windows=os.name == "nt")


def _shown(path: Path) -> str:
    """A path as it is cited: as it was given, fit to be printed and stored."""
    return readable_name(os.fsencode(path), windows=os.name == "nt")[0]


def _time_of(found: os.stat_result) -> str | None:
    try:
        return format_utc(found.st_mtime_ns // 1_000_000_000 * MICRO, Precision.SECOND)
    except OverflowError:  # a disk may say the year 30,000
        return None


def _in_words(error: OSError) -> str:
    return _WORDS.get(error.errno or 0, "It could not be opened.")
