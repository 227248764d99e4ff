"""Why a package was refused or stopped, in words for an officer: what happened, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.desk.cases.models import Package, PackageState
from safehand.desk.custody.evidence_store import Gone
from safehand.errors import (
    CannotRead,
    CannotWrite,
    CheckFailed,
    PackageDamaged,
    PackageFromTheFuture,
    SafehandError,
    WrongKey,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is the error's; the sentences say what happened and what to do."""

    code: str
    found: str
    todo: str


WORKER_DIED: Final = "worker_died"
UNEXPECTED: Final = SafehandError.code

_REFUSED: Final = {
    WrongKey.code: (
        "This package was sealed for another desk, or its first lines were changed.",
        "Ask the holder which unit's key it was sealed to, and compare the fingerprint over the phone.",
    ),
    PackageDamaged.code: (
        "This package does not match its seal.",
        "Ask the holder for the file again. Every problem found stands below, with the file it concerns.",
    ),
    PackageFromTheFuture.code: (
        "This package was made by a newer version of Safehand. It is not damaged.",
        "Ask whoever looks after this desk to update it, then try again.",
    ),
    CheckFailed.code: (
        "This package was not checked to its end.",
        "Ask the holder for the file again. Every problem found stands below, with the file it concerns.",
    ),
}
_STOPPED: Final = {
    CannotWrite.code: (
        "There was no room to write what was read. The disk of this desk may be full.",
        "Nothing is lost. Ask whoever looks after this desk to make room, then try again.",
    ),
    CannotRead.code: (
        "A file of this desk could not be read.",
        "Nothing is lost. Ask whoever looks after this desk to look at its log, then try again.",
    ),
    CheckFailed.code: (
        "The evidence store does not hold what was handed in.",
        "Bring the package back from the backup, or ask the holder for it again, and find out who could write there.",
    ),
    Gone.code: (
        "The package is not in the evidence store, and no second location has it.",
        "Bring the package back from the backup, or ask the holder for it again, and find out who could write there.",
    ),
    WORKER_DIED: (
        "The work on this package was cut off several times and was given up.",
        "Nothing is lost. Ask whoever looks after this desk whether it has enough memory, then try again.",
    ),
    UNEXPECTED: (
        "Something went wrong that Safehand did not expect.",
        "Nothing is lost. Ask whoever looks after this desk to look at its log, then try again.",
    ),
}


def reason_for(package: Package) -> Reason | None:
    """The reason, for a package that was refused or stopped."""
    match package.state:
        case PackageState.REFUSED:
            return Reason(package.why, *_REFUSED.get(package.why, _REFUSED[CheckFailed.code]))
        case PackageState.STOPPED:
            return Reason(package.why, *_STOPPED.get(package.why, _STOPPED[UNEXPECTED]))
        case _:
            return None
