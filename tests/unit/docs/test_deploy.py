"""What is deployed names only what there is: units, the image, alarms, settings, and what operations.md says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from repository import ROOT, text_of
from safehand.cli.main import safehand

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
IMAGE = text_of("deploy/container/Containerfile")
ALARMS = text_of("deploy/prometheus/alarms.yml")
OPERATIONS = text_of("docs/operations.md")
GUIDE = text_of("docs/guides/running-a-desk.md")
SETTINGS = ROOT / "src" / "safehand" / "desk" / "settings"

HARD = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "PrivateUsers": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "CapabilityBoundingSet": "",
    "IPAddressDeny": "any",
    "IPAddressAllow": "localhost",
    "ReadWritePaths": "/var/lib/safehand",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
    "User": "safehand",
}
"""What a force's IT asks of a unit, and what of the machine it may write to and talk with."""


def lines_of(unit: Path) -> dict[str, list[str]]:
    """Its settings; those that stand more than once keep their order."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def parses(words: list[str]) -> None:
    """A command of ours with its options, read as the shell reads it and not run. click says what is wrong."""
    command: click.Command = safehand
    context = click.Context(command, info_name="safehand")
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        context, command = click.Context(found, info_name=name, parent=context), found
    command.parse_args(context, list(words))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_may_do_no_more_than_it_must_and_starts_a_command_that_there_is(unit: Path) -> None:
    said = lines_of(unit)
    assert {name: said[name][-1] for name in HARD} == HARD
    assert said["SystemCallFilter"] == ["@system-service", "~@privileged"]
    (started,) = said["ExecStart"]
    program, *words = shlex.split(started)
    assert program == "/opt/safehand/bin/safehand"
    parses(words)


def test_a_unit_that_starts_what_there_is_not_would_be_seen() -> None:
    for words in (["desk", "wrok"], ["desk", "run", "--wokers", "0"], ["desk", "run", "--workers", "many"]):
        with pytest.raises(click.UsageError):
            parses(words)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze on this machine")
def test_systemd_itself_reads_every_unit_and_finds_it_hard(tmp_path: Path) -> None:
    """Its verifier asks that the program is there, so another stands in its place."""
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/safehand/bin/safehand", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    files = [f"./{unit.name}" for unit in UNITS]
    read = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (read.returncode, read.stderr) == (0, "")
    hard = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=13", *files]
    found = subprocess.run(hard, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-400:]


def test_the_image_copies_what_is_here_and_calls_what_there_is() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", IMAGE, re.MULTILINE)
    assert copied == [".", "requirements.lock"]
    assert all((ROOT / name).exists() for name in copied)
    made = re.findall(r"^(\w+):", text_of("Makefile"), re.MULTILINE)
    (targets,) = re.findall(r"make ([a-z ]+) \\", IMAGE)
    assert set(targets.split()) <= set(made)
    (entry,) = re.findall(r'^ENTRYPOINT \["safehand"\]$', IMAGE, re.MULTILINE)
    (command,) = re.findall(r"^CMD \[(.+)\]$", IMAGE, re.MULTILINE)
    assert entry
    parses([word.strip(' "') for word in command.split(",")])


def test_the_image_is_nobodys_root_and_of_named_parts_without_a_registry() -> None:
    parts = re.findall(r"^FROM (\S+)", IMAGE, re.MULTILINE)
    assert len(parts) == 2
    assert all(re.fullmatch(r"[a-z]+:[0-9][0-9a-z.-]*", part) for part in parts), "a name and a version, no address"
    last = IMAGE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["safehand"]
    assert "--require-hashes" in last
    assert "requirements-dev" not in last
    ignored = text_of(".containerignore").split()
    assert {".git", "var", "keys", ".venv"} <= set(ignored), "no desk and no key becomes part of an image"


def test_every_alarm_is_of_a_figure_that_is_told_and_stands_among_what_to_do() -> None:
    told = {
        name
        for path in (ROOT / "src" / "safehand" / "desk").rglob("figures.py")
        for name in re.findall(r'"(safehand_[a-z_]+)"', path.read_text("utf-8"))
    }
    assert len(told) > 12
    used = {
        re.sub(r"_(bucket|sum|count)$", "", name) if "_seconds_" in name else name
        for name in re.findall(r"\bsafehand_[a-z_]+", ALARMS)
    }
    assert used <= told
    alarms = re.findall(r"- alert: (\w+)", ALARMS)
    assert len(alarms) == ALARMS.count("expr:") == ALARMS.count("severity:")
    rows = re.findall(r"^\| (Safehand\w+) \| [^|]{20,} \| [^|]{20,} \|$", OPERATIONS, re.MULTILINE)
    assert rows == alarms


def test_every_setting_stands_in_the_one_table_and_nowhere_is_one_that_is_not() -> None:
    read = {
        name
        for path in SETTINGS.glob("*.py")
        for name in re.findall(r"\b(SAFEHAND_[A-Z_]+|DATABASE_URL)\b", _but_its_list(path))
    }
    assert len(read) >= 18
    shipped = (SETTINGS / "shipped.py").read_text("utf-8").partition(_LIST_ENDS)[0]
    assert set(re.findall(r"^    (SAFEHAND_[A-Z_]+|DATABASE_URL) ", shipped, re.MULTILINE)) == read
    table = set(re.findall(r"^\| `(SAFEHAND_[A-Z_]+|DATABASE_URL)` \|", GUIDE, re.MULTILINE))
    assert table == read
    named = set(re.findall(r"\b(SAFEHAND_[A-Z_]+)", OPERATIONS + IMAGE + "".join(map(Path.read_text, UNITS))))
    assert named <= read


_LIST_ENDS = '"""\n\nfrom'


def _but_its_list(path: Path) -> str:
    """What a module of settings says, without the list that is compared with it."""
    text = path.read_text("utf-8")
    return text.partition(_LIST_ENDS)[2] if path.name == "shipped.py" else text
