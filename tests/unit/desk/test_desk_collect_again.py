"""A public node that forgets, or whose answer is lost: the desk says it again, and others do not wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from desk_cast import LOOKS_SEALED
from handing_over import SendingPage, asking
from safehand.desk.core.clock import system_clock
from safehand.desk.core.state import State
from safehand.desk.handover import work
from safehand.desk.intake import telling
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.parcel_source import NodeRefused
from safehand.desk.intake.source_here import ParcelsHere
from safehand.model.instant import MICRO
from safehand.seal.acknowledgement import Signed

pytestmark = pytest.mark.django_db

DATA = LOOKS_SEALED + b" and again"


@pytest.fixture(autouse=True)
def forget_what_was_counted(desk_state: State, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield desk_state
    cache.clear()


def sent(data: bytes = DATA) -> None:
    page = SendingPage(asking(Client()))
    page.begin(len(data))
    page.send(data)
    assert page.finish(data)[0] == 202


def collect_all() -> list[Arrival]:
    return [collect(each, ParcelsHere()) for each in ParcelsHere().waiting().parcels]


def test_a_desk_that_did_not_hear_that_its_word_arrived_says_it_again() -> None:
    sent()
    (arrival,) = collect_all()
    an_hour = timedelta(hours=1)
    Arrival.objects.update(acknowledged_at=None, received_at=arrival.received_at - an_hour)
    look_for_parcels()
    assert Arrival.objects.get().acknowledged_at is not None


def test_a_parcel_that_the_node_will_not_hear_of_keeps_no_other_holder_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (DATA, DATA + b"more"):
        sent(data)
    collect_all()
    heard: list[str] = []
    first = Arrival.objects.order_by("received_at", "pk")[0].pk

    class Forgetful(ParcelsHere):
        def tell(self, parcel: str, told: bytes) -> None:
            if parcel == first:
                raise NodeRefused("The public node answered 404.")
            heard.append(parcel)
            super().tell(parcel, told)

    monkeypatch.setattr(telling, "the_source", Forgetful)
    assert telling.tell_node() == 1
    assert len(heard) == 1


class _Slow(ParcelsHere):
    """A node that takes six seconds for each word of the desk's, and refuses those about ``refused``."""

    def __init__(self, refused: frozenset[str] = frozenset()) -> None:
        self.refused = refused
        self.now = system_clock() + 3600 * MICRO
        self.heard: list[str] = []

    def clock(self) -> int:
        return self.now

    def tell(self, parcel: str, told: bytes) -> None:
        self._hear(parcel)
        super().tell(parcel, told)

    def acknowledge(self, parcel: str, signed: Signed) -> None:
        self._hear(parcel)
        super().acknowledge(parcel, signed)

    def _hear(self, parcel: str) -> None:
        self.now += 6 * MICRO
        self.heard.append(parcel)
        if parcel in self.refused:
            raise NodeRefused("The public node answered 404.")


@pytest.fixture
def six() -> list[str]:
    for number in range(6):
        sent(DATA + bytes([number]))
    collect_all()
    return [arrival.pk for arrival in Arrival.objects.order_by("received_at", "pk")]


def test_a_node_that_is_slow_with_each_parcel_holds_the_heart_only_so_long_and_each_has_its_turn(
    six: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    node = _Slow()
    monkeypatch.setattr(telling, "the_source", lambda: node)
    assert telling.tell_node(node.clock) == 3
    assert telling.tell_node(node.clock) == 3
    assert sorted(node.heard) == sorted(six)


def test_parcels_that_are_refused_slowly_keep_no_other_from_its_turn(
    six: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    node = _Slow(refused=frozenset(six[:3]))
    monkeypatch.setattr(telling, "the_source", lambda: node)
    assert telling.tell_node(node.clock) == 0
    assert telling.tell_node(node.clock) == 3
    assert node.heard == six


def test_acknowledgements_are_said_again_in_turn_too(six: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Arrival.objects.update(acknowledged_at=None)
    node = _Slow()
    monkeypatch.setattr("safehand.desk.intake.collect.the_source", lambda: node)
    look_for_parcels(node.clock)
    assert len(node.heard) == 3
    look_for_parcels(node.clock)
    assert sorted(node.heard) == sorted(six)
    assert not Arrival.objects.filter(acknowledged_at=None).exists()
