"""Entries for a point to prove: an officer's own act, with its custody entry in the same transaction.

    add(officer, case, Said("meeting", "b", Side.SUPPORTING, "…", citations=(7, 9)))
    add(officer, case, said, follows=3)                    3 stands no more, and stays readable
    take_back(officer, case, 3, "…")
    add_from_message(officer, case, (1, 41), "age", said)               the message is cited for it at once

What speaks for or against a point names the messages it rests on; what says that there is none here cites none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404

from safehand.desk.cases.models import Case
from safehand.desk.cases.sealed_words import seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest, rows_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.points.choosing import check_reason
from safehand.desk.points.looks import Point, look_of
from safehand.desk.points.models import Entry, EntryCites, Side
from safehand.desk.review.asking import enter
from safehand.desk.review.citing import check_may_cite, cite
from safehand.desk.review.models import Citation, Points
from safehand.errors import UsageError
from safehand.model.digest import sha256_of

MOST: Final = 80
"""Citations of one entry: more are not read together, and a form of this desk has at most a hundred fields."""

READ_AS: Final[dict[Side, Points]] = {
    Side.SUPPORTING: Points.TOWARDS,
    Side.UNDERMINING: Points.AWAY,
    Side.POLICE: Points.BOTH,
}
"""Which way a message is cited that is cited for a point at once."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says of a point."""

    offence: str
    element: str
    side: Side
    reason: str
    citations: tuple[int, ...] = ()


def add(officer: Officer, case: Case, said: Said, *, follows: int | None = None, clock: Clock = system_clock) -> Entry:
    """Keep an entry. With ``follows``, in place of one of the same point that stands.

    Http404 for a point that is none in this case, an entry that does not stand, or a citation that does not; UsageError
    without a reason, and where messages are named and must not be, or are not and must be.
    """
    check_may_cite(officer, case)
    point = _point(case, said)
    _check(said)
    with recorded():
        in_turn()
        followed = _standing(case, said.offence, said.element, follows) if follows is not None else None
        verb = Verb.POINT_ENTERED if followed is None else Verb.POINT_FOLLOWED
        return _keep(officer, case, said, _How(verb, followed, point.of.sha256, clock))


def take_back(officer: Officer, case: Case, entry: int, reason: str, *, clock: Clock = system_clock) -> Entry:
    """Say that an entry no longer stands, and why. It stays where it is, and readable."""
    check_may_cite(officer, case)
    check_reason(reason)
    with recorded():
        in_turn()
        followed = Entry.objects.standing().filter(case=case, pk=entry).first()
        if followed is None:
            raise Http404
        said = Said(followed.offence, followed.element, Side(followed.side), reason)
        return _keep(officer, case, said, _How(Verb.POINT_TAKEN_BACK, followed, followed.library, clock))


def add_from_message(
    officer: Officer,
    case: Case,
    where: tuple[int, int],
    cited_as: int | str,
    said: Said,
    *,
    clock: Clock = system_clock,
) -> Entry:
    """Cite message ``where`` (conversation, number) for a point: by a citation of it that stands, or by a tag, anew.

    A new citation reads the message as the entry does: towards for what supports, away for what undermines.
    """
    check_may_cite(officer, case)
    _point(case, said)
    _check(replace(said, citations=(0,)))
    if isinstance(cited_as, int):
        one = _citation_of(case, where, cited_as)
    else:
        one = cite(officer, case, *where, cited_as, READ_AS[said.side].value, said.reason, clock=clock).pk
    return add(officer, case, replace(said, citations=(one,)), clock=clock)


def entry_that_stands(officer: Officer, case: Case, offence: str, element: str, entry: int) -> Entry:
    """The entry of this point that is to be followed; Http404 where it stands no more."""
    check_may_cite(officer, case)
    return _standing(case, offence, element, entry)


@dataclass(frozen=True, slots=True)
class _How:
    """How an entry is kept: by which verb, in whose place, by which text of the point, when."""

    verb: Verb
    followed: Entry | None
    library: str
    clock: Clock


def _point(case: Case, said: Said) -> Point:
    look = look_of(case, said.offence)
    point = look.point(said.element) if look is not None else None
    if look is None or point is None or not look.chosen:
        raise Http404
    return point


def _check(said: Said) -> None:
    check_reason(said.reason)
    named = len(said.citations)
    match said.side:
        case Side.SUPPORTING | Side.UNDERMINING if not named:
            raise UsageError("Name the messages that it rests on.", todo="Cite them first, or from the reader.")
        case Side.NOT_HERE if named:
            raise UsageError("What is not in this material cites no message.")
        case _ if named > MOST or len(set(said.citations)) != named:
            raise UsageError(f"An entry rests on at most {MOST} citations, each once.")
        case _:
            return


def _keep(officer: Officer, case: Case, said: Said, how: _How) -> Entry:
    cited = _cited(case, said.citations)
    entry = Entry(
        case=case,
        offence=said.offence,
        element=said.element,
        library=how.library,
        side=said.side.value,
        sealed_reason=seal_words(case, said.reason.strip()),
        taken_back=how.verb is Verb.POINT_TAKEN_BACK,
        follows=how.followed,
        at=moment(how.clock()),
        by=officer,
    )
    entry.save()
    cites = [EntryCites.objects.create(entry=entry, citation=one) for one in cited]
    enter(how.verb, officer, case, "case", _details(entry, cited, cites), how.clock)
    return entry


def _details(entry: Entry, cited: Sequence[Citation], cites: Sequence[EntryCites]) -> Details:
    details: Details = {
        "entry": entry.pk,
        "offence": entry.offence,
        "element": entry.element,
        "side": entry.side,
        "library": entry.library,
        "reason": sha256_of(bytes(entry.sealed_reason)),
        "messages": [[one.conversation, one.number] for one in cited],
        "row": row_digest(entry),
        "cites": rows_digest(cites),
    }
    if entry.follows is not None:
        details["follows"] = entry.follows.pk
    return details


def _cited(case: Case, citations: Sequence[int]) -> list[Citation]:
    found = list(
        Citation.objects.standing().filter(case=case, pk__in=citations).order_by("conversation", "number", "pk")
    )
    if len(found) != len(citations):
        raise Http404
    return found


def _citation_of(case: Case, where: tuple[int, int], citation: int) -> int:
    conversation, number = where
    here = Citation.objects.standing().filter(case=case, conversation=conversation, number=number, pk=citation)
    if not here.exists():
        raise Http404
    return citation


def _standing(case: Case, offence: str, element: str, entry: int) -> Entry:
    found = Entry.objects.standing().filter(case=case, offence=offence, element=element, pk=entry).first()
    if found is None:
        raise Http404
    return found
