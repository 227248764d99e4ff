r"""What the directory of a ZIP says of one member, in words: its name, its clock, and why it may be refused.

    b"_chat.txt"                 _chat.txt
    b"caf\xe9.txt"               cafΘ.txt      and the bytes beside it: the name is not UTF-8
    b"../../etc/chat.txt"        refused: it points out of the archive

Nothing is ever extracted under its name; a member with such a name is refused because no honest export holds one, and
because whoever opens the archive with another program must not be told that it is safe.
"""

from __future__ import annotations

import re
import stat
from typing import Final

from safehand.sources.limits import MAX_MEMBER, MAX_RATIO, RATIO_FROM
from safehand.sources.zip_directory import MADE_ON_UNIX, ZipEntry

STORED: Final = 0
DEFLATED: Final = 8

_METHODS: Final = {  # [4.4.5]
    1: "Shrink",
    6: "Implode",
    9: "Deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "xz",
    98: "PPMd",
    99: "AES encryption",
}

ENCRYPTED: Final = 1 << 0  # [4.4.4]
_STRONG: Final = 1 << 6
_MASKED: Final = 1 << 13
_PATCH: Final = 1 << 5

_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_SEPARATOR: Final = re.compile(r"[/\\]")


def readable_name(raw: bytes, *, windows: bool = False) -> tuple[str, str | None]:
    """A name as text with ``/`` between folders, and its bytes in hexadecimal where the text is not all of them.

    Whether the UTF-8 flag is set is not asked: programs forget it, and valid UTF-8 with other letters than ASCII is
    hardly ever anything else. What is not UTF-8 is read as code page 437, the ZIP format's own default (APPNOTE D.1).
    """
    try:
        text, exact = raw.decode("utf-8"), True
    except UnicodeDecodeError:
        text, exact = raw.decode("cp437"), False
    shown = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    if windows:
        shown = shown.replace("\\", "/")
    return shown, None if exact and shown == text else raw.hex()


def is_folder(entry: ZipEntry) -> bool:
    """Whether the entry only names a folder."""
    return entry.name.endswith(b"/") and entry.size == 0


def modified(entry: ZipEntry) -> str | None:
    """The clock reading the archive gives the member: no zone is stated [4.4.6]. None where it is no date."""
    day, month, year = entry.dos_date & 31, entry.dos_date >> 5 & 15, 1980 + (entry.dos_date >> 9)
    second, minute, hour = (entry.dos_time & 31) * 2, entry.dos_time >> 5 & 63, entry.dos_time >> 11
    if not (1 <= day <= 31 and 1 <= month <= 12 and hour <= 23 and minute <= 59 and second <= 58):
        return None
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"


def why_refused(entry: ZipEntry) -> str | None:
    """Why this member must not be opened, as far as the directory tells; or None."""
    return _why_name(entry.name) or _why_kind(entry) or _why_size(entry)


def _why_name(raw: bytes) -> str | None:
    name = raw.decode("latin-1")  # every byte one character: only ASCII is looked at
    if not name:
        return "It has no name."
    if "\0" in name:
        return "Its name holds a NUL, so that other programs read it as another name."
    if _SEPARATOR.match(name) or _DRIVE.match(name):
        return "Its name begins at the root of a disk."
    if ".." in _SEPARATOR.split(name):
        return "Its name points out of the archive."
    return None


def _why_kind(entry: ZipEntry) -> str | None:
    kind = stat.S_IFMT(entry.attributes >> 16)
    if entry.made_on == MADE_ON_UNIX and kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "It is a link to another file." if kind == stat.S_IFLNK else "It is a device, not a file."
    if entry.flags & (ENCRYPTED | _STRONG | _MASKED):
        return "It is locked with a password. Unpack it with the password and hand over the folder."
    if entry.flags & _PATCH:
        return "It is a patch to another file."
    if entry.method not in (STORED, DEFLATED):
        name = _METHODS.get(entry.method, f"method {entry.method}")
        return f"It is packed with {name}, which is not read. Unpack it and hand over the folder."
    return None


def _why_size(entry: ZipEntry) -> str | None:
    if entry.size > MAX_MEMBER:
        return f"It unpacks to {entry.size} bytes; at most {MAX_MEMBER} are read. Unpack it and hand over the folder."
    if entry.method == STORED and entry.size != entry.packed:
        return "Its directory entry contradicts itself: it is not packed and has two sizes."
    if entry.size >= RATIO_FROM and entry.size > MAX_RATIO * entry.packed:
        return f"It unpacks to more than {MAX_RATIO} times its size, as archive bombs do."
    return None
