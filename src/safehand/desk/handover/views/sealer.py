"""The page on which a holder seals: one document whose script does all of it, in the holder's own browser.

Its policy is its own: it may speak with the addresses that take sealed parts, and with nothing else, this desk's other
pages included. The worker comes inside of the script and runs from a blob:, so that it stands under the same policy.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from safehand.desk.core.state import State
from safehand.desk.handover.page import page
from safehand.seal.sealer_policy import directives
from safehand.seal.sealer_words import TOO_OLD
from safehand.signing.keys import format_desk_public, load_desk_public

_OWN: Final[dict[str, str]] = {
    "worker-src": "blob:",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
}
"""What this page needs beside what the sealer does (seal/sealer_policy.py)."""


@login_not_required
@require_safe
def seal(request: HttpRequest) -> HttpResponse:
    """The page. It sets no cookie, and is the same for everybody."""
    state: State = settings.STATE
    upload = reverse("handover:parcels")
    answer = page(
        request,
        "seal.html",
        desk=format_desk_public(load_desk_public(state.desk_public)),
        send_to=upload,
        largest=settings.LARGEST_PACKAGE,
        too_old=TOO_OLD,
    )
    policy = {**directives(), **_OWN, "connect-src": f"{settings.ADDRESS.origin}{upload}"}
    answer._csp_replace = {name: sources.split() for name, sources in policy.items()}  # type: ignore[attr-defined]  # noqa: SLF001  how django-csp takes a page's own
    return answer
