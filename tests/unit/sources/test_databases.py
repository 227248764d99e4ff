"""A message database is read where somebody names it, and sealed never."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from imessage_database import Made
from safehand.errors import CannotRead
from safehand.model.message import Message
from safehand.seal.answers import Answers, dont_know_the_rest
from safehand.seal.write import prepare
from safehand.sources.archive import capture_of
from safehand.sources.databases import NOT_ONE, REFUSED, WITH_LOG, WITHOUT_LOG
from safehand.sources.reading import Reading

NOON = datetime(2026, 1, 4, 12, 0, 0, tzinfo=UTC)


def made_in(folder: Path, *, log: bool = False) -> Path:
    made = Made(log=log)
    chat = made.chat("Allotment", made.handle("+447700900123"))
    made.say(chat, 1, NOON, "The seed potatoes are in")
    for name, data in made.done().items():
        (folder / name).write_bytes(data)
    return folder / "chat.db"


@pytest.mark.parametrize("log", [False, True])
def test_one_that_is_named_is_read_with_the_log_beside_it(tmp_path: Path, *, log: bool) -> None:
    path = made_in(tmp_path, log=log)
    capture = capture_of([path], databases=True)
    assert [file.name for file in capture.files] == ["chat.db", "chat.db-wal"][: 1 + log]
    assert [note.words for note in capture.notes] == [WITH_LOG if log else WITHOUT_LOG]
    reading = Reading(capture)
    (message,) = [event for event in reading.events() if isinstance(event, Message)]
    assert message.text == "The seed potatoes are in"


def test_a_log_that_is_named_too_is_read_once(tmp_path: Path) -> None:
    path = made_in(tmp_path, log=True)
    for given in ([path, tmp_path / "chat.db-wal"], [tmp_path / "chat.db-wal", path]):
        capture = capture_of(given, databases=True)
        assert sorted(file.name for file in capture.files) == ["chat.db", "chat.db-wal"]
        assert len([event for event in Reading(capture).events() if isinstance(event, Message)]) == 1


def test_one_in_a_folder_is_listed_and_not_opened(tmp_path: Path) -> None:
    made_in(tmp_path, log=True)
    capture = capture_of([tmp_path], databases=True)
    assert capture.files == ()
    assert [(one.name.rpartition("/")[2], one.refused) for one in capture.register] == [
        ("chat.db", REFUSED), ("chat.db-wal", REFUSED)]  # fmt: skip


def test_another_file_of_its_name_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "chat.db").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(900))
    capture = capture_of([tmp_path / "chat.db"], databases=True)
    assert (capture.files, [one.refused for one in capture.register]) == ((), [NOT_ONE])


def test_another_database_is_not_opened_although_it_is_named(tmp_path: Path) -> None:
    path = made_in(tmp_path).rename(tmp_path / "photos.db")
    assert capture_of([path], databases=True).files == ()


def test_sealing_takes_none_and_says_what_to_do_instead(tmp_path: Path) -> None:
    path = made_in(tmp_path)
    with pytest.raises(CannotRead, match="message database"):
        prepare([path], dont_know_the_rest(Answers()), clock=lambda: NOON)
    (tmp_path / "chat.txt").write_text("Jan 04, 2026  7:02:11 PM\nPriya\nIn\n\n", encoding="utf-8")
    prepared = prepare([path, tmp_path / "chat.txt"], dont_know_the_rest(Answers()), clock=lambda: NOON)
    assert [file.name for file in prepared.capture.files] == ["chat.txt"]
    assert [one.refused for one in prepared.capture.register] == [REFUSED]
