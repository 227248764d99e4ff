"""What an officer chose for reading, remembered in cookies that hold one known word each and nothing else."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

KEYS: Final = "safehand_keys"

_YEAR: Final = 365 * 24 * 3600


def choice(request: HttpRequest, parameter: str, cookie: str, known: tuple[str, ...]) -> str:
    """What the address says, else what the cookie remembers, else the first of ``known``."""
    for said in (request.GET.get(parameter), request.COOKIES.get(cookie)):
        if said in known:
            return str(said)
    return str(known[0])


def remember(request: HttpRequest, response: HttpResponse, parameter: str, cookie: str, value: str) -> None:
    """Keep it where the address said it."""
    if parameter in request.GET:
        response.set_cookie(cookie, value, max_age=_YEAR, samesite="Strict", secure=request.is_secure())
