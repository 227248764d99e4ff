"""Signed notes and keys are those of C2SP's specification, and nothing near to one is read or believed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from log_made import ORIGIN, InMemory, entries_of, key_of, signed, verifier_of
from safehand.errors import CannotRead, KnownButNotRead, UsageError
from safehand.log.note import (
    MOST_SIGNATURES,
    Note,
    NotSigned,
    Signature,
    cosign,
    format_note,
    parse_note,
    sign,
    signed_by,
)
from safehand.log.policy import parse_policy
from safehand.log.vkey import Kind, VerifierKey, format_vkey, parse_vkey

# c2sp.org/signed-note v1.0.0, "Example".
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = """This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
POEM = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501
NORTH, SOUTH = key_of(1), key_of(2)
TEXT = "row 1 of peas is up\n"


def test_the_published_note_is_signed_by_the_published_key() -> None:
    key = parse_vkey(VKEY)
    assert format_vkey(key) == VKEY
    assert signed_by(parse_note(NOTE), [key]) == {key: None}
    assert format_note(parse_note(NOTE)) == NOTE


def test_a_text_may_have_empty_lines_and_the_last_one_ends_it() -> None:
    note = parse_note(POEM)
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert [signature.name for signature in note.signatures] == ["quasimodo.example/salvatore"]
    assert format_note(note) == POEM


def test_every_change_of_one_character_is_no_note_or_not_signed() -> None:
    key = parse_vkey(VKEY)
    for at in range(len(NOTE)):
        for other in ("A", "/", "\n", " ", "\x00", "é"):
            changed = NOTE[:at] + other + NOTE[at + 1 :]
            if changed != NOTE:
                with pytest.raises((CannotRead, NotSigned)):
                    signed_by(parse_note(changed), [key])


@given(
    st.binary(min_size=32, max_size=32),
    st.sampled_from(Kind),
    st.sampled_from(["a", "plot14.example/log", "грядка", "x" * 300]),
)
def test_a_key_is_read_back_as_it_was_written(public: bytes, kind: Kind, name: str) -> None:
    key = VerifierKey(name, kind, public)
    assert parse_vkey(format_vkey(key)) == key


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\tb", "a\x01b", "a\u2028b", "\ud800"])
def test_no_key_is_called_so(name: str) -> None:
    with pytest.raises(UsageError):
        VerifierKey(name, Kind.ED25519, bytes(32))


NO_KEYS = {
    "cut": VKEY[:-4],
    "another ID": VKEY.replace("530d903a", "530d903b"),
    "an ID in capitals": VKEY.replace("530d903a", "530D903A"),
    "no name": VKEY[VKEY.index("+") :],
    "two parts": VKEY.rpartition("+")[0],
    "a line's end": f"{VKEY}\n",
    "not base64": VKEY[:-1] + "*",
    "another spelling of the base64": VKEY[:-1] + "l",
    "a kind that nobody reads": format_vkey(VerifierKey("a", Kind.ED25519, bytes(32))).replace("+AQ", "+Bg"),
    "nothing": "",
}


@pytest.mark.parametrize("name", NO_KEYS)
def test_what_is_not_exactly_a_key_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_vkey(NO_KEYS[name])


@pytest.mark.parametrize("kind", [2, 5, 6])
def test_a_kind_of_key_that_is_not_read_yet_is_told_from_what_is_no_key(kind: int) -> None:
    data = base64.b64encode(bytes([kind]) + bytes(1312)).decode()
    with pytest.raises(KnownButNotRead):
        parse_vkey(f"north.example+00000000+{data}")
    with pytest.raises(KnownButNotRead, match="Line 2: "):
        parse_policy(f"# ours\nwitness north north.example+00000000+{data}\nquorum north\n".encode())


LINE = NOTE.splitlines()[-1]
NO_NOTES = {
    "no signature": "text\n",
    "no empty line": f"text\n{LINE}\n",
    "the last line is cut": f"text\n\n{LINE}",
    "an empty line after it": f"text\n\n{LINE}\n\n",
    "another dash": f"text\n\n{LINE.replace('—', '-')}\n",
    "two spaces": f"text\n\n{LINE.replace('— ', '—  ')}\n",
    "a word more": f"text\n\n{LINE} x\n",
    "no base64": f"text\n\n{LINE}!\n",
    "an ID and nothing after it": "text\n\n— a AAAAAA==\n",
    "a control character": f"te\x01xt\n\n{LINE}\n",
    "a carriage return": f"text\r\n\n{LINE}\n",
    "half a character": f"te\ud800xt\n\n{LINE}\n",
    "too many signatures": "text\n\n" + f"{LINE}\n" * (MOST_SIGNATURES + 1),
    "too long": "a" * 1_000_001 + f"\n\n{LINE}\n",
}


@pytest.mark.parametrize("name", NO_NOTES)
def test_what_is_not_exactly_a_note_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        parse_note(NO_NOTES[name])


def test_sixteen_signatures_and_more_are_read() -> None:
    assert len(parse_note("text\n\n" + f"{LINE}\n" * MOST_SIGNATURES).signatures) == MOST_SIGNATURES


@pytest.mark.parametrize("text", ["", "no end", "a\x00b\n"])
def test_what_could_not_be_read_back_is_not_written(text: str) -> None:
    with pytest.raises(UsageError):
        format_note(Note(text, (sign(text, "north", NORTH),)))
    with pytest.raises(UsageError):
        format_note(Note(TEXT, ()))


def test_signatures_of_keys_that_nobody_asked_about_are_left_alone() -> None:
    north, south = verifier_of("north", NORTH), verifier_of("south", SOUTH)
    wrong = Signature("south", south.key_id, bytes(64))
    note = Note(TEXT, (sign(TEXT, "north", NORTH), wrong, Signature("north", b"\0\0\0\0", bytes(64))))
    assert signed_by(note, [north]) == {north: None}
    with pytest.raises(NotSigned, match="not of this text"):
        signed_by(note, [north, south])
    with pytest.raises(NotSigned, match="No key that is believed"):
        signed_by(note, [])


def test_a_witness_says_when_and_its_word_is_for_that_time_alone() -> None:
    witness = verifier_of("south", SOUTH, Kind.COSIGNATURE)
    line = cosign(TEXT, "south", SOUTH, 1_764_300_000)
    assert signed_by(Note(TEXT, (line,)), [witness]) == {witness: 1_764_300_000}
    for at in range(len(line.data)):
        changed = Signature(line.name, line.key_id, line.data[:at] + bytes([line.data[at] ^ 1]) + line.data[at + 1 :])
        with pytest.raises(NotSigned):
            signed_by(Note(TEXT, (changed,)), [witness])
    for cut in (b"", line.data[:-1], line.data + b"\0"):
        with pytest.raises(NotSigned):
            signed_by(Note(TEXT, (Signature(line.name, line.key_id, cut),)), [witness])


@pytest.mark.parametrize("name", ["a\u200bb", "a\u00adb", "\U000e0041", "\u0378"])
def test_a_line_with_an_odd_name_that_the_specification_allows_is_left_alone(name: str) -> None:
    north = verifier_of("north", NORTH)
    note = Note(TEXT, (Signature(name, b"\0\0\0\0", bytes(64)), sign(TEXT, "north", NORTH)))
    assert signed_by(parse_note(format_note(note)), [north]) == {north: None}


def test_two_keys_that_a_line_cannot_tell_apart_are_not_both_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerifierKey, "key_id", b"\0\0\0\1")  # as if their hashes began alike
    north, other = verifier_of("north", NORTH), verifier_of("north", SOUTH)
    assert signed_by(Note(TEXT, (sign(TEXT, "north", NORTH),)), [north, north]) == {north: None}
    with pytest.raises(UsageError):
        signed_by(Note(TEXT, (sign(TEXT, "north", NORTH),)), [north, other])


@pytest.mark.parametrize("seconds", [0, -1, 1 << 63])
def test_a_witness_signs_at_a_time_that_can_be(seconds: int) -> None:
    with pytest.raises(UsageError):
        cosign(TEXT, "south", SOUTH, seconds)


def test_a_key_that_signs_logs_is_no_witness_and_the_other_way_round() -> None:
    log, witness = verifier_of("south", SOUTH), verifier_of("south", SOUTH, Kind.COSIGNATURE)
    assert log.key_id != witness.key_id
    note = signed(InMemory(entries_of(3)), SOUTH, "south")
    with pytest.raises(NotSigned):
        signed_by(note, [witness])
    with pytest.raises(NotSigned):
        signed_by(Note(TEXT, (cosign(TEXT, "south", SOUTH, 5),)), [log])
    assert ORIGIN in note.text
