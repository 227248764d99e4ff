"""What the node does not take, or cannot: each with its status, what it is and what to do, as JSON for the page.

    raise Refused(Refusal.DISK_FULL)
    {"schema":"safehand.refusal/1","code":"disk_full","found":"…","todo":"…"}

None of them says anything of what was sent. Where sending cannot go on, the way by hand is always told.
"""

from __future__ import annotations

from enum import Enum
from http import HTTPStatus
from typing import Final

from django.http import JsonResponse

SCHEMA: Final = "safehand.refusal/1"

_BY_HAND: Final = "Save the sealed file and bring it to the unit another way, or ring 101."


class Refusal(Enum):
    """Status, what was found, what to do."""

    NOT_UNDERSTOOD = (HTTPStatus.BAD_REQUEST, "This is not as docs/spec/handover.md says.", "Load the page again.")
    ELSEWHERE = (HTTPStatus.FORBIDDEN, "This was sent from a page of another address.", "Open the page of the unit.")
    NO_SUCH_PARCEL = (HTTPStatus.NOT_FOUND, "There is no such parcel, or it expired.", "Send it again from the start.")
    WORK_NOT_DONE = (HTTPStatus.FORBIDDEN, "The proof of work is missing or wrong.", "Ask for work, and do it again.")
    WORK_TOO_OLD = (
        HTTPStatus.FORBIDDEN,
        "The proof of work was used, or is too old.",
        "Ask for work, and do it again.",
    )
    TOO_OFTEN = (HTTPStatus.TOO_MANY_REQUESTS, "Too much was sent from this address in an hour.", f"Wait. {_BY_HAND}")
    TOO_LARGE = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "It is larger than this unit takes.", _BY_HAND)
    EMPTY = (HTTPStatus.BAD_REQUEST, "There is nothing in it.", "Choose a file that was sealed.")
    NOT_SEALED = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "It is not sealed, and what is not sealed is not kept.",
        "Seal it first.",
    )
    PART_DAMAGED = (HTTPStatus.UNPROCESSABLE_ENTITY, "The part did not arrive as it was sent.", "Send that part again.")
    OTHER_PART = (HTTPStatus.CONFLICT, "Another part of this number is here already.", "Send it again from the start.")
    PARTS_MISSING = (HTTPStatus.CONFLICT, "Not every part is here.", "Ask which are, and send the others.")
    WHOLE_DAMAGED = (HTTPStatus.UNPROCESSABLE_ENTITY, "The parts are not the file.", "Send it again from the start.")
    NO_SUCH_CODE = (HTTPStatus.FORBIDDEN, "This check code opens nothing.", "Compare it with your receipt.")
    NOT_SIGNED = (
        HTTPStatus.FORBIDDEN,
        "This is not signed by the desk.",
        "Compare the keys and clocks of both machines.",
    )
    OLD_REQUEST = (
        HTTPStatus.FORBIDDEN,
        "This request does not say for which node it is, as those of an older desk do not.",
        "Bring the desk up to date.",
    )
    OTHER_NODE = (
        HTTPStatus.FORBIDDEN,
        "This request is signed for another node.",
        "Give the desk, as SAFEHAND_NODE, what this node has as SAFEHAND_ADDRESS.",
    )
    DISK_FULL = (HTTPStatus.INSUFFICIENT_STORAGE, "There is no room for it at the moment.", f"Try later. {_BY_HAND}")
    CANNOT_KEEP = (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "It could not be kept: the disk may be full.",
        f"Try later. {_BY_HAND}",
    )

    def __init__(self, status: HTTPStatus, found: str, todo: str) -> None:
        self.status = status
        self.found = found
        self.todo = todo

    @property
    def code(self) -> str:
        """As the page knows it."""
        return self.name.lower()


class Refused(Exception):
    """Raised where it is found; the view answers it. ``more`` are numbers and codes, nothing else."""

    def __init__(self, refusal: Refusal, **more: object) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.more = more


def answer_refused(refused: Refused) -> JsonResponse:
    """The answer."""
    refusal = refused.refusal
    value = {"schema": SCHEMA, "code": refusal.code, "found": refusal.found, "todo": refusal.todo, **refused.more}
    return JsonResponse(value, status=refusal.status)
