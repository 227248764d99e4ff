"""In which order a review goes, as a pure question of who wrote what before.

    conclusion (anybody who may write)
      └─ second reviewer (another officer) ─── or sent back, by them
           └─ signed off (a supervisor who wrote neither) ─── or sent back, by them

    may_follow(steps, "bob", supervises=False)     the stages that Bob may write now

A new conclusion may be written at any time, after a sign-off too; it starts the order anew.
Who wrote any conclusion of the review, or as second reviewer since the last sign-off, does not sign it off. Sending
back writes no part of what is signed: a unit with one supervisor may send back and sign what comes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from safehand.desk.conduct.models import Stage


@dataclass(frozen=True, slots=True)
class Written:
    """A step, and the reference of the officer who wrote it."""

    stage: Stage
    by: str


_STANDS: Final[dict[Stage | None, str]] = {
    None: "No conclusion is written yet.",
    Stage.CONCLUSION: "A conclusion waits for a second reviewer: another officer than the one who wrote it.",
    Stage.SECOND: "Both reviewers have written. It waits for the sign-off of a supervisor who wrote no part of it.",
    Stage.SENT_BACK: "It was sent back. It goes on with a new conclusion.",
    Stage.SIGNED_OFF: "It is signed off. A new conclusion would need a second reviewer and a sign-off of its own.",
}


def may_follow(steps: Sequence[Written], officer: str, *, supervises: bool) -> tuple[Stage, ...]:
    """The stages that this officer may write next, of a review whose steps so far are these, the oldest first."""
    last = steps[-1] if steps else None
    may = [Stage.CONCLUSION]
    if last is None:
        return tuple(may)
    if last.stage is Stage.CONCLUSION and last.by != officer:
        may += [Stage.SECOND, Stage.SENT_BACK]
    if last.stage is Stage.SECOND and supervises and officer not in _authors(steps):
        may += [Stage.SIGNED_OFF, Stage.SENT_BACK]
    return tuple(may)


def _authors(steps: Sequence[Written]) -> set[str]:
    """Who wrote a conclusion at any time, or as second reviewer since the last sign-off. Sending back is neither."""
    signed = max((place for place, one in enumerate(steps) if one.stage is Stage.SIGNED_OFF), default=-1)
    since = {one.by for one in steps[signed + 1 :] if one.stage is Stage.SECOND}
    return since | {one.by for one in steps if one.stage is Stage.CONCLUSION}


def where_it_stands(steps: Sequence[Written]) -> str:
    """In words, what is there and what it waits for."""
    return _STANDS[steps[-1].stage if steps else None]
