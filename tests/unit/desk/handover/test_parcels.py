"""Parcels: kept whole and sealed or not at all, once, with nothing of them known to the node but their hash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.db import DatabaseError

from desk_cast import A_PACKAGE, NOW, clock
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.handover.actions import acknowledge_parcel, keep_parcel, parcel_store
from safehand.desk.handover.models import Parcel, ParcelKind, ParcelState
from safehand.desk.handover.store import ParcelStore
from safehand.errors import CannotWrite, NotRecognised, UsageError
from safehand.model.digest import sha256_of

pytestmark = pytest.mark.django_db


def files(state: State) -> list[Path]:
    return [path for path in state.handover.rglob("*") if path.is_file()]


def test_a_parcel_is_kept_as_it_came_and_nobody_may_write_to_it(desk_state: State) -> None:
    kept = parcel_store().keep([A_PACKAGE[:9], A_PACKAGE[9:]])
    assert (kept.sha256, kept.size, kept.new) == (sha256_of(A_PACKAGE), len(A_PACKAGE), True)
    assert parcel_store().path(kept.sha256).read_bytes() == A_PACKAGE
    assert files(desk_state) == [parcel_store().path(kept.sha256)]
    assert files(desk_state)[0].stat().st_mode & 0o777 == 0o400


def test_the_same_bytes_twice_are_one_parcel_with_one_reference(desk_state: State) -> None:
    one = keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([A_PACKAGE]), clock=clock)
    again = parcel_store().keep([A_PACKAGE])
    assert not again.new
    assert keep_parcel(ParcelKind.PACKAGE, again, clock=clock).reference == one.reference
    assert Parcel.objects.count() == 1
    assert len(files(desk_state)) == 1
    assert one.received_at == moment(NOW)


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v1", b"Dear desk, the beans are up.\n", b"PK\x03\x04"])
def test_what_is_not_sealed_is_not_kept(data: bytes, desk_state: State) -> None:
    with pytest.raises(NotRecognised):
        parcel_store().keep([data])
    assert files(desk_state) == []


def test_a_full_disk_leaves_nothing_and_says_so(desk_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safehand.desk.handover.store.os.fsync", full)
    with pytest.raises(CannotWrite):
        parcel_store().keep([A_PACKAGE])
    assert files(desk_state) == []


@pytest.mark.usefixtures("desk_state")
def test_a_database_that_cannot_write_says_that_nothing_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise DatabaseError("database or disk is full")

    kept = parcel_store().keep([A_PACKAGE])
    monkeypatch.setattr(Parcel.objects, "create", full)
    with pytest.raises(CannotWrite):
        keep_parcel(ParcelKind.NOTICE, kept)


@pytest.mark.usefixtures("desk_state")
def test_a_reference_that_is_drawn_twice_is_drawn_again() -> None:
    def sevens(bits: int) -> int:
        return draws.pop(0) & ((1 << bits) - 1)

    chance = random.Random(4)
    same = chance.getrandbits(40)
    draws = [1, same, 2, same, 3, chance.getrandbits(40)]
    one = keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([A_PACKAGE]), random_bits=sevens)
    other = keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([A_PACKAGE, b"."]), random_bits=sevens)
    assert one.reference != other.reference


def test_once_the_desk_has_it_the_bytes_are_gone_and_its_words_stay(desk_state: State) -> None:
    parcel = keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([A_PACKAGE]))
    acknowledge_parcel(parcel, b"signed")
    acknowledge_parcel(parcel, b"signed by somebody else")
    parcel.refresh_from_db()
    assert (parcel.state, bytes(parcel.acknowledgement)) == (ParcelState.COLLECTED, b"signed")
    assert files(desk_state) == []


def test_a_parcel_is_found_by_its_hash_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        ParcelStore(tmp_path).path("../desk.agekey")
