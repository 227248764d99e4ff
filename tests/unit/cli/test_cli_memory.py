"""What the command line holds in memory, whatever it is given: one line without end, ten thousand files."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from peak_memory import peak_mib

SAFEHAND = [sys.executable, "-m", "safehand.cli.main"]
LINE = b"03/01/2026, 07:12 - Priya: The gate is open\n"


def test_a_line_of_64_mib_is_told_as_unread_and_never_held(tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    with path.open("wb") as file:
        file.write(LINE + LINE.removesuffix(b"\n"))
        for _ in range(64):
            file.write(b"potatoes" * (1 << 17))
    assert peak_mib([*SAFEHAND, "read", "--account", str(path)], ends_with=5) < 150


def test_sealing_and_checking_hold_no_more_for_each_file_than_the_spec_says(tmp_path: Path) -> None:
    """docs/spec/package.md, "Memory": 50 MiB, and 4 KiB for each file."""
    files = 8_000
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for number in range(files):
            archive.writestr(f"export/part/file-{number:06}.txt", LINE)
    keys, package = tmp_path / "keys", str(tmp_path / "a.safehand")
    peak_mib([*SAFEHAND, "keys", "new", str(keys)])
    seal = ["seal", str(tmp_path / "export.zip"), "--to", str(keys / "desk.pub"), "--dont-know", "-o", package]
    verify = ["verify", package, "--key", str(keys / "desk.agekey")]
    bound = 50 + files * 4 / 1024
    assert peak_mib([*SAFEHAND, *seal]) < bound
    assert peak_mib([*SAFEHAND, *verify]) < bound
