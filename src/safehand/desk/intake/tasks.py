"""The background work of intake, as the queue knows it."""

from __future__ import annotations

from django_tasks import task


@task()
def process_package(package: int) -> str:
    """Verify and read one package. Gives the state it ended in."""
    from safehand.desk.intake.processing import process  # noqa: PLC0415  only workers load the readers of platforms

    return process(package)
