"""Taking an urgent notice: sealed in memory, and on the disk before anybody is told that it arrived.

    sent = send_notice(notice, once=form_token)
    sent.parcel.reference, sent.check_code          SH-7K3M9QXAR, K7QM-2D9X-TR4B-08H3

The same form sent twice (a reload, a second press, a line that broke before the answer came) is one notice with one
check code: what is remembered for an hour is a hash of its contents with the form's own token, which is kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.state import State
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.codes import hash_of_code
from safehand.desk.handover.models import Parcel, ParcelKind
from safehand.errors import UsageError
from safehand.seal.check_code import format_check_code, new_check_code, parse_check_code
from safehand.seal.notice import Notice, format_notice
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

_REMEMBERED: Final = 3600
"""Seconds in which the same form is known again."""


@dataclass(frozen=True, slots=True)
class SentNotice:
    """What whoever sent it is given. ``check_code`` is as it is written down; None where it is not known any more."""

    parcel: Parcel
    check_code: str | None


def send_notice(
    notice: Notice,
    *,
    once: str,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> SentNotice:
    """Seal and keep it. SafehandError when that cannot be done: then nothing may be told to have arrived."""
    state: State = settings.STATE
    desk = load_desk_public(state.desk_public)
    same = _hash_of(notice, once) if once else ""
    code = new_check_code(lambda bits: _bits_of(same, bits)) if same else new_check_code(random_bits)
    hashed = hash_of_code(code)
    known = Parcel.objects.filter(pk=cache.get(f"notice.{same}")).first() if same else None
    if known is not None:
        return SentNotice(known, format_check_code(code) if known.check_code_hash == hashed else None)
    sealed = parcel_store().keep([seal_notice(notice, desk)])
    parcel = keep_parcel(ParcelKind.NOTICE, sealed, check_code_hash=hashed, clock=clock, random_bits=random_bits)
    if same:
        with suppress(DatabaseError):  # the notice is kept: that it could not be remembered must not undo that
            cache.set(f"notice.{same}", parcel.pk, _REMEMBERED)
    return SentNotice(parcel, format_check_code(code))


def code_of(parcel: Parcel, text: str) -> str | None:
    """The check code of this very parcel as it is written down, or None for any other."""
    try:
        code = parse_check_code(text)
    except UsageError:
        return None
    return format_check_code(code) if hmac.compare_digest(hash_of_code(code), parcel.check_code_hash) else None


def parcel_of(key: str) -> Parcel | None:
    """The notice of this id, for whoever sent it: how far it is, and nothing else."""
    return Parcel.objects.filter(pk=key, kind=ParcelKind.NOTICE).first()


def _bits_of(same: str, bits: int) -> int:
    # Chance to everybody but this node, and the same when the same form comes again: the code itself is kept nowhere.
    key = settings.SECRET_KEY.encode()
    drawn = hmac.new(key, b"safehand-notice-code/1\n" + same.encode("ascii"), hashlib.sha256).digest()
    return int.from_bytes(drawn, "big") >> (8 * len(drawn) - bits)


def _hash_of(notice: Notice, once: str) -> str:
    # Without the moment of sending: a second press comes a second later.
    said = format_notice(Notice("1970-01-01T00:00:00Z", notice.answers))
    return hashlib.sha256(once.encode() + b"\n" + said).hexdigest()
