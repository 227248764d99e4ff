"""A witness as a folder: its key, whose logs it looks at, what it saw last of each, and what it caught.

    witness.signkey         secret                              read by OpenSSH too
    witness.vkey            to be given to those who are to believe it
    policy.txt              the logs (c2sp.org/tlog-policy); its own to write
    seen/5f3a…/checkpoint   the largest checkpoint it signed of a log, under the SHA-256 of the log's origin
    split-views/9b1d….json  two things that one log signed and that cannot both be (log/split_view.py)

A request is answered under a lock of the folder, and what was seen is on the disk before the answer is given: two that
are answered at once, by two processes too, never let a log be taken back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import CannotRead, CannotWrite
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.note import Note, format_note, parse_note
from safehand.log.policy import Policy, parse_policy
from safehand.log.split_view import format_split_view
from safehand.log.vkey import Kind, VerifierKey, format_vkey, parse_vkey
from safehand.log.whole_file import sync_all, write_whole
from safehand.log.witness import Answer, Witness, answer, checkpoint_path
from safehand.signing.holder import format_private_key
from safehand.signing.keys import load_signing_key

_KEY: Final = "witness.signkey"
_VKEY: Final = "witness.vkey"
_POLICY: Final = "policy.txt"
_SEEN: Final = "seen"
_CAUGHT: Final = "split-views"


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of a request."""

    answered: Answer
    evidence: Path | None = None
    """Where a split view was put, when one was caught."""


class WitnessFolder:
    """One witness."""

    def __init__(self, folder: Path) -> None:
        """``folder`` was made by ``new_witness``."""
        self._folder = folder

    @property
    def vkey(self) -> VerifierKey:
        """Its public half, with its name."""
        return parse_vkey(self._text(_VKEY).removesuffix("\n"), where=str(self._folder / _VKEY))

    def answer(self, body: bytes, seconds: int) -> Caught:
        """Answer a request at ``seconds`` since 1970, and keep what has to be kept. CannotRead, CannotWrite."""
        witness = self._witness()
        with self._alone():
            seen = {origin: note for origin in witness.logs if (note := self._seen(origin)) is not None}
            answered = answer(body, seen, witness, seconds)
            try:
                if answered.seen is not None:
                    origin = parse_checkpoint(answered.seen.text).origin
                    self._keep(self._path(origin), format_note(answered.seen).encode())
                return Caught(answered, self._caught(answered))
            except OSError as err:
                raise CannotWrite(
                    "What was seen could not be kept. Nothing was signed.", where=str(self._folder)
                ) from err

    def checkpoint(self, path: str) -> str | None:
        """What monitors read there (witness.checkpoint_path); None where nothing is."""
        for origin in self._witness().logs:
            if checkpoint_path(origin) == path:
                note = self._seen(origin)
                return format_note(note) if note is not None else None
        return None

    def _witness(self) -> Witness:
        vkey = self.vkey
        key = load_signing_key(self._folder / _KEY)
        if key.public_key().public_bytes_raw() != vkey.public:
            raise CannotRead("The witness's two keys do not belong together.", where=str(self._folder))
        logs: dict[str, tuple[VerifierKey, ...]] = {}
        for listed in self._policy().logs:
            logs[listed.key.name] = (*logs.get(listed.key.name, ()), listed.key)
        return Witness(vkey.name, key, logs)

    def _policy(self) -> Policy:
        path = self._folder / _POLICY
        return parse_policy(self._text(_POLICY).encode("utf-8", "surrogateescape"), where=str(path))

    def _path(self, origin: str) -> Path:
        return self._folder / _SEEN / checkpoint_path(origin)

    def _seen(self, origin: str) -> Note | None:
        path = self._path(origin)
        return parse_note(self._text(str(path.relative_to(self._folder)))) if path.exists() else None

    def _caught(self, answered: Answer) -> Path | None:
        if answered.evidence is None:
            return None
        data = format_split_view(answered.evidence)
        path = self._folder / _CAUGHT / f"{hashlib.sha256(data).hexdigest()}.json"
        self._keep(path, data)
        return path

    def _keep(self, path: Path, data: bytes) -> None:
        sync_all(write_whole(path, data))

    def _text(self, name: str) -> str:
        path = self._folder / name
        try:
            return path.read_bytes().decode("utf-8", "surrogateescape")
        except OSError as err:
            raise CannotRead(
                "A file of the witness cannot be read.",
                where=str(path),
                todo=err.strerror or "",
            ) from err

    @contextmanager
    def _alone(self) -> Iterator[None]:
        import fcntl  # noqa: PLC0415  a witness is a server; a holder's Windows has none

        try:
            handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as err:
            raise CannotWrite("The witness's folder cannot be written to.", where=str(self._folder)) from err
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def new_witness(folder: Path, name: str, random: Callable[[int], bytes]) -> VerifierKey:
    """Make one, that believes no log yet. CannotWrite when something stands there already; UsageError for its name."""
    key = Ed25519PrivateKey.from_private_bytes(random(32))
    vkey = VerifierKey(name, Kind.COSIGNATURE, key.public_key().public_bytes_raw())
    try:
        folder.mkdir(mode=0o700, parents=True)
        changed = write_whole(folder / _KEY, format_private_key(key), 0o600)
        changed |= write_whole(folder / _POLICY, _EXAMPLE)
        changed |= write_whole(folder / _VKEY, f"{format_vkey(vkey)}\n".encode())
        sync_all({*changed, folder.absolute().parent})
    except FileExistsError as err:
        raise CannotWrite("Something stands here already.", where=str(folder), todo="Choose a new folder.") from err
    except OSError as err:
        raise CannotWrite("The witness could not be made.", where=str(folder), todo=err.strerror or "") from err
    return vkey


_EXAMPLE: Final = b"""# The logs that this witness looks at, one a line, with the key that their owners gave out:
# log safehand-desk-5f3a0c2b41d69e07/custody+0b8d1c2e+AdemF...
quorum none
"""
