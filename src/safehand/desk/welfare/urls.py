"""An officer's own wellbeing, and everybody's for the welfare lead."""

from __future__ import annotations

from django.urls import path

from safehand.desk.welfare.views import everybody, own

app_name = "welfare"
urlpatterns = [
    path("account/wellbeing/", own.own, name="own"),
    path("account/wellbeing/put-off", own.put_off, name="put_off"),
    path("welfare/", everybody.everybody, name="everybody"),
]
