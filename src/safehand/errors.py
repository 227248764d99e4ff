"""Everything that can go wrong, as a tree.

    SafehandError                     what was found, where, and what to do next; each class has a code
    ├── UsageError                    the call itself is wrong                             exit 2
    │   └── OutsideItsTime            no message is from when an offence was in force       (desk/points/choosing.py)
    ├── CheckFailed                   a hash, a seal or a signature does not match         exit 3
    │   ├── WrongKey                  sealed for another desk, or the key file is another's
    │   ├── NotAcknowledged           a receipt that this desk did not sign   (seal/acknowledgement.py)
    │   ├── ProofFails                a proof does not lead to the root that was signed      (log/check.py)
    │   ├── NotSigned                 nobody who is believed signed it                        (log/note.py)
    │   ├── NotCommitted              a leaf of a log is of another entry                     (log/commitment.py)
    │   ├── TileMissing               a tile that a log must have is not there, or is cut     (log/tiled.py)
    │   ├── TileChanged               a tile that was signed for would be written otherwise   (log/tile_folder.py)
    │   ├── BackupDamaged             something in a backup is not what it was       (desk/backup/manifest.py)
    │   ├── OlderBackup               a checkpoint in hand is later than the backup   (desk/backup/placing.py)
    │   ├── OtherLogPublished         what is published is no beginning of this log  (desk/custody/publishing.py)
    │   ├── EdgeChanged               what is kept of a log is not what it signed last        (log/growing.py)
    │   ├── PackageDamaged            cut, changed or not a package
    │   └── PackageFromTheFuture      a newer format version: not damage
    ├── CannotRead                    the input could not be read                          exit 4
    │   ├── NotRecognised             nothing we know
    │   ├── KnownButNotRead           we know what it is, and do not read it (yet)
    │   ├── NotWhatItClaims           it says it is X and is not
    │   ├── WordListMissing           the built list of words that rules need      (analysis/indicators/lists.py)
    │   ├── ArchiveRefused            a ZIP that is unsafe to open, with the limit it broke
    │   ├── Gone                      a package is not where it must be             (desk/custody/evidence_store.py)
    │   ├── LocationAway              the second location of packages is not there           (desk/custody/folder.py)
    │   ├── NodeAway                  the public node does not answer        (desk/intake/parcel_source.py)
    │   │   └── NodeRefused           … or will not have one thing           (desk/intake/parcel_source.py)
    │   ├── CaseErased                a case whose key was destroyed                       (desk/cases/opening.py)
    │   └── CaseNotReady              a case whose package is still being read             (desk/cases/opening.py)
    ├── CannotWrite                   disk full, read-only, already there                  exit 4
    │   ├── TooLarge                  more bytes than this desk takes               (desk/custody/evidence_store.py)
    │   └── NotRecorded               the custody entry could not be written: nothing done (desk/custody/actions.py)
    └── NotAllowed                    this officer may not                                 exit 6
        └── OnHold                    a case that a legal hold keeps is not erased     (desk/retention/erasing.py)

An error never carries message text, a name or a handle: it says *where* (a file by its own path as the user gave
it, a byte position, a step) and the reader looks there. Exit codes: docs/guides/command-line.md.
"""

from __future__ import annotations

from typing import ClassVar


class SafehandError(Exception):
    """The root. ``str(error)`` is one or two plain sentences: what was found, and what to do next."""

    code: ClassVar[str] = "unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, found: str, *, where: str = "", todo: str = "") -> None:
        """Say what was ``found``, ``where`` (a file, a place in it, a step) and what the reader may do (``todo``)."""
        super().__init__(found)
        self.found = found
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.found}{' ' + self.todo if self.todo else ''}"


class UsageError(SafehandError):
    """The call itself is wrong."""

    code = "usage"
    exit_code = 2


class CheckFailed(SafehandError):
    """A hash, a seal or a signature does not match what it stands for."""

    code = "check_failed"
    exit_code = 3


class WrongKey(CheckFailed):
    """The package is sealed for another key than the one given."""

    code = "wrong_key"


class PackageDamaged(CheckFailed):
    """The package was cut short or changed, or never was one."""

    code = "package_damaged"


class PackageFromTheFuture(CheckFailed):
    """The package is of a newer format than this version reads. It is not damaged."""

    code = "package_from_the_future"


class CannotRead(SafehandError):
    """The input could not be read."""

    code = "cannot_read"
    exit_code = 4


class NotRecognised(CannotRead):
    """The file is nothing we know."""

    code = "not_recognised"


class WordListMissing(CannotRead):
    """The list of words that some indicators rest on was not built, or is damaged."""

    code = "word_list_missing"


class KnownButNotRead(CannotRead):
    """We know what this is, and this version does not read it."""

    code = "known_but_not_read"


class NotWhatItClaims(CannotRead):
    """It has the marks of a form we read, and breaks that form's rules."""

    code = "not_what_it_claims"


class ArchiveRefused(CannotRead):
    """An archive that is not safe to open; ``found`` names the limit or rule it broke."""

    code = "archive_refused"


class CannotWrite(SafehandError):
    """The output could not be written. No half-written file was left."""

    code = "cannot_write"
    exit_code = 4


class NotAllowed(SafehandError):
    """This officer may not do this."""

    code = "not_allowed"
    exit_code = 6
