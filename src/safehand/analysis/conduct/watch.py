"""Counting what each account of a conversation does: one pass, and a memory that does not grow with the messages.

    watch = ConductWatch()
    watch.see(message, account=1, reading=…, since=…)     every message, in the order of the conversation
    watch.sides()                                         {1: SideConduct(…), 2: SideConduct(…)}

An **act** is a message, a call or a reaction of an account. A note of the platform's is none. A message whose account
is not known may have been anybody's: nothing is claimed across it, neither a silence nor a run.
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.conduct.side import Side
from safehand.analysis.conduct.sides import SILENCES, USUAL, Run, SideConduct
from safehand.model.instant import Instant, seconds_between
from safehand.model.message import Kind, Message

_HOUR: Final = 3_600
_LEAST: Final = SILENCES[0] * _HOUR
_ANSWERED: Final = SILENCES[USUAL] * _HOUR
"""Seconds within which writing after another is an answer; beyond, it opens anew."""

# Looking a member up on its class costs as much as two calls; these are asked of every message.
_SYSTEM: Final = Kind.SYSTEM
_CALL: Final = Kind.CALL
_NOT_WRITTEN: Final = frozenset({Kind.CALL, Kind.REACTION_NOTICE})


class ConductWatch:
    """Looks at the messages of one conversation as they go by."""

    def __init__(self) -> None:
        self._sides: dict[int, Side] = {}
        self._by: int | None = None
        self._sent: Instant | None = None
        self._just_before = False
        """Whether the last act is the message that went by last, so that ``since`` is the silence."""
        self._run: list[int] | None = None
        """Account, first and last message, and how many."""

    def see(self, message: Message, account: int | None, reading: int | None, since: int | None) -> None:
        """The next message. ``reading`` is what the clock that is shown read, in microseconds, or None; ``since`` the
        seconds between the message before it and this one, as ``seconds_between`` tells them, or None.
        """
        kind = message.kind
        if kind is _SYSTEM:
            self._just_before = False
            return
        if account is None:
            self._end_run()
            self._by = self._sent = None
            self._just_before = False
            return
        side = self._sides.get(account)
        if side is None:
            side = self._sides[account] = Side(message.number)
        silence = since if self._just_before else self._since_last(message.sent)
        if silence is not None and silence < 0:  # the source runs back
            silence = None
        side.last = message.number
        if silence is None:
            side.not_compared += 1
        else:
            side.compared += 1
            if silence >= _LEAST:  # one message in ten
                side.open(message.number, silence, own=self._by == account)
        if self._run is not None and self._run[0] != account:
            self._end_run()
        if kind in _NOT_WRITTEN:
            side.calls += kind is _CALL
        else:
            self._written(side, message, account, silence)
            side.write_at(message.number, message.sent, reading)
        self._by, self._sent, self._just_before = account, message.sent, True

    def sides(self) -> dict[int, SideConduct]:
        """Every account that did anything, by its number, in the order of their first acts."""
        self._end_run()
        return {account: side.told() for account, side in self._sides.items()}

    def _since_last(self, sent: Instant) -> int | None:
        return None if self._sent is None else seconds_between(self._sent, sent)

    def _written(self, side: Side, message: Message, account: int, silence: int | None) -> None:
        text = message.text
        side.messages += 1
        if text:
            side.words += len(text.split())
            side.questions += "?" in text
        if silence is not None and silence < _ANSWERED and self._by != account and self._by is not None:
            side.answers[silence] += 1
        run = self._run
        if run is None:
            self._run = [account, message.number, message.number, 1]
        else:
            run[2] = message.number
            run[3] += 1

    def _end_run(self) -> None:
        if self._run is not None:
            account, *run = self._run
            self._sides[account].keep_run(Run(*run))
        self._run = None
