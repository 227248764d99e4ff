"""Stock tools alone open a package and find it whole: age, tar, sha256sum, ssh-keygen, openssl; and bagit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import bagit
import pytest

from safehand.seal.write import seal
from sealed_packages import ANSWERS, MACHINE, answers, desk_in, fixed, noon, write_chat
from timestamp_authority import Authority


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A folder into which age and tar have unpacked a package."""
    folder = tmp_path / "export"
    write_chat(folder)
    write_chat(folder, '{"p":"data:image/gif;base64,R0lGODlhAQABAAAAACw="}', "m.json")
    (folder / "IMG-0001.jpg").write_bytes(b"")
    desk = desk_in(tmp_path / "keys")
    package = tmp_path / "allotment.safehand"
    seal([folder], answers(ANSWERS), desk, package, clock=noon, signer=fixed(7), machine=MACHINE)
    stock = tmp_path / "stock"
    stock.mkdir()
    run(f"age -d -i keys/desk.agekey {package.name} | tar -x -C stock", tmp_path)
    return stock


def run(command: str, folder: Path, *, fails: bool = False) -> str:
    found = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (found.returncode != 0) == fails, found.stdout + found.stderr
    return found.stdout + found.stderr


SIGNATURE = (
    "ssh-keygen -Y verify -f signature/allowed_signers -I holder -n safehand-statement@v1 "
    "-s signature/statement.json.sig < bag/statement.json"
)


def test_age_tar_sha256sum_and_ssh_keygen_find_it_whole(opened: Path) -> None:
    told = run("cd bag && sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt", opened)
    assert told.count(": OK") == 7
    assert 'Good "safehand-statement@v1" signature for holder' in run(SIGNATURE, opened)


def test_they_find_a_change_too(opened: Path) -> None:
    payload, statement = opened / "bag" / "data" / "0001.txt", opened / "bag" / "statement.json"
    payload.write_bytes(payload.read_bytes()[:-1] + b"!")
    assert "data/0001.txt: FAILED" in run("cd bag && sha256sum -c manifest-sha256.txt", opened, fails=True)
    statement.write_bytes(statement.read_bytes().replace(b"Priya", b"Alice").replace(b"0001", b"0002"))
    run(SIGNATURE, opened, fails=True)


def test_bagit_validates_it(opened: Path) -> None:
    bagit.Bag(str(opened / "bag")).validate()
    (opened / "bag" / "data" / "more.txt").write_text("x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(opened / "bag")).validate()


def test_openssl_checks_a_timestamp_of_the_statement(opened: Path, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    token = authority.stamp((opened / "bag" / "statement.json").read_bytes())
    (opened / "allotment.safehand.tsr").write_bytes(token)
    command = f"openssl ts -verify -data bag/statement.json -in allotment.safehand.tsr -CAfile {authority.certificates}"
    assert "Verification: OK" in run(command, opened)
    assert "Time stamp: " in run("openssl ts -reply -in allotment.safehand.tsr -text", opened)
    (opened / "bag" / "statement.json").write_bytes(b"{}")
    run(command, opened, fails=True)


def test_the_commands_in_the_packages_own_readme_are_these(opened: Path) -> None:
    text = " ".join((opened / "bag" / "README.txt").read_text().replace("\\\n", " ").split())
    assert " ".join(SIGNATURE.split()) in text
    for command in (
        "sha256sum -c manifest-sha256.txt sha256sum -c tagmanifest-sha256.txt",
        "openssl ts -verify -data bag/statement.json -in FILE.safehand.tsr -CAfile authorities.pem",
        "age -d -i desk.agekey FILE.safehand | tar -x",
    ):
        assert command in text


def test_tar_unpacks_nothing_but_plain_files_under_plain_names(opened: Path, tmp_path: Path) -> None:
    told = run("age -d -i keys/desk.agekey allotment.safehand | tar -tv --numeric-owner", tmp_path)
    rows = [line.split() for line in told.splitlines()]
    assert {(row[0], row[1]) for row in rows} == {("-rw-r--r--", "0/0")}
    assert [row[-1] for row in rows] == [
        "bag/statement.json",
        "signature/statement.json.sig",
        "signature/holder.pub",
        "signature/allowed_signers",
        "bag/bagit.txt",
        "bag/bag-info.txt",
        "bag/manifest-sha256.txt",
        "bag/tagmanifest-sha256.txt",
        "bag/README.txt",
        "bag/data/0001.txt",
        "bag/data/0002.json",
    ]
    assert opened.is_dir()
