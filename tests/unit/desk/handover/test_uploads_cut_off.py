"""What is left when the machine stops in the middle of the last step stops nothing else, and is not left for good."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from desk_cast import LOOKS_SEALED
from handing_over import SendingPage, asking
from safehand.desk.core.clock import system_clock
from safehand.desk.core.state import State
from safehand.desk.handover import limits, work
from safehand.desk.handover.actions import parcel_store
from safehand.desk.handover.limits import Limit
from safehand.desk.handover.models import Coming, Parcel
from safehand.desk.handover.unfinished import PATIENCE, expire_unfinished
from safehand.desk.handover.uploads import parts_of
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

DATA = LOOKS_SEALED + b"beans and marrows"


@pytest.fixture(autouse=True)
def node(desk_state: State, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield desk_state
    cache.clear()


def in_two_days() -> int:
    return system_clock() + 2 * PATIENCE * MICRO


def cut_off() -> SendingPage:
    """All parts came, their bytes are in the place of a parcel, and the machine stopped before its row was made."""
    page = SendingPage(asking(Client()))
    page.begin(len(DATA))
    page.send(DATA)
    parcel_store().adopt(parts_of(Coming.objects.get()).file)
    return page


def test_a_parcel_that_was_cut_off_at_the_last_step_is_whole_when_it_is_asked_for_again() -> None:
    assert cut_off().finish(DATA)[0] == 202
    assert Parcel.objects.get().sha256 == sha256_of(DATA)


def test_no_parcel_is_made_of_a_hash_that_no_bytes_here_have() -> None:
    status, _ = cut_off().finish(DATA, sha256=sha256_of(b"something else"))
    assert status >= 400
    assert not Parcel.objects.exists()


def test_what_was_cut_off_and_never_asked_for_again_is_taken_away_after_a_day() -> None:
    cut_off()
    assert expire_unfinished(clock=in_two_days) > 0
    assert not Coming.objects.exists()
    assert parcel_store().places() == []


def test_a_parcel_that_waits_for_the_desk_is_not_taken_away_however_long_it_waits() -> None:
    cut_off().finish(DATA)
    expire_unfinished(clock=in_two_days)
    assert [path.name for path in parcel_store().places()] == [sha256_of(DATA)]


@pytest.mark.parametrize("address", ["/report/danger/", "/report/urgent/", "/report/progress/"])
def test_a_file_sent_to_a_page_that_takes_none_lies_nowhere(node: State, address: str) -> None:
    picture = SimpleUploadedFile("allotment.jpg", b"\xff\xd8\xff a benign picture" * 500_000, "image/jpeg")
    before = sorted(node.root.rglob("*"))
    answer = Client().post(address, {"danger": "no", "file": picture})
    assert answer.status_code < 500
    assert sorted(node.root.rglob("*")) == before


def test_who_goes_on_trying_is_free_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    limit, now = Limit("trying", 2, 100), [1_000 * MICRO]
    monkeypatch.setattr(limits, "system_clock", lambda: now[0])
    assert [limit.allows("somebody") for _ in range(4)] == [True, True, False, False]
    now[0] += 60 * MICRO
    assert not limit.allows("somebody")
    now[0] += 40 * MICRO
    assert limit.allows("somebody")


def test_a_lid_that_is_closed_over_night_between_any_two_steps_loses_nothing_and_doubles_nothing(
    node: State, settings: Settings
) -> None:
    """And the server was started again meanwhile: nothing that it remembers by itself is needed."""
    settings.HANDOVER_PART = 1_000
    data = LOOKS_SEALED + random.Random(5).randbytes(2_500)
    page = SendingPage(asking(Client()))

    def night() -> None:
        cache.clear()
        nearly_a_day = system_clock() + (PATIENCE - 600) * MICRO
        expire_unfinished(clock=lambda: nearly_a_day)

    page.begin(len(data))
    night()
    for number in (2, 1, 3):
        page.send(data, [number])
        night()
        assert number in page.state()["have"]
    for _ in range(2):
        assert page.finish(data)[0] == 202
        night()
    assert page.state()["state"] == "waiting"
    assert [path.read_bytes() for path in node.handover.rglob("*") if path.is_file()] == [data]
    assert Parcel.objects.count() == 1
