"""A file that arrived damaged: its holder does not wait for an answer that never comes, and is not frightened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from desk_cast import LOOKS_SEALED, NOW, Cast
from desk_packages import chat, sealed
from handing_over import SendingPage, asking
from reading_age import reading_age
from safehand.desk.cases.models import CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.handover import progress, work
from safehand.desk.handover.actions import find_parcel
from safehand.desk.handover.models import Parcel, Progress
from safehand.desk.intake.actions import receive
from safehand.desk.intake.collect import collect
from safehand.desk.intake.models import ToldHolder
from safehand.desk.intake.processing import process
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.telling import tell_node
from safehand.errors import PackageFromTheFuture
from safehand.seal.holder_messages import MESSAGES
from safehand.seal.holder_words import WORDS
from safehand.seal.report import Report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("desk_state")]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield
    cache.clear()


def send(data: bytes) -> str:
    page = SendingPage(asking(Client()))
    page.begin(len(data))
    page.send(data)
    page.finish(data)
    for each in ParcelsHere().waiting().parcels:
        collect(each, ParcelsHere())
    return str(page.told["check_code"])


def shown(code: str) -> str:
    return str(Client().post("/report/progress/", {"code": code}).content.decode())


def step(code: str) -> str:
    return shown(code).partition('aria-current="step">')[2].partition("<")[0]


def templates() -> list[str]:
    return [row.template for row in ToldHolder.objects.all()]


def damaged(state: State, folder: Path) -> bytes:
    whole = sealed(state, folder, chat())
    return whole[:-40] + bytes(byte ^ 1 for byte in whole[-40:])


@pytest.mark.parametrize("how", ["damaged", "not sealed to this unit", "cut off"])
def test_the_holder_of_a_file_that_does_not_open_is_told_so_and_what_to_do(
    desk_state: State, tmp_path: Path, how: str
) -> None:
    match how:
        case "damaged":
            data = damaged(desk_state, tmp_path / "made")
        case "cut off":
            data = sealed(desk_state, tmp_path / "made", chat())[:-100]
        case _:
            data = LOOKS_SEALED + b"and is not"
    code = send(data)
    package = Package.objects.get()
    Package.objects.update(started_at=moment(NOW))
    tell_node()
    assert step(code) == "Being read", "as long as the desk does not know better"
    process(package.pk)
    package.refresh_from_db()
    assert package.state == PackageState.REFUSED
    assert templates() == ["received", "not_opened"]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.recipient) == ("holder.told", "desk:handover", "holder")
    tell_node()
    text = shown(code)
    assert step(code) == "Received"
    assert WORDS.progress.steps["unopened"].means in text
    for line in MESSAGES["not_opened"].lines:
        assert line in text
    assert text.index("We could not open what you sent") < text.index("We have your report"), "the newest first"


def test_it_is_told_once_however_often_the_package_is_gone_at(desk_state: State, tmp_path: Path) -> None:
    send(damaged(desk_state, tmp_path / "made"))
    process(Package.objects.get().pk)
    Package.objects.update(state=PackageState.RECEIVED)
    process(Package.objects.get().pk)
    assert templates() == ["received", "not_opened"]


def test_an_officer_who_takes_it_has_it_for_its_holder_too(desk_state: State, tmp_path: Path, cast: Cast) -> None:
    code = send(damaged(desk_state, tmp_path / "made"))
    process(Package.objects.get().pk)
    tell_node()
    package = Package.objects.get()
    CaseOfficer.objects.create(case=package.case, officer=cast.bob, since=moment(NOW), added_by=cast.bob)
    tell_node()
    assert step(code) == "With an officer"
    assert "We could not open what you sent" in shown(code), "they may still send it again"


def test_a_whole_one_is_never_said_to_be_damaged(desk_state: State, tmp_path: Path) -> None:
    code = send(sealed(desk_state, tmp_path / "made", chat()))
    process(Package.objects.get().pk)
    tell_node()
    assert step(code) == "Being read"
    assert templates() == ["received"]


def test_one_that_a_newer_version_made_is_whole_and_its_holder_need_not_send_it_again(
    desk_state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def newer(_: Report) -> None:
        raise PackageFromTheFuture("newer")

    send(damaged(desk_state, tmp_path / "made"))
    monkeypatch.setattr(Report, "raise_if_failed", newer)
    process(Package.objects.get().pk)
    assert Package.objects.get().state == PackageState.REFUSED
    assert templates() == ["received"]


def test_one_that_was_read_before_was_damaged_here_and_not_on_its_way(desk_state: State, tmp_path: Path) -> None:
    send(damaged(desk_state, tmp_path / "made"))
    Package.objects.update(summary={"conversations": 1})
    process(Package.objects.get().pk)
    assert templates() == ["received"]


def test_of_one_that_was_handed_in_by_hand_nobody_is_told(desk_state: State, tmp_path: Path, cast: Cast) -> None:
    with EvidenceStore(desk_state).begin(1 << 24) as incoming:
        incoming.write(damaged(desk_state, tmp_path / "made"))
        receive(cast.alice, incoming)
    process(Package.objects.get().pk)
    assert Package.objects.get().state == PackageState.REFUSED
    assert templates() == []


def test_a_word_of_being_read_that_comes_late_takes_nothing_back() -> None:
    send(LOOKS_SEALED + b"and is not")
    parcel = find_parcel(Parcel.objects.get().pk)
    said = b'{"messages":[],"progress":"%s","schema":"safehand.told/1"}'
    progress.accept_told(parcel, said % b"unopened")
    progress.accept_told(parcel, said % b"reading")
    assert Parcel.objects.get().progress == Progress.UNOPENED


def test_every_step_has_its_words_and_frightens_nobody() -> None:
    assert list(WORDS.progress.steps) == [str(step) for step in Progress]
    message = MESSAGES["not_opened"]
    words = " ".join((message.title, *message.lines, *(step.means for step in WORDS.progress.steps.values()))).lower()
    for frightening in ("error", "fail", "reject", "refus", "invalid", "virus", "wrong file", "!"):
        assert frightening not in words
    assert "you did nothing wrong" in words
    assert reading_age([message.title, *message.lines]) <= 9
