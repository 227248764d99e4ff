"""What a desk gives out of its log: a receipt of one entry, what a witness is asked, and what it answered.

    prove(41)           that entry 41 stands in the log, in C2SP's tlog-proof; not what it says
    prove_opened(41, …) … and what it says, with its salt: an entry itself
    ask_witness(20)     the newest checkpoint, and that it goes on from one of 20 entries
    keep_answer(…)      under the newest checkpoint, once

Entries are called by their ``sequence`` here, from 1; in the files of C2SP entry 41 is leaf 40 (docs/spec/log.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.actions import in_turn, record, recorded
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.kept_tiles import KeptTiles
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogCosignature
from safehand.desk.custody.signed_log import SignedLog, newest, signed_at
from safehand.durable import Step
from safehand.errors import UsageError
from safehand.log.commitment import Opening, format_opening
from safehand.log.note import format_signature
from safehand.log.proof_file import LogProof, format_log_proof
from safehand.log.tiled import TiledNodes
from safehand.log.tree import prove_consistency, prove_inclusion
from safehand.log.vkey import VerifierKey
from safehand.log.witness_request import Request, format_request, with_cosignatures

_SIGN: Final = "Have it signed: safehand log checkpoint."


def prove(sequence: int) -> str:
    """The receipt of one entry, in the newest checkpoint. It shows that a leaf stands there, and not what of."""
    return _proof(sequence, newest_of_any(), None)


def prove_opened(sequence: int, purpose: Purpose, actor: str, *, clock: Clock = system_clock) -> str:
    """The same with the entry and its salt. To show an entry is one itself, for one of the purposes that there are."""
    signed = newest_of_any()
    with recorded():
        row = CustodyEntry.objects.filter(sequence=sequence).first()
        if row is None:
            raise _not_held(sequence)
        text = _proof(sequence, signed, format_opening(Opening(bytes(row.salt), bytes(row.canonical))))
        record(
            Verb.LOG_SHOWN,
            actor=actor,
            case=row.case or None,
            record="log",
            reason=purpose,
            details={"entries": 1, "entry": sequence},
            clock=clock,
        )
    return text


def ask_witness(seen: int) -> str:
    """What a witness is asked that saw ``seen`` entries last, 0 where it saw none (c2sp.org/tlog-witness)."""
    signed = newest_of_any()
    nodes = TiledNodes(KeptTiles(), signed.checkpoint.size)
    proof = prove_consistency(seen, signed.checkpoint.size, nodes)
    return format_request(Request(seen, tuple(proof), signed.note))


def keep_answer(
    answer: str, witnesses: Iterable[VerifierKey], *, of: SignedLog | None = None, clock: Clock = system_clock
) -> SignedLog:
    """The newest checkpoint, or the one that was asked ``of``, with what these witnesses wrote under it.

    CannotRead, NotSigned: nothing is kept.
    """
    with committed(Step.APPEND_COSIGNED):
        in_turn()
        signed = signed_at(of.checkpoint.size) if of is not None else newest_of_any()
        note = with_cosignatures(signed.note, answer, witnesses)
        row = LogCheckpoint.objects.get(size=signed.checkpoint.size)
        for signature in note.signatures[len(signed.note.signatures) :]:
            line = format_signature(signature).removesuffix("\n")
            LogCosignature(checkpoint=row, line=line, kept_at=clock()).save()
    return signed_at(signed.checkpoint.size)


def newest_of_any() -> SignedLog:
    """The newest checkpoint. UsageError before the first."""
    signed = newest()
    if signed is None:
        raise UsageError("The custody log was not signed yet.", todo=_SIGN)
    return signed


def _proof(sequence: int, signed: SignedLog, extra: bytes | None) -> str:
    size = signed.checkpoint.size
    if not 0 < sequence <= size:
        raise _not_held(sequence)
    hashes = prove_inclusion(sequence - 1, size, TiledNodes(KeptTiles(), size))
    return format_log_proof(LogProof(sequence - 1, tuple(hashes), signed.note, extra))


def _not_held(sequence: int) -> UsageError:
    return UsageError("No checkpoint holds an entry of this number.", where=f"entry {sequence}", todo=_SIGN)
