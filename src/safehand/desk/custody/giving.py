"""What a desk gives out of its log as files: to who lodges a checkpoint, and to a court's expert of one case.

    files_to_lodge(state, unit, signed)              README.txt, checkpoint.txt, policy.txt, check_safehand.py …
    files_of_case(state, unit, reference, signed)    with entries/41.tlog-proof, opened, and entries.csv
    zipped(files, signed.signed_at)                  the same files make the same bytes

Who else dates or saw the log stands beside it where there is anybody: ``dated/`` is the largest checkpoint that an
authority stamped, with the token and its certificates, ``witnessed/`` the largest that a witness signed, and in each
``newer.txt`` shows that the log goes on from it to the checkpoint. The one-file verifier goes with everything.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as files_of_package
from typing import Final

from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.entry import OLDER, Entry, parse_entry
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import bytes_of
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogTimestamp
from safehand.desk.custody.signed_log import SignedLog, signed_at
from safehand.desk.custody.witnessing import policy_to_give
from safehand.log.commitment import Opening, commit, format_opening
from safehand.log.note import format_note
from safehand.log.proof_file import LogProof, format_log_proof
from safehand.log.tiled import TiledNodes
from safehand.log.tiles import Tile
from safehand.log.tree import prove_consistency, prove_inclusion
from safehand.log.witness_request import Request, format_request
from safehand.model.digest import sha256_of

VERIFIER: Final = "check_safehand.py"
_DATA: Final = files_of_package("safehand.desk.custody") / "data"
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""No member of a zip is older; a desk's clock may be wrong."""
_COLUMNS: Final = ("entry", "utc", "who", "act", "did", "record", "recipient", "reason", "details", "shown")
_CLOSED: Final = """

Closed: {numbers}.
These name another case, or would let what stands before them be tried out. That
they stand in the log is shown of their leaves, and not what they say."""
_DATED: Final = """dated/           the log when it had {size} entries, stamped by an authority outside (RFC 3161):

    cd dated
    at=$(openssl ts -reply -in checkpoint.tsr -text | sed -n 's/^Time stamp: //p')
    openssl ts -verify -data checkpoint.txt -in checkpoint.tsr -CAfile authorities.pem -attime "$(date -u -d "$at" +%s)"
    python3 -I -S ../check_safehand.py consistency newer.txt --older checkpoint.txt --policy ../policy.txt

The certificates come from the unit: compare the root among them with the authority's own.
"""
_WITNESSED: Final = """witnessed/       the log when it had {size} entries, as witnesses signed it:

    cd witnessed
    python3 -I -S ../check_safehand.py consistency newer.txt --older checkpoint.txt --policy ../policy.txt
"""
_NOBODY: Final = (
    "No authority outside has stamped this log and no witness has signed it: its dates are the unit's word.\n"
)


@dataclass(frozen=True, slots=True)
class Given:
    """Files by their names, and what of the case they show."""

    files: Mapping[str, bytes]
    entries: int
    closed: int
    """Of those, entries that are proved and not opened."""


def verifier() -> bytes:
    """The court expert's one file, as it stands in the repository."""
    return (_DATA / "check_safehand.txt").read_bytes()


def files_to_lodge(state: State, unit: str, signed: SignedLog) -> Mapping[str, bytes]:
    """A checkpoint, and all that lets others check it. Nothing of any record."""
    base, outside = _of_the_log(state, signed)
    said = {"unit": unit, "log": signed.checkpoint.origin, "size": signed.checkpoint.size, "outside": outside}
    return _with_sums({"README.txt": _text("lodged.txt", said), **base})


def files_of_case(state: State, unit: str, case: str, signed: SignedLog) -> Given:
    """Every entry of the case up to the checkpoint, each with its proof."""
    rows = list(CustodyEntry.objects.filter(case=case, sequence__lte=signed.checkpoint.size).order_by("sequence"))
    closed = _closed(rows, case)
    base, outside = _of_the_log(state, signed)
    numbers = ", ".join(map(str, sorted(closed)))
    said = {
        "unit": unit,
        "case": case,
        "entries": len(rows),
        "size": signed.checkpoint.size,
        "log": signed.checkpoint.origin,
        "first": next((row.sequence for row in rows if row.sequence not in closed), "NUMBER"),
        "closed": _CLOSED.format(numbers=numbers) if closed else "",
        "outside": outside,
    }
    entries = dict(_entries(rows, closed, signed))
    files = {"README.txt": _text("proof.txt", said), **base, "entries.csv": _table(rows, closed), **entries}
    return Given(_with_sums(files), len(rows), len(closed))


def dated_files(size: int) -> Mapping[str, bytes]:
    """The largest checkpoint of at most this size that was stamped, with the token; nothing before the first."""
    stamp = _stamp(size)
    if stamp is None:
        return {}
    return {
        "dated/checkpoint.txt": stamp.checkpoint.note.encode(),
        "dated/checkpoint.tsr": bytes(stamp.token),
        "dated/authorities.pem": stamp.authority.certificates.encode(),
    }


def zipped(files: Mapping[str, bytes], at: int) -> bytes:
    """One file of them. ``at``, in microseconds since 1970, is the time that each bears."""
    out, when = io.BytesIO(), max(moment(at).timetuple()[:6], _EARLIEST)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, when)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def _of_the_log(state: State, signed: SignedLog) -> tuple[dict[str, bytes], str]:
    """The files of a checkpoint, and what a reader is told of those outside."""
    files = {
        VERIFIER: verifier(),
        "policy.txt": policy_to_give(state, signed.checkpoint.origin).encode(),
        "checkpoint.txt": format_note(signed.note).encode(),
    }
    told = []
    size = signed.checkpoint.size
    stamp = _stamp(size)
    if stamp is not None:
        files |= {**dated_files(size), "dated/newer.txt": _newer(stamp.checkpoint.size, signed)}
        told.append(_DATED.format(size=stamp.checkpoint.size))
    seen = LogCheckpoint.objects.filter(size__lte=size, cosignatures__isnull=False).order_by("-size").first()
    if seen is not None:
        files |= {
            "witnessed/checkpoint.txt": format_note(signed_at(seen.size).note).encode(),
            "witnessed/newer.txt": _newer(seen.size, signed),
        }
        told.append(_WITNESSED.format(size=seen.size))
    return files, "\n".join(told) or _NOBODY


def _stamp(size: int) -> LogTimestamp | None:
    return LogTimestamp.objects.filter(checkpoint__size__lte=size).order_by("-checkpoint__size").first()


def _newer(old: int, signed: SignedLog) -> bytes:
    size = signed.checkpoint.size
    proof = prove_consistency(old, size, TiledNodes(KeptTiles(), size))
    return format_request(Request(old, tuple(proof), signed.note)).encode()


def _entries(rows: Sequence[CustodyEntry], closed: set[int], signed: SignedLog) -> Iterable[tuple[str, bytes]]:
    size = signed.checkpoint.size
    nodes = TiledNodes(_Once(), size)
    for row in rows:
        opening = Opening(bytes_of(row.salt), bytes_of(row.canonical))
        hashes = tuple(prove_inclusion(row.sequence - 1, size, nodes))
        extra = format_opening(opening) if row.sequence not in closed else None
        proof = format_log_proof(LogProof(row.sequence - 1, hashes, signed.note, extra))
        yield f"entries/{row.sequence}.tlog-proof", proof.encode()
        if extra is None:
            yield f"entries/{row.sequence}.leaf", commit(opening)


def _closed(rows: Sequence[CustodyEntry], case: str) -> set[int]:
    """Entries that would show something of another case: one that they name, or one that an OLDER names by a hash."""
    entries = [parse_entry(bytes_of(row.canonical)) for row in rows]
    older = [entry.sequence for entry in entries if entry.schema == OLDER]
    before = CustodyEntry.objects.filter(sequence__in=[number - 1 for number in older]).exclude(case=case)
    others = {number + 1 for number in before.values_list("sequence", flat=True)}
    return others | {entry.sequence for entry in entries if (entry.record or "").startswith("case:")}


def _table(rows: Sequence[CustodyEntry], closed: set[int]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for row in rows:
        table.writerow(_row(parse_entry(bytes_of(row.canonical)), is_closed=row.sequence in closed))
    return out.getvalue().encode()


def _row(entry: Entry, *, is_closed: bool) -> tuple[object, ...]:
    if is_closed:
        return (entry.sequence, *[""] * (len(_COLUMNS) - 2), "closed")
    when = moment(entry.instant).isoformat().replace("+00:00", "Z")
    said = (entry.actor, entry.act.value, entry.verb.value, entry.record or "", entry.recipient or "")
    reason = entry.reason.value if entry.reason is not None else ""
    details = json.dumps(entry.details, sort_keys=True) if entry.details else ""
    return (entry.sequence, when, *said, reason, details, "opened")


def _text(name: str, said: Mapping[str, object]) -> bytes:
    return (_DATA / name).read_text("utf-8").format(**said).encode()


def _with_sums(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    sums = "".join(f"{sha256_of(data)}  {name}\n" for name, data in files.items())
    return {**files, "SHA256SUMS": sums.encode()}


class _Once:
    """The kept tiles, each asked for once: proofs of one case share most of theirs."""

    def __init__(self) -> None:
        self._kept = KeptTiles()
        self._found: dict[Tile, bytes] = {}

    def read(self, tiles: Sequence[Tile]) -> list[bytes]:
        """tiled.Tiles."""
        new = [tile for tile in tiles if tile not in self._found]
        self._found |= zip(new, self._kept.read(new), strict=True) if new else ()
        return [self._found[tile] for tile in tiles]
