"""The urgent notice: the form, the page to read out once it is sent, and whether the desk has it."""

from __future__ import annotations

import logging
import re
import secrets
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safehand.desk.core.address import counted_as
from safehand.desk.core.say import LONDON
from safehand.desk.handover.desk_seen import desk_is_away
from safehand.desk.handover.limits import NOTICES
from safehand.desk.handover.models import ParcelState
from safehand.desk.handover.notice_form import NoticeForm
from safehand.desk.handover.notices import SentNotice, code_of, parcel_of, send_notice
from safehand.desk.handover.page import page
from safehand.desk.handover.presenters import questions_of
from safehand.desk.handover.receipt_file import NAME, receipt_file
from safehand.errors import SafehandError
from safehand.seal.holder_words import WORDS
from safehand.seal.notice import Notice
from safehand.seal.notice_aloud import read_aloud

log = logging.getLogger("safehand.desk.handover")

_TOKEN: Final = re.compile("[0-9a-f]{32}")


@csrf_exempt  # nobody is signed in here, and no cookie is set for it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def urgent(request: HttpRequest) -> HttpResponse:
    """One page of twelve questions. What is typed stands in no address, and is kept sealed or not at all."""
    moment = now()
    today = moment.astimezone(LONDON).date()
    form = NoticeForm(request.POST, today=today) if request.method == "POST" else NoticeForm(today=today)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, status=400 if form.errors else 200)
    notice = form.notice(written=f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    try:
        if not NOTICES.allows(counted_as(request)):
            form.add_error(None, WORDS.notice.too_many)
            return _form(request, form, status=429)
        sent = send_notice(notice, once=_once(request))
    except (SafehandError, DatabaseError) as problem:
        # Its kind and not its words: those are not for a log.
        log.error("an urgent notice could not be kept (%s)", type(problem).__name__)  # noqa: TRY400
        form.add_error(None, WORDS.notice.cannot_keep)
        return _form(request, form, status=503)
    return _sent(request, notice, sent)


@login_not_required
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Has the desk got it? Asked with the notice's own id, which nobody else has; nothing of the notice is shown."""
    key = request.GET.get("notice", "")
    parcel = parcel_of(key) if _TOKEN.fullmatch(key) else None
    if parcel is None:
        raise Http404
    there = parcel.state == ParcelState.COLLECTED
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"there": there})
    return page(request, "notice_state.html", with_exit=True, parcel=parcel, there=there)


@csrf_exempt  # as above; and it changes nothing
@login_not_required
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt as a file, for whoever has the page after sending: with the code, or without where it is shared."""
    key = request.POST.get("notice", "")
    parcel = parcel_of(key) if _TOKEN.fullmatch(key) else None
    code = code_of(parcel, request.POST.get("code", "")) if parcel is not None else None
    if parcel is None or code is None:
        raise Http404
    answer = HttpResponse(receipt_file(parcel, code if "without" not in request.POST else None))
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


def _form(request: HttpRequest, form: NoticeForm, *, status: int) -> HttpResponse:
    shown = {"form": form, "questions": questions_of(form), "once": _once(request) or secrets.token_hex(16)}
    return page(
        request,
        "notice_form.html",
        status=status,
        with_exit=True,
        back="handover:now",
        desk_away=desk_is_away(),
        **shown,
    )


def _sent(request: HttpRequest, notice: Notice, sent: SentNotice) -> HttpResponse:
    there = sent.parcel.state == ParcelState.COLLECTED
    return page(
        request,
        "notice_sent.html",
        with_exit=True,
        parcel=sent.parcel,
        check_code=sent.check_code,
        there=there,
        parts=read_aloud(notice, now()),
        desk_away=not there and desk_is_away(),
    )


def _once(request: HttpRequest) -> str:
    once = request.POST.get("once", "")
    return once if _TOKEN.fullmatch(once) else ""
