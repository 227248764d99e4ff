"""What a platform gives to police alone: told and listed on the holder's side, read by whoever reads."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import roblox_return as roblox
from promise_samples import BUILDERS
from safehand.errors import NotRecognised
from safehand.model.message import Message
from safehand.sources import SOURCES
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.desk_only import ENDINGS, RETURN, is_desk_only, returns_of, without_returns
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise, require_readable
from safehand.sources.text_members import ending

CHAT = b"09/01/2026, 22:27 - Priya: The allotment gate is open\n09/01/2026, 22:28 - Sam: Football is at ten\n"
RETURNED = roblox.chat([[roblox.said("1", "blocky", "The gate is open", roblox.at(1))]])
SAMPLES = {name: BUILDERS[name](6) for name in BUILDERS}


def in_memory(files: dict[str, bytes]) -> Capture:
    return Capture(tuple(FileInMemory(name, name, data) for name, data in files.items()))


def test_only_rows_of_the_table_that_say_so_are_desk_only() -> None:
    assert {source.id for source in SOURCES if source.desk_only} == {s.id for s in SOURCES if is_desk_only(s.id)}
    assert is_desk_only("roblox")
    assert not is_desk_only("whatsapp")
    assert not is_desk_only("nothing")


@pytest.mark.parametrize("name", [name for name in SAMPLES if is_desk_only(SAMPLES[name].source)])
def test_every_sample_of_a_return_is_known_for_one_and_listed_with_the_sentence(name: str) -> None:
    made = SAMPLES[name]
    assert {ending(file) for file in made.files} <= ENDINGS
    capture = in_memory({**made.files, "_chat.txt": CHAT})
    kept = without_returns(capture)
    assert [file.id for file in kept.files] == ["_chat.txt"]
    assert [(one.name, one.refused) for one in kept.register] == [(file, RETURN) for file in made.files]


@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if not is_desk_only(SAMPLES[name].source) and "ZIP" not in name]
)
def test_no_sample_of_a_holders_export_is_taken_for_a_return(name: str) -> None:
    capture = in_memory(SAMPLES[name].files)
    assert without_returns(capture) is capture


def test_a_return_is_read_by_whoever_reads() -> None:
    reading = Reading(in_memory({roblox.NAME: RETURNED}))
    assert [event.text for event in reading.events() if isinstance(event, Message)] == ["The gate is open"]


def test_a_chat_in_which_a_return_was_pasted_is_no_return() -> None:
    pasted = b"09/01/2026, 22:27 - Priya: look\n" + RETURNED.removeprefix(b"\xef\xbb\xbf") + CHAT
    assert returns_of(in_memory({"_chat.txt": pasted, "notes.csv": b"bed,what\n1,peas\n"})) == frozenset()


def test_in_a_zip_it_is_listed_as_its_directory_has_it(tmp_path: Path) -> None:
    path = tmp_path / "return.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(zipfile.ZipInfo(roblox.NAME, (2026, 1, 5, 10, 0, 0)), RETURNED)
        made.writestr("_chat.txt", CHAT)
    kept = without_returns(capture_of([path]))
    (listed,) = kept.register
    assert [file.name for file in kept.files] == ["_chat.txt"]
    assert (listed.name, listed.size, listed.modified) == (roblox.NAME, len(RETURNED), "2026-01-05T10:00:00")
    assert listed.crc32 is not None
    assert listed.container == str(path)


def test_what_is_read_at_a_desk_alone_is_not_offered_to_a_holder_as_something_to_hand_over() -> None:
    capture = in_memory({"notes.txt": b"potatoes, onions\n"})
    with pytest.raises(NotRecognised, match="Safehand reads") as error:
        require_readable(capture, recognise(capture))
    assert "return" not in str(error.value)
