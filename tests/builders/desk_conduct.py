"""A case for conduct reviews: Sam wrote to Kim about an allotment, Kim's account is recorded by an officer, or not yet.

made = reviewed(ready)            Kim is A and Sam is B; nothing is recorded
record(made, "A", RecordedAs.CITIZEN)
"""

from __future__ import annotations

from typing import Final

from desk_cast import Ready, clock
from desk_pointed import talk
from safehand.desk.conduct.models import AccountRecord, RecordedAs
from safehand.desk.conduct.recording import record_account
from safehand.desk.officers.models import Officer

DAY: Final = 24 * 60

CHAT: Final = (
    ("Kim", "hiya are the beans up"),
    ("Sam", "they are. how old r u"),
    ("Kim", "im 13 btw"),
    ("Sam", "ok. dont tell ur mum about the shed"),
    ("Sam", "wanna meet up saturday by the shed"),
    ("Kim", "no we should stop"),
    ("Sam", "please dont go"),
    ("Sam", "my football kit is in the wash", 2 * DAY),
    ("Sam", "are you there?", DAY),
    ("Kim", "homework. sorry", 7 * 60),
)
"""Sam opens twice, once without an answer; Kim refuses at 6."""

REASON: Final = "The holder said so on the phone."


def reviewed(ready: Ready) -> Ready:
    """The case of desk_cast with this talk in it."""
    talk(ready, *CHAT)
    ready.package.summary["answers"] = {
        "declarations.police_asked": ["no", None],
        "declarations.published": ["dont_know", None],
        "declarations.typed_by": ["given", "several"],
        "capture.app": ["given", None],
    }
    ready.package.summary["periods"] = [[1, "parent_or_carer", None, None]]
    ready.package.save()
    return ready


def record(
    ready: Ready, letter: str, recorded_as: RecordedAs, by: Officer | None = None, *, declared: int | None = None
) -> AccountRecord:
    """Alice records an account, unless somebody else is named."""
    return record_account(
        by or ready.cast.alice, ready.case, letter, recorded_as, REASON, declared=declared, clock=clock
    )
