"""Gaps that a sealed package's statement tells: what the holder left out, and where else they wrote.

    gaps_of_statement(statement, platforms={"whatsapp"})
        → [Gap(LEFT_OUT, count=48211), Gap(OTHER_PLATFORM, detail="snapchat")]

The desk asks for them when it reads a package, and the shell when it reads what ``safehand unseal`` unpacked.
"""

from __future__ import annotations

from collections.abc import Collection

from safehand.analysis.gap import Gap, GapKind
from safehand.analysis.stated import gaps_stated
from safehand.seal.answers import State
from safehand.seal.picked import Picked
from safehand.seal.statement import Statement


def gaps_of_statement(statement: Statement | None, platforms: Collection[str]) -> list[Gap]:
    """What the holder left out, and where else they wrote, as gaps. The holder's words are looked at and not kept.

    ``platforms`` are those of the conversations that were read.
    """
    if statement is None:
        return []
    given = statement.answers.given
    elsewhere, everything = given.get("declarations.other_platforms"), given.get("declarations.all_platforms")
    named = elsewhere.value if elsewhere is not None and elsewhere.state is State.GIVEN else None
    is_all = {State.YES: True, State.NO: False}.get(everything.state) if everything is not None else None
    return [
        *(Gap(GapKind.LEFT_OUT, count=excluded.bytes) for excluded in statement.exclusions),
        *_gaps_of_pick(statement.picked),
        *gaps_stated(platforms=platforms, wrote_elsewhere=named, all_is_here=is_all),
    ]


def _gaps_of_pick(picked: Picked | None) -> list[Gap]:
    if picked is None:
        return []
    return [Gap(GapKind.LEFT_OUT, count=one) for one in (picked.bytes, picked.stretches_bytes) if one]
