"""Collecting: what a holder sent becomes a case that nobody is on, once, and the desk's word goes back to the node."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from desk_cast import LOOKS_SEALED, Cast, clock, signed_in
from desk_packages import chat, sealed
from handing_over import SendingPage, asking
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import Copy, CustodyEntry
from safehand.desk.handover import actions as node
from safehand.desk.handover import work
from safehand.desk.handover.models import Parcel, ParcelKind
from safehand.desk.handover.refusals import Refused
from safehand.desk.handover.store import ParcelStore
from safehand.desk.inspection import inspect
from safehand.desk.intake import collect as collecting
from safehand.desk.intake.actions import receive
from safehand.desk.intake.collect import collect, look_for_parcels, the_source
from safehand.desk.intake.models import Arrival
from safehand.desk.intake.parcel_source import Listed, NodeAway, ParcelSource, Waiting
from safehand.desk.intake.processing import process
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.source_http import ParcelsAt
from safehand.desk.settings.places import Address
from safehand.desk.settings.roles import Role
from safehand.desk.triage.suggesting import look_at_reports
from safehand.errors import CheckFailed
from safehand.model.digest import sha256_of
from safehand.seal.acknowledgement import (
    Acknowledgement,
    check_acknowledgement,
    format_signed,
    parse_signed,
    sign_acknowledgement,
)
from safehand.signing.keys import load_desk_public, load_signing_key, new_desk_keys
from safehand.signing.request import AskedFor, sign_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_state")]

DATA = LOOKS_SEALED + b"as far as these tests look at it"


@pytest.fixture(autouse=True)
def forget_what_was_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield
    cache.clear()


def sent(data: bytes = DATA, **more: object) -> SendingPage:
    page = SendingPage(asking(Client()))
    page.begin(len(data), **more)
    page.send(data)
    assert page.finish(data)[0] == 202
    return page


def collect_all(source: ParcelSource | None = None) -> list[Arrival]:
    source = source or ParcelsHere()
    return [collect(each, source) for each in source.waiting().parcels]


def verbs() -> list[str]:
    return list(CustodyEntry.objects.order_by("sequence").values_list("verb", flat=True))


def test_a_package_becomes_a_case_with_nobody_on_it_called_as_the_holder_calls_it(desk_state: State) -> None:
    page = sent()
    (arrival,) = collect_all()
    package = Package.objects.get()
    assert package.case.reference == arrival.reference == Parcel.objects.get().reference
    assert (package.received_by, package.case.opened_by) == (None, None)
    assert not CaseOfficer.objects.exists()
    assert EvidenceStore(desk_state).path(package.sha256).read_bytes() == DATA
    assert (Copy.objects.get().sha256, Copy.objects.get().state) == (package.sha256, "whole")
    assert verbs() == ["case.opened", "package.received", "holder.told"]
    assert set(CustodyEntry.objects.values_list("actor", flat=True)) == {"desk:handover"}
    assert package.task, "the work is in the queue"
    assert page.state()["state"] == "collected"


def test_what_the_holder_gets_back_is_signed_by_the_desk_over_the_very_bytes(desk_state: State) -> None:
    page = sent()
    (arrival,) = collect_all()
    signed = parse_signed(bytes(Parcel.objects.get().acknowledgement))
    check_acknowledgement(signed, load_desk_public(desk_state.desk_public))
    said = signed.acknowledgement
    assert (said.sha256, said.size, said.reference) == (arrival.sha256, len(DATA), arrival.reference)
    state = page.state()
    assert (state["acknowledgement"]["sha256"], state["signature"]) == (said.sha256, signed.signature)
    assert not node.parcel_store().path(said.sha256).exists(), "the node lets the bytes go"


@pytest.mark.parametrize("stopped_at", ["keep", "arrive", "acknowledge"])
def test_stopped_anywhere_it_is_done_again_and_nothing_is_there_twice(
    desk_state: State, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    page = sent()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    match stopped_at:
        case "keep":
            monkeypatch.setattr(collecting, "recorded", stop)
        case "arrive":
            monkeypatch.setattr(collecting, "sign_acknowledgement", stop)
        case _:
            monkeypatch.setattr(ParcelStore, "forget", stop)
    with pytest.raises(KeyboardInterrupt):
        collect_all()
    monkeypatch.undo()
    collect_all()
    assert page.state()["state"] == "collected"
    assert (Case.objects.count(), Package.objects.count(), Arrival.objects.count()) == (1, 1, 1)
    assert verbs() == ["case.opened", "package.received", "holder.told"]
    assert inspect() == [] or all("SH-" not in line for line in inspect()), inspect()
    assert EvidenceStore(desk_state).check(Package.objects.get().sha256) == len(DATA)


def test_the_same_acknowledgement_is_signed_however_often() -> None:
    sent()
    (arrival,) = collect_all()
    arrival.refresh_from_db()
    first = bytes(Parcel.objects.get().acknowledgement)
    assert format_signed(collecting.acknowledgement_of(arrival)) == first


def test_bytes_that_were_handed_in_on_a_stick_before_are_recognised_and_acknowledged(
    desk_state: State, cast: Cast
) -> None:
    with EvidenceStore(desk_state).begin(1 << 20) as incoming:
        incoming.write(DATA)
        receive(cast.alice, incoming)
    page = sent()
    (arrival,) = collect_all()
    assert page.state()["state"] == "collected"
    assert arrival.case == Case.objects.get()
    assert arrival.reference != Case.objects.get().reference, "the holder's own, which the acknowledgement names"
    assert verbs()[-1] == "package.recognised"


def test_a_case_of_the_holders_reference_is_never_opened_twice(cast: Cast) -> None:
    sent()
    reference = Parcel.objects.get().reference
    Case.objects.create(reference=reference, opened_at="2026-11-22T10:00:00Z", opened_by=cast.alice, wrapped_key=b"")
    (arrival,) = collect_all()
    assert arrival.reference == reference
    assert arrival.case is not None
    assert arrival.case.reference != reference


class _Liar:
    """A node that says one thing and gives another."""

    def __init__(self, **lie: object) -> None:
        self._lie = lie

    def waiting(self) -> Listed:
        (true,) = ParcelsHere().waiting().parcels
        return Listed((Waiting(**{**{name: getattr(true, name) for name in Waiting.__slots__}, **self._lie}),))

    def pieces(self, parcel: str) -> Iterator[bytes]:
        return ParcelsHere().pieces(parcel)

    def acknowledge(self, _parcel: str, _signed: object) -> None:
        raise AssertionError("nothing is acknowledged")

    def tell(self, _parcel: str, _told: bytes) -> None:
        raise AssertionError("nothing is told")


@pytest.mark.parametrize("lie", [{"sha256": "0" * 64}, {"size": 1}])
def test_a_node_is_not_believed_what_the_bytes_do_not_say(desk_state: State, lie: dict[str, object]) -> None:
    sent()
    with pytest.raises(CheckFailed):
        collect_all(_Liar(**lie))
    assert not Case.objects.exists()
    assert list(EvidenceStore(desk_state).names()) == []


def test_what_is_added_by_code_goes_to_the_officers_who_have_the_first(cast: Cast) -> None:
    code = sent().told["check_code"]
    collect_all()
    first = Case.objects.get()
    CaseOfficer.objects.create(case=first, officer=cast.bob, since=first.opened_at, added_by=cast.bob)
    sent(LOOKS_SEALED + b"more", check_code=code)
    (arrival,) = collect_all()
    assert arrival.case is not None
    assert [held.officer for held in arrival.case.officers.all()] == [cast.bob]
    assert verbs()[-1] == "case.officer_added"


def test_the_chore_puts_each_parcel_in_the_queue_once_and_again_after_a_while_when_it_failed() -> None:
    sent()
    assert [look_for_parcels(), look_for_parcels()] == [1, 0]
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["kwargs"]["reference"] == Parcel.objects.get().reference
    now = 1_795_341_600_000_000
    DBTaskResult.objects.update(status="FAILED", finished_at=moment(now))
    assert look_for_parcels(clock=lambda: now + 5_000_000) == 0
    assert look_for_parcels(clock=lambda: now + 40_000_000) == 1


def test_an_urgent_notice_waits_until_this_version_knows_what_to_do_with_one() -> None:
    kept = node.parcel_store().keep([DATA])
    node.keep_parcel(ParcelKind.NOTICE, kept)
    if "notice" not in collecting.TAKERS:
        assert look_for_parcels() == 0
    assert node.parcel_store().path(kept.sha256).exists()


@pytest.mark.parametrize(
    ("role", "node_at", "kind"),
    [
        (Role.BOTH, None, ParcelsHere),
        (Role.HANDOVER, None, type(None)),
        (Role.DESK, None, type(None)),
        (Role.DESK, Address.parse("https://report.example"), ParcelsAt),
    ],
)
def test_where_a_process_collects_from_is_its_role(
    settings: Settings, role: Role, node_at: Address | None, kind: type
) -> None:
    settings.ROLE, settings.NODE = role, node_at
    assert isinstance(the_source(), kind)


def test_a_parcel_that_is_gone_or_changed_while_it_waits_is_told_by_the_check_of_the_desk() -> None:
    sent()
    parcel = Parcel.objects.get()
    path = node.parcel_store().path(parcel.sha256)
    assert not any(parcel.reference in line for line in inspect())
    path.chmod(0o600)
    path.write_bytes(DATA[:-1] + b"?")
    assert any(parcel.reference in line for line in inspect())
    path.unlink()
    assert any(parcel.reference in line for line in inspect())


# --- taking it ---


def test_every_officer_sees_what_nobody_has_taken_and_nothing_that_is_in_it(
    desk_state: State, cast: Cast, tmp_path: Path
) -> None:
    sent(sealed(desk_state, tmp_path / "made", chat()))
    collect_all()
    package = Package.objects.get()
    process(package.pk)
    look_at_reports(clock)
    for officer in cast:
        text = signed_in(officer).get("/inbox/").content.decode()
        assert package.case.reference in text
        assert "Nobody yet" in text
        assert "A meeting is planned, more than 48 hours from now." in text
        for secret in ("Priya", "peas", package.sha256):
            assert secret not in text
        assert signed_in(officer).get(f"/cases/{package.case.reference}/conversations/").status_code == 404
        assert signed_in(officer).get(f"/cases/{package.case.reference}/report/").status_code == 404


def test_who_takes_a_report_is_on_it_and_the_others_are_not(desk_state: State, cast: Cast, tmp_path: Path) -> None:
    sent(sealed(desk_state, tmp_path / "made", chat()))
    collect_all()
    package = Package.objects.get()
    process(package.pk)
    path = f"/cases/{package.case.reference}/report/take"
    assert signed_in(cast.bob).get(path).status_code == 405
    assert signed_in(cast.bob).post(path)["Location"] == f"/cases/{package.case.reference}/triage/", "its grade is next"
    assert signed_in(cast.charlie).post(path).status_code == 404, "somebody has it"
    assert signed_in(cast.bob).post(path).status_code == 404
    assert verbs()[-1] == "case.taken"
    assert CustodyEntry.objects.latest("sequence").actor == "officer:bob"
    assert signed_in(cast.bob).get(f"/cases/{package.case.reference}/conversations/").status_code == 200
    assert signed_in(cast.charlie).get(f"/cases/{package.case.reference}/conversations/").status_code == 404
    assert package.case.reference not in signed_in(cast.charlie).get("/inbox/").content.decode()
    assert (
        "from the public page" in signed_in(cast.bob).get(f"/cases/{package.case.reference}/report/").content.decode()
    )


def test_what_fails_its_checks_is_set_aside_below_the_reports_and_may_be_taken(cast: Cast) -> None:
    sent()
    collect_all()
    package = Package.objects.get()
    process(package.pk)
    package.refresh_from_db()
    assert package.state == "refused"
    text = signed_in(cast.bob).get("/inbox/").content.decode()
    assert "1 parcel set aside" in text
    assert "Nobody yet" not in text
    assert package.case.reference in text
    path = f"/cases/{package.case.reference}/report/"
    assert signed_in(cast.bob).post(f"{path}take")["Location"] == path, "there is nothing to grade, and why is there"


def test_an_officer_who_left_takes_nothing(cast: Cast) -> None:
    sent()
    collect_all()
    reference = Case.objects.get().reference
    browser = signed_in(cast.bob)
    cast.bob.is_active = False
    cast.bob.save()
    assert browser.post(f"/cases/{reference}/report/take").status_code in (302, 404)
    assert not CaseOfficer.objects.exists()


# --- over the wire ---


@pytest.fixture
def over_the_wire(desk_state: State, live_server: LiveServer, settings: Settings) -> Callable[[], ParcelsAt]:
    """The node behind a real socket. Node and desk share a database here; tests/faults has them apart."""
    settings.ADDRESS = Address.parse(live_server.url)
    return lambda: ParcelsAt(Address.parse(live_server.url), desk_state.desk_signing)


@pytest.mark.django_db(transaction=True)
def test_over_the_wire_it_is_the_same(over_the_wire: Callable[[], ParcelsAt], desk_state: State) -> None:
    data = LOOKS_SEALED + secrets.token_bytes(3 << 20)
    page = SendingPage(asking(Client(headers={"Origin": over_the_wire()._address.origin})))
    page.begin(len(data))
    page.send(data)
    page.finish(data)
    (arrival,) = collect_all(over_the_wire())
    assert EvidenceStore(desk_state).check(arrival.sha256) == len(data)
    assert page.state()["state"] == "collected"
    assert over_the_wire().waiting() == Listed(())


@pytest.mark.django_db(transaction=True)
def test_nobody_but_the_desk_collects(over_the_wire: Callable[[], ParcelsAt], tmp_path: Path) -> None:
    new_desk_keys(
        tmp_path / "other",
        "Another Unit",
        clock=lambda: datetime.now(UTC),
    )
    stranger = ParcelsAt(over_the_wire()._address, tmp_path / "other" / "desk.signkey")
    with pytest.raises(NodeAway):
        stranger.waiting()
    for path in ("/report/collect/", f"/report/collect/{'0' * 32}/"):
        answer = Client().get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_signed")


def test_a_request_of_the_desk_opens_nothing_a_second_time(desk_state: State, settings: Settings) -> None:
    asked = AskedFor(
        settings.ADDRESS.origin, "GET", "/report/collect/", sha256_of(b""), int(time.time()), secrets.token_hex(16)
    )
    header = {"Authorization": sign_request(asked, load_signing_key(desk_state.desk_signing))}
    assert [Client().get("/report/collect/", headers=header).status_code for _ in range(2)] == [200, 403]


def test_a_node_takes_no_acknowledgement_of_another_desk_or_of_another_parcel() -> None:
    sent()
    parcel = Parcel.objects.get()
    said = Acknowledgement(parcel.sha256, parcel.size, parcel.reference, "2026-11-22T10:00:00Z")
    stranger = sign_acknowledgement(said, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(Refused):
        node.accept_acknowledgement(parcel, stranger)
    sent(LOOKS_SEALED + b"another")
    arrivals = collect_all()
    other = Parcel.objects.exclude(pk=parcel.pk).get()
    about_other = next(each for each in arrivals if each.parcel == other.pk)
    with pytest.raises(Refused):
        node.accept_acknowledgement(parcel, collecting.acknowledgement_of(about_other))


def test_a_node_that_is_away_stops_nobody_and_is_said_once(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROLE, settings.NODE = Role.DESK, Address.parse("http://127.0.0.1:9")
    assert [look_for_parcels(), look_for_parcels()] == [0, 0]
    assert len([record for record in caplog.records if "public node" in record.getMessage()]) <= 1
