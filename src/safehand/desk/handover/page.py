"""Showing a page to a holder: what every one of them is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """Render a holder's page. No cookie is set, and nobody is looked up."""
    return render(request, f"handover/{template}", {"officers_door": settings.ROLE.opens, **shown}, status=status)
