"""What a file, a folder or a ZIP is, how sure that is and why: in words, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

import meta_thread
from safehand.cli.recognise import recognise

WHY = "it lists participants, and its messages have sender_name and timestamp_ms"
SAID = f"  {WHY[0].upper()}{WHY[1:]}."
THREAD = meta_thread.Thread(("Priya", "Tom"), [meta_thread.said("Priya", meta_thread.START, "The gate is open")])
VOICE = b'<!DOCTYPE html>\n<html><div class="hChatLog hfeed">'


def asked(*arguments: object) -> Result:
    return CliRunner().invoke(recognise, [str(one) for one in arguments], standalone_mode=False)


def value(*arguments: object) -> dict[str, Any]:
    found = json.loads(asked(*arguments, "--json").stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A thread, an export that is known and not read, and something of no form."""
    made = tmp_path / "download"
    made.mkdir()
    (data,) = THREAD.files(per_file=9).values()
    (made / "message_1.json").write_bytes(data)
    (made / "voice.html").write_bytes(VOICE)
    (made / "notes.txt").write_text("beans\nstring\n")
    return made


def zipped(folder: Path) -> Path:
    path = folder.parent / "download.zip"
    with ZipFile(path, "w") as archive:
        for one in sorted(folder.iterdir()):
            archive.write(one, one.name)
    return path


def test_a_file_is_told_with_how_sure_that_is_and_why(folder: Path) -> None:
    file = folder / "message_1.json"
    result = asked(file)
    lines = result.stdout.splitlines()
    assert lines[0] == "Messenger and Instagram, messenger_or_instagram/thread-json: certain"
    assert lines[1].startswith("  1 file   ")
    assert lines[2:] == [SAID]
    assert result.return_value == 0
    (claim,) = value(file)["claims"]
    assert (claim["source"], claim["form"], claim["certainty"], claim["why"], claim["desk_only"]) == (
        "meta", "messenger_or_instagram/thread-json", "certain", WHY, False)  # fmt: skip


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_folder_and_a_zip_are_told_file_by_file_also_what_is_not_read(folder: Path, *, packed: bool) -> None:
    given = zipped(folder) if packed else folder
    result = asked(given)
    lines = result.stdout.splitlines()
    assert "Messenger and Instagram, messenger_or_instagram/thread-json: certain" in lines
    assert SAID in lines
    assert "Google Voice: known to this version and not read by it" in lines
    assert any(line.startswith("  This is ") for line in lines)
    assert "Of no form that this version knows" in lines
    assert result.return_value == 5
    found = value(given)
    assert [(one["certainty"], one["why"]) for one in found["claims"]] == [("certain", WHY)]
    assert [(one["form"], one["platform"]) for one in found["known"]] == [("google-voice/html", "Google Voice")]
    assert [name.rpartition("/")[2] for name in found["unknown"]] == ["notes.txt"]


def test_what_is_less_than_certain_says_so(tmp_path: Path) -> None:
    file = tmp_path / "messages.json"
    file.write_bytes(b'{"conversations": [{"id": "8:live:robin", "MessageList": []}]}')
    lines = asked(file).stdout.splitlines()
    assert lines[0].endswith(": likely")
    assert lines[-1] == "  It has Skype's lists of messages."
    (claim,) = value(file)["claims"]
    assert (claim["certainty"], claim["why"]) == ("likely", "it has Skype's lists of messages")


@pytest.mark.parametrize(
    ("data", "error"), [(VOICE, "KnownButNotRead"), (b"beans\nstring\n", "NotRecognised")], ids=["known", "unknown"]
)
def test_where_nothing_would_be_read_it_is_an_error_that_says_which_of_the_two(
    tmp_path: Path, data: bytes, error: str
) -> None:
    file = tmp_path / "given.html"
    file.write_bytes(data)
    result = asked(file)
    assert (result.stdout, type(result.exception).__name__) == ("", error)
