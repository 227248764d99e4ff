"""Tamperings of a desk: what somebody could do who has its machine, its database, its stores and its keys.

    what = tamper(random, ground)        done to the ground, which is put back afterwards by ``ground.restored``
    what.kind, what.where                what was done, and how a finding must name it

The ground is one desk with a signed log, packages and case files. Somebody outside holds its newest checkpoint.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from casefile_builders import Made, conversation, texts
from desk_cast import LOOKS_SEALED, NOW, Cast, clock, keep
from safehand.casefile.key import new_case_key, wrap_case_key
from safehand.desk.cases.models import Case, Package, PackageState
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Entry, format_entry, hash_of, parse_entry
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import leaf_hash_of
from safehand.desk.custody.log_key import log_key, origin_of
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogTile
from safehand.desk.custody.signed_log import sign_log
from safehand.log.checkpoint import Checkpoint, format_checkpoint
from safehand.log.growing import grow
from safehand.log.hashes import EMPTY_ROOT
from safehand.log.note import Note, format_note, sign
from safehand.signing.keys import load_desk_public

ENTRIES: Final = 12
SIGNED: Final = (5, 9, ENTRIES)
"""Sizes at which it was signed; the last is the checkpoint that is held outside."""

CASES: Final = ("SH-7K3M9QXAR", "SH-8Q2V5TR41")
_MINUTE: Final = 60_000_000
_TABLE: Final = "custody_custodyentry"
_TEXTS: Final = ("actor", "act", "verb", "case", "record", "sha256", "leaf_hash", "previous")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it stands in the database, as far as somebody who rewrites it needs it."""

    sequence: int
    canonical: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class Ground:
    """A desk that is tampered with."""

    state: State
    lodged: Note
    packages: tuple[str, ...]
    """By their SHA-256, in the order of CASES."""
    files: dict[Path, bytes]
    """Everything that lies in the stores."""

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Whatever is done meanwhile to the database and the stores is undone."""
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            for path, data in self.files.items():
                if not path.exists() or path.read_bytes() != data:
                    path.unlink(missing_ok=True)
                    path.write_bytes(data)


@dataclass(frozen=True, slots=True)
class What:
    """One tampering."""

    kind: str
    where: str
    """Stands in a finding of it."""
    in_stores: bool = False
    """It was done to packages or case files, and not to the log."""
    only_outside: bool = False
    """Whoever did it had the desk's keys too: nothing at the desk shows it, and the checkpoint outside does."""


def make_ground(state: State, cast: Cast) -> Ground:
    """Two cases, each with a package and a case file; entries, signed three times."""
    packages = tuple(_case(state, cast, number) for number in range(len(CASES)))
    lodged = None
    for number in range(1, ENTRIES + 1):
        with transaction.atomic():
            case = CASES[number % 2]
            record(Verb.MESSAGES_SHOWN, actor="officer:alice", case=case, record=f"conversation:{number}", clock=clock)
        if number in SIGNED:
            lodged = sign_log(state, clock=clock).note
    assert lodged is not None
    stores = [path for folder in (state.evidence, state.casefiles) for path in folder.rglob("*") if path.is_file()]
    return Ground(state, lodged, packages, {path: path.read_bytes() for path in stores})


def _case(state: State, cast: Cast, number: int) -> str:
    key = new_case_key()
    case = Case.objects.create(
        reference=CASES[number],
        opened_at=moment(NOW),
        opened_by=cast.alice,
        wrapped_key=wrap_case_key(key, load_desk_public(state.desk_public).recipients),
    )
    data = LOOKS_SEALED + bytes([number]) * 300  # two of one size
    sha256 = keep(state, data)
    Package.objects.create(
        case=case,
        sha256=sha256,
        size=len(data),
        received_at=moment(NOW),
        received_by=cast.alice,
        state=PackageState.READY,
        finished_at=moment(NOW),
        summary={"conversations": 1, "messages": 2, "doubts": {}},
    )
    Made(events=list(conversation(texts("peas", f"row {number}"))), data=bytes(100)).build(case_file_path(case), key)
    return sha256


def tamper(chance: random.Random, ground: Ground) -> What:
    """One of them, drawn."""
    return chance.choice(WAYS)(chance, ground)


def _ask(statement: str, *values: str | int | bytes) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _rows() -> list[Row]:
    rows = CustodyEntry.objects.order_by("sequence").values_list("sequence", "canonical", "salt")
    return [Row(sequence, bytes(canonical), bytes(salt)) for sequence, canonical, salt in rows]


def _flipped(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


# Somebody who can write in the database or the stores, and no more.


def flip_bytes_of_entry(chance: random.Random, _: Ground) -> What:
    """One bit of what an entry says, or of its salt."""
    row = chance.choice(_rows())
    column = chance.choice(("canonical", "salt"))
    data = _flipped(chance, row.canonical if column == "canonical" else row.salt)
    _ask(f"UPDATE {_TABLE} SET {column} = %s WHERE sequence = %s", data, row.sequence)  # noqa: S608  names of ours
    return What("a bit of an entry", f"entry {row.sequence}:")


def change_column(chance: random.Random, _: Ground) -> What:
    """What a page shows of an entry, while its bytes stay."""
    number, column = chance.randint(1, ENTRIES), chance.choice((*_TEXTS, "instant"))
    if column == "instant":
        _ask(f"UPDATE {_TABLE} SET instant = instant - %s WHERE sequence = %s", chance.randint(1, _MINUTE), number)  # noqa: S608
    else:
        _ask(f'UPDATE {_TABLE} SET "{column}" = "{column}" || \'x\' WHERE sequence = %s', number)  # noqa: S608
    return What("a column of an entry", f"entry {number}:")


def delete_entry(chance: random.Random, _: Ground) -> What:
    """From the middle or from the end."""
    number = chance.randint(1, ENTRIES)
    _ask(f"DELETE FROM {_TABLE} WHERE sequence = %s", number)  # noqa: S608
    return What("an entry deleted", f"entry {number}: It was removed")


def swap_entries(chance: random.Random, _: Ground) -> What:
    """Two entries, each in the other's place, with everything that belongs to them."""
    one, other = sorted(chance.sample(range(1, ENTRIES + 1), 2))
    for before, after in ((one, 1000), (other, one), (1000, other)):
        _ask(f"UPDATE {_TABLE} SET sequence = %s WHERE sequence = %s", after, before)  # noqa: S608
    return What("two entries re-ordered", f"entry {other}:")


def damage_tile(chance: random.Random, _: Ground) -> What:
    """One bit of the tree that is kept, or all of a tile."""
    tile = chance.choice(list(LogTile.objects.all()))
    if chance.random() < 0.2:
        tile.delete()
    else:
        tile.hashes = _flipped(chance, bytes(tile.hashes))
        tile.save()
    return What("a tile", f"tile/{tile.level}/")


def damage_checkpoint(chance: random.Random, _: Ground) -> What:
    """One character of a checkpoint that is kept."""
    size = chance.choice(SIGNED)
    note = LogCheckpoint.objects.get(size=size).note
    at = chance.randrange(len(note))
    other = chance.choice([char for char in "aQ7+/ \n-" if char != note[at]])
    _ask("UPDATE custody_logcheckpoint SET note = %s WHERE size = %s", note[:at] + other + note[at + 1 :], size)
    return What("a character of a checkpoint", f"checkpoint of {size}:")


def flip_byte_of_package(chance: random.Random, ground: Ground) -> What:
    """One bit of evidence."""
    sha256 = chance.choice(ground.packages)
    _write(ground, sha256, _flipped(chance, _package(ground, sha256).read_bytes()))
    return What("a bit of evidence", sha256, in_stores=True)


def replace_package(chance: random.Random, ground: Ground) -> What:
    """By other evidence of the same size."""
    one, other = chance.sample(ground.packages, 2)
    _write(ground, one, _package(ground, other).read_bytes())
    return What("evidence of the same size", one, in_stores=True)


def delete_package(chance: random.Random, ground: Ground) -> What:
    """Evidence that is gone."""
    sha256 = chance.choice(ground.packages)
    _package(ground, sha256).unlink()
    return What("evidence gone", sha256, in_stores=True)


def flip_byte_of_case_file(chance: random.Random, ground: Ground) -> What:
    """One bit, anywhere in it."""
    reference = chance.choice(CASES)
    path = ground.state.casefiles / f"{reference}.casefile"
    path.write_bytes(_flipped(chance, path.read_bytes()))
    return What("a bit of a case file", f"{reference}: Its case file", in_stores=True)


def swap_case_files(_: random.Random, ground: Ground) -> What:
    """One case's in the place of the other's."""
    one, other = (ground.state.casefiles / f"{reference}.casefile" for reference in CASES)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    return What("case files swapped", f"{CASES[0]}: Its case file", in_stores=True)


def _package(ground: Ground, sha256: str) -> Path:
    return ground.state.evidence / sha256[:2] / sha256


def _write(ground: Ground, sha256: str, data: bytes) -> None:
    path = _package(ground, sha256)
    path.chmod(0o600)
    path.write_bytes(data)


# Somebody who makes all of it agree again: the chain, the tree, and with the desk's key the checkpoints.


def back_date(chance: random.Random, ground: Ground) -> What:
    """An entry is said to be of earlier; all that follows is written anew, tiles and checkpoints too."""
    rows, at = _rows(), chance.randrange(ENTRIES)
    rows[at] = _said(rows[at], lambda entry: replace(entry, instant=entry.instant - chance.randint(1, 9 * _MINUTE)))
    return _rewritten("an entry back-dated", rows, at, ground)


def say_otherwise(chance: random.Random, ground: Ground) -> What:
    """Another did it; the salt stays, as a clever hand would leave it."""
    rows, at = _rows(), chance.randrange(ENTRIES)
    rows[at] = _said(rows[at], lambda entry: replace(entry, actor="officer:bob"))
    return _rewritten("another actor", rows, at, ground)


def take_out(chance: random.Random, ground: Ground) -> What:
    """An entry is gone, those after it move up, and another one is put at the end, so that there are as many."""
    rows, at = _rows(), chance.randrange(ENTRIES - 1)
    end = rows[-1]
    return _rewritten("an entry taken out", [*rows[:at], *rows[at + 1 :], end], at, ground)


def re_order(chance: random.Random, ground: Ground) -> What:
    """Two entries change places, and are numbered anew."""
    rows = _rows()
    one, other = sorted(chance.sample(range(ENTRIES), 2))
    rows[one], rows[other] = rows[other], rows[one]
    return _rewritten("entries re-ordered and chained", rows, one, ground)


def cut_off(chance: random.Random, ground: Ground) -> What:
    """The end is gone, with the checkpoints that spoke of it: at the desk, no trace of it is left."""
    kept = chance.randint(1, ENTRIES - 1)
    return _rewritten("the end cut off", _rows()[:kept], kept, ground)


def fork(chance: random.Random, ground: Ground) -> What:
    """The same number of entries once more, of which the last were never made."""
    rows, at = _rows(), chance.randrange(ENTRIES)
    rows = [
        *rows[:at],
        *(_said(row, lambda entry: replace(entry, case=CASES[entry.sequence % 2 - 1])) for row in rows[at:]),
    ]
    return _rewritten("a checkpoint forked", rows, at, ground)


def _said(row: Row, change: Callable[[Entry], Entry]) -> Row:
    return replace(row, canonical=format_entry(change(parse_entry(row.canonical))))


def _rewritten(kind: str, rows: Sequence[Row], changed: int, ground: Ground) -> What:
    """Write the log anew, chained, and sign it at each size at which it was."""
    _ask(f"DELETE FROM {_TABLE}")  # noqa: S608  a name of ours
    _ask("DELETE FROM custody_logcheckpoint")
    LogTile.objects.all().delete()
    previous, leaves, written = "", [], []
    for sequence, row in enumerate(rows, 1):
        entry = replace(parse_entry(row.canonical), sequence=sequence, previous=previous or None)
        canonical = format_entry(entry)
        previous = leaf_hash_of(row.salt, canonical)
        leaves.append(bytes.fromhex(previous))
        written.append(_row_of(entry, canonical, row.salt, previous))
    CustodyEntry.objects.bulk_create(written)
    _signed_anew(ground.state, leaves)
    assert changed < ENTRIES
    return What(kind, f"size {ENTRIES}", only_outside=True)


def _row_of(entry: Entry, canonical: bytes, salt: bytes, leaf: str) -> CustodyEntry:
    return CustodyEntry(
        sequence=entry.sequence,
        instant=entry.instant,
        actor=entry.actor,
        act=entry.act.value,
        verb=entry.verb.value,
        case=entry.case or "",
        record=entry.record or "",
        canonical=canonical,
        sha256=hash_of(canonical),
        salt=salt,
        leaf_hash=leaf,
        previous=entry.previous or "",
    )


def _signed_anew(state: State, leaves: Sequence[bytes]) -> None:
    key = log_key(state, may_be_new=False)
    last = Checkpoint(origin_of(key), 0, EMPTY_ROOT)
    tiles = KeptTiles()
    for size in sorted({min(size, len(leaves)) for size in SIGNED}):
        grown = grow(last, leaves[last.size : size], tiles)
        tiles.keep(grown.tiles)
        last = grown.checkpoint
        text = format_checkpoint(last)
        note = format_note(Note(text, (sign(text, last.origin, key),)))
        LogCheckpoint(size=size, note=note, signed_at=NOW).save()


WAYS: Final[tuple[Callable[[random.Random, Ground], What], ...]] = (
    flip_bytes_of_entry,
    flip_bytes_of_entry,
    change_column,
    delete_entry,
    swap_entries,
    damage_tile,
    damage_checkpoint,
    flip_byte_of_package,
    replace_package,
    delete_package,
    flip_byte_of_case_file,
    flip_byte_of_case_file,
    swap_case_files,
    back_date,
    say_otherwise,
    take_out,
    re_order,
    cut_off,
    fork,
)
