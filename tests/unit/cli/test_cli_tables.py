"""Promises of tables at the command line: what is asked, what is shown of a table, and what is never shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest

from safehand.cli.say import Say
from safehand.cli.tables import MOST_ASKED, TableOptions, ask_table, check_fits, state_tables, unstated_tables
from safehand.errors import UsageError
from safehand.seal.answers import Answers, parse_answers
from safehand.sources.archive import capture_of

TABLE = "Date;From;Message\n22/04/2023 10:00;Priya;The gate is open\n23/04/2023 10:00;Sam;Football\n"
HEADERLESS = TABLE.partition("\n")[2]
NOTHING = TableOptions(None, None, None)
COLUMNS = TableOptions("time=1,sender=2,text=3", "DD/MM/YYYY HH:MM", None)

Typing = Callable[[list[str]], list[str]]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Answer the prompts one after another, then with Enter; gives the prompts that were shown."""

    def start(answers: list[str]) -> list[str]:
        shown: list[str] = []
        left = iter(answers)

        def prompt(text: str, default: str, **_: object) -> str:
            shown.append(text)
            assert len(shown) < 50, "the same question again and again"
            return next(left, "") or default

        monkeypatch.setattr(click, "prompt", prompt)
        return shown

    return start


def table_in(folder: Path, text: str = TABLE, name: str = "chat.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_it_asks_for_each_column_and_for_the_times(
    tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = unstated_tables(capture_of([table_in(tmp_path)]))
    shown = typing(["9", "x", "1", "1", "2", "3", "", "", "", "nonsense", "iso", "DD/MM/YYYY HH:MM"])
    stated = ask_table(Say(), found, "holder")
    assert stated is not None
    assert dict(stated.columns) == {"time": 1, "sender": 2, "text": 3}
    assert (stated.time_format, stated.by, stated.file) == ("DD/MM/YYYY HH:MM", "holder", found.file.id)
    assert len(shown) == 12
    told = capsys.readouterr().err
    assert "chat.csv is a table of 3 columns, separated by semicolons." in told
    assert "   2  From" in told
    assert "It takes a number from 1 to 3." in told
    assert "That column is something else already." in told
    assert "0 of the first 2 times can be read so." in told
    assert "2 of the first 2 times can be read so." in told


def test_enter_leaves_a_table_unread(tmp_path: Path, typing: Typing) -> None:
    (found,) = unstated_tables(capture_of([table_in(tmp_path)]))
    for typed in ([], ["1"], ["1", "2"]):
        typing(typed)
        assert ask_table(Say(), found, "holder") is None


def test_nothing_that_somebody_wrote_is_shown(
    tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table_in(tmp_path, HEADERLESS)
    (found,) = unstated_tables(capture_of([path]))
    typing(["1", "2", "3", "", "", "", "DD/MM/YYYY HH:MM"])
    ask_table(Say(), found, "holder")
    state_tables(Say(), [path], Answers(), NOTHING, ask=False)
    told = "".join(capsys.readouterr())
    assert "a table of 3 columns" in told
    assert not any(word in told for word in ("Priya", "Sam", "gate", "2023", "10:00"))


def test_options_state_the_one_table_there_is(tmp_path: Path) -> None:
    answers = state_tables(Say(), [table_in(tmp_path)], Answers(), COLUMNS, ask=False)
    assert [(table.file, table.columns) for table in answers.tables] == [("chat.csv", "time=1,sender=2,text=3")]
    second = table_in(tmp_path, name="more.csv")
    with pytest.raises(UsageError, match="there are 2"):
        state_tables(Say(), [tmp_path], Answers(), COLUMNS, ask=False)
    known = parse_answers(b'[[tables]]\nfile = "more.csv"\ncolumns = "time=1,sender=2,text=3"\ntime_format = "iso"\n')
    assert len(state_tables(Say(), [tmp_path], known, COLUMNS, ask=False).tables) == 2
    second.write_text("03/01/2026, 07:12 - Priya: The gate is open\n")
    with pytest.raises(UsageError, match="there is none"):
        state_tables(Say(), [second], Answers(), COLUMNS, ask=False)


def test_a_holder_is_asked_of_each_table_and_the_answers_file_is_not_asked_again(
    tmp_path: Path, typing: Typing
) -> None:
    table_in(tmp_path)
    table_in(tmp_path, name="more.csv")
    known = parse_answers(b'[[tables]]\nfile = "more.csv"\ncolumns = "time=1,sender=2,text=3"\ntime_format = "iso"\n')
    shown = typing(["1", "2", "3", "", "", "", "DD/MM/YYYY HH:MM"])
    answers = state_tables(Say(), [tmp_path], known, NOTHING, ask=True)
    assert len(shown) == 7
    assert [table.time_format for table in answers.tables] == ["iso", "DD/MM/YYYY HH:MM"]


def test_of_very_many_tables_none_is_asked_about(
    tmp_path: Path, typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(MOST_ASKED + 1):
        table_in(tmp_path, name=f"part{number}.csv")
    shown = typing([])
    assert state_tables(Say(), [tmp_path], Answers(), NOTHING, ask=True) == Answers()
    assert shown == []
    assert "6 files are tables" in capsys.readouterr().err


def test_whoever_seals_a_table_in_utf_16_is_told_that_the_desk_cannot_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chat.csv").write_bytes(TABLE.encode("utf-16"))
    assert state_tables(Say(), [tmp_path], Answers(), NOTHING, ask=False) == Answers()
    told = capsys.readouterr().err
    assert "chat.csv is a table, and it is written in UTF-16" in told
    assert "CSV UTF-8" in told


def test_options_that_say_nothing_alone_are_refused(tmp_path: Path) -> None:
    for columns, time_format, delimiter in ((None, "iso", None), ("time=1", None, None), (None, None, "tab")):
        with pytest.raises(UsageError, match="given together"):
            TableOptions(columns, time_format, delimiter)
    (found,) = unstated_tables(capture_of([table_in(tmp_path)]))
    stated = TableOptions("time=1,sender=2,text=7", "iso", None).stated("holder")
    assert stated is not None
    with pytest.raises(UsageError, match="There is no column 7: the table has 3"):
        check_fits(stated, found)
