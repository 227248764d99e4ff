"""Handing in: streamed, kept, a case opened, the work queued; the same bytes again recognised."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import A_PACKAGE, LOOKS_SEALED, NOW, Cast, Ready, clock, signed_in
from safehand.casefile.key import unwrap_case_key
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.cases.opening import can_be_opened, case_file_path, case_key
from safehand.desk.core.reference import parse_reference
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.inspection import inspect
from safehand.desk.intake.actions import Received, receive, try_again
from safehand.desk.officers.models import Officer

DATA = LOOKS_SEALED + b"not looked into by these tests\n" * 200
SHA256 = hashlib.sha256(DATA).hexdigest()


def hand_in(officer: Officer, state: State, data: bytes = DATA) -> Received:
    with EvidenceStore(state).begin(1 << 20) as incoming:
        incoming.write(data)
        return receive(officer, incoming, clock=clock)


def post(browser: Client, data: bytes, name: str = "WhatsApp Chat with Priya Wren.safehand") -> Any:
    return browser.post("/hand-in/", {"package": SimpleUploadedFile(name, data)})


def queued() -> list[list[int]]:
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.all()]


def test_a_package_opens_a_case_with_the_officer_on_it(cast: Cast, desk_state: State) -> None:
    received = hand_in(cast.alice, desk_state)
    package = Package.objects.get()
    assert received == Received(package, new=True)
    assert (package.sha256, package.size, package.state) == (SHA256, len(DATA), PackageState.RECEIVED)
    assert package.received_by == cast.alice
    case = Case.objects.get()
    assert parse_reference(case.reference) == case.reference
    assert [row.officer for row in CaseOfficer.objects.all()] == [cast.alice]
    assert queued() == [[package.pk]]
    assert EvidenceStore(desk_state).check(SHA256) == len(DATA)
    entries = list(CustodyEntry.objects.values_list("verb", "actor", "case", "record", "instant"))
    assert entries == [
        ("case.opened", "officer:alice", case.reference, "case", NOW),
        ("package.received", "officer:alice", case.reference, f"package:{SHA256}", NOW),
    ]


def test_each_case_has_a_key_of_its_own_that_desk_and_recovery_open(cast: Cast, desk_state: State) -> None:
    one, other = (hand_in(cast.alice, desk_state, data).package.case for data in (DATA + b"one", DATA + b"other"))
    assert case_key(one) != case_key(other)
    recovery = (desk_state.keys / "recovery.agekey").read_text()
    assert unwrap_case_key(bytes(one.wrapped_key), recovery) == case_key(one)


def test_what_fails_half_way_opens_no_case(cast: Cast, desk_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CustodyEntry, "save", refuse)
    with pytest.raises(ZeroDivisionError):
        hand_in(cast.alice, desk_state)
    assert (Case.objects.count(), Package.objects.count(), queued()) == (0, 0, [])
    monkeypatch.undo()
    assert hand_in(cast.alice, desk_state).new, "the bytes are in the store already, and yet no case has them"


def test_the_same_bytes_are_recognised_and_not_doubled(cast: Cast, desk_state: State) -> None:
    first = hand_in(cast.alice, desk_state)
    again = hand_in(cast.charlie, desk_state)
    assert again == Received(first.package, new=False)
    assert (Case.objects.count(), Package.objects.count(), len(queued())) == (1, 1, 1)
    last = CustodyEntry.objects.last()
    assert last is not None
    assert (last.verb, last.actor, last.case, last.record) == (
        "package.recognised",
        "officer:charlie",
        "",
        f"package:{SHA256}",
    )


def test_the_page_takes_a_file_and_leads_to_its_report(as_alice: Client) -> None:
    answer = post(as_alice, DATA)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.reference}/report/")
    page = as_alice.get(answer["Location"])
    assert page.status_code == 200
    assert case.reference in page.content.decode()
    assert page.context["refresh"]
    assert as_alice.get(f"{answer['Location']}progress").json()["finished"] is False


def test_what_the_file_was_called_is_kept_nowhere(as_alice: Client, desk_state: State) -> None:
    post(as_alice, DATA)
    row = repr(Package.objects.values().get()) + repr(Case.objects.values().get()) + repr(queued())
    row += "".join(str(path) for path in desk_state.root.rglob("*"))
    row += "".join(bytes(entry.canonical).decode() for entry in CustodyEntry.objects.all())
    assert "Priya" not in row
    assert "WhatsApp" not in row


def test_a_colleague_who_hands_in_the_same_gets_a_link_and_an_outsider_a_sentence(ready: Ready) -> None:
    colleague = post(signed_in(ready.cast.bob), A_PACKAGE)
    assert colleague.status_code == 200
    assert ready.case.reference in colleague.content.decode()
    assert colleague.context["already"].link == f"/cases/{ready.case.reference}/report/"
    outsider = post(signed_in(ready.cast.charlie), A_PACKAGE)
    assert outsider.status_code == 200
    assert ready.case.reference not in outsider.content.decode()
    assert outsider.context["already"].link is None
    assert Case.objects.count() == 1


def test_a_file_over_the_limit_is_413_and_nothing_is_kept(
    as_alice: Client, desk_state: State, settings: Settings
) -> None:
    settings.LARGEST_PACKAGE = 1000
    for data in (DATA[:1001], b"x" * 200_000):
        answer = post(as_alice, data)
        assert answer.status_code == 413
        assert answer.context["largest"] == 1000
    assert list(desk_state.uploads.iterdir()) == []
    assert not Case.objects.exists()
    assert post(as_alice, DATA[:1000]).status_code == 302


NOT_SEALED = {
    "a chat": b"21/11/2026, 10:00 - Priya Wren: the seed potatoes are in\n" * 40_000,
    "a picture": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(3_000_000),
    "a ZIP": b"PK\x03\x04" + bytes(100),
    "one byte": b"x",
    "the first line cut short": LOOKS_SEALED[:-1],
    "a package within": b"\n" + A_PACKAGE,
}


@pytest.mark.parametrize("name", NOT_SEALED)
def test_what_is_not_sealed_is_refused_in_words_and_is_kept_nowhere(
    name: str, as_alice: Client, desk_state: State
) -> None:
    before = CustodyEntry.objects.count()
    answer = post(as_alice, NOT_SEALED[name])
    assert answer.status_code == 400
    (problem,) = answer.context["form"].errors["package"]
    for words in ("not a sealed package", "is not kept", "safehand seal"):
        assert words in problem
    assert [path for path in desk_state.root.rglob("*") if path.is_file() and path.parent != desk_state.keys] == [
        desk_state.secret_key
    ]
    assert (Case.objects.count(), CustodyEntry.objects.count(), queued()) == (0, before, [])


@pytest.mark.parametrize("data", [None, b""])
def test_no_file_or_an_empty_one_is_said(data: bytes | None, as_alice: Client) -> None:
    answer = as_alice.post("/hand-in/") if data is None else post(as_alice, data)
    assert answer.status_code == 400
    assert "Choose the .safehand file" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("call", ["os.open", "os.fsync"])
def test_a_full_disk_is_all_that_is_said_and_nothing_is_kept(
    call: str, as_alice: Client, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(call, full)
    answer = post(as_alice, DATA)
    monkeypatch.undo()
    assert answer.status_code == 503
    (problem,) = answer.context["form"].errors["package"]
    assert "disk may be full" in problem
    assert "Choose the" not in answer.content.decode()
    assert not Case.objects.exists()
    assert list(desk_state.uploads.iterdir()) == []


def test_a_form_from_elsewhere_is_refused_and_nothing_is_kept(cast: Cast, desk_state: State) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = post(browser, DATA)
    assert answer.status_code == 403
    assert not Case.objects.exists()
    assert list(desk_state.uploads.iterdir()) == []
    assert list(EvidenceStore(desk_state).names()) == []


def test_what_stopped_can_be_tried_again_and_what_did_not_cannot(ready: Ready) -> None:
    browser = signed_in(ready.cast.bob)
    path = f"/cases/{ready.case.reference}/report/again"
    assert browser.post(path).status_code == 404
    Package.objects.update(state=PackageState.STOPPED, why="cannot_write")
    page = browser.get(f"/cases/{ready.case.reference}/report/").content.decode()
    assert path in page
    assert browser.post(path).status_code == 302
    package = Package.objects.get()
    assert (package.state, package.why) == (PackageState.RECEIVED, "")
    assert queued() == [[package.pk]]
    last = CustodyEntry.objects.last()
    assert last is not None
    assert (last.verb, last.actor) == ("package.tried_again", "officer:bob")


def test_a_case_file_that_is_gone_can_be_made_again(ready: Ready) -> None:
    case_file_path(ready.case).unlink()
    try_again(ready.cast.alice, ready.case, clock=clock)
    assert Package.objects.get().state == PackageState.RECEIVED


def test_a_case_file_that_does_not_open_is_found_and_made_again_from_its_page(ready: Ready, as_alice: Client) -> None:
    path = case_file_path(ready.case)
    whole = path.read_bytes()
    assert can_be_opened(ready.case)
    path.chmod(0o600)
    path.write_bytes(bytes(8192) + whole[8192:])
    assert any("does not open" in problem for problem in inspect())
    case = f"/cases/{ready.case.reference}"
    assert as_alice.get(f"{case}/conversations/1/")["Location"] == f"{case}/report/"
    assert f"{case}/report/again" in as_alice.get(f"{case}/report/").content.decode()
    assert as_alice.post(f"{case}/report/again").status_code == 302
    assert Package.objects.get().state == PackageState.RECEIVED


def test_a_case_file_of_another_version_is_made_again(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safehand.casefile.read.FORMAT", 999)
    assert not can_be_opened(ready.case)
    try_again(ready.cast.alice, ready.case, clock=clock)
    assert Package.objects.get().state == PackageState.RECEIVED


def test_a_desk_without_its_key_is_not_told_to_read_again(ready: Ready, desk_state: State) -> None:
    desk_state.desk_identity.unlink()
    assert can_be_opened(ready.case), "the case file is not what is wrong"
