"""age, in a process of its own: standard input to standard output, and one line about it on standard error.

    python -P -m safehand.seal.age_child encrypt age1… age1…  < package.tar > package
    {"outcome":"done","sha256":"…","size":73216}

    python -P -m safehand.seal.age_child decrypt desk.agekey  < package > package.tar
    {"outcome":"wrong_key"}

pyrage holds the interpreter's lock for as long as it works, and it gives out plaintext before it has seen the end
(tech.md 1). In here nothing waits for the lock, and whoever reads our output believes none of it before the line says
``done``. Nothing else of Safehand is imported, so that it starts in a blink.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pyrage

BUFFER: Final = 1 << 18  # pyrage reads and writes 8 KiB at a time; the system is asked less often

_NO_KEY: Final = "No matching keys found"  # pyrage gives one error for all; a test holds the words
_SECRET: Final = "AGE-SECRET-KEY-1"  # noqa: S105  how the line begins


class Outcome(StrEnum):
    """How it went."""

    DONE = "done"
    WRONG_KEY = "wrong_key"
    CHANGED = "changed"
    """The header or a later part is not what was encrypted, or the end is missing."""
    CANNOT_READ = "cannot_read"
    CANNOT_WRITE = "cannot_write"
    BAD_KEY = "bad_key"


class _Hashed(io.FileIO):
    """Standard input or output, hashed and counted as it goes by; it keeps the error the system gave."""

    def __init__(self, handle: int, mode: str) -> None:
        super().__init__(handle, mode, closefd=False)
        self.digest = hashlib.sha256()
        self.size = 0
        self.error: OSError | None = None

    def readinto(self, buffer: Any) -> int:
        try:
            count = super().readinto(buffer) or 0
        except OSError as err:
            self.error = err
            raise
        self._count(memoryview(buffer)[:count])
        return count

    def write(self, data: Any) -> int:
        try:
            count = super().write(data) or 0
        except OSError as err:
            self.error = err
            raise
        self._count(memoryview(data)[:count])
        return count

    def _count(self, data: memoryview) -> None:
        self.digest.update(data)
        self.size += len(data)


def main(arguments: list[str]) -> int:
    """Do what the first argument says, tell how it went, and give an exit code for people who look."""
    told: dict[str, str | int]
    match arguments:
        case ["encrypt", *recipients] if recipients:
            told = _encrypt(recipients)
        case ["decrypt", identity]:
            told = _decrypt(Path(identity))
        case _:
            told = {"outcome": Outcome.BAD_KEY}
    sys.stderr.write(json.dumps(told) + "\n")
    return 0 if told["outcome"] == Outcome.DONE else 1


def _encrypt(recipients: list[str]) -> dict[str, str | int]:
    try:
        keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    except pyrage.RecipientError:
        return {"outcome": Outcome.BAD_KEY}
    source, sink = _Hashed(0, "rb"), _Hashed(1, "wb")
    writer = io.BufferedWriter(sink, BUFFER)
    try:
        pyrage.encrypt_io(io.BufferedReader(source, BUFFER), writer, keys)
        writer.flush()
    except (pyrage.EncryptError, OSError) as err:
        return _system_error(source, sink, err)
    return {"outcome": Outcome.DONE, "sha256": sink.digest.hexdigest(), "size": sink.size}


def _decrypt(identity: Path) -> dict[str, str | int]:
    try:
        # The parent has read the file with more care (signing/age_identity.py); here it is only found again.
        secrets = [line for line in identity.read_text("ascii").split() if line.startswith(_SECRET)]
        keys = [pyrage.x25519.Identity.from_str(secret) for secret in secrets]
    except (OSError, ValueError, pyrage.IdentityError):
        return {"outcome": Outcome.BAD_KEY}
    source, sink = _Hashed(0, "rb"), _Hashed(1, "wb")
    reader, writer = io.BufferedReader(source, BUFFER), io.BufferedWriter(sink, BUFFER)
    told: dict[str, str | int] = {"outcome": Outcome.DONE}
    try:
        pyrage.decrypt_io(reader, writer, keys)
    except pyrage.DecryptError as err:
        told = {"outcome": Outcome.WRONG_KEY if str(err) == _NO_KEY else Outcome.CHANGED}
    except OSError:
        told = {"outcome": Outcome.CHANGED}
    try:
        # What was decrypted so far is whole: it tells the reader how far the package is good.
        writer.flush()
        while reader.read(BUFFER):
            pass  # the hash is of the whole file, whatever happened
    except OSError as err:
        return _system_error(source, sink, err)
    if source.error is not None or sink.error is not None:
        return _system_error(source, sink, source.error)
    return {**told, "sha256": source.digest.hexdigest(), "size": source.size}


def _system_error(source: _Hashed, sink: _Hashed, error: Exception | None) -> dict[str, str | int]:
    outcome = Outcome.CANNOT_READ if source.error is not None else Outcome.CANNOT_WRITE
    found = source.error or sink.error or error
    return {"outcome": outcome, "errno": (found.errno or 0) if isinstance(found, OSError) else 0}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
