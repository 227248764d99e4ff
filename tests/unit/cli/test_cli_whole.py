"""What the summary says of a record that may not be whole: in words, and as JSON."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import meta_thread
from safehand.cli.read import read
from sealed_packages import ANSWERS, prepared_from, tar_of, write_chat

ROWS = [f"row {n} of the potatoes is dug" for n in range(8)]


def asked(*arguments: object) -> Result:
    return CliRunner().invoke(read, [str(one) for one in arguments], standalone_mode=False)


def lines(*arguments: object) -> list[str]:
    return [line.strip() for line in asked(*arguments).stdout.splitlines()]


def value(*arguments: object) -> dict[str, Any]:
    found = json.loads(asked(*arguments, "--json").stdout)
    assert isinstance(found, dict)
    return found


def thread(folder: Path, name: str, *names: str) -> Path:
    """A thread in which ``names`` write in turn."""
    said = [
        meta_thread.said(names[n % len(names)], meta_thread.START + n * 600_000, words) for n, words in enumerate(ROWS)
    ]
    (data,) = meta_thread.Thread(tuple(sorted(set(names))), said).files(per_file=99).values()
    path = folder / name
    path.write_bytes(data)
    return path


def unpacked(folder: Path, declarations: str) -> Path:
    """What ``safehand unseal`` unpacks: a chat, and a statement with these declarations."""
    chat = write_chat(folder / "given")
    tar = tar_of(prepared_from([chat], ANSWERS + f"\n[declarations]\n{declarations}\n".encode()))
    with tarfile.open(fileobj=io.BytesIO(tar)) as package:
        package.extractall(folder / "opened", filter="data")
    return folder / "opened"


def test_two_exports_with_each_name_in_the_place_of_the_other_are_told_to_differ_in_who_wrote(tmp_path: Path) -> None:
    mine, yours = thread(tmp_path, "mine.json", "Priya", "Tom"), thread(tmp_path, "yours.json", "Tom", "Priya")
    assert any("0 messages the same, 8 differing (8 in who wrote it)" in line for line in lines(mine, yours))
    (pair,) = value(mine, yours)["side_by_side"]
    assert [(row["verdict"], row["differs"], row["length"]) for row in pair["rows"]] == [("differing", "who", 8)]
    assert pair["by_order"] is False


def test_who_was_taken_for_whom_is_said(tmp_path: Path) -> None:
    mine, yours = thread(tmp_path, "mine.json", "Priya", "Tom"), thread(tmp_path, "yours.json", "Plot 9", "Tom")
    told = lines(mine, yours)
    assert any("8 messages the same, 0 differing, 0 only" in line for line in told)
    assert "Taken as one account, by what they wrote: Priya in 1 is Plot 9 in 2" in told
    (pair,) = value(mine, yours)["side_by_side"]
    assert pair["accounts"] == [{"a": "Priya", "b": "Plot 9"}, {"a": "Tom", "b": "Tom"}]
    assert not any("Taken as" in line for line in lines(mine, thread(tmp_path, "again.json", "Priya", "Tom")))


def test_exports_without_times_are_said_to_lie_side_by_side_by_their_order_alone(tmp_path: Path) -> None:
    head = "You're now chatting with a random stranger. Say hi!\n"
    log = head + "".join(f"{('You', 'Stranger')[n % 2]}: {words}\n" for n, words in enumerate(ROWS))
    for name in ("omegle1.txt", "omegle2.txt"):
        (tmp_path / name).write_text(log)
    told = lines(tmp_path / "omegle1.txt", tmp_path / "omegle2.txt")
    assert any("are one in two exports" in line for line in told)
    assert "One of them has no times: they are laid side by side by their words and the order of them alone" in told


@pytest.mark.parametrize(
    ("declarations", "told"),
    [
        ('other_platforms = "on Snapchat, then Discord"', "2 other places they wrote in, {}: snapchat, discord"),
        ('all_platforms = "no"', "1 other place they wrote in, {}: elsewhere"),
    ],
)
def test_what_the_statement_of_an_unpacked_package_says_of_other_places_is_told(
    tmp_path: Path, declarations: str, told: str
) -> None:
    opened = unpacked(tmp_path, declarations)
    assert told.format("as the statement says") in lines(opened, "--summary")
    found = value(opened)
    assert [gap["kind"] for gap in found["gaps"]].count("other_platform") == int(told[0])
    assert found["files"][0]["file"] == "data/0001.txt"


def test_a_statement_that_names_no_other_place_and_a_chat_without_one_tell_none(tmp_path: Path) -> None:
    opened = unpacked(tmp_path, 'other_platforms = "WhatsApp"')
    assert "Is it whole?" in lines(opened)
    assert not any("other place" in line for line in lines(opened))
    assert not any("other place" in line for line in lines(opened / "bag" / "data" / "0001.txt"))


def test_a_statement_that_was_changed_is_refused(tmp_path: Path) -> None:
    opened = unpacked(tmp_path, 'all_platforms = "no"')
    statement = opened / "bag" / "statement.json"
    statement.write_bytes(statement.read_bytes().replace(b'"no"', b' "no"', 1))
    result = asked(opened)
    assert (result.stdout, type(result.exception).__name__) == ("", "PackageDamaged")
