"""What every page of the desk is given: alarms, and cases opened by break-glass. Asked for, or not at all."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from safehand.desk.intake.alarm_presenters import AlarmRow, GlassRow, alarm_rows, glass_rows
from safehand.desk.officers.models import Officer


def alarms(request: HttpRequest) -> dict[str, object]:
    """For core/desk.html. The pages of holders and of error do not ask, and so look nobody up."""

    def rows() -> tuple[AlarmRow, ...]:
        officer = getattr(request, "user", None)
        return alarm_rows(officer) if isinstance(officer, Officer) else ()

    def glass() -> tuple[GlassRow, ...]:
        officer = getattr(request, "user", None)
        return glass_rows(officer) if isinstance(officer, Officer) else ()

    return {"alarms": SimpleLazyObject(rows), "glass": SimpleLazyObject(glass)}
