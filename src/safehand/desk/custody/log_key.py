"""The key that signs a desk's custody log, and what the log is called.

    log_key(state)          made when there is none yet and nothing was signed: keys/log.signkey
    origin_of(key)          safehand-desk-5f3a0c2b41d69e07/custody
    keys_at(state, origin, size)      whose signatures a checkpoint of this size must bear

It signs checkpoints (docs/spec/log.md) and nothing else, so that no signature of one kind can be passed off as one of
the other. A log is called by its first key for as long as it is there: no address or unit's name has to stay the same.
Another key may take its place (renewing_log_key.py): both sign the checkpoint at which it does.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.desk.core.state import State, write_private
from safehand.desk.custody.destroying import overwrite_and_unlink
from safehand.desk.custody.models import LogKeyEnded
from safehand.durable import Step, passed, sync_folder
from safehand.errors import CannotRead
from safehand.log.policy import NONE, Listed, Policy, format_policy
from safehand.log.vkey import Kind, VerifierKey, parse_vkey
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


def put_in_place(state: State) -> None:
    """The next key, once it is written down that it is: a desk that was stopped meanwhile goes on here.

    In the queue in which entries are made (``in_turn``): two that did it at once could take each other's key away.
    """
    waiting = next_key(state)
    if not waiting.exists():
        return
    ended = LogKeyEnded.objects.order_by("-size").first()
    public = load_signing_key(waiting).public_key().public_bytes_raw()
    if ended is None or parse_vkey(ended.next_vkey).public != public:
        return  # it was never written down, and signed nothing
    old = state.log_signing.with_name(f"{state.log_signing.name}.old")
    if state.log_signing.exists():
        state.log_signing.rename(old)
        passed(Step.KEY_NAMED)
    waiting.rename(state.log_signing)
    passed(Step.KEY_NAMED)
    sync_folder(state.keys, Step.KEY_FOLDER_SYNCED)
    overwrite_and_unlink(old)


def next_key(state: State) -> Path:
    """Where the next key lies until it is in place."""
    return state.log_signing.with_name(f"{state.log_signing.name}.next")


def keys_at(state: State, origin: str, size: int) -> tuple[VerifierKey, ...]:
    """The key that signs at this size; both, where one took the other's place. CannotRead when the key is gone."""
    for ended in LogKeyEnded.objects.filter(size__gte=size).order_by("size")[:1]:
        both = parse_vkey(ended.vkey), parse_vkey(ended.next_vkey)
        return both if ended.size == size else both[:1]
    return every_key(state, origin)[:1]


def every_key(state: State, origin: str) -> tuple[VerifierKey, ...]:
    """The key of now, and those before it, the newest first. CannotRead when the key is gone."""
    ended = list(LogKeyEnded.objects.order_by("-size"))
    now = parse_vkey(ended[0].next_vkey) if ended else verifier_of(log_key(state, may_be_new=False), origin)
    return (now, *(parse_vkey(each.vkey) for each in ended))


def signs_now(state: State, key: VerifierKey) -> bool:
    """Is this the key that lies here, or that is about to? CannotRead when none does."""
    paths = [path for path in (state.log_signing, next_key(state)) if path.exists()]
    lie_here = [load_signing_key(path).public_key().public_bytes_raw() for path in paths]
    return key.public in (lie_here or [log_key(state, may_be_new=False).public_key().public_bytes_raw()])


def policy_of(state: State, origin: str) -> str:
    """The policy with which this log is believed, and no witness is asked for (c2sp.org/tlog-policy)."""
    keys = tuple(Listed(key) for key in every_key(state, origin))
    return format_policy(Policy(keys, {}, {}, NONE)).decode()
