"""The first pages: what this is, and danger before anything else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from safehand.desk.handover.page import page


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, who reads it, how long it takes, and 999 above all of it."""
    return page(request, "start.html")
