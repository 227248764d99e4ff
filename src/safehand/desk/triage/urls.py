"""The inbox, and triage of each report."""

from __future__ import annotations

from django.urls import path

from safehand.desk.cases import converters as _converters  # noqa: F401  registers <reference:…>
from safehand.desk.triage.views import inbox, triage

app_name = "triage"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("cases/<reference:reference>/triage/", triage.triage, name="triage"),
    path("cases/<reference:reference>/triage/tags", triage.tags, name="tags"),
]
