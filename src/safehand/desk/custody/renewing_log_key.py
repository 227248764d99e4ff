"""Another key for the custody log: the old one and the new sign one checkpoint, and from then on the new signs alone.

    signed = renew_log_key("desk:shell", state)        a checkpoint with two signatures: lodge that one

Who believes the old key sees by that checkpoint whose the next one is; the policy of a desk lists both
(docs/spec/log.md, "Another key"). That it was done is an entry, the last before the change. The old secret is taken off
the disk: it could otherwise sign another log under the same name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.state import State, write_private
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.log_key import log_key, next_key, put_in_place, verifier_of
from safehand.desk.custody.models import LogKeyEnded
from safehand.desk.custody.signed_log import SignedLog, newest, sign_log
from safehand.durable import Step
from safehand.errors import UsageError
from safehand.log.vkey import format_vkey
from safehand.model.digest import sha256_of
from safehand.signing.holder import format_private_key


def renew_log_key(
    actor: str,
    state: State,
    *,
    clock: Clock = system_clock,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> SignedLog:
    """UsageError for a log that was never signed; CannotRead where its key is gone; EdgeChanged as sign_log."""
    with recorded():
        in_turn()
        put_in_place(state)
        last = newest()
        if last is None:
            raise UsageError("The custody log was not signed yet.", todo="Its key is made when it is.")
        old, new = log_key(state, may_be_new=False), Ed25519PrivateKey.from_private_bytes(random(32))
        was, now = (verifier_of(key, last.checkpoint.origin) for key in (old, new))
        said = {"was": sha256_of(was.public), "now": sha256_of(now.public)}
        record(Verb.LOG_KEY_RENEWED, actor=actor, record="log", details={**said}, clock=clock)
        signed = sign_log(state, clock=clock, also=new)
        LogKeyEnded(vkey=format_vkey(was), next_vkey=format_vkey(now), size=signed.checkpoint.size, at=clock()).save()
        next_key(state).unlink(missing_ok=True)
        write_private(next_key(state), format_private_key(new))
    with committed(Step.APPEND_SIGNED):
        in_turn()
        put_in_place(state)
    return signed
