"""Unsealing a package: a folder that is there whole, or not at all, and nothing outside it."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from peak_memory import peak_mib
from safehand.errors import CannotRead, CannotWrite
from safehand.seal.contents import capture_of_bag
from safehand.seal.open import TimestampFile, unseal_package, verify_package
from safehand.seal.report import Code
from safehand.seal.whole import unfinished
from safehand.seal.write import seal
from sealed_packages import MACHINE, Sealed, answers, fixed, members, noon, seal_in, tar_with, write_chat


@pytest.fixture
def sealed(tmp_path: Path) -> Sealed:
    return seal_in(tmp_path)


def test_unsealing_gives_a_folder_only_when_every_step_passed(sealed: Sealed) -> None:
    opened = sealed.folder / "opened"
    report = unseal_package(sealed.package, sealed.identity, opened)
    assert report.passed
    assert len([path for path in opened.rglob("*") if path.is_file()]) == 12
    assert {path.stat().st_mode & 0o77 for path in opened.rglob("*")} == {0}
    for tar in (sealed.tar[:-512], sealed.tar.replace(b"allotment", b"Allotment"), b"hello"):
        report = unseal_package(sealed.again(tar), sealed.identity, sealed.folder / "bad")
        assert not report.passed
    data = sealed.package.read_bytes()
    sealed.package.write_bytes(data[:-40])
    assert not unseal_package(sealed.package, sealed.identity, sealed.folder / "bad").passed
    assert not (sealed.folder / "bad").exists()
    assert not unfinished(sealed.folder / "bad").exists()


def test_no_name_in_a_package_leads_out_of_the_folder(sealed: Sealed) -> None:
    parts = list(dict(members(sealed.tar)).values())
    names = (b"../evil.txt", b"/tmp/evil.txt", b"bag/data/../../../evil.txt", b"bag/data/0001.txt/evil", b"bag/evil\\y")
    for name in names:
        block = bytearray(parts[-1])
        block[:100] = name.ljust(100, b"\0")
        report = unseal_package(sealed.again(tar_with([*parts, bytes(block)])), sealed.identity, sealed.folder / "bad")
        assert any(problem.code is Code.FILE_EXTRA for problem in report.problems)
    assert not (sealed.folder / "bad").exists()
    assert list(sealed.folder.glob("**/evil*")) == []


def test_unsealing_overwrites_nothing(sealed: Sealed) -> None:
    there = sealed.folder / "there"
    there.mkdir()
    assert unseal_package(sealed.package, sealed.identity, there).passed
    with pytest.raises(CannotWrite):
        unseal_package(sealed.package, sealed.identity, there)
    with pytest.raises(CannotWrite):
        unseal_package(sealed.package, sealed.identity, sealed.package)
    with pytest.raises(CannotWrite):
        unseal_package(sealed.package, sealed.identity, sealed.folder / "no" / "such")


def unsealing(sealed: Sealed, out: Path) -> list[str]:
    """The command that unseals in a process of its own."""
    code = f"""
        from pathlib import Path
        from safehand.seal.open import TimestampFile, unseal_package
        package, identity, out = map(Path, {[str(sealed.package), str(sealed.identity), str(out)]!r})
        unseal_package(package, identity, out).raise_if_failed()
    """
    return [sys.executable, "-c", textwrap.dedent(code)]


def run_unsealing(sealed: Sealed, out: Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(unsealing(sealed, out), stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_killed_while_unsealing_there_is_no_folder_or_a_whole_one(sealed: Sealed) -> None:
    chat = write_chat(sealed.folder / "big", "09/01/2026, 22:27 - Priya: The allotment gate is open\n" * 200_000)
    sealed.package.unlink()
    seal([chat], answers(), sealed.desk, sealed.package, clock=noon, signer=fixed(7), machine=MACHINE)
    out = sealed.folder / "opened"
    left_behind = 0
    for wanted in ("bag/statement.json", "bag/data/0001.txt"):
        process = run_unsealing(sealed, out)
        while not (unfinished(out) / wanted).exists() and process.poll() is None:
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not out.exists()
        left_behind += unfinished(out).exists()
    assert left_behind
    assert unseal_package(sealed.package, sealed.identity, out).passed
    assert not unfinished(out).exists()


def full_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def test_a_full_disk_while_unsealing_leaves_nothing(sealed: Sealed) -> None:
    process = run_unsealing(sealed, sealed.folder / "opened", preexec_fn=full_disk)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "CannotWrite" in told.decode()
    assert not (sealed.folder / "opened").exists()
    assert not unfinished(sealed.folder / "opened").exists()


def test_what_is_wrong_with_this_machine_is_no_report_on_the_package(sealed: Sealed) -> None:
    for package, identity in (
        (sealed.folder / "nowhere", sealed.identity),
        (sealed.folder, sealed.identity),
        (sealed.package, sealed.folder / "nowhere"),
        (sealed.package, sealed.identity.with_name("desk.pub")),
        (sealed.package, sealed.identity.with_name("desk.signkey")),
    ):
        with pytest.raises(CannotRead):
            verify_package(package, identity)
    nowhere, token = sealed.folder / "nowhere", sealed.folder / "a.tsr"
    token.write_bytes(b"x")
    for given in (TimestampFile(nowhere, token), TimestampFile(token, nowhere)):
        with pytest.raises(CannotRead):
            verify_package(sealed.package, sealed.identity, timestamp=given)


def test_readers_get_the_files_under_the_names_that_platforms_gave_them(sealed: Sealed) -> None:
    opened = sealed.folder / "opened"
    report = unseal_package(sealed.package, sealed.identity, opened)
    assert report.statement is not None
    capture = capture_of_bag(opened, report.statement)
    assert [(file.id, file.name) for file in capture.files] == [
        ("data/0001.txt", "_chat.txt"),
        ("data/0002.json", "b.json"),
        ("data/0003.txt", "c.txt"),
    ]
    with capture.files[2].open() as stream:
        assert stream.read() == b"more\n"


def test_memory_does_not_grow_with_the_package(sealed: Sealed) -> None:
    chat = sealed.folder / "big.txt"
    with chat.open("wb") as file:
        for _ in range(60):
            file.write(b"09/01/2026, 22:27 - Priya: The allotment gate is open\n" * 20_000)
    sealed.package.unlink()
    seal([chat], answers(), sealed.desk, sealed.package, clock=noon, signer=fixed(7), machine=MACHINE)
    assert peak_mib(unsealing(sealed, sealed.folder / "opened")) < 150
