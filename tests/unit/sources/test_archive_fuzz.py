"""Near misses of a good ZIP: whatever is changed, there is a Capture or a refusal, soon, and nothing is made up."""

import io
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safehand.errors import CannotRead
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture
from zip_made import PICTURE, STORED, Member, streamed, zip_of

CHAT = b"04/01/2026, 19:02 - Priya: the seed potatoes are in\n" * 30
NOTES = b'{"messages": []}\n'
GOOD = (
    zip_of([Member(b"_chat.txt", CHAT), Member(b"IMG-1.jpg", PICTURE, method=STORED), Member(b"n.json", NOTES)]).data,
    zip_of([streamed(b"_chat.txt", CHAT), streamed(b"n.json", NOTES)], comment=b"by train").data,
    zip_of([Member(b"_chat.txt", CHAT, method=STORED), Member(b"n.json", NOTES, zip64=True)], zip64=True).data,
)
SOON = 2.0  # seconds; each takes a few thousandths
ORIGINALS = {CHAT, NOTES}

archives = st.sampled_from(GOOD)
changes = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "repeat", "swap"]),
        st.integers(0, 4_000),
        st.integers(0, 400),
        st.binary(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, change: tuple[str, int, int, bytes]) -> bytes:
    kind, at, length, new = change
    # Counted from the end, because the directory stands there and most of what can go wrong with it.
    at = max(0, len(data) - at)
    match kind:
        case "flip":
            return data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + len(new)]) + data[at + len(new) :]
        case "cut":
            return data[:at] + data[at + length :]
        case "insert":
            return data[:at] + new + data[at:]
        case "repeat":
            return data[:at] + data[at : at + length] + data[at:]
        case _:
            return data[:at] + data[at + length : at + 2 * length] + data[at : at + length] + data[at + 2 * length :]


def captured(data: bytes) -> tuple[Capture, list[bytes]] | None:
    """What is read of it, or None when it is refused. Anything else is a failure of the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        path.write_bytes(data)
        begin = time.monotonic()
        try:
            capture = capture_of([path])
        except CannotRead:
            return None
        found = []
        for file in capture.files:
            with file.open() as stream:
                found.append(stream.read())
            assert len(found[-1]) == file.size
        assert time.monotonic() - begin < SOON
        return capture, found


@given(archives, changes)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_of_a_zip_is_a_capture_or_refused(
    data: bytes, all_changes: list[tuple[str, int, int, bytes]]
) -> None:
    for change in all_changes:
        data = changed(data, change)
    result = captured(data)
    if result is None:
        return
    capture, found = result
    assert sum(map(len, found)) <= 10 * (len(CHAT) + len(NOTES))
    told = {note.file for note in capture.notes}
    for file, content in zip(capture.files, found, strict=True):
        assert content in ORIGINALS or file.id in told or _judge(data, file.name) == content


def _judge(data: bytes, name: str) -> bytes | None:
    """What the standard library reads under that name, checksum and all; None when it refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return zipfile.ZipFile(io.BytesIO(data)).read(name)
    except Exception:  # noqa: BLE001  zipfile raises many kinds on broken input; any of them is a no
        return None


@given(archives, st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_one_changed_byte_never_changes_a_text_without_a_word(data: bytes, at: int, by: int) -> None:
    at %= len(data)
    result = captured(data[:at] + bytes([data[at] ^ by]) + data[at + 1 :])
    if result is None:
        return
    capture, found = result
    told = {note.file for note in capture.notes}
    assert all(content in ORIGINALS or file.id in told for file, content in zip(capture.files, found, strict=True))
    # What is no longer read is listed, or its name changed to one that is not read: it never disappears.
    assert len(capture.files) + len(capture.register) in {2, 3}


@given(archives, st.integers(0, 10_000))
@settings(max_examples=200, deadline=None)
def test_a_zip_cut_anywhere_is_refused_unless_only_its_comment_is_cut(data: bytes, at: int) -> None:
    at %= len(data)
    result = captured(data[:at])
    assert result is None or (result[1] == [CHAT, NOTES] and len(data) - at <= len(b"by train"))


def test_the_good_ones_are_read_without_a_note() -> None:
    for data in GOOD:
        result = captured(data)
        assert result is not None
        capture, found = result
        assert found == [CHAT, NOTES]
        assert capture.notes == ()
