"""What ``safehand desk check`` says of copies: what the workers found at the second location, and whether it answers.

The first location is hashed again by the check itself (inspection.py); the second may be a bucket far away, and is
told by what was found when it was last looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from safehand.desk.core import say
from safehand.desk.custody.copies import second_key
from safehand.desk.custody.models import DAMAGED, Copy, CopyState, SecondLocation
from safehand.desk.keeping.whose import whose_are

_AT_MOST = 100


def problems_of_copies() -> Iterator[str]:
    """A sentence each."""
    state = SecondLocation.objects.filter(pk=second_key(), away_since__isnull=False).first()
    if state is not None and state.away_since is not None:
        since = say.uk_time(state.away_since)
        yield f"The second location of packages is away since {since} ({state.away_why})."
    found = Copy.objects.filter(location=second_key(), state__in=DAMAGED).order_by("pk")
    copies = list(found[:_AT_MOST])
    of = whose_are(copy.sha256 for copy in copies)
    for copy in copies:
        called, found_ = of[copy.sha256].called or copy.sha256, CopyState(copy.state).label.lower()
        yield f"{called}: Its copy at the second location was found {found_}. See the evidence store."
