"""A public node that forgets, or whose answer is lost: the desk says it again, and others do not wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from desk_cast import LOOKS_SEALED
from handing_over import SendingPage, asking
from safehand.desk.core.state import State
from safehand.desk.handover import work
from safehand.desk.intake import telling
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.parcel_source import NodeRefused
from safehand.desk.intake.source_here import ParcelsHere

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
