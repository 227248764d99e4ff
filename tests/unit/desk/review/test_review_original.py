from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.desk.review.presenters.original import Part, Stretch, encoding_of, visible


def shown(data: bytes, encoding: str = "utf-8") -> str:
    return "".join(f"[{s.text}]" if s.part is Part.NAMED else s.text for s in visible(data, encoding))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"beans", "beans"),
        ("potato\u202eotatop".encode(), "potato[U+202E]otatop"),
        ("\u2066Priya\u2069".encode(), "[U+2066]Priya[U+2069]"),
        ("a\u200bb\u200eb".encode(), "a[U+200B]b[U+200E]b"),
        ("9:12\u202fPM".encode(), "9:12\u202fPM"),
        (b"caf\xc3", "caf[byte C3]"),
        (b"\xe2\x80", "[byte E2][byte 80]"),
        (b"a\tb\r\n", "a[tab]b[CR]\n"),
        (b"\x00\x1b[31m", "[NUL][U+001B][31m"),
        ("\ufeffbegins".encode(), "[BOM]begins"),
        ("\ue000".encode(), "[U+E000]"),
        ("👩‍🌾".encode(), "👩‍🌾"),
    ],
)
def test_nothing_hides_in_the_original(data: bytes, text: str) -> None:
    assert shown(data) == text


def test_the_end_of_a_line_is_a_stretch_of_its_own() -> None:
    assert visible(b"a\nb") == (Stretch(Part.TEXT, "a"), Stretch(Part.NEWLINE, "\n"), Stretch(Part.TEXT, "b"))


@pytest.mark.parametrize(
    ("head", "encoding"),
    [(b"\xff\xfeh\x00", "utf-16-le"), (b"\xfe\xff\x00h", "utf-16-be"), (b"hell", "utf-8"), (b"", "utf-8")],
)
def test_a_utf16_file_is_read_as_one(head: bytes, encoding: str) -> None:
    assert encoding_of(head) == encoding


def test_utf16_bytes_are_shown_as_their_text() -> None:
    assert shown("beans are up".encode("utf-16-le"), "utf-16-le") == "beans are up"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_and_no_character_that_turns_others_comes_through(data: bytes) -> None:
    text = "".join(stretch.text for stretch in visible(data))
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b")
    assert not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
