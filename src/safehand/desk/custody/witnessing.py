"""Asking witnesses elsewhere to sign that the log goes on from what they saw (c2sp.org/tlog-witness, add-checkpoint).

    ask_witnesses_when_due()     a chore of the workers: each that has not signed the newest checkpoint, in a task
    ask_witness_now("north")     the task: asked, and what it signed is kept under that checkpoint
    witness_states(clock)        what the page of the checkpoint says of each

Nobody is asked unless a unit sets a policy (settings/witnesses.py). What goes out is a checkpoint and hashes. A witness
that saw another log under this name has the evidence: it is fetched, kept for good and an alarm (models.LogSplitView).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.state import State
from safehand.desk.custody.actions import in_turn
from safehand.desk.custody.asking import asking_of, claim, failed, went_well
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.log_key import log_key, verifier_of
from safehand.desk.custody.models import LogAsking, LogCheckpoint, LogCosignature, LogSplitView
from safehand.desk.custody.proving import keep_answer, newest_of_any
from safehand.desk.custody.signed_log import SignedLog, newest
from safehand.desk.custody.witness_http import Said, say
from safehand.durable import Step
from safehand.errors import CannotRead, SafehandError
from safehand.log.checkpoint import parse_checkpoint, read_size
from safehand.log.note import Note, format_note, parse_note, parse_signature, signed_by
from safehand.log.policy import NONE, Listed, Policy, check_signed, format_policy
from safehand.log.split_view import check_split_view, compare, format_split_view
from safehand.log.tiled import TiledNodes
from safehand.log.tree import prove_consistency
from safehand.log.witness import Status, checkpoint_path
from safehand.log.witness_request import Request, format_request
from safehand.model.digest import sha256_of

Say: TypeAlias = Callable[[str, "str | None"], Said]
"""``witness_http.say``, or what stands for it in a test."""

_SAID: Final = {
    Status.MALFORMED: "The witness does not understand what it is asked.",
    Status.NOT_SIGNED: "The witness has another key for this log than the one that signs it.",
    Status.UNKNOWN_LOG: "The witness does not look at this log: its owner has to add it.",
    Status.OTHER_SIZE: "The witness does not say how much of this log it saw.",
    Status.NOT_CONSISTENT: "The witness does not find that this log goes on from what it saw.",
}
_ODD: Final = "What the witness answered is none of the answers that there are."
_OTHER_LOG: Final = "The witness saw another log under this name. The evidence is kept."


@dataclass(frozen=True, slots=True)
class WitnessState:
    """One witness of the policy."""

    name: str
    size: int
    """Entries of the log that it signed last; 0 before the first."""
    seconds: int | None
    """When, by its own clock, since 1970."""
    failing: LogAsking | None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """All of them."""

    each: tuple[WitnessState, ...]
    signed: int
    """How many signed the newest checkpoint."""
    is_met: bool
    """Whether the policy's quorum did."""


def ask_witnesses_when_due(clock: Clock = system_clock) -> None:
    """A chore. The heart of a worker waits for no witness: a task asks each."""
    from safehand.desk.custody.tasks import ask_witness  # noqa: PLC0415  it imports this module

    policy: Policy | None = settings.WITNESSES
    signed = newest() if policy is not None else None
    if policy is None or signed is None:
        return
    for name, listed in policy.witnesses.items():
        if not _has_signed(signed, listed) and claim(_whom(name), clock):
            ask_witness.enqueue(name)


def ask_witness_now(name: str, clock: Clock = system_clock, say: Say = say) -> bool:
    """Ask one, and keep what it signed. Whether it did; where not, it is asked again after a while."""
    policy: Policy | None = settings.WITNESSES
    listed = policy.witnesses.get(name) if policy is not None else None
    if listed is None:
        return False
    asking_of(_whom(name), clock)
    try:
        _ask(listed, newest_of_any(), clock, say)
    except SafehandError as problem:
        failed(_whom(name), problem.found, clock)
        return False
    went_well(_whom(name), clock)
    return True


def witness_states(clock: Clock = system_clock) -> Witnesses | None:
    """How it stands with each; None where none is set, or nothing was signed."""
    policy: Policy | None = settings.WITNESSES
    signed = newest() if policy is not None else None
    if policy is None or signed is None:
        return None
    each = tuple(_state(name, listed, clock) for name, listed in policy.witnesses.items())
    many = sum(one.size == signed.checkpoint.size for one in each)
    return Witnesses(each, many, _is_met(policy, signed))


def policy_to_give(state: State, origin: str) -> str:
    """Whose key signs this log, and whose witnesses it asks, as a policy that asks for none of them."""
    key = verifier_of(log_key(state, may_be_new=False), origin)
    asked: Policy | None = settings.WITNESSES
    return format_policy(Policy((Listed(key),), asked.witnesses if asked is not None else {}, {}, NONE)).decode()


def problems_of_witnesses(clock: Clock = system_clock) -> Iterator[str]:
    """For ``safehand desk check``."""
    for each in LogSplitView.objects.order_by("found_at"):
        yield f"custody log: A witness saw another log under this name, evidence {each.sha256[:16]}."
    states = witness_states(clock)
    for one in states.each if states is not None else ():
        if one.failing is not None:
            yield f"custody log: Witness {one.name} did not sign, asked {one.failing.tries} times. {one.failing.answer}"


def _ask(listed: Listed, signed: SignedLog, clock: Clock, say: Say) -> None:
    old, address = _last_signed(listed)[0], listed.url.rstrip("/")
    said = say(f"{address}/add-checkpoint", _request(old, signed))
    if said.status == Status.OTHER_SIZE:
        old = _size(said.text)
        if old <= signed.checkpoint.size:
            said = say(f"{address}/add-checkpoint", _request(old, signed))
    if said.status == Status.SIGNED:
        keep_answer(said.text, [listed.key], of=signed, clock=clock)
        return
    if said.status in (Status.OTHER_SIZE, Status.NOT_CONSISTENT) and _caught(address, signed, clock, say):
        raise CannotRead(_OTHER_LOG)
    raise CannotRead(_SAID[Status(said.status)] if said.status in set(Status) else _ODD)


def _request(old: int, signed: SignedLog) -> str:
    size = signed.checkpoint.size
    proof = prove_consistency(old, size, TiledNodes(KeptTiles(), size))
    ours = LogCheckpoint.objects.get(size=size).note  # without what others signed: each is asked the same
    return format_request(Request(old, tuple(proof), parse_note(ours)))


def _size(text: str) -> int:
    try:
        return read_size(text.removesuffix("\n"))
    except CannotRead as err:
        raise CannotRead(_SAID[Status.OTHER_SIZE]) from err


def _caught(address: str, signed: SignedLog, clock: Clock, say: Say) -> bool:
    """Whether the witness has, signed by this log, what cannot be of this log. It is kept."""
    theirs = parse_note(say(f"{address}/{checkpoint_path(signed.checkpoint.origin)}", None).text)
    who = verifier_of(log_key(settings.STATE, may_be_new=False), signed.checkpoint.origin)
    signed_by(theirs, [who])
    evidence = _evidence(theirs, signed)
    if evidence is None:
        return False
    with committed(Step.APPEND_COSIGNED):
        in_turn()
        digest = sha256_of(evidence)
        if not LogSplitView.objects.filter(sha256=digest).exists():
            LogSplitView(sha256=digest, evidence=evidence.decode(), found_at=clock()).save()
    return True


def _evidence(theirs: Note, signed: SignedLog) -> bytes | None:
    size, key = signed.checkpoint.size, log_key(settings.STATE, may_be_new=False)
    if parse_checkpoint(theirs.text).size > size:
        return format_note(theirs).encode()  # more than there is here: this log was taken back
    split = compare(signed.note, theirs, TiledNodes(KeptTiles(), size))
    if split is None:
        return None
    check_split_view(split, [verifier_of(key, signed.checkpoint.origin)])
    return format_split_view(split)


def _last_signed(listed: Listed) -> tuple[int, int | None]:
    """The size that this witness signed last, and when."""
    mine = f"— {listed.key.name} "
    for row in LogCosignature.objects.filter(line__startswith=mine).select_related("checkpoint").order_by("-pk")[:16]:
        signature = parse_signature(row.line)
        if signature.key_id == listed.key.key_id:
            return row.checkpoint.size, int.from_bytes(signature.data[:8], "big")
    return 0, None


def _has_signed(signed: SignedLog, listed: Listed) -> bool:
    return any((one.name, one.key_id) == (listed.key.name, listed.key.key_id) for one in signed.note.signatures)


def _state(name: str, listed: Listed, clock: Clock) -> WitnessState:
    asking = asking_of(_whom(name), clock)
    return WitnessState(name, *_last_signed(listed), asking if asking.tries else None)


def _is_met(policy: Policy, signed: SignedLog) -> bool:
    key = verifier_of(log_key(settings.STATE, may_be_new=False), signed.checkpoint.origin)
    try:
        check_signed(signed.note, Policy((Listed(key),), policy.witnesses, policy.groups, policy.quorum))
    except SafehandError:
        return False
    return True


def _whom(name: str) -> str:
    return f"witness:{sha256_of(name.encode('utf-8', 'surrogateescape'))}"
