"""The unit's authority of timestamps (RFC 3161), read strictly: a desk that could never be stamped does not start.

authority("SAFEHAND_TIMESTAMPS")     "http://tsa.example/tsr /etc/safehand/tsa.pem"; None where it is not set
"""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from safehand.errors import UsageError

CERTIFICATE: Final = re.compile(r"-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?")
_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class Authority:
    """Where it is asked, and the file of the certificates that it is believed by."""

    address: str
    certificates: Path


def authority(name: str) -> Authority | None:
    """The two words of the variable. UsageError where either is none."""
    said = os.environ.get(name, "")
    if not said:
        return None
    try:
        words = shlex.split(said)
    except ValueError as err:
        raise UsageError(f"{name} has a quotation mark that does not end.") from err
    if len(words) != _WORDS or not _is_address(words[0]):
        raise UsageError(
            f"{name} names no authority.",
            todo="Write its address, a space, and the whole path of the file with its certificates.",
        )
    path = Path(words[1])
    try:
        text = path.read_text("ascii") if path.is_absolute() else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    if CERTIFICATE.search(text) is None:
        raise UsageError(
            f"{name} names no file of certificates that this desk can read.",
            todo="Write its whole path. It holds the authority's root and what lies between, as PEM.",
        )
    return Authority(words[0], path)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
