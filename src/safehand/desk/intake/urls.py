"""Handing in, and how far it is."""

from __future__ import annotations

from django.urls import path

from safehand.desk.cases import converters as _converters  # noqa: F401  registers <reference:…>
from safehand.desk.intake.views import alarms, glass, hand_in, holder, notices, people, report

app_name = "intake"
urlpatterns = [
    path("inbox/waiting", notices.waiting, name="waiting"),
    path("notices/<notice:reference>/", notices.notice, name="notice"),
    path("notices/<notice:reference>/take", notices.take, name="take_notice"),
    path("notices/<notice:reference>/holder/", holder.notice_holder, name="notice_holder"),
    path("notices/<notice:reference>/close", notices.close, name="close_notice"),
    path("alarms/<int:alarm>/supervisor-knows", alarms.supervisor_knows, name="supervisor_knows"),
    path("break-glass/", glass.break_glass, name="break_glass"),
    path("break-glass/<int:glass>/known", glass.glass_known, name="glass_known"),
    path("hand-in/", hand_in.hand_in, name="hand_in"),
    path("people/", people.people_of_any, name="people_of_any"),
    path("cases/<reference:reference>/people/", people.people, name="people"),
    path("cases/<reference:reference>/holder/", holder.holder, name="holder"),
    path("cases/<reference:reference>/report/take", report.take, name="take"),
    path("cases/<reference:reference>/report/", report.report, name="report"),
    path("cases/<reference:reference>/report/progress", report.progress, name="progress"),
    path("cases/<reference:reference>/report/again", report.again, name="again"),
]
