"""Opening a package: whatever is wrong with it is named, with the file it concerns."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from safehand.errors import CheckFailed, PackageDamaged, PackageFromTheFuture, WrongKey
from safehand.seal.age_header import Kind, read_header
from safehand.seal.open import TimestampFile, verify_package
from safehand.seal.report import SENTENCES, Code, Outcome, Problem, Report, Step, report_value
from safehand.signing.keys import load_identity, new_desk_keys
from sealed_packages import Sealed, checked, fixed, members, noon, prepared_from, seal_in, tar_of, tar_with, write_chat
from timestamp_authority import Authority


@pytest.fixture
def sealed(tmp_path: Path) -> Sealed:
    return seal_in(tmp_path)


def found(report: Report) -> set[tuple[str, Code]]:
    assert not report.passed
    assert report.statement is None
    return {(problem.file, problem.code) for problem in report.problems}


def test_a_whole_package_passes_every_step_and_every_file_is_listed(sealed: Sealed) -> None:
    report = verify_package(sealed.package, sealed.identity)
    assert [step.outcome for step in report.steps] == [Outcome.PASSED] * 6 + [Outcome.ABSENT]
    assert len(report.files) == 12
    assert {file.outcome for file in report.files} == {Outcome.PASSED}
    assert report.holder_key == fixed(7).public
    report.raise_if_failed()
    assert checked(sealed.tar).files == report.files


def test_it_opens_with_the_recovery_key_too(sealed: Sealed) -> None:
    assert load_identity(sealed.identity).recipient == sealed.desk.desk
    assert verify_package(sealed.package, sealed.identity.with_name("recovery.agekey")).passed


def test_another_desks_key_is_told_as_such(sealed: Sealed) -> None:
    new_desk_keys(sealed.folder / "other", "Station Road Unit", clock=noon)
    report = verify_package(sealed.package, sealed.folder / "other" / "desk.agekey")
    assert found(report) == {("package", Code.WRONG_KEY)}
    with pytest.raises(WrongKey):
        report.raise_if_failed()


@pytest.mark.parametrize(
    "data", [b"", b"hello\n" * 1000, b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 a\n"]
)
def test_what_is_no_package_is_told_as_such(data: bytes, sealed: Sealed) -> None:
    sealed.package.write_bytes(data)
    report = verify_package(sealed.package, sealed.identity)
    assert found(report) == {("package", Code.NOT_A_PACKAGE)}
    assert [step.outcome for step in report.steps[1:]] == [Outcome.NOT_CHECKED] * 5 + [Outcome.ABSENT]
    with pytest.raises(PackageDamaged, match="not a sealed package"):
        report.raise_if_failed()


def test_a_package_for_a_kind_of_key_that_we_do_not_know_is_of_the_future(sealed: Sealed) -> None:
    head = sealed.package.read_bytes()
    sealed.package.write_bytes(head.replace(b"-> X25519 ", b"-> mlkem768x25519 "))
    report = verify_package(sealed.package, sealed.identity)
    assert found(report) == {("package", Code.NEWER_ENCRYPTION)}
    with pytest.raises(PackageFromTheFuture):
        report.raise_if_failed()


def test_the_first_lines_are_read_as_age_writes_them(sealed: Sealed) -> None:
    head = read_header(sealed.package.read_bytes())
    assert head.kind is Kind.PACKAGE
    assert head.package_size(len(sealed.tar)) == sealed.package.stat().st_size
    assert head.package_size(0) == head.size + 32
    assert head.package_size(65_536) == head.size + 16 + 65_536 + 16
    assert head.package_size(65_537) == head.size + 16 + 65_537 + 32


def test_an_age_file_that_holds_no_tar_is_told_as_such(sealed: Sealed) -> None:
    assert ("package", Code.NOT_A_TAR) in found(verify_package(sealed.again(b"hello\n" * 500), sealed.identity))
    assert ("package", Code.NOT_A_TAR) in found(verify_package(sealed.again(b""), sealed.identity))


def test_a_missing_an_extra_a_double_and_a_moved_file_are_each_named(sealed: Sealed) -> None:
    parts = dict(members(sealed.tar))
    names = list(parts)
    assert tar_with(list(parts.values())) == sealed.tar
    one, two, three = names[-3:]
    without = checked(tar_with([parts[name] for name in names if name != two]))
    assert found(without) == {("data/0002.json", Code.FILE_MISSING)}
    assert [(file.file, file.outcome) for file in without.files][-1] == ("data/0002.json", Outcome.FAILED)
    extra = parts[three].replace(b"bag/data/0003.txt", b"bag/data/0004.txt")
    assert ("data/0004.txt", Code.FILE_EXTRA) in found(checked(tar_with([*parts.values(), extra])))
    assert found(checked(tar_with([*parts.values(), parts[two]]))) == {("data/0002.json", Code.FILE_TWICE)}
    moved = [*names[:-3], three, one, two]
    assert found(checked(tar_with([parts[name] for name in moved]))) == {("data/0003.txt", Code.FILE_ORDER)}
    last_first = [names[-1], *names[:-1]]
    assert found(checked(tar_with([parts[name] for name in last_first]))) == {("data/0003.txt", Code.FILE_ORDER)}
    for name in names[:9]:
        report = checked(tar_with([parts[other] for other in names if other != name]))
        assert (name.removeprefix("bag/"), Code.FILE_MISSING) in found(report)


def test_two_files_that_changed_places_are_told_by_their_hashes(sealed: Sealed) -> None:
    one, other, away = b"bag/data/0001.txt", b"bag/data/0003.txt", b"bag/data/away.txt"
    report = checked(sealed.tar.replace(one, away).replace(other, one).replace(away, other))
    changed = {file for file, code in found(report) if code is Code.FILE_CHANGED}
    assert changed == {"data/0001.txt", "data/0003.txt"}


def test_a_tar_that_was_cut_or_went_on_is_told_where(sealed: Sealed) -> None:
    assert ("data/0003.txt", Code.TAR_CUT) in found(checked(sealed.tar[:-1030]))
    assert found(checked(sealed.tar[:-512])) == {("package", Code.TAR_END)}
    assert found(checked(sealed.tar + bytes(512))) == {("package", Code.TAR_END)}
    assert found(checked(sealed.tar[:-1024])) == {("package", Code.TAR_END)}


def test_a_package_of_a_newer_version_is_refused_as_such_and_not_as_damage(sealed: Sealed) -> None:
    """Whatever else is new in it: its statement names a newer form, and its own bag vouches for the statement."""
    statement = b'{"pictures":[],"schema":"safehand.statement/5"}'
    tags = f"{hashlib.sha256(statement).hexdigest()}  statement.json\n".encode()
    files = {"bag/statement.json": statement, "bag/tagmanifest-sha256.txt": tags, "bag/new.txt": b"new"}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as made:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    report = verify_package(sealed.again(out.getvalue()), sealed.identity)
    assert found(report) == {("statement.json", Code.FROM_THE_FUTURE)}
    with pytest.raises(PackageFromTheFuture):
        report.raise_if_failed()
    # A changed digit in a statement of ours is damage.
    changed = sealed.tar.replace(b'"schema":"safehand.statement/1"', b'"schema":"safehand.statement/4"')
    report = checked(changed)
    assert ("statement.json", Code.FILE_CHANGED) in found(report)
    with pytest.raises(PackageDamaged):
        report.raise_if_failed()


def test_a_package_signed_with_another_key_than_expected_is_told(sealed: Sealed) -> None:
    assert verify_package(sealed.package, sealed.identity, holder=fixed(7).public).passed
    report = verify_package(sealed.package, sealed.identity, holder=fixed(8).public)
    assert found(report) == {("package", Code.SIGNER_UNEXPECTED)}
    assert report.steps[5].outcome is Outcome.FAILED


def test_a_signature_of_another_key_than_the_one_beside_it_is_told(sealed: Sealed) -> None:
    theirs = dict(members(tar_of(prepared_from([sealed.folder / "export"]), fixed(8))))
    ours = dict(members(tar_of(prepared_from([sealed.folder / "export"]))))
    mixed = {**ours, "signature/statement.json.sig": theirs["signature/statement.json.sig"]}
    assert found(checked(tar_with(list(mixed.values())))) == {
        ("signature/holder.pub", Code.SIGNATURE_WRONG),
        ("signature/allowed_signers", Code.DISAGREES),
    }


def test_a_picture_that_another_sealer_left_in_is_named(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = write_chat(sealed.folder / "p", '{"p":"data:image/gif;base64,R0lGODlhAQABAAAAACw="}', "p.json")
    monkeypatch.setattr("safehand.seal.examine.EmbeddedScan.finish", lambda _: ())
    monkeypatch.setattr("safehand.seal.examine.EmbeddedScan.is_clear", property(lambda _: True))
    tar = tar_of(prepared_from([chat]))
    monkeypatch.undo()
    assert found(checked(tar)) == {("data/0001.json", Code.EMBEDDED_LEFT)}


def test_a_marker_that_stands_elsewhere_is_named(sealed: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = write_chat(sealed.folder / "p", '{"p":"data:image/gif;base64,R0lGODlhAQABAAAAACw="}', "p.json")
    monkeypatch.setattr("safehand.seal.examine.marker", lambda _: b"[[safehand left out 20 bytes]]"[::-1])
    monkeypatch.setattr("safehand.seal.write.marker", lambda _: b"[[safehand left out 20 bytes]]"[::-1])
    tar = tar_of(prepared_from([chat]))
    monkeypatch.undo()
    assert checked(tar_of(prepared_from([chat]))).passed
    assert found(checked(tar)) == {("data/0001.json", Code.DISAGREES)}


def test_a_timestamp_beside_the_package_is_checked_when_an_authority_is_given(sealed: Sealed) -> None:
    authority, other = Authority(sealed.folder / "authority"), Authority(sealed.folder / "another")
    beside = sealed.package.with_name("a.safehand.tsr")
    statement = dict(members(sealed.tar))["bag/statement.json"]
    size = int(statement[124:135], 8)
    beside.write_bytes(authority.stamp(statement[512 : 512 + size]))
    report = verify_package(sealed.package, sealed.identity)
    assert (report.passed, report.steps[6].outcome) == (True, Outcome.NOT_CHECKED)
    assert "authority" in report.steps[6].note
    report = verify_package(sealed.package, sealed.identity, timestamp=TimestampFile(beside, authority.certificates))
    assert (report.passed, report.steps[6].outcome) == (True, Outcome.PASSED)
    assert report.stamped is not None
    assert report.stamped.startswith("20")
    bad = {
        "another authority": (beside.read_bytes(), other.certificates),
        "another statement": (authority.stamp(b"other"), authority.certificates),
        "no token": (b"hello", authority.certificates),
        "cut short": (beside.read_bytes()[:-10], authority.certificates),
    }
    for case, (token, certificates) in bad.items():
        (sealed.folder / "bad.tsr").write_bytes(token)
        given = TimestampFile(sealed.folder / "bad.tsr", certificates)
        report = verify_package(sealed.package, sealed.identity, timestamp=given)
        assert found(report) == {("package", Code.TIMESTAMP_WRONG)}, case


def test_the_report_as_json_lists_every_step_file_and_problem(sealed: Sealed) -> None:
    value = report_value(checked(sealed.tar[:-512]))
    assert (value["schema"], value["passed"]) == ("safehand.report/1", False)
    steps = value["steps"]
    assert isinstance(steps, list)
    assert len(steps) == 7
    assert steps[1] == {
        "number": 2,
        "title": "The tar inside is exactly as Safehand writes it",
        "outcome": "failed",
        "note": "",
        "problems": [{"file": "package", "code": "tar_end", "found": SENTENCES[Code.TAR_END]}],
    }
    assert "Priya" not in str(value)


def test_every_problem_has_a_sentence_and_an_empty_report_is_no_pass() -> None:
    assert set(SENTENCES) == set(Code)
    assert not Report(()).passed
    assert not Report((Step(1, "", Outcome.NOT_CHECKED),)).passed
    with pytest.raises(CheckFailed):
        Report(()).raise_if_failed()
    failed = Report((Step(1, "", Outcome.FAILED, (Problem("x", Code.FILE_CHANGED, "y"),)),))
    with pytest.raises(PackageDamaged, match="1 problem"):
        failed.raise_if_failed("a.safehand")
