"""The log of the whole desk. It belongs to no case, so it stands beside them."""

from __future__ import annotations

from django.urls import path

from safehand.desk.review.views import log

app_name = "log"
urlpatterns = [path("", log.log, name="log")]
