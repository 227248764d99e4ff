"""A disk that loses its power: what was not forced to it may be gone, and all that may come back is tried.

    with Recorded(root) as disk:
        ... something writes below root ...
    for cut in disk.cuts():                        each moment at which the power may go
        for survived in cut.survivors(chance):     what may stand there afterwards
            survived.put(folder)

What POSIX promises, and no more: a file's bytes are on the disk when it was synced, its name when its folder was, and
a rename is one step. Of bytes that were not synced all, none, a beginning, or zeros of their length come back; names
come back as far as they were made, in their order. Between two calls that matter (sync, link, rename, unlink, mkdir)
all writes count as one. The disk under test is a real one: it is looked at before and after each such call.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias
from unittest import mock

import obstore

Inode: TypeAlias = int
Names: TypeAlias = dict[Inode, dict[str, Inode]]

_CALLS: Final = ("link", "rename", "replace", "unlink", "mkdir", "rmdir", "fsync")


@dataclass(frozen=True, slots=True)
class Tree:
    """All that stands below a folder."""

    root: Inode
    names: Names
    data: dict[Inode, bytes]

    @classmethod
    def of(cls, root: Path) -> Tree:
        """As it stands now."""
        names: Names = {}
        data: dict[Inode, bytes] = {}
        for folder, folders, files in os.walk(root):
            here = names.setdefault(Path(folder).stat().st_ino, {})
            for name in (*folders, *files):
                path = Path(folder, name)
                status = path.stat()
                here[name] = status.st_ino
                if stat.S_ISREG(status.st_mode):
                    data[status.st_ino] = path.read_bytes()
        return cls(root.stat().st_ino, names, data)

    def put(self, place: Path) -> None:
        """Make it stand at ``place``, which is not there yet."""
        self._put(self.root, place)

    def _put(self, folder: Inode, place: Path) -> None:
        place.mkdir(mode=0o700)
        for name, inode in self.names.get(folder, {}).items():
            if inode in self.data:
                (place / name).write_bytes(self.data[inode])
            else:
                self._put(inode, place / name)


Change: TypeAlias = "tuple[Inode, str, Inode | None]"
"""In a folder, a name: the inode that it is of from then on, None where it went."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One moment: what is on the disk for good, and what was done since."""

    after: str
    settled: Tree
    steps: tuple[tuple[Change, ...], ...]
    """Of names, in their order; those of one call together."""
    written: dict[Inode, bytes]
    """Bytes that nobody forced to the disk."""

    def survivors(self, chance: random.Random) -> Iterator[Tree]:
        """As many steps as there are, each with bytes lost, come back, torn and zeroed, and one drawn."""
        for many in range(len(self.steps) + 1):
            names = {folder: dict(held) for folder, held in self.settled.names.items()}
            for step in self.steps[:many]:
                _apply(names, step)
            for come_back in (*_WAYS, None):
                data = dict(self.settled.data)
                for inode, new in self.written.items():
                    way = come_back or chance.choice(_WAYS)
                    data[inode] = way(data.get(inode, b""), new, chance)
                yield Tree(self.settled.root, names, data)


def _apply(names: Names, step: tuple[Change, ...]) -> None:
    for folder, name, inode in step:
        if inode is None:
            names.setdefault(folder, {}).pop(name, None)
        else:
            names.setdefault(folder, {})[name] = inode


def _lost(old: bytes, _new: bytes, _chance: random.Random) -> bytes:
    return old


def _came_back(_old: bytes, new: bytes, _chance: random.Random) -> bytes:
    return new


def _torn(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """A beginning of what was written."""
    at = chance.randint(*_written(old, new))
    return new[:at] + old[at:]


def _zeroed(old: bytes, new: bytes, _chance: random.Random) -> bytes:
    """Its length, and not its bytes."""
    begin, end = _written(old, new)
    return new[:begin] + bytes(end - begin) + new[end:]


def _written(old: bytes, new: bytes) -> tuple[int, int]:
    """From where to where something else stands now: what was there before, and was not written, is not at stake."""
    begin = next((at for at in range(min(len(old), len(new))) if old[at] != new[at]), min(len(old), len(new)))
    end = len(new)
    while len(old) == len(new) and end > begin and old[end - 1] == new[end - 1]:
        end -= 1
    return begin, end


_WAYS: Final[tuple[Callable[[bytes, bytes, random.Random], bytes], ...]] = (_lost, _came_back, _torn, _zeroed)


@dataclass
class Recorded:
    """What is done below ``root`` meanwhile."""

    root: Path
    loses: str = ""
    """``files`` or ``folders``: of a disk that forgets what was forced to it. With it a test can be seen to fail."""
    _cuts: list[Cut] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._seen = Tree.of(self.root)
        self._settled = self._seen
        self._steps: list[tuple[Change, ...]] = []
        for name in _CALLS:
            self._stack.enter_context(mock.patch.object(os, name, self._noticed(name, getattr(os, name))))
        self._stack.enter_context(mock.patch.object(obstore, "rename", self._noticed("rename", obstore.rename)))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()
        self._look("the end")

    def cuts(self) -> list[Cut]:
        """Before and after each call, and at the end."""
        return self._cuts

    def _noticed(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self._look(f"before {name}")
            synced = os.fstat(given[0]).st_ino if name == "fsync" else None
            answer = plain(*given, **named)
            if synced is not None and self.loses != ("files" if synced in self._seen.data else "folders"):
                self._settle(synced)
            self._look(f"after {name}")
            return answer

        return call

    def _look(self, after: str) -> None:
        now = Tree.of(self.root)
        step = tuple(_changes(self._seen.names, now.names))
        if step:
            self._steps.append(step)
        self._seen = now
        written = {inode: data for inode, data in now.data.items() if self._settled.data.get(inode) != data}
        self._cuts.append(Cut(after, self._settled, tuple(self._steps), written))

    def _settle(self, inode: Inode) -> None:
        names = {folder: dict(held) for folder, held in self._settled.names.items()}
        data = dict(self._settled.data)
        if inode in self._seen.data:
            data[inode] = self._seen.data[inode]
        else:
            names[inode] = dict(self._seen.names.get(inode, {}))
            rest = (tuple(change for change in step if change[0] != inode) for step in self._steps)
            self._steps = [step for step in rest if step]
        self._settled = Tree(self._settled.root, names, data)


def _changes(before: Names, after: Names) -> Iterator[Change]:
    for folder in sorted({*before, *after}):
        old, new = before.get(folder, {}), after.get(folder, {})
        yield from ((folder, name, inode) for name, inode in new.items() if old.get(name) != inode)
        yield from ((folder, name, None) for name in old if name not in new)
