"""Every row that officers' decisions leave stands in a custody entry by a digest, whichever app keeps it.

Triage has a test of its own, for it keeps the most kinds (tests/unit/desk/triage/test_triage_row_digests.py), and so
has retention (tests/unit/desk/retention/test_retention_erasing.py), and keeping (test_desk_repairing.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from pytest_django import Settings

from desk_cast import NOW, Ready, clock, hold
from desk_conduct import record, reviewed
from desk_pointed import CHAT, talk
from kept_rows import altered_unseen, enter_the_cast, said_in_entries
from safehand.desk.cases.glass import break_glass, supervisor_knows_glass
from safehand.desk.cases.models import CaseOfficer, GlassBroken, GlassWhy, LeftCase
from safehand.desk.cases.people import leave_all, put_on, take_off
from safehand.desk.conduct.answering import answer_item
from safehand.desk.conduct.concluding import write_step
from safehand.desk.conduct.models import AccountRecord, Answered, ChecklistAnswer, RecordedAs, ReviewStep, Stage
from safehand.desk.conduct.rests import on_message
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import Kept, rows_digest
from safehand.desk.custody.actions import record as record_entry
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import (
    LogAuthority,
    LogCheckpoint,
    LogCosignature,
    LogKeyEnded,
    LogSplitView,
    LogTimestamp,
)
from safehand.desk.inspection import inspect
from safehand.desk.officers.actions import end_role, give_role
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import Role
from safehand.desk.points.choosing import choose
from safehand.desk.points.choosing import take_back as look_no_more
from safehand.desk.points.entering import Said, add
from safehand.desk.points.models import Chosen, Entry, EntryCites, Side
from safehand.desk.review.citing import cite
from safehand.desk.review.citing import take_back as cite_no_more
from safehand.desk.review.giving_proof import give
from safehand.desk.review.models import Citation, ProofGiven
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.triage.models import RulesUsed
from safehand.desk.triage.suggesting import look_at_reports

pytestmark = pytest.mark.django_db

WORDS = "They speak of an allotment."
MODELS: tuple[type[models.Model], ...] = (
    *(Citation, Chosen, Entry, AccountRecord, ReviewStep, ChecklistAnswer),
    *(LeftCase, GlassBroken, ProofGiven),
)


@pytest.fixture
def done(ready: Ready) -> Ready:
    """Each of them, and each way in which a row may follow another."""
    enter_the_cast(clock)
    made = reviewed(ready)
    alice, bob, charlie, case = *made.cast, made.case
    record(made, "A", RecordedAs.CITIZEN)
    record(made, "A", RecordedAs.NOT_KNOWN)
    first = write_step(alice, case, Stage.CONCLUSION, WORDS, after=None, clock=clock)
    write_step(bob, case, Stage.SECOND, WORDS, after=first.pk, clock=clock)
    answer_item(bob, case, 5, Answered.PACKAGE, WORDS, rests=on_message(1, 3), clock=clock)
    answer_item(alice, case, 5, Answered.ENQUIRY, WORDS, clock=clock)
    talk(made, *CHAT)
    choose(alice, case, "meeting", attempt=False, reason=WORDS, clock=clock)
    gone = choose(alice, case, "meeting", attempt=True, reason=WORDS, clock=clock)
    look_no_more(alice, case, gone.pk, WORDS, clock=clock)
    cited = [cite(alice, case, 1, number, "meeting", "towards", WORDS, clock=clock).pk for number in (6, 7, 8)]
    cite_no_more(alice, case, 1, 8, cited[2], WORDS, clock=clock)
    said = Said("meeting", "c", Side.SUPPORTING, WORDS, citations=tuple(cited[:2]))
    add(alice, case, said, clock=clock)
    add(bob, case, replace(said, side=Side.NOT_HERE, citations=()), clock=clock)
    give(alice, case, "defence", WORDS, WORDS, clock=clock)
    glass = break_glass(charlie, case.reference, GlassWhy.DANGER, WORDS, clock=clock)
    assert glass is not None
    supervisor_knows_glass(alice, glass.pk, clock=clock)
    put_on(alice, case.reference, charlie, WORDS, clock=clock)
    take_off(alice, case.reference, bob, WORDS, clock=clock)
    leave_all(alice, clock=clock)
    return made


def test_every_app_that_keeps_decisions_is_asked_here_or_in_a_test_of_its_own() -> None:
    kept = {model for model in apps.get_models() if issubclass(model, Kept)}
    # the log itself, signed: no entry speaks of it
    kept -= {LogCheckpoint, LogCosignature, LogAuthority, LogTimestamp, LogSplitView, LogKeyEnded}
    apart = {"triage", "retention", "keeping"}
    assert {model for model in kept if model._meta.app_label not in apart} == {*MODELS, EntryCites} - {GlassBroken}


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("model", MODELS)
def test_a_field_that_was_altered_matches_no_entry(model: type[models.Model]) -> None:
    assert model._default_manager.exists(), f"nothing makes a {model.__name__} here"
    assert altered_unseen(model, said_in_entries()) == []


@pytest.mark.usefixtures("done")
def test_what_an_entry_rests_on_is_of_it_as_a_whole_and_none_can_be_taken_away_or_put_to_it() -> None:
    said = said_in_entries()
    entry, other = Entry.objects.order_by("pk")
    cites = list(entry.cites.all())
    assert len(cites) == 2
    assert rows_digest(cites) in said
    assert rows_digest(list(other.cites.all())) in said, "of an entry that rests on none it is kept that it does"
    assert rows_digest(cites[:1]) not in said
    assert rows_digest([*cites, cites[0]]) not in said
    cites[0].citation = Citation.objects.get(number=8, taken_back=False)
    assert rows_digest(cites) not in said


def test_a_role_stands_in_an_entry_as_it_was_given_and_as_it_was_ended(ready: Ready) -> None:
    alice, bob = ready.cast.alice, hold(ready.cast.bob)
    give_role(bob, Role.REVIEWER, by=alice, clock=clock)
    mine = RoleHeld.objects.filter(officer=bob)
    RoleHeld.objects.exclude(officer=bob).delete()  # those of the cast were put there without entries
    given = said_in_entries()
    assert altered_unseen(RoleHeld, given) == []
    end_role(bob, Role.REVIEWER, by=None, clock=clock)
    assert altered_unseen(RoleHeld, said_in_entries() - given) == [], "the newest entry is of the row as it is now"
    assert mine.get().ended_at is not None


def test_who_is_on_a_case_stands_in_the_entry_by_which_they_came(ready: Ready) -> None:
    put_on(ready.cast.alice, ready.case.reference, ready.cast.charlie, WORDS, clock=clock)
    CaseOfficer.objects.exclude(officer=ready.cast.charlie).delete()  # of the cast, without entries
    assert altered_unseen(CaseOfficer, said_in_entries()) == []


# --- and safehand desk check finds it ---

UNKNOWN = "What was decided: 1 row without an entry, of which the log explains 0."

CHANGED: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "a word of a code": (Citation, {"tag": "secrecy"}),
    "which way a message may be read": (Citation, {"points": "away"}),
    "a side": (Entry, {"side": "undermining"}),
    "what an account is": (AccountRecord, {"recorded_as": "state"}),
    "who wrote it": (ReviewStep, {"by_id": lambda: Officer.objects.get(reference="charlie").pk}),
    "when it was": (ChecklistAnswer, {"at": moment(NOW + 1)}),
    "the sealed words": (Chosen, {"sealed_reason": b"x"}),
}


def changed(model: type[models.Model], values: dict[str, Any]) -> None:
    """As somebody does who has the database: the first of them."""
    first = model._default_manager.order_by("pk").values_list("pk", flat=True)[:1].get()
    values = {name: value() if callable(value) else value for name, value in values.items()}
    assert models.QuerySet(model).filter(pk=first).update(**values) == 1


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("name", CHANGED)
def test_a_check_of_the_desk_names_the_entry_whose_row_was_changed(name: str) -> None:
    assert list(problems_of_rows()) == []
    changed(*CHANGED[name])
    named, unknown = problems_of_rows()
    assert "What it speaks of was changed in the database since, or is gone." in named
    assert unknown == UNKNOWN


def test_a_check_of_the_desk_finds_what_was_taken_away_put_in_or_put_to_an_entry(done: Ready) -> None:
    step = ReviewStep.objects.order_by("-pk")[:1].get()
    models.QuerySet(ReviewStep).filter(pk=step.pk).delete()
    assert len(list(problems_of_rows())) == 1, "gone"
    step._state.adding = True
    step.save()
    assert list(problems_of_rows()) == []
    other = ReviewStep.objects.create(
        case=done.case, stage=step.stage, sealed_words=b"x", follows=step, at=step.at, by=step.by
    )
    assert list(problems_of_rows()) == [UNKNOWN]
    models.QuerySet(ReviewStep).filter(pk=other.pk).delete()
    entry = Entry.objects.order_by("pk")[:1].get()
    EntryCites.objects.create(entry=entry, citation=Citation.objects.get(number=8, taken_back=False))
    assert len(list(problems_of_rows())) == 1, "what an entry rests on"


@pytest.mark.usefixtures("done")
def test_rows_of_before_are_explained_by_their_entries_and_another_secret_key_is_said_once(settings: Settings) -> None:
    settings.SECRET_KEY = "another" * 10
    assert list(problems_of_rows()) == [
        "No row matches its entry in the custody log: the desk has another secret key, or all were changed."
    ]
    assert "another secret key" in " ".join(inspect())


def test_a_row_whose_entry_holds_no_digest_is_of_before(ready: Ready) -> None:
    enter_the_cast(clock)
    cite(ready.cast.alice, ready.case, 1, 1, "meeting", "towards", WORDS, clock=clock)
    with recorded():
        record_entry(Verb.MESSAGE_CITED, actor="officer:alice", details={"tag": "meeting"}, clock=clock)
    one = Citation.objects.get()
    one.pk, one._state.adding = None, True
    one.save()
    assert list(problems_of_rows()) == []
    one.pk, one._state.adding = None, True
    one.save()
    assert len(list(problems_of_rows())) == 1


@pytest.mark.usefixtures("done")
def test_an_entry_of_before_explains_a_row_of_its_own_kind_and_no_other() -> None:
    with recorded():
        record_entry(Verb.NOTE_WRITTEN, actor="officer:alice", details={"note": 1}, clock=clock)
    one = Citation.objects.filter(followed_by=None)[:1].get()
    one.pk, one._state.adding, one.follows = None, True, None
    one.save()
    assert list(problems_of_rows()) == [UNKNOWN]


def test_a_table_of_rules_of_before_needs_no_entry_of_its_own_and_one_that_is_spoken_of_may_not_change(
    ready: Ready,
) -> None:
    enter_the_cast(clock)
    RulesUsed.objects.create(version="safehand/1 0000", table={}, since=moment(NOW))
    assert list(problems_of_rows()) == []
    look_at_reports(clock)
    assert ready.case.suggested.count() == 1
    assert list(problems_of_rows()) == []
    used = ready.case.suggested.get().rules
    assert models.QuerySet(RulesUsed).filter(pk=used.pk).update(table={"rules": []}) == 1
    assert len(list(problems_of_rows())) == 1
