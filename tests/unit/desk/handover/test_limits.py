"""Limits count what is taken, exactly, of one address and of all; guessing is slow and no answer is held back."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from desk_cast import LOOKS_SEALED
from handing_over import ROOT, SendingPage, asking
from safehand.desk.core.clock import moment, system_clock
from safehand.desk.core.state import State
from safehand.desk.handover import codes, limits, room, unfinished, work
from safehand.desk.handover.actions import acknowledge_parcel, parcel_store
from safehand.desk.handover.limits import WRONG_EVERYWHERE, Limit
from safehand.desk.handover.models import Coming, Counted, Parcel
from safehand.desk.handover.parts import Parts
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.desk.handover.store import ParcelStore
from safehand.desk.handover.uploads import parts_of
from safehand.desk.settings.roles import Role
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

PART = 1000
DATA = LOOKS_SEALED + random.Random(7).randbytes(4_321)
PAGE = "/report/progress/"
WRONG = "0" * 15 + "1"


@pytest.fixture(autouse=True)
def node(desk_state: State, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    settings.HANDOVER_PART = PART
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield desk_state
    cache.clear()


def page_at(address: str) -> SendingPage:
    return SendingPage(asking(Client(headers={"X-Forwarded-For": address})))


def sent(data: bytes = DATA, address: str = "198.51.100.7") -> SendingPage:
    page = page_at(address)
    assert page.begin(len(data))[0] == 201
    page.send(data)
    assert page.finish(data)[0] == 202
    return page


# --- bytes, of one address and of all ---


def test_one_address_begins_only_so_many_bytes_in_an_hour_and_others_go_on(settings: Settings) -> None:
    settings.LARGEST_PACKAGE = 10_000
    for _ in range(2):
        assert page_at("198.51.100.7").begin(10_000)[0] == 201
    status, told = page_at("198.51.100.7").begin(1)
    assert (status, told["code"]) == (429, "too_often")
    assert "another way" in told["todo"]
    assert page_at("198.51.100.8").begin(10_000)[0] == 201


def test_what_was_refused_takes_nothing_of_what_an_address_may_send(settings: Settings) -> None:
    settings.LARGEST_PACKAGE = 10_000
    page = page_at("198.51.100.7")
    assert page.begin(10_001)[0] == 413
    settings.MOST_WAITING = 9_999
    assert page.begin(10_000)[0] == 507
    settings.MOST_WAITING = 0
    for _ in range(2):
        assert page.begin(10_000)[0] == 201


def test_a_crowd_fills_its_share_of_the_node_and_is_then_told_of_another_way(settings: Settings) -> None:
    settings.MOST_WAITING = 3 * len(DATA)
    for number in range(2):
        sent(DATA + bytes([number]), f"198.51.100.{number}")
    page = page_at("198.51.100.200")
    status, told = page.begin(len(DATA))
    assert (status, told["code"]) == (507, "disk_full")
    assert "another way" in told["todo"]
    assert page.begin(len(DATA) - 2)[0] == 201, "to the byte"


def test_whoever_begins_much_and_sends_little_keeps_nobody_else_out(settings: Settings) -> None:
    settings.MOST_WAITING = 2 * len(DATA)
    for number in range(10):
        assert page_at(f"198.51.100.{number}").begin(len(DATA))[0] == 201
    assert room.waits_here() == 0
    sent()


def test_the_ceiling_holds_for_each_part_as_it_comes(settings: Settings) -> None:
    settings.MOST_WAITING = 2 * len(DATA)
    pages = [page_at(f"198.51.100.{number}") for number in range(3)]
    for page in pages:
        assert page.begin(len(DATA))[0] == 201
    for page in pages[:2]:
        page.send(DATA)
    status, told = pages[2].put(1, DATA[:PART])
    assert (status, told["code"]) == (507, "disk_full")
    assert room.waits_here() == 2 * len(DATA)
    assert pages[0].finish(DATA)[0] == 202, "what is here already is finished all the same"


def test_what_lies_here_is_counted_once_and_no_more_when_the_desk_has_it() -> None:
    page = page_at("198.51.100.7")
    page.begin(len(DATA))
    page.send(DATA, [1, 5, 5])
    assert room.waits_here() == PART + len(DATA) % PART
    page.send(DATA, [2, 3, 4])
    assert room.waits_here() == len(DATA)
    page.finish(DATA)
    assert room.waits_here() == len(DATA)
    acknowledge_parcel(Parcel.objects.get(), b"signed")
    assert room.waits_here() == 0


def test_a_part_that_a_stop_left_uncounted_is_counted_with_the_next() -> None:
    page = page_at("198.51.100.7")
    page.begin(len(DATA))
    page.send(DATA, [1])
    Coming.objects.update(received=0)
    page.send(DATA, [2])
    assert room.waits_here() == 2 * PART


def test_unless_a_unit_says_otherwise_half_of_the_disk_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "disk_of", lambda _: 3_000)
    assert room.ceiling() == 1_500
    assert [room.has_room_for(size) for size in (1_500, 1_501)] == [True, False]
    assert Client().get(ROOT).json()["has_room"] is True
    monkeypatch.setattr(room, "disk_of", lambda _: 0)
    assert Client().get(ROOT).json()["has_room"] is False, "said before anything is sealed"


@pytest.mark.parametrize(("role", "copies"), [(Role.BOTH, 2), (Role.HANDOVER, 1)])
def test_where_the_desk_is_on_the_same_disk_there_must_be_room_for_its_copy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, role: Role, copies: int
) -> None:
    settings.ROLE = role
    monkeypatch.setattr(room, "free_beyond_reserve", lambda _: 10_000)
    assert [room.has_room_for(size) for size in (10_000 // copies, 10_000 // copies + 1)] == [True, False]


# --- counting ---


def test_of_many_that_come_at_one_instant_no_more_are_let_through_than_of_many_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each look for a code, while it is at it, is overtaken by another try from the same address."""
    looked: list[str] = []

    def overtaken(code: str) -> None:
        looked.append(code)
        if len(looked) < 30:
            with pytest.raises(Refused):
                codes.open_by_code(WRONG, "somebody")

    monkeypatch.setattr(codes, "find_by_code", overtaken)
    with pytest.raises(Refused):
        codes.open_by_code(WRONG, "somebody")
    assert len(looked) == 10


def test_what_is_too_much_is_not_counted_and_less_of_it_may_still_come() -> None:
    limit = Limit("bytes-of-a-test", 10, 100)
    assert [limit.allows("a", many) for many in (7, 4, 3, 1)] == [True, False, True, False]
    assert limit.counted("a") == 10
    assert limit.counted("b") == 0


def test_counts_are_forgotten_when_their_time_is_over_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000 * MICRO]
    monkeypatch.setattr(limits, "system_clock", lambda: now[0])
    Limit("trying", 2, 100).count("somebody")
    assert Counted.objects.get().until == moment(now[0]) + timedelta(seconds=100)
    assert limits.forget_counts(lambda: now[0] + 99 * MICRO) == 0
    assert limits.forget_counts(lambda: now[0] + 200 * MICRO) == 1
    assert not Counted.objects.exists()


# --- guessing ---


def test_no_answer_about_a_code_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that waits holds a thread: forty guesses at once would hold all that a node has."""
    code = sent().told["check_code"]

    def slept(_: float) -> None:
        raise AssertionError("a thread was held")

    monkeypatch.setattr(time, "sleep", slept)
    for given, status in ((WRONG, 400), (code, 200)):
        assert Client().post(PAGE, {"code": given}).status_code == status


def test_once_an_address_has_no_try_left_no_code_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(10):
        assert Client().post(PAGE, {"code": WRONG}).status_code == 400

    def looked(_: str) -> None:
        raise AssertionError("it was looked for")

    monkeypatch.setattr(codes, "find_by_code", looked)
    assert Client().post(PAGE, {"code": WRONG}).status_code == 429


def test_right_codes_take_no_try_away() -> None:
    code = sent().told["check_code"]
    for _ in range(15):
        assert Client().post(PAGE, {"code": code}).status_code == 200
    for _ in range(10):
        assert Client().post(PAGE, {"code": WRONG}).status_code == 400


def test_while_codes_are_guessed_from_everywhere_an_address_has_two_tries_and_a_receipt_still_opens() -> None:
    code = sent().told["check_code"]
    WRONG_EVERYWHERE.count(many=WRONG_EVERYWHERE.most)
    with pytest.raises(Refused):
        codes.open_by_code(WRONG, "a guesser")
    with pytest.raises(Refused):
        codes.open_by_code(WRONG, "a guesser")
    with pytest.raises(Refused) as spent:
        codes.open_by_code(code, "a guesser")
    assert spent.value.refusal is Refusal.TOO_OFTEN
    assert Client().post(PAGE, {"code": code}).status_code == 200


def test_wrong_codes_from_every_address_are_counted_together() -> None:
    for number in range(5):
        Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}).post(PAGE, {"code": WRONG})
    assert WRONG_EVERYWHERE.counted() == 5


# --- once in an hour ---


def test_the_store_is_looked_through_once_in_an_hour_and_not_at_every_heartbeat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[ParcelStore] = []

    def look(store: ParcelStore) -> list[Path]:
        looks.append(store)
        return []

    monkeypatch.setattr(ParcelStore, "places", look)
    for _ in range(5):
        unfinished.look_for_unfinished()
    assert len(looks) == 1
    cache.delete("unfinished.turn")
    unfinished.look_for_unfinished()
    assert len(looks) == 2


def test_a_parcel_whose_parts_are_from_yesterday_is_put_in_place_as_of_now(node: State) -> None:
    """Or what sweeps the store could take it away between its place and its row."""
    page = page_at("198.51.100.7")
    page.begin(len(DATA))
    page.send(DATA)
    came = node.handover / "coming" / Coming.objects.get().pk / "bytes"
    os.utime(came, (1_000_000_000, 1_000_000_000))
    page.finish(DATA)
    (place,) = parcel_store().places()
    assert system_clock() - place.stat().st_mtime_ns // 1000 < 3600 * MICRO


def test_more_places_than_one_question_has_room_for_are_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "_ASKED", 3)
    waits = sent()
    for number in range(10):
        parcel_store().keep([LOOKS_SEALED, bytes([number])])
    later = system_clock() + 2 * unfinished.PATIENCE * MICRO
    assert unfinished.expire_unfinished(lambda: later) == 10
    assert len(parcel_store().places()) == 1
    assert waits.state()["state"] == "waiting"


def test_a_page_that_finishes_while_its_parts_are_taken_away_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_at("198.51.100.7")
    page.begin(len(DATA))
    page.send(DATA)

    def finished_meanwhile(coming: Coming) -> Parts:
        assert page.finish(DATA)[0] == 202
        return parts_of(coming)

    monkeypatch.setattr(unfinished, "parts_of", finished_meanwhile)
    later = system_clock() + 2 * unfinished.PATIENCE * MICRO
    unfinished.expire_unfinished(lambda: later)
    assert page.state()["state"] == "waiting"
    assert len(parcel_store().places()) == 1
