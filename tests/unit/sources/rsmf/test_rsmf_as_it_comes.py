"""RSMF as it comes, a mail with rsmf.zip: the manifest is read out of it, and nothing else is decoded."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rsmf_made as made
import rsmf_mail_made as mails
import zip_made
from safehand.errors import KnownButNotRead, SafehandError
from safehand.model.attachment import FileType
from safehand.model.conversation import ConversationClosed, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Message
from safehand.sources import rsmf_mail
from safehand.sources.archive import capture_of
from safehand.sources.base64_file import Base64File
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from safehand.sources.recognise import recognise, require_readable
from safehand.sources.zip_capture import ONE_ALONE

SAMPLES = Path(__file__).parents[5] / "shared" / "samples" / "rsmf"

MANIFEST = made.spelled(
    made.manifest(
        [made.ALICE, made.BOB],
        [made.talk("c", ["1", "2"])],
        [
            made.said(1, "1", "The gate is open", "2026-01-04T19:02:11Z"),
            made.said(2, "2", "Thanks 🥕", "2026-01-04T19:03:11Z"),
        ],
    )
)
WHOLE = {"AV1": mails.PICTURE, "rsmf_manifest.json": MANIFEST, "notes.txt": b"Hello", "gate.png": mails.PICTURE}


def given_as(folder: Path, data: bytes, name: str = "talk.rsmf") -> Capture:
    path = folder / name
    path.write_bytes(data)
    return capture_of([path])


def read(capture: Capture) -> tuple[list[Event], Reading]:
    reading = Reading(capture)
    events = list(reading.events())
    for file, account in zip(capture.files, reading.accounts(), strict=True):
        assert sum(tally.bytes for tally in account.segments.values()) == file.size
    return events, reading


def messages_of(capture: Capture) -> list[Message]:
    return [event for event in read(capture)[0] if isinstance(event, Message)]


@pytest.mark.parametrize("name", ["talk.rsmf", "talk.eml", "TALK.RSMF"])
def test_the_manifest_is_read_and_each_message_cites_its_bytes_in_it(tmp_path: Path, name: str) -> None:
    capture = given_as(tmp_path, mails.attached(mails.archive(WHOLE)), name)
    assert [file.id for file in capture.files] == [
        str(tmp_path / name), f"{tmp_path / name}/rsmf.zip/rsmf_manifest.json",
    ]  # fmt: skip
    messages = messages_of(capture)
    with capture.files[1].open() as stream:
        assert stream.read() == MANIFEST
    assert [message.text for message in messages] == ["The gate is open", "Thanks 🥕"]
    for message in messages:
        assert message.span.file == capture.files[1].id
        cited = msgspec.json.decode(MANIFEST[message.span.start : message.span.end])
        assert cited["body"] == message.text


def test_it_gives_the_events_that_the_manifest_alone_gives(tmp_path: Path) -> None:
    out, _ = read(given_as(tmp_path, mails.attached(mails.archive(WHOLE))))
    bare, _ = read(Capture((FileInMemory("m", "rsmf_manifest.json", MANIFEST),)))
    assert [(m.text, m.sender, m.sent, m.span.start) for m in out if isinstance(m, Message)] == [
        (m.text, m.sender, m.sent, m.span.start) for m in bare if isinstance(m, Message)
    ]
    closed = out[-1]
    assert isinstance(closed, ConversationClosed)
    assert "It stood in an archive that was attached to a mail. Nothing else of the archive was opened." in closed.notes


def test_the_mail_itself_is_accounted_for_and_not_read(tmp_path: Path) -> None:
    capture = given_as(tmp_path, mails.attached(mails.archive(WHOLE)))
    _, reading = read(capture)
    mail, manifest = reading.accounts()
    assert [gap.reason for gap in mail.unparsed] == [
        "RSMF: the mail around a conversation in the review format RSMF, which this version does not read"
    ]
    assert manifest.unparsed == ()
    require_readable(capture, reading.recognised)


def test_all_else_is_listed_by_name_and_size(tmp_path: Path) -> None:
    picture = mails.part("avatar.png", mails.lines(mails.PICTURE))
    data = mails.mail(picture, mails.part("rsmf.zip", mails.lines(mails.archive(WHOLE))))
    capture = given_as(tmp_path, data)
    listed = [(one.name, one.type, one.size, one.refused) for one in capture.register]
    assert listed == [
        ("avatar.png", FileType.IMAGE, len(mails.PICTURE), None),
        ("rsmf.zip/AV1", FileType.OTHER, len(mails.PICTURE), None),
        ("rsmf.zip/notes.txt", FileType.TEXT, 5, ONE_ALONE),
        ("rsmf.zip/gate.png", FileType.IMAGE, len(mails.PICTURE), None),
    ]
    assert {one.container for one in capture.register} == {str(tmp_path / "talk.rsmf")}


def test_no_byte_of_a_picture_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped = zip_made.zip_of([
        zip_made.Member(b"IMG-1.jpg", zip_made.PICTURE, method=zip_made.STORED),
        zip_made.Member(b"rsmf_manifest.json", MANIFEST),
        zip_made.Member(b"AV1", zip_made.PICTURE),
    ])  # fmt: skip
    asked: list[tuple[int, int]] = []
    truly = Base64File.read_at

    def watched(file: Base64File, start: int, length: int) -> bytes:
        found = truly(file, start, length)
        asked.append((start, start + len(found)))
        return found

    monkeypatch.setattr(Base64File, "read_at", watched)
    assert len(messages_of(given_as(tmp_path, mails.attached(zipped.data)))) == 2
    assert asked
    for name in (b"IMG-1.jpg", b"AV1"):
        begin, end = zipped.ranges[name]
        assert all(stop <= begin or start >= end for start, stop in asked)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("width", [64, 72, 76, 77, 998, 1_000_000])
def test_it_is_found_whatever_the_length_of_its_lines(tmp_path: Path, width: int, end: bytes) -> None:
    coded = mails.lines(mails.archive(WHOLE), width, end)
    data = mails.mail(mails.part("rsmf.zip", coded)).replace(b"\r\n", end)
    assert len(messages_of(given_as(tmp_path, data))) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b"name=rsmf.zip", b'name="rsmf.zip"'),
        lambda part: part.replace(b"name=rsmf.zip", b"name=RSMF.ZIP"),
        lambda part: part.replace(b";\r\n filename=", b"; filename="),
        lambda part: part.replace(b"\r\n\r\n", b"\r\n\r\n\r\n", 1),
        lambda part: part + b"\r\n\r\n",
        lambda part: part.replace(b"base64", b"BASE64"),
    ],
)  # fmt: skip
def test_the_attachment_is_known_in_every_spelling(tmp_path: Path, change: object) -> None:
    assert callable(change)
    part = change(mails.part("rsmf.zip", mails.lines(mails.archive(WHOLE))))
    assert len(messages_of(given_as(tmp_path, mails.mail(part)))) == 2


def _uneven(coded: bytes) -> bytes:
    """Its second line two characters shorter, and its third as much longer."""
    first, second, third, *rest = coded.split(b"\r\n")
    return b"\r\n".join([first, second[:-2], second[-2:] + third, *rest])


ZIPPED = mails.archive(WHOLE, packed=False)
REFUSED = {
    "no attachment": (mails.mail(), rsmf_mail.ABSENT),
    "another attachment": (mails.mail(mails.part("other.zip", mails.lines(ZIPPED))), rsmf_mail.ABSENT),
    "two of them": (mails.mail(*[mails.part("rsmf.zip", mails.lines(ZIPPED))] * 2), rsmf_mail.SEVERAL),
    "not base64": (mails.mail(mails.part("rsmf.zip", ZIPPED, encoding="8bit")), rsmf_mail.UNEVEN),
    "uneven lines": (mails.mail(mails.part("rsmf.zip", _uneven(mails.lines(ZIPPED)))), rsmf_mail.UNEVEN),
    "rubbish": (mails.mail(mails.part("rsmf.zip", b"!" * 90 + b"\r\n")), rsmf_mail.UNEVEN),
    "nothing": (mails.mail(mails.part("rsmf.zip", b"\r\n")), rsmf_mail.UNEVEN),
    "left out": (mails.mail(mails.part("rsmf.zip", b"[[safehand left out 48211 bytes]]\r\n")), rsmf_mail.UNEVEN),
    "no archive": (mails.attached(b"Hello, this is no archive at all. " * 20), "It is not safe to open."),
    "cut": (mails.attached(ZIPPED)[:-4000], "It is not safe to open."),
    "bomb": (
        mails.attached(zip_made.zip_of([zip_made.Member(
            b"rsmf_manifest.json", b"", size=11 << 20, packed=zip_made.deflate(b"a" * (11 << 20), 9))]).data),
        "as archive bombs do",
    ),
    "locked": (mails.attached(zip_made.zip_of([zip_made.Member(b"rsmf_manifest.json", MANIFEST, flags=1)]).data),
               "locked with a password"),
    "no manifest": (mails.attached(mails.archive({"AV1": mails.PICTURE})), None),
}  # fmt: skip


@pytest.mark.parametrize("title", sorted(REFUSED))
def test_what_cannot_be_opened_is_refused_kindly_and_every_byte_accounted_for(tmp_path: Path, title: str) -> None:
    data, words = REFUSED[title]
    capture = given_as(tmp_path, data)
    said = [one.refused or "" for one in capture.register] + [note.words for note in capture.notes]
    assert words is None or any(words in one for one in said)
    events, reading = read(capture)
    assert events == []
    with pytest.raises(KnownButNotRead, match="RSMF") as error:
        require_readable(capture, reading.recognised)
    assert "rsmf.zip" in error.value.todo


def test_a_damaged_manifest_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    member = zip_made.Member(b"rsmf_manifest.json", MANIFEST, crc32=7)
    events, _ = read(given_as(tmp_path, mails.attached(zip_made.zip_of([member]).data)))
    closed = events[-1]
    assert isinstance(closed, ConversationClosed)
    assert (Doubt.CHECKSUM_MISMATCH, 1) in closed.doubts


def test_in_an_archive_it_is_not_opened_for_archives_are_opened_to_a_depth_of_one(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("talk.rsmf", mails.attached(mails.archive(WHOLE)))
    capture = capture_of([path])
    assert [file.name for file in capture.files] == ["talk.rsmf"]
    with pytest.raises(KnownButNotRead) as error:
        require_readable(capture, recognise(capture))
    assert "by itself" in error.value.todo


def test_in_a_folder_each_has_its_own_manifest(tmp_path: Path) -> None:
    for name in ("a.rsmf", "b.rsmf"):
        (tmp_path / name).write_bytes(mails.attached(mails.archive(WHOLE)))
    assert len(messages_of(capture_of([tmp_path]))) == 4


@pytest.mark.parametrize(
    "data",
    [
        mails.attached(mails.archive(WHOLE)).replace(b"X-RSMF-Version", b"X-Other"),
        b"See:\n\n" + mails.attached(mails.archive(WHOLE)),
        b"",
        b"X-RSMF-Version: 2.0.0",
    ],
)
def test_a_mail_that_is_none_of_rsmfs_is_not_opened(tmp_path: Path, data: bytes) -> None:
    assert len(given_as(tmp_path, data).files) == 1


def test_memory_does_not_grow_with_the_mail(tmp_path: Path) -> None:
    picture = mails.part("film.mp4", mails.lines(bytes(9 << 20)))
    path = tmp_path / "talk.rsmf"
    path.write_bytes(mails.mail(picture, mails.part("rsmf.zip", mails.lines(mails.archive(WHOLE)))))
    tracemalloc.start()
    assert len(messages_of(capture_of([path]))) == 2
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 << 20


changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 90), st.sampled_from([b"", b"\r\n", b"=", b"--RSMFEML", b"\xff", b"A"])),
    min_size=1,
    max_size=4,
)


@given(changes)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_near_miss_raises_nothing_and_loses_no_byte(wrongs: list[tuple[float, int, bytes]]) -> None:
    data = mails.mail(
        mails.part("avatar.png", mails.lines(mails.PICTURE[:200])),
        mails.part("rsmf.zip", mails.lines(mails.archive(WHOLE))),
    )
    for where, length, new in wrongs:
        at = int(where * len(data))
        data = data[:at] + new + data[at + length :]
    with TemporaryDirectory() as folder, suppress(SafehandError):
        read(given_as(Path(folder), data))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_the_sample_gives_its_one_message_and_lists_its_pictures() -> None:
    capture = capture_of([SAMPLES / "rs_Sample3_message.eml"])
    assert [message.text for message in messages_of(capture)] == ["This is body text."]
    assert [one.name for one in capture.register] == ["avatar.png", "rsmf.zip/AV1"]
