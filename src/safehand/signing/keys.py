"""A desk's keys: four files that age and OpenSSH read as their own.

    desk.agekey       opens packages                   age key file, secret
    desk.signkey      signs for the desk               OpenSSH private key, secret
    recovery.agekey   opens packages too: kept offline age key file, secret
    desk.pub          what holders seal to             age recipients file, public:

        # safehand desk key, format 1
        # unit: Allotment Road Unit
        # created: 2026-11-22T10:00:00Z
        # signing key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG…
        # fingerprint: K7QM-2D9X-TR4B-08HN-3W2A
        # desk
        age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj
        # recovery, kept offline
        age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg

``age -R desk.pub`` encrypts to both keys. A holder who got desk.pub by any way reads the fingerprint to the unit over
the phone before sealing to it. The format is docs/spec/package.md, "desk.pub".
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.durable import Step, passed, sync_file, sync_folder
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.signing.age_identity import (
    AgeIdentity,
    format_identity,
    is_recipient,
    parse_identities,
    parse_identity,
)
from safehand.signing.clock import Clock, seconds_now, utc_text
from safehand.signing.fingerprint import fingerprint_of
from safehand.signing.holder import format_private_key, parse_holder_key
from safehand.signing.trust import MalformedKey, format_public_key, parse_public_key

if sys.platform != "win32":
    import fcntl

DESK_IDENTITY: Final = "desk.agekey"
DESK_SIGNING: Final = "desk.signkey"
DESK_PUBLIC: Final = "desk.pub"
_UNFINISHED: Final = ".safehand-unfinished-"
RECOVERY_IDENTITY: Final = "recovery.agekey"

LONGEST_UNIT: Final = 100
"""Characters a unit's name may have: one line on a screen and on the phone."""

_LONGEST_FILE: Final = 32 * 1024  # a hundred identities, each with two lines about it
_FORMAT: Final = "# safehand desk key, format 1\n"
_LINES: Final = re.compile(
    re.escape(_FORMAT) + r"# unit: (?P<unit>[^\n]+)\n"
    r"# created: (?P<created>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)\n"
    r"# signing key: (?P<signing>[^\n]+)\n"
    r"# fingerprint: [^\n]+\n"
    r"# desk\n(?P<desk>[^\n]+)\n"
    r"# recovery, kept offline\n(?P<recovery>[^\n]+)\n",
)


@dataclass(frozen=True, slots=True)
class DeskPublic:
    """What a holder seals to. Always two age keys: the desk's, and one kept offline in case the desk's is lost."""

    unit: str
    created: str
    """RFC 3339, UTC, whole seconds."""
    signing_key: str
    """``ssh-ed25519 AAAA…``: what the desk signs with."""
    desk: str
    recovery: str

    @property
    def recipients(self) -> tuple[str, str]:
        """The age keys, desk first."""
        return (self.desk, self.recovery)

    @property
    def fingerprint(self) -> str:
        """To be read over the phone: it stands for all three keys."""
        return fingerprint_of(f"safehand-desk/1\n{self.desk}\n{self.recovery}\n{self.signing_key}\n".encode())


def format_desk_public(desk: DeskPublic) -> str:
    """The file desk.pub. The inverse of parse_desk_public."""
    return (
        f"{_FORMAT}# unit: {desk.unit}\n# created: {desk.created}\n# signing key: {desk.signing_key}\n"
        f"# fingerprint: {desk.fingerprint}\n# desk\n{desk.desk}\n# recovery, kept offline\n{desk.recovery}\n"
    )


def parse_desk_public(text: str, *, where: str = "") -> DeskPublic:
    """Read desk.pub back: only what format_desk_public writes is accepted."""
    found = _LINES.fullmatch(text)
    if found is None:
        raise _not_desk_public(where)
    desk = DeskPublic(found["unit"], found["created"], found["signing"], found["desk"], found["recovery"])
    try:
        parse_public_key(desk.signing_key)
        _check_unit(desk.unit)
    except (MalformedKey, UsageError) as err:
        raise _not_desk_public(where) from err
    # Comparing the whole text also checks the fingerprint that the file claims for itself.
    if not all(map(is_recipient, desk.recipients)) or desk.desk == desk.recovery or format_desk_public(desk) != text:
        raise _not_desk_public(where)
    return desk


def load_desk_public(path: Path) -> DeskPublic:
    """The desk's public file at ``path``."""
    data = _read_small(path)
    try:
        return parse_desk_public(data.decode("utf-8"), where=str(path))
    except UnicodeDecodeError as err:
        raise _not_desk_public(str(path)) from err


def load_identity(path: Path) -> AgeIdentity:
    """The age key at ``path``: desk.agekey or recovery.agekey."""
    data = _read_small(path)
    try:
        return parse_identity(data.decode("ascii"), where=str(path))
    except UnicodeDecodeError as err:
        raise CannotRead("This is not an age key file.", where=str(path)) from err


def load_identities(path: Path) -> tuple[AgeIdentity, ...]:
    """Every age key at ``path``, the newest first: a desk.agekey that was renewed holds several."""
    data = _read_small(path)
    try:
        return parse_identities(data.decode("ascii"), where=str(path))
    except UnicodeDecodeError as err:
        raise CannotRead("This is not an age key file.", where=str(path)) from err


def load_signing_key(path: Path) -> Ed25519PrivateKey:
    """The key at ``path`` that signs for the desk: desk.signkey."""
    return parse_holder_key(_read_small(path), where=str(path)).private


def new_desk_keys(
    directory: Path, unit: str, *, clock: Clock, random: Callable[[int], bytes] = secrets.token_bytes
) -> DeskPublic:
    """Make a desk's four key files in ``directory``, readable by their owner alone. Nothing is ever overwritten."""
    _check_unit(unit)
    created = utc_text(seconds_now(clock))
    desk, recovery = AgeIdentity(random(32)), AgeIdentity(random(32))
    signing = Ed25519PrivateKey.from_private_bytes(random(32))
    public = DeskPublic(
        unit, created, format_public_key(signing.public_key().public_bytes_raw()), desk.recipient, recovery.recipient
    )
    _write_all(
        directory,
        {
            DESK_IDENTITY: (format_identity(desk, created).encode(), 0o600),
            DESK_SIGNING: (format_private_key(signing), 0o600),
            RECOVERY_IDENTITY: (format_identity(recovery, created).encode(), 0o600),
            DESK_PUBLIC: (format_desk_public(public).encode(), 0o644),
        },
    )
    return public


def take_away_unfinished(directory: Path) -> None:
    """What a killed run left in ``directory``: copies of secret keys, and keys that were named before desk.pub was, to
    which nobody can have sealed. A run that is still going holds a lock on its own.
    """
    for hidden in directory.glob(f"{_UNFINISHED}*"):
        with contextlib.suppress(OSError), _alone(hidden):
            if not (directory / DESK_PUBLIC).exists():
                for made in hidden.iterdir():
                    path = directory / made.name
                    if path.exists() and path.samefile(made):
                        path.unlink()
            shutil.rmtree(hidden)


@contextlib.contextmanager
def _alone(hidden: Path) -> Iterator[None]:
    """Hold the lock of a run. BlockingIOError while another does."""
    if sys.platform == "win32":  # desks make keys, and holders' machines make none here
        yield
        return
    handle = os.open(hidden, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _write_all(directory: Path, files: dict[str, tuple[bytes, int]]) -> None:
    """Write them all or none, desk.pub last: nobody seals to a key of which the secret half was lost."""
    made = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    kept: list[Path] = []
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        take_away_unfinished(directory)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=directory) as hidden, _alone(Path(hidden)):
            for name, (data, mode) in files.items():
                _write(Path(hidden, name), data, mode)
            for name in files:
                _keep(Path(hidden, name), directory / name)
                kept.append(directory / name)
        for folder in {directory, *(new.parent for new in made)}:
            sync_folder(folder, Step.KEY_FOLDER_SYNCED)
    except BaseException as err:
        for path in kept:
            path.unlink(missing_ok=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(err, FileExistsError):
            raise CannotWrite(
                "Keys already stand here; they are never overwritten.",
                where=str(err.filename),
                todo="Choose an empty folder. Packages sealed to the old keys can be opened with the old keys alone.",
            ) from err
        if isinstance(err, OSError):
            reason = err.strerror or "The disk does not say why"
            raise CannotWrite(
                "The keys could not be written.", where=str(directory), todo=f"{reason}. Nothing was left."
            ) from err
        raise


def _write(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        sync_file(handle, Step.KEY_SYNCED)


def _keep(hidden: Path, path: Path) -> None:
    """Give a file its name. A link refuses what is there in one step; not every disk has links."""
    try:
        os.link(hidden, path)
    except OSError as err:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from err
        hidden.rename(path)
    passed(Step.KEY_NAMED)


def _check_unit(unit: str) -> None:
    printable = all(unicodedata.category(char)[0] != "C" and char not in "\u2028\u2029" for char in unit)
    if not printable or unit != unit.strip() or not 0 < len(unit) <= LONGEST_UNIT:
        raise UsageError(
            f"A unit's name is one line of 1 to {LONGEST_UNIT} characters.", todo="Give the name as --name."
        )


def _read_small(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST_FILE + 1)
    except OSError as err:
        raise CannotRead("The key file cannot be opened.", where=str(path), todo=err.strerror or "") from err
    if len(data) > _LONGEST_FILE:
        raise CannotRead(f"A key file has at most {_LONGEST_FILE} bytes.", where=str(path))
    return data


def _not_desk_public(where: str) -> CannotRead:
    return CannotRead(
        "This is not a desk.pub as 'safehand keys new' writes it.",
        where=where,
        todo="Ask the unit for the file again, and compare its fingerprint over the phone.",
    )
