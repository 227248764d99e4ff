"""The form of the urgent notice: the number alone is needed, nothing is chosen, one sending is one notice; no trace."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from notices import FORM, NUMBER, WORDS, dump
from safehand.desk.core.state import State
from safehand.desk.handover.actions import parcel_store
from safehand.desk.handover.desk_seen import see_desk
from safehand.desk.handover.limits import Limit
from safehand.desk.handover.models import Parcel
from safehand.desk.handover.notice_form import NoticeForm
from safehand.desk.handover.store import ParcelStore
from safehand.errors import CannotWrite
from safehand.seal.holder_words import WORDS as SAID
from safehand.seal.notice import FIELDS, NoticeKind, NoticeState
from safehand.seal.notice_sealed import open_notice
from safehand.signing.keys import load_identity

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 27)
URGENT = "/report/urgent/"


@pytest.fixture(autouse=True)
def _forget() -> None:
    cache.clear()


def form(**changed: Any) -> NoticeForm:
    made = NoticeForm({**FORM, **changed}, today=TODAY)
    made.is_valid()
    return made


def answer(name: str, **changed: Any) -> tuple[str, str | None]:
    made = form(**changed)
    assert made.errors == {}
    found = made.notice("2026-11-27T17:00:00Z").answers[name]
    return found.state.value, found.value


def test_nothing_is_chosen_beforehand(desk_state: State, client: Client) -> None:
    page = client.get(URGENT).content.decode()
    assert desk_state.desk_public.exists()
    assert " checked" not in page
    assert " selected" not in page


def test_the_number_alone_is_enough(desk_state: State, client: Client) -> None:
    sent = client.post(URGENT, {"caller_number": NUMBER})
    assert sent.status_code == 200
    parcel = Parcel.objects.get()
    sealed = parcel_store().path(parcel.sha256).read_bytes()
    kept = open_notice(sealed, load_identity(desk_state.desk_identity))
    for field in FIELDS:
        if field.kind is not NoticeKind.NUMBER:
            assert kept.answers[field.id].state in (NoticeState.LEFT, NoticeState.DONT_KNOW)


@pytest.mark.usefixtures("desk_state")
@pytest.mark.parametrize("number", ["", "  ", "later", "1234", "x" * 400])
def test_without_a_number_nothing_is_sent_and_what_was_typed_stays(number: str, client: Client) -> None:
    answered = client.post(URGENT, {**FORM, "caller_number": number})
    page = answered.content.decode()
    assert answered.status_code == 400
    assert 'href="#id_caller_number"' in page
    assert "Rowanberry Gate" in page
    assert Parcel.objects.count() == 0


def test_every_question_offers_i_dont_know_but_the_number() -> None:
    made = NoticeForm(today=TODAY)
    for field in FIELDS:
        if field.kind in (NoticeKind.TEXT, NoticeKind.NUMBER):
            assert made.fields[field.id].required is (field.kind is NoticeKind.NUMBER)
        else:
            assert "dont_know" in dict(made.fields[field.id].choices)  # type: ignore[attr-defined]


def test_what_was_filled_in_is_what_the_notice_says() -> None:
    assert answer("danger_now") == ("no", None)
    assert answer("meeting") == ("given", "planned")
    assert answer("access") == ("dont_know", None)
    assert answer("images") == ("left", None)
    assert answer("statement", statement="yes") == ("yes", None)
    assert answer("child_details") == ("given", "Dilys Quillfeather, 12, at home with her aunt")
    assert answer("other_reports", other_reports=" \n ") == ("dont_know", None)
    assert answer("subject", subject="a\u202eb\x00c") == ("given", "a b c")


def test_signs_beside_none_of_these_count() -> None:
    assert answer("danger_signs") == ("given", "other_children,money_or_travel")
    assert answer("danger_signs", danger_signs=["none"]) == ("given", "none")
    assert answer("danger_signs", danger_signs=["none", "drugs"]) == ("given", "drugs")
    assert answer("danger_signs", danger_signs=["dont_know"]) == ("dont_know", None)
    assert answer("danger_signs", danger_signs=["dont_know", "drugs"]) == ("given", "drugs")
    assert answer("danger_signs", danger_signs=[]) == ("left", None)


DAYS: dict[str, tuple[dict[str, str], str | None]] = {
    "today": ({"meeting_day": "today"}, "2026-11-27"),
    "tomorrow": ({"meeting_day": "tomorrow"}, "2026-11-28"),
    "in full": (
        {"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "12", "meeting_year": "2026"},
        "2026-12-03",
    ),
    "a month in words": (
        {"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "december", "meeting_year": "2026"},
        "2026-12-03",
    ),
    "without a year": ({"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "1"}, "2027-01-03"),
    "yesterday without a year": ({"meeting_day": "other", "meeting_day_of": "26", "meeting_month": "11"}, "2026-11-26"),
    "in the past": (
        {"meeting_day": "other", "meeting_day_of": "1", "meeting_month": "2", "meeting_year": "2026"},
        "2026-02-01",
    ),
    "no such day": ({"meeting_day": "other", "meeting_day_of": "31", "meeting_month": "2"}, None),
    "no such month": ({"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "Blursday"}, None),
    "a short year": (
        {"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "12", "meeting_year": "26"},
        None,
    ),
    "a year of another century": (
        {"meeting_day": "other", "meeting_day_of": "3", "meeting_month": "12", "meeting_year": "2206"},
        None,
    ),
    "nothing": ({"meeting_day": "other"}, None),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_day_is_read_or_asked_again(name: str) -> None:
    given, day = DAYS[name]
    made = form(**given)
    if day is None:
        assert made.errors["meeting_day"] == [SAID.notice.odd_day]
    else:
        assert made.notice("2026-11-27T17:00:00Z").answers["meeting_day"].value == day


@pytest.mark.usefixtures("desk_state")
def test_the_same_form_twice_is_one_notice_and_a_changed_one_another(client: Client) -> None:
    references = {client.post(URGENT, FORM).context["parcel"].reference for _ in range(2)}
    assert len(references) == 1
    changed = client.post(URGENT, {**FORM, "danger_now": "yes"}).context["parcel"].reference
    assert changed not in references
    client.post(URGENT, {**FORM, "once": "f" * 32})
    client.post(URGENT, {**FORM, "once": "<script>"})
    assert Parcel.objects.count() == 4


@pytest.mark.usefixtures("desk_state")
def test_a_full_disk_says_that_nothing_was_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise CannotWrite("full")

    monkeypatch.setattr(ParcelStore, "keep", full)
    answered = client.post(URGENT, FORM)
    page = answered.content.decode()
    assert answered.status_code == 503
    assert "not sent" in page
    assert "Rowanberry Gate" in page
    assert Parcel.objects.count() == 0


@pytest.mark.usefixtures("desk_state")
def test_a_database_that_is_full_says_so_on_the_form_and_keeps_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Limit, "count", full)
    answered = client.post(URGENT, FORM)
    assert answered.status_code == 503
    assert "not sent" in answered.content.decode()
    assert "Rowanberry Gate" in answered.content.decode()
    assert Parcel.objects.count() == 0


@pytest.mark.usefixtures("desk_state")
def test_a_notice_that_was_kept_is_sent_though_it_could_not_be_remembered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(cache, "set", full)
    assert client.post(URGENT, FORM).status_code == 200
    assert Parcel.objects.count() == 1


def test_a_node_without_the_desks_public_key_says_so_too(desk_state: State, client: Client) -> None:
    desk_state.desk_public.unlink()
    assert client.post(URGENT, FORM).status_code == 503
    assert client.get("/report/").status_code == 200


@pytest.mark.usefixtures("desk_state")
def test_a_desk_that_has_not_looked_in_for_a_while_is_said_to_be_away(client: Client) -> None:
    said = SAID.notice.desk_away
    assert said in client.get(URGENT).content.decode()
    assert said in client.post(URGENT, FORM).content.decode()
    see_desk()
    assert said not in client.get(URGENT).content.decode()
    assert said not in client.post(URGENT, FORM).content.decode()


@pytest.mark.usefixtures("desk_state")
def test_too_many_from_one_address_are_told_to_ring(client: Client) -> None:
    for number in range(20):
        assert client.post(URGENT, {**FORM, "once": f"{number:032x}"}).status_code == 200
    answered = client.post(URGENT, {**FORM, "once": "e" * 32})
    assert answered.status_code == 429
    assert "Call 999 or 101 now" in answered.content.decode()
    assert "Rowanberry Gate" in answered.content.decode()


@pytest.mark.usefixtures("desk_state")
def test_whoever_sent_it_can_ask_if_the_police_have_it_and_nobody_learns_more(client: Client) -> None:
    parcel = client.post(URGENT, FORM).context["parcel"]
    asked = client.get(f"{URGENT}state/?notice={parcel.pk}", headers={"accept": "application/json"})
    assert asked.json() == {"there": False}
    page = client.get(f"{URGENT}state/?notice={parcel.pk}").content.decode()
    assert parcel.reference in page
    assert not any(word in page for word in WORDS)
    for wrong in ("", "0" * 32, "x", parcel.reference):
        assert client.get(f"{URGENT}state/?notice={wrong}").status_code == 404


def test_a_notices_words_lie_nowhere_in_the_clear(
    desk_state: State, client: Client, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    client.post(URGENT, FORM)
    client.post(URGENT, {**FORM, "caller_number": ""})
    assert Parcel.objects.count() == 1
    on_disk = [path for root in (desk_state.root, tmp_path) for path in root.rglob("*") if path.is_file()]
    assert on_disk
    for word in WORDS:
        assert not [path for path in on_disk if word.encode() in path.read_bytes()]
        assert word not in dump()
        assert word not in caplog.text
