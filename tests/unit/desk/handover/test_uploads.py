"""Sending in parts: in any order, as often as one likes, cut off anywhere; nothing lost, doubled, or half kept."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from desk_cast import LOOKS_SEALED, NOW
from handing_over import ROOT, SendingPage, asking, solve
from safehand.desk.core import room
from safehand.desk.core.state import State
from safehand.desk.handover import unfinished, uploads, work
from safehand.desk.handover.actions import acknowledge_parcel, parcel_store
from safehand.desk.handover.codes import find_by_code
from safehand.desk.handover.limits import BEGUN
from safehand.desk.handover.models import Coming, Counted, Parcel
from safehand.desk.handover.parts import Parts
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.model.digest import sha256_of

pytestmark = pytest.mark.django_db

PART = 1000
DATA = LOOKS_SEALED + random.Random(7).randbytes(4_321)


@pytest.fixture(autouse=True)
def node(desk_state: State, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    settings.HANDOVER_PART = PART
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield desk_state
    cache.clear()


@pytest.fixture
def page(node: State) -> SendingPage:  # noqa: ARG001  the node must be there
    return SendingPage(asking(Client()))


def stored(state: State) -> list[str]:
    return sorted(path.name for path in state.handover.rglob("*") if path.is_file())


def test_a_parcel_is_sent_in_parts_and_waits_for_the_desk_whole(page: SendingPage, node: State) -> None:
    status, told = page.begin(len(DATA))
    assert (status, told["parts"], told["have"], told["state"]) == (201, 5, [], "coming")
    page.send(DATA)
    assert page.state()["have"] == [1, 2, 3, 4, 5]
    status, told = page.finish(DATA)
    assert (status, told["state"], told["acknowledgement"]) == (202, "waiting", None)
    parcel = Parcel.objects.get()
    assert (parcel.sha256, parcel.size) == (sha256_of(DATA), len(DATA))
    assert parcel_store().path(parcel.sha256).read_bytes() == DATA
    assert stored(node) == [sha256_of(DATA)], "no part is left beside it"


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(1, 6)), st.lists(st.integers(1, 5), max_size=6))
def test_in_any_order_and_twice_it_is_the_same_parcel(page: SendingPage, order: list[int], again: list[int]) -> None:
    for kept in (Coming, Parcel, Counted):
        kept.objects.all().delete()
    cache.clear()
    page.begin(len(DATA))
    page.send(DATA, [*order, *again])
    assert page.finish(DATA)[0] == 202
    assert page.finish(DATA)[1]["state"] == "waiting"
    assert Parcel.objects.count() == 1
    assert parcel_store().path(sha256_of(DATA)).read_bytes() == DATA


def test_a_page_that_comes_back_asks_which_parts_are_here_and_sends_the_others(page: SendingPage) -> None:
    page.begin(len(DATA))
    page.send(DATA, [5, 2])
    assert page.state()["have"] == [2, 5]
    status, told = page.finish(DATA)
    assert (status, told["code"], told["missing"]) == (409, "parts_missing", [1, 3, 4])
    page.send(DATA, told["missing"])
    assert page.finish(DATA)[0] == 202


def test_a_part_that_was_half_written_when_the_machine_stopped_is_never_seen(
    page: SendingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.begin(len(DATA))
    parts = uploads.parts_of(Coming.objects.get())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        parts.put(2, sha256_of(DATA[PART : 2 * PART]), DATA[PART : 2 * PART])
    monkeypatch.undo()
    assert parts.have() == {}
    assert parts.file.stat().st_size > 0, "some of it was written"


def test_a_part_is_on_the_disk_before_it_is_answered_for(page: SendingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    page.begin(len(DATA))
    parts = uploads.parts_of(Coming.objects.get())
    synced: list[str] = []
    plain = os.fsync

    def watch(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        plain(handle)

    monkeypatch.setattr(os, "fsync", watch)
    parts.put(1, sha256_of(DATA[:PART]), DATA[:PART])
    assert synced == ["bytes", parts.folder.name], "the bytes first, then the name of the mark"


@pytest.mark.parametrize("stopped_at", ["keep_parcel", "Coming.objects.filter"])
def test_a_machine_that_stopped_while_putting_it_together_does_it_again(
    page: SendingPage, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    page.begin(len(DATA))
    page.send(DATA)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if stopped_at == "keep_parcel":
        monkeypatch.setattr(uploads, "keep_parcel", stop)
    else:
        monkeypatch.setattr(Parts, "wipe", stop)
    with pytest.raises(KeyboardInterrupt):
        page.finish(DATA)
    monkeypatch.undo()
    assert page.finish(DATA)[0] == 202
    assert Parcel.objects.count() == 1
    assert parcel_store().path(sha256_of(DATA)).read_bytes() == DATA


def test_the_same_sealed_bytes_sent_again_are_one_parcel_and_both_codes_open_it(page: SendingPage) -> None:
    codes = []
    for _ in range(2):
        page.begin(len(DATA))
        codes.append(page.told["check_code"])
        page.send(DATA)
        page.finish(DATA)
    assert [find_by_code(code) for code in codes] == [Parcel.objects.get()] * 2


def test_what_the_desk_has_already_is_not_kept_here_again(page: SendingPage, node: State) -> None:
    for _ in range(2):
        page.begin(len(DATA))
        page.send(DATA)
        page.finish(DATA)
        acknowledge_parcel(Parcel.objects.get(), b'{"acknowledgement":{},"signature":"signed"}')
    assert stored(node) == []
    assert page.state()["state"] == "collected"
    assert page.state()["signature"] == "signed"


def test_more_is_added_by_code_as_a_parcel_of_its_own(page: SendingPage) -> None:
    page.begin(len(DATA))
    code = page.told["check_code"]
    page.send(DATA)
    page.finish(DATA)
    more = LOOKS_SEALED + b"another"
    written = "-".join(code[at : at + 4] for at in range(0, 16, 4)).lower()
    status, told = page.begin(len(more), check_code=written)
    assert (status, told["check_code"]) == (201, None), "the code stays the same"
    page.send(more)
    page.finish(more)
    first, second = Parcel.objects.order_by("pk", "received_at").all()
    assert {first.follows, second.follows} == {None, find_by_code(code)}


def test_adding_by_a_wrong_code_is_as_limited_as_asking_by_one(page: SendingPage) -> None:
    for _ in range(10):
        assert refusal(page.begin(5_000, check_code="0" * 15 + "1")) == (403, "no_such_code")
    assert refusal(page.begin(5_000, check_code="0" * 16)) == (429, "too_often")
    assert Client().post("/report/progress/", {"code": "0" * 16}).status_code == 429


def test_what_is_on_its_way_may_not_take_the_last_of_the_disk(
    page: SendingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.begin(len(DATA))
    page.send(DATA, [1])
    monkeypatch.setattr(room, "RESERVE", 1 << 60)
    assert refusal(page.put(2, page.parts(DATA)[1])) == (507, "disk_full")
    assert page.state()["have"] == [1]


def refusal(answer: tuple[int, dict[str, object]]) -> tuple[int, object]:
    return answer[0], answer[1]["code"]


def test_only_what_begins_as_an_age_file_is_taken(page: SendingPage, node: State) -> None:
    plain = b"13/03/2026, 08:00 - Priya: the beans are up\n" * 100
    page.begin(len(plain))
    assert refusal(page.put(1, plain[:PART])) == (422, "not_sealed")
    assert stored(node) == ["bytes"]
    assert uploads.parts_of(Coming.objects.get()).file.stat().st_size == 0
    page.send(plain, [2, 3, 4, 5])
    assert refusal(page.finish(plain)) == (409, "parts_missing"), "and without its first part it is never whole"


def test_what_is_too_large_or_empty_or_has_no_room_is_said_before_anything_is_sent(
    page: SendingPage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LARGEST_PACKAGE = 10_000
    status, told = page.begin(10_001)
    assert (status, told["code"], told["largest"]) == (413, "too_large", 10_000)
    assert "another way" in told["todo"]
    assert refusal(page.begin(0)) == (400, "empty")
    monkeypatch.setattr(room, "RESERVE", 1 << 60)
    status, told = page.begin(5_000)
    assert (status, told["code"]) == (507, "disk_full")
    assert "another way" in told["todo"]
    assert Coming.objects.count() == 0
    assert page.ask("GET", ROOT, b"", {})[1]["has_room"] is False


def test_a_disk_that_fills_up_on_the_way_is_said_and_the_part_can_be_sent_again(
    page: SendingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.begin(len(DATA))
    page.send(DATA, [1, 2])

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    status, told = page.put(3, page.parts(DATA)[2])
    assert (status, told["code"]) == (503, "cannot_keep")
    assert "another way" in told["todo"]
    monkeypatch.undo()
    assert page.state()["have"] == [1, 2]
    page.send(DATA, [3, 4, 5])
    assert page.finish(DATA)[0] == 202


def test_a_part_that_was_changed_on_the_way_is_not_taken(page: SendingPage) -> None:
    page.begin(len(DATA))
    parts = page.parts(DATA)
    assert refusal(page.put(2, parts[1][:-1] + b"?", named=sha256_of(parts[1]))) == (422, "part_damaged")
    assert refusal(page.put(2, parts[1][:-1])) == (422, "part_damaged"), "nor one that is too short"
    assert refusal(page.put(6, b"more")) == (400, "not_understood")
    assert refusal(page.put(2, parts[1] + bytes(PART))) == (413, "too_large")
    assert page.state()["have"] == []
    page.send(DATA, [2])
    assert refusal(page.put(2, parts[2])) == (409, "other_part")


def test_parts_that_are_not_the_file_are_never_a_parcel(page: SendingPage) -> None:
    page.begin(len(DATA))
    page.send(DATA)
    assert refusal(page.finish(DATA, sha256=sha256_of(b"another"))) == (422, "whole_damaged")
    assert refusal(page.finish(DATA, parts=[sha256_of(b"another")] * 5)) == (422, "whole_damaged")
    assert refusal(page.finish(DATA, parts="?")) == (400, "not_understood")
    assert Parcel.objects.count() == 0
    assert page.finish(DATA)[0] == 202


def test_without_its_key_a_parcel_is_not_there(page: SendingPage) -> None:
    page.begin(len(DATA))
    page.send(DATA, [1])
    page.told["key"] = "0" * 64
    for answer in (
        page.put(2, page.parts(DATA)[1]),
        page.finish(DATA),
        page.ask("GET", page.place, b"", {"Authorization": f"Safehand {'0' * 64}"}),
        page.ask("GET", page.place, b"", {}),
        page.ask("GET", f"{ROOT}{'0' * 32}/", b"", {"Authorization": f"Safehand {'0' * 64}"}),
    ):
        assert refusal(answer) == (404, "no_such_parcel")


def test_the_work_must_be_done_in_time_and_serves_once(page: SendingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "EASY", 12)
    challenge = page.json("POST", f"{ROOT}work", {})[1]["challenge"]
    given = {"size": 5_000, "challenge": challenge, "counter": solve(challenge)}
    for wrong in ({"counter": "1"}, {"counter": 1}, {"counter": "٣"}, {"challenge": "x" + challenge}, {"challenge": 7}):
        assert refusal(page.json("POST", ROOT, {**given, **wrong})) == (403, "work_not_done"), wrong
    assert page.json("POST", ROOT, given)[0] == 201
    assert refusal(page.json("POST", ROOT, given)) == (403, "work_too_old")
    with pytest.raises(Refused) as late:
        work.check_work(challenge, given["counter"], int(challenge.split(".")[0]) + 1)
    assert late.value.refusal is Refusal.WORK_TOO_OLD


def test_the_more_is_sent_the_harder_the_work_and_never_too_hard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    hardness = []
    # One by one at first, then up to 4,000 as many at a time as make a difference at the least.
    for many in (*[1] * 64, *[work.QUIET] * 123):
        BEGUN.count(many=many)
        hardness.append(work.bits_now())
    assert hardness == sorted(hardness)
    assert (hardness[0], hardness[31], hardness[63], max(hardness)) == (16, 17, 18, work.HARD)


def test_one_address_begins_only_so_many_and_no_address_is_kept(page: SendingPage) -> None:
    for _ in range(30):
        assert page.begin(5_000)[0] == 201
    assert refusal(page.begin(5_000)) == (429, "too_often")
    assert "another way" in page.begin(5_000)[1]["todo"]
    assert not Counted.objects.filter(name__contains="127.0.0.1").exists()
    assert Counted.objects.exists()


def test_another_site_cannot_make_a_browser_send(page: SendingPage) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Content-Type": "application/json"}
    assert refusal(page.ask("POST", f"{ROOT}work", b"{}", elsewhere)) == (403, "elsewhere")
    assert refusal(page.ask("POST", ROOT, b"size=1", {"Content-Type": "text/plain"})) == (400, "not_understood")


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        {"size": True},
        {"size": "1"},
        {"size": 1.5},
        {"size": 5, "challenge": "", "counter": "", "name": "Priya"},
    ],
)
def test_what_is_not_as_the_specification_says_is_refused_and_not_quoted(page: SendingPage, value: object) -> None:
    status, told = page.json("POST", ROOT, value)
    assert (status, told["code"]) == (400, "not_understood")
    assert "Priya" not in str(told)


def test_what_nobody_went_on_with_for_a_day_is_gone_and_what_goes_on_stays(page: SendingPage, node: State) -> None:
    page.begin(len(DATA))
    page.send(DATA, [1])
    coming = Coming.objects.get()
    touched = uploads.parts_of(coming).touched()
    begun = int(coming.begun_at.timestamp() * 1_000_000)
    day = unfinished.PATIENCE * 1_000_000
    assert unfinished.expire_unfinished(clock=lambda: begun + day - 1_000_000) == 0
    assert unfinished.expire_unfinished(clock=lambda: max(begun, touched) + day + 2_000_000) == 1
    assert stored(node) == []
    assert Coming.objects.count() == 0


def test_a_parcel_that_became_whole_never_expires(page: SendingPage) -> None:
    page.begin(len(DATA))
    page.send(DATA)
    page.finish(DATA)
    assert unfinished.expire_unfinished(clock=lambda: NOW * 2) == 0
    assert Coming.objects.count() == 1


def test_the_node_keeps_neither_key_nor_code(page: SendingPage) -> None:
    page.begin(len(DATA))
    row = str(Coming.objects.values().get())
    for secret in (page.told["key"], page.told["check_code"]):
        assert secret not in row
