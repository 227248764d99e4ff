"""The conduct review: figures only where an account is recorded as a decoy, alike for both sides, and no message."""

from __future__ import annotations

import json
import re

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import Ready, clock, hold, signed_in
from desk_conduct import CHAT, REASON, record, reviewed
from desk_pointed import POLISH, talk
from safehand.analysis.conduct.formulas import FORMULAS
from safehand.analysis.indicators.lists import NO_WORDS
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import GlassWhy
from safehand.desk.conduct.figures import BY_RULES
from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.models import RecordedAs
from safehand.desk.conduct.presenters.figures import Cell, FigureRow
from safehand.desk.conduct.presenters.page import ConductPage, conduct_page
from safehand.desk.core.clock import system_clock
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.errors import NotAllowed

PAGE = "/cases/SH-7K3M9QXA1/conduct/"
CHECKLIST = ("/cases/SH-7K3M9QXA1/checklist/", "/cases/SH-7K3M9QXA1/checklist/5/")


@pytest.fixture
def made(ready: Ready) -> Ready:
    return reviewed(ready)


def page(made: Ready, conversation: int | None = None) -> ConductPage:
    return conduct_page(view_conduct(made.cast.alice, made.case, conversation, clock=clock))


def figures(made: Ready) -> dict[str, FigureRow]:
    panel = page(made).panel
    assert panel is not None
    return {row.code: row for row in panel.figures}


def meeting(made: Ready) -> str:
    panel = page(made).panel
    assert panel is not None
    return next(row.first for row in panel.topics if row.title == "Meeting")


def numbers(cell: Cell) -> list[int]:
    return [place.number for place in cell.places]


def test_nothing_is_laid_out_until_an_account_is_recorded(made: Ready) -> None:
    shown = page(made)
    assert shown.panel is None
    assert "Nobody has recorded yet" in shown.why_no_panel
    assert [(row.chip.letter, row.record) for row in shown.accounts] == [("A", None), ("B", None)]


@pytest.mark.parametrize("kind", [RecordedAs.CHILD, RecordedAs.NOT_KNOWN, RecordedAs.SUBJECT])
def test_nothing_is_laid_out_for_a_child_or_where_it_is_not_known(made: Ready, kind: RecordedAs) -> None:
    record(made, "A", kind)
    shown = page(made)
    assert shown.panel is None
    assert ("not asked of a child" in shown.why_no_panel) is (kind is RecordedAs.CHILD)
    assert shown.asked == ()


@pytest.mark.parametrize(
    ("kind", "says", "never_says"),
    [
        (RecordedAs.STATE, "Looseley", "R v TL"),
        (RecordedAs.CITIZEN, "R v TL", "R v Looseley"),
    ],
)
def test_the_law_is_that_of_who_ran_the_account(
    made: Ready, as_alice: Client, kind: RecordedAs, says: str, never_says: str
) -> None:
    record(made, "A", kind)
    panel = page(made).panel
    assert panel is not None
    titles = " ".join(law.title for law in panel.laws)
    assert says in titles
    assert never_says not in titles
    assert panel.unverified == sum(not line.verified for law in panel.laws for line in law.lines) > 0
    text = as_alice.get(PAGE).content.decode()
    assert text.count("Not verified: a lawyer is to check it") == panel.unverified


def test_of_a_group_the_column_of_a_real_child_is_left_out(ready: Ready) -> None:
    talk(ready, ("Kim", "the peas are up"), ("Sam", "are they"), ("Ola", "my beans are not"))
    record(ready, "A", RecordedAs.CHILD)
    record(ready, "C", RecordedAs.STATE)
    panel = page(ready).panel
    assert panel is not None
    assert [chip.letter for chip in panel.chips] == ["B", "C"]


def test_of_an_account_that_was_a_childs_at_first_nothing_is_laid_out(made: Ready, as_alice: Client) -> None:
    record(made, "A", RecordedAs.CHILD_THEN_CITIZEN)
    shown = page(made)
    assert shown.panel is None
    assert "does not know which of them the citizen typed" in shown.why_no_panel
    assert shown.asked, "the questions stand beside a conclusion"
    assert "does not know which of them the citizen typed" in as_alice.get(PAGE).content.decode()


def test_beside_another_decoy_it_has_no_column_and_the_page_says_why(ready: Ready, as_alice: Client) -> None:
    talk(ready, ("Kim", "wanna meet up saturday by the shed"), ("Sam", "wanna meet up sunday"), ("Ola", "ok"))
    record(ready, "A", RecordedAs.CHILD_THEN_CITIZEN)
    record(ready, "C", RecordedAs.STATE)
    panel = page(ready).panel
    assert panel is not None
    assert [chip.letter for chip in panel.chips] == ["B", "C"]
    assert "does not know which of them the citizen typed" in as_alice.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", [RecordedAs.CHILD, RecordedAs.CHILD_THEN_CITIZEN])
def test_who_has_no_column_and_was_earlier_is_never_passed_over(ready: Ready, kind: RecordedAs) -> None:
    from safehand.desk.review.citing import cite  # noqa: PLC0415  beside its one use

    talk(ready, ("Kim", "wanna meet up saturday by the shed"), ("Sam", "wanna meet up sunday"), ("Ola", "ok"))
    record(ready, "A", kind)
    record(ready, "C", RecordedAs.STATE)
    assert meeting(ready) == "Nobody tagged one. An account that has no column here was earlier, by candidates"
    cite(ready.cast.alice, ready.case, 1, 2, "meeting", "towards")
    assert meeting(ready) == "B at message 2, as tagged"
    cite(ready.cast.alice, ready.case, 1, 1, "meeting", "towards")
    assert meeting(ready) == "An account that has no column here was earlier, as tagged"


def test_the_seventh_account_of_a_group_is_reckoned_with(ready: Ready) -> None:
    asks = "wanna meet up saturday by the shed"
    others = [
        (name, line) for name in ("Sam", "Ola", "Ben", "Eve", "Tim", "Zoe") for line in ("the peas are up", "yes")
    ]
    talk(ready, ("Kim", asks), *others, ("Sam", asks))
    record(ready, "C", RecordedAs.STATE)
    assert meeting(ready) == "Nobody tagged one. An account that has no column here was earlier, by candidates"


def test_who_has_no_column_and_was_later_changes_nothing(ready: Ready) -> None:
    talk(ready, ("Sam", "wanna meet up sunday"), ("Kim", "wanna meet up saturday by the shed"), ("Ola", "ok"))
    record(ready, "B", RecordedAs.CHILD)
    record(ready, "C", RecordedAs.STATE)
    assert meeting(ready) == "Nobody tagged one. Of candidates A’s at message 1 is the first"


def test_every_figure_has_its_formula_and_a_cell_for_each_side(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    rows = figures(made)
    assert list(rows) == list(FORMULAS)
    for row in rows.values():
        assert [cell.chip.letter for cell in row.cells] == ["A", "B"]
        assert all(cell.lines for cell in row.cells)
        assert row.counted
        assert row.misleads


def test_the_figures_are_those_of_the_talk(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    rows = figures(made)
    kim, sam = 0, 1
    assert numbers(rows["first"].cells[kim]) == [1]
    assert rows["first"].cells[kim].lines == ("The first of all that are shown here.",)
    assert rows["first"].cells[sam].lines == ("Not the first.",)
    assert rows["messages"].cells[kim].lines[0] == "4 messages (40 in 100), 14 words"
    opened, reopened = rows["opened"].cells, rows["reopened"].cells
    assert opened[sam].lines == (
        "After 1 hour or longer: 2",
        "After 6 hours or longer: 2",
        "After 24 hours or longer: 2",
    )
    assert opened[kim].lines == (
        "After 1 hour or longer: 1",
        "After 6 hours or longer: 1",
        "After 24 hours or longer: 0",
    )
    assert (numbers(opened[sam]), numbers(reopened[sam]), numbers(reopened[kim])) == ([8, 9], [8, 9], [])
    assert opened[sam].places[0].beside == "after 2 days"
    assert rows["runs"].cells[sam].lines == ("At most 3; no run of 5 or more",)
    assert numbers(rows["runs"].cells[sam]) == [7]


def test_drawing_back_is_told_with_what_came_next_and_none_is_no_candidate(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    rows = figures(made)
    drew = rows["drew_back"].cells[0]
    assert 6 in numbers(drew)
    assert "B wrote next, 1 minute later" in {place.beside for place in drew.places}
    assert rows["drew_back"].cells[1].lines == ("No candidate found.",)
    assert rows["pressed"].cells[0].lines == ("No candidate found.",)
    assert 7 in numbers(rows["pressed"].cells[1])


def test_ages_and_first_questions_are_told_by_side(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    rows = figures(made)
    assert rows["age"].cells[0].lines == ("1 candidate: states an age of 13 to 15",)
    assert (numbers(rows["age"].cells[0]), rows["age"].cells[0].places[0].beside) == (
        [3],
        "B wrote next, 1 minute later",
    )
    assert rows["age"].cells[1].lines == ("No candidate found.",)


@pytest.mark.parametrize(("by", "other"), [("Kim", "Sam"), ("Sam", "Kim")])
def test_an_episode_is_told_where_it_began_whoever_began_it(ready: Ready, by: str, other: str) -> None:
    talk(ready, ("Kim", "hiya"), ("Sam", "hello"), (by, "[sexual-question] or beans?"), (other, "no"), (by, "ok"))
    record(ready, "A", RecordedAs.CITIZEN)
    mine, others = (0, 1) if by == "Kim" else (1, 0)
    rows = figures(ready)
    assert rows["episodes"].cells[mine].lines == ("1 candidate: began an episode that the other side refused",)
    assert numbers(rows["episodes"].cells[mine]) == [3], "not at the answer"
    assert rows["episodes"].cells[others].lines == ("No candidate found.",)
    assert numbers(rows["leading"].cells[mine]) == [3]
    assert rows["leading"].cells[others].lines == ("No candidate found.",)


def test_what_was_not_looked_for_is_not_told_as_not_found(ready: Ready) -> None:
    talk(ready, *CHAT, words=NO_WORDS)
    record(ready, "A", RecordedAs.CITIZEN)
    panel = page(ready).panel
    assert panel is not None
    lines = {row.code: row.cells[0].lines for row in panel.figures}
    assert lines["episodes"] == ("Not looked for: it needs a list of words that is not here.",)
    assert lines["pressed"] == ("No candidate found.",)
    topics = {row.title: row for row in panel.topics}
    assert topics["Sexual topic"].first == "None tagged; not looked for: a list of words is not here"
    assert topics["Inducement"].cells[0].no_offer == "No candidate found"
    talk(ready, *CHAT, words=None)
    panel = page(ready).panel
    assert panel is not None
    assert {row.cells[0].lines for row in panel.figures if row.code in BY_RULES} == {("No rule was asked.",)}


def test_who_raised_what_first_is_told_by_tags_and_else_by_candidates(made: Ready) -> None:
    from safehand.desk.review.citing import cite  # noqa: PLC0415  beside its one use

    record(made, "A", RecordedAs.CITIZEN)
    cite(made.cast.alice, made.case, 1, 5, "meeting", "towards")
    panel = page(made).panel
    assert panel is not None
    rows = {row.title: row for row in panel.topics}
    assert rows["Meeting"].first == "B at message 5, as tagged"
    assert (rows["Meeting"].cells[1].tagged, rows["Meeting"].cells[0].tagged_words) == (5, "None tagged")
    assert rows["Age"].first.startswith("Nobody tagged one. Of candidates ")
    assert (rows["Age"].cells[0].offered, rows["Age"].cells[1].offered) == (3, 2)
    assert rows["Inducement"].first == "None tagged; no candidate found"
    assert rows["Hesitation"].first == "None tagged; no candidate found"


def test_the_holders_declarations_stand_there_and_none_that_does_not_bear_on_it(made: Ready) -> None:
    declared = {one.ask: one.words for one in page(made).declared}
    assert declared["Has any police officer asked you to do or say anything?"] == "No"
    assert declared["Has any of it been posted, streamed or shown to others?"] == "I don’t know"
    assert declared["Account 1: a parent or carer"] == "From the first message, to the last message"
    assert not [ask for ask in declared if "app or site is the chat from" in ask]


def test_looking_is_an_entry_and_what_is_not_there_is_none(made: Ready) -> None:
    view_conduct(made.cast.bob, made.case, clock=clock)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert (said["verb"], said["record"], said["details"]) == (
        "conduct.shown",
        "conversation:1",
        {"accounts": 0, "steps": 0},
    )
    for nowhere in (0, 2, 10**12):
        with pytest.raises(Http404):
            view_conduct(made.cast.alice, made.case, nowhere)
    assert CustodyEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_letters_and_numbers_and_no_message(
    who: str, made: Ready, request: pytest.FixtureRequest
) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    browser: Client = request.getfixturevalue(who)
    text = browser.get(PAGE).content.decode()
    assert "conversations/1/?message=8#m8" in text
    assert REASON in text
    for said in ("Kim", "Sam", "im 13", "football kit"):
        assert said not in text
    ours = re.sub(r"<[^>]*>", " ", text.partition('id="law"')[0])
    for word in ("entrap", "score", "likely", "guilt", "verdict"):
        assert word not in ours.lower(), word


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}accounts/", f"{PAGE}write/", *CHECKLIST])
def test_every_page_leads_on_to_the_others_of_the_case(made: Ready, as_alice: Client, path: str) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    text = as_alice.get(path).content.decode()
    for title in ("Conversations", "First mentions", "Conduct review", "CPS checklist"):
        assert f">{title}</a>" in text, title


def test_who_broke_the_glass_reads_it_and_is_led_to_no_form(made: Ready) -> None:
    record(made, "A", RecordedAs.CITIZEN)
    charlie = made.cast.charlie
    break_glass(charlie, made.case.reference, GlassWhy.LINKED, "It may be the same allotment.", clock=system_clock)
    browser = signed_in(charlie)
    for path in (PAGE, CHECKLIST[0]):
        text = browser.get(path).content.decode()
        assert "conduct/write/" not in text
        assert "conduct/accounts/" not in text
        assert "/checklist/5/" not in text
    assert browser.get(f"{PAGE}write/").status_code == 404
    assert browser.post(CHECKLIST[1], {"answered": "package", "words": "x"}).status_code == 404
    with pytest.raises(Http404):
        record(made, "B", RecordedAs.SUBJECT, charlie)


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}accounts/", f"{PAGE}write/"])
def test_charlie_does_not(as_charlie: Client, path: str) -> None:
    assert as_charlie.get(path).status_code == 404
    assert as_charlie.post(path, {}).status_code in (404, 405)
    assert not CustodyEntry.objects.exists()


def test_a_supervisor_who_holds_no_other_role_sees_none_of_it(made: Ready) -> None:
    with pytest.raises(NotAllowed):
        view_conduct(hold(made.cast.bob, Role.SUPERVISOR), made.case)


def test_what_is_in_a_language_that_is_not_analysed_is_said_to_be_so(ready: Ready) -> None:
    talk(ready, ("Sam", "the peas are up"), *POLISH)
    record(ready, "A", RecordedAs.CITIZEN)
    panel = page(ready).panel
    assert panel is not None
    assert panel.looked == "Rules looked at 1 message; 20 more are in passages that do not look like English."


def test_an_empty_conversation_and_one_of_one_side_alone_have_a_page(ready: Ready, as_alice: Client) -> None:
    talk(ready, ("Kim", "the peas are up"))
    record(ready, "A", RecordedAs.CITIZEN)
    assert as_alice.get(PAGE).status_code == 200
    panel = page(ready).panel
    assert panel is not None
    assert [cell.lines for cell in panel.figures[4].cells] == [("At most 1; no run of 5 or more",)]
