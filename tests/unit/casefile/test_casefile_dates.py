"""Which days the messages of a case are of: every message counted once, and nothing guessed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from casefile_builders import DAY, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile.clock import Clock, date_of, wall_of
from safehand.casefile.dates import DaysOfCase, days_of
from safehand.casefile.read import open_casefile
from safehand.model.instant import Instant, unknown_instant

FIRST = date(2026, 1, 1)
ONE = timedelta(days=1)


def told(path: Path, sent: Iterable[Instant], *asked: date) -> tuple[DaysOfCase, ...]:
    messages = [message(number, "beans", sent=one) for number, one in enumerate(sent, 1)]
    Made(events=[*conversation(messages)], data=b"0123456789" * 10).build(path, KEY)
    with open_casefile(path, KEY) as casefile:
        return days_of(casefile, asked)


def test_every_message_of_every_conversation_is_counted_on_its_day(tmp_path: Path) -> None:
    sent = [known(START), known(START + 1), device(START + DAY), unknown_instant("?"), either(START, START + 30 * DAY)]
    first = [message(number, "beans", sent=one) for number, one in enumerate(sent, 1)]
    events = [*conversation(first), *conversation([message(1, "peas", sent=known(START))], "2")]
    path = tmp_path / "one.casefile"
    Made(events=events, data=b"0123456789" * 10).build(path, KEY)
    with open_casefile(path, KEY) as casefile:
        days = days_of(casefile, ())
    assert days == (
        DaysOfCase(None, None, Clock.NONE, 1),
        DaysOfCase(FIRST, FIRST, Clock.UK, 3, FIRST),
        DaysOfCase(FIRST, date(2026, 1, 31), Clock.EITHER, 1, FIRST),
        DaysOfCase(FIRST + ONE, FIRST + ONE, Clock.DEVICE, 1, FIRST + ONE),
    )


def test_a_message_without_a_time_is_of_no_day_although_it_stands_among_those_of_one(tmp_path: Path) -> None:
    sent = [unknown_instant("?"), known(START), unknown_instant("?"), unknown_instant("?"), known(START + DAY)]
    path = tmp_path / "one.casefile"
    assert told(path, sent) == (
        DaysOfCase(None, None, Clock.NONE, 3),
        DaysOfCase(FIRST, FIRST + ONE, Clock.UK, 2, FIRST + ONE),
    )
    with open_casefile(path, KEY) as casefile:
        page = casefile.day_page(1, 1)
    assert page is not None
    assert (page.first, page.last) == (1, 5), "every one stands on a page all the same"


def test_days_are_told_together_up_to_the_day_that_is_asked_about_and_apart_from_there(tmp_path: Path) -> None:
    days = told(tmp_path / "case", [known(START + day * DAY) for day in range(10)], FIRST + 5 * ONE)
    apart = [(each.first, each.last, each.messages) for each in days]
    assert apart == [
        (FIRST, FIRST + 3 * ONE, 4),
        (FIRST + 4 * ONE, FIRST + 4 * ONE, 1),
        (FIRST + 5 * ONE, FIRST + 5 * ONE, 1),
        (FIRST + 6 * ONE, FIRST + 9 * ONE, 4),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_a_count_of_single_messages_lies_about_each_day_that_is_asked_about_as_the_days_do(
    tmp_path: Path, seed: int
) -> None:
    """What a page asks: how many are surely before a day, surely not, and of what days the first and the last are."""
    random_ = random.Random(seed)
    asked = [FIRST + random_.randrange(-2, 42) * ONE for _ in range(random_.choice((0, 1, 3)))]
    sent = [_sent(random_) for _ in range(random_.choice((0, 1, 60)))]
    days = [each for each in told(tmp_path / "case", sent, *asked) if each.first is not None and each.last is not None]
    walls = [wall for wall in map(wall_of, sent) if wall.at is not None]
    plain = [(wall.clock, [date_of(at // DAY) for at in (wall.at, wall.other) if at is not None]) for wall in walls]
    assert sum(each.messages for each in days) == len(plain)
    for clock in Clock:
        mine = [sorted(readings) for of, readings in plain if of is clock]
        ours = [(each.first, each.last, each.latest, each.messages) for each in days if each.clock is clock]
        assert min((first for first, *_ in ours if first), default=None) == min((one[0] for one in mine), default=None)
        assert max((last for _, last, *_ in ours if last), default=None) == max((one[-1] for one in mine), default=None)
        assert max((at for *_, at, _ in ours if at), default=None) == max((one[0] for one in mine), default=None)
        for edge in [day + off * ONE for day in asked for off in (-1, 0, 1)]:
            assert sum(count for _, last, _, count in ours if last and last < edge) == sum(
                one[-1] < edge for one in mine
            )
            assert sum(count for first, *_, count in ours if first and first >= edge) == sum(
                one[0] >= edge for one in mine
            )


def _sent(random_: random.Random) -> Instant:
    at = START + random_.randrange(40) * DAY + random_.randrange(DAY)
    makers = (known, device, lambda at: either(at, START + random_.randrange(40) * DAY), lambda _: unknown_instant("?"))
    return random_.choice(makers)(at)
