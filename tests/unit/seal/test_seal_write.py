"""Sealing: the same bytes again, a file or none, and nothing opened that should not be."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest

from peak_memory import peak_mib
from safehand.errors import CannotRead, CannotWrite, NotRecognised, UsageError
from safehand.model.digest import sha256_of
from safehand.model.message import Message
from safehand.seal.answers import Answers
from safehand.seal.embedded_rules import marker
from safehand.seal.open import unseal_package, verify_package
from safehand.seal.receipt import Receipt, format_receipt, parse_receipt, receipt_text
from safehand.seal.removed import sealed_pieces
from safehand.seal.statement import format_statement
from safehand.seal.whole import unfinished
from safehand.seal.write import seal, write_package
from safehand.signing.keys import DeskPublic
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from sealed_packages import ANSWERS, MACHINE, answers, checked, desk_in, fixed, noon, prepared_from, tar_of, write_chat


@pytest.fixture
def desk(tmp_path: Path) -> DeskPublic:
    return desk_in(tmp_path / "keys")


def sealed(paths: list[Path], desk: DeskPublic, out: Path) -> Receipt:
    return seal(paths, answers(), desk, out, clock=noon, signer=fixed(7), machine=MACHINE)


def test_the_same_input_answers_and_clock_give_the_same_bag_with_any_key(tmp_path: Path) -> None:
    paths = [write_chat(tmp_path), write_chat(tmp_path, "{}", "a.json")]
    one, again = tar_of(prepared_from(paths)), tar_of(prepared_from(paths))
    assert one == again
    other_key = tar_of(prepared_from(paths), fixed(8))
    bag_at = one.index(b"bag/bagit.txt")
    assert other_key != one
    assert other_key[bag_at:] == one[bag_at:]
    assert other_key[: one.index(b"signature/statement")] == one[: one.index(b"signature/statement")]
    # The order in which the files were named does not count either.
    assert tar_of(prepared_from(paths[::-1])) == one


def test_what_was_sealed_comes_out_as_it_was(tmp_path: Path, desk: DeskPublic) -> None:
    texts = {"_chat.txt": b"caf\xe9\r\n\x00\xff not UTF-8", "b.json": b"{}", "empty.txt": b""}
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    receipt = sealed([tmp_path / name for name in texts], desk, tmp_path / "a.safehand")
    assert receipt.package_sha256 == sha256_of((tmp_path / "a.safehand").read_bytes())
    for key in ("desk.agekey", "recovery.agekey"):
        report = unseal_package(tmp_path / "a.safehand", tmp_path / "keys" / key, tmp_path / key)
        assert report.passed
        assert report.statement_sha256 == receipt.statement_sha256
        assert report.statement is not None
        out = {item.name: (tmp_path / key / "bag" / item.id).read_bytes() for item in report.statement.items}
        assert out == texts
        assert [item.kind for item in report.statement.items] == ["RAW", "RAW", "RAW"]


def test_members_of_a_zip_are_sealed_with_the_name_of_their_archive_alone(tmp_path: Path, desk: DeskPublic) -> None:
    archive = tmp_path / "WhatsApp Chat - Allotment.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_chat.txt", "09/01/2026, 22:27 - Priya: hello\n" * 50)
        made.writestr("IMG-0001.jpg", b"\xff\xd8\xff\xe0 CANARY")
    sealed([archive], desk, tmp_path / "a.safehand")
    report = unseal_package(tmp_path / "a.safehand", tmp_path / "keys" / "desk.agekey", tmp_path / "opened")
    assert report.statement is not None
    (item,) = report.statement.items
    (listed,) = report.statement.attachments
    assert (item.name, item.container) == ("_chat.txt", archive.name)
    assert (listed.name, listed.container, listed.crc32 is not None) == ("IMG-0001.jpg", archive.name, True)
    assert str(tmp_path) not in format_statement(report.statement).decode()
    opened = [path.read_bytes() for path in (tmp_path / "opened").rglob("*") if path.is_file()]
    assert len(opened) == 10
    assert b"CANARY" not in b"".join(opened)


def test_no_piece_of_a_picture_is_sealed_wherever_it_stood(tmp_path: Path) -> None:
    canary = random.Random(1).randbytes(9000)
    text = base64.b64encode(canary).decode()
    write_chat(
        tmp_path / "export", json.dumps({"photo": f"data:image/jpeg;base64,{text}", "n": text}), "message_1.json"
    )
    write_chat(tmp_path / "export", f"<img src='data:image/png;base64,{text}'>", "page.html")
    write_chat(tmp_path / "export", "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)), "mail.txt")
    (tmp_path / "export" / "p.jpg").write_bytes(canary)
    with zipfile.ZipFile(tmp_path / "export" / "x.zip", "w") as made:
        made.writestr("q.png", canary)
        made.writestr("_chat.txt", "hello\n")
    tar = tar_of(prepared_from([tmp_path / "export"]))
    assert checked(tar).passed
    encoded = text.encode()
    for at in range(0, len(canary) - 32, 16):
        assert canary[at : at + 32] not in tar
        assert canary[at : at + 32].hex().encode() not in tar
    for at in range(0, len(encoded) - 44, 22):
        assert encoded[at : at + 44] not in tar


def test_no_byte_of_a_picture_goes_into_a_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = bytearray()

    class Watched:
        def __init__(self) -> None:
            self.real = hashlib.new("sha256")

        def update(self, data: bytes) -> None:
            hashed.extend(data)
            self.real.update(data)

        def hexdigest(self) -> str:
            return self.real.hexdigest()

    monkeypatch.setattr("safehand.seal.examine.hashlib.sha256", Watched)
    monkeypatch.setattr("safehand.seal.examine.PIECE", 700)
    picture = base64.b64encode(random.Random(2).randbytes(3000)).decode()
    letters = "a" * 1500  # looks like one for a while
    prepared = prepared_from(
        [write_chat(tmp_path, f"hello {letters} {picture} bye\n"), write_chat(tmp_path, letters, "b.txt")]
    )
    monkeypatch.undo()
    assert checked(tar_of(prepared)).passed
    assert len(hashed) > 3000
    assert all(picture[at : at + 8].encode() not in hashed for at in range(0, len(picture) - 8, 8))


def test_what_the_holder_leaves_out_is_left_out_counted_and_named(tmp_path: Path) -> None:
    lines = [f"09/01/2026, 22:{minute} - Priya: line {minute}\n" for minute in range(10, 60)]
    path, other = write_chat(tmp_path, "".join(lines)), write_chat(tmp_path, "Another family\n", "other.txt")
    toml = ANSWERS + (
        b'[[exclusions]]\nfile = "_chat.txt"\nfirst_line = 3\nlast_line = 5\nreason = "Another child."\n'
        b'[[exclusions]]\nfile = "other.txt"\nreason = "Not about this."\n'
    )
    prepared = prepared_from([path, other], toml)
    tar = tar_of(prepared)
    assert checked(tar).passed
    (item,) = prepared.statement.items
    left_out = len("".join(lines[2:5])) - 1  # the line feed at the end stays
    assert b"Another family" not in tar
    assert b"line 11\n[[safehand excluded %d bytes]]\n09/01/2026, 22:15" % left_out in tar
    assert [(one.start, one.end) for one in item.removed] == [(len("".join(lines[:2])), len("".join(lines[:5])) - 1)]
    assert [(one.name, one.item, one.bytes) for one in prepared.statement.exclusions] == [
        ("_chat.txt", "data/0001.txt", left_out),
        ("other.txt", None, 15),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (b'file = "nowhere.txt"', "exclusions[1].file"),
        (b'file = "_chat.txt"\nfirst_line = 1\nlast_line = 9', "exclusions[1].last_line"),
    ],
)
def test_what_cannot_be_left_out_is_told_by_its_place(rows: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        prepared_from([write_chat(tmp_path)], ANSWERS + b'[[exclusions]]\nreason = "x"\n' + rows)
    assert told in str(refused.value)


def test_lines_are_counted_as_they_stand(tmp_path: Path) -> None:
    for text, first, last, left in (
        ("a\nb\nc", 3, 3, "a\nb\n#"),
        ("a\nb\nc\n", 3, 3, "a\nb\n#\n"),
        ("a\nb\nc", 1, 3, "#"),
        ("a\r\nb\r\n", 1, 1, "#\nb\r\n"),
        ("\n\n\n", 2, 2, "\n#\n"),
        ("x" * 3_000_000 + "\nb\n" + "y" * 10, 2, 2, "x" * 3_000_000 + "\n#\n" + "y" * 10),
    ):
        path = write_chat(tmp_path, "", "c.txt")
        path.write_bytes(text.encode())
        rows = f'[[exclusions]]\nfile = "c.txt"\nreason = "x"\nfirst_line = {first}\nlast_line = {last}\n'
        prepared = prepared_from([path], ANSWERS + rows.encode())
        (removed,) = prepared.statement.items[0].removed
        assert text[: removed.start] + "#" + text[removed.end :] == left


def test_an_unanswered_question_stops_the_sealing_and_is_named(tmp_path: Path, desk: DeskPublic) -> None:
    out = tmp_path / "a.safehand"
    with pytest.raises(UsageError) as refused:
        seal([write_chat(tmp_path)], Answers(), desk, out, clock=noon, signer=fixed(7), machine=MACHINE)
    assert "urgent.child_in_danger" in str(refused.value)
    assert not out.exists()


def test_nothing_is_overwritten_and_nothing_is_left_where_there_is_nothing_to_seal(
    tmp_path: Path, desk: DeskPublic
) -> None:
    out = tmp_path / "a.safehand"
    out.write_text("mine")
    with pytest.raises(CannotWrite):
        sealed([write_chat(tmp_path)], desk, out)
    assert out.read_text() == "mine"
    picture = tmp_path / "p.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(NotRecognised):
        sealed([picture], desk, tmp_path / "b.safehand")
    for path in (tmp_path / "nowhere" / "c.safehand", tmp_path / ("x" * 250), tmp_path / ("x" * 300)):
        with pytest.raises(CannotWrite):
            sealed([tmp_path / "_chat.txt"], desk, path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_chat.txt", "a.safehand", "keys", "p.jpg"]


def test_a_file_that_changes_while_it_is_sealed_is_noticed(tmp_path: Path, desk: DeskPublic) -> None:
    path = write_chat(tmp_path, "hello\n" * 1000)
    prepared = prepared_from([path])
    for text in ("hello\n" * 999 + "HELLO\n", "hello\n", "", "hello\n" * 1001, "hello\n" * 400_000):
        path.write_text(text)
        with pytest.raises(CannotRead, match="changed"):
            write_package(prepared, desk, tmp_path / "a.safehand", signer=fixed(7))
    path.unlink()
    with pytest.raises(CannotRead):
        write_package(prepared, desk, tmp_path / "a.safehand", signer=fixed(7))
    assert [one.name for one in tmp_path.iterdir()] == ["keys"]


def test_progress_grows_to_the_end(tmp_path: Path, desk: DeskPublic) -> None:
    told: list[tuple[int, int]] = []
    path = write_chat(tmp_path, "hello\n" * 500_000)
    seal([path], answers(), desk, tmp_path / "a", clock=noon, signer=fixed(7), progress=lambda *one: told.append(one))
    assert told == sorted(told)
    assert told[-1] == (6_000_000, 6_000_000)
    assert len(told) > 4


def test_a_receipt_says_nothing_of_the_case_and_reads_back(tmp_path: Path, desk: DeskPublic) -> None:
    receipt = sealed([write_chat(tmp_path)], desk, tmp_path / "allotment.safehand")
    data = format_receipt(receipt)
    assert parse_receipt(data) == receipt
    assert set(json.loads(data)) == {"schema", "package_sha256", "statement_sha256", "sealed", "holder_key"}
    assert receipt.holder_key in receipt_text(receipt)
    for near_miss in (data + b"\n", data.replace(b"/1", b"/2"), b"{}", b"[]", data.replace(b'"sealed"', b'"sealad"')):
        with pytest.raises(CannotRead):
            parse_receipt(near_miss)


# Written in a process of its own: what it opens and which connections it makes are watched by Python itself.
WATCHED = """
import json, os, sys
def watch(event, given, seen=open(os.environ["WATCHED"], "a", buffering=1)):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) and event != "socket.gethostname":
        print(event, file=seen)
    if event == "open" and str(given[0]).endswith((".jpg", ".opus", ".mp4", ".png")):
        print("opened", given[0], file=seen)
sys.addaudithook(watch)
"""


def sealing(tmp_path: Path, paths: list[Path], out: Path) -> list[str]:
    """The command that seals in a process of its own."""
    code = f"""
        import sys
        sys.path[:0] = {sys.path!r}
        from pathlib import Path
        from sealed_packages import *
        from safehand.seal.write import seal, write_package
        from safehand.signing.keys import load_desk_public
        desk = load_desk_public(Path({str(tmp_path / "keys" / "desk.pub")!r}))
        paths = [Path(path) for path in {[str(path) for path in paths]!r}]
        seal(paths, answers(), desk, Path({str(out)!r}), clock=noon, signer=fixed(7), machine=MACHINE)
    """
    return [sys.executable, "-c", textwrap.dedent(code)]


def run_sealing(tmp_path: Path, paths: list[Path], out: Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(sealing(tmp_path, paths, out), stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_sealing_opens_no_socket_and_no_picture(tmp_path: Path, desk: DeskPublic) -> None:
    assert desk.recipients
    write_chat(tmp_path / "export")
    for name in ("IMG-1.jpg", "AUD-2.opus", "VID-3.mp4"):
        (tmp_path / "export" / name).write_bytes(b"\0")
    with zipfile.ZipFile(tmp_path / "export" / "more.zip", "w") as made:
        made.writestr("chat.txt", "hello\n")
        made.writestr("IMG-4.png", b"\0")
    # The child that encrypts is watched too: sitecustomize is read by every Python that starts here.
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCHED)
    seen = tmp_path / "seen"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "WATCHED": str(seen)}
    process = run_sealing(tmp_path, [tmp_path / "export"], tmp_path / "a.safehand", env=environment)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told.decode()
    assert seen.read_text() == ""
    # And the watch works.
    subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket().close(); open('x.jpg', 'w').close()"],
        env=environment, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert "socket" in seen.read_text()
    assert "opened" in seen.read_text()


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def test_killed_at_any_point_there_is_no_file_or_a_whole_one(tmp_path: Path, desk: DeskPublic) -> None:
    path = write_chat(tmp_path / "export", "09/01/2026, 22:27 - Priya: The allotment gate is open\n" * 200_000)
    out, identity = tmp_path / "out" / "a.safehand", tmp_path / "keys" / "desk.agekey"
    out.parent.mkdir()
    size = path.stat().st_size
    left_behind = 0
    # Killed as soon as so many bytes are written; the last two, once the name is there, and just after it may be.
    for written in (0, 1, size // 9, size // 2, size - 70_000, size, None, None):
        out.unlink(missing_ok=True)
        process = run_sealing(tmp_path, [path], out)
        until = time.monotonic() + 60
        while not out.exists() and process.poll() is None and time.monotonic() < until:
            if written is not None and size_of(unfinished(out)) >= written:
                break
        process.send_signal(signal.SIGKILL)
        process.communicate()
        left = [one for one in out.parent.iterdir() if one != out]
        assert [one for one in left if one != unfinished(out)] == []
        left_behind += bool(left)
        if out.exists():
            assert verify_package(out, identity).passed
    assert left_behind >= 3, "no run was killed while it wrote: the test tests nothing"
    # The next run takes away what the killed ones left.
    out.unlink(missing_ok=True)
    sealed([path], desk, out)
    assert [one.name for one in out.parent.iterdir()] == ["a.safehand"]


def test_two_runs_at_once_do_not_mix(tmp_path: Path, desk: DeskPublic) -> None:
    path = write_chat(tmp_path / "export", "hello\n" * 1_000_000)
    out = tmp_path / "a.safehand"
    runs = [run_sealing(tmp_path, [path], out) for _ in range(2)]
    told = [run.communicate(timeout=60)[1].decode() for run in runs]
    assert sorted(run.returncode for run in runs) == [0, 1], told
    assert any("CannotWrite" in text for text in told)
    assert verify_package(out, tmp_path / "keys" / "desk.agekey").passed
    assert desk.unit


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_a_full_disk_leaves_nothing_and_is_told(tmp_path: Path, desk: DeskPublic) -> None:
    path = write_chat(tmp_path / "export", "hello\n" * 500_000)
    out = tmp_path / "out" / "a.safehand"
    out.parent.mkdir()
    process = run_sealing(tmp_path, [path], out, preexec_fn=full_disk)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "CannotWrite" in told.decode()
    assert "File too large" in told.decode()
    assert list(out.parent.iterdir()) == []
    assert desk.unit


def test_memory_does_not_grow_with_the_files(tmp_path: Path, desk: DeskPublic) -> None:
    path = tmp_path / "big.txt"
    line = b"09/01/2026, 22:27 - Priya: The allotment gate is open\n"
    with path.open("wb") as file:
        for _ in range(60):
            file.write(line * 20_000)
    assert peak_mib(sealing(tmp_path, [path], tmp_path / "a.safehand")) < 150
    assert desk.unit


def test_hashing_of_a_tar_in_pieces_is_that_of_the_whole(tmp_path: Path) -> None:
    tar = tar_of(prepared_from([write_chat(tmp_path)]))
    assert hashlib.file_digest(io.BytesIO(tar), "sha256").hexdigest() == sha256_of(tar)


def test_the_message_behind_what_was_left_out_is_still_a_message_of_its_own(tmp_path: Path) -> None:
    lines = [f"{day}/01/2026, 22:{day} - Priya: line {day}\n" for day in range(10, 30)]
    path = write_chat(tmp_path, "".join(lines))
    rows = b'[[exclusions]]\nfile = "_chat.txt"\nfirst_line = 3\nlast_line = 5\nreason = "Another child."\n'
    (item,) = prepared_from([path], ANSWERS + rows).statement.items
    text = b"".join(sealed_pieces(io.BytesIO("".join(lines).encode()), item.removed, marker))
    reading = Reading(Capture((FileInMemory("_chat.txt", "_chat.txt", text),)))
    told = [event.text or "" for event in reading.events() if isinstance(event, Message)]
    assert [words.splitlines()[0] for words in told] == [f"line {day}" for day in range(10, 30) if not 12 <= day <= 14]
