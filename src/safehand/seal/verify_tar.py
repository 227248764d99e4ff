"""Step 2: the tar is exactly as Safehand writes it.

Headers and padding are judged one by one; names against the list that the statement gives. Without a statement the
payload cannot be named beforehand: then every name that could be one of ours passes here, and step 4 has failed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from safehand.seal.layout import BAG, DATA, FIRST, cited
from safehand.seal.report import PACKAGE, SENTENCES, Code, Problem
from safehand.seal.statement import Statement
from safehand.seal.walk import Walk


def tar_problems(walk: Walk, statement: Statement | None) -> tuple[Problem, ...]:
    """Everything that is wrong with the tar as a tar."""
    names = [member.name for member in walk.members]
    payload = [BAG + item.id for item in statement.items] if statement else [n for n in names if n.startswith(DATA)]
    expected = [*FIRST, *dict.fromkeys(payload)]
    found = [
        *_form(walk, _time_of(walk, statement)),
        *_names(names, expected),
        *_ending(walk, expected),
    ]
    return tuple(Problem(file, code, SENTENCES[code]) for file, code in dict.fromkeys(found))


def _form(walk: Walk, time: int) -> Iterator[tuple[str, Code]]:
    for member in walk.members:
        if not member.exact or member.time != time:
            yield cited(member.name), Code.TAR_HEADER
        if not member.padded:
            yield cited(member.name), Code.TAR_PADDING
        if member.too_large:
            yield cited(member.name), Code.FILE_TOO_LARGE


def _names(names: list[str], expected: list[str]) -> Iterator[tuple[str, Code]]:
    place = {name: number for number, name in enumerate(expected)}
    for name, count in Counter(names).items():
        if name not in place:
            yield cited(name), Code.FILE_EXTRA
        elif count > 1:
            yield cited(name), Code.FILE_TWICE
    for name in _displaced([name for name in dict.fromkeys(names) if name in place], place):
        yield cited(name), Code.FILE_ORDER


def _displaced(names: list[str], place: dict[str, int]) -> list[str]:
    """The fewest names whose removal leaves the rest in order: one file that moved does not accuse the others."""
    tails: list[int] = []
    lengths: list[int] = []
    for name in names:
        at = bisect_left(tails, place[name])
        tails[at : at + 1] = [place[name]]
        lengths.append(at + 1)
    keep, wanted, below = set(), len(tails), len(place)
    for name, length in zip(reversed(names), reversed(lengths), strict=True):
        if length == wanted and place[name] < below:
            keep.add(name)
            wanted, below = wanted - 1, place[name]
    return [name for name in names if name not in keep]


def _ending(walk: Walk, expected: list[str]) -> Iterator[tuple[str, Code]]:
    if not walk.members and walk.cut_in is None:
        yield PACKAGE, Code.NOT_A_TAR
        yield cited(expected[0]), Code.TAR_HEADER
    elif walk.cut_in is not None:
        yield cited(walk.cut_in), Code.TAR_CUT
    elif walk.lost:
        # What should follow the last file that was read is what cannot be read.
        after = dict(zip(expected, [*expected[1:], ""], strict=True))
        following = after.get(walk.members[-1].name, "")
        yield (cited(following), Code.TAR_HEADER) if following else (PACKAGE, Code.TAR_END)
    elif not walk.ended:
        yield PACKAGE, Code.TAR_END


def _time_of(walk: Walk, statement: Statement | None) -> int:
    """The time that every header must bear: the statement's, or without one, that of most."""
    if statement is not None:
        return int(datetime.fromisoformat(statement.sealed.utc).timestamp())
    times = Counter(member.time for member in walk.members).most_common(1)
    return times[0][0] if times else 0
