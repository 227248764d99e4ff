"""The folder in which the custody log is published, read strictly: a desk that could not write there does not start.

published("SAFEHAND_PUBLISH")      Path("/srv/log"); None where it is not set
"""

from __future__ import annotations

import os
from pathlib import Path

from safehand.errors import UsageError


def published(name: str) -> Path | None:
    """The folder. UsageError where there is none of this whole path that may be written to."""
    said = os.environ.get(name, "")
    if not said:
        return None
    path = Path(said)
    if not (path.is_absolute() and path.is_dir() and os.access(path, os.W_OK)):
        raise UsageError(
            f"{name} names no folder that this desk may write to.", todo="Make it, and write its whole path."
        )
    return path
