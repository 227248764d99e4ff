"""Files and folders through the one face. ZIPs: test_archive_zip.py, test_archive_vectors.py, test_archive_fuzz.py."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from safehand.errors import ArchiveRefused, CannotRead
from safehand.model.attachment import FileType
from safehand.sources import archive
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture
from zip_made import PICTURE, Member, zip_of

CHAT = b"04/01/2026, 19:02 - Priya: the seed potatoes are in\n"


def names(capture: Capture) -> list[str]:
    return [file.name for file in capture.files]


def listed(capture: Capture) -> dict[str, str | None]:
    return {one.name: one.refused for one in capture.register}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "export"
    (root / "inbox" / "b_2").mkdir(parents=True)
    (root / "inbox" / "a_1").mkdir()
    (root / "inbox" / "b_2" / "message_1.json").write_bytes(b"{}")
    (root / "inbox" / "a_1" / "message_1.json").write_bytes(b"{}")
    (root / "inbox" / "a_1" / "photo.jpg").write_bytes(PICTURE)
    (root / "_chat.txt").write_bytes(CHAT)
    return root


def test_a_text_file_is_read_by_the_path_it_was_given_by(tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    path.write_bytes(CHAT)
    (file,) = capture_of([path]).files
    assert (file.id, file.name, file.size) == (str(path), "_chat.txt", len(CHAT))
    with file.open() as stream:
        assert stream.read() == CHAT


def test_a_folder_is_walked_in_the_order_of_its_names(folder: Path) -> None:
    capture = capture_of([folder])
    assert names(capture) == ["export/_chat.txt", "export/inbox/a_1/message_1.json", "export/inbox/b_2/message_1.json"]
    assert listed(capture) == {"export/inbox/a_1/photo.jpg": None}


def test_the_same_input_gives_the_same_capture(folder: Path) -> None:
    assert capture_of([folder]) == capture_of([folder])


def test_a_picture_handed_over_by_itself_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PICTURE)
    os.utime(path, (1_767_517_928, 1_767_517_928))
    capture = capture_of([path])
    assert capture.files == ()
    (one,) = capture.register
    assert (one.name, one.type, one.size) == ("photo.jpg", FileType.IMAGE, len(PICTURE))
    assert one.modified == "2026-01-04T09:12:08Z"


def test_a_picture_that_was_named_chat_txt_is_listed_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(PICTURE)
    capture = capture_of([path])
    assert capture.files == ()
    (one,) = capture.register
    assert one.type is FileType.IMAGE
    assert one.refused == "It is named as text and begins as a JPEG picture: it was not read."


def test_links_in_a_folder_are_listed_and_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(CHAT)
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    capture = capture_of([folder])
    assert "export/link.txt" not in names(capture)
    reason = "It is a link to another file, and links are not followed."
    assert listed(capture)["export/link.txt"] == reason
    assert listed(capture)["export/loop"] == reason


def test_a_link_that_somebody_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_bytes(CHAT)
    (tmp_path / "link.txt").symlink_to(tmp_path / "chat.txt")
    assert names(capture_of([tmp_path / "link.txt"])) == ["link.txt"]


def test_a_pipe_is_listed_and_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert listed(capture_of([folder]))["export/pipe.txt"] == "It is a device, not a file."


def test_what_is_handed_over_twice_is_read_once_and_said(folder: Path) -> None:
    capture = capture_of([folder, folder / "_chat.txt"])
    assert names(capture).count("export/_chat.txt") + names(capture).count("_chat.txt") == 1
    assert [note.words for note in capture.notes] == ["It was handed over more than once, and is read once."]


def test_a_name_that_is_not_utf_8_keeps_its_bytes(folder: Path) -> None:
    path = os.fsencode(folder) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:  # noqa: PTH123  a path of bytes
        stream.write(CHAT)
    file = next(file for file in capture_of([folder]).files if file.name.startswith("export/caf"))
    assert file.id.encode()  # fit to be stored: no lone surrogate
    with file.open() as stream:
        assert stream.read() == CHAT


def test_a_line_break_in_a_name_is_spelled_out(folder: Path) -> None:
    (folder / "a\nb.jpg").write_bytes(PICTURE)
    one = next(one for one in capture_of([folder]).register if one.name.startswith("export/a"))
    assert one.name == "export/a\\x0ab.jpg"
    assert one.name_raw == b"export/a\nb.jpg".hex()


def test_two_names_that_print_alike_are_told_apart(folder: Path) -> None:
    (folder / "a\nb.txt").write_bytes(CHAT)
    (folder / "a\\x0ab.txt").write_bytes(CHAT)
    ids = [file.id for file in capture_of([folder]).files]
    assert len(ids) == len(set(ids)) == 5


def test_a_zip_in_a_folder_is_opened_and_one_that_is_not_safe_is_listed(folder: Path) -> None:
    (folder / "good.zip").write_bytes(zip_of([Member(b"_chat.txt", CHAT)]).data)
    (folder / "bad.zip").write_bytes(b"PK and nothing else that a ZIP has")
    capture = capture_of([folder])
    assert str(folder / "good.zip") + "/_chat.txt" in [file.id for file in capture.files]
    assert (
        listed(capture)["export/bad.zip"] == "It is not safe to open. It has no end record, as every ZIP archive must."
    )


def test_a_zip_handed_over_by_itself_that_is_not_safe_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(b"PK and nothing else that a ZIP has")
    with pytest.raises(ArchiveRefused) as refused:
        capture_of([path])
    assert refused.value.where == str(path)
    assert refused.value.todo


def test_a_path_that_is_not_there_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as error:
        capture_of([tmp_path / "nothing.txt"])
    assert error.value.where == str(tmp_path / "nothing.txt")
    assert error.value.found == "It is not there."


def test_a_file_in_a_folder_that_may_not_be_opened_is_listed_with_the_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def closed(self: Path, *args: object, **options: object) -> object:
        if self.name == "_chat.txt":
            raise PermissionError(13, "no")
        return real(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", closed)
    assert listed(capture_of([folder]))["export/_chat.txt"] == "This account of the computer may not open it."


def test_more_files_than_the_limit_are_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with pytest.raises(CannotRead, match="more than 3 files"):
        capture_of([folder])


def test_a_folder_deeper_than_the_stack_is_walked(tmp_path: Path) -> None:
    # The stack is made short rather than the folder deep: pytest could not take away a folder of a thousand levels.
    deep = tmp_path / "export" / Path(*["d"] * 150)
    deep.mkdir(parents=True)
    (deep / "chat.txt").write_bytes(CHAT)
    capture_of([tmp_path])  # loads what is loaded once
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        capture = capture_of([tmp_path / "export"])
    finally:
        sys.setrecursionlimit(limit)
    assert len(capture.files) == 1


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from pathlib import Path
from safehand.sources.archive import capture_of
capture = capture_of([Path(sys.argv[1])])
for file in capture.files:
    file.open().close()
print(len(capture.files), len(capture.register))
for path in opened:
    if path.startswith(sys.argv[1]):
        print(path)
"""


def test_no_picture_in_a_folder_is_ever_opened(folder: Path) -> None:
    for name in ("a.mp4", "b.HEIC", "c.opus", "d.pdf", "e.vcf", "f", "._chat.txt", "thumbs.db"):
        (folder / name).write_bytes(PICTURE)
    told = subprocess.run([sys.executable, "-c", OPENED, folder], capture_output=True, text=True, check=True)
    counts, *opened = told.stdout.splitlines()
    assert counts == "3 9"
    text = {str(file.id) for file in capture_of([folder]).files}
    assert opened, "the hook saw nothing, so it proves nothing"
    assert set(opened) == text
