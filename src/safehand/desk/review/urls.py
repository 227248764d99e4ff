"""Reading a case. Everything under ``cases/<reference>/``."""

from __future__ import annotations

from django.urls import path

from safehand.desk.review.views import (
    cite,
    conversations,
    evidence,
    files,
    indicators,
    mentions,
    original,
    proof,
    reader,
    search,
    sides,
    talked,
    timeline,
    who_saw_what,
    whole,
)

app_name = "review"
urlpatterns = [
    path("evidence/", evidence.evidence, name="evidence"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/files/", files.files, name="files"),
    path("conversations/<int:conversation>/", reader.reader, name="reader"),
    path("conversations/<int:conversation>/indicators/", indicators.indicators, name="indicators"),
    path("conversations/<int:conversation>/when/", talked.talked, name="talked"),
    path("conversations/<int:conversation>/messages/<int:number>/original/", original.original, name="original"),
    path("conversations/<int:conversation>/messages/<int:number>/cite/", cite.cite_message, name="cite"),
    path("time-line/", timeline.timeline, name="timeline"),
    path("when/", talked.case_talked, name="case_talked"),
    path("first-mentions/", mentions.first_mentions, name="mentions"),
    path("whole/", whole.whole, name="whole"),
    path("whole/<int:pair>/", sides.sides, name="sides"),
    path("search/", search.search, name="search"),
    path("proof/", proof.proof, name="proof"),
    path("who-saw-what/", who_saw_what.who_saw_what, name="who_saw_what"),
]
