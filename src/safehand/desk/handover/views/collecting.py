"""The narrow way by which the desk collects: every request signed by its key, of which this node knows the public half.

Used where node and desk are two machines. In one process the desk calls the same actions (intake/source_here.py).
"""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from safehand.desk.core.state import State
from safehand.desk.handover.actions import LISTED, accept_acknowledgement, find_parcel, parcel_store, parcels_waiting
from safehand.desk.handover.desk_seen import see_desk
from safehand.desk.handover.models import Parcel
from safehand.desk.handover.progress import accept_told
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.desk.handover.views.parcels import read_body, spoken
from safehand.errors import CannotRead
from safehand.model.instant import MICRO
from safehand.seal.acknowledgement import parse_signed
from safehand.signing.clock import utc_text
from safehand.signing.keys import load_desk_public
from safehand.signing.request import SLOW, MalformedRequest, OldRequest, OtherNode, check_request

_LONGEST: Final = 64 * 1024
"""Bytes of what the desk says."""


@spoken("GET", "HEAD")
def waiting(request: HttpRequest) -> HttpResponse:
    """What there is to collect, a hundred at a time: ``next`` is what the following hundred are asked for after."""
    _from_desk(request)
    see_desk()
    after = request.GET.get("after")
    listed = parcels_waiting(find_parcel(after) if after is not None else None)
    return JsonResponse(
        {
            "schema": "safehand.waiting/1",
            "parcels": [_value(each) for each in listed],
            "next": listed[-1].pk if len(listed) == LISTED else None,
        }
    )


@spoken("GET", "HEAD")
def sealed(request: HttpRequest, upload: str) -> HttpResponseBase:
    """The bytes of one parcel."""
    _from_desk(request)
    path = parcel_store().path(find_parcel(upload).sha256)
    if not path.is_file():
        raise Refused(Refusal.NO_SUCH_PARCEL)
    return FileResponse(path.open("rb"), content_type="application/octet-stream")


@spoken("POST")
def acknowledge(request: HttpRequest, upload: str) -> HttpResponse:
    """The desk has it."""
    body = _from_desk(request)
    try:
        signed = parse_signed(body)
    except CannotRead as err:
        raise Refused(Refusal.NOT_UNDERSTOOD) from err
    accept_acknowledgement(find_parcel(upload), signed)
    return JsonResponse({"schema": "safehand.acknowledged/1", "parcel": upload})


@spoken("POST")
def tell(request: HttpRequest, upload: str) -> HttpResponse:
    """How far it is, and which of the closed messages its holder is told."""
    body = _from_desk(request)
    accept_told(find_parcel(upload), body)
    return JsonResponse({"schema": "safehand.told/1", "parcel": upload})


def _from_desk(request: HttpRequest) -> bytes:
    """The body of a request that the desk signed. Refused when it did not, or when it was used before."""
    state: State = settings.STATE
    body = read_body(request, _LONGEST) if request.method == "POST" else b""
    try:
        asked = check_request(
            request.headers.get("Authorization", ""),
            load_desk_public(state.desk_public).signing_key,
            node=settings.ADDRESS.origin,
            method=request.method or "",
            path=request.get_full_path(),
            body=body,
            now=int(time.time()),
        )
    except OldRequest as err:
        raise Refused(Refusal.OLD_REQUEST) from err
    except OtherNode as err:
        raise Refused(Refusal.OTHER_NODE) from err
    except MalformedRequest as err:
        raise Refused(Refusal.NOT_SIGNED) from err
    if not cache.add(f"request.{asked.nonce}", 1, 3 * SLOW):
        raise Refused(Refusal.NOT_SIGNED)
    return body


def _value(parcel: Parcel) -> dict[str, object]:
    return {
        "parcel": parcel.pk,
        "kind": parcel.kind,
        "sha256": parcel.sha256,
        "size": parcel.size,
        "reference": parcel.reference,
        "received": utc_text(int(parcel.received_at.timestamp() * MICRO) // MICRO),
        "follows": parcel.follows.reference if parcel.follows is not None else None,
    }
