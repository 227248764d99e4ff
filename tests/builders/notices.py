"""Urgent notices for tests: about an allotment, with words that can be looked for where they must not be."""

from __future__ import annotations

from django.db import connection

from safehand.seal.notice import DONT_KNOW, FIELDS, LEFT, Answered, Notice, NoticeState

NUMBER = "07700 900123"
"""Of the range that Ofcom keeps for plays and films."""

WORDS = ("Rowanberry Gate", "Dilys Quillfeather", "marrow-and-thyme", NUMBER)
"""What must never lie in the clear anywhere."""

WRITTEN = "2026-11-22T10:00:00Z"

GIVEN: dict[str, Answered] = {
    "danger_now": Answered(NoticeState.NO),
    "meeting": Answered.given("planned"),
    "meeting_day": Answered.given("2026-11-22"),
    "meeting_time": Answered.given("1:15pm"),
    "meeting_where": Answered.given("Rowanberry Gate, each on the bus"),
    "child": Answered.given("real"),
    "child_details": Answered.given("Dilys Quillfeather, 12, at home with her aunt"),
    "subject": Answered.given("Goes by marrow-and-thyme in the gardening app"),
    "contact": Answered(NoticeState.YES),
    "danger_signs": Answered.given("other_children,money_or_travel"),
    "access": DONT_KNOW,
    "images": Answered(NoticeState.NO),
    "caller_number": Answered.given(NUMBER),
}


def notice(**changed: Answered) -> Notice:
    """One with most answers given, and ``changed``; nothing was said to the others."""
    return Notice(WRITTEN, {field.id: {**GIVEN, **changed}.get(field.id, LEFT) for field in FIELDS})


def least() -> Notice:
    """One with nothing but the number."""
    return Notice(
        WRITTEN, {field.id: GIVEN["caller_number"] if field.id == "caller_number" else DONT_KNOW for field in FIELDS}
    )


FORM = {
    "danger_now": "no",
    "meeting": "planned",
    "meeting_day": "tomorrow",
    "meeting_time": "1:15pm",
    "meeting_where": "Rowanberry Gate, each on the bus",
    "child": "real",
    "child_details": "Dilys Quillfeather, 12,\nat home with her aunt",
    "subject": "Goes by marrow-and-thyme in the gardening app",
    "contact": "yes",
    "danger_signs": ["money_or_travel", "other_children"],
    "access": "dont_know",
    "caller_number": NUMBER,
    "once": "0123456789abcdef0123456789abcdef",
}
"""The same as a browser sends it."""


def dump() -> str:
    """Every value of every table: what a thief of the database has."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  the tables of our own database
            said += [str(bytes(value) if isinstance(value, memoryview) else value) for row in cursor for value in row]
    return "\n".join(said)
