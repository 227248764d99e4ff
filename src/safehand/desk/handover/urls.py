"""What a holder sees. Everything under ``report/``; nobody signs in, and no address holds anything of a report."""

from __future__ import annotations

from django.urls import path

from safehand.desk.handover import converters as _converters  # noqa: F401  registers <parcel:…> and <sha256:…>
from safehand.desk.handover.views import begin, collecting, parcels

app_name = "handover"
urlpatterns = [
    path("", begin.start, name="start"),
    path("parcels/", parcels.parcels, name="parcels"),
    path("parcels/work", parcels.work, name="work"),
    path("parcels/<parcel:upload>/", parcels.parcel, name="parcel"),
    path("parcels/<parcel:upload>/finish", parcels.finish, name="finish"),
    path("parcels/<parcel:upload>/<int:number>/<sha256:sha256>", parcels.part, name="part"),
    path("collect/", collecting.waiting, name="collect"),
    path("collect/<parcel:upload>/", collecting.sealed, name="sealed"),
    path("collect/<parcel:upload>/acknowledge", collecting.acknowledge, name="acknowledge"),
]
