"""What a ZIP gives, and what of it is read. The table of odd and bad ones is tests/vectors/archive."""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest

from safehand.errors import ArchiveRefused, CannotRead
from safehand.sources import limits, zip_directory, zip_member
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture, SourceFile
from zip_made import PICTURE, STORED, Member, deflate, streamed, zip_of

CHAT = b"04/01/2026, 19:02 - Priya: the seed potatoes are in\n" * 40
CANARY = bytes(Random(2).randbytes(40_000))


class Recorder(io.FileIO):
    """A file that tells which of its bytes were read."""

    read_ranges: ClassVar[list[tuple[int, int]]] = []

    def read(self, size: int | None = -1, /) -> bytes:
        start = self.tell()
        data = super().read(-1 if size is None else size) or b""
        self.read_ranges.append((start, start + len(data)))
        return data


@pytest.fixture
def ranges(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    monkeypatch.setattr(Recorder, "read_ranges", [])

    real = Path.open

    def recorded(self: Path, mode: str = "r", buffering: int = -1) -> Any:
        if "r" not in mode:
            return real(self, mode, buffering)
        assert (mode, buffering) == ("rb", 0), "a buffer would read ahead"
        return Recorder(self)

    monkeypatch.setattr(Path, "open", recorded)
    yield Recorder.read_ranges
    assert Recorder.read_ranges, "nothing was recorded, so nothing was proved"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "export.zip"
    path.write_bytes(data)
    return path


def read_all(capture: Capture) -> list[bytes]:
    found = []
    for file in capture.files:
        with file.open() as stream:
            found.append(stream.read())
    return found


def meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


MEDIA = (b"IMG-1.jpg", b"VID-2.mp4", b"PTT-3.opus", b"chat.pdf", b"Priya.vcf", b"inner.zip", b"__MACOSX/._chat.txt")


@pytest.mark.parametrize("comment", [b"", b"made on a train", b"\xff" * 900])
def test_no_byte_of_a_picture_is_read(tmp_path: Path, ranges: list[tuple[int, int]], comment: bytes) -> None:
    members = [Member(MEDIA[0], CANARY, method=STORED), Member(b"_chat.txt", CHAT)]
    members += [Member(name, CANARY, method=STORED) for name in MEDIA[1:]]
    members += [Member(b"notes.txt", CHAT, method=STORED), Member(b"last.jpg", CANARY, method=STORED)]
    made = zip_of(members, comment=comment)
    capture = capture_of([write(tmp_path, made.data)])
    assert read_all(capture) == [CHAT, CHAT]
    assert len(capture.register) == len(MEDIA) + 1
    for name in (*MEDIA, b"last.jpg"):
        assert [found for found in ranges if meets(found, made.ranges[name])] == []


def test_of_a_picture_that_was_named_text_only_the_first_bytes_are_read(
    tmp_path: Path, ranges: list[tuple[int, int]]
) -> None:
    made = zip_of([Member(b"chat.txt", PICTURE + CANARY, method=STORED), Member(b"b.txt", PICTURE + CANARY)])
    capture = capture_of([write(tmp_path, made.data)])
    assert capture.files == ()
    assert len(capture.register) == 2
    for start, end in made.ranges.values():
        seen = sum(min(found[1], end) - max(found[0], start) for found in ranges if meets(found, (start, end)))
        assert 0 < seen <= 1024


@pytest.mark.parametrize("cut", [200, 5_000, 30_000])
def test_of_a_zip_cut_short_in_a_picture_next_to_nothing_is_read(
    tmp_path: Path, ranges: list[tuple[int, int]], cut: int
) -> None:
    made = zip_of([Member(b"_chat.txt", CHAT), Member(b"IMG-1.jpg", CANARY, method=STORED)])
    with pytest.raises(ArchiveRefused, match="no end record"):
        capture_of([write(tmp_path, made.data[: made.ranges[b"IMG-1.jpg"][1] - cut])])
    assert sum(end - start for start, end in ranges) <= 128


READ_BYTES = """
import sys
from pathlib import Path
from random import Random
from safehand.sources.archive import capture_of
def count(): return int(next(line for line in open("/proc/self/io") if line.startswith("rchar"))[7:])
before = count(); count(); cost = count() - before
capture_of([Path(sys.argv[1])])  # loads what is loaded once: the table, a codec
before = count()
capture = capture_of([Path(sys.argv[1])])
print(len(capture.files), len(capture.register), count() - before - cost)
"""


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="the kernel does not count bytes read here")
def test_the_kernel_counts_few_bytes_for_a_zip_full_of_pictures(tmp_path: Path) -> None:
    photos = [Member(b"IMG-%d.jpg" % number, CANARY * 20, method=STORED) for number in range(10)]
    path = write(tmp_path, zip_of([*photos, Member(b"_chat.txt", CHAT)], comment=b"x" * 500).data)
    assert path.stat().st_size > 8_000_000
    told = subprocess.run([sys.executable, "-c", READ_BYTES, path], capture_output=True, text=True, check=True)
    files, register, counted = map(int, told.stdout.split())
    assert (files, register) == (1, 10)
    assert counted < 10_000


def test_zipfile_agrees_on_a_good_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_chat.txt", CHAT)
        made.writestr("ünï/messages.json", b"{}" * 100)
        made.writestr("IMG-1.jpg", PICTURE)
        with made.open("big.txt", "w", force_zip64=True) as stream:
            stream.write(CHAT)
    capture = capture_of([tmp_path / "export.zip"])
    assert capture.notes == ()
    with zipfile.ZipFile(tmp_path / "export.zip") as judge:
        for file, data in zip(capture.files, read_all(capture), strict=True):
            assert judge.read(file.name) == data
        assert [one.name for one in capture.register] == ["IMG-1.jpg"]


def test_info_zip_to_a_pipe_is_read(tmp_path: Path) -> None:
    # Streamed by the standard library: sizes after the data, and no way back.
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any, /) -> int:
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_chat.txt", CHAT)
    capture = capture_of([write(tmp_path, bytes(pipe.data))])
    assert read_all(capture) == [CHAT]
    assert capture.notes == ()


def one_file(folder: Path, member: Member) -> SourceFile:
    (file,) = capture_of([write(folder, zip_of([member]).data)]).files
    return file


@pytest.mark.parametrize("method", [0, 8])
def test_a_member_can_be_read_from_any_place_like_a_file(tmp_path: Path, method: int) -> None:
    data = Random(7).randbytes(300_000)
    file = one_file(tmp_path, Member(b"log.txt", b"a" + data, method=method))
    twin = io.BytesIO(b"a" + data)
    places = Random(8)
    with file.open() as stream:
        assert stream.readable()
        assert stream.seekable()
        for _ in range(60):
            place, length = places.randrange(320_000), places.randrange(90_000)
            assert stream.seek(place) == twin.seek(place)
            assert stream.read(length) == twin.read(length)
            assert stream.tell() == twin.tell()
        assert stream.seek(-5, io.SEEK_END) == twin.seek(-5, io.SEEK_END)
        assert stream.read() == twin.read()
    assert stream.closed


def test_a_large_member_goes_to_a_file_without_a_name_and_is_gone_when_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    monkeypatch.setattr(zip_member, "SPOOL", 1000)
    file = one_file(tmp_path, Member(b"chat.txt", CHAT))
    with file.open() as stream:
        assert stream.read() == CHAT
        assert list(spool.iterdir()) == [], "a temporary file with a name could outlive us"
        assert [link for link in map(_target, Path("/proc/self/fd").iterdir()) if link.startswith(str(spool))]
    assert [link for link in map(_target, Path("/proc/self/fd").iterdir()) if link.startswith(str(spool))] == []


def _target(path: Path) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115  a path with " (deleted)" behind it
    except OSError:
        return ""


def test_an_archive_that_changes_after_it_was_captured_is_an_error_when_read(tmp_path: Path) -> None:
    file = one_file(tmp_path, Member(b"chat.txt", CHAT, method=STORED))
    write(tmp_path, zip_of([Member(b"chat.txt", CHAT.replace(b"seed", b"seem"), method=STORED)]).data)
    with file.open() as stream, pytest.raises(CannotRead, match="not what it was"):
        stream.read()


def test_a_damaged_member_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    text = b"".join(b"line %d of the allotment diary\n" % number for number in range(5_000))
    packed = bytearray(deflate(text))
    packed[len(packed) // 2] ^= 0x55
    capture = capture_of([write(tmp_path, zip_of([Member(b"chat.txt", text, packed=bytes(packed))]).data)])
    (data,) = read_all(capture)
    (note,) = capture.notes
    assert note.file == capture.files[0].id
    assert note.doubt is not None
    # A flipped bit may also decode to other letters; what comes before it is exact.
    agreed = next((place for place, pair in enumerate(zip(data, text, strict=False)) if pair[0] != pair[1]), len(data))
    assert agreed > len(text) // 3


def test_a_bomb_costs_no_memory_and_one_byte_too_many(tmp_path: Path) -> None:
    zeros = deflate(b"\0" * (64 << 20), 9)
    path = write(tmp_path, zip_of([Member(b"chat.txt", b"", size=50, packed=zeros)]).data)
    before = _peak()
    (note,) = capture_of([path]).notes
    assert note.words == "It unpacks to more than the 50 bytes that the archive states. Those are read, and no more."
    assert _peak() - before < 20_000


def _peak() -> int:
    return int(
        next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))[6:-2]
    )


def test_more_text_than_the_limit_refuses_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safehand.sources.zip_capture.MAX_TOTAL", 100)
    made = zip_of([Member(b"a.txt", b"x" * 60), Member(b"b.txt", b"x" * 60), Member(b"c.jpg", b"x" * 9_000)])
    with pytest.raises(ArchiveRefused, match="120 bytes; at most 100"):
        capture_of([write(tmp_path, made.data)])


def test_pictures_do_not_count_towards_the_limit_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safehand.sources.zip_capture.MAX_TOTAL", 100)
    made = zip_of([Member(b"a.txt", b"x" * 60), Member(b"c.jpg", b"x" * 9_000)])
    assert len(capture_of([write(tmp_path, made.data)]).files) == 1


def test_more_members_than_the_limit_are_refused_though_the_count_overflowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_directory, "MAX_MEMBERS", 50)
    made = zip_of([Member(b"%d.txt" % number) for number in range(60)], count=10)
    with pytest.raises(ArchiveRefused, match="51 members or more; at most 50"):
        capture_of([write(tmp_path, made.data)])


def test_a_directory_larger_than_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_directory, "MAX_DIRECTORY", 50)
    with pytest.raises(ArchiveRefused, match="at most 50 are read"):
        capture_of([write(tmp_path, zip_of([Member(b"chat.txt", CHAT)]).data)])


def test_a_comment_full_of_false_end_records_costs_little(tmp_path: Path) -> None:
    comment = b"PK\x05\x06 not " * 6_500
    assert len(comment) < 65_535
    path = write(tmp_path, zip_of([Member(b"chat.txt", CHAT)], comment=comment[:65_000]).data)
    # \x05 and \x06 are no text: such an archive is refused, and soon.
    with pytest.raises(ArchiveRefused):
        capture_of([path])


def test_ten_thousand_members_are_captured_in_little_memory(tmp_path: Path) -> None:
    path = write(
        tmp_path, zip_of([Member(b"inbox/%d/message_1.json" % number, b"{}") for number in range(10_000)]).data
    )
    before = _peak()
    assert len(capture_of([path]).files) == 10_000
    assert _peak() - before < 60_000


def test_the_limits_are_those_that_were_reasoned() -> None:
    assert limits.MAX_MEMBERS == 100_000
    assert limits.MAX_MEMBER == 2 << 30
    assert limits.MAX_TOTAL == 20 << 30
    assert (limits.MAX_RATIO, limits.RATIO_FROM) == (200, 10 << 20)


def test_a_streamed_member_before_a_picture_is_found(tmp_path: Path) -> None:
    made = zip_of(
        [streamed(b"_chat.txt", CHAT), Member(b"IMG-1.jpg", PICTURE, method=STORED), streamed(b"b.txt", CHAT)]
    )
    capture = capture_of([write(tmp_path, made.data)])
    assert read_all(capture) == [CHAT, CHAT]
    assert capture.notes == ()
