"""Asking somebody outside, again and again until they answer: when next, and what came of it so far.

    claim("stamp", clock)               whose turn it is to ask now: this process, or nobody yet
    went_well("stamp", clock)           or
    failed("stamp", problem, clock)     asked again after 1, 2, 4 … minutes, at most an hour

What stands in the row is shown on the page of the checkpoint: a failure is seen there, and not in a log file.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from safehand.desk.core.clock import Clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.models import LogAsking
from safehand.durable import Step

_MINUTE: Final = timedelta(minutes=1) // timedelta(microseconds=1)
_TURN: Final = 3 * _MINUTE
"""How long who asks now has for it: a worker that dies over it is followed by another then."""
_MOST: Final = 60 * _MINUTE


def asking_of(whom: str, clock: Clock) -> LogAsking:
    """How asking goes. It begins when this is called for the first time."""
    found = LogAsking.objects.filter(whom=whom).first()
    if found is not None:
        return found
    with committed(Step.STAMP_ASKED):
        now = clock()
        return LogAsking.objects.get_or_create(whom=whom, defaults={"began_at": now, "next_at": now})[0]


def claim(whom: str, clock: Clock) -> bool:
    """Whether it is time, and this process the first to see it."""
    row, now = asking_of(whom, clock), clock()
    if row.next_at > now:
        return False
    with committed(Step.STAMP_ASKED):
        return LogAsking.objects.filter(whom=whom, next_at=row.next_at).update(next_at=now + _TURN) == 1


def went_well(whom: str, clock: Clock) -> None:
    """They answered."""
    now = clock()
    with committed(Step.STAMP_ASKED):
        LogAsking.objects.filter(whom=whom).update(tries=0, last_at=now, answer="", next_at=now)


def failed(whom: str, problem: str, clock: Clock) -> None:
    """They did not, or not with what was asked for. ``problem`` is a sentence of our own, and nothing of theirs."""
    now = clock()
    with committed(Step.STAMP_ASKED):
        row = LogAsking.objects.select_for_update().get(whom=whom)
        row.tries += 1
        row.last_at, row.answer = now, problem
        row.next_at = now + min(_MINUTE << min(row.tries - 1, 10), _MOST)
        row.save()
