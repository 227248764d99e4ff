"""Every address of Safehand. None holds a name, a handle or a word of a message: references and numbers only.

Which of them this process answers is its role: a public node has no page for officers at all (settings/roles.py).
"""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from safehand.desk.settings.roles import Role


def addresses(role: Role) -> list[URLPattern | URLResolver]:
    """The addresses of one role."""
    found: list[URLPattern | URLResolver] = [path("", include("safehand.desk.core.urls"))]
    if role.takes_in:
        found.append(path("report/", include("safehand.desk.handover.urls")))
    if role.opens:
        found += [
            path("", include("safehand.desk.officers.urls")),
            path("", include("safehand.desk.officers.allauth_urls")),
            path("", include("safehand.desk.intake.urls")),
            path("", include("safehand.desk.keeping.urls")),
            path("", include("safehand.desk.welfare.urls")),
            path("", include("safehand.desk.triage.urls")),
            path("cases/<reference:reference>/", include("safehand.desk.review.urls")),
            path("cases/<reference:reference>/", include("safehand.desk.conduct.urls")),
            path("cases/<reference:reference>/", include("safehand.desk.points.urls")),
            path("retention/", include("safehand.desk.retention.urls")),
            path("log/", include("safehand.desk.review.log_urls")),
        ]
    return found


urlpatterns = addresses(settings.ROLE)

handler400 = "safehand.desk.core.views.bad_request"
handler403 = "safehand.desk.core.views.not_allowed"
handler404 = "safehand.desk.core.views.not_found"
handler500 = "safehand.desk.core.views.failed"
