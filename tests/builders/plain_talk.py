"""What is counted of a conversation while its case file is built, counted a second way: for every message the whole
list is looked back through. Slow, and short enough to be read beside docs/spec/casefile.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from safehand.analysis.conduct.sides import BREAK, LISTED, LONG_RUN, SILENCES, Opening, Run, SideConduct, Stretch, Times
from safehand.casefile.clock import DAY, Clock, wall_of
from safehand.casefile.tempo import SILENCE, Turn
from safehand.model.instant import MICRO, Instant, Precision, seconds_between
from safehand.model.message import Kind, Message

HOUR = 3_600


def tens(talk: Sequence[Message]) -> dict[tuple[int, int, int, str], tuple[int, int]]:
    """By reading, day, ten (-1 without an hour) and account: how many messages, and the lowest number."""
    found: dict[tuple[int, int, int, str], list[int]] = defaultdict(list)
    for one in filter(_says, talk):
        wall = wall_of(one.sent)
        readings = {1: wall.at, 2: wall.other} if wall.clock is Clock.EITHER else {0: wall.at}
        for reading, at in readings.items():
            if at is not None:
                ten = -1 if one.sent.precision is Precision.DAY else at % DAY // (600 * MICRO)
                found[reading, at // DAY, ten, one.sender or ""].append(one.number)
    return {key: (len(numbers), min(numbers)) for key, numbers in found.items()}


def turns(talk: Sequence[Message]) -> Counter[tuple[str, Turn]]:
    """By account: what its messages were to the ones before."""
    return Counter((one.sender or "", _turn(talk[:at], one)) for at, one in enumerate(talk) if _says(one))


def starts(talk: Sequence[Message]) -> Counter[tuple[int, str]]:
    """By day and account: messages that start."""
    return Counter(
        (at // DAY, one.sender or "")
        for place, one in enumerate(talk)
        if _says(one) and _turn(talk[:place], one) is Turn.START and (at := wall_of(one.sent).at) is not None
    )


def silences(talk: Sequence[Message]) -> list[tuple[int, int, int]]:
    """Seconds, the message before and the one after, longest first."""
    found = [
        (_seconds(before, one) or 0, before.number, one.number)
        for place, one in enumerate(talk)
        if _says(one) and (before := _last(talk[:place])) is not None and _turn(talk[:place], one) is Turn.START
    ]
    return sorted(found, key=lambda each: (-each[0], each[1]))


def conduct(talk: Sequence[Message]) -> dict[str, SideConduct]:
    """What each account did."""
    runs = _runs(talk)
    return {who: _side(talk, who, runs[who]) for who in dict.fromkeys(one.sender for one in talk if _acts(one)) if who}


def _says(one: Message) -> bool:
    return one.sender is not None and one.kind not in {Kind.SYSTEM, Kind.REACTION_NOTICE}


def _acts(one: Message) -> bool:
    return one.sender is not None and one.kind is not Kind.SYSTEM


def _last(before: Sequence[Message]) -> Message | None:
    return next((one for one in reversed(before) if _says(one)), None)


def _seconds(before: Message, one: Message) -> int | None:
    if Precision.DAY in (before.sent.precision, one.sent.precision):
        return None
    return seconds_between(before.sent, one.sent)


def _turn(before: Sequence[Message], one: Message) -> Turn:
    last = _last(before)
    if last is None:
        wall = wall_of(one.sent)
        return Turn.START if wall.at is not None and wall.clock is not Clock.EITHER else Turn.UNSURE
    seconds = _seconds(last, one)
    if seconds is None or seconds < 0:
        return Turn.UNSURE
    if seconds >= SILENCE:
        return Turn.START
    if last.sender == one.sender:
        return Turn.FOLLOWS
    answers = (Turn.WITHIN_1, Turn.WITHIN_5, Turn.WITHIN_15, Turn.WITHIN_60, Turn.WITHIN_240)
    return answers[bisect_right((60, 300, 900, 3600), seconds)]


def _act_before(before: Sequence[Message]) -> Message | None:
    """The last act; None where nobody knows whose the last message was."""
    last = next((one for one in reversed(before) if one.kind is not Kind.SYSTEM), None)
    return None if last is None or last.sender is None else last


def _silence(before: Sequence[Message], one: Message) -> int | None:
    last = _act_before(before)
    seconds = None if last is None else seconds_between(last.sent, one.sent)
    return None if seconds is None or seconds < 0 else seconds


def _runs(talk: Sequence[Message]) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = defaultdict(list)
    by, numbers = None, list[int]()
    for one in [*talk, None]:
        if one is None or (one.kind is not Kind.SYSTEM and one.sender != by):
            if by is not None and numbers:
                found[by].append(Run(numbers[0], numbers[-1], len(numbers)))
            by, numbers = None if one is None else one.sender, []
        if one is not None and _acts(one) and one.kind not in {Kind.CALL, Kind.REACTION_NOTICE}:
            numbers.append(one.number)
    return found


def _stretches(written: Sequence[Message]) -> list[Stretch]:
    found: list[list[tuple[int, int]]] = []
    for one in written:
        wall = wall_of(one.sent)
        if wall.at is None or wall.clock is Clock.EITHER:
            continue
        readings = [at for at, _ in found[-1]] if found else []
        near = bool(readings) and min(readings) - BREAK * MICRO < wall.at < max(readings) + BREAK * MICRO
        if near:
            found[-1].append((wall.at, one.number))
        else:
            found.append([(wall.at, one.number)])
    return [
        Stretch(held[0][1], held[-1][1], len(held), min(held)[0], max(held)[0], _hours([at for at, _ in held]))
        for held in found
    ]


def _hours(readings: Sequence[int]) -> tuple[int, ...]:
    counts = Counter(at // (HOUR * MICRO) % 24 for at in readings)
    return tuple(counts[hour] for hour in range(24))


def _sort(sent: Instant) -> str:
    if sent.utc is not None:
        return "known"
    return "device" if sent.local is not None else "either" if sent.alternatives else "none"


def _side(talk: Sequence[Message], who: str, runs: Sequence[Run]) -> SideConduct:
    acts = [(talk[:at], one) for at, one in enumerate(talk) if _acts(one) and one.sender == who]
    written = [(before, one) for before, one in acts if one.kind not in {Kind.CALL, Kind.REACTION_NOTICE}]
    told = [(before, one, seconds) for before, one in acts if (seconds := _silence(before, one)) is not None]
    own = [(one.number, seconds, getattr(_act_before(before), "sender", None) == who) for before, one, seconds in told]
    answers = sorted(
        seconds
        for before, one in written
        if (seconds := _silence(before, one)) is not None and seconds < 6 * HOUR
        and getattr(_act_before(before), "sender", None) != who
    )  # fmt: skip
    stretches = _stretches([one for _, one in written])
    sorts = Counter(map(_sort, (one.sent for _, one in written)))
    return SideConduct(
        messages=len(written),
        words=sum(len((one.text or "").split()) for _, one in written),
        questions=sum("?" in (one.text or "") for _, one in written),
        calls=sum(one.kind is Kind.CALL for _, one in acts),
        first=acts[0][1].number,
        last=acts[-1][1].number,
        times=Times(**sorts),
        compared=len(told),
        not_compared=len(acts) - len(told),
        opened=tuple(sum(seconds >= hours * HOUR for _, seconds, _ in own) for hours in SILENCES),
        reopened=tuple(sum(mine and seconds >= hours * HOUR for _, seconds, mine in own) for hours in SILENCES),
        openings=tuple(Opening(*each) for each in own if each[1] >= 6 * HOUR)[:LISTED],
        long_runs=sum(run.length >= LONG_RUN for run in runs),
        longest=max(runs, key=lambda run: run.length, default=None),
        runs=tuple(run for run in runs if run.length >= LONG_RUN)[:LISTED],
        answers=len(answers),
        answer_median=answers[(len(answers) - 1) // 2] if answers else None,
        hours=tuple(map(sum, zip(*(each.hours for each in stretches), strict=True))) or (0,) * 24,
        stretches=tuple(stretches[:LISTED]),
        stretch_count=len(stretches),
    )
