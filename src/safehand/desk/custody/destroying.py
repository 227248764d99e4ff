"""The one exception to "written once and never again": a package whose case is erased by statute (adr/0017).

    destroy(store, sha256)       its bytes are overwritten, then its name goes; False where it was gone already

Nothing calls it but retention/sweeping.py, under an entry that keeps the package's SHA-256. Overwriting is done for the
disk that writes in place. A solid-state disk, a copy-on-write file system and a backup keep what they keep: what lies
there is sealed to the desk's keys, and docs/spec/keys.md says what follows from that.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.errors import CannotWrite

_AT_ONCE: Final = 1 << 20


def destroy(store: EvidenceStore, sha256: str) -> bool:
    """Take a package out of the evidence store for good. CannotWrite where the disk will not."""
    return overwrite_and_unlink(store.path(sha256))


def overwrite_and_unlink(path: Path) -> bool:
    """Zeros over every byte of a file, on the disk, then away with its name. False where there is none."""
    try:
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, _AT_ONCE)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)
    except FileNotFoundError:
        return False
    except OSError as err:
        raise CannotWrite(
            "A file of an erased case could not be taken away.", where=path.name, todo="It is tried again."
        ) from err
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
