"""Every address of the desk. None holds a name, a handle or a word of a message: references and numbers only."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("safehand.desk.core.urls")),
    path("", include("safehand.desk.officers.urls")),
    path("", include("safehand.desk.officers.allauth_urls")),
    path("", include("safehand.desk.intake.urls")),
    path("cases/<reference:reference>/", include("safehand.desk.review.urls")),
]

handler400 = "safehand.desk.core.views.bad_request"
handler403 = "safehand.desk.core.views.not_allowed"
handler404 = "safehand.desk.core.views.not_found"
handler500 = "safehand.desk.core.views.failed"
