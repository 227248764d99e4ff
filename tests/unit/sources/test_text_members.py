from collections import Counter

import pytest

from safehand.model.attachment import FileType
from safehand.sources.text_members import (
    SCHEMA,
    ending,
    file_type,
    is_text_member,
    table,
    what_it_is_instead,
    why_never_read,
)


@pytest.mark.parametrize(
    ("name", "type_", "is_text"),
    [
        ("_chat.txt", FileType.TEXT, True),
        ("WhatsApp Chat with Mr. Bean.txt", FileType.TEXT, True),
        ("Chat.TXT", FileType.TEXT, True),
        ("messages/inbox/allotment_1/message_1.json", FileType.TEXT, True),
        ("messages\\inbox\\message_1.html", FileType.TEXT, True),
        ("data/direct-messages.js", FileType.TEXT, True),
        ("sms-20260104.xml", FileType.TEXT, True),
        ("chat.txt.jpg", FileType.IMAGE, False),
        ("IMG-20260104-WA0003.JPG", FileType.IMAGE, False),
        ("photo.heic", FileType.IMAGE, False),
        ("VID.MP4", FileType.VIDEO, False),
        ("PTT-20260104-WA0001.opus", FileType.AUDIO, False),
        ("timetable.pdf", FileType.DOCUMENT, False),
        ("Priya.vcf", FileType.CONTACT, False),
        ("inner.zip", FileType.ARCHIVE, False),
        ("msgstore.db.crypt15", FileType.OTHER, False),
        ("folder.txt/readme", FileType.OTHER, False),
        ("no ending", FileType.OTHER, False),
        ("trailing dot.", FileType.OTHER, False),
        ("chat.txt ", FileType.OTHER, False),
        ("", FileType.OTHER, False),
    ],
)
def test_the_ending_alone_decides(name: str, type_: FileType, is_text: bool) -> None:  # noqa: FBT001
    assert file_type(name) is type_
    assert is_text_member(name) is is_text


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/._chat.txt",
        "__macosx/chat.txt",
        "export/__MACOSX/inner/chat.txt",
        "._chat.txt",
        "inbox/._message_1.json",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
    ],
)
def test_some_names_are_never_read_whatever_their_ending(name: str) -> None:
    assert why_never_read(name)
    assert not is_text_member(name)


@pytest.mark.parametrize("name", ["_chat.txt", "MACOSX/chat.txt", "a._b.txt", "my thumbs.db.txt"])
def test_names_that_only_look_like_those_are_read(name: str) -> None:
    assert why_never_read(name) is None
    assert is_text_member(name)


def test_only_a_to_z_are_made_small() -> None:
    # U+212A KELVIN SIGN and U+0130 are other letters to ASCII; str.lower would make endings of them.
    assert ending("photo.\u212aey") == "\u212aey"
    assert ending("a.J\u0130F") == "j\u0130f"
    assert ending("A.JSON") == "json"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"GIF89a\x01\x00", "GIF picture"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP picture"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36", "BMP picture"),
        (b"\x00\x00\x00\x18ftypheic", "MP4, MOV, 3GP or HEIC file"),
        (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "QuickTime film"),
        (b"%PDF-1.7\n", "PDF document"),
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
        (b"G" + (b"\x40" * 187 + b"G") * 4, "MPEG transport stream"),
        (b"x" * 257 + b"ustar\x0000", "tar archive"),
        (b"SQLite format 3\x00", "SQLite database"),
    ],
)
def test_a_picture_called_chat_txt_is_known_by_its_first_bytes(head: bytes, name: str) -> None:
    magic = what_it_is_instead(head)
    assert magic is not None
    assert magic.name == name


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"04/01/2026, 19:02 - Priya: seed potatoes",
        "\u200e[04/01/2026, 19:02:11] Allotment: hello".encode(),
        b"\xef\xbb\xbf{",
        b"\xff\xfe[\x00",  # UTF-16: not what a platform writes, and no picture
        b"BM: the train is late again, see you at ten",
        b"ID3,name,price",
        b"Iam free at ten",
        b"RIFF is a word",
        b"BZh is not a word",
        b"G" * 40,
        b"PKW and PKP",
    ],
)
def test_text_is_not_taken_for_a_picture(head: bytes) -> None:
    assert what_it_is_instead(head) is None


def test_the_published_table_is_sound() -> None:
    published = table()
    assert published.schema == SCHEMA
    counts = Counter(ending for row in published.types for ending in row.endings)
    assert [found for found, count in counts.items() if count > 1] == []
    assert all(found == ending("x." + found) for found in counts), "endings are written in ASCII lower case, no dots"
    assert all(row.why for row in published.types)
    for rule in published.never_read:
        assert rule.why
        assert [rule.part, rule.prefix, rule.last].count(None) == 2
    for magic in published.magics:
        assert magic.at
        assert all(place + len(bytes.fromhex(digits)) <= published.look_at for place, digits in magic.at)
