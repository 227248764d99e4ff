"""What the desk cannot collect stays at the node, is said on the inbox, and keeps nothing else waiting."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import LOOKS_SEALED, NOW, Cast, clock, signed_in
from notices import least, notice
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody import evidence_store
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.models import Parcel, ParcelKind, ParcelState
from safehand.desk.handover.notices import send_notice
from safehand.desk.intake import collect as collecting
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.left import Left, left_now
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.notice_presenters import notice_rows
from safehand.desk.intake.parcel_source import Listed, NodeAway, Waiting
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.settings.places import Address
from safehand.desk.settings.roles import Role
from safehand.errors import CannotWrite
from safehand.model.instant import MICRO
from safehand.seal.acknowledgement import parse_signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_state")]


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def waits(data: bytes = b"a report", kind: ParcelKind = ParcelKind.PACKAGE) -> Parcel:
    return keep_parcel(kind, parcel_store().keep([LOOKS_SEALED, data]), clock=clock)


def room_for(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(evidence_store, "free_beyond_reserve", lambda _: size)


def queued() -> set[str]:
    return {task.args_kwargs["kwargs"]["parcel"] for task in DBTaskResult.objects.all()}


def inbox(cast: Cast) -> str:
    return str(signed_in(cast.charlie).get("/inbox/").content.decode())


# --- room ---


def test_a_desk_that_is_nearly_full_leaves_a_parcel_at_the_node_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = waits()
    room_for(monkeypatch, parcel.size - 1)
    assert look_for_parcels() == 0
    assert queued() == set()
    assert "1 parcel cannot be collected yet" in inbox(cast)
    assert "disk is nearly full" in inbox(cast)
    assert parcel_store().path(parcel.sha256).exists()
    parcel.refresh_from_db()
    assert (parcel.state, bytes(parcel.acknowledgement)) == (ParcelState.WAITING, b"")

    room_for(monkeypatch, parcel.size)
    assert look_for_parcels() == 1
    assert queued() == {parcel.pk}
    assert "cannot be collected" not in inbox(cast)


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_disk_that_fills_up_while_a_parcel_comes_keeps_its_reserve(
    desk_state: State, monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    parcel = waits(b"x" * 3_000)
    (waiting,) = ParcelsHere().waiting().parcels
    looks = iter([10_000] * (pieces - 1) + [0] * 100)
    monkeypatch.setattr("safehand.desk.intake.source_here._PIECE", 1_000)
    monkeypatch.setattr(evidence_store, "free_beyond_reserve", lambda _: next(looks))
    with pytest.raises(CannotWrite):
        collect(waiting, ParcelsHere())
    assert list(EvidenceStore(desk_state).names()) == []
    assert list(desk_state.uploads.iterdir()) == []
    assert not Arrival.objects.exists()
    assert parcel_store().path(parcel.sha256).exists()


def test_an_urgent_notice_is_collected_out_of_the_reserve(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    parcel = send_notice(notice(), once="", clock=clock).parcel
    waits()
    room_for(monkeypatch, -1)
    look_for_parcels(clock)
    assert [row.reference for row in notice_rows(cast.bob, clock)] == [parcel.reference]
    assert left_now() == Left(no_room=1)


def test_a_small_parcel_goes_before_a_large_one_that_has_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    waits(b"x" * 9_000)
    small = waits(b"x")
    room_for(monkeypatch, 5_000)
    assert look_for_parcels() == 1
    assert queued() == {small.pk}
    assert left_now().no_room == 1


def test_two_that_have_room_each_and_not_both_are_not_both_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = waits(b"x" * 3_000), waits(b"y" * 3_000)
    room_for(monkeypatch, 5_000)
    assert look_for_parcels() == 1
    assert look_for_parcels() == 0, "also while the first is under way"
    assert len(queued() & {first.pk, second.pk}) == 1


# --- what it does not take or know ---


def test_what_is_too_large_or_of_a_later_kind_is_said_and_is_not_brought_here_in_vain(
    cast: Cast, settings: Settings
) -> None:
    settings.LARGEST_PACKAGE = 1_000
    waits(b"x" * 2_000)
    Parcel.objects.filter(pk=waits(b"later").pk).update(kind="postcard")
    good = waits()
    assert look_for_parcels() == 1
    assert queued() == {good.pk}
    assert left_now() == Left(too_large=1, unknown=1)
    text = inbox(cast)
    assert "larger than the 1.0 kB that this desk takes" in text
    assert "does not know what it is" in text


class _Odd(ParcelsHere):
    def waiting(self) -> Listed:
        return Listed(super().waiting().parcels, odd=3)


def test_odd_entries_are_said_on_the_inbox_and_the_others_are_collected(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = waits()
    monkeypatch.setattr(collecting, "the_source", _Odd)
    look_for_parcels()
    assert queued() == {good.pk}
    assert "3 entries that this desk does not understand" in inbox(cast)


def test_a_hundred_that_cannot_be_collected_do_not_hide_the_next(settings: Settings) -> None:
    settings.LARGEST_PACKAGE = 1_000
    at = moment(NOW)
    Parcel.objects.bulk_create(
        Parcel(
            id=f"{n:032x}",
            kind="package",
            sha256=f"{n:064x}",
            size=5_000,
            received_at=at,
            reference=f"SH-{n:09d}",
        )
        for n in range(250)
    )
    good = keep_parcel(ParcelKind.PACKAGE, parcel_store().keep([LOOKS_SEALED, b"good"]), clock=lambda: NOW + 60 * MICRO)
    assert look_for_parcels() == 1
    assert queued() == {good.pk}
    assert left_now().too_large == 250


# --- a node that is away ---


def test_a_node_that_does_not_answer_is_said_after_a_minute_with_the_time_since(cast: Cast, settings: Settings) -> None:
    settings.ROLE, settings.NODE = Role.DESK, Address.parse("http://127.0.0.1:9")
    look_for_parcels()
    assert "has not answered" not in inbox(cast)
    since = left_now().away_since
    look_for_parcels(lambda: since + 50 * MICRO)
    assert left_now().away_since == since
    cache.set("collect.left", {"left": {"away_since": since - 3600 * MICRO}, "at": since})
    assert "The public node has not answered since" in inbox(cast)
    settings.ROLE = Role.BOTH
    look_for_parcels()
    assert "has not answered" not in inbox(cast)


# --- urgent notices, each in its turn ---


class _Slow:
    """A node with notices, of which each takes a while and none can be had."""

    def __init__(self, many: int) -> None:
        self.many = many
        self.now = NOW
        self.tried: list[str] = []

    def waiting(self) -> Listed:
        return Listed(tuple(Waiting(f"{n:032x}", "notice", f"{n:064x}", 100, f"SH-{n:09d}") for n in range(self.many)))

    def pieces(self, parcel: str) -> Iterator[bytes]:
        self.tried.append(parcel)
        self.now += 6 * MICRO
        raise NodeAway("The public node does not answer.")

    def acknowledge(self, _parcel: str, _signed: object) -> None:
        raise AssertionError("nothing is acknowledged")

    def tell(self, _parcel: str, _told: bytes) -> None:
        raise AssertionError("nothing is told")


def test_notices_that_cannot_be_had_take_a_heart_only_so_long_and_each_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    node = _Slow(6)
    monkeypatch.setattr(collecting, "the_source", lambda: node)
    look_for_parcels(lambda: node.now)
    assert len(node.tried) == 3, "fifteen seconds at most, and the one that was begun"
    look_for_parcels(lambda: node.now)
    assert sorted(set(node.tried)) == [f"{n:032x}" for n in range(6)], "those not tried yet go first"


# --- what must be unique ---


def renamed(parcel: Parcel, reference: str) -> Parcel:
    """As another node, that stood in the place of the first, may call one."""
    Parcel.objects.filter(reference=reference).update(reference="SH-000000000")
    Parcel.objects.filter(pk=parcel.pk).update(reference=reference)
    parcel.refresh_from_db()
    return parcel


def test_two_notices_of_one_reference_are_each_found_and_each_acknowledged_as_its_holder_knows_it(cast: Cast) -> None:
    first = send_notice(notice(), once="", clock=clock).parcel
    called = first.reference
    look_for_parcels(clock)
    second = renamed(send_notice(least(), once="", clock=clock).parcel, called)
    look_for_parcels(clock)
    rows = notice_rows(cast.bob, clock)
    assert len({row.reference for row in rows}) == 2
    assert {row.of_the_holder for row in rows} == {called}
    second.refresh_from_db()
    assert parse_signed(bytes(second.acknowledgement)).acknowledgement.reference == called
    own = next(row for row in rows if row.reference != called)
    browser = signed_in(cast.bob)
    for row in rows:
        page = browser.get(row.link).content.decode()
        assert ("The holder calls it" in page) is (row is own)
        assert called in page
    inside = [browser.get(row.link).content.decode().count("Rowanberry Gate") > 0 for row in rows]
    assert sorted(inside) == [False, True], "each is itself"


def test_what_is_added_to_one_of_two_that_are_called_the_same_is_given_to_nobody(cast: Cast) -> None:
    first, second = waits(b"one"), waits(b"two")
    for each in ParcelsHere().waiting().parcels:
        collect(each, ParcelsHere())
    Arrival.objects.update(reference=first.reference)
    for officer, arrival in zip((cast.alice, cast.bob), Arrival.objects.all(), strict=False):
        assert arrival.case is not None
        CaseOfficer.objects.create(case=arrival.case, officer=officer, since=moment(NOW), added_by=officer)
    added = waits(b"three")
    Parcel.objects.filter(pk=added.pk).update(follows=second)
    (waiting,) = ParcelsHere().waiting().parcels
    arrival = collect(
        Waiting(waiting.parcel, waiting.kind, waiting.sha256, waiting.size, waiting.reference, first.reference),
        ParcelsHere(),
    )
    assert Case.objects.count() == 3
    assert arrival.case is not None
    assert not arrival.case.officers.exists()


def arrival(number: int, reference: str, **more: Any) -> Arrival:
    return Arrival.objects.create(
        parcel=f"{number:032x}",
        kind="notice",
        sha256=f"{number:064x}",
        size=1,
        reference=reference,
        received_at=moment(NOW + number),
        **more,
    )


def test_the_database_itself_lets_no_two_arrivals_be_called_the_same() -> None:
    arrival(1, "SH-000000001", desk_reference="SH-000000001")
    with pytest.raises(IntegrityError), transaction.atomic():
        arrival(2, "SH-000000001", desk_reference="SH-000000001")


def test_a_desk_from_before_names_each_arrival_and_the_later_of_two_anew() -> None:
    for number, reference in ((1, "SH-000000001"), (2, "SH-000000002"), (3, "SH-000000001")):
        arrival(number, reference, desk_reference=f"before {number}")
    step = import_module("safehand.desk.intake.migrations.0004_desk_reference")
    step.name_each(apps, SimpleNamespace(connection=connection))
    rows = list(Arrival.objects.order_by("pk").values_list("reference", "desk_reference"))
    assert rows[:2] == [("SH-000000001", "SH-000000001"), ("SH-000000002", "SH-000000002")]
    assert rows[2][0] == "SH-000000001"
    assert rows[2][1] not in {"SH-000000001", "SH-000000002", "before 3"}


def test_an_inbox_with_nothing_left_at_the_node_says_nothing_of_it(as_alice: Client) -> None:
    look_for_parcels()
    assert "public node" not in as_alice.get("/inbox/").content.decode()
