"""What a holder sees. Everything under ``report/``; nobody signs in, and no address holds anything of a report."""

from __future__ import annotations

from django.urls import path

from safehand.desk.handover import converters as _converters  # noqa: F401  registers <parcel:…> and <sha256:…>
from safehand.desk.handover.views import collecting, danger, parcels, progress, sealer, urgent
from safehand.desk.handover.views.words import words_page

app_name = "handover"
urlpatterns = [
    path("", words_page("start"), name="start"),
    path("danger/", danger.danger, name="danger"),
    path("danger/now/", words_page("now"), name="now"),
    path("danger/not-sure/", words_page("not-sure"), name="not-sure"),
    path("leave/", words_page("leave"), name="leave"),
    path("exit/", danger.leave_at_once, name="exit"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/receipt", urgent.receipt, name="urgent-receipt"),
    path("urgent/state/", urgent.state, name="urgent-state"),
    path("next/", words_page("next"), name="next"),
    *(
        path(f"{name}/", words_page(name), name=name)
        for name in ("stay-safe", "this-computer", "young-person", "other-ways", "help", "privacy", "accessibility")
    ),
    path("progress/", progress.progress, name="progress"),
    path("seal/", sealer.seal, name="seal"),
    path("parcels/", parcels.parcels, name="parcels"),
    path("parcels/work", parcels.work, name="work"),
    path("parcels/<parcel:upload>/", parcels.parcel, name="parcel"),
    path("parcels/<parcel:upload>/finish", parcels.finish, name="finish"),
    path("parcels/<parcel:upload>/<int:number>/<sha256:sha256>", parcels.part, name="part"),
    path("collect/", collecting.waiting, name="collect"),
    path("collect/<parcel:upload>/", collecting.sealed, name="sealed"),
    path("collect/<parcel:upload>/acknowledge", collecting.acknowledge, name="acknowledge"),
    path("collect/<parcel:upload>/tell", collecting.tell, name="tell"),
]
