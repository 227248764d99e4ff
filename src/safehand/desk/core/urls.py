"""The front door."""

from __future__ import annotations

from django.urls import path

from safehand.desk.core import views

app_name = "core"
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("health/live", views.health, name="health_live"),
    path("health/ready", views.health_ready, name="health_ready"),
]
