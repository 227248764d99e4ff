"""A conduct review. Everything under ``cases/<reference>/``."""

from __future__ import annotations

from django.urls import path

from safehand.desk.conduct.views import checklist, conduct, record, write

app_name = "conduct"
urlpatterns = [
    path("conduct/", conduct.conduct, name="conduct"),
    path("conduct/accounts/", record.record, name="record"),
    path("conduct/write/", write.write, name="write"),
    path("checklist/", checklist.checklist, name="checklist"),
    path("checklist/<int:number>/", checklist.answer, name="answer"),
]
