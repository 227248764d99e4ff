"""Conversations with a rhythm, for the pictures of when they talked: an allotment, at known minutes.

talk_at(ready, [(START, "Priya"), (START + HOUR, "Tom")])        its case file is built again, of these messages
rhythm(days=120)                                                 two people over some months, the same every time
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import msgspec

from casefile_builders import DAY, HOUR, START, Made, conversation, known, message
from desk_cast import Ready
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.model.message import Kind, Message
from safehand.model.people import Participant

MINUTE = HOUR // 60
PEOPLE = ("Priya", "Tom")


def rhythm(days: int = 120, *, seed: int = 5, people: tuple[str, ...] = PEOPLE) -> list[tuple[int, str]]:
    """(instant, who) of a few talks a day, some days none, by a seeded die."""
    dice = random.Random(seed)
    said: list[tuple[int, str]] = []
    for day in range(days):
        if dice.random() < 0.3 or 60 <= day < 74:
            continue
        at = START + day * DAY + dice.choice((7, 12, 16, 19, 22)) * HOUR + dice.randrange(60) * MINUTE
        for _ in range(dice.choice((3, 8, 20, 45))):
            at += dice.choice((10, 30, 90, 240, 1_500)) * MINUTE // 60
            said.append((at, dice.choice(people)))
    return said


def messages_at(said: Iterable[tuple[int, str]]) -> list[Message]:
    """A message at each instant."""
    return [message(number, "the beans are up", sent=known(at), sender=who) for number, (at, who) in enumerate(said, 1)]


def talk(ready: Ready, messages: Iterable[Message]) -> None:
    """Build the case file again, of these."""
    said = list(messages)
    names = list(dict.fromkeys(one.sender for one in said if one.sender))
    people = [Participant(name, (name,), sum(one.sender == name for one in said)) for name in names]
    Made(conversation(said, participants=people)).build(case_file_path(ready.case), case_key(ready.case))


def talk_at(ready: Ready, said: Iterable[tuple[int, str]]) -> None:
    """The same, of instants and names."""
    talk(ready, messages_at(said))


def months() -> list[Message]:
    """The rhythm, with something at which rules point, and a deleted message: for pictures that are looked at."""
    said = {3: "im 13 btw", 40: "dont tell ur mum about the shed", 41: "wanna meet up saturday", 90: "im 14 actually"}
    made = messages_at(rhythm())
    for number, words in said.items():
        made[number - 1] = msgspec.structs.replace(made[number - 1], text=words)
    made[199] = msgspec.structs.replace(made[199], kind=Kind.DELETED, text=None)
    return made
