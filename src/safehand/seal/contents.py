"""What an unsealed package holds, for the readers of platforms.

    capture_of_bag(Path("opened"), statement)
        files       id data/0001.txt, name _chat.txt
        register    IMG-0003.jpg, image, listed and never opened

Spans then cite ``data/0001.txt``, the name that every report and every exhibit uses; platforms are recognised by the
name that they gave the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from safehand.model.attachment import Registered
from safehand.model.doubt import Doubt
from safehand.seal.embedded_rules import marker
from safehand.seal.layout import BAG
from safehand.seal.removed import Why
from safehand.seal.statement import Attachment, Item, Statement
from safehand.sources.contract import Capture, CaptureNote, FileOnDisk, Veil

_REFUSED: Final = "It was listed when the package was sealed, and not read."

_WORDS: Final = {
    Doubt.CHECKSUM_MISMATCH: "Its bytes do not have the checksum that its archive states.",
    Doubt.TRUNCATED_FILE: "Its archive was damaged, and only a part of it could be unpacked.",
}


def capture_of_bag(directory: Path, statement: Statement) -> Capture:
    """The files and the register of a package that was unsealed into ``directory``."""
    return Capture(
        files=tuple(_file(directory, item) for item in statement.items),
        register=tuple(map(_registered, statement.attachments)),
        notes=tuple(
            CaptureNote(item.id, _WORDS[Doubt(code)], Doubt(code)) for item in statement.items for code in item.doubts
        ),
        veils={item.id: veils for item in statement.items if (veils := _veils(item))},
    )


def _veils(item: Item) -> tuple[Veil, ...]:
    """Where the copy has markers of what the holder left out. Those of pictures stand inside of texts, as words."""
    out, shift = [], 0
    for removed in item.removed:
        text = marker(removed)
        if removed.why is Why.EXCLUDED:
            out.append(Veil(removed.start - shift, text))
        shift += removed.end - removed.start - len(text)
    return tuple(out)


def _file(directory: Path, item: Item) -> FileOnDisk:
    return FileOnDisk(item.id, item.name, directory / BAG / item.id, item.size, item.name_raw, item.modified)


def _registered(listed: Attachment) -> Registered:
    return Registered(
        name=listed.name,
        type=listed.type,
        size=listed.size,
        modified=listed.modified,
        crc32=listed.crc32,
        container=listed.container,
        name_raw=listed.name_raw,
        refused=_REFUSED if listed.refused else None,
    )
