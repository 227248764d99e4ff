"""Opening a package: verify it, and unpack it when it passed.

    report = verify_package(Path("allotment.safehand"), Path("desk.agekey"))        writes nothing
    report = unseal_package(Path("allotment.safehand"), Path("desk.agekey"), Path("opened"))
    report.raise_if_failed()

The plaintext streams from the child that decrypts (encrypt.py) through the checks (walk.py, verify.py). Unpacking, it
lies under another name until every step has passed, and is taken away otherwise: nobody ever reads from a folder that
was not wholly checked. Memory does not grow with the package.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safehand.durable import Step, sync_file
from safehand.errors import CannotRead, SafehandError
from safehand.model.digest import sha256_of_stream
from safehand.seal.age_child import Outcome
from safehand.seal.age_header import LONGEST, AgeHeader, Kind, read_header
from safehand.seal.encrypt import Decrypting, Result
from safehand.seal.layout import BAG, FIRST, PAYLOAD_NAME, STATEMENT
from safehand.seal.report import Code, Report
from safehand.seal.statement import parse_statement
from safehand.seal.tar import tar_size
from safehand.seal.timestamp import check_timestamp, load_token
from safehand.seal.verify import Opened, Stamp, Stamped, verify
from safehand.seal.walk import Sink, Walk, content_of, walk
from safehand.seal.whole import WholeFolder, writing
from safehand.seal.write import Progress
from safehand.signing.keys import load_identities

STAMP_ENDING: Final = ".tsr"
"""A timestamp stands beside FILE.safehand as FILE.safehand.tsr."""


@dataclass(frozen=True, slots=True)
class TimestampFile:
    """An RFC 3161 token, and the certificates (PEM) of the authorities that are trusted to make one."""

    token: Path
    authorities: Path | None


def verify_package(
    package: Path,
    identity: Path,
    *,
    holder: str | None = None,
    timestamp: TimestampFile | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a package without writing anything. ``holder``: the ``ssh-ed25519 …`` key expected, from a receipt.

    The report says everything about the package. CannotRead is about this machine: no such file, no age key.
    """
    return _check(package, identity, None, holder, timestamp, progress)


def unseal_package(
    package: Path,
    identity: Path,
    directory: Path,
    *,
    holder: str | None = None,
    timestamp: TimestampFile | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check and unpack: ``directory`` holds bag/ and signature/ when the report passed, and is not there otherwise.

    CannotWrite when ``directory`` exists and is not empty, or when the disk is full.
    """
    with WholeFolder(directory) as folder:
        sink = _Unpacking(folder.hidden)
        try:
            report = _check(package, identity, sink, holder, timestamp, progress)
        finally:
            sink.close()
        if report.passed:
            folder.keep()
    return report


def _check(
    package: Path,
    identity: Path,
    sink: Sink | None,
    holder: str | None,
    timestamp: TimestampFile | None,
    progress: Progress | None,
) -> Report:
    load_identities(identity)
    stamp = _stamp(package, timestamp)
    header, size = _header(package)
    if header.kind is not Kind.PACKAGE:
        code = Code.NEWER_ENCRYPTION if header.kind is Kind.NEWER else Code.NOT_A_PACKAGE
        return verify(Opened(code, _hash(package)), Walk((), ended=False))
    seen = 0

    def count(more: int) -> None:
        nonlocal seen
        seen += more
        if progress is not None:
            progress(min(seen, size), size)

    with Decrypting(package, identity) as source:
        walked = walk(source.stream, sink, count)
        result = source.finish()
    opened = Opened(_problem(result, walked, header), result.sha256 or None)
    return verify(opened, walked, holder=holder, stamp=stamp)


def _header(package: Path) -> tuple[AgeHeader, int]:
    try:
        with package.open("rb") as file:
            return read_header(file.read(LONGEST)), os.fstat(file.fileno()).st_size
    except OSError as err:
        raise CannotRead("The package cannot be opened.", where=str(package), todo=err.strerror or "") from err


def _hash(package: Path) -> str:
    try:
        with package.open("rb") as file:
            return sha256_of_stream(file)[0]
    except OSError as err:
        raise CannotRead("The package cannot be read.", where=str(package), todo=err.strerror or "") from err


def _problem(result: Result, walked: Walk, header: AgeHeader) -> Code | None:
    match result.outcome:
        case Outcome.DONE:
            return None
        case Outcome.WRONG_KEY:
            return Code.WRONG_KEY
        case _:
            expected = _expected_size(walked, header)
            return Code.CUT_SHORT if expected is not None and result.size < expected else Code.PACKAGE_CHANGED


def _expected_size(walked: Walk, header: AgeHeader) -> int | None:
    """How long the whole package was, when enough of it could be read to know."""
    members = {member.name: member for member in walked.members}
    if not all(name in members for name in FIRST):
        return None
    try:
        items = parse_statement(content_of(members, STATEMENT)).items
    except SafehandError:
        return None
    sizes = [*(members[name].size for name in FIRST), *(item.size for item in items)]
    return header.package_size(tar_size(sizes))


def _stamp(package: Path, timestamp: TimestampFile | None) -> Stamp | None:
    beside = package.with_name(package.name + STAMP_ENDING)
    if timestamp is None and not beside.exists():
        return None
    authorities = timestamp.authorities if timestamp is not None else None
    if authorities is None:
        return lambda _: Stamped(not_checked="No authority's certificates were given to check the timestamp with.")
    if not authorities.is_file():
        raise CannotRead("The authorities' certificates cannot be opened.", where=str(authorities))
    token = load_token(timestamp.token if timestamp is not None else beside)
    return lambda statement: check_timestamp(token, authorities, statement)


class _Unpacking:
    """Writes members where their names say, and only names that Safehand writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    def begin(self, name: str) -> None:
        """Open a new file for ``name``; for any other name, or one that came before, what follows is let go."""
        self.close()
        known = name in FIRST or PAYLOAD_NAME.fullmatch(name.removeprefix(BAG)) is not None
        path = self._folder / name
        with writing(path):
            if known and not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)

    def write(self, piece: bytes) -> None:
        """The next bytes."""
        if self._handle >= 0:
            with writing(self._folder):
                view = memoryview(piece)
                while view:
                    view = view[os.write(self._handle, view) :]

    def end(self) -> None:
        """The file is whole: make it last."""
        if self._handle >= 0:
            with writing(self._folder):
                sync_file(self._handle, Step.VERIFY_UNPACKED)
        self.close()

    def close(self) -> None:
        """Close what is open."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
