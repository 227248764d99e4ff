"""Promises of the command line on a terminal: it asks there, it draws there, and Ctrl-C leaves nothing behind."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from safehand.seal.questions import QUESTIONS
from safehand.signing.clock import system_clock
from safehand.signing.keys import new_desk_keys

LIMIT = 30
ENV = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def heed_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so does all it starts: here it is heeded again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A command with a terminal for stdin and stderr, and what it said so far."""

    def __init__(self, folder: Path, *arguments: str, term: str = "xterm", no_color: bool = False) -> None:
        self._ours, theirs = pty.openpty()
        env = {**ENV, "TERM": term, "HOME": str(folder), **({"NO_COLOR": "1"} if no_color else {})}
        self.command = subprocess.Popen(
            [sys.executable, "-m", "safehand.cli.main", *arguments],
            cwd=folder, env=env, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, start_new_session=True,
            preexec_fn=heed_ctrl_c,  # noqa: PLW1509  it starts no thread and takes no lock
        )  # fmt: skip
        os.close(theirs)
        self.said = ""

    def until(self, words: str) -> None:
        """Read until ``words`` stand there."""
        end = time.monotonic() + LIMIT
        while words not in self.said:
            assert time.monotonic() < end, self.said
            assert self._read(), self.said

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self._ours, line.encode() + b"\n")

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C as a person does, again where nothing came of it: one that arrives between Python's last look
        at its signals and its read of the terminal waits for the next key.
        """
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            os.kill(self.command.pid, signal.SIGINT)
            while select.select([self._ours], [], [], 2)[0]:
                if not self._read():
                    return self.end()
        raise AssertionError(self.said)

    def end(self) -> tuple[int, str]:
        """Wait for the end: the exit code, and what stood on stdout."""
        while self._read():
            pass
        out, _ = self.command.communicate(timeout=LIMIT)
        os.close(self._ours)
        return self.command.returncode, out.decode()

    def _read(self) -> bool:
        readable, _, _ = select.select([self._ours], [], [], LIMIT)
        assert readable, f"Nothing was said for {LIMIT} seconds after: {self.said}"
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when the other side is gone
            return False
        self.said += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    new_desk_keys(tmp_path / "keys", "Allotment Road Unit", clock=system_clock)
    (tmp_path / "chat.txt").write_text("03/01/2026, 07:12 - Priya: The gate is open\n")
    return tmp_path


SEAL = ("seal", "chat.txt", "--to", "keys/desk.pub", "-o", "chat.safehand")


def test_on_a_terminal_every_open_question_is_asked_and_enter_is_enough(desk: Path) -> None:
    terminal = Terminal(desk, *SEAL)
    # Enter is no yes: what is asked after a yes alone is not asked.
    for asked in (one for one in QUESTIONS if one.unless_yes is None):
        terminal.until(asked.ask)
        terminal.type("")
    code, out = terminal.end()
    assert code == 0
    assert out.startswith("Receipt for a sealed package")
    assert (desk / "chat.safehand").stat().st_size > 0
    assert terminal.said.index("ring 999 now") < terminal.said.index(QUESTIONS[0].ask)


def test_ctrl_c_at_a_question_is_130_and_leaves_no_package(desk: Path) -> None:
    terminal = Terminal(desk, *SEAL)
    terminal.until(QUESTIONS[0].ask)
    code, out = terminal.stop()
    assert (code, out) == (130, "")
    assert "safehand: Stopped." in terminal.said
    assert sorted(path.name for path in desk.iterdir()) == ["chat.txt", "keys"]


def thread(messages: int) -> str:
    """A Messenger thread long enough for a bar."""
    one = '{"sender_name":"Tom","timestamp_ms":1767950130500,"content":"beans","is_geoblocked_for_viewer":false}'
    head = '{"participants":[{"name":"Tom"}],"messages":['
    return head + ",".join([one] * messages) + '],"title":"Allotment","thread_path":"inbox/a_1","magic_words":[]}'


def drawn(said: str) -> bool:
    """Whether anything moved the cursor: a bar does, a sentence does not."""
    return re.search("\x1b\\[[0-9;?]*[A-Zhl]", said) is not None


def coloured(said: str) -> bool:
    """Whether a colour was chosen."""
    return re.search("\x1b\\[(?:[0-9]+;)*(?:3[0-7]|9[0-7]|38;[0-9;]+)m", said) is not None


@pytest.mark.parametrize(
    ("arguments", "term", "holds"),
    [
        ((), "xterm", lambda said: drawn(said) and coloured(said)),
        (("--quiet",), "xterm", lambda said: said == ""),
        (("--json",), "xterm", lambda said: said == ""),
        ((), "dumb", lambda said: said == ""),
    ],
    ids=["a bar", "not with --quiet", "not with --json", "not on a dumb terminal"],
)
def test_a_bar_is_drawn_where_somebody_watches(
    tmp_path: Path, arguments: tuple[str, ...], term: str, holds: Callable[[str], bool]
) -> None:
    (tmp_path / "thread.json").write_text(thread(30_000))
    terminal = Terminal(tmp_path, "read", "thread.json", *arguments, term=term)
    code, out = terminal.end()
    assert code == 0
    assert "30,000" in out or "30000" in out
    assert holds(terminal.said), terminal.said


def test_no_color_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "thread.json").write_text(thread(30_000))
    terminal = Terminal(tmp_path, "read", "thread.json", no_color=True)
    assert terminal.end()[0] == 0
    assert drawn(terminal.said)
    assert not coloured(terminal.said)
