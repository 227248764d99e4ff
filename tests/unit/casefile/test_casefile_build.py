"""Promises of building: encrypted, whole or not there, and the same rows every time."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import casefile_builders
from casefile_builders import FILE, KEY, START, Made, account_of, conversation, device, message, texts
from safehand.analysis.whole import Whole
from safehand.casefile.build import PART, build
from safehand.casefile.clock import Clock
from safehand.casefile.read import open_casefile
from safehand.casefile.rows import digest_of_rows
from safehand.errors import CannotRead, CannotWrite, NotRecognised, UsageError, WrongKey
from safehand.model.attachment import FileType, Registered
from safehand.model.conversation import Event
from safehand.model.instant import CALENDAR_BEGINS, CALENDAR_ENDS, Precision, utc_instant
from safehand.sources.contract import CaptureNote, FileInMemory

CANARY = "quince-marmalade-canary"


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    spoken = texts("The seed potatoes are in", "Homework first")
    summary = Made(conversation(spoken)).build(tmp_path / "case")
    assert (summary.conversations, summary.messages, summary.accounts, summary.files) == (1, 2, 1, 1)
    assert summary.bytes == (tmp_path / "case").stat().st_size
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [line.message for line in casefile.page(1, 1, 10)] == spoken


@pytest.mark.parametrize("micros", [10**19, -(2**63), CALENDAR_ENDS, CALENDAR_BEGINS - 1])
def test_a_message_of_a_time_that_no_calendar_holds_is_read_without_one_and_as_it_was_written(
    tmp_path: Path, micros: int
) -> None:
    absurd = message(2, "Homework first", sent=utc_instant(str(micros), micros, Precision.MICROSECOND))
    spoken = [*texts("The seed potatoes are in"), absurd]
    Made(Whole().watched(conversation(spoken))).build(tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        lines = casefile.page(1, 1, 10)
    assert [line.message for line in lines] == spoken
    assert (lines[1].clock, lines[1].message.sent.raw) == (Clock.NONE, str(micros))


def test_no_text_and_no_name_stands_in_the_file(tmp_path: Path) -> None:
    spoken = texts(*[f"{CANARY} {number}" for number in range(500)], sender=f"name-{CANARY}")
    Made(conversation(spoken), CANARY.encode() * 2000).build(tmp_path / "case")
    raw = (tmp_path / "case").read_bytes()
    assert CANARY.encode() not in raw
    assert b"SQLite" not in raw
    assert b"CREATE" not in raw
    with open_casefile(tmp_path / "case", KEY) as casefile:  # the canary is there for whoever has the key
        assert CANARY in (casefile.page(1, 1, 1)[0].message.text or "")


def test_nothing_readable_touches_the_disk_while_it_is_built(tmp_path: Path) -> None:
    seen = []

    def watched() -> Iterator[Event]:
        # Enough text to overflow SQLite's page cache, so that pages are written before the end.
        for event in conversation(texts(*[f"{CANARY} {number} " + "beans " * 200 for number in range(30_000)])):
            if getattr(event, "number", 0) % 10_000 == 9_999:
                seen.extend(sorted(tmp_path.iterdir()))
                for path in tmp_path.iterdir():
                    assert CANARY.encode() not in path.read_bytes()
            yield event

    Made(watched()).build(tmp_path / "case")
    assert {path.name for path in seen} == {"case" + PART}
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    assert (tmp_path / "case").stat().st_mode & 0o777 == 0o600


def test_two_builds_of_the_same_have_the_same_rows_and_other_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("first", "second"):
        Made(conversation(texts("beans", "今日は", "peas"))).build(tmp_path / name)
        with open_casefile(tmp_path / name, KEY) as casefile:
            digests.append(digest_of_rows(casefile))
    assert digests[0] == digests[1]
    assert (tmp_path / "first").read_bytes() != (tmp_path / "second").read_bytes()


@pytest.mark.parametrize(
    "other",
    [
        Made(conversation(texts("beans", "leeks"))),
        Made(conversation(texts("beans", "peas", sender="Tom"))),
        Made(conversation(texts("beans", "peas")), b"another source file\n"),
        Made(conversation(texts("beans", "peas"), platform="telegram")),
    ],
    ids=["another word", "another sender", "other bytes", "another platform"],
)
def test_other_input_gives_another_digest_of_rows(tmp_path: Path, other: Made) -> None:
    Made(conversation(texts("beans", "peas"))).build(tmp_path / "one")
    other.build(tmp_path / "other")
    with open_casefile(tmp_path / "one", KEY) as one, open_casefile(tmp_path / "other", KEY) as two:
        assert digest_of_rows(one) != digest_of_rows(two)


def test_another_key_is_refused_in_words(tmp_path: Path) -> None:
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    with pytest.raises(WrongKey, match="does not open this case file"):
        open_casefile(tmp_path / "case", bytes(32))


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="32 bytes"):
        Made(conversation(texts("beans"))).build(tmp_path / "case", b"short")
    assert list(tmp_path.iterdir()) == []


def test_every_changed_page_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "case"
    Made(conversation(texts(*["beans and peas " * 20] * 200))).build(path)
    good = path.read_bytes()
    with open_casefile(path, KEY) as casefile:
        digest_of_rows(casefile)
    noticed = 0
    for position in range(100, len(good), 8192):
        path.write_bytes(good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :])
        try:
            with open_casefile(path, KEY) as casefile:
                casefile.rows("PRAGMA integrity_check")
                casefile.rows("SELECT count(*) FROM words_data WHERE length(block) > 0")
                casefile.rows("SELECT count(*) FROM signs_data WHERE length(block) > 0")
                digest_of_rows(casefile)
        except (CannotRead, WrongKey):
            noticed += 1
    assert noticed == len(range(100, len(good), 8192)) > 10


def test_a_file_cut_short_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "case"
    Made(conversation(texts(*["beans"] * 2000))).build(path)
    path.write_bytes(path.read_bytes()[: 8192 * 3])
    with pytest.raises(CannotRead, match="built again from its package"), open_casefile(path, KEY) as casefile:
        digest_of_rows(casefile)


@pytest.mark.parametrize("content", [b"", b"no case file at all" * 1000], ids=["empty", "something else"])
def test_what_is_no_case_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "case").write_bytes(content)
    with pytest.raises((CannotRead, WrongKey), match="delete it"):
        open_casefile(tmp_path / "case", KEY)


def test_a_missing_case_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="There is no case file here"):
        open_casefile(tmp_path / "case", KEY)


def test_a_reading_that_fails_leaves_nothing_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "case"
    Made(conversation(texts("the old one"))).build(path)
    before = path.read_bytes()

    def failing() -> Iterator[Event]:
        yield from list(conversation(texts(*["beans"] * 10)))[:5]
        raise NotRecognised("It stopped here.")

    with pytest.raises(NotRecognised):
        Made(failing()).build(path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["case"]


def test_a_source_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    file = FileInMemory(FILE, "chat.txt", b"as it was read")
    now = FileInMemory(FILE, "chat.txt", b"as it is now..")
    made = Made(conversation(texts("beans")), files=(file,))
    with pytest.raises(CannotRead, match="not what it was"):
        build(tmp_path / "case", KEY, iter(made.events), (now,), lambda: (account_of(file),))
    assert list(tmp_path.iterdir()) == []


def test_a_second_build_of_the_same_file_waits_for_nobody(tmp_path: Path) -> None:
    with (tmp_path / ("case" + PART)).open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CannotWrite, match="being built already"):
            Made(conversation(texts("beans"))).build(tmp_path / "case")
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="could not be written"):
        Made(conversation(texts("beans"))).build(tmp_path / "nowhere" / "case")


def test_register_and_notes_are_kept(tmp_path: Path) -> None:
    listed = Registered("IMG-0001.jpg", FileType.IMAGE, 48_211)
    note = CaptureNote("chat.zip", "The archive holds the same name twice.")
    file = FileInMemory(FILE, "chat.txt", b"beans\n")
    events = conversation(texts("beans"))
    build(tmp_path / "case", KEY, events, (file,), tuple, register=(listed,), notes=(note,))
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert casefile.register() == (listed,)
        assert casefile.notes() == (note,)


def test_progress_counts_up_to_the_number_of_messages(tmp_path: Path) -> None:
    told: list[int] = []
    build(tmp_path / "case", KEY, conversation(texts(*["beans"] * 12_000)), (), tuple, progress=told.append)
    assert told == [5_000, 10_000, 12_000]


_CHILD = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from casefile_builders import Made, conversation, texts
from safehand.errors import CannotWrite

if sys.argv[3] == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

def events():
    for event in conversation(texts(*["beans and peas " * 30] * 60_000)):
        if getattr(event, "number", 0) == 50_000 and sys.argv[3] == "killed":
            print("half way", flush=True)
            sys.stdin.read()
        yield event

try:
    Made(events()).build(Path(sys.argv[1]) / "case")
except CannotWrite as err:
    print(err.code, flush=True)
    sys.exit(err.exit_code)
"""


def _child(folder: Path, how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _CHILD, str(folder), str(Path(casefile_builders.__file__).parent), how]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with _child(tmp_path, "full") as child:
        out, _ = child.communicate()
    assert (child.returncode, out) == (4, b"cannot_write\n")
    assert list(tmp_path.iterdir()) == []


def test_killed_half_way_there_is_nothing_at_the_name_and_the_next_build_stands(tmp_path: Path) -> None:
    with _child(tmp_path, "killed") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"half way\n"
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    assert [path.name for path in tmp_path.iterdir()] == ["case" + PART]
    assert b"beans and peas" not in (tmp_path / ("case" + PART)).read_bytes()
    Made(conversation(texts("beans"))).build(tmp_path / "case")
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_a_conversation_that_breaks_its_own_form_is_a_fault_of_ours(tmp_path: Path) -> None:
    twice = [message(1, "beans", sent=device(START)), message(1, "peas", sent=device(START))]
    with pytest.raises(AssertionError, match="out of its order"):
        Made(conversation(twice)).build(tmp_path / "case")
    assert list(tmp_path.iterdir()) == []
