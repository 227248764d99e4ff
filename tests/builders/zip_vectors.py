"""The archives of tests/vectors/archive, and how each was made. Run as a program it writes the files again.

    python tests/builders/zip_vectors.py tests/vectors/archive

Each vector is a ZIP in hexadecimal with the verdict beside it, so that whoever opens archives in another language can
check that they do the same. The verdicts are what Safehand said when the vector was made, read and agreed to; a test
holds both the bytes and the verdicts.
"""

from __future__ import annotations

import json
import struct
import sys
import tempfile
from pathlib import Path

from safehand.errors import ArchiveRefused
from safehand.model.digest import sha256_of_stream
from safehand.sources.archive import capture_of
from zip_made import PICTURE, STORED, Archive, Member, deflate, streamed, zip_of

CHAT = b"04/01/2026, 19:02 - Priya: the seed potatoes are in\n04/01/2026, 19:03 - Sam: good\n"
_CHAT = Member(b"_chat.txt", CHAT)
_PHOTO = Member(b"00000003-PHOTO.jpg", PICTURE, method=STORED)
_LINK = 0o120777 << 16
_PIPE = 0o010644 << 16


def vectors() -> dict[str, tuple[str, Archive]]:
    """Each vector by its name: what it is about, and the archive."""
    return _good() | _odd() | _refused_members() | _refused()


def _good() -> dict[str, tuple[str, Archive]]:
    return {
        "plain": ("A chat and a picture. The chat is read, the picture listed.", zip_of([_CHAT, _PHOTO])),
        "streamed": (
            "Sizes stand after the data, as phones write them.",
            zip_of([streamed(b"_chat.txt", CHAT), _PHOTO]),
        ),
        "stored": ("A chat that is not packed.", zip_of([Member(b"chat.txt", CHAT, method=STORED)])),
        "zip64": (
            "Sizes and places of 64 bits, and a ZIP64 end record.",
            zip_of([Member(b"chat.txt", CHAT, zip64=True)], zip64=True),
        ),
        "folders": (
            "Folders have entries of their own, which are no files.",
            zip_of([Member(b"inbox/", attributes=0o40755 << 16), Member(b"inbox/message_1.json", b"{}")]),
        ),
        "empty": ("An archive of nothing.", zip_of([])),
        "empty-member": ("A chat of no bytes.", zip_of([Member(b"chat.txt", b"", method=STORED)])),
        "comment": ("A comment after the end record.", zip_of([_CHAT, _PHOTO], comment=b"made on a train, 4 January")),
        "windows-folders": (
            "Made on Windows with backslashes between folders.",
            zip_of([Member(b"inbox\\message_1.json", b"{}", made_on=0)]),
        ),
    }


def _odd() -> dict[str, tuple[str, Archive]]:
    flipped = CHAT.replace(b"seed", b"seem")
    return {
        "before": (
            "Bytes before the archive, which its places leave out.",
            zip_of([_CHAT], before=b"#!/bin/sh\n", shift=10),
        ),
        "before-counted": ("Bytes before the archive, which its places count.", zip_of([_CHAT], before=b"#!/bin/sh\n")),
        "padding": ("Zeros after the end record, as disks and tapes add.", zip_of([_CHAT], after=bytes(500))),
        "gap": (
            "Bytes between two members that belong to none: something may be hidden there.",
            zip_of([Member(b"chat.txt", CHAT, gap=b"x" * 77), _PHOTO]),
        ),
        "same-name": (
            "Two members of one name. Programs differ in which they show; both are read.",
            zip_of([_CHAT, Member(b"_chat.txt", b"another\n")]),
        ),
        "name-not-utf-8": ("A name in code page 437.", zip_of([Member(b"caf\x82.txt", CHAT)])),
        "name-with-newline": ("A line break in a name.", zip_of([Member(b"cha\nt.txt", CHAT)])),
        "name-bidi": (
            "A right-to-left mark that makes exe.txt look like txt.exe: the ending is that of the bytes.",
            zip_of([Member("ok\u202etxt.exe".encode(), CHAT), Member("ok\u202eexe.txt".encode(), CHAT)]),
        ),
        "no-date": ("A date that is none.", zip_of([Member(b"chat.txt", CHAT, dos_date=0)])),
        "checksum": (
            "One letter was changed: the checksum shows it, and the bytes are read as they are.",
            zip_of([Member(b"chat.txt", CHAT, method=STORED, packed=flipped)]),
        ),
        "cut-data": (
            "The packed data end too early.",
            zip_of([Member(b"chat.txt", CHAT, packed=deflate(CHAT)[:40])]),
        ),
        "broken-data": (
            "The packed data are broken in the middle.",
            zip_of([Member(b"chat.txt", CHAT, packed=deflate(CHAT)[:40] + b"\xff" * 20)]),
        ),
        "data-after-data": (
            "Bytes after the end of the packed data, within the member.",
            zip_of([Member(b"chat.txt", CHAT, packed=deflate(CHAT) + b"hidden")]),
        ),
        "bomb-lying-size": (
            "A member that unpacks to more than it says: it is read as far as it says, and no further.",
            zip_of([Member(b"chat.txt", CHAT * 100, size=100)]),
        ),
        "descriptor-lies": (
            "The sizes after the data are not those of the directory.",
            zip_of([streamed(b"chat.txt", CHAT, struct.pack("<4sLLL", b"PK\x07\x08", 1, 2, 3))]),
        ),
        "never-read": (
            "What macOS adds: never read, whatever the ending.",
            zip_of([_CHAT, Member(b"__MACOSX/._chat.txt", b"preview")]),
        ),
        "picture-named-text": (
            "A picture that somebody named chat.txt: listed, and not read beyond its first bytes.",
            zip_of([Member(b"chat.txt", PICTURE), Member(b"notes.txt", PICTURE, method=STORED)]),
        ),
        "nested": ("A ZIP in a ZIP: listed, not opened.", zip_of([Member(b"inner.zip", zip_of([_CHAT]).data), _CHAT])),
    }


def _refused_members() -> dict[str, tuple[str, Archive]]:
    return {
        "encrypted": ("Locked with a password.", zip_of([Member(b"chat.txt", CHAT, flags=1), _PHOTO])),
        "bzip2": ("A way of packing that is not read.", zip_of([Member(b"chat.txt", CHAT, method=12, packed=CHAT)])),
        "traversal": ("A name that points out of the archive.", zip_of([Member(b"../../etc/chat.txt", CHAT), _CHAT])),
        "absolute": (
            "Names that begin at the root of a disk.",
            zip_of([Member(b"/chat.txt", CHAT), Member(b"C:\\chat.txt", CHAT), Member(b"\\\\host\\chat.txt", CHAT)]),
        ),
        "nul-in-name": ("A NUL in a name.", zip_of([Member(b"chat.txt\0.jpg", CHAT), Member(b"a.jpg\0.txt", CHAT)])),
        "link": ("A link to another file.", zip_of([Member(b"chat.txt", b"/etc/hosts", attributes=_LINK)])),
        "pipe": ("A pipe, not a file.", zip_of([Member(b"chat.txt", b"", attributes=_PIPE)])),
        "bomb-ratio": (
            "Ten million letters packed into ten thousand bytes.",
            zip_of([Member(b"chat.txt", b"", size=11 << 20, packed=deflate(b"a" * (11 << 20), 9))]),
        ),
        "bomb-size": (
            "A member that says it is larger than the limit.",
            zip_of([Member(b"chat.txt", CHAT, size=3 << 30)]),
        ),
        "two-sizes": ("Not packed, and of two sizes.", zip_of([Member(b"chat.txt", CHAT, method=STORED, size=9)])),
        "other-local-name": (
            "The member itself gives another name than the directory.",
            zip_of([Member(b"chat.txt", CHAT, local_name=b"game.txt")]),
        ),
        "longer-local-name": (
            "A local name so long that reading it would read the data.",
            zip_of([Member(b"chat.txt", CHAT, local_name=b"chat.txt" + b"x" * 60)]),
        ),
        "other-local-size": (
            "The member itself gives another size than the directory.",
            zip_of([Member(b"chat.txt", CHAT, local_size=7)]),
        ),
        "other-local-method": (
            "The member itself says that it is not packed.",
            zip_of([Member(b"chat.txt", CHAT, local_method=0)]),
        ),
        "no-local-header": (
            "The directory points between members.",
            zip_of(
                [Member(b"pad.jpg", bytes(90), method=STORED), Member(b"chat.txt", CHAT, gap=bytes(80), header=140)]
            ),
        ),
    }


def _refused() -> dict[str, tuple[str, Archive]]:
    whole = zip_of([_CHAT, _PHOTO])
    return {
        "overlap": (
            "Two entries for the same data, as in archive bombs.",
            zip_of([_CHAT, Member(b"more.txt", CHAT, header=0)]),
        ),
        "overlap-picture": (
            "A text member whose data are a picture's: the picture would be read as text.",
            zip_of([_PHOTO, Member(b"chat.txt", PICTURE, method=STORED, header=0)]),
        ),
        "overlap-directory": (
            "A member that reaches into the directory.",
            zip_of([Member(b"chat.txt", CHAT, method=STORED, size=200, packed_size=200)]),
        ),
        "cut-in-picture": (
            "Cut short in the middle of a picture.",
            Archive(whole.data[: whole.ranges[b"00000003-PHOTO.jpg"][0] + 1000], {}),
        ),
        "cut-in-directory": ("Cut short in the directory.", Archive(whole.data[:-60], {})),
        "cut-end-record": ("The last byte is missing.", Archive(whole.data[:-1], {})),
        "beginning-missing": ("The first 100 bytes are missing.", Archive(whole.data[100:], {})),
        "wrong-count": ("The end record counts three members, and there are two.", zip_of([_CHAT, _PHOTO], count=3)),
        "several-parts": ("One part of an archive in several parts.", zip_of([_CHAT], disk=1)),
        "not-a-zip": ("A chat that was named .zip.", Archive(CHAT, {})),
        "nothing": ("A file of no bytes.", Archive(b"", {})),
        "too-many-members": (
            "An end record that counts more members than the limit.",
            zip_of([_CHAT], count=100_001, zip64=True),
        ),
        "garbage-after": (
            "Bytes after the end record that are neither comment nor padding.",
            zip_of([_CHAT], after=b"\x01\x02\x03" * 30),
        ),
    }


def verdict_of(data: bytes) -> dict[str, object]:
    """What Safehand says of a ZIP of these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        path.write_bytes(data)
        try:
            capture = capture_of([path])
        except ArchiveRefused as refused:
            return {"refused": refused.found}
        files = []
        for file in capture.files:
            with file.open() as stream:
                digest, size = sha256_of_stream(stream)
            files.append({"name": file.name, "size": size, "sha256": digest})
        register = [
            {"name": one.name, "type": str(one.type), "size": one.size, "name_raw": one.name_raw, "why": one.refused}
            for one in capture.register
        ]
        notes = [
            {"doubt": None if note.doubt is None else str(note.doubt), "words": note.words} for note in capture.notes
        ]
        return {"files": files, "register": register, "notes": notes}


def main(folder: Path) -> None:
    for name, (about, archive) in vectors().items():
        vector = {"about": about, "verdict": verdict_of(archive.data), "zip": archive.data.hex()}
        text = json.dumps(vector, indent=1, ensure_ascii=False) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
