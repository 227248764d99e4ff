"""One report is worked by one person at a time; its short forms are kept in versions; none leaves triage without."""

from __future__ import annotations

import re

import pytest
from django.http import Http404

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import looked, report
from safehand.desk.cases.models import Case, CaseOfficer
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.triage.actions import grade_report, tag_report
from safehand.desk.triage.assessing import ASKS, Form, assess, leave_triage, missing
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Assessment, LeftTriage
from safehand.desk.triage.turns import begin_work, put_down, take_over, who_works
from safehand.errors import NotAllowed, UsageError

pytestmark = pytest.mark.django_db

PATH = "/cases/SH-00000000A/triage/"
THRIVE = {name: f"{heading}: the club’s minibus is late." for name, (heading, _) in ASKS[Form.THRIVE].items()}
NDM = dict.fromkeys(ASKS[Form.NDM], "Nothing known.")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Alice's and Bob's."""
    made = report("A", cast.alice, 10)
    CaseOfficer.objects.create(case=made.case, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    return made.case


def verbs() -> list[str]:
    return list(CustodyEntry.objects.order_by("sequence").values_list("verb", flat=True))


def test_whoever_grades_works_on_it_and_a_colleague_takes_it_over_with_a_reason(case: Case, cast: Cast) -> None:
    grade_report(cast.alice, case, Grade.SCHEDULED, "First.", clock=clock)
    assert verbs() == ["grade.suggested", "work.begun", "grade.given"]
    for deed in (
        lambda: grade_report(cast.bob, case, Grade.IMMEDIATE, "Second.", clock=clock),
        lambda: tag_report(cast.bob, case, ["duplicate"], clock=clock),
        lambda: assess(cast.bob, case, Form.THRIVE, THRIVE, cast.bob, clock=clock),
        lambda: begin_work(cast.bob, case, clock=clock),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(UsageError):
        take_over(cast.bob, case, "  ", clock=clock)
    take_over(cast.bob, case, "Alice’s shift is over.", clock=clock)
    turn = who_works(case)
    assert turn is not None
    assert (turn.works, turn.reason) == (cast.bob, "Alice’s shift is over.")
    grade_report(cast.bob, case, Grade.IMMEDIATE, "Second.", clock=clock)
    assert verbs()[3:] == ["work.taken_over", "grade.given"]
    put_down(cast.alice, case, clock=clock)
    assert who_works(case) == turn, "it was not hers to put down"
    put_down(cast.bob, case, clock=clock)
    assert who_works(case) is None
    begin_work(cast.alice, case, clock=clock)
    begin_work(cast.alice, case, clock=clock)
    assert verbs()[5:] == ["work.put_down", "work.begun"], "begun once is begun"


def test_the_page_says_who_works_on_it_and_shows_a_colleague_no_form_that_would_be_refused(
    case: Case, cast: Cast
) -> None:
    begin_work(cast.alice, case, clock=clock)
    alice, bob = signed_in(cast.alice), signed_in(cast.bob)
    page = bob.get(PATH).content.decode()
    assert "alice works on this report" in page
    assert "Grade this report" not in page
    assert "Take it over" in page
    assert "Grade this report" in alice.get(PATH).content.decode()
    assert bob.post(PATH, {"grade": "information", "reason": "-"}).status_code == 403
    bob.post(f"{PATH}take-over", {})
    assert who_works(case).works == cast.alice  # type: ignore[union-attr]
    bob.post(f"{PATH}take-over", {"reason": "Her shift is over."})
    assert who_works(case).works == cast.bob  # type: ignore[union-attr]
    assert "Her shift is over." in alice.get(PATH).content.decode(), "it stands in what was before"
    bob.post(f"{PATH}put-down")
    alice.post(f"{PATH}begin")
    assert who_works(case).works == cast.alice  # type: ignore[union-attr]


@pytest.mark.parametrize("form", Form)
def test_a_form_is_kept_in_versions_with_a_named_decision_maker(case: Case, cast: Cast, form: Form) -> None:
    answers = THRIVE if form is Form.THRIVE else NDM
    alice = signed_in(cast.alice)
    path = f"{PATH}{form.value}/"
    other = next(each for each in Form if each is not form)
    assert alice.post(path, {**answers, "decision_maker": "bob"})["Location"] == f"{PATH}{other.value}/"
    later = dict.fromkeys(answers, "It came after all.")
    assert alice.post(path, {**later, "decision_maker": "alice"}).status_code == 302
    first, second = Assessment.objects.filter(case=case)
    assess(cast.alice, case, other, dict.fromkeys(ASKS[other], "Nothing known."), cast.alice, clock=clock)
    assert alice.post(path, {**later, "decision_maker": "alice"})["Location"] == PATH, "nothing is missing any more"
    assert (first.answers, first.decision_maker, first.by) == (answers, cast.bob, cast.alice)
    assert second.answers == later
    entry = CustodyEntry.objects.filter(verb="assessment.made").earliest("sequence")
    assert (entry.record, entry.actor) == ("officer:bob", "officer:alice")
    assert b"minibus" not in bytes(entry.canonical)
    page = alice.get(path).content.decode()
    assert page.index("It came after all.") < page.index("bob decides.")
    assert next(iter(answers.values())) in page


WRONG = {
    "an empty question": ({"harm": " "}, "Harm: say what is known"),
    "too many words": ({"harm": "x" * 1001}, "Harm: use at most 1000"),
    "nobody decides": ({"decision_maker": ""}, "Name the officer who decides"),
    "somebody who is not here": ({"decision_maker": "dave"}, "no active officer with this reference"),
    "somebody whom no role lets decide": ({"decision_maker": "charlie"}, "name a supervisor or an investigator"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_form_that_is_not_whole_is_not_kept(case: Case, cast: Cast, name: str) -> None:
    changed, said = WRONG[name]
    hold(cast.charlie, Role.TRIAGE, Role.REVIEWER, Role.ADMIN)
    answer = signed_in(cast.alice).post(f"{PATH}thrive/", {**THRIVE, "decision_maker": "bob", **changed})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "the club’s minibus" in answer.content.decode(), "what was written is not lost"
    assert not Assessment.objects.filter(case=case).exists()


@pytest.mark.parametrize("last", Form)
def test_no_report_leaves_triage_without_a_grade_and_both_entries(case: Case, cast: Cast, last: Form) -> None:
    alice = signed_in(cast.alice)
    words = {Form.THRIVE: THRIVE, Form.NDM: NDM}
    first = next(form for form in Form if form != last)
    assert len(missing(case)) == 3
    for prepare in (
        lambda: grade_report(cast.alice, case, Grade.SCHEDULED, "Safe.", clock=clock),
        lambda: assess(cast.alice, case, first, words[first], cast.alice, clock=clock),
    ):
        alice.post(f"{PATH}leave")
        with pytest.raises(UsageError):
            leave_triage(cast.alice, case, clock=clock)
        prepare()
    assert missing(case) == (f"There is no {last.words} entry with a named decision-maker yet.",)
    assert f"There is no {last.words} entry" in alice.get(PATH).content.decode()
    alice.post(f"{PATH}leave")
    assert not LeftTriage.objects.exists()
    assess(cast.alice, case, last, words[last], cast.bob, clock=clock)
    alice.post(f"{PATH}leave")
    left = LeftTriage.objects.get()
    assert left.thrive.decision_maker == (cast.bob if last is Form.THRIVE else cast.alice)
    assert left.grading.grade == "scheduled"
    assert verbs()[-1] == "triage.left"
    alice.post(f"{PATH}leave")
    assert verbs().count("triage.left") == 1
    assert "left triage on" in alice.get(PATH).content.decode()


@pytest.mark.parametrize("form", Form)
def test_nothing_is_filled_in_and_what_was_said_before_stands_beside_it(case: Case, cast: Cast, form: Form) -> None:
    alice = signed_in(cast.alice)
    assess(cast.alice, case, form, {Form.THRIVE: THRIVE, Form.NDM: NDM}[form], cast.bob, clock=clock)
    page = alice.get(f"{PATH}{form.value}/").content.decode()
    box = re.search(r"<input[^>]*name=\"decision_maker\"[^>]*>", page)
    assert box is not None
    assert "value=" not in box[0]
    areas = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert [area.strip() for area in areas] == [""] * 6
    assert page.count("minibus is late" if form is Form.THRIVE else "Nothing known.") == 6


DECIDES = {Role.SUPERVISOR, Role.INVESTIGATOR}


@pytest.mark.parametrize("role", Role)
def test_a_supervisor_or_an_investigator_decides_and_nobody_else(case: Case, cast: Cast, role: Role) -> None:
    hold(cast.bob, role)
    if role in DECIDES:
        assert assess(cast.alice, case, Form.NDM, NDM, cast.bob, clock=clock).decision_maker == cast.bob
        cast.bob.is_active = False
        cast.bob.save()
    with pytest.raises(UsageError, match="may decide"):
        assess(cast.alice, case, Form.NDM, NDM, cast.bob, clock=clock)


def test_charlie_may_do_none_of_it(case: Case, cast: Cast) -> None:
    charlie = signed_in(cast.charlie)
    for path, given in (
        ("begin", {}),
        ("take-over", {"reason": "I want it."}),
        ("put-down", {}),
        ("leave", {}),
        ("thrive/", {**THRIVE, "decision_maker": "charlie"}),
        ("ndm/", {**NDM, "decision_maker": "charlie"}),
    ):
        assert charlie.post(f"{PATH}{path}", given).status_code == 404, path
    for deed in (
        lambda: begin_work(cast.charlie, case, clock=clock),
        lambda: take_over(cast.charlie, case, "I want it.", clock=clock),
        lambda: assess(cast.charlie, case, Form.THRIVE, THRIVE, cast.charlie, clock=clock),
        lambda: leave_triage(cast.charlie, case, clock=clock),
    ):
        with pytest.raises(Http404):
            deed()
    assert verbs() == ["grade.suggested"]


def test_every_form_asks_six_questions() -> None:
    assert [len(ASKS[form]) for form in Form] == [6, 6]
    assert "".join(heading[0] for heading, _ in ASKS[Form.THRIVE].values()) == "THRIVE"
