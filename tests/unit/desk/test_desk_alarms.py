"""Alarms: a notice that nobody opens, a meeting whose time has passed. Every officer sees them until one speaks up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from desk_cast import NOW, Cast, Ready, clock, hold, keep, make_notice, signed_in
from notices import WORDS, notice
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.alarm_presenters import alarm_rows
from safehand.desk.intake.alarms import raise_alarms
from safehand.desk.intake.models import OF_THE_LOG, Alarm, AlarmWhy, Notice
from safehand.desk.officers.roles import Role
from safehand.model.instant import MICRO
from safehand.seal.notice import DONT_KNOW, LEFT, Answered
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

pytestmark = pytest.mark.django_db(transaction=True)

NOTICE = "SH-8Q2V5TR41"
PATH = f"/notices/{NOTICE}/"
NO_MEETING = {"meeting": Answered.given("no"), "meeting_day": LEFT, "meeting_time": LEFT}


def put(state: State, reference: str = NOTICE, **changed: Answered) -> Notice:
    desk = load_desk_public(state.desk_public)
    return make_notice(state, keep(state, seal_notice(notice(**changed), desk)), reference)


def after(minutes: float) -> int:
    """How many alarms are raised then."""
    return raise_alarms(lambda: NOW + int(minutes * 60 * MICRO))


def raised() -> list[tuple[str, str]]:
    return [(alarm.called, alarm.why) for alarm in Alarm.objects.select_related("arrival", "case")]


@pytest.mark.usefixtures("cast")
def test_a_notice_that_nobody_opened_in_time_is_an_alarm_once(desk_state: State) -> None:
    put(desk_state, NOTICE, **NO_MEETING)
    assert [after(9.9), after(10), after(11)] == [0, 1, 0]
    assert raised() == [("SH-8Q2V5TR41", "unread")]
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor, entry.act) == ("alarm.raised", "desk:worker", "alteration")
    assert entry.record == f"notice:{Notice.objects.get().arrival.sha256}"
    assert b'"why":"unread"' in bytes(entry.canonical)


def test_how_long_is_the_units_own(desk_state: State, cast: Cast, settings: Settings) -> None:  # noqa: ARG001
    settings.UNREAD_AFTER = timedelta(minutes=3)
    put(desk_state, NOTICE, **NO_MEETING)
    assert [after(2.9), after(3)] == [0, 1]


def test_what_somebody_opened_is_not_unread(desk_state: State, cast: Cast) -> None:
    put(desk_state, NOTICE, **NO_MEETING)
    signed_in(cast.charlie).get(PATH)
    assert after(60) == 0


def test_what_somebody_took_and_never_opened_is_unread(desk_state: State, cast: Cast) -> None:
    put(desk_state, NOTICE, **NO_MEETING)
    signed_in(cast.charlie).post(f"{PATH}take")
    assert after(60) == 1


def test_looking_at_the_inbox_is_not_opening(desk_state: State, cast: Cast) -> None:
    put(desk_state, NOTICE, **NO_MEETING)
    signed_in(cast.charlie).get("/inbox/")
    assert after(60) == 1


PASSED: dict[str, tuple[dict[str, Answered], int, bool]] = {
    "a minute before": ({}, 3 * 60 + 14, False),
    "at its time": ({}, 3 * 60 + 15, True),
    "of two readings the earlier": ({"meeting_time": Answered.given("11:15")}, 75, True),
    "a day without a time, that day": ({"meeting_time": LEFT}, 13 * 60, False),
    "a day without a time, the next day": ({"meeting_time": LEFT}, 14 * 60, True),
    "no day": ({"meeting_day": DONT_KNOW}, 99 * 60, False),
    "no meeting": ({"meeting": Answered.given("no")}, 99 * 60, False),
}


@pytest.mark.parametrize("name", PASSED)
def test_a_meeting_whose_time_has_passed_is_one(desk_state: State, cast: Cast, name: str) -> None:
    changed, minutes, is_one = PASSED[name]
    put(desk_state, NOTICE, **changed)
    signed_in(cast.bob).get(PATH)  # or it would be unread as well
    after(minutes)
    assert raised() == ([("SH-8Q2V5TR41", "overdue")] if is_one else [])


def test_each_later_reading_of_its_time_is_one_of_its_own_also_where_the_first_is_known_already(
    desk_state: State, cast: Cast
) -> None:
    """ "11:15" was a quarter past eleven in the morning, or is one at night, twelve hours later."""
    put(desk_state, NOTICE, meeting_time=Answered.given("11:15"))
    signed_in(cast.bob).get(PATH)
    assert [after(minutes) for minutes in (74, 75, 76)] == [0, 1, 0]
    Alarm.objects.update(known_at=moment(NOW), known_by=cast.bob)
    assert [after(minutes) for minutes in (75 + 719, 75 + 720, 75 + 721)] == [0, 1, 0]
    first, second = Alarm.objects.order_by("pk")
    assert (first.about, second.about, second.known_at) == (None, moment(NOW) + timedelta(minutes=75 + 720), None)


def test_of_a_notice_that_is_closed_none_is_raised(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    bob = signed_in(cast.bob)
    bob.post(f"{PATH}take")
    bob.post(f"{PATH}close")
    assert after(99 * 60) == 0


# --- who sees it, and until when ---


def test_it_stands_on_top_of_every_officers_pages_with_no_word_of_the_holder(ready: Ready, desk_state: State) -> None:
    put(desk_state)
    after(10)
    reference = ready.case.reference
    for officer, paths in (
        (
            ready.cast.alice,
            ("/inbox/", "/hand-in/", f"/cases/{reference}/conversations/", f"/cases/{reference}/report/"),
        ),
        (ready.cast.charlie, ("/inbox/", "/hand-in/")),
    ):
        for path in paths:
            page = signed_in(officer).get(path).content.decode()
            assert "Nobody has opened urgent notice SH-8Q2V5TR41 in time" in page, path
            assert page.index("sh-alarms") < page.index("<main"), path
            assert not any(word in page for word in WORDS)


def test_nobody_else_sees_it(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    after(10)
    for path in ("/report/", "/report/urgent/", "/report/progress/", "/sign-in/"):
        assert "SH-8Q2V5TR41" not in Client().get(path).content.decode()
    browser = signed_in(cast.charlie)
    assert "SH-8Q2V5TR41" not in browser.get("/report/").content.decode()
    cast.charlie.is_active = False
    cast.charlie.save()
    assert alarm_rows(cast.charlie) == ()


def test_who_does_not_supervise_may_note_that_they_told_and_it_stands(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    after(10)
    hold(cast.alice, Role.TRIAGE)
    hold(cast.bob, Role.SUPERVISOR)
    path = f"/alarms/{Alarm.objects.get().pk}/supervisor-knows"
    alice = signed_in(cast.alice)
    page = alice.get("/inbox/").content.decode()
    assert "I told the supervisor" in page
    assert "I know of this" not in page
    for _ in range(2):
        alice.post(path)
    alarm = Alarm.objects.get()
    assert (alarm.known_at, alarm.told_by) == (None, cast.alice)
    assert CustodyEntry.objects.filter(verb="alarm.told", actor="officer:alice").count() == 1
    assert not CustodyEntry.objects.filter(verb="alarm.known").exists()
    for officer in (cast.alice, cast.bob):
        assert "alice says that they told the supervisor on" in signed_in(officer).get("/inbox/").content.decode()
    signed_in(cast.bob).post(path)
    assert Alarm.objects.get().known_by == cast.bob
    assert alarm_rows(cast.alice) == ()


def test_it_stands_until_a_supervisor_says_by_name_that_they_know(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    after(10)
    alarm = Alarm.objects.get()
    path = f"/alarms/{alarm.pk}/supervisor-knows"
    hold(cast.bob, Role.SUPERVISOR)
    hold(cast.alice, Role.SUPERVISOR)
    bob = signed_in(cast.bob)
    bob.get(PATH)
    bob.post(f"{PATH}take")
    assert len(alarm_rows(cast.alice)) == 1, "that it was taken late is still to be known"
    assert "No supervisor has said that they know" in bob.get(PATH).content.decode()
    assert bob.get(path).status_code == 405
    assert bob.post(path, {"next": "/hand-in/"})["Location"] == "/hand-in/"
    assert alarm_rows(cast.alice) == ()
    entry = CustodyEntry.objects.latest("sequence")
    assert (entry.verb, entry.actor) == ("alarm.known", "officer:bob")
    page = bob.get(PATH).content.decode()
    assert "bob said on" in page
    before = CustodyEntry.objects.count()
    signed_in(cast.alice).post(path)
    assert CustodyEntry.objects.count() == before, "said once is said"
    assert Alarm.objects.get().known_by == cast.bob


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:1", "", "\\\\example.org", "words of nobody"]
)
def test_whoever_says_so_is_led_to_no_other_address(desk_state: State, cast: Cast, elsewhere: str) -> None:
    put(desk_state)
    after(10)
    answer = signed_in(cast.bob).post(f"/alarms/{Alarm.objects.get().pk}/supervisor-knows", {"next": elsewhere})
    assert answer["Location"] == "/inbox/"


def test_an_alarm_that_is_not_there_and_an_officer_who_left(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    after(10)
    assert signed_in(cast.bob).post("/alarms/999/supervisor-knows").status_code == 404
    browser = signed_in(cast.charlie)
    cast.charlie.is_active = False
    cast.charlie.save()
    assert browser.post(f"/alarms/{Alarm.objects.get().pk}/supervisor-knows").status_code in (302, 404)
    assert Alarm.objects.get().known_at is None


def test_an_inbox_that_stands_open_is_told_of_it(desk_state: State, cast: Cast) -> None:
    put(desk_state)
    bob = signed_in(cast.bob)
    assert bob.get("/inbox/waiting").json()["alarms"] == []
    after(10)
    said = f"alarm-{Alarm.objects.get().pk}"
    assert bob.get("/inbox/waiting").json()["alarms"] == [said]
    assert said in bob.get("/inbox/").content.decode()


@pytest.mark.usefixtures("cast")
def test_nothing_is_raised_that_cannot_be_written_down(desk_state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    put(desk_state)

    def full(*_: object, **__: object) -> None:
        raise RuntimeError("full")

    monkeypatch.setattr(CustodyEntry, "save", full)
    with pytest.raises(RuntimeError):
        after(10)
    monkeypatch.undo()
    assert not Alarm.objects.exists()
    assert after(10) == 1


def test_every_reason_is_said_in_words(desk_state: State, cast: Cast) -> None:
    arrival = put(desk_state).arrival
    for why in (each for each in AlarmWhy if each not in OF_THE_LOG):
        Alarm.objects.create(arrival=arrival, why=why, raised_at=moment(NOW))
    said = [row.words for row in alarm_rows(cast.bob, clock)]
    assert said == [
        "Nobody has opened urgent notice SH-8Q2V5TR41 in time. It came in just now.",
        "The time of the meeting in urgent notice SH-8Q2V5TR41 has passed: has it happened?",
        "A meeting in urgent notice SH-8Q2V5TR41 begins within 4 hours, and no officer has graded it as it stands now.",
        "A meeting in urgent notice SH-8Q2V5TR41 begins within 1 hour, and no officer has graded it as it stands now.",
        "The package of urgent notice SH-8Q2V5TR41 is not what came in, where it is kept. It must be looked at.",
    ]


def test_a_worker_looks_for_it_at_every_heartbeat(settings: Settings) -> None:
    assert "safehand.desk.intake.alarms.raise_alarms" in settings.WORKER_CHORES
