"""Conversations written for the evaluation of the indicators, as plain text, and the one way to write them.

    == lifts-03                                    id: the family, and a number of its own in it
    writers: scots                                 how it is written (WRITERS); left out in pairs
    sides: Kirsty 12 pupil; Gran grandparent       who they are, as far as the texts say; left out in pairs
    band: top                                      a planted case that is urgent by its words alone; else left out
    -- 2025-11-18                                  a day, by the clock in London
    16:02 Kirsty: gran can ye get us fae the baths
      > travel_logistics                           a rule that must point to the message above
      > meeting_outcome agreed                     the same, with its kind
      ! age_stated                                 a rule that may not point to it (with its kind: of that kind)
    16:03 Gran: <photo> is this your bag           a picture came with it

Conversations are parted by one empty line. What does not stand here is refused: MalformedConversations says the line.
``written(parsed(text)) == text`` for every text that is not refused. docs/evaluation.md says how they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

GROUPS: Final = ("plain", "mle", "scots", "northern", "indian", "learner", "formal", "deaf")
"""How a conversation is written: chat English without a mark, Multicultural London English, Scots, Northern English,
Indian English, learners of English, autistic or formal writers, Deaf writers whose first language may be BSL."""

WRITERS: Final = (*GROUPS, "older", "terse")
"""The same, with two ways that only the blind set has: older adults, and people who write a word or two."""

_ID: Final = re.compile(r"== ([a-z0-9_]+-\d\d[+-]?)")
_DAY: Final = re.compile(r"-- (\d{4}-\d\d-\d\d)")
_SAID: Final = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d) ([^:\s]{1,20}): (\S(?:.*\S)?)")
_LABEL: Final = re.compile(r"  ([>!]) ([a-z_]+)(?: ([a-z0-9_]+))?")
_SIDE: Final = re.compile(r"([^;:\s]+) (\S[^;]*)")


class MalformedConversations(ValueError):
    """A text is not in the form above. It says which line, never what stands in it."""


class Label(NamedTuple):
    """A rule that must (or, with ``wanted`` false, may not) point here; ``kind`` is any of its kinds where it is ""."""

    rule: str
    kind: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """A line: when, by whom, what, and what must be made of it."""

    at: datetime
    by: str
    text: str
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation. ``sides`` are pairs of a name and who that is."""

    id: str
    writers: str
    sides: tuple[tuple[str, str], ...]
    band: str
    lines: tuple[Said, ...]

    @property
    def family(self) -> str:
        """What its id begins with."""
        return self.id.rpartition("-")[0]


@dataclass(slots=True)
class _Draft:
    id: str
    head: dict[str, str] = field(default_factory=dict)
    day: str = ""
    lines: list[Said] = field(default_factory=list)


def read_conversations(folder: Path) -> list[Conversation]:
    """Every conversation of the files of a folder, in the order of their names."""
    files = sorted(folder.glob("*.txt"))
    return [one for path in files for one in parsed(path.read_text(encoding="utf-8"))]


def parsed(text: str) -> list[Conversation]:
    """The conversations of a text, or MalformedConversations."""
    drafts: list[_Draft] = []
    empty = True
    for number, line in enumerate(text.splitlines(), 1):
        found = _ID.fullmatch(line)
        if found and empty:
            drafts.append(_Draft(found[1]))
        elif line and (empty or not drafts or not _taken(drafts[-1], line)):
            raise MalformedConversations(f"line {number} is not in the form")
        empty = not line
    conversations = [_finished(draft) for draft in drafts]
    if written(conversations) != text:
        raise MalformedConversations("this is not how it is written: a line out of place, or a blank too many")
    return conversations


def _taken(draft: _Draft, line: str) -> bool:
    """Whether a line belongs to a conversation, which then has it."""
    day, said, label = _DAY.fullmatch(line), _SAID.fullmatch(line), _LABEL.fullmatch(line)
    if day:
        draft.day = day[1] if _is_day(day[1]) else ""
        return bool(draft.day)
    if said and draft.day:
        draft.lines.append(Said(datetime.fromisoformat(f"{draft.day}T{said[1]}"), said[2], said[3]))
    elif label and draft.lines:
        last = draft.lines[-1]
        wanted = Label(label[2], label[3] or "", label[1] == ">")
        draft.lines[-1] = Said(last.at, last.by, last.text, (*last.labels, wanted))
    elif not draft.day and line.partition(": ")[0] in {"writers", "sides", "band"}:
        draft.head[line.partition(": ")[0]] = line.partition(": ")[2]
    else:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _finished(draft: _Draft) -> Conversation:
    sides = tuple(_side(draft.id, one) for one in draft.head.get("sides", "").split("; ") if one)
    times = [line.at for line in draft.lines]
    problems = {
        "nobody says anything": not draft.lines,
        "its times run back": times != sorted(times),
        "its writers are none of the groups": draft.head.get("writers", "plain") not in WRITERS,
        "its band is none there is": draft.head.get("band", "top") != "top",
        "its sides are not those who speak": bool(sides) and {name for name, _ in sides} != {s.by for s in draft.lines},
    }
    for problem, is_so in problems.items():
        if is_so:
            raise MalformedConversations(f"{draft.id}: {problem}")
    return Conversation(draft.id, draft.head.get("writers", ""), sides, draft.head.get("band", ""), tuple(draft.lines))


def _side(id_: str, text: str) -> tuple[str, str]:
    side = _SIDE.fullmatch(text)
    if side is None:
        raise MalformedConversations(f"{id_}: a side is a name, a blank and who that is")
    return side[1], side[2]


def written(conversations: list[Conversation]) -> str:
    """The one text of conversations. The inverse of parsed."""
    return "\n".join("".join(f"{line}\n" for line in _lines(one)) for one in conversations)


def _lines(one: Conversation) -> Iterator[str]:
    yield f"== {one.id}"
    if one.writers:
        yield f"writers: {one.writers}"
    if one.sides:
        yield "sides: " + "; ".join(f"{name} {who}" for name, who in one.sides)
    if one.band:
        yield f"band: {one.band}"
    day = ""
    for said in one.lines:
        if f"{said.at:%Y-%m-%d}" != day:
            day = f"{said.at:%Y-%m-%d}"
            yield f"-- {day}"
        yield f"{said.at:%H:%M} {said.by}: {said.text}"
        for label in said.labels:
            yield f"  {'>' if label.wanted else '!'} {label.rule}{' ' * bool(label.kind)}{label.kind}"
