"""The key that signs a desk's custody log, and what the log is called.

    log_key(state)          made when there is none yet and nothing was signed: keys/log.signkey
    origin_of(key)          safehand-desk-5f3a0c2b41d69e07/custody

It signs checkpoints (docs/spec/log.md) and nothing else, so that no signature of one kind can be passed off as one of
the other. A log is called by its first key for as long as it is there: no address or unit's name has to stay the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.desk.core.state import State, write_private
from safehand.errors import CannotRead
from safehand.log.policy import NONE, Listed, Policy, format_policy
from safehand.log.vkey import Kind, VerifierKey
from safehand.signing.holder import format_private_key
from safehand.signing.keys import load_signing_key


def log_key(
    state: State, *, may_be_new: bool, random: Callable[[int], bytes] = secrets.token_bytes
) -> Ed25519PrivateKey:
    """The key. Made when it ``may_be_new``; otherwise CannotRead when it is gone."""
    if state.log_signing.exists():
        return load_signing_key(state.log_signing)
    if not may_be_new:
        raise CannotRead(
            "The key that signs the custody log is gone.",
            where=str(state.log_signing),
            todo="Bring it back from the backup. Another key would begin another log.",
        )
    key = Ed25519PrivateKey.from_private_bytes(random(32))
    write_private(state.log_signing, format_private_key(key))
    return key


def origin_of(key: Ed25519PrivateKey) -> str:
    """What a log is called that begins with this key."""
    return f"safehand-desk-{hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]}/custody"


def verifier_of(key: Ed25519PrivateKey, origin: str) -> VerifierKey:
    """The public half, as it stands in a policy."""
    return VerifierKey(origin, Kind.ED25519, key.public_key().public_bytes_raw())


def policy_of(state: State, origin: str) -> str:
    """The policy with which this log is believed, and no witness is asked for (c2sp.org/tlog-policy)."""
    key = verifier_of(log_key(state, may_be_new=False), origin)
    return format_policy(Policy((Listed(key),), {}, {}, NONE)).decode()
