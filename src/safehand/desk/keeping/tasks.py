"""The background work of keeping, as the queue knows it."""

from __future__ import annotations

from django_tasks import task


@task(priority=-50)
def look_after_copies() -> str:
    """One round over the copies of packages, behind everything else in the queue."""
    from safehand.desk.keeping.rounds import make_round  # noqa: PLC0415  it imports this module

    return f"{make_round()} looked at"
