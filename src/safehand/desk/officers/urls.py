"""Signing in and out, and an officer's own account."""

from __future__ import annotations

from django.urls import path

from safehand.desk.officers.views import door, own_account, roles

app_name = "officers"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign_in"),
    path("sign-in/code/", door.second_factor, name="second_factor"),
    path("sign-out/", door.sign_out, name="sign_out"),
    path("account/", own_account.account, name="account"),
    path("account/confirm/", door.confirm, name="confirm"),
    path("account/password/", own_account.password, name="password"),
    path("account/second-factor/", own_account.set_up, name="set_up"),
    path("account/recovery-codes/", own_account.recovery_codes, name="recovery_codes"),
    path("officers/", roles.officers, name="officers"),
    path("officers/give-role", roles.give, name="give_role"),
    path("officers/end-role", roles.end, name="end_role"),
]
