"""What each account did is counted alike for all, in one pass, and a second way of counting gives the same."""

from __future__ import annotations

import itertools
import random
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence

import pytest

from casefile_builders import HOUR, START, device, either, known, message
from repository import ROOT
from safehand.analysis.conduct.hours import usual_hours
from safehand.analysis.conduct.sides import BREAK, LISTED, LONG_RUN, SILENCES, Opening, Run, SideConduct, Times
from safehand.analysis.conduct.watch import ConductWatch
from safehand.casefile.clock import wall_of
from safehand.model.instant import MICRO, Instant, seconds_between, unknown_instant
from safehand.model.message import Kind, Message

MINUTE = 60 * MICRO
CALLED = {"A": 1, "B": 2}


def told(messages: Iterable[Message]) -> dict[int, SideConduct]:
    watch = ConductWatch()
    before: Message | None = None
    for one in messages:
        since = None if before is None else seconds_between(before.sent, one.sent)
        watch.see(one, CALLED.get(one.sender or ""), wall_of(one.sent).at, since)
        before = one
    return watch.sides()


def talk(*lines: tuple[str, int] | tuple[str, int, str]) -> list[Message]:
    """Messages by account and minutes since the one before, with their words if they matter."""
    at, made = START, []
    for number, (by, minutes, *said) in enumerate(lines, 1):
        at += minutes * MINUTE
        made.append(message(number, said[0] if said else "the peas are up", sent=known(at), sender=by or None))
    return made


def test_who_wrote_what_is_counted_for_both_alike() -> None:
    sides = told(talk(("A", 0, "hello there"), ("B", 1, "how are the beans?"), ("B", 1, "and peas?"), ("A", 2, "up")))
    assert list(sides) == [1, 2]
    a, b = sides[1], sides[2]
    assert (a.messages, a.words, a.questions, a.first, a.last) == (2, 3, 0, 1, 4)
    assert (b.messages, b.words, b.questions, b.first, b.last) == (2, 6, 2, 2, 3)
    assert (a.answers, a.answer_median, b.answers, b.answer_median) == (1, 120, 1, 60)


def test_who_began_again_after_each_silence_is_told_at_three_cuts() -> None:
    sides = told(talk(("A", 0), ("B", 59), ("A", 60), ("B", 6 * 60), ("B", 24 * 60), ("A", 24 * 60 - 1)))
    assert SILENCES == (1, 6, 24)
    assert (sides[1].opened, sides[1].reopened) == ((2, 1, 0), (0, 0, 0))
    assert (sides[2].opened, sides[2].reopened) == ((2, 2, 1), (1, 1, 1))
    assert sides[2].openings == (Opening(4, 21_600, own=False), Opening(5, 86_400, own=True))
    assert sides[1].openings == (Opening(6, 86_340, own=False),)


def test_the_first_message_opens_nothing_anew() -> None:
    sides = told(talk(("A", 0)))
    assert (sides[1].opened, sides[1].compared, sides[1].not_compared) == ((0, 0, 0), 0, 1)


def test_a_run_ends_with_whatever_the_other_does() -> None:
    row = talk(*[("A", 1)] * 6, ("B", 1), *[("A", 1)] * 4)
    sides = told(row)
    assert sides[1].longest == Run(1, 6, 6)
    assert (sides[1].long_runs, sides[1].runs) == (1, (Run(1, 6, 6),))
    assert sides[2].longest == Run(7, 7, 1)
    assert LONG_RUN == 5, "four in a row is no long run: the near miss stands at the end"
    call = Message(7, Kind.CALL, "B", None, row[6].sent, row[6].span)
    assert told([*row[:6], call, *row[7:]])[1].longest == Run(1, 6, 6)
    note = Message(7, Kind.SYSTEM, None, None, row[6].sent, row[6].span)
    assert told([*row[:6], note, *row[7:]])[1].longest == Run(1, 11, 10), "the platform's note answers nobody"


def test_a_call_opens_and_is_not_a_message() -> None:
    row = talk(("A", 0), ("B", 7 * 60))
    call = Message(2, Kind.CALL, "B", None, row[1].sent, row[1].span)
    side = told([row[0], call])[2]
    assert (side.messages, side.calls, side.opened) == (0, 1, (1, 1, 0))


def test_nothing_is_claimed_across_a_message_that_may_be_anybodys() -> None:
    nobody = message(2, "gone", sent=known(START + 8 * HOUR), sender=None)
    row = [*talk(("A", 0)), nobody, message(3, "peas", sent=known(START + 20 * HOUR), sender="A")]
    side = told(row)[1]
    assert (side.opened, side.compared, side.not_compared) == ((0, 0, 0), 0, 2)
    assert side.longest == Run(1, 1, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (known(START), device(START + 30 * HOUR)),
        (device(START), known(START + 30 * HOUR)),
        (known(START), unknown_instant("")),
        (either(START, START + 40 * HOUR), either(START + 30 * HOUR, START + 90 * HOUR)),
        (known(START + 30 * HOUR), known(START)),
    ],
    ids=["device", "known", "no time", "two days", "runs back"],
)
def test_no_silence_is_told_between_times_that_cannot_be_compared(before: Instant, after: Instant) -> None:
    sides = told([message(1, "a", sent=before, sender="A"), message(2, "b", sent=after, sender="B")])
    assert (sides[2].opened, sides[2].compared, sides[2].not_compared) == ((0, 0, 0), 0, 1)
    assert sides[2].answers == 0


def test_two_readings_of_one_unstated_clock_are_compared() -> None:
    row = [
        message(1, "a", sent=device(START), sender="A"),
        message(2, "b", sent=device(START + 7 * HOUR), sender="B"),
    ]
    assert told(row)[2].opened == (1, 1, 0)


def test_how_sure_the_times_are_is_counted() -> None:
    moments = (known(START), known(START), device(START), either(START, START + HOUR), unknown_instant("?"))
    row = [message(number, "a", sent=sent, sender="A") for number, sent in enumerate(moments, 1)]
    side = told(row)[1]
    assert side.times == Times(known=2, device=1, either=1, none=1)
    assert sum(side.hours) == 3, "a day that can be read in two ways is in no hour"


def test_stretches_end_with_a_break_of_three_days() -> None:
    three = BREAK // 60
    side = told(talk(("A", 0), ("A", 10), ("A", three - 1), ("A", three), ("B", 0)))[1]
    assert [(one.first, one.last, one.messages) for one in side.stretches] == [(1, 3, 3), (4, 4, 1)]
    assert side.stretch_count == 2
    assert side.stretches[0].hours[0] == 3


def test_a_stretch_of_a_source_that_runs_back_holds_all_of_it() -> None:
    side = told(talk(("A", 0), ("A", 10), ("A", -30), ("A", 5)))[1]
    assert [(one.start, one.end) for one in side.stretches] == [(START - 20 * MINUTE, START + 10 * MINUTE)]


def test_lists_are_cut_and_counts_are_not() -> None:
    side = told(talk(*[("A", 7 * 60)] * (LISTED + 6)))[1]
    assert (len(side.openings), side.opened[1], side.reopened[1]) == (LISTED, LISTED + 5, LISTED + 5)


@pytest.mark.parametrize("seed", range(8))
def test_a_second_way_of_counting_gives_the_same(seed: int) -> None:
    """domain.md F2.4: ten lines over number, account and seconds give the same figures."""
    random_ = random.Random(seed)
    steps = (0, 1, 30, 59, 60, 61, 359, 360, 361, 1439, 1440, 5000)
    row = talk(*[(random_.choice("AB"), random_.choice(steps)) for _ in range(200)])
    sides = told(row)
    plain = [(one.number, CALLED[one.sender or ""], (one.sent.utc or 0) // MICRO) for one in row]
    for account, side in sides.items():
        assert side.opened == tuple(_opened(plain, account, hours, own=None) for hours in SILENCES)
        assert side.reopened == tuple(_opened(plain, account, hours, own=True) for hours in SILENCES)
        runs = _runs(plain, account)
        assert (side.longest or Run(0, 0, 0)).length == max(runs)
        assert side.long_runs == sum(length >= LONG_RUN for length in runs)
        waits = sorted(
            b[2] - a[2] for a, b in itertools.pairwise(plain)
            if b[1] == account != a[1] and b[2] - a[2] < 6 * 3600
        )  # fmt: skip
        assert (side.answers, side.answer_median) == (len(waits), waits[(len(waits) - 1) // 2])


def _opened(plain: Sequence[tuple[int, int, int]], account: int, hours: int, *, own: bool | None) -> int:
    return sum(
        after[1] == account and after[2] - before[2] >= hours * 3600 and (own is None or before[1] == account)
        for before, after in itertools.pairwise(plain)
    )


def _runs(plain: Sequence[tuple[int, int, int]], account: int) -> list[int]:
    spelled = "".join("x" if by == account else " " for _, by, _ in plain)
    return [len(run) for run in spelled.split()]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({16: 20}, (16, 17)),
        ({22: 10, 23: 10, 0: 10, 1: 10}, (22, 2)),
        ({9: 18, 15: 1, 3: 1}, (9, 10)),
        ({9: 17, 15: 3}, (9, 16)),
        (dict.fromkeys(range(24), 10), (0, 22)),
        ({9: 19}, None),
    ],
    ids=["one hour", "over midnight", "nine in ten", "a little less", "all day", "too few"],
)
def test_the_usual_hours_hold_nine_in_ten(counts: dict[int, int], expected: tuple[int, int] | None) -> None:
    assert usual_hours([counts.get(hour, 0) for hour in range(24)]) == expected


@pytest.mark.parametrize("seed", range(3))
def test_the_script_of_the_guide_gives_the_figures_of_the_desk(seed: int) -> None:
    """domain.md F2.4: whoever wants us to be wrong can count with twelve lines of their own."""
    found = re.search(r"```python\n(.*?)```", (ROOT / "docs/guides/conduct-review.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) <= 12
    random_ = random.Random(seed)
    row = talk(*[(random_.choice("AB"), random_.choice((0, 1, 59, 60, 359, 360, 1440, 3000))) for _ in range(150)])
    table = "account,seconds\n" + "".join(f"{one.sender},{(one.sent.utc or 0) // MICRO}\n" for one in row)
    ran = subprocess.run(
        [sys.executable, "-c", found[1]], input=table, capture_output=True, text=True, check=True, timeout=60
    )
    told_ = {letter: line for letter, *line in (line.split() for line in ran.stdout.splitlines())}
    for letter, account in CALLED.items():
        side = told(row)[account]
        assert side.longest is not None
        figures = (*side.opened, *side.reopened, side.longest.length, side.answers, side.answer_median)
        assert told_[letter] == [str(figure) for figure in figures]
