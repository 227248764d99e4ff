"""A desk is made of a backup on an empty machine: all of it, checked by the log itself, or nothing."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk_backup import NOTE, backed_up, brought_back, lived_in, rewritten
from desk_cast import A_PACKAGE, LOOKS_SEALED, clock, keep
from safehand.desk.backup import making
from safehand.desk.backup.database_copy import Copied, copy_database
from safehand.desk.backup.folder import BackupFolder, backup_at
from safehand.desk.backup.manifest import MANIFEST, SIGNATURE, BackupDamaged
from safehand.desk.backup.placing import OlderBackup, look_at, place
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core.state import State
from safehand.desk.custody.auditing import audit_log
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.custody.signed_log import sign_now
from safehand.desk.officers.actions import find_officer
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.triage.shift import all_notes, write_note
from safehand.errors import CannotWrite, CheckFailed, PackageFromTheFuture, UsageError, WrongKey
from safehand.log.checkpoint import parse_checkpoint
from safehand.log.note import Note, sign
from safehand.model.digest import sha256_of
from safehand.signing.age_identity import AgeIdentity, format_identity
from safehand.signing.keys import load_signing_key

pytestmark = pytest.mark.django_db  # its tables are made anyway; each test has a file of its own


@pytest.fixture
def recovery(desk: State) -> Path:
    """The key that is kept offline."""
    return desk.keys / "recovery.agekey"


def restore_and_leave(source: Path, to: Path, key: Path, *lodged: Note, older: bool = False) -> None:
    with brought_back(source, to, key, lodged, older=older):
        pass


def checkpoint_of(desk: State) -> Note:
    """As somebody lodged one."""
    return sign_now("desk:shell", desk, clock=clock).note


def test_a_desk_that_was_brought_back_is_what_it_was_and_its_log_goes_on(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    package = lived_in(desk)
    lodged = checkpoint_of(desk)
    made = backed_up(desk, tmp_path / "to")
    before = list(CustodyEntry.objects.values_list("canonical", flat=True))[: made.manifest.entries]
    with brought_back(tmp_path / "to", tmp_path / "new", recovery, [lodged]) as restored:
        new = State(tmp_path / "new")
        assert (restored.entries, restored.lodged, restored.again) == (made.manifest.entries, 1, 1)
        rows = list(CustodyEntry.objects.values_list("canonical", flat=True))
        assert [bytes(row) for row in rows[: len(before)]] == [bytes(row) for row in before]
        said = [parse_entry(bytes(row)) for row in rows[len(before) :]]
        assert [entry.verb.value for entry in said] == ["desk.restored", "package.tried_again"]
        assert said[0].details == {
            "manifest": made.sha256,
            "entries": made.manifest.entries,
            "later": None,
            "later_root": None,
        }
        assert NOTE in [note.words for note in all_notes(find_officer("alice"))]
        assert (new.evidence / package.sha256[:2] / package.sha256).read_bytes() == A_PACKAGE
        again = Package.objects.get(pk=package.pk)
        assert (again.state, again.task == package.task) == (PackageState.RECEIVED, False)
        assert [*problems_of_log(), *problems_of_rows(), *audit_log(new, [lodged]).problems] == []
    kept = {path.name for path in new.keys.iterdir()}
    assert kept == {"desk.agekey", "desk.pub", "desk.signkey", "log.signkey"}, "and not the one that is kept offline"
    assert new.secret_key.read_bytes() == desk.secret_key.read_bytes()
    assert new.desk_identity.stat().st_mode & 0o077 == 0


def test_one_byte_that_was_changed_in_any_file_is_found_and_named_and_nothing_is_left(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    package = lived_in(desk)
    made = backed_up(desk, tmp_path / "to")
    packed = BackupFolder(tmp_path / "to").place(package.sha256)
    files = [*made.path.iterdir(), packed]
    assert len(files) == 8
    for path in files:
        whole = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :])
        named = {SIGNATURE: MANIFEST}.get(path.name, path.name)
        with pytest.raises(CheckFailed, match=named) as found:
            restore_and_leave(made.path, tmp_path / "new", recovery)
        assert isinstance(found.value, BackupDamaged)
        assert not (tmp_path / "new").exists()
        assert [one.name for one in tmp_path.iterdir() if "unfinished" in one.name] == []
        path.write_bytes(whole)
    restore_and_leave(made.path, tmp_path / "new", recovery)


def test_what_is_done_while_a_backup_is_made_is_in_it_up_to_one_moment(
    desk: State, tmp_path: Path, recovery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its checkpoint and its copy an entry is made, and another one, with a package, after the copy."""
    lived_in(desk)

    def meanwhile(into: Path) -> Copied:
        write_note(find_officer("alice"), "A first.", clock=clock)
        copied = copy_database(into)
        write_note(find_officer("alice"), "A second.", clock=clock)
        keep(desk, LOOKS_SEALED + b"another")
        return copied

    monkeypatch.setattr(making, "copy_database", meanwhile)
    made = backed_up(desk, tmp_path / "to")
    assert (made.manifest.entries, len(made.manifest.packages)) == (9, 2)
    with brought_back(tmp_path / "to", tmp_path / "new", recovery) as restored:
        words = [note.words for note in all_notes(find_officer("alice"))]
        assert (restored.entries, "A first." in words, "A second." in words) == (9, True, False)


def test_a_backup_of_a_newer_version_is_left_to_that_version(desk: State, tmp_path: Path, recovery: Path) -> None:
    made = backed_up(desk, tmp_path / "to")
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2030-01-01')"
    rewritten(made.path, desk, newer)
    with pytest.raises(PackageFromTheFuture, match="newer version"):
        restore_and_leave(made.path, tmp_path / "new", recovery)


def test_every_package_that_is_gone_or_another_is_named_and_not_the_first_alone(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    lived_in(desk)
    made = backed_up(desk, tmp_path / "to")
    for path in ("settings.json", "database.sqlite3"):
        (made.path / path).unlink()
    trusted = look_at(made.path, recovery)
    (tmp_path / "new").mkdir()
    with pytest.raises(BackupDamaged) as found:
        place(trusted, State(tmp_path / "new"))
    assert [problem.partition(":")[0] for problem in found.value.problems] == ["database.sqlite3", "settings.json"]


TAMPERED = {
    "an entry is removed": (["DELETE FROM custody_custodyentry WHERE sequence = 3"], -1, "entry 3.*It was removed"),
    "an entry is changed": (
        ["UPDATE custody_custodyentry SET canonical = CAST(replace(canonical, '\"triage\"', '\"admin\"') AS BLOB)"],
        0,
        "It is not the entry that stood there",
    ),
    "an entry is removed, and the tree forgotten": (
        ["DELETE FROM custody_custodyentry WHERE sequence = 7", "DELETE FROM custody_logtile"],
        -1,
        "custody log, size 7|tile of the log is gone",
    ),
    "a note of an officer's is removed": (
        ["DELETE FROM triage_shiftnote WHERE id = 1"],
        0,
        "custody log, entry 4: What it speaks of",
    ),
    "a role is put in": (
        ["UPDATE officers_roleheld SET role = 'admin' WHERE role = 'triage'"],
        0,
        "custody log, entry|What was decided",
    ),
}


@pytest.mark.parametrize(("statements", "entries", "found"), TAMPERED.values(), ids=list(TAMPERED))
def test_what_somebody_changed_who_has_the_keys_and_signed_the_manifest_anew_is_found_by_the_log(
    desk: State, tmp_path: Path, recovery: Path, statements: list[str], entries: int, found: str
) -> None:
    lived_in(desk)
    made = backed_up(desk, tmp_path / "to")
    rewritten(made.path, desk, *statements, entries=entries)
    with pytest.raises(BackupDamaged, match=found):
        restore_and_leave(tmp_path / "to", tmp_path / "new", recovery)
    assert not (tmp_path / "new").exists()


def test_an_older_backup_is_not_taken_for_the_newest_by_whoever_has_a_later_checkpoint(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    lived_in(desk)
    backed_up(desk, tmp_path / "to")
    lodged = checkpoint_of(desk)
    with pytest.raises(OlderBackup, match=r"log has 8 entries, and the checkpoint that you brought is of 10"):
        restore_and_leave(tmp_path / "to", tmp_path / "new", recovery, lodged)
    assert not (tmp_path / "new").exists()
    with brought_back(tmp_path / "to", tmp_path / "new", recovery, [lodged], older=True):
        said = parse_entry(bytes(CustodyEntry.objects.get(verb="desk.restored").canonical)).details
        root = parse_checkpoint(lodged.text).root.hex()
        assert (said["later"], said["later_root"]) == (10, root)


def test_a_checkpoint_that_this_log_signed_of_other_entries_is_a_finding(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    """What the custodian kept is of another history: somebody wrote the log anew, with its own key."""
    lived_in(desk)
    honest = checkpoint_of(desk)
    made = backed_up(desk, tmp_path / "to")
    text = honest.text.split("\n")
    text[2] = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    key = Ed25519PrivateKey.from_private_bytes(_secret_of(desk))
    forked = Note("\n".join(text), (sign("\n".join(text), text[0], key),))
    with pytest.raises(BackupDamaged, match="signed another one of this size"):
        restore_and_leave(made.path, tmp_path / "new", recovery, forked)
    foreign = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    with pytest.raises(CheckFailed):
        look_at(made.path, recovery, [Note(honest.text, (sign(honest.text, text[0], foreign),))])


def _secret_of(desk: State) -> bytes:
    return load_signing_key(desk.log_signing).private_bytes_raw()


def test_nothing_is_restored_over_what_is_there_with_another_key_or_from_nothing(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    made = backed_up(desk, tmp_path / "to")
    other = tmp_path / "other.agekey"
    other.write_text(format_identity(AgeIdentity(secrets.token_bytes(32)), "2026-11-22T10:00:00Z"), "ascii")
    with pytest.raises(WrongKey):
        restore_and_leave(made.path, tmp_path / "new", other)
    with pytest.raises(CannotWrite, match="there already"):
        restore_and_leave(made.path, desk.root, recovery)
    with pytest.raises(UsageError, match="No backup"):
        restore_and_leave(desk.evidence, tmp_path / "new", recovery)
    (tmp_path / "new").mkdir()
    restore_and_leave(made.path, tmp_path / "new", desk.desk_identity)
    assert (tmp_path / "new" / "desk.sqlite3").exists(), (
        "an empty folder is as good as none, and the desk's own key too"
    )


def test_the_newest_backup_is_taken_by_how_far_its_log_goes_whatever_the_clock_said(
    desk: State, tmp_path: Path, recovery: Path
) -> None:
    backed_up(desk, tmp_path / "to", at=60)
    later = backed_up(desk, tmp_path / "to")
    assert later.path.name < "2026-11-22T100100Z", "the clock was put back"
    assert look_at(tmp_path / "to", recovery).backup.data == backup_at(later.path).data
    assert sha256_of(look_at(tmp_path / "to", recovery).backup.data) == later.sha256
