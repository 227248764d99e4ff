"""Asking how far a report is, with its check code. The code is posted, and stands in no address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safehand.desk.core import say
from safehand.desk.core.address import counted_as
from safehand.desk.handover.models import Progress
from safehand.desk.handover.page import page
from safehand.desk.handover.progress import Sent, Told, ask_progress
from safehand.desk.handover.refusals import Refusal, Refused
from safehand.seal.holder_words import WORDS

_LONGEST: Final = 100
"""Characters looked at: a code with blanks and dashes has some thirty."""


_SHOWN: Final = tuple(step for step in Progress if step is not Progress.UNOPENED)
"""The steps of a report, each in its place. What cannot be opened got no further than the first."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One of the four. ``status`` is done, now or next; ``said`` the same in words, for who does not see it."""

    name: str
    status: str
    said: str


@dataclass(frozen=True, slots=True)
class SentShown:
    """One parcel of a report."""

    title: str
    reference: str
    means: str
    """What the step that it is at means."""
    steps: tuple[StepShown, ...]
    told: tuple[Told, ...]
    """The newest first."""


@csrf_exempt  # nobody is signed in here, and no cookie is set for it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """GET: the question. POST: how far it is."""
    if request.method != "POST":
        return _page(request, "progress_ask.html", back="handover:start")
    code = str(request.POST.get("code", ""))[:_LONGEST]
    try:
        sent = ask_progress(code, counted_as(request))
    except Refused as refused:
        if refused.refusal is Refusal.TOO_OFTEN:
            return _page(request, "progress_wait.html", back="handover:progress", status=429)
        return _page(request, "progress_ask.html", back="handover:start", wrong=True, code=code, status=400)
    shown = [_shown(each, first=place == 0) for place, each in enumerate(sent)]
    return _page(request, "progress.html", back="handover:progress", sent=shown)


def _page(request: HttpRequest, template: str, **shown: Any) -> HttpResponse:
    # It speaks of a report: somebody may come into the room, so the way out stands on it.
    return page(request, template, with_exit=True, **shown)


def _shown(sent: Sent, *, first: bool) -> SentShown:
    title = WORDS.progress.sent_on if first else WORDS.progress.added_on
    means = WORDS.progress.steps[sent.progress].means if sent.at_the_desk else WORDS.progress.not_fetched
    return SentShown(
        title=title.replace("{when}", say.uk_time(sent.received_at)),
        reference=WORDS.progress.reference.replace("{reference}", sent.reference),
        means=means,
        steps=_steps(sent.progress),
        told=tuple(reversed(sent.told)),
    )


def _now(step: Progress) -> str:
    # "It is here now" is said of a way that goes on.
    return WORDS.progress.done if step is _SHOWN[-1] else WORDS.progress.now


def _steps(progress: Progress) -> tuple[StepShown, ...]:
    words = WORDS.progress
    at = 0 if progress is Progress.UNOPENED else _SHOWN.index(progress)
    where = (
        StepShown(
            words.steps[step].name,
            *(("done", words.done) if place < at else ("now", _now(step)) if place == at else ("next", words.next)),
        )
        for place, step in enumerate(_SHOWN)
    )
    return tuple(where)
