"""A desk is copied while it runs: whole or not at all, nothing twice, and no secret of it is shown."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from pytest_django import Settings

from desk_backup import backed_up, lived_in
from desk_cast import A_PACKAGE, LOOKS_SEALED, NOW, keep
from safehand.desk.backup import making
from safehand.desk.backup.folder import BackupFolder
from safehand.desk.backup.manifest import MANIFEST, SIGNATURE, BackupDamaged, parse_manifest
from safehand.desk.backup.shell import back_up
from safehand.desk.cases.models import Case
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.folder import FolderLocation
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.actions import receive
from safehand.desk.officers.actions import find_officer
from safehand.desk.settings.mirror import Folder
from safehand.desk.settings.roles import Role
from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.note import parse_note
from safehand.model.digest import sha256_of
from safehand.signing.keys import load_desk_public, load_identity

pytestmark = pytest.mark.django_db  # its tables are made anyway; each test has a file of its own

ANOTHER = LOOKS_SEALED + b"another package"


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_file_stands_in_a_manifest_that_openssh_says_the_desk_signed(desk: State, tmp_path: Path) -> None:
    sha256 = keep(desk, A_PACKAGE)
    made = backed_up(desk, tmp_path / "to")
    manifest = parse_manifest((made.path / MANIFEST).read_bytes())
    assert made.path.name == "2026-11-22T100000Z"
    assert manifest.packages == {sha256: len(A_PACKAGE)}
    found = files_of(made.path)
    assert set(found) == {*manifest.files, MANIFEST, SIGNATURE}
    assert {name: sha256_of(found[name]) for name in manifest.files} == {
        name: piece.sha256 for name, piece in manifest.files.items()
    }
    signer = tmp_path / "allowed"
    signer.write_text(f"desk {load_desk_public(made.path / 'desk.pub').signing_key}\n", "ascii")
    check = ["ssh-keygen", "-Y", "verify", "-f", str(signer), "-I", "desk", "-n", "safehand-backup@v1", "-s"]
    command = [*check, str(made.path / SIGNATURE)]
    for data, code in ((found[MANIFEST], 0), (found[MANIFEST] + b" ", 255)):
        assert subprocess.run(command, input=data, capture_output=True, check=False).returncode == code


def test_nobody_is_signed_in_by_a_backup_and_no_secret_stands_in_it_but_sealed_to_the_recovery_key(
    desk: State, tmp_path: Path
) -> None:
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=moment(NOW))
    assert b"k" * 32 in desk.database.read_bytes() + desk.database.with_name("desk.sqlite3-wal").read_bytes()
    found = files_of(backed_up(desk, tmp_path / "to").path)
    secrets = {
        path.name: path.read_bytes() for path in (*desk.keys.iterdir(), desk.secret_key) if path.suffix != ".pub"
    }
    assert set(secrets) == {"desk.agekey", "desk.signkey", "log.signkey", "recovery.agekey", "secret-key"}
    lines = [line for data in (*secrets.values(), b"k" * 32) for line in data.splitlines() if len(line) > 20]
    shown = [line for line in lines if not line.startswith((b"#", b"-----")) for data in found.values() if line in data]
    assert shown == []
    identity = pyrage.x25519.Identity.from_str(load_identity(desk.keys / "recovery.agekey").secret_text)
    opened = pyrage.decrypt(found["keys.age"], [identity])
    assert {name for name, data in secrets.items() if data.splitlines()[-1] in opened.replace(b"\\n", b"\n")} == {
        *secrets.keys() - {"recovery.agekey"}
    }


def test_the_copy_holds_the_log_up_to_its_signed_checkpoint_and_two_entries_say_that_it_was_made(
    desk: State, tmp_path: Path
) -> None:
    made = backed_up(desk, tmp_path / "to")
    checkpoint = parse_checkpoint(parse_note((made.path / "checkpoint").read_text("utf-8")).text)
    assert checkpoint.size == made.manifest.entries == 1
    with closing(sqlite3.connect(made.path / "database.sqlite3")) as copy:
        assert copy.execute("SELECT verb FROM custody_custodyentry").fetchall() == [("backup.begun",)]
    assert [entry.verb for entry in CustodyEntry.objects.all()] == ["backup.begun", "backup.made"]
    said = bytes(CustodyEntry.objects.get(verb="backup.made").canonical)
    assert made.sha256.encode() in said


def test_a_package_that_lies_there_is_not_copied_again_and_older_backups_stay_until_it_is_said(
    desk: State, tmp_path: Path
) -> None:
    to, first = tmp_path / "to", keep(desk, A_PACKAGE)
    assert backed_up(desk, to).new == 1
    written = BackupFolder(to).place(first).stat().st_mtime_ns
    second = keep(desk, ANOTHER)
    made = backed_up(desk, to, at=1)
    assert (made.new, set(made.manifest.packages)) == (1, {first, second})
    assert BackupFolder(to).place(first).stat().st_mtime_ns == written
    assert [one.name for one in BackupFolder(to).backups()] == ["2026-11-22T100000Z", "2026-11-22T100001Z"]

    EvidenceStore(desk).path(first).unlink()  # as an erasure does
    made = backed_up(desk, to, at=2, keep=1)
    assert made.forgotten == ("2026-11-22T100000Z", "2026-11-22T100001Z")
    assert [one.name for one in BackupFolder(to).backups()] == ["2026-11-22T100002Z"]
    assert [path.name for path in to.glob("packages/*/*")] == [second]


def test_a_package_that_was_damaged_at_the_desk_costs_no_good_copy_and_is_told_where_there_is_none(
    desk: State, tmp_path: Path
) -> None:
    to, sha256, lost = tmp_path / "to", keep(desk, A_PACKAGE), keep(desk, ANOTHER)
    backed_up(desk, to)
    EvidenceStore(desk).path(sha256).chmod(0o600)
    EvidenceStore(desk).path(sha256).write_bytes(b"shorter")
    assert backed_up(desk, to, at=1).manifest.packages == {sha256: len(A_PACKAGE), lost: len(ANOTHER)}
    assert BackupFolder(to).place(sha256).read_bytes() == A_PACKAGE
    assert backed_up(desk, tmp_path / "elsewhere").manifest.packages == {lost: len(ANOTHER)}


def test_what_was_erased_is_in_no_new_backup_and_is_told_of_while_an_older_one_has_it(
    desk: State, tmp_path: Path
) -> None:
    to, package = tmp_path / "to", lived_in(desk)
    assert backed_up(desk, to).erased == 0
    Case.objects.update(erased_at=moment(NOW), wrapped_key=b"")  # its file still lies there for a moment
    made = backed_up(desk, to, at=1)
    assert (made.manifest.packages, made.manifest.missing, made.erased) == ({}, (), 1)
    assert backed_up(desk, to, at=2, keep=1).erased == 0
    assert not BackupFolder(to).place(package.sha256).exists()


def test_a_package_that_only_the_second_location_has_is_taken_from_there(
    desk: State, tmp_path: Path, settings: Settings
) -> None:
    package = lived_in(desk)
    settings.MIRROR = Folder(tmp_path / "second")
    settings.MIRROR.path.mkdir()
    second = FolderLocation(settings.MIRROR.path)
    second.set_mark("as the worker does")
    second.put(package.sha256, [A_PACKAGE])
    EvidenceStore(desk).path(package.sha256).unlink()
    made = backed_up(desk, tmp_path / "to")
    assert (made.manifest.packages, made.manifest.missing) == ({package.sha256: len(A_PACKAGE)}, ())
    assert list(desk.uploads.iterdir()) == []
    settings.MIRROR = None
    assert backed_up(desk, tmp_path / "elsewhere").manifest.missing == (package.sha256,)


@pytest.mark.parametrize("step", ["_write", "copy_database", "seal_keys", "format_manifest", "sign_manifest"])
def test_a_backup_that_is_cut_off_leaves_nothing_that_looks_like_one(
    desk: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    to = tmp_path / "to"

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(making, step, cut_off)
    with pytest.raises(KeyboardInterrupt):
        backed_up(desk, to)
    assert BackupFolder(to).backups() == []
    assert [entry.verb for entry in CustodyEntry.objects.all()] == ["backup.begun"]


def test_what_a_killed_backup_left_is_taken_away_by_the_next(desk: State, tmp_path: Path) -> None:
    to = tmp_path / "to"
    left = to / ".2026-11-21T100000Z.safehand-unfinished"
    shutil.copytree(backed_up(desk, to).path, left)
    assert len(BackupFolder(to).backups()) == 1
    backed_up(desk, to, at=1)
    assert not left.exists()


def test_a_disk_that_is_too_small_or_is_full_on_the_way_is_said_and_nothing_is_left(
    desk: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "to"
    keep(desk, A_PACKAGE)
    with monkeypatch.context() as patch:
        patch.setattr(making.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
        with pytest.raises(CannotWrite, match=r"needs [0-9]+ bytes, and 1 are free"):
            backed_up(desk, to)
    assert not CustodyEntry.objects.exists()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        backed_up(desk, to)
    assert [path for path in to.rglob("*") if path.is_file()] == []


def test_a_desk_of_an_older_version_is_backed_up_by_that_version(desk: State, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'retention'")
    with pytest.raises(UsageError, match="of an older version"):
        back_up(tmp_path / "to", desk, None)
    assert not (tmp_path / "to").exists()


def test_what_the_shell_is_told_says_where_the_checkpoint_is_and_what_is_lost(desk: State, tmp_path: Path) -> None:
    package = lived_in(desk)
    facts, to_do, wrong = back_up(tmp_path / "to", desk, None)
    assert (facts["packages"], facts["copied"], wrong) == (1, 1, [])
    assert str(tmp_path / "to") in to_do[0]
    assert "on the disk of the desk" in to_do[-1]
    EvidenceStore(desk).path(package.sha256).unlink()
    assert [line.partition(":")[0] for line in back_up(tmp_path / "elsewhere", desk, None)[2]] == [package.sha256]


def test_one_package_that_is_gone_is_brought_back_from_a_backup_by_handing_it_in(desk: State, tmp_path: Path) -> None:
    package = lived_in(desk)
    backed_up(desk, tmp_path / "to")
    EvidenceStore(desk).path(package.sha256).unlink()
    with EvidenceStore(desk).begin(1 << 20) as incoming:
        incoming.write(BackupFolder(tmp_path / "to").place(package.sha256).read_bytes())
        assert receive(find_officer("alice"), incoming).new is False
    assert EvidenceStore(desk).check(package.sha256) == len(A_PACKAGE)
    assert CustodyEntry.objects.order_by("-sequence")[0].verb == "package.recognised"


def test_two_backups_are_not_made_in_one_folder_at_once(desk: State, tmp_path: Path) -> None:
    with BackupFolder.opened(tmp_path / "to"), pytest.raises(CannotWrite, match="Another backup"):
        backed_up(desk, tmp_path / "to")


def test_a_backup_inside_the_desk_and_one_of_a_public_node_are_refused(desk: State, settings: Settings) -> None:
    with pytest.raises(UsageError, match="lost with the desk"):
        backed_up(desk, desk.root / "backups")
    settings.ROLE = Role.HANDOVER
    with pytest.raises(UsageError, match="public node"):
        backed_up(desk, desk.root.parent / "to")


def test_a_backup_whose_manifest_is_gone_bad_is_never_passed_over_for_an_older_one(desk: State, tmp_path: Path) -> None:
    to = tmp_path / "to"
    backed_up(desk, to)
    (backed_up(desk, to, at=1).path / MANIFEST).write_bytes(b"{}")
    with pytest.raises(BackupDamaged, match="2026-11-22T100001Z"):
        BackupFolder(to).backups()
    with pytest.raises(BackupDamaged, match="2026-11-22T100001Z"):
        backed_up(desk, to, at=2, keep=1)
    assert (to / "2026-11-22T100002Z" / MANIFEST).exists(), "the new one stands, and the good old one"
    assert (to / "2026-11-22T100000Z" / MANIFEST).exists()
    assert CustodyEntry.objects.order_by("-sequence")[0].verb == "backup.made"


CHANGES: dict[str, Callable[[str], str]] = {
    "no entry": lambda text: text.replace('"entries":1', '"entries":0'),
    "a path out of the folder": lambda text: text.replace('"checkpoint":', '"../checkpoint":'),
    "another database's file": lambda text: text.replace('"database.sqlite3":', '"database.pgdump":'),
    "a parcel that is no hash": lambda text: text.replace('"parcels":{}', '"parcels":{"../../x":1}'),
    "a package that is no hash": lambda text: text.replace('"missing":[]', '"missing":["x"]'),
    "less than no bytes": lambda text: re.sub(r'"size":(\d+)', r'"size":-\1', text, count=1),
    "a later form": lambda text: text.replace('"schema":"safehand.backup/1"', '"schema":"safehand.backup/2"'),
    "another field": lambda text: text[:-1] + ',"zzz":1}',
    "a line's end": lambda text: text + "\n",
}


def test_a_manifest_that_says_more_less_or_something_else_is_none(desk: State, tmp_path: Path) -> None:
    data = (backed_up(desk, tmp_path / "to").path / MANIFEST).read_bytes()
    parse_manifest(data)
    for change in CHANGES.values():
        changed = change(data.decode()).encode()
        assert changed != data
        with pytest.raises(CannotRead):
            parse_manifest(changed)
