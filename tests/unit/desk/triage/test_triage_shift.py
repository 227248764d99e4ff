"""A note for the next shift: on top of the inbox until a colleague read it; a unit's hours are told outside them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError
from django.http import Http404
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, hold, signed_in
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.settings.hours import Hours, hours, parse_hours
from safehand.desk.triage.models import LONGEST_REASON, ShiftNote, ShiftNoteShown
from safehand.desk.triage.presenters.shift import shift_shown
from safehand.desk.triage.shift import all_notes, note_read, notes_that_stand, write_note
from safehand.errors import NotAllowed, UsageError

pytestmark = pytest.mark.django_db

WORDS = "The school rings back at nine about the minibus."


def test_it_stands_on_top_of_the_inbox_until_a_colleague_says_that_they_read_it(cast: Cast) -> None:
    alice, bob = signed_in(cast.alice), signed_in(cast.bob)
    assert alice.post("/inbox/notes/", {"words": WORDS})["Location"] == "/inbox/"
    page = bob.get("/inbox/").content.decode()
    assert page.index(WORDS) < page.index("Everything that waits")
    note = ShiftNote.objects.get()
    path = f"/inbox/notes/{note.pk}/read"
    assert path not in alice.get("/inbox/").content.decode(), "nobody reads their own for others"
    assert alice.post(path).status_code == 404
    assert bob.get(path).status_code == 405
    assert bob.post(path)["Location"] == "/inbox/"
    assert WORDS not in bob.get("/inbox/").content.decode()
    before = bob.get("/inbox/notes/").content.decode()
    assert WORDS in before
    assert "bob read it on" in before
    entries = CustodyEntry.objects.filter(verb__startswith="note.").order_by("sequence")
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("note.written", "officer:alice"),
        ("note.shown", "officer:bob"),
        ("note.read", "officer:bob"),
    ]
    note_read(cast.charlie, note.pk, clock=clock)
    assert entries.count() == 3, "read once is read"


def test_the_first_time_it_is_shown_to_each_colleague_is_an_entry_and_no_time_after(cast: Cast) -> None:
    write_note(cast.alice, WORDS, clock=clock)
    shown = CustodyEntry.objects.filter(verb="note.shown").order_by("sequence")
    notes_that_stand(cast.alice, clock=clock)
    assert not shown.exists(), "who wrote it knows it"
    notes_that_stand(cast.bob, clock=clock)
    notes_that_stand(cast.bob, clock=clock)
    all_notes(cast.bob, clock=clock)
    all_notes(cast.charlie, clock=clock)
    write_note(cast.bob, "The gate is locked.", clock=clock)
    notes_that_stand(cast.charlie, clock=clock)
    assert [entry.actor for entry in shown] == ["officer:bob", "officer:charlie", "officer:charlie"]
    assert ShiftNoteShown.objects.count() == 3


def test_it_is_not_shown_where_that_cannot_be_recorded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    write_note(cast.alice, WORDS, clock=clock)

    def full(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(CustodyEntry, "save", lambda _, **more: full(**more))
    answer = signed_in(cast.bob).get("/inbox/")
    assert answer.status_code == 503
    assert WORDS not in answer.content.decode()
    assert not ShiftNoteShown.objects.exists()


def test_its_words_are_sealed_and_stand_in_no_entry(cast: Cast, settings: Settings) -> None:
    note = write_note(cast.alice, WORDS, clock=clock)
    assert b"minibus" not in bytes(ShiftNote.objects.get().sealed_words)
    assert not any(b"minibus" in bytes(entry.canonical) for entry in CustodyEntry.objects.all())
    assert [shown.words for shown in notes_that_stand(cast.bob)] == [WORDS]
    settings.SECRET_KEY = "another" * 10
    assert [shown.words for shown in notes_that_stand(cast.bob)] == [None]
    assert "opens no more" in shift_shown(cast.bob, clock).notes[0].words
    assert note.pk


def test_it_is_never_edited_or_taken_away(cast: Cast) -> None:
    note = write_note(cast.alice, WORDS, clock=clock)
    with pytest.raises(UsageError):
        note.save()
    with pytest.raises(UsageError):
        ShiftNote.objects.all().delete()


@pytest.mark.parametrize("words", ["", "   ", "x" * (LONGEST_REASON + 1)])
def test_one_that_says_nothing_or_too_much_is_not_kept(cast: Cast, words: str) -> None:
    with pytest.raises(UsageError):
        write_note(cast.alice, words, clock=clock)
    assert signed_in(cast.alice).post("/inbox/notes/", {"words": words}).status_code == 400
    assert not ShiftNote.objects.exists()


def test_who_does_not_triage_sees_none_and_writes_none(cast: Cast) -> None:
    note = write_note(cast.alice, WORDS, clock=clock)
    hold(cast.charlie, Role.DISCLOSURE)
    assert notes_that_stand(cast.charlie) == ()
    assert WORDS not in signed_in(cast.charlie).get("/inbox/").content.decode()
    assert signed_in(cast.charlie).get("/inbox/notes/").status_code == 403
    for deed in (lambda: write_note(cast.charlie, WORDS), lambda: note_read(cast.charlie, note.pk)):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(Http404):
        note_read(cast.bob, 999, clock=clock)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


STAFFED = {
    "a Sunday": (at(22, 10), at(23, 8)),
    "before it opens": (at(23, 7, 59), at(23, 8)),
    "as it opens": (at(23, 8), None),
    "just before it closes": (at(23, 17, 59), None),
    "as it closes": (at(23, 18), at(24, 8)),
    "a Friday night": (at(27, 23), at(30, 8)),
}


@pytest.mark.parametrize("name", STAFFED)
def test_outside_its_hours_the_inbox_says_when_the_desk_is_staffed_again(
    name: str, cast: Cast, settings: Settings
) -> None:
    now, again = STAFFED[name]
    settings.HOURS = parse_hours("SAFEHAND_HOURS", "Mon-Fri 08:00-18:00")
    micros = int(now.timestamp()) * 1_000_000
    assert shift_shown(cast.alice, lambda: micros).staffed_again == again


def test_a_unit_that_sets_no_hours_is_always_there(cast: Cast, settings: Settings) -> None:
    settings.HOURS = None
    assert shift_shown(cast.alice, clock).staffed_again is None
    assert "Out of hours" not in signed_in(cast.alice).get("/inbox/").content.decode()
    assert moment(NOW) == at(22, 10)


NO_HOURS = (
    *("8-18", "Mon-Fri 18:00-08:00", "Fri-Mon 08:00-18:00"),
    *("Mon-Fri 08:00-25:00", "Mo-Fr 08:00-18:00", "Mon-Fri 08:00-08:00"),
)


@pytest.mark.parametrize("said", NO_HOURS)
def test_hours_that_are_none_are_refused_with_what_to_write(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_HOURS", said)
    with pytest.raises(UsageError):
        hours("SAFEHAND_HOURS")


def test_one_day_is_hours_too_and_none_set_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFEHAND_HOURS", raising=False)
    assert hours("SAFEHAND_HOURS") is None
    monkeypatch.setenv("SAFEHAND_HOURS", "Sat 09:00-12:00")
    found = hours("SAFEHAND_HOURS")
    assert isinstance(found, Hours)
    assert found.days == {5}
