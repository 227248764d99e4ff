"""The one exception to "written once and never again": a package whose case is erased by statute (adr/0017).

    store.destroy(sha256)        at each location: its bytes are overwritten where they can be, then its name goes

Nothing calls that but retention/sweeping.py, under an entry that keeps the package's SHA-256. Overwriting is for a disk
that writes in place. A solid-state disk, a copy-on-write file system, a bucket with versions and a backup keep what
they keep: what lies there is sealed to the desk's keys, and docs/spec/keys.md says what follows from that.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from safehand.durable import Step, sync_file, sync_folder
from safehand.errors import CannotWrite

_AT_ONCE: Final = 1 << 20


def overwrite_and_unlink(path: Path) -> bool:
    """Zeros over every byte of a file, on the disk, then away with its name. False where there is none. CannotWrite."""
    try:
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, _AT_ONCE)))
            file.flush()
            sync_file(file.fileno(), Step.DESTROY_OVERWRITTEN)
        path.unlink()
        sync_folder(path.parent, Step.DESTROY_FOLDER_SYNCED)
    except FileNotFoundError:
        return False
    except OSError as err:
        raise CannotWrite(
            "A file of an erased case could not be taken away.", where=path.name, todo="It is tried again."
        ) from err
    return True
