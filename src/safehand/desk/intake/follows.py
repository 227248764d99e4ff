"""What a parcel adds to, as its holder says: another parcel, called by the reference that the holder was given.

the_one_called("SH-7K3M9QXAR")     the arrival; None where none is called so, or two of different things are
"""

from __future__ import annotations

from safehand.desk.intake.models import Arrival


def the_one_called(reference: str) -> Arrival | None:
    """Of two that are called so nobody knows which it adds to: then none, and every officer sees that nobody has it."""
    arrivals = list(Arrival.objects.filter(reference=reference).select_related("case", "notice__taken_by"))
    things = {each.case or getattr(each, "notice", None) for each in arrivals} - {None}
    if len(things) != 1:
        return None
    return next(each for each in arrivals if each.case is not None or hasattr(each, "notice"))
