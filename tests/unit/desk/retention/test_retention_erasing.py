"""A case is erased by two officers, unless a hold stands on it; what is left is a log that holds, and names nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BinaryField, QuerySet, Value
from pytest_django import Settings

from desk_cast import A_PACKAGE, NOW, Ready, clock, hold, keep, make_notice, signed_in, spelled_rightly
from kept_rows import altered_unseen, enter_the_cast, said_in_entries
from reports import looked
from safehand.desk.cases.glass import break_glass, supervisor_knows_glass
from safehand.desk.cases.models import Case, GlassWhy, Package, PackageState
from safehand.desk.cases.opening import CaseErased, case_file_path
from safehand.desk.cases.sealed_words import open_words
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import Kept
from safehand.desk.core.sealed_field import ERASED, ERASED_BYTES, _Sealed
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.copies import note_kept
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.folder import FolderLocation, LocationAway
from safehand.desk.custody.models import Copy, CustodyEntry
from safehand.desk.inspection import inspect
from safehand.desk.intake.actions import receive
from safehand.desk.intake.models import Arrival
from safehand.desk.officers.roles import Role
from safehand.desk.retention.erasing import OnHold, ask_erasure, confirm_erasure, refuse_erasure, waiting_for
from safehand.desk.retention.keeping import end_hold, put_hold, review
from safehand.desk.retention.models import ErasureAnswered, ErasureAsked, Swept
from safehand.desk.retention.sweeping import sweep, sweep_erased
from safehand.desk.retention.words_of_case import WORDS
from safehand.desk.review.citing import cite
from safehand.desk.review.models import Citation
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.settings.mirror import Folder
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Grading
from safehand.desk.triage.shift import all_notes, write_note
from safehand.errors import CannotWrite, NotAllowed, UsageError

pytestmark = pytest.mark.django_db

WHY = "The club rang: it was another plot."
NEXT_YEAR = date(2027, 1, 4)


@pytest.fixture
def case(ready: Ready) -> Case:
    """Words of officers in it: a grade, a citation, broken glass that a supervisor knows of, a note of a shift."""
    case = spelled_rightly(ready).case
    alice, bob, charlie = ready.cast
    enter_the_cast(clock)
    looked()
    grade_report(alice, case, Grade.SCHEDULED, WHY, clock=clock)
    cite(alice, case, 1, 1, "meeting", "towards", WHY, clock=clock)
    write_note(alice, f"{case.reference}: {WHY}", clock=clock)
    glass = break_glass(charlie, case.reference, GlassWhy.DANGER, WHY, clock=clock)
    assert glass is not None
    supervisor_knows_glass(bob, glass.pk, clock=clock)
    return case


def forgotten(_: Sequence[str]) -> None:
    """A test's transaction is open: old pages are a test of their own (test_retention_canary.py)."""


def erase(ready: Ready, case: Case) -> ErasureAnswered:
    """By Alice, who asks, and Bob, who confirms."""
    ask_erasure(ready.cast.alice, case.reference, "review", "Nothing came of it.", clock=clock)
    answer = confirm_erasure(ready.cast.bob, case.reference, "I looked too.", clock=clock)
    sweep(answer, clock=clock, forget=forgotten)
    case.refresh_from_db()
    return answer


def said(verb: str) -> dict[str, object]:
    """The last entry of this verb, as it is spelled."""
    entry = CustodyEntry.objects.filter(verb=verb).latest("sequence")
    value: dict[str, object] = json.loads(bytes(entry.canonical))
    return value


def page(case: Case) -> str:
    return f"/retention/case/?case={case.reference}"


# --- two officers ---


def test_who_asked_does_not_confirm_and_nobody_else_without_the_ability(ready: Ready, case: Case) -> None:
    alice, bob, charlie = ready.cast
    ask_erasure(alice, case.reference, "review", WHY, clock=clock)
    with pytest.raises(NotAllowed, match="Another officer"):
        confirm_erasure(alice, case.reference, WHY, clock=clock)
    hold(charlie, Role.CUSTODIAN, Role.REVIEWER, Role.ADMIN, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        confirm_erasure(charlie, case.reference, WHY, clock=clock)
    hold(charlie, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        ask_erasure(charlie, case.reference, "review", WHY, clock=clock)
    case.refresh_from_db()
    assert case.erased_at is None
    assert case_file_path(case).exists()
    confirm_erasure(bob, case.reference, WHY, clock=clock)


def test_a_hold_beats_it_whether_it_was_there_before_it_was_asked_or_came_before_it_was_confirmed(
    ready: Ready, case: Case
) -> None:
    alice, bob, _ = ready.cast
    put_hold(alice, case.reference, NEXT_YEAR, WHY, clock=clock)
    with pytest.raises(OnHold, match="since 2026-11-22"):
        ask_erasure(alice, case.reference, "review", WHY, clock=clock)
    end_hold(alice, case.reference, WHY, clock=clock)
    ask_erasure(alice, case.reference, "review", WHY, clock=clock)
    put_hold(alice, case.reference, NEXT_YEAR, WHY, clock=clock)
    with pytest.raises(OnHold):
        confirm_erasure(bob, case.reference, WHY, clock=clock)
    browser = signed_in(bob)
    answer = browser.post(page(case), {"do": "confirm", "reason": WHY, "again": case.reference})
    assert answer.status_code == 409
    assert "A legal hold stands on this case" in answer.content.decode()
    case.refresh_from_db()
    assert case.erased_at is None
    end_hold(alice, case.reference, WHY, clock=clock)
    confirm_erasure(bob, case.reference, WHY, clock=clock)


def test_what_was_asked_is_refused_or_taken_back_and_may_be_asked_again(ready: Ready, case: Case) -> None:
    alice, bob, _ = ready.cast
    for who in (alice, bob):
        ask_erasure(alice, case.reference, "review", WHY, clock=clock)
        with pytest.raises(UsageError, match="already"):
            ask_erasure(alice, case.reference, "review", WHY, clock=clock)
        refuse_erasure(who, case.reference, WHY, clock=clock)
        assert waiting_for(case) is None
    with pytest.raises(UsageError):
        confirm_erasure(bob, case.reference, WHY, clock=clock)


def test_a_package_that_a_worker_reads_is_not_erased_under_its_hands(ready: Ready, case: Case) -> None:
    Package.objects.filter(case=case).update(state=PackageState.READING)
    with pytest.raises(UsageError, match="being read"):
        ask_erasure(ready.cast.alice, case.reference, "review", WHY, clock=clock)


# --- what is gone, and what stays ---


def test_nothing_of_it_opens_and_its_pages_say_so_to_those_who_were_on_it_alone(ready: Ready, case: Case) -> None:
    erase(ready, case)
    with pytest.raises(CaseErased):
        open_words(case, bytes(Citation.objects.get().sealed_note))
    alice, bob, charlie = map(signed_in, ready.cast)
    for browser in (alice, bob):
        for place in ("conversations/1/", "report/", "triage/", "people/", "points/"):
            gone = browser.get(f"/cases/{case.reference}/{place}")
            assert (gone.status_code, place) == (410, place)
            assert "was erased" in gone.content.decode()
        assert case.reference not in browser.get("/inbox/").content.decode()
    gone = charlie.get(f"/cases/{case.reference}/report/")
    assert gone.status_code == 404
    assert gone.content.replace(b"charlie", b"") == charlie.get("/cases/SH-000000000/report/").content.replace(
        b"charlie", b""
    )


def test_the_desks_own_words_are_overwritten_and_say_that_they_were(ready: Ready, case: Case) -> None:
    erase(ready, case)
    assert Grading.objects.get().reason == ERASED
    assert [note.words for note in all_notes(ready.cast.bob, clock=clock)] == [ERASED]
    package = Package.objects.get(case=case)
    assert (package.report, package.account, package.summary) == ({}, [], {})
    assert bytes(case.wrapped_key) == b""


def test_the_log_holds_who_what_when_and_the_sha256_and_every_check_of_it_passes(ready: Ready, case: Case) -> None:
    sha256 = case.package.sha256
    erase(ready, case)
    entry = said("case.erased")
    assert (entry["act"], entry["actor"], entry["case"]) == ("erasure", "officer:bob", case.reference)
    details = entry["details"]
    assert isinstance(details, dict)
    assert (details["package"], details["basis"], details["words"]) == (sha256, "review", 3)
    assert said("case.swept")["act"] == "erasure"
    assert list(problems_of_log()) == []
    assert list(problems_of_rows()) == []


def test_words_that_were_blanked_without_an_erasure_are_found(case: Case) -> None:
    """The near miss: an entry excuses its own row, and no other."""
    blank = Value(ERASED_BYTES, output_field=BinaryField())
    QuerySet(model=Grading).filter(case=case).update(reason=blank)
    assert any("changed in the database" in problem for problem in problems_of_rows())


def test_every_field_of_what_was_decided_of_retention_stands_in_an_entry(ready: Ready, case: Case) -> None:
    alice = ready.cast.alice
    review(alice, case.reference, "serious", None, WHY, clock=clock)
    put_hold(alice, case.reference, NEXT_YEAR, WHY, clock=clock)
    end_hold(alice, case.reference, WHY, clock=clock)
    erase(ready, case)
    kept = [model for model in apps.get_app_config("retention").get_models() if issubclass(model, Kept)]
    assert len(kept) == 5
    for model in kept:
        assert model._default_manager.exists(), model.__name__
        assert altered_unseen(model, said_in_entries()) == [], model.__name__
    assert list(problems_of_rows()) == []


def test_a_row_that_is_changed_after_the_erasure_is_found(ready: Ready, case: Case) -> None:
    erase(ready, case)
    QuerySet(model=Grading).filter(case=case).update(grade="immediate")
    assert any("changed in the database" in problem for problem in problems_of_rows())


def test_every_column_of_words_under_the_desks_key_is_overwritten_but_the_reasons_of_an_erasure() -> None:
    columns = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, _Sealed)
    }
    overwritten = {(words.model, words.column) for words in WORDS}
    assert columns - overwritten == {(ErasureAsked, "reason"), (ErasureAnswered, "reason")}
    assert overwritten <= columns


def test_a_notice_that_is_of_no_other_case_goes_with_it_and_one_that_is_stays(
    ready: Ready, case: Case, desk_state: State
) -> None:
    alone = make_notice(desk_state, keep(desk_state, A_PACKAGE + b"1"), "SH-8Q2V5TR41").arrival
    shared = make_notice(desk_state, keep(desk_state, A_PACKAGE + b"2"), "SH-9R3W6VS52").arrival
    other = Case.objects.create(reference="SH-00000000A", opened_at=moment(NOW), wrapped_key=b"x")
    for number, (notice, of) in enumerate([(alone, case), (shared, case), (shared, other)]):
        Arrival.objects.create(
            parcel=f"{number}" * 32,
            kind="package",
            sha256=of.package.sha256 if of == case else "0" * 64,
            size=1,
            reference=f"SH-{number}",
            desk_reference=f"SH-{number}",
            received_at=moment(NOW),
            case=of,
            follows=notice,
        )
    erase(ready, case)
    store = EvidenceStore(desk_state)
    assert not store.path(alone.sha256).exists()
    assert store.path(shared.sha256).exists()
    erased = CustodyEntry.objects.filter(verb="notice.erased").values_list("record", flat=True)
    assert list(erased) == [f"notice:{alone.sha256}"]
    page = signed_in(ready.cast.alice).get("/notices/SH-8Q2V5TR41/")
    assert page.status_code == 200, "it says that it cannot be opened"
    assert not [problem for problem in inspect() if alone.sha256 in problem or "SH-8Q2V5TR41" in problem]


# --- files ---


def test_a_sweep_that_could_not_be_done_is_done_by_the_worker_and_says_so_only_then(
    ready: Ready, case: Case, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: Sequence[str]) -> None:
        raise CannotWrite("The database is in use.")

    ask_erasure(ready.cast.alice, case.reference, "review", WHY, clock=clock)
    answer = confirm_erasure(ready.cast.bob, case.reference, WHY, clock=clock)
    left = desk_state.work / f"{case.reference}-0123"
    left.mkdir()
    (left / "opened.txt").write_text("a bag")
    with pytest.raises(CannotWrite):
        sweep(answer, clock=clock, forget=busy)
    assert not Swept.objects.exists()
    assert any("not all gone" in problem for problem in inspect())
    assert "Still being taken away" in signed_in(ready.cast.bob).get("/retention/").content.decode()
    monkeypatch.setattr("safehand.desk.retention.sweeping.connection", _Closed())
    monkeypatch.setattr("safehand.desk.retention.sweeping.forget_old_pages", forgotten)
    assert sweep_erased(clock) == 1
    assert sweep_erased(clock) == 0
    assert not left.exists()
    assert not EvidenceStore(desk_state).path(case.package.sha256).exists()
    assert not case_file_path(case).exists()


class _Closed:
    in_atomic_block = False


def test_the_same_bytes_handed_in_again_are_another_case_and_its_file_stays(
    ready: Ready, case: Case, desk_state: State
) -> None:
    sha256 = case.package.sha256
    ask_erasure(ready.cast.alice, case.reference, "mistake", WHY, clock=clock)
    answer = confirm_erasure(ready.cast.bob, case.reference, WHY, clock=clock)
    with EvidenceStore(desk_state).begin(1 << 20) as incoming:
        incoming.write(A_PACKAGE)
        again = receive(ready.cast.alice, incoming, clock=clock)
    assert again.new
    assert (again.package.sha256, again.package.case_id == case.pk) == (sha256, False)
    sweep(answer, clock=clock, forget=forgotten)
    assert EvidenceStore(desk_state).path(sha256).exists(), "it is the other case's now"
    assert keep(desk_state, A_PACKAGE) == sha256


def test_the_second_location_loses_it_too_and_where_that_is_away_the_case_is_not_swept_yet(
    ready: Ready, case: Case, desk_state: State, tmp_path: Path, settings: Settings
) -> None:
    settings.MIRROR = Folder(tmp_path / "second")
    ask_erasure(ready.cast.alice, case.reference, "review", WHY, clock=clock)
    answer = confirm_erasure(ready.cast.bob, case.reference, WHY, clock=clock)
    with pytest.raises(LocationAway):
        sweep(answer, clock=clock, forget=forgotten)
    assert not Swept.objects.exists()
    (tmp_path / "second").mkdir()
    second = FolderLocation(tmp_path / "second")
    second.set_mark("this desk")
    sha256 = case.package.sha256
    for put_aside in (True, False):
        second.put(sha256, [A_PACKAGE])
        if put_aside:
            second.put_aside(sha256, 1)
    keep(desk_state, A_PACKAGE)
    sweep(answer, clock=clock, forget=forgotten)
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert not [name for name in left if sha256 in name]
    assert "safehand-mirror" in left


def test_its_copies_are_looked_for_no_more_so_that_what_was_taken_away_is_no_alarm(ready: Ready, case: Case) -> None:
    with recorded():
        note_kept(case.package.sha256, case.package.size, clock)
        note_kept("0" * 64, 1, clock)
        record(Verb.PACKAGE_RECEIVED, actor="desk:shell", clock=clock)
    erase(ready, case)
    assert [copy.sha256 for copy in Copy.objects.all()] == ["0" * 64]


def test_no_file_but_those_of_the_case_is_touched(ready: Ready, case: Case, desk_state: State) -> None:
    other = keep(desk_state, A_PACKAGE + b" of another case")
    erase(ready, case)
    assert EvidenceStore(desk_state).check(other)
