"""A conclusion, a second reviewer, a supervisor's sign-off: in that order, by three officers, and never changed."""

from __future__ import annotations

import json

import pytest
from django.http import Http404
from django.test import Client

from desk_cast import NOW, Ready, clock, hold, signed_in
from desk_conduct import record, reviewed
from safehand.desk.cases.models import CaseOfficer
from safehand.desk.conduct.concluding import steps_of, write_step
from safehand.desk.conduct.looking import view_conduct
from safehand.desk.conduct.models import RecordedAs, ReviewStep, Stage
from safehand.desk.conduct.order import Written, may_follow, where_it_stands
from safehand.desk.core.clock import moment
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

WRITE = "/cases/SH-7K3M9QXA1/conduct/write/"
WORDS = "Message 8 of conversation 1 came after two days; see the figures."

C, S, B, OFF = Stage.CONCLUSION, Stage.SECOND, Stage.SENT_BACK, Stage.SIGNED_OFF


@pytest.fixture
def made(ready: Ready) -> Ready:
    """Alice and Bob review; Charlie, on the case as well here, supervises and reads."""
    hold(ready.cast.alice, Role.REVIEWER)
    hold(ready.cast.bob, Role.REVIEWER)
    hold(ready.cast.charlie, Role.REVIEWER, Role.SUPERVISOR)
    CaseOfficer.objects.create(case=ready.case, officer=ready.cast.charlie, since=moment(NOW))
    return reviewed(ready)


def write(made: Ready, officer: Officer, stage: Stage) -> ReviewStep:
    steps = steps_of(made.case)
    return write_step(officer, made.case, stage, WORDS, after=steps[-1].pk if steps else None, clock=clock)


SENT_BACK: list[tuple[Stage, str]] = [(C, "a"), (S, "b"), (B, "sue"), (C, "a"), (S, "b")]
CHAINS: list[tuple[str, list[tuple[Stage, str]], str, bool, set[Stage]]] = [
    ("nothing yet", [], "alice", False, {C}),
    ("nothing yet, for a supervisor", [], "sue", True, {C}),
    ("her own", [(C, "alice")], "alice", False, {C}),
    ("her own, and she supervises", [(C, "alice")], "alice", True, {C}),
    ("another's", [(C, "alice")], "bob", False, {C, S, B}),
    ("a supervisor is a second reviewer too", [(C, "alice")], "sue", True, {C, S, B}),
    ("both wrote", [(C, "alice"), (S, "bob")], "sue", True, {C, OFF, B}),
    ("both wrote, and no supervisor", [(C, "alice"), (S, "bob")], "dan", False, {C}),
    ("the second reviewer supervises", [(C, "alice"), (S, "sue")], "sue", True, {C}),
    ("the first reviewer supervises", [(C, "sue"), (S, "bob")], "sue", True, {C}),
    ("signed off", [(C, "alice"), (S, "bob"), (OFF, "sue")], "bob", False, {C}),
    ("signed off, for another supervisor", [(C, "alice"), (S, "bob"), (OFF, "sue")], "tom", True, {C}),
    ("sent back", [(C, "alice"), (B, "bob")], "bob", False, {C}),
    ("a new one after a sign-off", [(C, "alice"), (S, "bob"), (OFF, "sue"), (C, "bob")], "sue", True, {C, S, B}),
    ("who signed before", [(C, "a"), (S, "b"), (OFF, "sue"), (C, "b"), (S, "a")], "sue", True, {C, OFF, B}),
    ("an earlier conclusion is hers", [(C, "sue"), (B, "bob"), (C, "a"), (S, "bob")], "sue", True, {C}),
    ("a conclusion of hers that was replaced", [(C, "sue"), (C, "a"), (S, "bob")], "sue", True, {C}),
    ("the second before it was replaced", [(C, "a"), (S, "sue"), (C, "a"), (S, "bob")], "sue", True, {C}),
    ("she sent it back", SENT_BACK, "sue", True, {C, OFF, B}),
    ("she sent it back twice", [(C, "a"), (B, "s"), (C, "a"), (B, "s"), (C, "b"), (S, "a")], "s", True, {C, OFF, B}),
    ("sent back before a second wrote", [(C, "a"), (B, "sue"), (C, "a"), (S, "b")], "sue", True, {C, OFF, B}),
    ("sent back, and no second since", [(C, "a"), (S, "b"), (B, "sue"), (C, "a")], "sue", True, {C, S, B}),
    ("sent back, then its second reviewer", [(C, "a"), (S, "b"), (B, "sue"), (C, "a"), (S, "sue")], "sue", True, {C}),
    ("sent back, then its author", [(C, "a"), (S, "b"), (B, "sue"), (C, "sue"), (S, "b")], "sue", True, {C}),
    ("second of what another sent back", [(C, "a"), (S, "sue"), (B, "t"), (C, "a"), (S, "b")], "sue", True, {C}),
    ("sent back, and does not supervise now", SENT_BACK, "sue", False, {C}),
    ("sent back and signed before", [*SENT_BACK, (OFF, "sue"), (C, "b"), (S, "a")], "sue", True, {C, OFF, B}),
    ("her conclusion was signed off", [(C, "sue"), (S, "b"), (OFF, "tom"), (C, "b"), (S, "a")], "sue", True, {C}),
    ("she was second before", [(C, "a"), (S, "sue"), (OFF, "t"), (C, "b"), (S, "a")], "sue", True, {C, OFF, B}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "who", "supervises", "expected"), [row[1:] for row in CHAINS], ids=[r[0] for r in CHAINS]
)
def test_what_may_follow(
    steps: list[tuple[Stage, str]],
    who: str,
    supervises: bool,  # noqa: FBT001  a column of the table
    expected: set[Stage],
) -> None:
    chain = [Written(stage, by) for stage, by in steps]
    assert set(may_follow(chain, who, supervises=supervises)) == expected
    assert where_it_stands(chain)


def test_three_officers_write_in_order_and_a_new_conclusion_needs_both_again(made: Ready) -> None:
    alice, bob, charlie = made.cast
    write(made, alice, C)
    with pytest.raises(NotAllowed):
        write(made, alice, S)
    with pytest.raises(NotAllowed):
        write(made, charlie, OFF)
    write(made, bob, S)
    with pytest.raises(NotAllowed):
        write(made, bob, OFF)
    write(made, charlie, OFF)
    assert view_conduct(alice, made.case).stands.startswith("It is signed off.")
    write(made, alice, C)
    assert "waits for a second reviewer" in view_conduct(alice, made.case).stands
    with pytest.raises(NotAllowed):
        write(made, charlie, OFF)
    assert [one.stage for one in steps_of(made.case)] == [C, S, OFF, C]


def test_the_three_of_one_conclusion_are_always_three_people_whatever_came_before() -> None:
    """Every chain of up to six steps of three officers who all supervise, as long as each step was theirs to write."""
    officers = ("a", "b", "c")
    chains: list[list[Written]] = [[]]
    signed = 0
    for _ in range(6):
        chains = [
            [*chain, Written(stage, who)]
            for chain in chains
            for who in officers
            for stage in may_follow(chain, who, supervises=True)
        ]
        for chain in chains:
            if chain[-1].stage is OFF:
                signed += 1
                assert [one.stage for one in chain[-3:]] == [C, S, OFF]
                assert len({one.by for one in chain[-3:]}) == 3
                assert chain[-1].by not in {one.by for one in chain if one.stage is C}
    assert signed, "there were sign-offs among them"


def test_a_single_supervisor_signs_off_what_was_written_anew_after_it_was_sent_back(made: Ready) -> None:
    alice, bob, charlie = made.cast
    write(made, alice, C)
    write(made, bob, S)
    write(made, charlie, B)
    write(made, alice, C)
    with pytest.raises(NotAllowed):
        write(made, charlie, OFF)
    write(made, bob, S)
    write(made, charlie, OFF)
    assert [one.stage for one in steps_of(made.case)] == [C, S, B, C, S, OFF]


def test_words_are_sealed_and_the_entry_holds_their_digest(made: Ready) -> None:
    step = write(made, made.cast.alice, C)
    assert WORDS.encode() not in bytes(step.sealed_words)
    last = CustodyEntry.objects.last()
    assert last is not None
    said = json.loads(bytes(last.canonical))
    assert (said["verb"], said["details"]) == (
        "conduct.written",
        {"step": step.pk, "stage": "conclusion", "words": sha256_of(bytes(step.sealed_words)), "row": row_digest(step)},
    )
    assert view_conduct(made.cast.bob, made.case).steps[0].words == WORDS
    with pytest.raises(UsageError):
        step.save()
    with pytest.raises(UsageError):
        ReviewStep.objects.filter(pk=step.pk).delete()


def test_whoever_answers_what_is_no_longer_the_newest_is_told_so(made: Ready) -> None:
    first = write(made, made.cast.alice, C)
    write(made, made.cast.alice, C)
    with pytest.raises(UsageError, match="since"):
        write_step(made.cast.bob, made.case, S, WORDS, after=first.pk)
    browser = signed_in(made.cast.bob)
    page = browser.post(WRITE, {"stage": "second", "words": WORDS, "after": first.pk})
    assert page.status_code == 400
    assert "Somebody has written in this review since." in page.content.decode()
    assert WORDS in page.content.decode(), "what was typed is not lost"
    assert ReviewStep.objects.count() == 2


@pytest.mark.parametrize("words", ["", " \n "])
def test_nothing_is_written_without_words(made: Ready, words: str) -> None:
    with pytest.raises(UsageError):
        write_step(made.cast.alice, made.case, C, words, after=None)
    assert not ReviewStep.objects.exists()


def test_who_is_not_on_the_case_or_may_only_read_writes_nothing(made: Ready) -> None:
    CaseOfficer.objects.filter(case=made.case, officer=made.cast.charlie).delete()
    with pytest.raises(Http404):
        write(made, made.cast.charlie, C)
    with pytest.raises(NotAllowed):
        write(made, hold(made.cast.bob, Role.DISCLOSURE), C)
    with pytest.raises(NotAllowed):
        write(made, hold(made.cast.bob, Role.SUPERVISOR), C)


def test_the_page_offers_each_officer_what_they_may_write_and_no_more(made: Ready) -> None:
    write(made, made.cast.alice, C)
    where = "/cases/SH-7K3M9QXA1/conduct/"
    offers = {
        officer.reference: signed_in(officer).get(where).content.decode().count("conduct/write/?stage=")
        for officer in made.cast
    }
    assert offers == {"alice": 1, "bob": 3, "charlie": 3}
    reads = hold(made.cast.bob, Role.DISCLOSURE)
    text = signed_in(reads).get(where).content.decode()
    assert WORDS in text
    assert "conduct/write/" not in text
    assert "conduct/accounts/" not in text


def test_a_step_that_is_not_ones_to_write_has_no_field(made: Ready) -> None:
    write(made, made.cast.alice, C)
    browser: Client = signed_in(made.cast.alice)
    text = browser.get(f"{WRITE}?stage=second").content.decode()
    assert "This step is not yours to write now." in text
    assert "<textarea" not in text
    newest = steps_of(made.case)[-1].pk
    assert browser.post(WRITE, {"stage": "second", "words": WORDS, "after": newest}).status_code == 403
    assert browser.post(WRITE, {"stage": "no such", "words": "", "after": newest}).status_code == 400
    done = browser.post(WRITE, {"stage": "conclusion", "words": WORDS, "after": newest})
    assert done.status_code == 302


def test_a_record_that_changed_since_is_said_beside_what_was_written(made: Ready) -> None:
    write(made, made.cast.alice, C)
    assert not view_conduct(made.cast.alice, made.case).recorded_since
    record(made, "A", RecordedAs.CITIZEN)
    assert not view_conduct(made.cast.alice, made.case).recorded_since, "in the same moment"
    write_step(made.cast.alice, made.case, C, WORDS, after=steps_of(made.case)[-1].pk, clock=lambda: NOW - 1)
    assert view_conduct(made.cast.alice, made.case).recorded_since
