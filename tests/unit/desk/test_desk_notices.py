"""Urgent notices at the desk: at the top of the inbox with a clock, and each look is written down first."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from desk_cast import NOW, Cast, clock, keep, make_notice, signed_in
from kept_rows import enter_the_cast
from notices import WORDS, dump, least, notice
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.handover.models import Parcel, ParcelState
from safehand.desk.handover.notices import send_notice
from safehand.desk.inspection import inspect
from safehand.desk.intake.collect import look_for_parcels
from safehand.desk.intake.models import Notice, NoticeState
from safehand.desk.intake.notice_presenters import notice_rows
from safehand.model.instant import MICRO
from safehand.seal.notice import DONT_KNOW, LEFT, Answered
from safehand.seal.notice import NoticeState as Said
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/notices/SH-8Q2V5TR41/"
YES, NO = Answered(Said.YES), Answered(Said.NO)


@pytest.fixture
def there(desk_state: State, cast: Cast) -> Notice:  # noqa: ARG001  the officers are wanted
    return put(desk_state)


def put(state: State, reference: str = "SH-8Q2V5TR41", **changed: Answered) -> Notice:
    """A notice at the desk, with ``changed`` answers."""
    desk = load_desk_public(state.desk_public)
    return make_notice(state, keep(state, seal_notice(notice(**changed), desk)), reference)


def verbs() -> list[tuple[str, str]]:
    return [(entry.actor, entry.verb) for entry in CustodyEntry.objects.all()]


def test_what_a_holder_sends_is_at_the_desk_at_the_next_heartbeat(desk_state: State, cast: Cast) -> None:
    parcel = send_notice(notice(), once="", clock=clock).parcel
    assert look_for_parcels(clock) == 1
    assert look_for_parcels(clock) == 0
    parcel.refresh_from_db()
    assert parcel.state == ParcelState.COLLECTED
    assert parcel.acknowledgement
    assert [row.reference for row in notice_rows(cast.alice, clock)] == [parcel.reference]
    assert verbs() == [("desk:handover", "notice.received"), ("desk:handover", "holder.told")]
    assert not [path for path in desk_state.handover.rglob("*") if path.is_file()]


def test_one_that_cannot_be_collected_keeps_no_other_waiting(desk_state: State, cast: Cast) -> None:
    first, second = (send_notice(each, once="", clock=clock).parcel for each in (notice(), least()))
    path = next(path for path in desk_state.handover.rglob(first.sha256))
    path.unlink()
    look_for_parcels(clock)
    assert [row.reference for row in notice_rows(cast.alice, clock)] == [second.reference]
    assert Parcel.objects.get(pk=first.pk).state == ParcelState.WAITING


def test_the_row_holds_no_word_of_it(there: Notice) -> None:
    stored = " ".join(str(value) for value in Notice.objects.values().get(pk=there.pk).values())
    assert not any(word in stored for word in WORDS)
    assert (there.danger, there.meeting, there.meeting_basis) == ("no", "planned", "stated")
    assert there.meeting_at == moment(NOW) + timedelta(hours=3, minutes=15)


CLOCKS: dict[str, tuple[dict[str, Answered], int, str, bool]] = {
    "to come": ({}, 5, "Meeting in 3 hours 10 minutes", True),
    "far off": ({"meeting_day": Answered.given("2026-11-24")}, 0, "Meeting in 2 days 3 hours", False),
    "over": ({}, 5 * 60, "The time of the meeting passed 1 hour 45 minutes ago: has it happened?", True),
    "under way": ({"meeting": Answered.given("under_way")}, 0, "The holder says a meeting is under way", True),
    "today": ({"meeting_time": LEFT}, 0, "Meeting today; the time is not known", True),
    "yesterday": (
        {"meeting_time": LEFT, "meeting_day": Answered.given("2026-11-21")},
        0,
        "The day of the meeting, 21 November 2026, has passed: has it happened?",
        True,
    ),
    "another day": (
        {"meeting_time": LEFT, "meeting_day": Answered.given("2026-11-24")},
        0,
        "Meeting on Tuesday 24 November 2026, in 1 day 14 hours at the earliest",
        False,
    ),
    "no day": ({"meeting_day": DONT_KNOW}, 0, "A meeting is planned; the day is not known", False),
    "none": ({"meeting": Answered.given("no")}, 0, "", False),
    "not said": ({"meeting": LEFT, "meeting_day": LEFT}, 0, "", False),
    "two readings": ({"meeting_time": Answered.given("11:15")}, 0, "Meeting in 1 hour 15 minutes", True),
    "two readings, the earlier over": (
        {"meeting_time": Answered.given("11:15")},
        3 * 60,
        "Meeting in 10 hours 15 minutes (of its readings a later one)",
        True,
    ),
    "two readings, both over": (
        {"meeting_time": Answered.given("11:15")},
        14 * 60,
        "The time of the meeting passed 12 hours 45 minutes ago: has it happened?",
        True,
    ),
    "twelve": (
        {"meeting_time": Answered.given("12")},
        0,
        "Meeting in 2 hours (of its readings a later one)",
        True,
    ),
    "midnight": (
        {"meeting_time": Answered.given("midnight")},
        3 * 60,
        "Meeting in 11 hours (of its readings a later one)",
        True,
    ),
    "none any more, of two readings": (
        {"meeting": Answered.given("no"), "meeting_time": Answered.given("11:15")},
        3 * 60,
        "",
        False,
    ),
}


@pytest.mark.parametrize("name", CLOCKS)
def test_the_clock_runs_to_the_earliest_moment(name: str, desk_state: State, cast: Cast) -> None:
    changed, minutes, words, pressing = CLOCKS[name]
    put(desk_state, "SH-8Q2V5TR41", **changed)
    (row,) = notice_rows(cast.bob, lambda: NOW + minutes * 60 * MICRO)
    assert (row.clock, row.pressing) == (words, pressing)
    assert any("two times" in note for note in row.notes) is (name in {"two readings", "two readings, both over"})
    assert any("has it happened?" in note for note in row.notes) is ("a later" in words), "asked of the earlier"


def test_what_presses_most_stands_first_and_what_nobody_has_before_all(desk_state: State, cast: Cast) -> None:
    put(desk_state, "SH-000000001", meeting_time=Answered.given("11pm"))
    put(desk_state, "SH-000000002", meeting=DONT_KNOW, meeting_day=LEFT)
    put(desk_state, "SH-000000003", danger_now=YES)
    put(desk_state, "SH-000000004")
    signed_in(cast.alice).post("/notices/SH-000000003/take")
    assert [row.reference[-1] for row in notice_rows(cast.bob, clock)] == ["4", "1", "2", "3"]


def test_the_inbox_shows_it_to_everybody_and_no_word_of_it(there: Notice, cast: Cast) -> None:
    for officer in cast:
        page = signed_in(officer).get("/inbox/").content.decode()
        assert there.arrival.reference in page
        assert "has it happened?" in page or "Meeting in" in page
        assert not any(word in page for word in WORDS)
    assert [verb for _, verb in verbs()] == ["notice.received", "holder.told"]


def test_its_words_are_shown_once_that_is_written_down(there: Notice, as_charlie: Client) -> None:
    page = as_charlie.get(PATH).content.decode()
    for word in WORDS:
        assert word in page
    assert verbs()[-1] == ("officer:charlie", "notice.shown")
    entry = CustodyEntry.objects.get(verb="notice.shown")
    assert entry.record == f"notice:{there.arrival.sha256}"
    assert not any(word.encode() in bytes(entry.canonical) for word in WORDS)


@pytest.mark.usefixtures("there")
def test_nothing_is_shown_that_cannot_be_written_down(as_alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(CustodyEntry, "save", full)
    answer = as_alice.get(PATH)
    assert answer.status_code == 503
    assert not any(word in answer.content.decode() for word in WORDS)


def test_whoever_takes_it_has_it_and_the_others_are_told_who(there: Notice, as_alice: Client, as_bob: Client) -> None:
    as_alice.post(f"{PATH}take")
    as_alice.post(f"{PATH}take")
    page = as_bob.get(PATH).content.decode()
    assert "alice has this notice" in page
    assert not any(word in page for word in WORDS)
    assert WORDS[0] in as_alice.get(PATH).content.decode()
    assert [verb for _, verb in verbs()] == ["notice.received", "holder.told", "notice.taken", "notice.shown"]
    as_bob.post(f"{PATH}take")
    assert WORDS[0] in as_bob.get(PATH).content.decode()
    assert "bob has this notice" in as_alice.get(PATH).content.decode()
    there.refresh_from_db()
    assert there.taken_by is not None
    assert there.taken_by.reference == "bob"


def test_only_who_has_it_may_close_it_and_then_it_leaves_the_inbox(
    there: Notice, as_alice: Client, as_bob: Client, cast: Cast
) -> None:
    assert as_alice.post(f"{PATH}close").status_code == 404
    as_alice.post(f"{PATH}take")
    assert as_bob.post(f"{PATH}close").status_code == 404
    assert as_alice.post(f"{PATH}close")["Location"] == "/inbox/"
    assert as_alice.post(f"{PATH}close").status_code == 404
    assert notice_rows(cast.alice, clock) == ()
    there.refresh_from_db()
    assert there.state == NoticeState.CLOSED
    assert as_alice.get(PATH).status_code == 200


@pytest.mark.usefixtures("there")
def test_looking_changes_nothing_and_a_form_changes_only_by_post(as_alice: Client) -> None:
    for path in ("take", "close"):
        assert as_alice.get(PATH + path).status_code == 405
    assert Notice.objects.get().state == NoticeState.WAITING
    assert as_alice.get("/notices/SH-000000000/").status_code == 404


@pytest.mark.usefixtures("there")
def test_an_officer_who_left_sees_none(cast: Cast) -> None:
    browser = signed_in(cast.charlie)
    cast.charlie.is_active = False
    cast.charlie.save()
    assert browser.get(PATH).status_code in (302, 404)
    assert notice_rows(cast.charlie, clock) == ()


@pytest.mark.usefixtures("there")
def test_an_inbox_that_stands_open_can_ask_what_is_new(as_alice: Client) -> None:
    assert as_alice.get("/inbox/waiting").json() == {"waiting": ["SH-8Q2V5TR41"], "alarms": []}
    as_alice.post(f"{PATH}take")
    assert as_alice.get("/inbox/waiting").json() == {"waiting": [], "alarms": []}


def test_one_that_cannot_be_opened_is_shown_too(desk_state: State, cast: Cast) -> None:
    broken = make_notice(desk_state, keep(desk_state, b"age-encryption.org/v1\nDear desk, the beans are up."))
    assert not broken.opened
    (row,) = notice_rows(cast.alice, clock)
    assert "could not be opened" in row.notes[0]
    assert "cannot be opened" in signed_in(cast.alice).get(PATH).content.decode()


def test_its_words_lie_nowhere_in_the_clear_at_the_desk_either(
    desk_state: State, as_alice: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    enter_the_cast(clock)
    parcel = send_notice(notice(), once="", clock=clock).parcel
    look_for_parcels(clock)
    path = f"/notices/{parcel.reference}/"
    assert WORDS[0] in as_alice.get(path).content.decode()
    as_alice.post(f"{path}take")
    as_alice.post(f"{path}close")
    assert inspect() == []
    on_disk = [file for file in desk_state.root.rglob("*") if file.is_file()]
    dumped = dump()
    for word in WORDS:
        assert not [file for file in on_disk if word.encode() in file.read_bytes()]
        assert word not in dumped
        assert word not in caplog.text


def test_a_desk_without_its_key_collects_nothing_and_loses_nothing(desk_state: State, cast: Cast) -> None:
    parcel = send_notice(notice(), once="", clock=clock).parcel
    desk_state.desk_identity.rename(desk_state.keys / "away")
    look_for_parcels(clock)
    assert notice_rows(cast.alice, clock) == ()
    (desk_state.keys / "away").rename(desk_state.desk_identity)
    look_for_parcels(clock)
    assert [row.reference for row in notice_rows(cast.alice, clock)] == [parcel.reference]
