"""A return that a platform gives to police is not sealed as a chat: it is listed, told, and left where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import roblox_return as roblox
from safehand.errors import CannotRead
from safehand.seal.write import prepare
from safehand.sources.desk_only import RETURN
from sealed_packages import ANSWERS, MACHINE, answers, checked, noon, prepared_from, tar_of, write_chat


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    path = tmp_path / roblox.NAME
    path.write_bytes(roblox.chat([[roblox.said("1", "blocky", "The gate is open", roblox.at(1))]]))
    return path


def test_beside_a_chat_it_is_listed_and_the_chat_is_sealed(tmp_path: Path, returned: Path) -> None:
    prepared = prepared_from([write_chat(tmp_path), returned])
    assert [item.name for item in prepared.statement.items] == ["_chat.txt"]
    (listed,) = prepared.statement.attachments
    assert (listed.name, listed.refused) == (roblox.NAME, True)
    assert [one.refused for one in prepared.capture.register] == [RETURN]
    report = checked(tar_of(prepared))
    assert report.passed
    assert b"The gate is open" not in tar_of(prepared)


def test_alone_nothing_is_sealed_and_the_sentence_says_why(returned: Path) -> None:
    with pytest.raises(CannotRead, match="gives to police: it is read at a desk and nowhere else") as error:
        prepared_from([returned])
    assert error.value.where == roblox.NAME


def test_an_officer_who_says_so_seals_it_for_the_unit(returned: Path) -> None:
    prepared = prepare([returned], answers(), clock=noon, machine=MACHINE, at_desk=True)
    assert [item.name for item in prepared.statement.items] == [roblox.NAME]
    assert prepared.statement.attachments == ()


@pytest.mark.parametrize("lines", ["", "first_line = 1\nlast_line = 1\n"])
def test_what_was_to_be_left_out_of_it_is_no_exclusion_unless_it_is_all_of_it(
    tmp_path: Path, returned: Path, lines: str
) -> None:
    toml = ANSWERS + f'\n[[exclusions]]\nfile = "{roblox.NAME}"\nreason = "Not ours."\n{lines}'.encode()
    statement = prepared_from([write_chat(tmp_path), returned], toml).statement
    assert len(statement.exclusions) == (not lines)
    assert len(statement.attachments) == bool(lines)
    assert checked(tar_of(prepared_from([write_chat(tmp_path), returned], toml))).passed


def test_a_conversation_picked_out_of_a_return_is_refused_and_one_beside_it_is_sealed(
    tmp_path: Path, returned: Path
) -> None:
    chat = write_chat(tmp_path)
    toml = '\n[only]\nconversations = [{}]\nreason = "The other is not ours."\n'
    with pytest.raises(CannotRead, match="it is read at a desk and nowhere else"):
        prepared_from([chat, returned], ANSWERS + toml.format(2).encode())
    statement = prepared_from([chat, returned], ANSWERS + toml.format(1).encode()).statement
    assert [item.name for item in statement.items] == ["_chat.txt"]
    assert statement.attachments == ()
