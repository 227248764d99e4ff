"""Promises of the ground as a whole: frozen, and without a way to say what nobody read."""

from __future__ import annotations

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safehand.model.digest import is_sha256, sha256_of, sha256_of_stream
from safehand.model.instant import unknown_instant
from safehand.model.message import Kind, Message
from safehand.model.span import Span


def a_message() -> Message:
    return Message(1, Kind.TEXT, "Priya", "The beans are up", unknown_instant(""), Span("chat.txt", 0, 20))


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        a_message().text = "other"  # type: ignore[misc]


def test_a_message_cannot_be_built_without_its_bytes() -> None:
    with pytest.raises(TypeError, match="span"):
        Message(1, Kind.TEXT, "Priya", "The beans are up", unknown_instant(""))  # type: ignore[call-arg]


def test_a_message_survives_being_written_and_read() -> None:
    assert msgspec.json.decode(msgspec.json.encode(a_message()), type=Message) == a_message()


@given(st.binary(max_size=300), st.integers(1, 50))
def test_a_stream_hashes_to_the_same_as_its_bytes(data: bytes, part: int) -> None:
    class Dribble(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(part if size is None or size < 0 else min(size, part))

    assert sha256_of_stream(Dribble(data)) == (sha256_of(data), len(data))


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "A" * 64, "g" * 64, "0" * 64 + "\n", "٠" * 64])
def test_only_one_spelling_of_a_hash_is_accepted(text: str) -> None:
    assert not is_sha256(text)


def test_a_hash_is_a_hash() -> None:
    assert is_sha256(sha256_of(b""))
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
