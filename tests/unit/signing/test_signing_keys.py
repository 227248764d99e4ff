"""A desk's keys: standard files, read back only as they were written, never overwritten."""

from __future__ import annotations

import errno
import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.errors import CannotRead, CannotWrite, UsageError
from safehand.signing.age_identity import AgeIdentity, format_identity, is_recipient, parse_identity
from safehand.signing.bech32 import MalformedBech32, format_bech32, parse_bech32
from safehand.signing.clock import seconds_now, system_clock, utc_text
from safehand.signing.fingerprint import fingerprint_of
from safehand.signing.keys import (
    DeskPublic,
    format_desk_public,
    load_desk_public,
    load_identity,
    new_desk_keys,
    parse_desk_public,
)

UNIT = "Allotment Road Unit"


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def counted() -> Counted:
    return Counted()


class Counted:
    """Randomness for tests: the first key is all ones, the second all twos."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, size: int) -> bytes:
        self.calls += 1
        return bytes([self.calls]) * size


@pytest.fixture
def desk(tmp_path: Path) -> DeskPublic:
    return new_desk_keys(tmp_path / "keys", UNIT, clock=noon, random=Counted())


def test_age_and_openssh_read_the_files_as_their_own(desk: DeskPublic, tmp_path: Path) -> None:
    keys, sealed = tmp_path / "keys", tmp_path / "sealed"
    subprocess.run(["age", "-R", keys / "desk.pub", "-o", sealed], input=b"hello", check=True)
    for name, recipient in (("desk.agekey", desk.desk), ("recovery.agekey", desk.recovery)):
        opened = subprocess.run(["age", "-d", "-i", keys / name, sealed], check=True, capture_output=True)
        assert opened.stdout == b"hello"
        public = subprocess.run(["age-keygen", "-y", keys / name], check=True, capture_output=True, text=True)
        assert public.stdout.strip() == recipient
    ssh = subprocess.run(["ssh-keygen", "-y", "-f", keys / "desk.signkey"], check=True, capture_output=True, text=True)
    assert ssh.stdout.strip() == desk.signing_key


def test_the_age_key_file_is_written_as_age_keygen_writes_it(desk: DeskPublic, tmp_path: Path) -> None:
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout.splitlines()
    ours = (tmp_path / "keys" / "desk.agekey").read_text().splitlines()
    assert [line.split(":")[0][:15] for line in ours] == [line.split(":")[0][:15] for line in made]
    assert ours[:2] == ["# created: 2026-11-22T12:00:00Z", f"# public key: {desk.desk}"]
    assert parse_identity("\n".join(made)).recipient == made[1].removeprefix("# public key: ")


def test_secret_files_are_for_their_owner_alone(desk: DeskPublic, tmp_path: Path) -> None:
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"desk.agekey": 0o600, "desk.signkey": 0o600, "recovery.agekey": 0o600, "desk.pub": 0o644}
    assert desk.unit == UNIT


def test_keys_are_never_overwritten_and_a_failure_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "recovery.agekey").write_text("mine")
    with pytest.raises(CannotWrite) as refused:
        new_desk_keys(tmp_path, UNIT, clock=noon)
    assert "recovery.agekey" in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["recovery.agekey"]
    assert (tmp_path / "recovery.agekey").read_text() == "mine"


@pytest.mark.parametrize("names", [0, 1, 2, 3])
def test_a_disk_that_fills_up_leaves_no_key_and_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: int
) -> None:
    calls = []

    def full(hidden: Path, path: Path) -> None:
        calls.append(path)
        if len(calls) > names:
            raise OSError(errno.ENOSPC, "No space left on device")
        hidden.rename(path)

    monkeypatch.setattr("safehand.signing.keys._keep", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        new_desk_keys(tmp_path / "unit" / "keys", UNIT, clock=noon)
    assert list(tmp_path.iterdir()) == []
    calls.clear()
    with pytest.raises(CannotWrite):
        new_desk_keys(tmp_path, UNIT, clock=noon)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_links_takes_keys_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    desk = new_desk_keys(tmp_path, UNIT, clock=noon)
    assert load_desk_public(tmp_path / "desk.pub") == desk
    with pytest.raises(CannotWrite, match="already stand here"):
        new_desk_keys(tmp_path, UNIT, clock=noon)
    assert load_desk_public(tmp_path / "desk.pub") == desk


def test_two_desks_have_different_keys(tmp_path: Path) -> None:
    first = new_desk_keys(tmp_path / "a", UNIT, clock=system_clock)
    second = new_desk_keys(tmp_path / "b", UNIT, clock=system_clock)
    assert len({*first.recipients, *second.recipients, first.signing_key, second.signing_key}) == 6
    assert first.fingerprint != second.fingerprint


def test_desk_pub_reads_back_as_it_was_written(desk: DeskPublic, tmp_path: Path) -> None:
    assert load_desk_public(tmp_path / "keys" / "desk.pub") == desk
    assert parse_desk_public(format_desk_public(desk)) == desk


def test_only_what_was_written_is_read_as_desk_pub(desk: DeskPublic, tmp_path: Path) -> None:
    text = format_desk_public(desk)
    changed = desk.desk[:-1] + ("q" if desk.desk[-1] != "q" else "p")
    swapped = replace(desk, desk=desk.recovery, recovery=desk.desk)
    near_misses = {
        "nothing": "",
        "a bare recipient": f"{desk.desk}\n",
        "one line more": text + "\n",
        "line ends of Windows": text.replace("\n", "\r\n"),
        "another format": text.replace("format 1", "format 2"),
        "a changed key": text.replace(desk.desk, changed),
        "the keys changed places": format_desk_public(swapped).replace(swapped.fingerprint, desk.fingerprint),
        "one key twice": text.replace(desk.recovery, desk.desk),
        "a key in capitals": text.replace(desk.desk, desk.desk.upper()),
        "another fingerprint": text.replace(desk.fingerprint, "0000-0000-0000-0000-0000"),
        "another signing key": text.replace(desk.signing_key[-8:], "AAAAAAAA"),
        "a unit with blanks around": text.replace(UNIT, f" {UNIT} "),
        "a unit that turns the line round": text.replace(UNIT, "Road\u202eUnit"),
        "no such day": text.replace("2026-11-22T12", "2026/11/22 12"),
    }
    for case, near_miss in near_misses.items():
        assert near_miss != text, case
        with pytest.raises(CannotRead):
            parse_desk_public(near_miss)
    for data in (b"\xff\xfe", text.encode() + b"#" * 5000):
        (tmp_path / "other.pub").write_bytes(data)
        with pytest.raises(CannotRead):
            load_desk_public(tmp_path / "other.pub")
    with pytest.raises(CannotRead):
        load_desk_public(tmp_path / "nowhere.pub")


@pytest.mark.parametrize("unit", ["", " ", "a\nb", "a\tb", "x" * 101, " lead", "tail ", "\u202ex", "a\u2028b"])
def test_a_units_name_is_one_line(unit: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        new_desk_keys(tmp_path / "keys", unit, clock=noon)
    assert not (tmp_path / "keys").exists()


def test_an_identity_reads_back_and_near_misses_do_not(desk: DeskPublic, tmp_path: Path) -> None:
    identity = load_identity(tmp_path / "keys" / "desk.agekey")
    assert identity.recipient == desk.desk
    text = format_identity(identity, "2026-11-22T12:00:00Z")
    assert parse_identity(text) == identity
    secret = text.splitlines()[-1]
    assert secret not in repr(identity)
    for near_miss in (
        "",
        "# only a comment\n",
        text + secret,
        secret.lower(),
        secret[:-1],
        secret.replace("1", "2", 1),
        "é",
    ):
        with pytest.raises(CannotRead):
            parse_identity(near_miss)
    (tmp_path / "binary").write_bytes(b"\xff" * 10)
    for path in (tmp_path / "binary", tmp_path / "nowhere"):
        with pytest.raises(CannotRead):
            load_identity(path)


@given(st.binary(min_size=0, max_size=60))
def test_bech32_reads_back_as_it_was_written(data: bytes) -> None:
    assert parse_bech32("age", format_bech32("age", data)) == data


def test_bech32_has_one_spelling() -> None:
    text = AgeIdentity(b"\7" * 32).recipient
    assert is_recipient(text)
    for place in range(4, len(text)):
        letter = "q" if text[place] != "q" else "p"
        with pytest.raises(MalformedBech32):
            parse_bech32("age", text[:place] + letter + text[place + 1 :])
    for near_miss in (
        text.upper(),
        text[:-1],
        text + "q",
        "age1",
        "",
        text.replace("age1", "agf1"),
        text[:9] + "b" + text[10:],
    ):
        assert not is_recipient(near_miss)


def test_a_fingerprint_has_five_groups_of_four() -> None:
    assert fingerprint_of(b"abc") == "Q9W1-DFWF-077Y-MGA1-83F5"


def test_the_clock_is_asked_for_whole_seconds_in_utc() -> None:
    assert utc_text(seconds_now(noon)) == "2026-11-22T12:00:00Z"
    for clock in (lambda: datetime(2026, 1, 1), lambda: datetime(1969, 1, 1, tzinfo=UTC)):  # noqa: DTZ001  that is the point
        with pytest.raises(UsageError):
            seconds_now(clock)
