"""What a form of points to prove offers to choose from: places and titles, and no message."""

from __future__ import annotations

from collections.abc import Iterable

from safehand.desk.points.library import attempt, offence_of
from safehand.desk.points.looks import OF_ATTEMPT, Look
from safehand.desk.points.models import Entry, Side
from safehand.desk.points.presenters.grid import PlaceWords
from safehand.desk.review.models import Citation, Points
from safehand.desk.review.tags import TAGS, tag_of


def citable_choices(places: Iterable[PlaceWords]) -> list[tuple[str, str]]:
    """``Conversation 1, message 41 by B, 9 January 2026, 22:34 UK time. Age: may point towards``."""
    return [(str(place.citation), _place(place)) for place in places]


def point_choices(looks: Iterable[Look]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every point of what is looked at, under its offence."""
    return [
        (
            f"{look.offence.short}: {look.offence.title}",
            [
                (f"{look.offence.code}/{point.code}", f"{point.element.shown} {point.element.name}")
                for point in look.points
            ],
        )
        for look in looks
    ]


def cited_as_choices(citations: Iterable[Citation]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The citations of a message that stand, and every tag for a new one."""
    stands = [
        (str(one.pk), f"{tag_of(one.tag).title}, {Points(one.points).label.lower()}, by {one.cited_by.reference}")
        for one in citations
    ]
    tags = ("Cite it anew, as", [(tag.code, tag.title) for tag in TAGS])
    return [("Cited already", stands), tags] if stands else [tags]


def used_words(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """What a message is used for already: ``15.c, supporting``, and by whom."""
    found = []
    for each in entries:
        code = each.element.removeprefix(OF_ATTEMPT)
        of = attempt() if each.element.startswith(OF_ATTEMPT) else offence_of(each.offence)
        element = of.element(code) if of is not None else None
        if element is not None:
            found.append((f"{element.shown} {element.name}, {Side(each.side).label.lower()}", each.by.reference))
    return found


def _place(place: PlaceWords) -> str:
    by = f" by {place.chip.letter}" if place.chip is not None else " by the platform"
    when = f", {place.when}" if place.when else ""
    doubts = f" ({'; '.join(place.doubts)})" if place.doubts else ""
    return f"Conversation {place.conversation}, message {place.shown}{by}{when}. {place.tagged}{doubts}"
