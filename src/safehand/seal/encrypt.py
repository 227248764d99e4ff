"""Encryption and decryption with age, by way of a child process (age_child.py).

    with Encrypting(desk.recipients, file) as sink:      bytes in, FILE.safehand out
        sink.write(b"…")
    sink.result.sha256

    with Decrypting(package, identity) as source:        FILE.safehand in, bytes out
        source.stream.read(…)                            believed only after
    source.result.outcome                                says done

Any age program opens what is written here; the header names no one. Recipients are X25519: "docs/spec/package.md, The
outside" says how that may change.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Final, Self

from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.seal.age_child import Outcome

if sys.platform == "linux":
    import fcntl

_CHILD: Final = "safehand.seal.age_child"
_PIPE: Final = 1 << 20  # bytes in flight between the two processes: fewer switches between them


@dataclass(frozen=True, slots=True)
class Result:
    """What the child told at its end."""

    outcome: Outcome
    sha256: str = ""
    """Of the encrypted side."""
    size: int = 0
    errno: int = 0


class _Child:
    """A running age_child. It is always waited for, and killed when its parent leaves early."""

    def __init__(self, arguments: Sequence[str], stdin: int | BinaryIO, stdout: int | BinaryIO) -> None:
        # -P: the current folder is the holder's or an officer's; nothing in it may pass for a module of ours.
        command = [sys.executable, "-P", "-m", _CHILD, *arguments]
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
        )

    def wait(self) -> Result:
        """Read the line it tells, once its work is done."""
        process = self.process
        told = process.stderr.read() if process.stderr else b""
        process.wait()
        self.close()
        try:
            value = json.loads(told.splitlines()[-1])
            return Result(
                Outcome(value["outcome"]), value.get("sha256", ""), value.get("size", 0), value.get("errno", 0)
            )
        except (IndexError, KeyError, TypeError, ValueError):
            # Killed by the system, or unable to start: nothing of what it gave is believed.
            return Result(Outcome.CANNOT_READ)

    def close(self) -> None:
        """End it, and close what is open."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                _close(stream)


class Encrypting:
    """Encrypts what is written to it into an open file. ``finish`` once all is written; without it nothing counts."""

    def __init__(self, recipients: Sequence[str], out: int, where: str) -> None:
        self._where = where
        self._child = _Child(["encrypt", *recipients], subprocess.PIPE, out)
        stdin = self._child.process.stdin
        if stdin is None:
            raise AssertionError("the child has no standard input")
        self._handle = stdin.fileno()
        _widen(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.close()

    def write(self, piece: bytes) -> None:
        """The next bytes of the tar. CannotWrite as soon as the disk takes no more."""
        view = memoryview(piece)
        try:
            while view:
                view = view[os.write(self._handle, view) :]
        except BrokenPipeError:
            self._raise(self._child.wait())

    def finish(self) -> Result:
        """The hash and size of the whole file, once it is on the disk."""
        if self._child.process.stdin is not None:
            _close(self._child.process.stdin)
        result = self._child.wait()
        if result.outcome is not Outcome.DONE:
            self._raise(result)
        return result

    def _raise(self, result: Result) -> None:
        if result.outcome is Outcome.BAD_KEY:
            raise UsageError("The desk's key is not one that age can encrypt to.", where=self._where)
        reason = os.strerror(result.errno) if result.errno else "The program that encrypts ended early."
        raise CannotWrite("The package could not be written.", where=self._where, todo=f"{reason}. Nothing was left.")


class Decrypting:
    """Decrypts a package as it is read. ``finish`` says whether what was read may be believed."""

    def __init__(self, package: Path, identity: Path) -> None:
        self._where = str(package)
        try:
            with package.open("rb") as file:
                self._child = _Child(["decrypt", str(identity)], file, subprocess.PIPE)
        except OSError as err:
            raise CannotRead("The package cannot be opened.", where=self._where, todo=err.strerror or "") from err
        stdout = self._child.process.stdout
        if stdout is None:
            raise AssertionError("the child has no standard output")
        self.stream: IO[bytes] = stdout
        _widen(stdout.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._child.close()

    def finish(self) -> Result:
        """How it went, once the stream was read to its end. CannotRead when the disk, not the package, failed."""
        result = self._child.wait()
        if result.outcome in (Outcome.CANNOT_READ, Outcome.CANNOT_WRITE, Outcome.BAD_KEY):
            reason = os.strerror(result.errno) if result.errno else "The program that decrypts ended early"
            raise CannotRead("The package could not be read to its end.", where=self._where, todo=f"{reason}.")
        return result


def _close(stream: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):  # the child is gone, and what it did not take does not matter any more
        stream.close()


def _widen(handle: int) -> None:
    """Let more bytes wait in a pipe, where the system can (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # over this account's limit for pipes: the default works too
            fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, _PIPE)
