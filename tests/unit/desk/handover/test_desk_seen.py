"""A holder is told when the desk has not come to collect for a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from safehand.desk.handover import desk_seen
from safehand.desk.intake.source_here import ParcelsHere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_state")]


@pytest.fixture(autouse=True)
def nobody_came() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def is_away() -> bool:
    return bool(Client().get("/report/parcels/").json()["desk_away"])


def test_it_is_away_until_it_comes_and_again_when_it_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_away()
    ParcelsHere().waiting()
    assert not is_away()
    monkeypatch.setattr(desk_seen, "AWAY", -1)
    assert is_away()
