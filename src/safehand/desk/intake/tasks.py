"""The background work of intake, as the queue knows it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from safehand.durable import Step, passed


@task()
def process_package(package: int) -> str:
    """Verify and read one package. Gives the state it ended in."""
    from safehand.desk.intake.processing import process  # noqa: PLC0415  only workers load the readers of platforms

    passed(Step.TASK_TAKEN)
    state = process(package)
    for follows in settings.AFTER_READING:
        import_string(follows)()
    return state


@task()
def collect_parcel(**waiting: Any) -> str:
    """Collect one parcel from the public node. Gives the reference that its holder knows."""
    from safehand.desk.intake.collect import collect, the_source  # noqa: PLC0415  it imports this module
    from safehand.desk.intake.parcel_source import Waiting  # noqa: PLC0415  the same

    source = the_source()
    return collect(Waiting(**waiting), source).reference if source is not None else "nothing to collect from"
