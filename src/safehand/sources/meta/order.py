"""In which order the parts of a thread are read, and from which end each, so that the conversation runs forward.

    message_1.json   newest part, newest message first        read third, from its end
    message_2.json                                            read second, from its end
    message_10.json  oldest part                              read first, from its end

That is how the platforms write, and it is never taken for granted: the times at the ends of each file decide, and what
they decided stands in the notes. Where they decide nothing (one message, one time) the platform's own way is assumed,
and the notes say so too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from safehand.model.doubt import Doubt
from safehand.sources.meta.layout import Form
from safehand.sources.meta.survey import Survey

CAP: Final = 10_000
"""Messages a part of a thread holds at most; a part that holds as many may be followed by another (formats.md 1.2)."""

_MOST_NAMED: Final = 20
"""Missing parts that a note lists by number; more are told by how many they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the thread in reading order. ``reverse``: read it from its end."""

    survey: Survey
    reverse: bool


@dataclass(frozen=True, slots=True)
class Order:
    """The parts, and what is to be said about them."""

    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    doubts: tuple[tuple[Doubt, int], ...]


def order_of(surveys: Sequence[Survey], form: Form) -> Order:
    """The reading order of all files of one thread."""
    notes: list[str] = []
    newest_first = _newest_first(surveys, form, notes)
    numbered = _by_number(surveys, notes)
    parts = tuple(Part(one, _reverse(one, default=newest_first)) for one in numbered)
    if any(part.reverse != newest_first and part.survey.count > 1 for part in parts):
        notes.append("Some files of this thread run the other way; each was read by its own times.")
    doubts: list[tuple[Doubt, int]] = []
    missing = _missing(surveys) if form is not Form.ENCRYPTED else []
    if missing:
        doubts.append((Doubt.FILE_MISSING, len(missing)))
        named = ", ".join(map(str, missing[:_MOST_NAMED]))
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        notes.append(f"The parts of this thread are numbered, and these are not here: {named}{more}.")
    if form is not Form.ENCRYPTED and _is_full(surveys):
        doubts.append((Doubt.CLIPPED_AT_CAP, 1))
        notes.append(
            f"The part with the highest number holds {CAP} messages, as many as a part can: there may be another."
        )
    return Order(parts, tuple(notes), tuple(doubts))


def _newest_first(surveys: Sequence[Survey], form: Form, notes: list[str]) -> bool:
    """Whether the thread's files have the newest message first."""
    falls, rises = sum(one.falls for one in surveys), sum(one.rises for one in surveys)
    if falls == rises:
        if any(one.count > 1 for one in surveys):
            way = "the oldest" if form is Form.ENCRYPTED else "the newest"
            notes.append(
                f"The times do not tell which message is older; it was read as the platform writes: {way} first."
            )
        return form is not Form.ENCRYPTED
    way = "newest" if falls > rises else "oldest"
    notes.append(f"The files have the {way} message first: the times at their ends say so.")
    return falls > rises


def _reverse(one: Survey, *, default: bool) -> bool:
    return default if one.falls == one.rises else one.falls > one.rises


def _by_number(surveys: Sequence[Survey], notes: list[str]) -> list[Survey]:
    """The files so that their times run forward: by number, highest or lowest first, the others put in by time."""
    down = sorted((one for one in surveys if one.number is not None), key=lambda one: -(one.number or 0))
    up = sorted(down, key=lambda one: one.number or 0)
    chosen = down
    if len(down) > 1:
        wrong_down, wrong_up = _backward_steps(down), _backward_steps(up)
        chosen = down if wrong_down <= wrong_up else up
        if wrong_down == wrong_up:
            notes.append("The times do not tell which part is older; the part with the highest number was read first.")
        else:
            way = "highest number" if chosen is down else "lowest number"
            notes.append(f"The part with the {way} is the oldest: the times at the ends of the parts say so.")
        if min(wrong_down, wrong_up):
            notes.append("The times of the parts overlap or are not in the order of their numbers.")
    for one in surveys:
        if one.number is None:
            chosen = _insert(chosen, one)
    return chosen


def _backward_steps(surveys: Iterable[Survey]) -> int:
    times = [one.earliest for one in surveys if one.earliest is not None]
    return sum(later < earlier for earlier, later in pairwise(times))


def _insert(chosen: list[Survey], one: Survey) -> list[Survey]:
    """``one`` has no number: it goes before the first part that is later, and to the end if there is none."""
    for index, other in enumerate(chosen):
        if one.earliest is not None and other.earliest is not None and other.earliest > one.earliest:
            return [*chosen[:index], one, *chosen[index:]]
    return [*chosen, one]


def _missing(surveys: Iterable[Survey]) -> list[int]:
    """The numbers between 1 and the highest that no file has."""
    numbers = {one.number for one in surveys if one.number is not None}
    return [number for number in range(1, max(numbers, default=0)) if number not in numbers]


def _is_full(surveys: Sequence[Survey]) -> bool:
    numbered = [one for one in surveys if one.number is not None] or list(surveys)
    return max(numbered, key=lambda one: one.number or 0).count == CAP
