"""Once a case is erased nothing of it can be found on the desk's disk, by whoever has all of it and every key.

The words of a canary stand in the messages, the file's name, the statement, a citation's note, a grade's reason, a note
of a shift, a broken glass and a hold. Before the erasure the same search finds every one of them: it can find.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from canary_on_disk import Disk, places_of, plain
from desk_cast import Cast, clock
from desk_packages import chat, sealed
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import Case, GlassBroken, GlassWhy
from safehand.desk.core.free_pages import forget_old_pages
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.intake.processing import process
from safehand.desk.retention.erasing import ask_erasure, confirm_erasure
from safehand.desk.retention.keeping import end_hold, put_hold
from safehand.desk.retention.models import Hold
from safehand.desk.retention.sweeping import sweep
from safehand.desk.review.citing import cite
from safehand.desk.review.models import Citation
from safehand.desk.settings.database import database
from safehand.desk.triage.actions import grade_report
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.models import Grading, ShiftNote
from safehand.desk.triage.shift import write_note
from safehand.desk.triage.suggesting import look_at_reports

pytestmark = pytest.mark.django_db

CANARY = "Zephyrine Okonkwo-Vale"
"""A name that stands nowhere else."""

WHY = f"{CANARY} rang the allotment society."


@pytest.fixture
def case(desk_state: State, cast: Cast, tmp_path: Path) -> Case:
    """Handed in, read, graded, cited, opened by glass, held: the canary in everything that anybody writes."""
    data = sealed(desk_state, tmp_path / "made", chat(3, CANARY), file=f"WhatsApp Chat with {CANARY}.txt")
    with EvidenceStore(desk_state).begin(1 << 20) as incoming:
        incoming.write(data)
        package = receive(cast.alice, incoming, clock=clock).package
    assert process(package.pk, clock=clock) == "ready"
    case = Case.objects.get(pk=package.case_id)
    look_at_reports(clock)
    grade_report(cast.alice, case, Grade.SCHEDULED, WHY, clock=clock)
    cite(cast.alice, case, 1, 1, "meeting", "towards", WHY, clock=clock)
    write_note(cast.alice, f"{case.reference}: {WHY}", clock=clock)
    break_glass(cast.charlie, case.reference, GlassWhy.DANGER, WHY, clock=clock)
    put_hold(cast.alice, case.reference, date(2027, 1, 4), WHY, clock=clock)
    end_hold(cast.alice, case.reference, WHY, clock=clock)
    return case


def forgotten(_: Sequence[str]) -> None:
    """A test's transaction is open: what is done to the database's log has a test of its own."""


def sealed_for_desk() -> list[bytes]:
    """The bytes of words under the desk's own key, as the database has them."""
    asked = [(Grading, "reason"), (GlassBroken, "reason"), (Hold, "reason"), (ShiftNote, "sealed_words")]
    found = []
    with connection.cursor() as cursor:
        for model, column in asked:
            cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')  # noqa: S608  names of our own
            found += [bytes(row[0]) for row in cursor.fetchall()]
    return found


def test_before_an_erasure_the_search_finds_the_words_and_after_it_nothing_with_every_key_at_hand(
    desk_state: State, cast: Cast, case: Case
) -> None:
    reference, sha256 = case.reference, case.package.sha256
    before = Disk.of(desk_state)
    words, note = sealed_for_desk(), bytes(Citation.objects.get().sealed_note)
    assert places_of(CANARY, before) == [f"{reference}.casefile: case file", f"evidence/{sha256[:2]}/{sha256}: opened"]
    assert len(before.case_keys()) == 1
    assert len(words) == 5
    ask_erasure(cast.alice, reference, "review", "Nothing came of it.", clock=clock)
    answer = confirm_erasure(cast.bob, reference, "I looked at it too.", clock=clock)
    sweep(answer, clock=clock, forget=forgotten)
    after = Disk.of(desk_state)
    assert places_of(CANARY, after) == []
    assert after.case_keys() == set(), "the wrapped key is on no page of the database, free ones included"
    assert not [name for name, data in after.files.items() for each in words if each in data]
    assert set(before.files) - set(after.files) == {
        f"evidence/{sha256[:2]}/{sha256}",
        f"casefiles/{reference}.casefile",
    }
    assert bytes(Citation.objects.get().sealed_note) == note, "sealed under a key that nobody has any more"


def test_the_search_finds_words_that_lie_in_the_clear_however_a_program_spells_them(desk_state: State) -> None:
    """The near miss: a search that finds nothing anywhere would pass the test above."""
    (desk_state.work / "left").write_bytes(b"x" * 5000 + CANARY.encode() + b"y")
    assert places_of(CANARY, Disk.of(desk_state)) == ["work/left: plainly"]
    assert plain(CANARY.encode("utf-16-le"), CANARY)
    assert plain(CANARY.encode().hex().encode(), CANARY)
    assert not plain(CANARY[:-1].encode(), CANARY)


def test_a_row_of_sqlites_that_was_changed_lies_in_the_log_beside_it_until_old_pages_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.sqlite3"
    options = database("", path)["OPTIONS"]["init_command"]
    with closing(sqlite3.connect(path, isolation_level=None)) as desk:
        desk.executescript(options)
        desk.execute("CREATE TABLE kept (words BLOB)")
        desk.executemany("INSERT INTO kept VALUES (?)", [(f"{CANARY} {n}".encode() * 40,) for n in range(50)])
        desk.execute("UPDATE kept SET words = ?", (b"erased",))
        desk.execute("DELETE FROM kept WHERE rowid > 5")
        beside = path.with_name("desk.sqlite3-wal")
        assert plain(beside.read_bytes(), CANARY), "it lies there, and this test could find it"
        monkeypatch.setattr("safehand.desk.core.free_pages.connection", _Of(desk))
        forget_old_pages(["kept"])
        assert not plain(beside.read_bytes() + path.read_bytes(), CANARY)


class _Of:
    """A connection as Django's is asked for."""

    vendor = "sqlite"

    def __init__(self, desk: sqlite3.Connection) -> None:
        self._desk = desk

    def cursor(self) -> closing[sqlite3.Cursor]:
        return closing(self._desk.cursor())
