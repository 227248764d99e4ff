"""How far a report is, for whoever has its check code; and what the desk says about it.

ask_progress("k7qm 2d9x tr4b 08hn", who)     what is shown, or Refused(NO_SUCH_CODE)
accept_told(parcel, data)                    the desk's word: how far, and which messages, each when
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from safehand.desk.core.committing import committed
from safehand.desk.handover.codes import open_by_code
from safehand.desk.handover.models import Message, Parcel, Progress
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.durable import Step
from safehand.errors import CannotRead
from safehand.model.canonical import parse_canonical
from safehand.seal.holder_messages import MESSAGES, HolderMessage

_TOLD: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and when the desk told it."""

    message: HolderMessage
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """One parcel of a report: when it came, and how far it is. Nothing of what is in it."""

    reference: str
    received_at: datetime
    at_the_desk: bool
    progress: Progress
    told: tuple[Told, ...]


def ask_progress(code: str, who: str) -> tuple[Sent, ...]:
    """What was sent with this code, the first and what was added. Refused when there is no such code, or too often."""
    first = open_by_code(code, who)
    return tuple(_sent(parcel) for parcel in (first, *first.followers.order_by("received_at", "pk")))


def accept_told(parcel: Parcel, data: bytes) -> None:
    """Take over what the desk says of a parcel. Said again, nothing changes. Refused when it is in no known shape.

    A report goes forward alone: of two workers of the desk, the one that looked earlier may speak later.
    """
    progress, messages = _parse_told(data)
    order = list(Progress)
    with committed(Step.SENT_TOLD):
        Parcel.objects.filter(pk=parcel.pk, progress__in=order[: order.index(progress)]).update(progress=progress)
        for template, at in messages:
            Message.objects.get_or_create(parcel=parcel, template=template, told_at=at)


def _sent(parcel: Parcel) -> Sent:
    told = tuple(
        Told(MESSAGES[each.template], each.told_at) for each in parcel.messages.all() if each.template in MESSAGES
    )
    # The code was found a moment ago, and the desk may have spoken since: how far it is must not be older than what is
    # told of it.
    parcel.refresh_from_db(fields=["progress", "acknowledgement"])
    return Sent(parcel.reference, parcel.received_at, bool(parcel.acknowledgement), Progress(parcel.progress), told)


def _parse_told(data: bytes) -> tuple[Progress, list[tuple[str, datetime]]]:
    try:
        match parse_canonical(data):
            case {"schema": "safehand.told/1", "progress": str(progress), "messages": list(messages), **rest} if (
                not rest
            ):
                return Progress(progress), [_message(each) for each in messages]
    except (CannotRead, ValueError) as err:
        raise Refused(Refusal.NOT_UNDERSTOOD) from err
    raise Refused(Refusal.NOT_UNDERSTOOD)


def _message(value: object) -> tuple[str, datetime]:
    # There is no room here for words: a template of the closed list, and a time.
    match value:
        case {"template": str(template), "told": str(told), **rest} if not rest and template in MESSAGES:
            if _TOLD.fullmatch(told):
                return template, datetime.fromisoformat(told).astimezone(UTC)
    raise ValueError("no message of ours")
