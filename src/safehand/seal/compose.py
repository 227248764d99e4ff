"""From what was examined to the statement: pure, so that the same values give the same bytes.

Items and attachments are put in the order of their names' bytes, whatever order they were handed over in, and
numbered in it. A container is named without its folders: where a holder keeps things is nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from safehand.model.attachment import Registered
from safehand.seal.answers import Answers
from safehand.seal.examine import Examined
from safehand.seal.exclusions import LeftOut
from safehand.seal.layout import payload_path
from safehand.seal.machine import Machine
from safehand.seal.picked import Picked
from safehand.seal.statement import Attachment, Exclusion, Item, Sealed, Statement, Tool
from safehand.seal.statement_rules import DOUBTS, order_of, register_order
from safehand.seal.tables import resolve_tables, statement_tables
from safehand.sources.contract import Capture, FileOnDisk, SourceFile
from safehand.sources.zip_member import ZipMember

_SEPARATOR = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Composed:
    """The statement, and for each of its items the file to read it from."""

    statement: Statement
    examined: tuple[Examined, ...]


def compose(
    examined: Sequence[Examined],
    capture: Capture,
    left_out: Sequence[LeftOut],
    answers: Answers,
    sealed: str,
    machine: Machine,
    picked: Picked | None = None,
) -> Composed:
    """The statement of a package."""
    doubts: dict[str, set[str]] = {}
    for note in capture.notes:
        if note.doubt in DOUBTS:
            doubts.setdefault(note.file, set()).add(str(note.doubt))
    unnumbered = [(_item(found, sorted(doubts.get(found.file.id, ()))), found) for found in examined]
    pairs = [
        (_numbered(item, number), found)
        for number, (item, found) in enumerate(sorted(unnumbered, key=lambda pair: order_of(pair[0])), 1)
    ]
    ids = {found.file.id: item.id for item, found in pairs}
    statement = Statement(
        sealed=Sealed(sealed, machine.zone, machine.system),
        tool=Tool(machine.tool, machine.version),
        items=tuple(item for item, _ in pairs),
        attachments=tuple(sorted(map(_attachment, capture.register), key=register_order)),
        exclusions=tuple(_exclusion(left, ids.get(left.file.id)) for left in left_out),
        answers=replace(answers, exclusions=(), only=None, tables=()),
        picked=picked,
        tables=statement_tables(resolve_tables(answers.tables, capture.files), ids),
    )
    return Composed(statement, tuple(found for _, found in pairs))


def _item(found: Examined, doubts: list[str]) -> Item:
    name_raw, modified, container = _origin(found.file)
    return Item(
        id="",
        name=found.file.name,
        name_raw=name_raw,
        container=_last_part(container),
        modified=modified,
        size=found.size,
        sha256=found.sha256,
        source_size=found.source_size,
        kind="DERIVED" if found.removed else "RAW",
        removed=found.removed,
        doubts=tuple(doubts),
    )


def _numbered(item: Item, number: int) -> Item:
    fields = {name: getattr(item, name) for name in item.__struct_fields__}
    return Item(**{**fields, "id": payload_path(number, item.name)})


def _origin(file: SourceFile) -> tuple[str | None, str | None, str | None]:
    """The name's bytes where its text is not all of them, the time it bears, and the archive it came out of."""
    match file:
        case FileOnDisk():
            return file.name_raw, file.modified, None
        case ZipMember():
            return file.name_raw, file.modified, file.container
        case _:
            return None, None, None


def _attachment(listed: Registered) -> Attachment:
    return Attachment(
        name=listed.name,
        name_raw=listed.name_raw,
        container=_last_part(listed.container),
        type=listed.type,
        size=listed.size,
        modified=listed.modified,
        crc32=listed.crc32,
        refused=listed.refused is not None,
    )


def _exclusion(left: LeftOut, item: str | None) -> Exclusion:
    _, _, container = _origin(left.file)
    whole = left.removed is None
    return Exclusion(
        name=left.file.name,
        container=_last_part(container),
        reason=left.request.reason,
        bytes=left.file.size if left.removed is None else left.removed.end - left.removed.start,
        item=None if whole else item,
        first_line=left.request.first_line,
        last_line=left.request.last_line,
    )


def _last_part(container: str | None) -> str | None:
    return None if container is None else _SEPARATOR.split(container)[-1]
