"""Showing points to prove: the entry is on the disk before the page exists. Numbers, dates and letters; no message.

show_points(officer, case)                    what is looked at, and how far each is
show_offence(officer, case, "meeting")        the grid
show_point(officer, case, "meeting", "b")     one point, with what was written before and what could be cited
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import Http404

from safehand.casefile.read import CaseFile
from safehand.casefile.views import Line
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import open_words
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.points.looks import Look, Point, look_of, looks_of
from safehand.desk.points.models import Chosen, Entry
from safehand.desk.points.spread import Spread, spread_in
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.citing import is_still_there, standing
from safehand.desk.review.models import Citation


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A message that was cited. ``line`` is None where no message has its number now."""

    citation: Citation
    line: Line | None
    still_there: bool
    """The message at its place is read from the bytes that were cited."""
    stands: bool
    """Nobody cited it anew and nobody took the citation back."""


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry with its reason, and what it rests on in the order of the messages."""

    entry: Entry
    reason: str
    places: tuple[CitedPlace, ...]
    ended: Entry | None = None
    """What followed it, or says that it was taken back; None where it stands."""
    ended_why: str = ""


@dataclass(frozen=True, slots=True)
class PointShown:
    """A point with the entries that stand, oldest first."""

    point: Point
    entries: tuple[EntryShown, ...]


@dataclass(frozen=True, slots=True)
class ChosenShown:
    """A choice with its reason."""

    chosen: Chosen
    reason: str


@dataclass(frozen=True, slots=True)
class OffenceShown:
    """An offence in a case."""

    case: Case
    look: Look
    chosen: tuple[ChosenShown, ...]
    spread: Spread
    points: tuple[PointShown, ...]


@dataclass(frozen=True, slots=True)
class OnePointShown:
    """One point. ``before`` are entries that were followed or taken back; ``citable`` is what could be cited for it."""

    case: Case
    look: Look
    spread: Spread
    shown: PointShown
    before: tuple[EntryShown, ...]
    citable: tuple[CitedPlace, ...]


@dataclass(frozen=True, slots=True)
class LookShown:
    """How far an offence is: its points, and of how many somebody wrote."""

    look: Look
    chosen: tuple[ChosenShown, ...]
    touched: int


@dataclass(frozen=True, slots=True)
class PointsShown:
    """What is looked at in a case, and what no longer is."""

    case: Case
    spread: Spread
    looks: tuple[LookShown, ...]
    taken_back: tuple[ChosenShown, ...]


def show_points(officer: Officer, case: Case, *, clock: Clock = system_clock) -> PointsShown:
    """What is looked at."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        looks = tuple(_look_shown(case, look) for look in looks_of(case))
        back = Chosen.objects.filter(case=case, taken_back=True).select_related("by")
        shown = PointsShown(case, spread_in(casefile), looks, tuple(_chosen(case, row) for row in back))
        enter(Verb.POINTS_SHOWN, officer, case, "case", {"offences": len(looks)}, clock)
    return shown


def show_offence(officer: Officer, case: Case, offence: str, *, clock: Clock = system_clock) -> OffenceShown:
    """The grid of an offence, chosen in this case or not. Http404 for one that the library has not."""
    check_on_it(officer, case)
    look = _look(case, offence)
    with open_case_file(case) as casefile, recorded():
        entries = _Entries(casefile, case)
        by_point = entries.by_point(look)
        points = tuple(PointShown(point, by_point.get(point.code, ())) for point in look.points)
        chosen = tuple(_chosen(case, row) for row in look.chosen)
        shown = OffenceShown(case, look, chosen, spread_in(casefile), points)
        count = sum(len(each.entries) for each in points)
        enter(Verb.POINTS_SHOWN, officer, case, "case", {"offence": offence, "entries": count}, clock)
    return shown


def show_point(
    officer: Officer, case: Case, offence: str, element: str, *, clock: Clock = system_clock
) -> OnePointShown:
    """One point of an offence. Http404 where there is none of that code."""
    check_on_it(officer, case)
    look = _look(case, offence)
    point = look.point(element)
    if point is None:
        raise Http404
    with open_case_file(case) as casefile, recorded():
        entries = _Entries(casefile, case)
        here = PointShown(point, entries.by_point(look).get(element, ()))
        before = entries.earlier(offence, element)
        spread = spread_in(casefile)
        shown = OnePointShown(case, look, spread, here, before, entries.citable())
        details: Details = {"offence": offence, "element": element, "entries": len(here.entries)}
        enter(Verb.POINTS_SHOWN, officer, case, "case", details, clock)
    return shown


def citations_of(officer: Officer, case: Case, conversation: int, number: int) -> tuple[Citation, ...]:
    """The citations of one message that stand, for the form that uses one. Nothing is shown of the message."""
    check_on_it(officer, case)
    return tuple(standing(Citation.objects.filter(case=case, conversation=conversation, number=number)))


def show_used(
    officer: Officer, case: Case, conversation: int, number: int, *, clock: Clock = system_clock
) -> tuple[Entry, ...]:
    """The entries that stand and rest on a citation of this message, for the same form. To show them is an entry."""
    check_on_it(officer, case)
    resting = Entry.objects.standing().filter(
        case=case, cites__citation__conversation=conversation, cites__citation__number=number
    )
    with recorded():
        found = tuple(resting.select_related("by").distinct())
        place = f"conversation:{conversation}/message:{number}"
        enter(Verb.POINTS_SHOWN, officer, case, place, {"entries": len(found)}, clock)
    return found


class _Entries:
    """Entries of a case, with their reasons opened and their messages looked up."""

    def __init__(self, casefile: CaseFile, case: Case) -> None:
        self._casefile, self._case = casefile, case
        self._stand = set(Citation.objects.standing().filter(case=case).values_list("pk", flat=True))

    def by_point(self, look: Look) -> dict[str, tuple[EntryShown, ...]]:
        """Those of an offence that stand, by the code of their point."""
        found = Entry.objects.standing().filter(case=self._case, offence=look.offence.code)
        rows: defaultdict[str, list[EntryShown]] = defaultdict(list)
        for each in self.shown(found.select_related("by").prefetch_related("cites__citation__cited_by")):
            rows[each.entry.element].append(each)
        return {code: tuple(each) for code, each in rows.items()}

    def shown(self, entries: Iterable[Entry]) -> tuple[EntryShown, ...]:
        """With their reasons, and what they rest on."""
        return tuple(
            EntryShown(each, self._why(each), tuple(self._place(cites.citation) for cites in each.cites.all()))
            for each in entries
        )

    def earlier(self, offence: str, element: str) -> tuple[EntryShown, ...]:
        """What stands no more of one point, oldest first, with what ended it."""
        rows = Entry.objects.filter(case=self._case, offence=offence, element=element, taken_back=False)
        gone = rows.exclude(followed_by=None).select_related("by", "followed_by__by")
        found = self.shown(gone.prefetch_related("cites__citation__cited_by"))
        return tuple(
            replace(each, ended=each.entry.followed_by, ended_why=self._why(each.entry.followed_by)) for each in found
        )

    def citable(self) -> tuple[CitedPlace, ...]:
        """Every citation of the case that stands, in the order of the messages."""
        found = standing(Citation.objects.filter(case=self._case))
        return tuple(map(self._place, sorted(found, key=lambda one: (one.conversation, one.number, one.pk))))

    def _why(self, entry: Entry) -> str:
        return open_words(self._case, bytes(entry.sealed_reason))

    def _place(self, citation: Citation) -> CitedPlace:
        line = self._casefile.message(citation.conversation, citation.number)
        return CitedPlace(citation, line, is_still_there(citation, line), citation.pk in self._stand)


def _look(case: Case, offence: str) -> Look:
    look = look_of(case, offence)
    if look is None:
        raise Http404
    return look


def _look_shown(case: Case, look: Look) -> LookShown:
    written = set(
        Entry.objects.standing().filter(case=case, offence=look.offence.code).values_list("element", flat=True)
    )
    touched = sum(point.code in written for point in look.points)
    return LookShown(look, tuple(_chosen(case, row) for row in look.chosen), touched)


def _chosen(case: Case, row: Chosen) -> ChosenShown:
    return ChosenShown(row, open_words(case, bytes(row.sealed_reason)))
