"""Points to prove. Everything under ``cases/<reference>/``; offences and points are called by their codes."""

from __future__ import annotations

from django.urls import path

from safehand.desk.points.views import offence, point, points, use

app_name = "points"
urlpatterns = [
    path("points/", points.points, name="points"),
    path("points/<slug:offence>/", offence.offence, name="offence"),
    path("points/<slug:offence>/<slug:element>/", point.point, name="point"),
    path("conversations/<int:conversation>/messages/<int:number>/point/", use.use_message, name="use"),
]
