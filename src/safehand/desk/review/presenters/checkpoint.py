"""A checkpoint of the custody log in words and figures, to be printed and to be read over the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from safehand.desk.core import say
from safehand.desk.core.clock import moment
from safehand.desk.custody.models import LogAsking, LogTimestamp
from safehand.desk.custody.witnessing import Witnesses, WitnessState
from safehand.desk.review.lodging import Lodging
from safehand.log.note import Note, format_note

_NOBODY = (
    "By nobody: no authority is asked, so the time above is the desk’s own word. Who looks after the desk can change"
    " that."
)
_APART = 60
"""Seconds between two clocks that are of one time."""
_COSIGNED = 8 + 64
"""Bytes of a witness's signature: the time before it (c2sp.org/tlog-cosignature)."""


@dataclass(frozen=True, slots=True)
class SeenBy:
    """One witness, as its line says; nobody checked it here but when it was kept."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedWitness:
    """One of the policy: what it signed last, and how asking it fails."""

    name: str
    last: str
    failing: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a witness has against this log, as it is kept."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CheckpointPage:
    """What the page shows."""

    unit: str
    log: str
    entries: int
    root: tuple[str, ...]
    """Eight groups of eight hexadecimal digits."""
    at: datetime
    note: str
    policy: str
    seen_by: tuple[SeenBy, ...]
    waiting: int
    stamped: str
    """Whose clock says when it was there at the latest, in a sentence or two."""
    not_stamped: str
    """How asking fails; empty while it goes well."""
    not_published: str
    """How publishing the log fails; empty while it goes well, or is not asked for."""
    quorum: str
    """How many of the witnesses that are asked signed this; empty where none is."""
    asked: tuple[AskedWitness, ...]
    evidence: tuple[Evidence, ...]


def checkpoint_page(lodging: Lodging) -> CheckpointPage:
    """Of a checkpoint."""
    checkpoint, note = lodging.signed.checkpoint, lodging.signed.note
    root = checkpoint.root.hex()
    return CheckpointPage(
        unit=lodging.unit,
        log=checkpoint.origin,
        entries=checkpoint.size,
        root=tuple(root[at : at + 8] for at in range(0, len(root), 8)),
        at=moment(lodging.signed.signed_at),
        note=format_note(note),
        policy=lodging.policy,
        seen_by=_seen_by(note),
        waiting=lodging.waiting,
        stamped=_stamped(lodging),
        not_stamped=_how_it_fails(lodging.stamps.failing, "not stamped"),
        not_published=_how_it_fails(lodging.not_published, "not published"),
        quorum=_quorum(lodging.witnesses),
        asked=tuple(map(_asked, lodging.witnesses.each)) if lodging.witnesses is not None else (),
        evidence=tuple(Evidence(moment(each.found_at), each.evidence) for each in lodging.evidence),
    )


def _stamped(lodging: Lodging) -> str:
    newest = lodging.stamps.newest
    if newest is None:
        return _NOBODY if not lodging.stamps.asks else "Not yet. An authority is asked."
    at = say.uk_second(moment(newest.moment))
    if newest.checkpoint.size == lodging.signed.checkpoint.size:
        told = f"{at}, by the clock of an authority (RFC 3161)."
    else:
        entries = say.counted(newest.checkpoint.size, "entry", "entries")
        after = "This one is asked for within the hour." if lodging.stamps.asks else "Nobody is asked for another."
        told = f"The one of {entries} was, on {at}, by the clock of an authority (RFC 3161). {after}"
    return told + _clocks_apart(newest)


def _clocks_apart(stamp: LogTimestamp) -> str:
    apart = abs(stamp.kept_at - stamp.moment) // 1_000_000
    if apart < _APART:
        return ""
    return f" When it came, that clock and the desk’s were {say.stretch(apart)} apart: one of them is wrong."


def _quorum(witnesses: Witnesses | None) -> str:
    if witnesses is None:
        return ""
    many = say.counted(len(witnesses.each), "witness is", "witnesses are")
    met = "The quorum of the policy is met" if witnesses.is_met else "The quorum of the policy is not met"
    times = [one.seconds for one in witnesses.each if one.seconds is not None]
    oldest = f"; the oldest of what they signed last is of {_second(min(times))}" if times else ""
    return f"{many} asked, and {witnesses.signed} signed this checkpoint. {met}{oldest}."


def _asked(one: WitnessState) -> AskedWitness:
    last = "has signed nothing yet"
    if one.seconds is not None:
        last = f"signed {say.counted(one.size, 'entry', 'entries')} on {_second(one.seconds)}"
    return AskedWitness(one.name, last, _how_it_fails(one.failing, "not signed"))


def _second(seconds: int) -> str:
    return say.uk_second(datetime.fromtimestamp(seconds, UTC))


def _how_it_fails(asking: LogAsking | None, not_done: str) -> str:
    if asking is None or asking.last_at is None:
        return ""
    last, again = say.uk_second(moment(asking.last_at)), say.uk_second(moment(asking.next_at))
    times = say.counted(asking.tries, "time")
    return f"Tried {times} and {not_done}, last on {last}: {asking.answer} It is tried again on {again}."


def _seen_by(note: Note) -> tuple[SeenBy, ...]:
    return tuple(
        SeenBy(one.name, datetime.fromtimestamp(int.from_bytes(one.data[:8], "big"), UTC))
        for one in note.signatures
        if len(one.data) == _COSIGNED
    )
