"""Taking a parcel in, part by part: cut off at any point, nothing is lost and nothing doubled (docs/spec/handover.md).

    begun = begin_upload(size)                  a place for it, the page's key, a check code
    put_part(begun.id, key, 1, sha256, data)    on the disk when this returns; as often as anybody likes
    finish_upload(begun.id, key, parts, whole)  whole and waiting for the desk, or which parts are missing
    upload_state(begun.id, key)                 which parts are here; and once the desk has it, what it signed

Until the desk has looked at it, nothing here is more than sealed bytes: kept apart, counted, and read by nobody.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from django.db import transaction

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.state import State
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.codes import hash_of_code
from safehand.desk.handover.models import Coming, Parcel, ParcelKind, ParcelState
from safehand.desk.handover.parts import Parts
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.desk.handover.store import KeptParcel
from safehand.errors import CannotWrite, NotRecognised
from safehand.model.digest import sha256_of, sha256_of_stream
from safehand.model.instant import MICRO
from safehand.seal.check_code import new_check_code

log = logging.getLogger("safehand.desk.handover")

_Kept = TypeVar("_Kept")

PATIENCE: Final = 24 * 3600
"""Seconds after the last part in which the next may come: a closed lid, a night."""

RESERVE: Final = 256 << 20
"""Bytes of the disk that are left free: the database, and urgent notices, go on when packages have no room."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the page is given, once."""

    coming: Coming
    key: str
    check_code: str | None
    """None where it adds to what was sent before: that code stays."""


def begin_upload(
    size: int,
    follows: Parcel | None = None,
    *,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Begun:
    """A place for ``size`` bytes. ``follows`` is what it adds to (codes.open_by_code)."""
    if size < 1:
        raise Refused(Refusal.EMPTY)
    if size > settings.LARGEST_PACKAGE:
        raise Refused(Refusal.TOO_LARGE, largest=settings.LARGEST_PACKAGE)
    if not has_room_for(size):
        raise Refused(Refusal.DISK_FULL)
    key = f"{random_bits(256):064x}"
    code = new_check_code(random_bits) if follows is None else None
    with transaction.atomic():
        coming = Coming.objects.create(
            id=f"{random_bits(128):032x}",
            key_hash=sha256_of(key.encode()),
            size=size,
            begun_at=moment(clock()),
            check_code_hash=hash_of_code(code) if code is not None else "",
            follows=follows,
        )
        _keeping(lambda: parts_of(coming).make())
    return Begun(coming, key, code)


def put_part(upload: str, key: str, number: int, sha256: str, data: bytes) -> bool:
    """Keep one part. False when it was here before, or the parcel is whole already."""
    coming = _open(upload, key)
    if coming.parcel is not None:
        return False
    if not has_room_for(len(data)):
        raise Refused(Refusal.DISK_FULL)
    return _keeping(lambda: parts_of(coming).put(number, sha256, data))


def finish_upload(upload: str, key: str, parts: Sequence[str], whole: str, *, clock: Clock = system_clock) -> Coming:
    """It is whole: it waits for the desk from now on. Asked again, also while it is being done, the same answer."""
    coming = _open(upload, key)
    if coming.parcel is None:
        with parts_of(coming).alone():
            coming = _open(upload, key)
            if coming.parcel is None:
                return _put_together(coming, parts, whole, clock)
    if coming.parcel.sha256 != whole:
        raise Refused(Refusal.WHOLE_DAMAGED)
    return coming


def _put_together(coming: Coming, parts: Sequence[str], whole: str, clock: Clock) -> Coming:
    came = parts_of(coming)
    _check_parts(came, parts)
    coming.parcel = _keeping(lambda: _become_parcel(coming, came, whole, clock))
    Coming.objects.filter(pk=coming.pk).update(parcel=coming.parcel)
    came.wipe()
    return coming


def upload_state(upload: str, key: str) -> tuple[Coming, list[int]]:
    """The row, and the numbers of the parts that are here."""
    coming = _open(upload, key)
    return coming, [] if coming.parcel is not None else list(parts_of(coming).have())


def expire_unfinished(clock: Clock = system_clock) -> int:
    """Take away what nobody went on with for a day. How many there were. A chore of the workers."""
    now = clock()
    gone = 0
    for coming in Coming.objects.filter(parcel=None, begun_at__lt=moment(now - PATIENCE * MICRO)):
        parts = parts_of(coming)
        if parts.folder.exists() and now - parts.touched() < PATIENCE * MICRO:
            continue
        parts.wipe()
        gone += coming.delete()[0]
    gone += _wipe_unknown(now) + _wipe_without_a_row(now)
    if gone:
        log.info("%s that nobody went on with for a day taken away", gone)
    return gone


def parts_of(coming: Coming) -> Parts:
    """Where its bytes are."""
    return Parts(parcel_store().coming / coming.pk, coming.size, settings.HANDOVER_PART)


def has_room_for(size: int) -> bool:
    """Is there room on the disk for it now? Nothing is promised: whoever begins much and sends little takes no room."""
    state: State = settings.STATE
    return shutil.disk_usage(state.handover).free - RESERVE >= size


def _wipe_unknown(now: int) -> int:
    """What lies there for a day without a row: the machine stopped between the one and the other."""
    known = set(Coming.objects.filter(parcel=None).values_list("pk", flat=True))
    left = [path for path in parcel_store().coming.iterdir() if path.name not in known]
    old = [path for path in left if _is_old(path, now)]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)


def _wipe_without_a_row(now: int) -> int:
    """Parcels in their place for a day that nobody waits for: no row was made, or the desk has them."""
    old = [path for path in parcel_store().places() if _is_old(path, now)]
    waited = Parcel.objects.filter(state=ParcelState.WAITING, sha256__in=[path.name for path in old])
    known = set(waited.values_list("sha256", flat=True))
    left = [path for path in old if path.name not in known]
    for path in left:
        if _is_old(path, now):  # still: the same bytes may have come again meanwhile
            path.unlink(missing_ok=True)
    return len(left)


def _is_old(path: Path, now: int) -> bool:
    """Did nobody touch it for a day? What is gone meanwhile is not."""
    try:
        return now - path.stat().st_mtime_ns // 1000 > PATIENCE * MICRO
    except FileNotFoundError:
        return False


def _check_parts(came: Parts, parts: Sequence[str]) -> None:
    have = came.have()
    missing = [number for number in range(1, came.number + 1) if number not in have]
    if missing:
        raise Refused(Refusal.PARTS_MISSING, missing=missing[:1000])
    if list(have.values()) != list(parts):
        raise Refused(Refusal.WHOLE_DAMAGED)


def _become_parcel(coming: Coming, came: Parts, whole: str, clock: Clock) -> Parcel:
    store = parcel_store()
    # When the machine stopped between the rename and the row, the file is in its place already.
    if came.file.exists():
        with came.file.open("rb") as stream:
            if sha256_of_stream(stream) != (whole, coming.size):
                raise Refused(Refusal.WHOLE_DAMAGED)
        store.adopt(came.file)
    elif not _is_in_place(store.path(whole), coming.size) and not Parcel.objects.filter(sha256=whole).exists():
        raise Refused(Refusal.WHOLE_DAMAGED)
    kept = KeptParcel(whole, coming.size, new=True)
    parcel = keep_parcel(
        ParcelKind.PACKAGE, kept, check_code_hash=coming.check_code_hash, follows=coming.follows, clock=clock
    )
    if parcel.state == ParcelState.COLLECTED:
        store.forget(whole)  # the desk has these bytes from before
    return parcel


def _is_in_place(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _keeping(write: Callable[[], _Kept]) -> _Kept:
    """What the disk says when it will not have it, as an answer that says what to do."""
    try:
        return write()
    except NotRecognised as err:
        raise Refused(Refusal.NOT_SEALED) from err
    except (OSError, CannotWrite) as err:
        raise Refused(Refusal.CANNOT_KEEP) from err


def _open(upload: str, key: str) -> Coming:
    coming = Coming.objects.filter(pk=upload).select_related("parcel", "follows").first()
    if coming is None or not hmac.compare_digest(coming.key_hash, sha256_of(key.encode())):
        raise Refused(Refusal.NO_SUCH_PARCEL)
    return coming
