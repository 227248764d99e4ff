"""The custody log published as files: a reader who has nothing else finds the whole of it, and nobody's name."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, signed_in
from safehand.desk.core.state import State
from safehand.desk.custody import publishing, triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry, LogTile
from safehand.desk.custody.proving import keep_answer
from safehand.desk.custody.publishing import problems_of_publishing, publish_now, publish_when_due
from safehand.desk.custody.signed_log import SignedLog, newest, sign_log
from safehand.desk.custody.stamping import stamp_newest
from safehand.desk.settings.authority import Authority as Set
from safehand.desk.settings.published import published
from safehand.errors import UsageError
from safehand.log.audit import audit
from safehand.log.tile_folder import TileFolder
from safehand.log.tiles import Tile, parse_entries
from timestamp_authority import Authority
from witness_made import north, sees

pytestmark = pytest.mark.django_db

CASE = "SH-7K3M9QXA1"
MINUTE = 60_000_000


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "log"
    path.mkdir()
    settings.PUBLISHED = path
    return path


def signed(state: State, many: int) -> SignedLog:
    with transaction.atomic():
        for _ in range(many):
            record(Verb.CASE_OPENED, actor="officer:alice", case=CASE, clock=clock)
    return sign_log(state, clock=clock)


def read(folder: Path, size: int) -> list[bytes]:
    """All leaves, by the bundles alone."""
    widths = [min(256, size - at) for at in range(0, size, 256)]
    tiles = [Tile(0, index, width, of_entries=True) for index, width in enumerate(widths)]
    return [leaf for data in TileFolder(folder).read(tiles) for leaf in parse_entries(data)]


def test_whoever_has_the_files_alone_finds_the_whole_log_and_nobodys_name(folder: Path, desk_state: State) -> None:
    for many in (1, 255, 20, 250):
        made = signed(desk_state, many)
        assert publish_now(clock)
        size = made.checkpoint.size
        assert TileFolder(folder).signed() == made.note
        found = audit(read(folder, size), [made.checkpoint], size=size, tiles=TileFolder(folder))
        assert (found.entries, found.findings, list(found.holds)) == (size, (), [made.checkpoint])
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (CASE, "alice", "case.opened"):
        assert secret.encode() not in everything
    assert CustodyEntry.objects.count() == 526, "nothing of a record went out"


def test_a_task_publishes_what_is_not_there_yet_a_signature_of_a_witness_too(folder: Path, desk_state: State) -> None:
    publish_when_due(clock)
    made = signed(desk_state, 3)
    for _ in range(2):
        publish_when_due(clock)
    assert DBTaskResult.objects.count() == 1
    assert publish_now(clock)
    publish_when_due(lambda: NOW + 9 * MINUTE)
    assert DBTaskResult.objects.count() == 1
    keep_answer(sees(made.note.text), [north()], clock=clock)
    publish_when_due(lambda: NOW + 9 * MINUTE)
    assert DBTaskResult.objects.count() == 2
    assert publish_now(clock)
    again = newest()
    assert again is not None
    assert TileFolder(folder).signed() == again.note


def test_a_timestamp_lies_beside_it(folder: Path, desk_state: State, settings: Settings, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    settings.TIMESTAMPS = Set("http://tsa.example", authority.certificates)
    signed(desk_state, 2)
    assert publish_now(clock)
    stamp_newest(clock, lambda request, _: authority.answer(request))
    publish_when_due(clock)
    assert DBTaskResult.objects.count() == 1, "it came after the checkpoint"
    assert publish_now(clock)
    publish_when_due(lambda: NOW + 9 * MINUTE)
    assert DBTaskResult.objects.count() == 1
    assert sorted(path.name for path in (folder / "dated").iterdir()) == [
        "authorities.pem",
        "checkpoint.tsr",
        "checkpoint.txt",
    ]


def test_nothing_is_written_over_another_log_and_the_page_says_so(folder: Path, desk_state: State, cast: Cast) -> None:
    made = signed(desk_state, 5)
    assert publish_now(clock)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM custody_logcheckpoint")
        cursor.execute("DELETE FROM custody_custodyentry")
    triggers.put_up(connection)
    LogTile.objects.all().delete()
    signed(desk_state, 9)
    assert not publish_now(clock)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert made.checkpoint.size == 5
    page = signed_in(cast.alice).get("/log/checkpoint/").content.decode()
    assert "Tried 1 time and not published" in page
    assert "no beginning of this log" in page
    assert [problem for problem in problems_of_publishing() if "no beginning" in problem]


@pytest.mark.parametrize("how", ["a disk that is full", "a checkpoint that is damaged", "an entry that was changed"])
def test_what_stops_it_is_said_and_the_checkpoint_is_as_it_was(
    folder: Path, desk_state: State, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(desk_state, 2)
    assert publish_now(clock)
    signed(desk_state, 2)
    before = (folder / "checkpoint").read_bytes()
    if how == "a disk that is full":

        def full(*_: object) -> object:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(publishing, "dated_files", lambda _: {"dated/x": b""})
        monkeypatch.setattr(publishing, "write_whole", full)
    elif how == "a checkpoint that is damaged":
        before = b"peas"
        (folder / "checkpoint").write_bytes(before)
    else:
        triggers.take_down(connection)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE custody_custodyentry SET salt = (SELECT salt FROM custody_custodyentry LIMIT 1)")
        triggers.put_up(connection)
    assert not publish_now(clock)
    assert (folder / "checkpoint").read_bytes() == before
    assert len(list(problems_of_publishing())) == 1


def test_nothing_is_published_unless_a_folder_is_set(desk_state: State) -> None:
    signed(desk_state, 1)
    publish_when_due(clock)
    assert not publish_now(clock)
    assert (DBTaskResult.objects.count(), list(problems_of_publishing())) == (0, [])


def test_what_is_no_folder_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEHAND_PUBLISH", str(tmp_path))
    assert published("SAFEHAND_PUBLISH") == tmp_path
    for said in (str(tmp_path / "none"), "log"):
        monkeypatch.setenv("SAFEHAND_PUBLISH", said)
        with pytest.raises(UsageError):
            published("SAFEHAND_PUBLISH")
    monkeypatch.setenv("SAFEHAND_PUBLISH", "")
    assert published("SAFEHAND_PUBLISH") is None
