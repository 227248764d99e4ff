"""Promises of the entrance: every error its exit code, one sentence, and never what was being read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import click
import pytest

from safehand import errors
from safehand.cli import main as entrance
from safehand.cli.options import common
from safehand.cli.say import Say, counted, shown

SECRET = "the-shed-key-is-under-the-pot"


@pytest.fixture
def run_raising(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run a command that raises what it is given."""

    def run(error: BaseException, *options: str) -> int:
        @click.command("read")
        @common
        def failing(say: Say) -> None:  # noqa: ARG001
            raise error

        monkeypatch.setattr("safehand.cli.read.read", failing)
        return entrance.run(["read", *options])

    return run


def every_error() -> list[type[errors.SafehandError]]:
    """The whole tree."""
    found = [errors.SafehandError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return [kind for kind in found if kind.__module__ == "safehand.errors"]


@pytest.mark.parametrize("kind", every_error())
def test_every_error_of_the_tree_has_its_exit_code_and_its_words(
    run_raising: Callable[..., int], capsys: pytest.CaptureFixture[str], kind: type[errors.SafehandError]
) -> None:
    assert run_raising(kind("It is shut.", where="gate.txt", todo="Open it.")) == kind.exit_code
    assert capsys.readouterr() == ("", "safehand: gate.txt: It is shut. Open it.\n")


def test_with_json_an_error_is_one_object(run_raising: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_raising(errors.WrongKey("It is shut.", where="gate.txt", todo="Open it."), "--json") == 3
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "schema": "safehand.error/1",
        "code": "wrong_key",
        "found": "It is shut.",
        "where": "gate.txt",
        "todo": "Open it.",
    }


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_nobody_expected_says_where_and_not_what(
    run_raising: Callable[..., int], capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert run_raising(ValueError(SECRET), *options) == 1
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert "ValueError" in out + err
    assert "safehand/cli/options.py:" in out + err
    assert "Traceback" not in out + err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_stopped_by_hand_is_130(
    run_raising: Callable[..., int], capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    assert run_raising(error) == 130
    assert "safehand: Stopped." in capsys.readouterr().err


def test_a_word_after_two_dashes_is_no_option() -> None:
    assert entrance._wants_json(["read", "--json"])
    assert not entrance._wants_json(["read", "--", "--json"])


def test_importing_the_entrance_loads_neither_django_nor_a_command() -> None:
    code = (
        "import sys, safehand.cli.main; "
        "print([n for n in sys.modules if n.startswith(('django', 'rich', 'cryptography', 'safehand.sources'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Priya", "Priya"),
        ("Zoë 🌻", "Zoë 🌻"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\x9b31m", r"\x9b31m"),
        ("two\nlines", r"two\nlines"),
        ("gpj.\u202egate", r"gpj.\u202egate"),
        ("\x07", r"\x07"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(name: str, safe: str) -> None:
    assert shown(name) == safe


def test_numbers_are_said_with_their_word() -> None:
    assert [counted(1, "message"), counted(12_040, "message"), counted(2, "file was", "files were")] == [
        "1 message",
        "12,040 messages",
        "2 files were",
    ]


def test_quiet_keeps_warnings_and_json_keeps_words_off_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    loud, quiet, as_json = Say(), Say(quiet=True), Say(as_json=True)
    for say in (loud, quiet, as_json):
        say.result("result")
        say.value({"a": "é"})
        say.talk("talk")
        say.warn("warning")
    out, err = capsys.readouterr()
    assert out == 'result\nresult\n{"a": "é"}\n'
    assert err == "talk\nwarning\nwarning\ntalk\nwarning\n"


def test_no_bar_is_drawn_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Say().progress("Reading") as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")
