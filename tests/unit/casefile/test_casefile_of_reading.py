"""Promises of the way from source files to a case file: what is shown beside a message is what it was read from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casefile_builders import KEY
from safehand.casefile.build import build
from safehand.casefile.read import open_casefile
from safehand.casefile.rows import digest_of_rows
from safehand.casefile.search import search
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading


def thread(*spoken: tuple[str, str]) -> bytes:
    """A Messenger thread, newest first, as the platform writes it."""
    messages = [
        {"sender_name": who, "timestamp_ms": 1767950000000 + number * 61_000, "content": text}
        for number, (who, text) in enumerate(spoken)
    ]
    value = {
        "participants": [{"name": "Priya"}, {"name": "Tom"}],
        "messages": messages[::-1],
        "title": "Allotment",
        "is_still_participant": True,
        "thread_path": "inbox/allotment_1",
        "magic_words": [],
    }
    return json.dumps(value).encode()


def build_from(folder: Path, path: Path) -> None:
    """Read a folder and build its case file, as the desk does."""
    capture = capture_of([folder])
    reading = Reading(capture)
    build(path, KEY, reading.events(), capture.files, reading.accounts, register=capture.register, notes=capture.notes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    spoken = [("Tom" if number % 3 else "Priya", f"Row {number}: beans") for number in range(500)]
    (tmp_path / "export" / "message_1.json").write_bytes(thread(*spoken))
    (tmp_path / "export" / "shopping.txt").write_text("string\n")
    (tmp_path / "export" / "plot.jpg").write_bytes(b"\xff\xd8 not opened")
    return tmp_path / "export"


def test_every_message_cites_the_bytes_it_was_read_from(folder: Path, tmp_path: Path) -> None:
    build_from(folder, tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        lines = casefile.page(1, 1, 1000)
        assert len(lines) == 500
        for line in lines:
            span = line.message.span
            cited = casefile.source_bytes(span.file, span.start, span.end)
            assert cited is not None
            assert json.loads(cited)["content"] == line.message.text
            assert cited == Path(span.file).read_bytes()[span.start : span.end]


def test_files_nobody_reads_and_files_nobody_opens_are_there_too(folder: Path, tmp_path: Path) -> None:
    build_from(folder, tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [account.bytes for account in casefile.accounts()] == [file.size for file in casefile.files()]
        (unread,) = [account for account in casefile.accounts() if account.unparsed]
        assert unread.file.endswith("shopping.txt")
        assert [listed.name for listed in casefile.register()] == ["export/plot.jpg"]


def test_deleted_and_rebuilt_it_holds_the_same_rows(folder: Path, tmp_path: Path) -> None:
    digests = set()
    for _ in range(2):
        build_from(folder, tmp_path / "case")
        with open_casefile(tmp_path / "case", KEY) as casefile:
            digests.add(digest_of_rows(casefile))
            assert search(casefile, "row 41").total == 1
        (tmp_path / "case").unlink()
    assert len(digests) == 1


def test_half_a_pair_of_surrogates_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    data = thread(("Tom", "whole"), ("Priya", "half @@ a pair")).replace(b"@@", b"\\ud83d")
    (tmp_path / "export" / "message_1.json").write_bytes(data)
    build_from(tmp_path / "export", tmp_path / "case")
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert [line.message.number for line in casefile.page(1, 1, 9)] == [1, 2]
        assert search(casefile, "pair").total == 1
