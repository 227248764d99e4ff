"""What the pages of a case are given: whether a break is due to whoever looks. Asked for, or not at all."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from safehand.desk.officers.models import Officer
from safehand.desk.welfare.actions import break_due
from safehand.desk.welfare.presenters import BreakBar, break_bar


def break_offered(request: HttpRequest) -> dict[str, object]:
    """For review/case.html. Other pages do not ask, and so look nothing up."""

    def bar() -> BreakBar | None:
        officer = getattr(request, "user", None)
        run = break_due(officer) if isinstance(officer, Officer) else None
        return break_bar(run) if run is not None else None

    return {"break_offered": SimpleLazyObject(bar)}
