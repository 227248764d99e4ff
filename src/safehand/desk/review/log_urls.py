"""The log of the whole desk, and what was signed of it. It belongs to no case, so it stands beside them."""

from __future__ import annotations

from django.urls import path

from safehand.desk.review.views import checkpoint, log

app_name = "log"
urlpatterns = [
    path("", log.log, name="log"),
    path("checkpoint/", checkpoint.checkpoint, name="checkpoint"),
    path("checkpoint/files", checkpoint.checkpoint_files, name="checkpoint_files"),
    path("alarms/<int:alarm>/known", checkpoint.alarm_known, name="alarm_known"),
]
