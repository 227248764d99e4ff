"""The four names by which allauth finds its own way between the steps. The same pages, at the same addresses.

No other route of allauth's is wired: no sign-up, no mail, no reset (tests/unit/desk/test_desk_routes.py).
"""

from __future__ import annotations

from django.urls import path

from safehand.desk.officers.views import door

urlpatterns = [
    path("sign-in/", door.sign_in, name="account_login"),
    path("sign-in/code/", door.second_factor, name="mfa_authenticate"),
    path("sign-out/", door.sign_out, name="account_logout"),
    path("account/confirm/", door.confirm, name="mfa_reauthenticate"),
]
