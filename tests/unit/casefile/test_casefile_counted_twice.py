"""What is counted while a case file is built is what a slow and plain way counts, whatever the conversation holds."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from casefile_builders import DAY, KEY, START, Made, conversation, device, either, known, message
from plain_talk import conduct, silences, starts, tens, turns
from safehand.casefile import talked
from safehand.casefile.conduct import conduct_of
from safehand.casefile.read import CaseFile, open_casefile
from safehand.casefile.tempo import LONGEST
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant
from safehand.model.message import Kind, Message

SECOND = MICRO
STEPS = (
    0,
    1,
    59,
    60,
    299,
    300,
    3599,
    3600,
    4 * 3600 - 1,
    4 * 3600,
    6 * 3600,
    24 * 3600,
    3 * 86_400,
    -1,
    -90,
    -4 * 86_400,
)
KINDS = (*(Kind.TEXT,) * 6, Kind.SYSTEM, Kind.CALL, Kind.REACTION_NOTICE, Kind.DELETED)
SENDERS = (*("Priya", "Tom") * 3, "Ann", None)


def talk(seed: int) -> list[Message]:
    """Steps that stand at and beside every cut, acts of every kind, clocks of every sort: one conversation a seed."""
    random_ = random.Random(seed)
    odd = random_.choice((0.0, 0.1, 0.5))
    at, made = START + 30 * DAY, []
    for number in range(1, random_.choice((0, 1, 2, 60, 120)) + 1):
        at += random_.choice(STEPS) * SECOND + random_.choice((0, 0, 500_000))
        text = random_.choice(("the peas are up", "are  they?", "", "\n", "beans"))
        one = message(number, text, sent=_sent(random_, at, odd), sender=random_.choice(SENDERS))
        made.append(msgspec.structs.replace(one, kind=random_.choice(KINDS) if random_.random() < odd else Kind.TEXT))
    return made


def _sent(random_: random.Random, at: int, odd: float) -> Instant:
    if random_.random() >= odd:
        return known(at)
    day = msgspec.structs.replace(device(at), precision=Precision.DAY)
    never = known(10**18)
    return random_.choice((known(at), device(at), day, either(at, at + 31 * DAY), unknown_instant("soon"), never))


def counted(casefile: CaseFile, table: str, columns: str) -> list[tuple[int, ...]]:
    rows: list[tuple[int, ...]] = casefile.rows(f"SELECT {columns}, account, messages, first FROM {table}")  # noqa: S608  our own words
    return rows


@pytest.mark.parametrize("seed", range(24))
def test_a_plain_second_way_counts_the_same_facts(tmp_path: Path, seed: int) -> None:
    said = talk(seed)
    Made(conversation(said)).build(tmp_path / "case")
    accounts = dict(enumerate(dict.fromkeys(one.sender for one in said if one.sender), 1))
    letters = dict(zip("ABC", accounts.values(), strict=False))
    with open_casefile(tmp_path / "case", KEY) as casefile:
        assert {letters[letter]: side for letter, side in conduct_of(casefile, 1)} == conduct(said)
        found = counted(casefile, "tens", "reading, day, ten")
        assert {(*key, accounts[account]): (count, first) for *key, account, count, first in found} == tens(said)
        assert {(letters[one.letter or ""], one.turn): one.messages for one in talked.turns(casefile, 1)} == turns(said)
        begun = counted(casefile, "starts", "day")
        assert {(day, accounts[account]): count for day, account, count, _ in begun} == starts(said)
        longest = [(one.seconds, one.before, one.after) for one in talked.silences(casefile, 1)]
        assert longest == silences(said)[:LONGEST]
