"""Whoever sent an urgent notice has a check code: they see how far it is, are told things, and can add a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from desk_cast import LOOKS_SEALED, Cast, clock, signed_in
from handing_over import SendingPage, asking
from notices import FORM, NUMBER, WORDS, dump, notice
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.handover import codes, work
from safehand.desk.handover.actions import keep_parcel, parcel_store
from safehand.desk.handover.models import Parcel, ParcelKind
from safehand.desk.handover.notices import send_notice
from safehand.desk.intake.collect import collect, look_for_parcels
from safehand.desk.intake.models import Arrival, Notice, ToldHolder
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.telling import tell_node
from safehand.seal.check_code import parse_check_code

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("desk_state")]

URGENT, PROGRESS = "/report/urgent/", "/report/progress/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield
    cache.clear()


def sent_page(**changed: object) -> str:
    answer = Client().post(URGENT, {**FORM, **changed})
    assert answer.status_code == 200
    return str(answer.content.decode())


def code_on(page: str) -> str:
    found = re.search(r"sh-receipt__code[^>]*>([^<]+)<", page)
    assert found is not None
    return found[1]


def shown(code: str) -> str:
    answer = Client().post(PROGRESS, {"code": code})
    assert answer.status_code == 200
    return str(answer.content.decode())


def step(code: str) -> str:
    return shown(code).partition('aria-current="step">')[2].partition("<")[0]


def test_the_page_after_sending_is_a_receipt_with_reference_code_and_time() -> None:
    page = sent_page()
    parcel = Parcel.objects.get()
    code = code_on(page)
    assert parse_check_code(code)
    for said in (
        parcel.reference,
        "Your check code",
        "UK time",
        "1 urgent notice",
        "I share this computer",
        "0800 1111",
    ):
        assert said in page
    assert code not in dump()
    assert parse_check_code(code) not in dump(), "only its hash is kept"
    assert parcel.reference.removeprefix("SH-") not in code.replace("-", "")


def test_the_same_form_twice_shows_the_same_code_and_another_form_another() -> None:
    first, again = code_on(sent_page()), code_on(sent_page())
    assert first == again
    others = {code_on(sent_page(once=once)) for once in ("f" * 32, "e" * 32, "")}
    assert len({first, *others}) == 4
    assert Parcel.objects.count() == 4


def test_a_notice_that_was_kept_without_a_code_shows_none_that_opens_nothing() -> None:
    """As one was that came in the hour before this version."""
    sent_page()
    Parcel.objects.update(check_code_hash="")
    assert "sh-receipt__code" not in sent_page()


def test_its_sender_sees_each_step_as_the_desk_takes_it(cast: Cast) -> None:
    code = code_on(sent_page())
    assert step(code) == "Received"
    assert "has not fetched it yet" in shown(code)
    look_for_parcels()
    tell_node()
    assert step(code) == "Received"
    assert "We have your report" in shown(code)
    assert "has not fetched it yet" not in shown(code)
    reference = Notice.objects.get().arrival.reference
    path = f"/notices/{reference}/"
    signed_in(cast.charlie).get(path)
    tell_node()
    assert step(code) == "Being read"
    signed_in(cast.bob).post(f"{path}take")
    tell_node()
    assert step(code) == "With an officer"
    signed_in(cast.bob).post(f"{path}close")
    tell_node()
    assert step(code) == "Finished"
    page = shown(code)
    assert reference in page
    for secret in (*WORDS, "bob", "charlie", Notice.objects.get().arrival.sha256):
        assert secret not in page


def test_who_has_a_notice_tells_its_sender_one_of_the_list_and_nobody_else_can(cast: Cast) -> None:
    code = code_on(sent_page())
    look_for_parcels()
    path = f"/notices/{Notice.objects.get().arrival.reference}/"
    bob, charlie = signed_in(cast.bob), signed_in(cast.charlie)
    told = f"{path}holder/"
    assert bob.get(told).status_code == 200
    assert bob.post(told, {"message": "officer_will_ring"}).status_code == 404, "nobody has it yet"
    bob.post(f"{path}take")
    assert charlie.get(told).status_code == 404
    assert charlie.post(told, {"message": "officer_will_ring"}).status_code == 404
    assert bob.post(told, {"message": "ask him where he works"}).status_code == 404
    assert bob.post(told, {"message": "officer_will_ring"}).status_code == 302
    assert [row.template for row in ToldHolder.objects.all()] == ["received", "officer_will_ring"]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.act, entry.recipient, entry.actor, entry.case) == (
        "holder.told", "disclosure", "holder", "officer:bob", "",
    )  # fmt: skip
    assert entry.record == f"notice:{Notice.objects.get().arrival.sha256}"
    assert "An officer will ring you" in bob.get(told).content.decode()
    tell_node()
    assert "An officer will ring you on the number you gave" in shown(code)


def test_what_is_told_after_a_notice_is_closed_reaches_its_sender_too(cast: Cast) -> None:
    code = code_on(sent_page())
    look_for_parcels()
    path = f"/notices/{Notice.objects.get().arrival.reference}/"
    bob = signed_in(cast.bob)
    bob.post(f"{path}take")
    bob.post(f"{path}close")
    assert [tell_node(), tell_node()] == [1, 0]
    assert Arrival.objects.get().settled, "it is looked at no more"
    bob.post(f"{path}holder/", {"message": "finished"})
    assert [tell_node(), tell_node()] == [1, 0]
    assert "We have done what we can with your report" in shown(code)
    assert bob.post(f"{path}take").status_code == 404, "a closed one is not taken again"


def test_a_node_that_was_away_when_a_report_was_finished_is_told_however_much_later(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_on(sent_page())
    look_for_parcels()
    path = f"/notices/{Notice.objects.get().arrival.reference}/"
    signed_in(cast.bob).post(f"{path}take")
    signed_in(cast.bob).post(f"{path}close")
    monkeypatch.setattr("safehand.desk.intake.telling.the_source", lambda: None)
    assert tell_node() == 0
    monkeypatch.undo()
    ToldHolder.objects.update(told_at="2026-01-01T00:00:00Z")
    assert tell_node() == 1
    assert step(code) == "Finished"


def test_what_an_officer_tells_while_the_node_is_told_is_told_at_the_next_look(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_on(sent_page())
    look_for_parcels()
    path = f"/notices/{Notice.objects.get().arrival.reference}/"
    bob = signed_in(cast.bob)
    bob.post(f"{path}take")
    bob.post(f"{path}close")
    tell = ParcelsHere.tell

    def telling(self: ParcelsHere, parcel: str, told: bytes) -> None:
        tell(self, parcel, told)
        monkeypatch.setattr(ParcelsHere, "tell", tell)
        bob.post(f"{path}holder/", {"message": "do_not_publish"})

    monkeypatch.setattr(ParcelsHere, "tell", telling)
    assert tell_node() == 1
    assert tell_node() == 1
    assert "Please do not post about this" in shown(code)


def add_a_chat(code: str) -> None:
    """A holder adds a chat to what they sent before, and the desk fetches it."""
    page = SendingPage(asking(Client()))
    data = LOOKS_SEALED + b"a chat"
    page.begin(len(data), check_code=code)
    page.send(data)
    page.finish(data)
    for each in ParcelsHere().waiting().parcels:
        collect(each, ParcelsHere())


def test_a_chat_that_is_added_with_a_notices_code_goes_to_the_officer_who_has_it(cast: Cast) -> None:
    code = code_on(sent_page())
    look_for_parcels()
    reference = Notice.objects.get().arrival.reference
    signed_in(cast.bob).post(f"/notices/{reference}/take")
    add_a_chat(code)
    assert [held.officer for held in CaseOfficer.objects.filter(case=Case.objects.get())] == [cast.bob]
    text = shown(code)
    assert "What you added on" in text


def test_a_chat_that_is_added_to_a_notice_nobody_has_waits_for_whoever_takes_it(cast: Cast) -> None:  # noqa: ARG001
    code = code_on(sent_page())
    look_for_parcels()
    add_a_chat(code)
    assert not CaseOfficer.objects.exists()


def test_whoever_sent_a_notice_that_does_not_open_is_told_at_once_what_to_do() -> None:
    sent = send_notice(notice(), once="", clock=clock)
    code = str(sent.check_code)
    sealed = parcel_store().keep([LOOKS_SEALED + b"not for this desk"])
    Parcel.objects.all().delete()
    keep_parcel(ParcelKind.NOTICE, sealed, check_code_hash=codes.hash_of_code(parse_check_code(code)))
    look_for_parcels()
    tell_node()
    text = shown(code)
    assert step(code) == "Received"
    assert "We could not open what you sent" in text
    assert "call 999. Do not wait for us" in text
    assert "We have your report" not in text
    assert NUMBER not in text
