"""The witnesses that a desk asks, as a tlog-policy file, read strictly: a desk that could ask nobody does not start.

witnesses("SAFEHAND_WITNESSES")      /etc/safehand/witnesses.txt: lines of witnesses with their addresses, a quorum
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from safehand.errors import SafehandError, UsageError
from safehand.log.policy import Policy, parse_policy


def witnesses(name: str) -> Policy | None:
    """The policy; None where the variable is not set. UsageError for what is none, or says not where they are."""
    said = os.environ.get(name, "")
    if not said:
        return None
    try:
        policy = parse_policy(Path(said).read_bytes())
    except (OSError, SafehandError) as err:
        raise UsageError(
            f"{name} names no policy of witnesses that this desk can read.", todo="See c2sp.org/tlog-policy."
        ) from err
    if not policy.witnesses or not all(_is_address(one.url) for one in policy.witnesses.values()):
        raise UsageError(
            f"{name} names a policy that does not say where its witnesses are.",
            todo="Write each as: witness NAME KEY https://ADDRESS",
        )
    return policy


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
