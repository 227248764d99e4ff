"""The inbox, and triage of each report."""

from __future__ import annotations

from django.urls import path

from safehand.desk.cases import converters as _converters  # noqa: F401  registers <reference:…>
from safehand.desk.triage.views import happened, inbox, links, meetings, shift, triage, work, workload

app_name = "triage"
urlpatterns = [
    path("workload/", workload.workload_page, name="workload"),
    path("workload/tried-out/", workload.tried_out, name="tried_out"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/notes/", shift.notes, name="notes"),
    path("inbox/notes/<int:note>/read", shift.read, name="note_read"),
    path("inbox/left-triage/", inbox.left_triage, name="left"),
    path("cases/<reference:reference>/triage/", triage.triage, name="triage"),
    path(
        "cases/<reference:reference>/conversations/<int:conversation>/messages/<int:number>/meeting/",
        meetings.meeting,
        name="meeting",
    ),
    path("cases/<reference:reference>/triage/happened/", happened.happened, name="happened"),
    path("cases/<reference:reference>/triage/links/", links.links, name="links"),
    path("cases/<reference:reference>/triage/tags", triage.tags, name="tags"),
    path("cases/<reference:reference>/triage/begin", work.begin, name="begin"),
    path("cases/<reference:reference>/triage/take-over", work.over, name="take_over"),
    path("cases/<reference:reference>/triage/put-down", work.down, name="put_down"),
    path("cases/<reference:reference>/triage/leave", work.leave, name="leave"),
    path("cases/<reference:reference>/triage/thrive/", work.assessment, {"form": "thrive"}, name="thrive"),
    path("cases/<reference:reference>/triage/ndm/", work.assessment, {"form": "ndm"}, name="ndm"),
]
