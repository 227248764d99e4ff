"""What a holder sees. Everything under ``report/``; nobody signs in, and no address holds anything of a report."""

from __future__ import annotations

from django.urls import path

from safehand.desk.handover.views import begin

app_name = "handover"
urlpatterns = [
    path("", begin.start, name="start"),
]
