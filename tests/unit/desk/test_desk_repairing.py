"""The page of the evidence store, and a damaged copy that is put back: by a custodian alone, with a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.http import Http404
from django.test import Client
from pytest_django import Settings

from desk_cast import LOOKS_SEALED, NOW, Cast, hold, keep, signed_in
from kept_rows import altered_unseen, said_in_entries
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.copies import second_key
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.location import FIRST
from safehand.desk.custody.models import Copy, CopyState, CustodyEntry
from safehand.desk.intake.models import Alarm
from safehand.desk.keeping.models import RepairAsked
from safehand.desk.keeping.repairing import ask_repair
from safehand.desk.keeping.rounds import make_round
from safehand.desk.keeping.showing import look
from safehand.desk.officers.roles import Appointment, Held, Role
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.settings.mirror import Folder
from safehand.errors import NotAllowed, UsageError

pytestmark = pytest.mark.django_db

WHERE = "/evidence-store/"
PUT_BACK = "/evidence-store/put-back/"
DATA = LOOKS_SEALED + b"row 4 of peas is up"
OTHER = LOOKS_SEALED + b"row 5 of peas is up"
REASON = "The disk of the first location failed in the night."
SEES = (Role.CUSTODIAN, Role.SUPERVISOR, Role.AUDITOR)


def clock() -> int:
    return NOW


def later() -> int:
    return NOW + 30 * 24 * 3600 * 1_000_000


def no_case(cast: Cast, state: State, number: int, data: bytes) -> Package:
    """A case with a package that was taken in, without the work of reading it."""
    sha256 = keep(state, data)
    case = Case.objects.create(
        reference=f"SH-7K3M9Q{number:03}", opened_at=moment(NOW), opened_by=cast.alice, wrapped_key=b""
    )
    at = moment(NOW)
    for location, state_, checked in ((FIRST, "whole", at), (second_key(), "waiting", None)):
        if location:
            Copy.objects.create(
                sha256=sha256,
                size=1,
                location=location,
                since=at,
                state=state_,
                checked_at=checked,
                due_at=at + timedelta(days=0 if checked is None else 20),
            )
    return Package.objects.create(case=case, sha256=sha256, size=len(data), received_at=moment(NOW))


@pytest.fixture
def second(tmp_path: Path, settings: Settings) -> Path:
    folder = tmp_path / "second"
    folder.mkdir()
    settings.MIRROR = Folder(folder)
    return folder


@pytest.fixture
def package(cast: Cast, desk_state: State, second: Path) -> Package:
    """Kept at both locations."""
    found = no_case(cast, desk_state, 1, DATA)
    make_round(clock)
    assert (second / "evidence" / found.sha256[:2] / found.sha256).read_bytes() == DATA
    return found


def place(package: Package, root: Path) -> Path:
    return root / "evidence" / package.sha256[:2] / package.sha256


def change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(OTHER)


@pytest.fixture
def damaged(package: Package, desk_state: State) -> Package:
    """Found changed at the first location."""
    change(place(package, desk_state.root))
    make_round(later)
    assert Copy.objects.get(location=FIRST).state == CopyState.CHANGED
    return package


@pytest.fixture
def custodian(cast: Cast) -> Client:
    return signed_in(hold(cast.bob, Role.CUSTODIAN))


def words_of(browser: Client, where: str = WHERE) -> str:
    page = browser.get(where)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", page.content.decode())))


def sent(package: Package, location: str = "first", reason: str = REASON) -> dict[str, str]:
    return {"sha256": package.sha256, "location": location, "reason": reason}


def verbs() -> list[str]:
    return list(CustodyEntry.objects.values_list("verb", flat=True))


# --- the page ---


def test_it_says_of_each_package_when_each_location_was_last_looked_at(package: Package, cast: Cast) -> None:
    before = CustodyEntry.objects.count()
    for role in SEES:
        page = words_of(signed_in(hold(cast.charlie, role)))
        assert "1 package, each as it came in when it was last hashed at both locations." in page
        assert package.case.reference in page
        assert package.sha256[:16] in page
        assert page.count("As it came in 22 November 2026, 10:00") == 2
    assert CustodyEntry.objects.count() == before, "nothing of any record is shown"


def test_other_roles_do_not_get_it(package: Package, cast: Cast) -> None:
    assert package.size
    others: list[Held] = [*(set(Role) - set(SEES)), Appointment.WELFARE_LEAD]
    for role in others:
        assert signed_in(hold(cast.charlie, role)).get(WHERE).status_code == 403, role


def test_a_desk_without_packages_and_one_without_a_second_location_say_so(
    cast: Cast, desk_state: State, custodian: Client
) -> None:
    assert "No package has come in yet." in words_of(custodian)
    no_case(cast, desk_state, 1, DATA)
    page = words_of(custodian)
    assert "None is set: whoever loses this disk loses every package" in page
    assert "Waits to be copied" not in page


def test_what_waits_to_be_copied_is_seen_and_why(
    cast: Cast, desk_state: State, second: Path, custodian: Client
) -> None:
    no_case(cast, desk_state, 1, DATA)
    assert "1 package waits to be copied." in words_of(custodian)
    make_round(clock)
    (second / "uploads").rmdir()
    (second / "uploads").write_text("a clumsy hand")
    no_case(cast, desk_state, 2, OTHER)
    make_round(clock)
    page = words_of(custodian)
    assert "Waits to be copied: it could not be written: the disk may be full" in page
    assert "Both locations are on one disk" in page


def test_a_location_that_is_away_is_seen_with_what_to_look_at(
    package: Package, second: Path, custodian: Client
) -> None:
    second.rename(second.with_name("away"))
    second.mkdir()
    make_round(later)
    page = words_of(custodian)
    assert "Away since 22 December 2026, 10:00. It is there and empty, without this desk’s mark" in page
    assert package.size


def test_the_longest_not_looked_at_stands_first_and_there_are_pages(
    package: Package, cast: Cast, desk_state: State, second: Path, custodian: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safehand.desk.keeping.showing.PER_PAGE", 2)
    others = [no_case(cast, desk_state, 10 + number, DATA + bytes([number])) for number in range(3)]
    Copy.objects.filter(sha256=package.sha256).update(checked_at=moment(later()))
    Copy.objects.filter(sha256=others[1].sha256, location=FIRST).update(checked_at=None)
    first, last = words_of(custodian), words_of(custodian, f"{WHERE}?page=2")
    assert "Not hashed again yet" in first
    assert first.index(others[1].case.reference) < first.index(others[0].case.reference)
    assert "Page 1 of 2" in first
    assert package.case.reference not in first
    assert last.index(others[2].case.reference) < last.index(package.case.reference)
    for odd in ("0", "99", "x", "-1", "9" * 12):
        assert custodian.get(WHERE, {"page": odd}).status_code == 200
    assert second.is_dir()


def test_a_package_that_was_not_looked_at_in_time_is_said_to_be(cast: Cast, desk_state: State) -> None:
    no_case(cast, desk_state, 1, DATA)
    officer = hold(cast.bob, Role.AUDITOR)
    at_once, in_a_month = look(officer, 1, clock), look(officer, 1, lambda: later() + 1)
    assert (at_once.first.late, in_a_month.first.late) == (0, 1)
    with pytest.raises(NotAllowed):
        look(hold(cast.bob, Role.REVIEWER), 1)


# --- putting back ---


def test_a_damaged_copy_is_put_back_from_the_whole_one_with_a_reason_and_two_entries(
    damaged: Package, custodian: Client, desk_state: State
) -> None:
    page = words_of(custodian)
    assert "1 copy not as it came in: to be looked at now." in page
    assert "Changed at the first location" in page
    assert "The copy at the second location was whole" in page
    assert custodian.post(PUT_BACK, sent(damaged)).status_code == 302
    assert place(damaged, desk_state.root).read_bytes() == OTHER, "a worker does it"
    assert "to be put back: a worker does it" in words_of(custodian)
    make_round()
    assert EvidenceStore(desk_state).check(damaged.sha256) == len(DATA)
    assert place(damaged, desk_state.root).stat().st_mode & 0o777 == 0o400
    (aside,) = desk_state.damaged.iterdir()
    assert aside.read_bytes() == OTHER, "what was found is kept, to be asked about"
    assert verbs()[-2:] == ["repair.asked", "package.repaired"]
    asked = CustodyEntry.objects.get(verb="repair.asked")
    assert (asked.actor, asked.case) == ("officer:bob", damaged.case.reference)
    assert REASON not in bytes(asked.canonical).decode()
    page = words_of(custodian)
    assert REASON in page
    assert "to be looked at now" not in page
    assert altered_unseen(RepairAsked, said_in_entries()) == []
    assert [problem for problem in problems_of_rows() if "decided" in problem or "entry" in problem] == []


def test_the_second_location_is_put_back_from_the_first(package: Package, second: Path, custodian: Client) -> None:
    place(package, second).unlink()
    make_round(later)
    assert custodian.post(PUT_BACK, sent(package, "second")).status_code == 302
    make_round()
    assert place(package, second).read_bytes() == DATA
    assert not (second / "damaged").exists(), "nothing was there to be put aside"


def test_nothing_is_put_back_by_itself(damaged: Package, desk_state: State) -> None:
    for _ in range(3):
        Copy.objects.update(due_at=moment(NOW))
        make_round(later)
    assert place(damaged, desk_state.root).read_bytes() == OTHER


def test_only_a_custodian_has_it_put_back(damaged: Package, cast: Cast) -> None:
    for role in sorted(set(Role) - {Role.CUSTODIAN}):
        officer = hold(cast.charlie, role)
        browser = signed_in(officer)
        assert browser.post(PUT_BACK, sent(damaged)).status_code == 403, role
        with pytest.raises(NotAllowed):
            ask_repair(officer, damaged.sha256, "first", REASON)
        if role in SEES:
            assert "Why is it put back" not in words_of(browser)
    assert not RepairAsked.objects.exists()


def test_without_a_reason_nothing_is_asked_and_what_was_typed_stands(damaged: Package, custodian: Client) -> None:
    for reason in ("", "  ", "x" * 1001):
        page = custodian.post(PUT_BACK, sent(damaged, reason=reason))
        assert page.status_code == 400
        assert "There is a problem" in page.content.decode()
    assert not RepairAsked.objects.exists()


def test_asked_twice_it_is_asked_once(damaged: Package, custodian: Client) -> None:
    for _ in range(2):
        custodian.post(PUT_BACK, sent(damaged))
    assert RepairAsked.objects.count() == 1
    assert altered_unseen(RepairAsked, said_in_entries()) == []
    assert verbs().count("repair.asked") == 1


def test_what_is_whole_or_unknown_is_not_put_back(
    damaged: Package, custodian: Client, cast: Cast, settings: Settings
) -> None:
    for wrong in (sent(damaged, "second"), {**sent(damaged), "sha256": "0" * 64}):
        assert custodian.post(PUT_BACK, wrong).status_code == 404
    for odd in ({"sha256": "x"}, {"location": "third"}):
        assert custodian.post(PUT_BACK, {**sent(damaged), **odd}).status_code == 400
    with pytest.raises(Http404):
        ask_repair(cast.bob, damaged.sha256, "second", REASON)
    settings.MIRROR = None
    with pytest.raises(UsageError, match="no second location"):
        ask_repair(cast.bob, damaged.sha256, "first", REASON)
    assert custodian.post(PUT_BACK, sent(damaged)).status_code == 400


def test_where_no_copy_is_whole_nothing_is_moved_and_it_is_said(
    damaged: Package, second: Path, custodian: Client, desk_state: State
) -> None:
    custodian.post(PUT_BACK, sent(damaged))
    change(place(damaged, second))
    make_round()
    assert verbs()[-1] == "repair.failed"
    assert place(damaged, desk_state.root).read_bytes() == OTHER
    assert not desk_state.damaged.exists()
    assert "the other copy is not whole either: bring it back from the backup" in words_of(custodian)


def test_a_worker_that_was_killed_between_putting_aside_and_putting_back_goes_on(
    damaged: Package, custodian: Client, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    custodian.post(PUT_BACK, sent(damaged))
    with monkeypatch.context() as patch:
        patch.setattr(EvidenceStore, "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            make_round()
    assert not place(damaged, desk_state.root).exists()
    Copy.objects.filter(location=FIRST).update(due_at=moment(NOW))
    make_round()
    assert EvidenceStore(desk_state).check(damaged.sha256) == len(DATA)
    assert verbs().count("package.repaired") == 1
    assert len(list(desk_state.damaged.iterdir())) == 1


def test_while_the_other_location_is_away_a_repair_waits(
    damaged: Package, custodian: Client, second: Path, desk_state: State
) -> None:
    custodian.post(PUT_BACK, sent(damaged))
    away = second.rename(second.with_name("away"))
    make_round()
    assert Copy.objects.get(location=FIRST).repair_asked_at is not None
    away.rename(second)
    Copy.objects.filter(location=FIRST).update(due_at=moment(NOW))
    make_round(lambda: later() * 2)
    assert EvidenceStore(desk_state).check(damaged.sha256) == len(DATA)


def test_the_alarm_leads_a_supervisor_to_the_page_and_others_to_the_inbox(damaged: Package, cast: Cast) -> None:
    assert Alarm.objects.get().called == damaged.case.reference
    words = f"The package of report {damaged.case.reference} is not what came in, where it is kept."
    for role, link in ((Role.SUPERVISOR, WHERE), (Role.TRIAGE, "/inbox/")):
        page = signed_in(hold(cast.charlie, role)).get("/account/").content.decode()
        assert words in page, role
        assert f'href="{link}">Look at' in page or f'href="{link}"' in page
