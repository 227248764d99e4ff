"""The whole custody log computed again, and compared with everything that was ever signed of it.

    audit_log(state, [lodged])          what is wrong, a sentence each, and what was compared

``chain`` says that entries follow one another; whoever owns the database could write all of them anew. Here they meet
the tree that is kept, the checkpoints that are kept, and those that somebody has from elsewhere: printed, lodged with a
court, or a witness's. Only the last are beyond the reach of that owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from safehand.desk.core.state import State
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.leaves import bytes_of
from safehand.desk.custody.log_key import every_key, keys_at, signs_now
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogKeyEnded
from safehand.errors import CannotRead, SafehandError
from safehand.log.audit import Finding, Found, audit
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.commitment import SALT_LENGTH, Opening, commit
from safehand.log.note import Note, NotSigned, parse_note, signed_by
from safehand.log.vkey import format_vkey, is_key_name

_NAMELESS: Final = "a-log"
"""A log of which every checkpoint was damaged."""

_SENTENCES: Final[dict[Found, str]] = {
    Found.CHANGED: "It is not the entry that stood there.",
    Found.REMOVED: "It was removed.",
    Found.ADDED: "It was put in later.",
    Found.REORDERED: "It stood elsewhere.",
    Found.TILE_MISSING: "A tile of the log is gone. It can be made again from the entries.",
    Found.TILE_CHANGED: "A tile of the log is not what it was.",
}


@dataclass(frozen=True, slots=True)
class LogAudit:
    """What came of it."""

    entries: int
    compared: int
    """Checkpoints that were signed by this log, and that these entries are of."""
    lodged: int
    """How many of those somebody brought along."""
    problems: tuple[str, ...]


def audit_log(state: State, lodged: Sequence[Note] = ()) -> LogAudit:
    """Compare. Of a log that was never signed nothing is found and nothing was compared."""
    kept, damaged = _kept()
    brought = [(f"checkpoint that was given, {number}", note) for number, note in enumerate(lodged, 1)]
    if not kept and not brought:
        return LogAudit(CustodyEntry.objects.count(), 0, 0, tuple(damaged))
    signed, problems = _signed(state, kept, brought)
    here, elsewhere = ([checkpoint for where, checkpoint in signed if where in dict(side)] for side in (kept, brought))
    size = max((checkpoint.size for checkpoint in here), default=0)
    report = audit(_leaves(), list(dict.fromkeys([*here, *elsewhere])), size=size, tiles=KeptTiles() if size else None)
    held = sum(checkpoint in report.holds for checkpoint in elsewhere)
    found = (*damaged, *problems, *(_sentence(finding) for finding in report.findings))
    return LogAudit(report.entries, len(report.holds), held, found)


def problems_of_signed_log(state: State) -> Iterator[str]:
    """The same for ``safehand desk check``: with what the desk itself has kept."""
    yield from audit_log(state).problems


def _kept() -> tuple[list[tuple[str, Note]], list[str]]:
    """The checkpoints of the desk, smallest first, and a sentence for each that is no longer what it was."""
    notes, problems = [], []
    for row in LogCheckpoint.objects.order_by("size"):
        where = f"checkpoint of {row.size}"
        try:
            note = parse_note(row.note)
            if parse_checkpoint(note.text).size != row.size:
                raise CannotRead("It is of another size than it is kept for.")  # noqa: TRY301  one sentence for both
        except CannotRead as problem:
            problems.append(f"custody log, {where}: {problem}")
        else:
            notes.append((where, note))
    return notes, problems


def _signed(
    state: State, kept: Sequence[tuple[str, Note]], brought: Sequence[tuple[str, Note]]
) -> tuple[list[tuple[str, Checkpoint]], list[str]]:
    """Those that this log signed, and a sentence for each that it did not."""
    good: list[tuple[str, Checkpoint]] = []
    problems: list[str] = []
    origin = _origin(state, (*kept, *brought))
    try:
        problems += _problems_of_keys(state, origin, [note for _, note in kept])
    except SafehandError as problem:
        return [], [f"custody log: {problem}"]
    for where, note in (*kept, *brought):
        try:
            good.append((where, _of(note, state, origin)))
        except SafehandError as problem:
            problems.append(f"custody log, {where}: {problem}")
    return good, problems


def _problems_of_keys(state: State, origin: str, kept: Sequence[Note]) -> Iterator[str]:
    """A key that took another's place did so at a checkpoint that both signed. CannotRead where the key is gone."""
    sizes = {parse_checkpoint(note.text).size for note in kept}
    ended = list(LogKeyEnded.objects.order_by("size"))
    now = every_key(state, origin)[0]
    if not signs_now(state, now):
        yield "custody log: The key that lies here is not the one that signs it. Bring that back from the backup."
    following = [*(each.vkey for each in ended[1:]), format_vkey(now)]
    for each, after in zip(ended, following, strict=False):
        if each.size not in sizes or each.next_vkey != after:
            yield f"custody log, key until {each.size}: No checkpoint that both keys signed leads to the next."


def _origin(state: State, notes: Sequence[tuple[str, Note]]) -> str:
    """What the log is called: as the first of them says that was signed by that name. A damaged one may say any."""
    origins = [parse_checkpoint(note.text).origin for _, note in notes]
    for origin, (_, note) in zip(origins, notes, strict=True):
        with suppress(SafehandError):
            _of(note, state, origin)
            return origin
    return next(filter(is_key_name, origins), _NAMELESS)


def _of(note: Note, state: State, origin: str) -> Checkpoint:
    checkpoint = parse_checkpoint(note.text)
    for who in keys_at(state, origin, checkpoint.size):
        signed_by(note, [who])
    if checkpoint.origin != origin:
        raise NotSigned("It is of another log.")
    return checkpoint


def _leaves() -> Iterator[bytes]:
    """Each entry as the leaf it makes now, whatever its row says."""
    rows = CustodyEntry.objects.order_by("sequence").values_list("canonical", "salt")
    for canonical, salt in rows.iterator(chunk_size=1000):
        opening = Opening(bytes_of(salt), bytes_of(canonical))
        # A salt that was cut makes no leaf at all, and so another one than stood there.
        yield commit(opening) if len(opening.salt) == SALT_LENGTH else b""


def _sentence(finding: Finding) -> str:
    if finding.found is Found.FORKED:
        said = "signed another one of this size" if finding.computed is not None else "had so many, and has fewer now"
        return (
            f"custody log, {finding.where}: The log {said}. What is here agrees with what was signed up to entry"
            f" {finding.since}; after it something was removed, changed or put in."
        )
    return f"custody log, {_place(finding.where)}: {_SENTENCES[finding.found]}{_now_at(finding)}"


def _now_at(finding: Finding) -> str:
    return f" It stands at {_place(finding.is_at)} now." if finding.is_at else ""


def _place(where: str) -> str:
    """``entry 41`` counts from 0, as C2SP does; entries of a desk count from 1."""
    word, _, number = where.partition(" ")
    return f"entry {int(number) + 1}" if word == "entry" else where
