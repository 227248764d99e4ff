"""Taking an urgent notice: sealed in memory, and on the disk before anybody is told that it arrived.

    parcel = send_notice(notice, once=form_token)

The same form sent twice (a reload, a second press, a line that broke before the answer came) is one notice: what is
remembered for an hour is a hash of its contents with the form's own token, which is kept nowhere.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.state import State
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.models import Parcel, ParcelKind
from safehand.seal.notice import Notice, format_notice
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

_REMEMBERED: Final = 3600
"""Seconds in which the same form is known again."""


def send_notice(notice: Notice, *, once: str, clock: Clock = system_clock) -> Parcel:
    """Seal and keep it. SafehandError when that cannot be done: then nothing may be told to have arrived."""
    state: State = settings.STATE
    desk = load_desk_public(state.desk_public)
    same = f"notice.{_hash_of(notice, once)}" if once else ""
    known = Parcel.objects.filter(pk=cache.get(same)).first() if same else None
    if known is not None:
        return known
    parcel = keep_parcel(ParcelKind.NOTICE, parcel_store().keep([seal_notice(notice, desk)]), clock=clock)
    if same:
        with suppress(DatabaseError):  # the notice is kept: that it could not be remembered must not undo that
            cache.set(same, parcel.pk, _REMEMBERED)
    return parcel


def parcel_of(key: str) -> Parcel | None:
    """The notice of this id, for whoever sent it: how far it is, and nothing else."""
    return Parcel.objects.filter(pk=key, kind=ParcelKind.NOTICE).first()


def _hash_of(notice: Notice, once: str) -> str:
    # Without the moment of sending: a second press comes a second later.
    said = format_notice(Notice("1970-01-01T00:00:00Z", notice.answers))
    return hashlib.sha256(once.encode() + b"\n" + said).hexdigest()
