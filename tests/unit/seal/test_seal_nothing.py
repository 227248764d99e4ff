"""What is said where nothing of what was given can be sealed."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from safehand.errors import NotRecognised
from sealed_packages import prepared_from


def test_a_download_in_another_archive_is_told_to_be_unpacked(tmp_path: Path) -> None:
    words = b'{"userId": "8:priya", "conversations": []}'
    member = tarfile.TarInfo("messages.json")
    member.size = len(words)
    with tarfile.open(tmp_path / "8_priya_export.tar", "w") as made:
        made.addfile(member, io.BytesIO(words))
    with pytest.raises(NotRecognised, match="only archives") as error:
        prepared_from([tmp_path / "8_priya_export.tar"])
    assert "Unpack it first" in str(error.value)


def test_pictures_alone_are_told_as_pictures(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(NotRecognised, match="only pictures") as error:
        prepared_from([tmp_path / "p.jpg"])
    assert "Export chat" in str(error.value)
