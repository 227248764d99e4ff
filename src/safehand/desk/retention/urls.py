"""How long cases are kept. Which case is meant stands in the form: whoever is asked need not be on it."""

from __future__ import annotations

from django.urls import path

from safehand.desk.retention.views import case, due

app_name = "retention"
urlpatterns = [
    path("", due.due, name="due"),
    path("case/", case.case, name="case"),
]
