"""Evidence: what was verified, and what every byte of every source file is.

    data/0001.txt    48,211 bytes = 47,902 messages + 300 of the platform's own + 9 not read

The parts of a file add up to the file, and the page says so. Files are called by their place in the package; the names
the holder's phone gave them may hold the name of a person and stand in the reader alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from safehand.desk.cases.declarations import DeclaredGroup, declarations_of
from safehand.desk.cases.evidence import AccountRow, Step
from safehand.desk.core import say
from safehand.desk.review.shown import Evidence
from safehand.sources.accounting import SegmentKind

_KINDS: Final[dict[SegmentKind, str]] = {
    SegmentKind.MESSAGE: "Messages",
    SegmentKind.EVENT: "The platform’s own lines",
    SegmentKind.METADATA: "About the conversation",
    SegmentKind.HEADER: "Head of the file",
    SegmentKind.FOOTER: "Foot of the file",
    SegmentKind.STRUCTURE: "Punctuation of the format",
    SegmentKind.BLANK: "Blank lines",
    SegmentKind.BOM: "Byte order mark",
    SegmentKind.UNPARSED: "Could not be read",
}
_ORDER: Final = tuple(_KINDS)


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind of bytes of a file, and where it stands in the bar."""

    kind: str
    title: str
    count: str
    bytes: str
    share: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """A stretch that could not be read."""

    start: str
    last: str
    count: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """One source file, all of it."""

    file: str
    bytes: str
    sha256: str
    segments: tuple[Segment, ...]
    sum: str
    not_read: tuple[NotRead, ...]
    not_listed: int
    doubts: tuple[str, ...]
    """What the statement says of how it came, when its archive was not whole."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Files of one type that were listed and never opened."""

    type: str
    count: str
    size: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The page."""

    sha256: str
    size: str
    steps: tuple[Step, ...]
    files: tuple[FilePart, ...]
    total: str
    unread: str
    """How much of it all could not be read, or empty when everything was."""
    listed: tuple[Listed, ...]
    declared: tuple[DeclaredGroup, ...]
    left_out: str
    """What the holder left out on purpose, counted; empty when nothing."""
    tables: str
    """Tables of which the holder stated which column is what, counted; empty when none."""
    sealed: datetime | None
    read_as_now: bool


def evidence_page(evidence: Evidence) -> EvidencePage:
    """Present the evidence of a case."""
    files = evidence.account
    total = sum(file.bytes for file in files)
    unread = sum(segment.bytes for file in files for segment in file.segments if segment.kind == SegmentKind.UNPARSED)
    return EvidencePage(
        sha256=evidence.package.sha256,
        size=say.counted(evidence.package.size, "byte"),
        steps=evidence.steps,
        files=tuple(file_part(file, _doubts(evidence, file.file)) for file in files),
        total=f"{say.counted(total, 'byte')} in {say.counted(len(files), 'source file')}",
        unread=say.counted(unread, "byte") if unread else "",
        listed=_listed(evidence),
        declared=declarations_of(evidence.package),
        left_out=_left_out(evidence),
        tables=_tables(evidence),
        sealed=_sealed(evidence),
        read_as_now=evidence.read_as_now,
    )


def file_part(row: AccountRow, doubts: tuple[str, ...] = ()) -> FilePart:
    """One file with its bar. The bar is whole: the last part ends at 100%."""
    ordered = sorted(row.segments, key=lambda segment: _ORDER.index(SegmentKind(segment.kind)))
    segments = []
    done = 0
    for segment in ordered:
        left, done = done, done + segment.bytes
        segments.append(
            Segment(
                kind=segment.kind,
                title=_KINDS[SegmentKind(segment.kind)],
                count=say.count(segment.count),
                bytes=say.count(segment.bytes),
                share=_share(segment.bytes, row.bytes),
                x=f"{100 * left / row.bytes:.4f}%",
                width=f"{100 * segment.bytes / row.bytes:.4f}%",
            )
        )
    return FilePart(
        file=row.file,
        bytes=say.count(row.bytes),
        sha256=row.sha256,
        segments=tuple(segments),
        sum=say.count(done),
        not_read=tuple(
            NotRead(say.count(at.start), say.count(at.end - 1), say.count(at.end - at.start), at.reason)
            for at in row.unparsed
        ),
        not_listed=row.not_listed,
        doubts=doubts,
    )


def _doubts(evidence: Evidence, file: str) -> tuple[str, ...]:
    return tuple(note.words for note in evidence.notes if note.file == file)


def _share(part: int, whole: int) -> str:
    share = 100 * part / whole
    if part and share < 0.1:
        return "under 0.1%"
    if part < whole and share > 99.9:
        return "over 99.9%"
    return f"{share:.1f}%"


def _left_out(evidence: Evidence) -> str:
    exclusions = evidence.package.summary.get("exclusions", 0)
    picked = evidence.package.summary.get("picked")
    said = [say.counted(exclusions, "stretch", "stretches")] if exclusions else []
    if picked:
        said.append(_picked(picked))
    return "; ".join(said)


def _tables(evidence: Evidence) -> str:
    stated = evidence.package.summary.get("tables", 0)
    return say.counted(stated, "table") if stated else ""


def _picked(picked: dict[str, Any]) -> str:
    """Of a download of many conversations, those that the holder did not pick."""
    all_ = picked["conversations"] + picked["left_out"]
    told = f"{say.count(picked['left_out'])} of {say.counted(all_, 'conversation')}"
    told += f", {say.counted(picked['messages'], 'message')}"
    if picked["earliest"] is not None:
        first, last = (date.fromisoformat(picked[end][:10]) for end in ("earliest", "latest"))
        told += f" ({say.days(first, last)})"
    return told + (f", and {say.counted(picked['files'], 'whole file')}" if picked["files"] else "")


def _sealed(evidence: Evidence) -> datetime | None:
    sealed = evidence.package.summary.get("sealed")
    return datetime.fromisoformat(sealed) if sealed else None


def _listed(evidence: Evidence) -> tuple[Listed, ...]:
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for registered in evidence.register:
        counts[registered.type.value] += 1
        if registered.size is not None:
            sizes[registered.type.value] += registered.size
    return tuple(
        Listed(type_.capitalize(), say.count(counts[type_]), say.size(sizes[type_]) if type_ in sizes else "not stated")
        for type_ in sorted(counts)
    )
