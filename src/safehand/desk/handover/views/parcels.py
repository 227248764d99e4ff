"""Sending a parcel in parts: for the page's script, in JSON. No cookie, no session; docs/spec/handover.md says each."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safehand.desk.core.address import counted_as
from safehand.desk.handover import uploads
from safehand.desk.handover.codes import open_by_code
from safehand.desk.handover.desk_seen import desk_is_away
from safehand.desk.handover.limits import BEGINNING, BEGUN
from safehand.desk.handover.models import Coming
from safehand.desk.handover.refusals import Refusal, Refused, answer_refused
from safehand.desk.handover.room import has_room_for
from safehand.desk.handover.work import check_work, new_challenge

_LONGEST_REQUEST: Final = 2 << 20
"""Bytes a request in JSON may have: the hashes of 4 GiB in parts of 4 MiB are some 70,000, and a unit may take more."""

_View: TypeAlias = Callable[..., HttpResponseBase]


def spoken(*methods: str) -> Callable[[_View], _View]:
    """An address for a script: no sign-in, no token (nothing rides on a cookie), and every refusal said in JSON."""

    def wrap(view: _View) -> _View:
        @login_not_required
        @csrf_exempt
        @require_http_methods(list(methods))
        @functools.wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                _from_here(request)
                return view(request, *args, **kwargs)
            except Refused as refused:
                return answer_refused(refused)
            except DatabaseError:
                return answer_refused(Refused(Refusal.CANNOT_KEEP))
            except UnreadablePostError:
                # Whoever sent it is gone: the answer reaches nobody, and what had come of it is kept nowhere.
                return answer_refused(Refused(Refusal.PART_DAMAGED))

        return answered

    return wrap


@spoken("GET", "HEAD", "POST")
def parcels(request: HttpRequest) -> HttpResponse:
    """GET: what this unit takes, said first. POST: begin a parcel."""
    return _begin(request) if request.method == "POST" else _terms()


@spoken("POST")
def work(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Work to do before a parcel may be begun."""
    return JsonResponse({"schema": "safehand.work/1", "challenge": new_challenge(int(time.time()))}, status=201)


@spoken("GET", "HEAD")
def parcel(request: HttpRequest, upload: str) -> HttpResponse:
    """How far it is."""
    return JsonResponse(_state(*uploads.upload_state(upload, _key(request))))


@spoken("PUT")
def part(request: HttpRequest, upload: str, number: int, sha256: str) -> HttpResponse:
    """One part."""
    key = _key(request)
    data = read_body(request, settings.HANDOVER_PART)
    new = uploads.put_part(upload, key, number, sha256, data)
    return JsonResponse({"schema": "safehand.part/1", "number": number, "new": new}, status=201 if new else 200)


@spoken("POST")
def finish(request: HttpRequest, upload: str) -> HttpResponse:
    """Every part is here."""
    match _json(request):
        case {"parts": list(parts), "sha256": str(whole), **rest} if not rest and all(
            isinstance(each, str) for each in parts
        ):
            coming = uploads.finish_upload(upload, _key(request), parts, whole)
            return JsonResponse(_state(coming, []), status=202)
    raise Refused(Refusal.NOT_UNDERSTOOD)


def _from_here(request: HttpRequest) -> None:
    if request.headers.get("Origin", settings.ADDRESS.origin) != settings.ADDRESS.origin:
        raise Refused(Refusal.ELSEWHERE)


def _terms() -> HttpResponse:
    return JsonResponse(
        {
            "schema": "safehand.terms/1",
            "largest": settings.LARGEST_PACKAGE,
            "part": settings.HANDOVER_PART,
            "has_room": has_room_for(1),
            "desk_away": desk_is_away(),
        }
    )


def _begin(request: HttpRequest) -> HttpResponse:
    match _json(request):
        case {"size": int(size), "challenge": challenge, "counter": counter, **rest} if not isinstance(size, bool):
            add_to = rest.pop("check_code", "")
            if rest or not isinstance(add_to, str):
                raise Refused(Refusal.NOT_UNDERSTOOD)
        case _:
            raise Refused(Refusal.NOT_UNDERSTOOD)
    check_work(challenge, counter, int(time.time()))
    who = counted_as(request)
    if not BEGINNING.allows(who):
        raise Refused(Refusal.TOO_OFTEN)
    begun = uploads.begin_upload(size, who, open_by_code(add_to, who) if add_to else None)
    BEGUN.count()
    more = {"check_code": begun.check_code, "key": begun.key}
    return JsonResponse({**_state(begun.coming, []), **more}, status=201)


def _state(coming: Coming, have: list[int]) -> dict[str, Any]:
    sent = coming.parcel
    signed = json.loads(bytes(sent.acknowledgement)) if sent is not None and sent.acknowledgement else {}
    return {
        "schema": "safehand.coming/1",
        "parcel": coming.pk,
        "size": coming.size,
        "part": settings.HANDOVER_PART,
        "parts": uploads.parts_of(coming).number,
        "have": have,
        "state": "coming" if sent is None else str(sent.state),
        "acknowledgement": signed.get("acknowledgement"),
        "signature": signed.get("signature"),
    }


def _key(request: HttpRequest) -> str:
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind != "Safehand" or not key:
        raise Refused(Refusal.NO_SUCH_PARCEL)
    return key


def _json(request: HttpRequest) -> Any:
    if request.content_type != "application/json":  # no form of another site can send that
        raise Refused(Refusal.NOT_UNDERSTOOD)
    try:
        return json.loads(read_body(request, _LONGEST_REQUEST))
    except (ValueError, RecursionError) as err:
        raise Refused(Refusal.NOT_UNDERSTOOD) from err


def read_body(request: HttpRequest, largest: int) -> bytes:
    """All of it, and no more than it says it has."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        raise Refused(Refusal.NOT_UNDERSTOOD)
    if int(length) > largest:
        raise Refused(Refusal.TOO_LARGE, largest=largest)
    data = request.read(int(length))
    if len(data) != int(length):
        raise Refused(Refusal.PART_DAMAGED)
    return data
