"""Packages for tests: fixed keys, a fixed clock, a fixed machine, so that every byte of the tar is known beforehand."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyrage

from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers
from safehand.seal.machine import Machine
from safehand.seal.report import Report
from safehand.seal.verify import Opened, Stamp, verify
from safehand.seal.walk import walk
from safehand.seal.write import Prepared, package_pieces, prepare, seal
from safehand.signing.holder import HolderKey, new_holder_key
from safehand.signing.keys import DeskPublic, new_desk_keys

CHAT = "09/01/2026, 22:27 - Priya: The allotment gate is open\n09/01/2026, 22:28 - Sam: Football is at ten\n"
MACHINE = Machine("Linux 6.1", "Europe/London", "safehand", "0.1.0")
ANSWERS = b'[urgent]\nchild_in_danger = "no"\nmeeting_planned = false\n\n[images]\npresent = "no"\n'


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def fixed(value: int) -> HolderKey:
    return new_holder_key(lambda size: bytes([value]) * size)


def desk_in(folder: Path) -> DeskPublic:
    count = iter(range(1, 100))
    return new_desk_keys(folder, "Allotment Road Unit", clock=noon, random=lambda size: bytes([next(count)]) * size)


def answers(toml: bytes = ANSWERS) -> Answers:
    return dont_know_the_rest(parse_answers(toml))


def write_chat(folder: Path, text: str = CHAT, name: str = "_chat.txt") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def prepared_from(paths: Sequence[Path], toml: bytes = ANSWERS) -> Prepared:
    return prepare(paths, answers(toml), clock=noon, machine=MACHINE)


def tar_of(prepared: Prepared, signer: HolderKey | None = None) -> bytes:
    return b"".join(package_pieces(prepared, signer or fixed(7), lambda _: None))


def checked(tar: bytes, *, holder: str | None = None, stamp: Stamp | None = None) -> Report:
    """The report on a tar that came out of its package whole."""
    return verify(Opened(None), walk(io.BytesIO(tar)), holder=holder, stamp=stamp)


@dataclass(frozen=True)
class Sealed:
    """A package, its desk's keys, and the tar that is in it."""

    folder: Path
    package: Path
    identity: Path
    desk: DeskPublic
    tar: bytes

    def again(self, tar: bytes, name: str = "changed.safehand") -> Path:
        """A package around another tar, encrypted to the same keys: what an outsider with desk.pub could make."""
        keys = [pyrage.x25519.Recipient.from_str(text) for text in self.desk.recipients]
        path = self.folder / name
        path.write_bytes(pyrage.encrypt(tar, keys))
        return path


def seal_in(folder: Path) -> Sealed:
    """A package of three small files."""
    export = folder / "export"
    paths = [write_chat(export), write_chat(export, "{}", "b.json"), write_chat(export, "more\n", "c.txt")]
    desk, package = desk_in(folder / "keys"), folder / "a.safehand"
    seal(paths, answers(), desk, package, clock=noon, signer=fixed(7), machine=MACHINE)
    return Sealed(folder, package, folder / "keys" / "desk.agekey", desk, tar_of(prepared_from(paths)))


def members(tar: bytes) -> Iterator[tuple[str, bytes]]:
    """Each file of a tar with its header and its padding."""
    at = 0
    while tar[at]:
        name = tar[at : at + 100].rstrip(b"\0").decode()
        size = int(tar[at + 124 : at + 135], 8)
        end = at + 512 + size + -size % 512
        yield name, tar[at:end]
        at = end


def tar_with(parts: list[bytes]) -> bytes:
    """A tar of such parts."""
    return b"".join(parts) + bytes(1024)
