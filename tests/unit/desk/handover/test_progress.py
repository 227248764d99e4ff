"""How far a report is, by check code: said to who has it, and nothing at all to who has not."""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from desk_cast import A_PACKAGE, LOOKS_SEALED, NOW, Cast, signed_in
from handing_over import SendingPage, asking
from reading_age import reading_age
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.handover import codes, progress, work
from safehand.desk.handover.actions import find_parcel
from safehand.desk.handover.models import Message, Parcel, Progress
from safehand.desk.handover.refusals import Refused
from safehand.desk.intake.collect import collect
from safehand.desk.intake.models import Arrival, ToldHolder
from safehand.desk.intake.source_here import ParcelsHere
from safehand.desk.intake.telling import tell_node
from safehand.desk.intake.told import tell_holder
from safehand.seal.check_code import format_check_code, new_check_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_state")]

PAGE = "/report/progress/"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "EASY", 4)
    cache.clear()
    yield
    cache.clear()


def send(data: bytes = A_PACKAGE, **more: object) -> str:
    page = SendingPage(asking(Client()))
    page.begin(len(data), **more)
    page.send(data)
    page.finish(data)
    return str(page.told["check_code"])


def collect_all() -> list[Arrival]:
    return [collect(each, ParcelsHere()) for each in ParcelsHere().waiting().parcels]


def shown(code: str) -> str:
    answer = Client().post(PAGE, {"code": code})
    assert answer.status_code == 200
    return str(answer.content.decode())


def now_at(text: str) -> str:
    return text.partition('aria-current="step">')[2].partition("<")[0]


def test_a_holder_sees_each_step_as_the_desk_takes_it(cast: Cast) -> None:
    code = send()
    text = shown(format_check_code(code).lower())
    assert now_at(text) == "Received"
    assert "has not fetched it yet" in text
    assert Parcel.objects.get().reference in text
    collect_all()
    tell_node()
    text = shown(code)
    assert now_at(text) == "Received"
    assert "We have your report" in text
    Package.objects.update(started_at=moment(NOW))
    tell_node()
    assert now_at(shown(code)) == "Being read"
    case = Case.objects.get()
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=cast.alice)
    tell_node()
    assert now_at(shown(code)) == "With an officer"
    tell_holder(cast.alice, case, "finished")
    tell_node()
    text = shown(code)
    assert now_at(text) == "Finished"
    assert "We have done what we can" in text


def test_nothing_of_the_evidence_and_nobody_is_named(cast: Cast) -> None:
    code = send()
    collect_all()
    case = Case.objects.get()
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=cast.alice)
    tell_holder(cast.alice, case, "officer_will_ring")
    tell_node()
    text = shown(code)
    for secret in ("alice", "Okafor", Package.objects.get().sha256, code, format_check_code(code)):
        assert secret not in text


def test_what_was_added_stands_below_with_a_reference_of_its_own() -> None:
    code = send()
    send(LOOKS_SEALED + b"more", check_code=code)
    text = shown(code)
    assert text.count("What you sent on") == 1
    assert text.count("What you added on") == 1
    for parcel in Parcel.objects.all():
        assert parcel.reference in text


WRONG = ["", "K7QM-2D9X", "0000-0000-0000-0001", format_check_code(new_check_code(secrets.randbits)), "<b>", "é" * 500]


def test_every_wrong_code_gets_the_same_answer() -> None:
    send()
    answers = set()
    for code in WRONG:
        answer = Client().post(PAGE, {"code": code})
        text = answer.content.decode().replace("&lt;b&gt;", code)
        answers.add((answer.status_code, text.replace(f'value="{code[:100]}"', 'value=""')))
    assert len(answers) == 1
    assert "<b>" not in Client().post(PAGE, {"code": "<b>"}).content.decode()


def test_after_ten_wrong_codes_an_address_waits_with_a_right_one_too(settings: Settings) -> None:
    code = send()
    for _ in range(10):
        assert Client().post(PAGE, {"code": "0" * 16}).status_code in (200, 400)
    for given in ("0" * 15 + "1", code):
        answer = Client().post(PAGE, {"code": given})
        assert answer.status_code == 429
        assert "101" in answer.content.decode()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    elsewhere = Client(headers={"X-Forwarded-For": "198.51.100.7"})
    assert elsewhere.post(PAGE, {"code": code}).status_code == 200, "nobody is shut out by another address"


def test_a_code_stands_in_no_address_and_sets_no_cookie() -> None:
    code = send()
    answer = Client().get(f"{PAGE}?code={code}")
    assert answer.status_code == 200
    assert code not in answer.content.decode()
    posted = Client().post(PAGE, {"code": code})
    assert not posted.cookies
    assert posted["Cache-Control"] == "no-store, private"


def test_the_pages_of_progress_can_be_read_at_nine() -> None:
    code = send()
    collect_all()
    tell_node()
    pages = [Client().get(PAGE), Client().post(PAGE, {"code": "wrong"}), Client().post(PAGE, {"code": code})]
    for answer in pages:
        inside = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        lines = [html.unescape(line).strip() for line in re.sub("<[^>]+>", "\n", inside).splitlines()]
        assert reading_age(line for line in lines if line) <= 9


# --- what the desk may say ---


def test_the_desk_tells_one_of_the_list_and_nothing_else(cast: Cast) -> None:
    code = send()
    collect_all()
    case = Case.objects.get()
    CaseOfficer.objects.create(case=case, officer=cast.alice, since=moment(NOW), added_by=cast.alice)
    path = f"/cases/{case.reference}/holder/"
    browser = signed_in(cast.alice)
    typed = {"text": "ask him where he works", "message_text": "ask", "body": "ask"}
    assert browser.post(path, typed).status_code == 404
    assert browser.post(path, {"message": "ask him where he works"}).status_code == 404
    assert browser.post(path, {"message": "stop_contact", **typed}).status_code == 302
    assert [row.template for row in ToldHolder.objects.all()] == ["received", "stop_contact"]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.act, entry.recipient, entry.actor) == (
        "holder.told",
        "disclosure",
        "holder",
        "officer:alice",
    )
    assert b'"message":"stop_contact"' in bytes(entry.canonical)
    tell_node()
    text = shown(code)
    assert "Stay out of contact, and keep the device" in text
    assert "where he works" not in text + browser.get(path).content.decode()


def test_no_column_has_room_for_an_officers_words() -> None:
    for model in (ToldHolder, Message):
        texts = [field for field in model._meta.fields if field.get_internal_type() in ("TextField", "CharField")]
        assert [(field.name, field.max_length) for field in texts] == [("template", 40)]


GOOD = (
    b'{"messages":[{"template":"received","told":"2026-11-22T10:00:00Z"}],'
    b'"progress":"received","schema":"safehand.told/1"}'
)


@pytest.mark.parametrize(
    "said",
    [
        b"{}",
        GOOD.replace(b"{", b'{"a":"ask",', 1),
        GOOD.replace(b'"received","told"', b'"ask him","told"'),
        GOOD.replace(b'"template"', b'"a":"ask","template"'),
        GOOD.replace(b"2026-11-22T10:00:00Z", b"soon"),
        GOOD.replace(b'"progress":"received"', b'"progress":"arrested"'),
        GOOD.replace(b":[", b": ["),
    ],
)
def test_the_node_takes_no_other_words_from_the_desk(said: bytes) -> None:
    send()
    parcel = find_parcel(Parcel.objects.get().pk)
    with pytest.raises(Refused):
        progress.accept_told(parcel, said)
    assert Message.objects.count() == 0
    progress.accept_told(parcel, GOOD)
    assert Message.objects.count() == 1


def test_how_far_a_report_is_is_never_older_than_what_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    code = send()
    parcel = find_parcel(Parcel.objects.get().pk)
    found = codes.open_by_code

    def found_and_then_the_desk_speaks(code: str, who: str) -> Parcel:
        first = found(code, who)
        progress.accept_told(parcel, GOOD.replace(b'"progress":"received"', b'"progress":"officer"'))
        return first

    monkeypatch.setattr(progress, "open_by_code", found_and_then_the_desk_speaks)
    (sent,) = progress.ask_progress(code, "somebody")
    assert (len(sent.told), sent.progress) == (1, Progress.OFFICER)


def test_a_word_of_the_desk_that_comes_late_takes_no_holder_back() -> None:
    send()
    parcel = find_parcel(Parcel.objects.get().pk)
    progress.accept_told(parcel, GOOD.replace(b'"progress":"received"', b'"progress":"officer"'))
    progress.accept_told(parcel, GOOD.replace(b'"progress":"received"', b'"progress":"reading"'))
    assert Parcel.objects.get().progress == Progress.OFFICER


def test_the_node_is_told_once_and_again_only_when_something_changed(cast: Cast) -> None:
    send()
    collect_all()
    assert [tell_node(), tell_node()] == [1, 0]
    tell_holder_again(cast)
    assert [tell_node(), tell_node()] == [1, 0]
    assert Message.objects.count() == 2


def tell_holder_again(cast: Cast) -> None:
    case = Case.objects.get()
    CaseOfficer.objects.create(case=case, officer=cast.bob, since=moment(NOW), added_by=cast.bob)
    tell_holder(cast.bob, case, "please_call")


def test_who_is_not_on_the_case_tells_nobody_anything(cast: Cast) -> None:
    send()
    collect_all()
    case = Case.objects.get()
    path = f"/cases/{case.reference}/holder/"
    assert signed_in(cast.charlie).get(path).status_code == 404
    assert signed_in(cast.charlie).post(path, {"message": "finished"}).status_code == 404
    assert ToldHolder.objects.count() == 1


def test_what_was_handed_in_by_hand_has_no_holder_to_tell(ready: object, as_alice: Client) -> None:  # noqa: ARG001
    path = f"/cases/{Case.objects.get().reference}/holder/"
    assert "ring them" in as_alice.get(path).content.decode()
    assert as_alice.post(path, {"message": "finished"}).status_code == 404
