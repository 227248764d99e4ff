"""What an account wrote between two readings: by sums, and the same as when every message is looked at."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from casefile_builders import DAY, HOUR, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile.clock import Clock, wall_of
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.tempo import LANES
from safehand.casefile.within import Wrote, wrote_of
from safehand.model.instant import Basis, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message

MINUTE = HOUR // 60
OCTOBER = START + 297 * DAY
"""2026-10-25T00:00:00Z: at 01:00 UTC the UK's clock is put back, and reads 1 to 2 o'clock a second time."""


def day_alone(at: int) -> Instant:
    """A day whose hour nobody knows."""
    return Instant("as written", Basis.DEVICE_LOCAL, Precision.DAY, None, at - 14 * HOUR, at + 36 * HOUR, at)


def built(tmp_path: Path, *chats: list[Message]) -> Path:
    path = tmp_path / "one.casefile"
    events = [event for number, each in enumerate(chats, 1) for event in conversation(each, str(number))]
    Made(events=events, data=b"0123456789" * 100).build(path, KEY)
    return path


def wrote(casefile: CaseFile, letter: str = "A", number: int = 1) -> Wrote:
    found = wrote_of(casefile, number, letter)
    assert found is not None
    return found


def of_all_sorts(seed: int) -> list[Message]:
    """Two people over eleven days in October, by every kind of clock, out of order and in the same second too."""
    dice = random.Random(seed)
    kinds = (
        known,
        known,
        device,
        device,
        day_alone,
        lambda at: either(at, at + 40 * DAY),
        lambda _: unknown_instant(""),
    )
    made = []
    for number in range(1, 300):
        make = dice.choice(kinds)
        at = OCTOBER - 6 * DAY + dice.randrange(11 * 24 * 6) * 10 * MINUTE + dice.choice((0, 1, MINUTE, 9 * MINUTE))
        sent = make(at // DAY * DAY if make is day_alone else at)
        kind = Kind.SYSTEM if dice.random() < 0.05 else Kind.TEXT
        one = message(number, "beans", sent=sent, sender=dice.choice(("Priya", "Tom")))
        made.append(msgspec.structs.replace(one, kind=kind))
    return made


def readings(made: list[Message], who: str) -> list[tuple[int, int, bool]]:
    """Reading, number and whether only the day is known, of each message that has one reading."""
    walls = [(wall_of(one.sent), one) for one in made if one.sender == who and one.kind is Kind.TEXT]
    return [
        (wall.at, one.number, one.sent.precision is Precision.DAY)
        for wall, one in walls
        if wall.at is not None and wall.clock in (Clock.UK, Clock.DEVICE)
    ]


def expected(inside: list[tuple[int, int, bool]], end: Callable[[Iterable[Any]], Any]) -> int | None:
    """The first or the last of these; one whose hour is not known only where its day has no other, the lowest."""
    day = end([at // DAY for at, *_ in inside] or [0])
    hours = [(at, number) for at, number, whole in inside if at // DAY == day and not whole]
    without = [number for at, number, whole in inside if at // DAY == day and whole]
    return end(hours)[1] if hours else min(without, default=None)


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_looking_at_every_message_gives(seed: int, tmp_path: Path) -> None:
    made = of_all_sorts(seed)
    letters = dict(zip(dict.fromkeys(one.sender for one in made), "AB", strict=True))
    all_of = {str(who): readings(made, str(who)) for who in letters}
    dice = random.Random(seed + 100)
    with open_casefile(built(tmp_path, made), KEY) as casefile:
        for who, letter in letters.items():
            rows = all_of[str(who)]
            here = wrote(casefile, letter)
            assert here.placed == len(rows)
            assert here.messages == sum(one.sender == who and one.kind is Kind.TEXT for one in made)
            cuts = [at for at, *_ in rows[:20]] + [at + 1 for at, *_ in rows[20:40]]
            cuts += [OCTOBER + dice.randrange(-7 * 144, 7 * 144) * 10 * MINUTE for _ in range(20)]
            cuts += [OCTOBER + each * DAY for each in range(-7, 7)]
            for cut in cuts:
                before = sum(at < cut for at, _, whole in rows if not whole)
                before += sum(at + DAY <= cut for at, _, whole in rows if whole)
                assert here.before(cut) == before, (letter, cut)
                assert here.until(cut) == sum(at < cut for at, *_ in rows), (letter, cut)
            for start, end in itertools.pairwise(dice.sample(cuts, 24)):
                inside = [row for row in rows if start <= row[0] and row[0] + (DAY if row[2] else 1) <= end]
                assert here.earliest(start, end) == expected(inside, min), (letter, start, end)
                assert here.latest(start, end) == expected(inside, max), (letter, start, end)


def test_a_limit_is_exact_to_the_microsecond(tmp_path: Path) -> None:
    at = START + 10 * HOUR + 7 * MINUTE
    made = [message(number, "beans", sent=known(at + number)) for number in range(1, 4)]
    with open_casefile(built(tmp_path, made), KEY) as casefile:
        here = wrote(casefile)
        assert [here.before(at + number) for number in range(1, 5)] == [0, 1, 2, 3]
        assert (here.earliest(at + 2, None), here.latest(None, at + 3)) == (2, 2)
        assert (here.earliest(at + 4, None), here.latest(None, at + 1)) == (None, None)
        assert (here.earliest(None, None), here.latest(None, None)) == (1, 3)
        assert here.earliest(at + 2, at + 2) is None


def test_the_hour_that_is_read_twice_is_read_whole_both_times(tmp_path: Path) -> None:
    twice = [OCTOBER + 30 * MINUTE, OCTOBER + 90 * MINUTE]
    made = [message(number, "beans", sent=known(at)) for number, at in enumerate(twice, 1)]
    with open_casefile(built(tmp_path, made), KEY) as casefile:
        here = wrote(casefile)
        reads = OCTOBER + 90 * MINUTE
        assert (here.before(reads), here.before(reads + 1)) == (0, 2), "both read half past one"


def test_another_account_another_conversation_and_the_platform_are_not_counted(tmp_path: Path) -> None:
    at = START + 7 * MINUTE
    first = [message(1, "beans", sent=known(at)), message(2, "peas", sent=known(at), sender="Tom")]
    first.append(message(3, None, sent=known(at)))
    second = [message(1, "leeks", sent=known(at))]
    with open_casefile(built(tmp_path, first, second), KEY) as casefile:
        assert wrote(casefile).before(at + 1) == 1
        assert (wrote(casefile).earliest(at, at + 1), wrote(casefile).messages) == (1, 1)


def test_who_wrote_nothing_or_has_no_sums_of_their_own_is_told_apart_from_nought(tmp_path: Path) -> None:
    made = [
        message(number, "beans", sent=known(START + number), sender=f"P{min(number, LANES + 1)}")
        for number in range(1, 9)
    ]
    made += [message(8 + number, "peas", sent=known(START + 99), sender=f"P{number}") for number in range(1, LANES)]
    made += [message(8 + LANES, "one", sent=known(START + 99), sender="P6")]
    with open_casefile(built(tmp_path, made), KEY) as casefile:
        assert wrote_of(casefile, 1, "Q") is None
        assert wrote_of(casefile, 2, "A") is None
        counts = [wrote_of(casefile, 1, letter) for letter in "ABCDEFG"]
    assert [each.messages for each in counts if each is not None] == [2, 2, 2, 2, 2, 2]


def test_it_reads_as_often_however_many_messages_there_are(tmp_path: Path) -> None:
    def reads(many: int) -> int:
        made = [message(number, "beans", sent=known(START + number * 5 * MINUTE)) for number in range(1, many + 1)]
        count = 0
        folder = tmp_path / str(many)
        folder.mkdir()
        with open_casefile(built(folder, made), KEY) as casefile:
            rows = casefile.rows

            def counted(sql: str, bindings: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
                nonlocal count
                count += 1 + len(found := rows(sql, bindings))
                return found

            casefile.rows = counted  # type: ignore[method-assign]
            here = wrote(casefile)
            for at in (START + 55 * MINUTE + 1, START + 25 * HOUR + 3 * MINUTE):
                here.before(at)
                here.earliest(at, None)
                here.latest(None, at)
        return count

    few, twice = reads(600), reads(1_200)
    assert twice - few == 2, "a row more for each day more, and none for a message"
