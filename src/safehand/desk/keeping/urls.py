"""The evidence store. It belongs to no case, so it stands beside them."""

from __future__ import annotations

from django.urls import path

from safehand.desk.keeping.views import store

app_name = "keeping"
urlpatterns = [
    path("evidence-store/", store.store, name="store"),
    path("evidence-store/put-back/", store.put_back, name="put_back"),
]
