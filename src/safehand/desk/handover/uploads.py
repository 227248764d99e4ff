"""Taking a parcel in, part by part: cut off at any point, nothing is lost and nothing doubled (docs/spec/handover.md).

    begun = begin_upload(size, who)             a place for it, the page's key, a check code
    put_part(begun.id, key, 1, sha256, data)    on the disk when this returns; as often as anybody likes
    finish_upload(begun.id, key, parts, whole)  whole and waiting for the desk, or which parts are missing
    upload_state(begun.id, key)                 which parts are here; and once the desk has it, what it signed

Until the desk has looked at it, nothing here is more than sealed bytes: kept apart, counted, and read by nobody.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.codes import hash_of_code
from safehand.desk.handover.limits import of_bytes
from safehand.desk.handover.models import Coming, Parcel, ParcelKind, ParcelState
from safehand.desk.handover.parts import Parts
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.desk.handover.room import has_room_for
from safehand.desk.handover.store import KeptParcel
from safehand.durable import Step, passed
from safehand.errors import CannotWrite, NotRecognised
from safehand.model.digest import sha256_of, sha256_of_stream
from safehand.seal.check_code import new_check_code

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Begun:
    """What the page is given, once."""

    coming: Coming
    key: str
    check_code: str | None
    """None where it adds to what was sent before: that code stays."""


def begin_upload(
    size: int,
    who: str,
    follows: Parcel | None = None,
    *,
    clock: Clock = system_clock,
    random_bits: Callable[[int], int] = secrets.randbits,
) -> Begun:
    """A place for ``size`` bytes from the address counted as ``who``. ``follows`` is what it adds to (codes.py)."""
    if size < 1:
        raise Refused(Refusal.EMPTY)
    if size > settings.LARGEST_PACKAGE:
        raise Refused(Refusal.TOO_LARGE, largest=settings.LARGEST_PACKAGE)
    if not has_room_for(size):
        raise Refused(Refusal.DISK_FULL)
    if not of_bytes().allows(who, size):
        raise Refused(Refusal.TOO_OFTEN)
    key = f"{random_bits(256):064x}"
    code = new_check_code(random_bits) if follows is None else None
    with committed(Step.SENT_BEGUN):
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
    parts = parts_of(coming)
    new = _keeping(lambda: parts.put(number, sha256, data))
    if new:
        # All that lies there, and not this part alone: what a stop left uncounted is counted with the next.
        Coming.objects.filter(pk=coming.pk).update(received=sum(map(parts.length, parts.have())))
        passed(Step.SENT_PART_COUNTED)
    return new


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
    passed(Step.SENT_WHOLE)
    came.wipe()
    return coming


def upload_state(upload: str, key: str) -> tuple[Coming, list[int]]:
    """The row, and the numbers of the parts that are here."""
    coming = _open(upload, key)
    return coming, [] if coming.parcel is not None else list(parts_of(coming).have())


def parts_of(coming: Coming) -> Parts:
    """Where its bytes are."""
    return Parts(parcel_store().coming / coming.pk, coming.size, settings.HANDOVER_PART)


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
