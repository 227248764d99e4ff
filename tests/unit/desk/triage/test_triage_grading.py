"""Suggestions and grades as they are kept: each with its custody entry, none ever changed, all of it on one page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import NOW, Cast, clock, signed_in
from reports import DANGER, hidden, looked, meeting, report, summary
from safehand.desk.cases.glass import break_glass, reason_digest
from safehand.desk.cases.models import Case, CaseOfficer, GlassWhy, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.tasks import process_package
from safehand.desk.triage.actions import grade_report, tag_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Grading, LeftTriage, RulesUsed, Standing, Suggested, Tagging, Turn
from safehand.desk.triage.suggesting import look_at_reports, the_table
from safehand.desk.triage.turns import take_over
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db

HOUR = 3_600_000_000
PATH = "/cases/SH-00000000A/triage/"
WHY = "The club’s treasurer rang: the match is off."


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's, with a meeting in five hours; Bob is on it too."""
    made = report("A", cast.alice, 10, summary=summary(**meeting("2026-11-22T15:00")))
    CaseOfficer.objects.create(case=made.case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    return made.case


def verbs() -> list[str]:
    return list(CustodyEntry.objects.order_by("sequence").values_list("verb", flat=True))


def seen_on(browser: Client) -> dict[str, str]:
    """What the page carries of what stands now."""
    return hidden(browser.get(PATH).content.decode(), "seen")


def graded(browser: Client, seen: dict[str, str], **more: str) -> tuple[int, str]:
    """The status, and the page that came back."""
    answer = browser.post(PATH, {"grade": "scheduled", "reason": WHY, **seen, **more})
    return answer.status_code, answer.content.decode()


def test_a_suggestion_is_kept_with_its_rules_its_answers_and_an_entry(case: Case) -> None:
    made = Suggested.objects.get()
    assert (made.grade, made.rules.version) == ("priority", the_table().version)
    assert [reason["rule"] for reason in made.reasons] == ["meeting_near"]
    assert made.reasons[0]["used"] == [["meeting_time", ["near"]]]
    entry = CustodyEntry.objects.get()
    assert (entry.verb, entry.actor, entry.case) == ("grade.suggested", "desk:worker", case.reference)
    assert b'"details":{"grade":"priority","reasons":1,"row":"' in bytes(entry.canonical)
    assert RulesUsed.objects.get().table["hours"] == {"immediate": 4, "priority": 48, "under_way": 12}


def test_it_is_made_again_when_the_clock_moves_the_package_comes_further_or_the_table_changes(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked() == 0
    assert [looked(NOW + 59 * HOUR // 60), looked(NOW + HOUR), looked(NOW + HOUR)] == [0, 1, 0]
    assert [made.grade for made in Suggested.objects.all()] == ["priority", "immediate"]
    Package.objects.update(state=PackageState.STOPPED)
    assert looked(NOW + HOUR) == 1
    assert Suggested.objects.count() == 2, "it says the same: no second row, and no second entry"
    table = the_table()
    monkeypatch.setattr("safehand.desk.triage.suggesting.the_table", lambda: replace(table, version="tomorrow/2"))
    assert [looked(NOW + HOUR), looked(NOW + HOUR)] == [1, 0]
    assert Suggested.objects.last().rules_id == "tomorrow/2"  # type: ignore[union-attr]
    assert verbs() == ["grade.suggested"] * 3
    assert Standing.objects.get().case == case


@pytest.mark.usefixtures("case")
def test_a_grade_is_given_with_a_reason_and_the_suggestion_stays(cast: Cast) -> None:
    look_at_reports()
    bob = signed_in(cast.bob)
    answer = bob.post(PATH, {"grade": "scheduled", "reason": f"  {WHY} ", **seen_on(bob)})
    assert (answer.status_code, answer["Location"]) == (302, PATH)
    given = Grading.objects.get()
    assert (given.grade, given.reason, given.by) == ("scheduled", WHY, cast.bob)
    assert given.suggested == Suggested.objects.last(), "what stood there at that moment"
    assert Suggested.objects.earliest("pk").grade == "priority"
    entry = CustodyEntry.objects.get(verb="grade.given")
    assert entry.actor == "officer:bob"
    assert b'"grade":"scheduled"' in bytes(entry.canonical)
    assert reason_digest(given.case, WHY).encode() in bytes(entry.canonical)
    assert b"treasurer" not in b"".join(bytes(each.canonical) for each in CustodyEntry.objects.all())
    page = signed_in(cast.alice).get(PATH).content.decode()
    assert page.count("Scheduled") >= 2
    assert WHY in page
    assert "Suggested <strong" in page
    assert "by bob on" in page


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no reason": ({"grade": "scheduled"}, "Say why"),
    "a reason of blanks": ({"grade": "scheduled", "reason": " \n "}, "Say why"),
    "a reason without an end": ({"grade": "scheduled", "reason": "x" * 1001}, "at most 1000 characters"),
    "no grade": ({"reason": WHY}, "Choose a grade"),
    "a fifth grade": ({"grade": "urgent", "reason": WHY}, "Choose one of the four grades"),
}


@pytest.mark.parametrize("name", WRONG)
def test_no_grade_is_kept_without_its_reason(case: Case, as_alice: Client, name: str) -> None:
    form, said = WRONG[name]
    answer = as_alice.post(PATH, form)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Grading.objects.exists()
    assert "grade.given" not in verbs()
    assert Standing.objects.get(case=case).grading is None


def test_another_grade_follows_the_first_and_both_stand(case: Case, cast: Cast) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "First.", clock=clock)
    take_over(cast.bob, case, "Alice went home.", clock=clock)
    grade_report(cast.bob, case, Grade.IMMEDIATE, "Second.", clock=clock)
    assert Standing.objects.get().grade is Grade.IMMEDIATE
    page = signed_in(cast.alice).get(PATH).content.decode()
    assert "First." in page
    assert "Second." in page


KEPT: dict[str, type[Suggested | Grading | Tagging | RulesUsed]] = {
    "a suggestion": Suggested,
    "a grade": Grading,
    "tags": Tagging,
    "a table": RulesUsed,
}


@pytest.mark.parametrize("name", KEPT)
def test_what_was_decided_is_never_changed_or_taken_away(case: Case, cast: Cast, name: str) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "First.", clock=clock)
    tag_report(cast.alice, case, ["duplicate"], clock=clock)
    model: Any = KEPT[name]
    row = model.objects.earliest("pk")
    for change in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=row.pk)):
        with pytest.raises(UsageError):
            change()


@pytest.mark.usefixtures("case")
def test_what_is_known_is_noted_from_a_list_and_the_suggestion_follows(cast: Cast) -> None:
    bob = signed_in(cast.bob)
    assert bob.post(f"{PATH}tags", {"tags": ["child_missing", "duplicate"]}).status_code == 302
    assert Tagging.objects.get().tags == ["child_missing", "duplicate"]
    assert Standing.objects.get().grade is Grade.IMMEDIATE
    assert verbs()[-2:] == ["report.tagged", "grade.suggested"]
    page = bob.get(PATH).content.decode()
    assert 'value="child_missing" checked' in page
    entries = CustodyEntry.objects.count()
    bob.post(f"{PATH}tags", {"tags": ["duplicate", "child_missing"]})
    assert CustodyEntry.objects.count() == entries, "the same again is no news"
    assert bob.post(f"{PATH}tags", {"tags": ["a tag of tomorrow"]}).status_code == 400
    bob.post(f"{PATH}tags", {})
    assert Standing.objects.get().grade is Grade.PRIORITY
    assert Tagging.objects.count() == 2


def test_charlie_may_do_none_of_it_and_learns_nothing(case: Case, cast: Cast) -> None:
    charlie = signed_in(cast.charlie)
    for answer in (
        charlie.get(PATH),
        charlie.post(PATH, {"grade": "information", "reason": WHY}),
        charlie.post(f"{PATH}tags", {"tags": ["duplicate"]}),
        charlie.get("/cases/SH-000000000/triage/"),
    ):
        assert answer.status_code == 404
    with pytest.raises(Http404):
        grade_report(cast.charlie, case, Grade.INFORMATION, WHY, clock=clock)
    with pytest.raises(Http404):
        tag_report(cast.charlie, case, ["duplicate"], clock=clock)
    assert verbs() == ["grade.suggested"]


@pytest.mark.usefixtures("case")
def test_who_broke_the_glass_may_look_for_a_while_and_decides_nothing(cast: Cast) -> None:
    break_glass(cast.charlie, "SH-00000000A", GlassWhy.DANGER, "Nobody answers the phone.")
    charlie = signed_in(cast.charlie)
    page = charlie.get(PATH).content.decode()
    assert "A meeting" in page
    for form in ("Grade this report", "Note this", "I work on it"):
        assert form not in page
    for path in (PATH, f"{PATH}tags", f"{PATH}begin", f"{PATH}leave"):
        given = {"grade": "information", "reason": WHY, "tags": ["duplicate"]}
        assert charlie.post(path, given).status_code in (404, 302), path
    for model in (Grading, Tagging, Turn, LeftTriage):
        assert not model.objects.exists()


@pytest.mark.usefixtures("case")
def test_looking_is_an_entry_and_the_page_shows_no_word_of_a_holder_or_a_message(as_alice: Client) -> None:
    as_alice.get(PATH)
    assert verbs()[-1] == "triage.shown"
    where: dict[str, list[str | None]] = {"urgent.meeting_where": ["given", "Rowanberry Gate"]}
    Package.objects.update(summary=summary(**DANGER, **where))
    Package.objects.update(state=PackageState.STOPPED)
    looked()
    page = as_alice.get(PATH).content.decode()
    assert "The holder says that a child is in danger now." in page
    assert "Rowanberry" not in page
    assert "/who-saw-what/" in page


def test_a_report_that_no_worker_looked_at_has_a_page_and_may_be_graded(cast: Cast) -> None:
    report("A", cast.alice, 1)
    alice = signed_in(cast.alice)
    assert "Nothing is suggested yet" in alice.get(PATH).content.decode()
    status, page = graded(alice, seen_on(alice))
    assert status == 400, "nobody has seen yet what is suggested"
    assert "Nothing is suggested yet" not in page
    assert graded(alice, hidden(page, "seen"))[0] == 302
    assert Grading.objects.get().suggested.grade == "scheduled"


CHANGED = "What is known of this report changed since you opened the page: look again."
NEWS: dict[str, dict[str, list[str | None]]] = {
    "a danger that is suggested by another rule": DANGER,
    "a meeting at another time, of which the same is suggested": meeting("2020-03-02T10:00"),
}


@pytest.mark.parametrize("name", NEWS)
def test_a_grade_on_a_page_that_is_old_buries_nothing(cast: Cast, name: str) -> None:
    """Who graded would count as one to whom it was known, and nothing would rise any more."""
    made = report("A", cast.alice, 10, summary=summary(**meeting("2020-03-01T10:00")))
    look_at_reports()
    alice = signed_in(cast.alice)
    old = seen_on(alice)
    Package.objects.filter(pk=made.pk).update(summary=summary(**meeting("2020-03-01T10:00") | NEWS[name]))
    status, page = graded(alice, old)
    assert status == 400
    assert CHANGED in page
    assert WHY in page, "as it was typed"
    assert re.search(r'value="scheduled"[^>]* checked', page)
    assert graded(alice, old)[0] == 400, "it stays old"
    assert graded(alice, {})[0] == 400, "nobody says what they saw"
    assert not Grading.objects.exists()
    assert graded(alice, hidden(page, "seen"))[0] == 302
    assert Grading.objects.get().suggested == Suggested.objects.last()


def test_who_left_a_word_out_on_an_old_page_is_still_told_that_it_is_old(cast: Cast) -> None:
    made = report("A", cast.alice, 10)
    look_at_reports()
    alice = signed_in(cast.alice)
    old = seen_on(alice)
    Package.objects.filter(pk=made.pk).update(summary=summary(**DANGER))
    _, again = graded(alice, old, reason="")
    assert "Say why" in again
    assert CHANGED in graded(alice, hidden(again, "seen"))[1]
    assert not Grading.objects.exists()


def test_nothing_is_suggested_or_graded_that_cannot_be_written_down(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = report("A", cast.alice, 1)

    def full(*_: object, **__: object) -> None:
        raise RuntimeError("full")

    monkeypatch.setattr(CustodyEntry, "save", full)
    with pytest.raises(RuntimeError):
        looked()
    with pytest.raises(RuntimeError):
        grade_report(cast.alice, made.case, Grade.SCHEDULED, WHY, clock=clock)
    monkeypatch.undo()
    assert not Suggested.objects.exists()
    assert not Grading.objects.exists()
    assert not Standing.objects.exists()


def test_a_package_at_its_end_is_looked_at_at_once(cast: Cast) -> None:
    made = report("A", cast.alice, 1)
    process_package.func(made.pk)
    assert Standing.objects.get().case == made.case
