"""RFC 3161 timestamps: proof by an outside authority that a statement existed at a moment.

    request = timestamp_request(statement)                what an authority is sent: a hash, nothing else
    token = fetch(request, url)                           timestamp_http.py; the only module that speaks to a network
    check_timestamp(token, authorities, statement)        Stamped(moment="2026-11-22T10:03:11Z")

The token is of statement.json, which names the hash of every file, and is kept beside the package
(``FILE.safehand.tsr``): the package itself is never written again. No package needs one. The judge is
``openssl ts -verify``, because it is what an expert has (tech.md 3): it is told the moment that the token itself names,
or a good token would fail once its authority's certificate has expired.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from safehand.errors import CannotRead
from safehand.model.digest import sha256_of
from safehand.seal.verify import Stamped

_LONGEST: Final = 1 << 20  # a token with a long chain has some ten kilobytes
_TIMEOUT: Final = 30  # seconds: openssl needs some milliseconds

_MOMENT: Final = re.compile(r"^Time stamp: (.+)$", re.MULTILINE)


def timestamp_request(statement: bytes) -> bytes:
    """The request for a timestamp of ``statement`` (DER): its SHA-256, a nonce, and the wish for certificates."""
    return (
        TimestampRequestBuilder()
        .data(statement)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
        .as_bytes()
    )


def check_timestamp(token: bytes, authorities: Path, statement: bytes) -> Stamped:
    """Ask ``openssl`` whether ``token`` is of ``statement`` by an authority whose certificate is in ``authorities``."""
    moment = stamped_moment(token)
    if moment is None:
        return Stamped(problem="The timestamp cannot be read.")
    asked = ["-verify", "-digest", sha256_of(statement), "-CAfile", str(authorities)]
    found = _openssl(token, [*asked, "-attime", str(int(moment.timestamp()))])
    if found.returncode != 0:
        return Stamped(problem="The timestamp is not of this statement by an authority that was given.")
    return Stamped(moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))


def stamped_moment(token: bytes) -> datetime | None:
    """The moment that a token names for itself, in whole seconds; None when openssl cannot read it. Proves nothing."""
    told = _openssl(token, ["-reply", "-text"])
    found = _MOMENT.search(told.stdout.decode("utf-8", "replace")) if told.returncode == 0 else None
    if found is None:
        return None
    text = re.sub(r"\.\d+", "", found[1])  # fractions of a second, where an authority gives them
    try:
        return datetime.strptime(text, "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


def load_token(path: Path) -> bytes:
    """The token at ``path``."""
    try:
        with path.open("rb") as file:
            token = file.read(_LONGEST + 1)
    except OSError as err:
        raise CannotRead("The timestamp cannot be opened.", where=str(path), todo=err.strerror or "") from err
    if len(token) > _LONGEST:
        raise CannotRead(f"A timestamp has at most {_LONGEST} bytes.", where=str(path))
    return token


def _openssl(token: bytes, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    with tempfile.NamedTemporaryFile(suffix=".tsr") as file:
        file.write(token)
        file.flush()
        try:
            return subprocess.run(
                ["openssl", "ts", *arguments, "-in", file.name],
                capture_output=True,
                check=False,
                timeout=_TIMEOUT,
                stdin=subprocess.DEVNULL,
                env=_english(),
            )
        except FileNotFoundError as err:
            raise CannotRead("openssl is not on this machine.", todo="Install it to check timestamps.") from err
        except subprocess.TimeoutExpired as err:
            raise CannotRead("openssl did not come to an end.", where="the timestamp") from err


def _english() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
