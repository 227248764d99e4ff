"""Nothing is shown that was not written down."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from safehand.desk.core.views import not_recorded
from safehand.desk.custody.actions import NotRecorded


class NothingUnrecorded:
    """Answers 503, and nothing else, when a custody entry could not be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way through."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's hook for what a view raised."""
        return not_recorded(request) if isinstance(exception, NotRecorded) else None
