"""The pages of retention: what is due, and one case. For custodians and supervisors, on the case or not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from desk_cast import Ready, clock, hold, signed_in, spelled_rightly
from safehand.desk.cases.models import Case
from safehand.desk.core.clock import moment
from safehand.desk.core.reference import new_reference
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.retention.dates import months_after, years_after
from safehand.desk.retention.keeping import hold_of, put_hold, review
from safehand.desk.retention.models import ErasureAsked, Reviewed
from safehand.desk.retention.showing import list_due
from safehand.desk.retention.table import parse_retention, retention
from safehand.errors import UsageError
from safehand.model.instant import MICRO

pytestmark = pytest.mark.django_db

WHY = "The trial is in May."
LIST = "/retention/"
OTHER = new_reference(lambda _: 5)
"""Of no case."""
DAY = 24 * 3600 * MICRO


@pytest.fixture
def case(ready: Ready) -> Case:
    """Bob is a supervisor and on it; Charlie is a custodian and is not; Alice owns it and is neither."""
    alice, bob, charlie = ready.cast
    hold(alice, Role.REVIEWER, Role.INVESTIGATOR, Role.DISCLOSURE, Role.ADMIN, Role.AUDITOR, Role.TRIAGE)
    hold(bob, Role.SUPERVISOR)
    hold(charlie, Role.CUSTODIAN)
    return spelled_rightly(ready).case


def page(case: Case) -> str:
    return f"/retention/case/?case={case.reference}"


def verbs() -> list[str]:
    return list(CustodyEntry.objects.order_by("sequence").values_list("verb", flat=True))


def text(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_custodian_and_a_supervisor_see_it_and_its_owner_does_not(ready: Ready, case: Case) -> None:
    alice, bob, charlie = map(signed_in, ready.cast)
    for place in (LIST, page(case)):
        assert alice.get(place).status_code == 403
        assert alice.post(place, {"do": "hold"}).status_code == 403
        assert case.reference in text(bob, page(case))
        assert case.reference in text(charlie, page(case))
    assert "Keep it until then" in text(charlie, page(case))
    assert "Keep it until then" not in text(bob, page(case))
    assert bob.post(page(case), {"do": "hold", "reason": WHY, "look_on": "2027-01-04"}).status_code == 403


def test_to_look_at_one_case_is_an_entry_and_at_the_list_is_none(ready: Ready, case: Case) -> None:
    bob = signed_in(ready.cast.bob)
    bob.get(LIST)
    assert verbs() == []
    bob.get(page(case))
    assert verbs() == ["retention.shown"]


def test_a_case_that_there_is_not_and_what_is_no_reference_are_told_apart_from_nothing_else(
    ready: Ready, case: Case
) -> None:
    bob = signed_in(ready.cast.bob)
    assert bob.get("/retention/case/").status_code == 302
    assert bob.get(f"{LIST}?case=plot").status_code == 400
    assert bob.get(f"{LIST}?case=sh-7k3m9qxar")["Location"] == page(case)
    assert bob.get(f"/retention/case/?case={OTHER}").status_code == 400


def test_a_case_is_due_months_after_it_was_opened_and_then_when_its_class_says_and_not_a_day_before(
    ready: Ready, case: Case
) -> None:
    charlie = ready.cast.charlie
    opened = case.opened_at.date()

    def due_on(day: date) -> list[str]:
        at = clock() + (day - opened).days * DAY
        return [row.reference for row in list_due(charlie, clock=lambda: at).due]

    first = months_after(opened, retention().unclassed_months)
    assert due_on(date.fromordinal(first.toordinal() - 1)) == []
    assert due_on(first) == [case.reference]
    row = review(charlie, case.reference, "serious", None, WHY, clock=clock)
    assert row.due == years_after(opened, 10)
    assert due_on(first) == []
    assert due_on(date.fromordinal(row.due.toordinal() - 1)) == []
    assert due_on(row.due) == [case.reference]
    review(charlie, case.reference, "serious", first, WHY, clock=clock)
    assert due_on(first) == [case.reference], "the newest counts"


def test_nothing_is_erased_or_decided_because_its_day_has_come(ready: Ready, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(opened_at=moment(clock() - 20_000 * DAY))
    assert case.reference in text(signed_in(ready.cast.charlie), LIST)
    case.refresh_from_db()
    assert case.erased_at is None
    assert not Reviewed.objects.exists()
    shown = text(signed_in(ready.cast.charlie), page(case))
    assert "checked" not in shown.replace("compared", "")


@pytest.mark.parametrize("day", ["", "2026-11-22", "2020-01-01", "2099-01-01", "soon"])
def test_a_hold_needs_a_day_to_come_on_which_somebody_asks_again(ready: Ready, case: Case, day: str) -> None:
    answer = signed_in(ready.cast.charlie).post(page(case), {"do": "hold", "reason": WHY, "look_on": day})
    assert answer.status_code in (400, 409)
    assert hold_of(case) is None


def test_a_hold_is_put_on_and_ended_by_the_page_and_stands_with_its_reason(ready: Ready, case: Case) -> None:
    charlie = signed_in(ready.cast.charlie)
    assert charlie.post(page(case), {"do": "hold", "reason": WHY, "look_on": "2099-01-01"}).status_code == 409
    answer = charlie.post(page(case), {"do": "hold", "reason": WHY, "look_on": "2040-01-04"})
    assert answer["Location"] == page(case)
    shown = text(charlie, page(case))
    assert WHY in shown
    assert "Ask that it be erased" not in shown
    assert "On hold" in text(charlie, LIST)
    charlie.post(page(case), {"do": "end_hold", "reason": "It is over."})
    assert hold_of(case) is None
    assert [verb for verb in verbs() if verb.startswith("hold.")] == ["hold.put", "hold.ended"]


def test_an_erasure_goes_by_the_pages_from_one_officer_to_another_who_types_the_reference(
    ready: Ready, case: Case
) -> None:
    charlie, bob = signed_in(ready.cast.charlie), signed_in(ready.cast.bob)
    assert charlie.post(page(case), {"do": "ask", "reason": WHY}).status_code == 400, "no basis"
    charlie.post(page(case), {"do": "ask", "basis": "review", "reason": WHY})
    assert ErasureAsked.objects.get().by == ready.cast.charlie
    assert "Destroy its key" not in text(charlie, page(case))
    assert "Destroy its key" in text(bob, page(case))
    for typed in ("", OTHER, "yes"):
        assert bob.post(page(case), {"do": "confirm", "reason": WHY, "again": typed}).status_code == 400
    case.refresh_from_db()
    assert case.erased_at is None
    assert bob.post(page(case), {"do": "confirm", "reason": WHY, "again": "sh-7k3m9qxar"}).status_code == 302
    assert Case.objects.get(pk=case.pk).erased_at is not None
    shown = text(bob, page(case))
    assert "It was erased" in shown
    assert "Put it on hold" not in text(charlie, page(case))
    for do in ("review", "hold", "ask", "confirm"):
        form = {"do": do, "reason": WHY, "kept_by": "serious", "look_on": "2040-01-04", "basis": "review"}
        assert charlie.post(page(case), form).status_code in (400, 403, 409)


# --- the data file ---


def file(**changed: str) -> bytes:
    """A small one, with some of it said otherwise."""
    lines = {
        "schema": '"safehand.retention/1"',
        "version": "1",
        "checked_on": "2026-11-28",
        "reviewer": '""',
        "jurisdiction": '"England and Wales"',
        "unclassed_months": "6",
        "classes": '[{code = "a", title = "A", words = "w", years = 6, source = "s", mark = "unverified"}]',
        "bases": '[{code = "b", title = "B", words = "w", source = "s", mark = "verified"}]',
    } | changed
    return "\n".join(f"{key} = {value}" for key, value in lines.items() if value).encode()


def test_the_file_that_is_shipped_says_of_every_line_that_it_is_unverified() -> None:
    assert not [line for line in retention().classes if line.verified]
    assert not [line for line in retention().bases if line.verified]
    assert parse_retention(file()).bases[0].verified


@pytest.mark.parametrize(
    "changed",
    [
        {"schema": '"safehand.retention/2"'},
        {"version": "0"},
        {"checked_on": '"2026-11-28"'},
        {"unclassed_months": "true"},
        {"jurisdiction": '" "'},
        {"more": "1"},
        {"bases": ""},
        {"classes": "[]"},
        {"classes": '[{code = "a", title = "A", words = "w", years = 31, source = "s", mark = "unverified"}]'},
        {"classes": '[{code = "a", title = "A", words = "w", years = 6, source = "s", mark = "checked"}]'},
        {"classes": '[{code = "a", title = "A", words = "w", years = 6, source = "s"}]'},
    ],
    ids="+".join,
)
def test_a_file_that_says_more_or_less_than_one_does_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        parse_retention(file(**changed))


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(UsageError):
        parse_retention(b"\xff")


def test_the_last_day_of_a_month_is_meant_where_there_is_no_such_day() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_two_holds_do_not_stand_at_once(ready: Ready, case: Case) -> None:
    put_hold(ready.cast.charlie, case.reference, date(2027, 1, 4), WHY, clock=clock)
    with pytest.raises(UsageError, match="already"):
        put_hold(ready.cast.charlie, case.reference, date(2027, 1, 4), WHY, clock=clock)
