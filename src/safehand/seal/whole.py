"""A file or a folder that is there whole, or not at all.

    with WholeFile(Path("allotment.safehand")) as file:
        …write to file.handle…
        file.keep()

Everything is written under another name in the same folder (``.allotment.safehand.safehand-unfinished``) and renamed
once it is on the disk. Killed at any point, the name asked for is absent, or stands for the whole. What a killed run
left is taken away by the next run for the same name; a run that is still going holds a lock on its own. Nothing that
exists is ever overwritten.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotWrite

if sys.platform != "win32":
    import fcntl

UNFINISHED: Final = ".safehand-unfinished"
"""How the name ends under which a file is written."""

_PATIENCE: Final = 3.0  # seconds that the child of a killed run may need to notice and let go of its lock
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


def unfinished(path: Path) -> Path:
    """The name under which ``path`` is written."""
    return path.with_name(f".{path.name}{UNFINISHED}")


def take_away_unfinished(path: Path) -> None:
    """What a killed run left of ``path``. Of a key it may be a second copy, of which nobody would know."""
    hidden = unfinished(path)
    if hidden.exists():
        with contextlib.suppress(CannotWrite), _locked(hidden):
            hidden.unlink(missing_ok=True)


def refuse_what_is_there(path: Path) -> None:
    """CannotWrite when something of this name exists already."""
    with writing(path):
        there = path.exists() or path.is_symlink()
    if there:
        raise CannotWrite(
            "Something of this name is there already; it is never overwritten.",
            where=str(path),
            todo="Choose another name.",
        )


class WholeFile:
    """A new file. It appears under its own name when ``keep`` is called, and never otherwise."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hidden = unfinished(path)
        self.handle = -1

    def __enter__(self) -> Self:
        with writing(self.path):
            if self._hidden.exists():  # first: a run that was killed once it had named its file left both
                with _locked(self._hidden):
                    self._hidden.unlink(missing_ok=True)
            refuse_what_is_there(self.path)
            self.handle = os.open(self._hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
            _lock(self.handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.handle >= 0:
            os.close(self.handle)
            with contextlib.suppress(OSError):
                self._hidden.unlink(missing_ok=True)

    def keep(self) -> None:
        """Give it its name, once all of it is on the disk."""
        with writing(self.path):
            sync_file(self.handle, Step.EXPORT_SYNCED)
            try:
                # A link is made or refused in one step; a rename would overwrite what came there meanwhile.
                os.link(self._hidden, self.path)
            except OSError as err:
                if err.errno not in _NO_LINKS:
                    raise
                refuse_what_is_there(self.path)
                self._hidden.rename(self.path)
            passed(Step.EXPORT_NAMED)
            self._hidden.unlink(missing_ok=True)
            sync_folder(self.path.parent, Step.EXPORT_FOLDER_SYNCED)


class WholeFolder:
    """A new folder, written as ``hidden``. It appears under its own name when ``keep`` is called."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hidden = unfinished(path)
        self._handle = -1

    def __enter__(self) -> Self:
        with writing(self.path):
            if not _is_empty_folder(self.path):
                refuse_what_is_there(self.path)
            if self.hidden.exists():
                with _locked(self.hidden):
                    shutil.rmtree(self.hidden)
            self.hidden.mkdir(mode=0o700)
            if sys.platform != "win32":
                self._handle = os.open(self.hidden, os.O_RDONLY)
                _lock(self._handle)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._handle >= 0:
            os.close(self._handle)
        shutil.rmtree(self.hidden, ignore_errors=True)

    def keep(self) -> None:
        """Give it its name, once all of its files are on the disk (the caller has synced each)."""
        with writing(self.path):
            for folder, _, _ in os.walk(self.hidden):
                sync_folder(Path(folder), Step.EXPORT_SYNCED)
            # Renaming a folder over another succeeds only where that is empty, and is one step.
            if sys.platform == "win32" and self.path.exists():
                self.path.rmdir()
            self.hidden.rename(self.path)
            passed(Step.EXPORT_NAMED)
            sync_folder(self.path.parent, Step.EXPORT_FOLDER_SYNCED)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says when ``path`` cannot be written into CannotWrite."""
    try:
        yield
    except OSError as err:
        reason = err.strerror or "The disk does not say why"
        raise CannotWrite("It could not be written.", where=str(path), todo=f"{reason}. Nothing was left.") from err


_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


@contextlib.contextmanager
def _locked(hidden: Path) -> Iterator[None]:
    """Hold the lock of what a run left behind. CannotWrite while that run is still going."""
    if sys.platform == "win32":
        yield  # Windows refuses to delete what another process has open
        return
    handle = os.open(hidden, os.O_RDONLY)
    try:
        until = time.monotonic() + _PATIENCE
        while not _lock(handle):
            if time.monotonic() > until:
                raise CannotWrite("Another run is writing this now.", where=str(hidden), todo="Wait until it is done.")
            time.sleep(0.02)
        # What we waited for may be done and gone, and the name another's by now.
        if hidden.exists() and os.path.samestat(hidden.stat(), os.fstat(handle)):
            yield
        else:
            raise CannotWrite("Another run is writing this now.", where=str(hidden), todo="Wait until it is done.")
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock an open file or folder for as long as it is open, children included. False when another holds it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
