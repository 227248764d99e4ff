"""Opening (signatures first; bodies follow)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safehand.seal.report import Report
from safehand.seal.statement import Statement
from safehand.seal.write import Progress
from safehand.sources.contract import Capture


@dataclass(frozen=True, slots=True)
class TimestampFile:
    """An RFC 3161 token, and the certificates of the authorities that are trusted to make one."""

    token: Path
    authorities: Path


def verify_package(
    package: Path,
    identity: Path,
    *,
    holder: str | None = None,
    timestamp: TimestampFile | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a package without writing anything. ``holder``: the ``ssh-ed25519 …`` key expected, from a receipt."""
    raise NotImplementedError


def unseal_package(
    package: Path,
    identity: Path,
    directory: Path,
    *,
    holder: str | None = None,
    timestamp: TimestampFile | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check and unpack: ``directory`` holds bag/ and signature/ when the report passed, and is not there otherwise."""
    raise NotImplementedError


def capture_of_bag(directory: Path, statement: Statement) -> Capture:
    """What an unsealed package holds, for the readers: ids as ``data/0001.txt``, names as the platform gave them."""
    raise NotImplementedError
