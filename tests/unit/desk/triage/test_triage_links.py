"""Reports that belong together are noticed with the reason, linked by an officer, parted in one act, never merged."""

from __future__ import annotations

import itertools

import pytest
from django.http import Http404

from desk_cast import NOW, Cast, clock, hold, signed_in
from reports import looked, report
from safehand.desk.cases.models import Case, CaseOfficer, Package
from safehand.desk.core.clock import moment
from safehand.desk.core.reference import new_reference
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.models import Trace
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.triage.linking import COMMON, SENTENCES, alike_of, decide, decided_of, linked_with
from safehand.desk.triage.models import Link, Together
from safehand.desk.triage.presenters.inbox import present_inbox
from safehand.desk.triage.presenters.links import links_shown, why_words
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db

WHY = "The same club wrote to both."
numbers = itertools.count(1)


def case_of(officer: Officer | None) -> Case:
    """A report with a reference that is spelled rightly."""
    made = report(f"{next(numbers)}", officer, 10).case
    made.reference = new_reference(lambda _: made.pk)
    made.save()
    return made


def traced(case: Case, **digests: str) -> None:
    """``file="ab"`` traces two files by their one letter."""
    for kind, letters in digests.items():
        Trace.objects.bulk_create(Trace(case=case, of=kind, digest=letter * 32) for letter in letters)


@pytest.fixture
def pair(cast: Cast) -> tuple[Case, Case]:
    """One of Alice's and Bob's, one of Charlie's."""
    here, there = case_of(cast.alice), case_of(cast.charlie)
    CaseOfficer.objects.create(case=here, officer=cast.bob, since=moment(NOW), added_by=cast.alice)
    looked()
    return here, there


def noticed(case: Case) -> list[tuple[str, ...]]:
    return [why_words(alike) for alike in alike_of(case)]


def test_each_reason_is_told_in_words_and_counts_only_what_is_in_both(pair: tuple[Case, Case]) -> None:
    here, there = pair
    traced(here, file="ab", account="cd", words="efghi")
    traced(there, file="bz", account="dcy", words="efgx")
    both = (
        "1 source file is the same in both, byte for byte.",
        "2 accounts write in both.",
        "3 longer messages have the same words in both.",
    )
    assert noticed(here) == [both]
    assert noticed(there) == [both]


NOTHING_NOTICED = {
    "nothing in common": ({"file": "a"}, {"file": "b"}),
    "one thing too few": ({"words": "abcdef"[: SENTENCES - 1]}, {"words": "abcdef"[: SENTENCES - 1]}),
    "the same digest of another sort": ({"file": "a"}, {"account": "a"}),
    "nothing traced": ({}, {"file": "a"}),
}


@pytest.mark.parametrize("name", NOTHING_NOTICED)
def test_nothing_else_is_noticed(name: str, pair: tuple[Case, Case]) -> None:
    for case, digests in zip(pair, NOTHING_NOTICED[name], strict=True):
        traced(case, **digests)
    assert noticed(pair[0]) == []


def test_what_stands_in_every_report_is_no_reason(cast: Cast, pair: tuple[Case, Case]) -> None:
    here, there = pair
    traced(here, account="ab")
    traced(there, account="ab")
    others = [case_of(cast.bob) for _ in range(COMMON - 2)]
    for each in others:
        traced(each, account="a")
    assert noticed(here)[0] == ("2 accounts write in both.",), "in ten reports: still a reason"
    traced(case_of(cast.bob), account="a")
    assert noticed(here) == [("1 account writes in both.",)], "in eleven: the other one alone"


def test_an_officer_links_with_a_reason_and_parts_in_one_act_and_history_stays(
    cast: Cast, pair: tuple[Case, Case]
) -> None:
    here, there = pair
    traced(here, file="a")
    traced(there, file="a")
    decide(cast.alice, here, there, Together.SAME, WHY, clock=clock)
    assert [linked_with([case.pk])[case.pk] for case in pair] == [1, 1]
    decide(cast.charlie, there, here, Together.APART, "Another club.", clock=clock)
    assert [linked_with([case.pk])[case.pk] for case in pair] == [0, 0]
    decide(cast.bob, here, there, Together.ACCOUNT, "One account after all.", clock=clock)
    assert [link.together for link in decided_of(here)] == ["account"]
    assert list(Link.objects.values_list("together", "by__reference")) == [
        ("same", "alice"),
        ("apart", "charlie"),
        ("account", "bob"),
    ]
    with pytest.raises(UsageError):
        Link.objects.update(together="same")
    with pytest.raises(UsageError):
        Link.objects.get(together="apart").delete()
    for case in pair:
        case.refresh_from_db()
    assert Package.objects.filter(case__in=pair).count() == 2, "nothing is merged"


def test_both_cases_have_the_entry_and_no_word_of_the_reason_is_in_it(cast: Cast, pair: tuple[Case, Case]) -> None:
    here, there = pair
    CaseOfficer.objects.create(case=there, officer=cast.alice, since=moment(NOW), added_by=cast.alice)
    decide(cast.alice, here, there, Together.SAME, WHY, clock=clock)
    decide(cast.alice, there, here, Together.APART, WHY, clock=clock)
    found = [
        (entry.verb, entry.case, entry.record, parse_entry(bytes(entry.canonical)).act.value)
        for entry in CustodyEntry.objects.filter(verb__startswith="reports.").order_by("sequence")
    ]
    assert found == [
        ("reports.linked", here.reference, f"case:{there.reference}", "combination"),
        ("reports.linked", there.reference, f"case:{here.reference}", "combination"),
        ("reports.parted", there.reference, f"case:{here.reference}", "alteration"),
        ("reports.parted", here.reference, f"case:{there.reference}", "alteration"),
    ]
    assert not any(b"club" in bytes(entry.canonical) for entry in CustodyEntry.objects.all())


def test_who_is_not_on_the_other_sees_its_reference_and_owner_alone(cast: Cast, pair: tuple[Case, Case]) -> None:
    here, there = pair
    traced(here, file="a")
    traced(there, file="a")
    decide(cast.charlie, there, here, Together.SAME, "My reason, in my case.", clock=clock)
    (row,) = links_shown(cast.alice, here).linked
    assert (row.other.reference, row.other.owners, row.other.link) == (there.reference, "charlie", "")
    assert row.reason == ""
    page = signed_in(cast.alice).get(f"/cases/{here.reference}/triage/links/").content.decode()
    assert there.reference in page
    assert "My reason" not in page
    assert f"/cases/{there.reference}/" not in page
    assert links_shown(cast.charlie, there).linked[0].reason == "My reason, in my case."
    for officer, case in ((cast.alice, there), (cast.charlie, here)):
        assert signed_in(officer).get(f"/cases/{case.reference}/triage/links/").status_code == 404


def test_nobody_learns_by_naming_it_that_a_report_is_there(cast: Cast, pair: tuple[Case, Case]) -> None:
    here, there = pair
    with pytest.raises(Http404):
        decide(cast.alice, here, there, Together.SAME, WHY, clock=clock)
    alice = signed_in(cast.alice)
    path = f"/cases/{here.reference}/triage/links/"
    nowhere = new_reference(lambda _: 99_999)
    said = [
        alice.post(path, {"reference": reference, "of_the_two": "same", "reason": WHY})
        for reference in (there.reference, nowhere)
    ]
    assert [answer.status_code for answer in said] == [400, 400]
    pages = [answer.content.decode() for answer in said]
    assert all("You may name a report that you are on, or one that stands above." in page for page in pages)
    assert not Link.objects.exists()


def test_the_page_links_by_a_form_in_which_nothing_is_chosen(cast: Cast, pair: tuple[Case, Case]) -> None:
    here, there = pair
    traced(here, file="a")
    traced(there, file="a")
    alice = signed_in(cast.alice)
    path = f"/cases/{here.reference}/triage/links/"
    triage = alice.get(f"/cases/{here.reference}/triage/").content.decode()
    assert "The desk noticed 1 report that may belong with it." in triage
    page = alice.get(f"{path}?with={there.reference}").content.decode()
    assert "byte for byte" in page
    assert " checked" not in page.partition('id="say"')[2].partition("</form>")[0]
    for wrong, words in (
        ({}, "Choose what you say of the two."),
        ({"of_the_two": "same"}, "Nothing is linked or parted without a reason."),
        ({"of_the_two": "merged", "reason": WHY}, "Choose one of these."),
        ({"reference": here.reference, "of_the_two": "same", "reason": WHY}, "That is this report."),
    ):
        answer = alice.post(path, {"reference": there.reference, **wrong})
        assert answer.status_code == 400
        assert words in answer.content.decode()
    whole = {"reference": there.reference.lower(), "of_the_two": "same", "reason": WHY}
    assert alice.post(path, whole)["Location"] == path
    page = alice.get(path).content.decode()
    assert WHY in page
    assert "They are one report, made twice." in page
    assert "Nothing was noticed." in page, "it is decided"
    row = next(row for row in present_inbox(cast.alice, clock=clock).reports.rows if row.reference == here.reference)
    assert row.linked == 1
    assert "linked with 1" in alice.get("/inbox/").content.decode()
    assert signed_in(cast.charlie).post(path, whole).status_code == 404
    hold(cast.bob, Role.DISCLOSURE)
    assert signed_in(cast.bob).post(path, whole).status_code == 403
