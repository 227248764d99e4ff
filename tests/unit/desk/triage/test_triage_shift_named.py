"""A note of a shift that names a case opens for who may open that case; others see that there is one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from desk_cast import NOW, Cast, Ready, clock, hold, signed_in, spelled_rightly
from safehand.desk.cases.glass import break_glass, glass_lasts
from safehand.desk.cases.models import CaseOfficer, GlassWhy
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.triage.models import ShiftNote, ShiftNoteRead
from safehand.desk.triage.named import references_in, slips_in
from safehand.desk.triage.presenters.shift import note_rows
from safehand.desk.triage.shift import note_read, notes_that_stand, write_note
from safehand.errors import UsageError
from safehand.model.reference import new_reference

pytestmark = pytest.mark.django_db

REFERENCE = "SH-7K3M9QXAR"
WORDS = f"{REFERENCE}: the school rings back at nine."

SPELLED = {
    "as the desk writes it": WORDS,
    "in the middle of a sentence": "Ring about (SH-7K3M9QXAR).",
    "in small letters": "sh-7k3m9qxar again",
    "in groups": "SH 7K3M 9QXA R again",
    "with the dashes of a telephone": "SH–7K3M–9QXA–R",
    "without a dash": "sh7k3m9qxar",
    "over two lines": "SH-7K3M\n9QXAR",
    "among others": "SH-00000000 0 and SH-7K3M9QXAR",
    "without SH": "7K3M9QXAR: the school rings back.",
    "without SH, in groups": "About 7k3m 9qxar again",
    "with a stroke": "SH/7K3M9QXAR",
    "with a colon": "SH:7K3M9QXAR",
    "with a colon and a blank": "SH: 7K3M 9QXAR",
    "with a hash": "SH#7K3M9QXAR",
    "with a sign of minus": "SH−7K3M9QXAR",
    "with a comma and brackets": "SH (7K3M, 9QXAR)",
    "with a letter stuck on behind": "SH-7K3M9QXARx",
    "with letters stuck on before": "caseSH-7K3M9QXAR",
    "with two behind each other": "SH-000000000SH-7K3M9QXAR",
    "in wide letters": "ＳＨ－７Ｋ３Ｍ９ＱＸＡＲ",
    "with nothing to be seen between": "SH-7K3M\u200b9QXAR",
}


@pytest.mark.parametrize("name", SPELLED)
def test_a_reference_is_found_however_it_is_spelled(name: str) -> None:
    assert REFERENCE in references_in(SPELLED[name])
    assert not slips_in(SPELLED[name])


@given(
    bits=st.integers(0, 2**40 - 1),
    before=st.text(),
    after=st.text(),
    gaps=st.lists(st.sampled_from(["", "", "", *" -\n/:#−–_.,()\u200b"]), min_size=12, max_size=12),
    prefix=st.sampled_from(["SH", "sh", ""]),
    nine=st.sampled_from([str.upper, str.lower]),
)
def test_no_spelling_of_a_reference_hides_it(
    bits: int, before: str, after: str, gaps: list[str], prefix: str, nine: Callable[[str], str]
) -> None:
    reference = new_reference(lambda _: bits)
    spelled = "".join(chain.from_iterable(zip((*prefix, *nine(reference[3:])), gaps, strict=False)))
    assert reference in references_in(f"{before} {spelled} {after}")
    assert reference in references_in(f"{before}{spelled}x"), "with other words stuck on"


NEAR_MISSES = (
    "",
    "The club’s minibus is late.",
    "SH-7K3M9QXA",
    "SH-7K3M9QXA and R",
    "SH-7K3MX9QXAR",
    "Sh, the children are asleep.",
    "sh 7k3m9qxax",
    "SH-7K3M9QXAéR",
)


@pytest.mark.parametrize("words", NEAR_MISSES)
def test_what_only_looks_a_little_like_one_names_no_such_case_and_is_no_slip(words: str) -> None:
    assert REFERENCE not in references_in(words)
    assert slips_in(words) == ()


def test_nine_letters_of_other_words_that_fit_by_chance_close_nothing(ready: Ready) -> None:
    spelled_rightly(ready)
    words = "The allotment is closed until Sunday and the homework club meets in the hall. " * 9
    assert references_in(words), "some do fit, or this test asks nothing"
    write_note(ready.cast.alice, words, clock=clock)
    assert seen_by(ready.cast.charlie) == [words.strip()]


@pytest.mark.parametrize("slip", ["SH-7K3M9QXAX", "sh-7k3m9qxax", "SH-7K3M9QUAR", "SH/7K3M9QXAX", "sh:7k3m9qxax"])
def test_a_reference_with_a_slip_in_it_is_refused_for_nobody_would_be_found_by_it(cast: Cast, slip: str) -> None:
    with pytest.raises(UsageError, match="slip"):
        write_note(cast.alice, f"{slip}: the school rings back.", clock=clock)
    answer = signed_in(cast.alice).post("/inbox/notes/", {"words": f"{slip}: the school rings back."})
    assert answer.status_code == 400
    assert "compare it with where you read it" in answer.content.decode()
    assert "the school rings back" in answer.content.decode(), "what was written is not lost"
    assert not ShiftNote.objects.exists()


@pytest.fixture
def note(ready: Ready) -> ShiftNote:
    """Alice's, of the case that she and Bob are on."""
    spelled_rightly(ready)
    return write_note(ready.cast.alice, WORDS, clock=clock)


def seen_by(officer: Officer, now: int = NOW) -> list[str | None]:
    return [shown.words for shown in notes_that_stand(officer, clock=lambda: now)]


def test_who_is_on_the_case_reads_it_and_who_is_not_sees_that_there_is_one(note: ShiftNote, cast: Cast) -> None:
    assert seen_by(cast.bob) == seen_by(cast.alice) == [WORDS]
    assert seen_by(cast.charlie) == [None]
    for path in ("/inbox/", "/inbox/notes/"):
        page = signed_in(cast.charlie).get(path).content.decode()
        assert "A note about a case that you may not open" in page
        assert "alice" in page
        assert "I have read it" not in page
        assert "school" not in page
        assert REFERENCE not in page
        assert "the school rings back" in signed_in(cast.bob).get(path).content.decode()
    assert signed_in(cast.charlie).post(f"/inbox/notes/{note.pk}/read").status_code == 404
    with pytest.raises(Http404):
        note_read(cast.charlie, note.pk, clock=clock)
    shown = CustodyEntry.objects.filter(verb="note.shown").values_list("actor", flat=True)
    assert [*shown] == ["officer:bob"], "to Charlie nothing was shown"
    note_read(cast.bob, note.pk, clock=clock)
    assert seen_by(cast.charlie) == []


@pytest.mark.usefixtures("note")
def test_by_broken_glass_it_opens_for_as_long_as_the_case_does(cast: Cast) -> None:
    break_glass(cast.charlie, REFERENCE, GlassWhy.DANGER, "Nobody answers.", clock=clock)
    assert seen_by(cast.charlie) == [WORDS]
    after = NOW + int(glass_lasts().total_seconds()) * 1_000_000
    assert seen_by(cast.charlie, after) == [None]


def test_of_a_case_that_nobody_is_on_whoever_may_take_it_reads(note: ShiftNote, cast: Cast) -> None:
    CaseOfficer.objects.all().delete()
    assert seen_by(cast.charlie) == [WORDS]
    note_read(cast.charlie, note.pk, clock=clock)
    assert ShiftNoteRead.objects.exists()


@pytest.mark.usefixtures("note")
def test_who_wrote_it_sees_it_though_they_are_on_the_case_no_more(cast: Cast) -> None:
    CaseOfficer.objects.filter(officer=cast.alice).delete()
    assert seen_by(cast.alice) == [WORDS]
    assert not note_rows(cast.alice)[0].closed


@pytest.mark.usefixtures("note")
def test_of_two_cases_both_must_be_theirs_and_a_note_of_none_is_everybodys(cast: Cast, ready: Ready) -> None:
    theirs = type(ready.case).objects.create(reference="SH-000000000", opened_at=moment(NOW), wrapped_key=b"")
    CaseOfficer.objects.create(case=theirs, officer=cast.charlie, since=moment(NOW), added_by=None)
    write_note(cast.alice, f"{theirs.reference} and {REFERENCE} are one child’s.", clock=clock)
    write_note(cast.alice, "The gate is locked.", clock=clock)
    assert [words is None for words in seen_by(cast.charlie)] == [True, True, False]
    assert [words is None for words in seen_by(cast.bob)] == [False, True, False]
    hold(cast.charlie, Role.DISCLOSURE)
    assert seen_by(cast.charlie) == []


def test_who_writes_of_a_case_that_no_colleague_may_open_is_told_to_put_one_on_it(ready: Ready) -> None:
    spelled_rightly(ready)
    alice = signed_in(ready.cast.alice)

    def told(words: str) -> str:
        return str(alice.post("/inbox/notes/", {"words": words}, follow=True).content.decode())

    warned = "no colleague who triages may open a case that it names"
    assert warned not in told(WORDS), "Bob is on it"
    CaseOfficer.objects.filter(officer=ready.cast.bob).delete()
    assert warned in told(WORDS)
    assert warned not in told("The gate is locked.")
    hold(ready.cast.bob, Role.DISCLOSURE)
    CaseOfficer.objects.create(case=ready.case, officer=ready.cast.bob, since=moment(NOW), added_by=None)
    assert warned in told(WORDS), "he is on it, and sees no notes"
    CaseOfficer.objects.all().delete()
    assert warned not in told(WORDS), "Charlie may take it"
