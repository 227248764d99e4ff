"""The desk's own numbers, as Prometheus reads them, and nothing of anybody in them.

    Figure("safehand_workers", "gauge", "Workers, by whether they beat.", (Sample({"state": "beating"}, 2),))
    format_figures(figures)         the text exposition format, version 0.0.4

What is told is listed in ``settings.FIGURES``: each of these gives figures, and what one cannot give (the database is
gone) does not keep the others from being given. A label is a word of ours out of a closed table, and written strictly:
one that could be a name, a handle or a reference is an error, and no line.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Min
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from safehand.desk.core import counted
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.counts import Series
from safehand.desk.core.models import Heartbeat
from safehand.desk.core.state import State
from safehand.desk.core.worker import LEASE
from safehand.errors import UsageError

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_NAME: Final = re.compile(r"safehand_[a-z_]+")
_LABEL: Final = re.compile(r"[a-z][a-z0-9_.:-]*|[1-5]xx|[0-9.]+|\+Inf")
"""No capital letter and no space: no reference of the desk's, and hardly anybody's name, is spelled so."""

_MICROS: Final = 1_000_000

log = logging.getLogger("safehand.desk.figures")


@dataclass(frozen=True, slots=True)
class Sample:
    """One number, with what it is of. ``ending`` is what a histogram's lines have behind the name."""

    labels: Mapping[str, str]
    value: float
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One family of numbers."""

    name: str
    kind: str
    """counter, gauge or histogram."""
    help: str
    samples: tuple[Sample, ...] = field(default=())


def gauge(name: str, help_: str, value: float) -> Figure:
    """One number that goes up and down."""
    return Figure(name, "gauge", help_, (Sample({}, value),))


def by(name: str, help_: str, label: str, values: Mapping[str, float]) -> Figure:
    """A number for each of a closed list."""
    return Figure(name, "gauge", help_, tuple(Sample({label: each}, value) for each, value in values.items()))


def all_figures() -> Iterator[Figure]:
    """What every source gives; and which of them could give nothing."""
    failed: dict[str, float] = {}
    for source in settings.FIGURES:
        try:
            yield from import_string(source)()
            failed[source] = 0
        except Exception as err:  # noqa: BLE001  what one source cannot tell must not silence the others
            log.warning("%s could not be told (%s)", source, type(err).__name__)
            failed[source] = 1
    yield by("safehand_figures_missing", "1 where a source of figures could not be asked.", "source", failed)


def format_figures(figures: Iterable[Figure]) -> str:
    """As text. UsageError for a name or a label that is not of the strict kind."""
    return "".join(line for figure in figures for line in _lines(figure))


def pages() -> Iterator[Figure]:
    """What was served and how long it took, by the name of the page; and how long entries waited for their turn."""
    told = counted.counted()
    named = {series[1] for series, number in told.items() if series[0] == counted.PAGE and number}
    answers = tuple(
        Sample({"page": page, "answer": answer}, told[counted.PAGE, page, answer])
        for page in sorted(named)
        for answer in counted.ANSWERS
    )
    yield Figure("safehand_pages_total", "counter", "Pages answered, by name and kind of answer.", answers)
    times = tuple(each for page in sorted(named) for each in _times(told, (counted.PAGE, page), {"page": page}))
    yield Figure("safehand_page_seconds", "histogram", "Seconds a page took, by name.", times)
    waits = tuple(_times(told, (counted.WAIT,), {})) if told else ()
    yield Figure("safehand_log_wait_seconds", "histogram", "Seconds an entry waited for its turn in the log.", waits)
    undone = tuple(
        Sample({"chore": series[1].removeprefix("safehand.desk.")}, number)
        for series, number in told.items()
        if series[0] == counted.UNDONE
    )
    yield Figure("safehand_chores_undone_total", "counter", "Chores of the workers that failed.", undone)


def workers(clock: Clock = system_clock) -> Iterator[Figure]:
    """How many there are, and how long the one that beat last has been silent."""
    now = clock()
    beats = list(Heartbeat.objects.values_list("beat_at", flat=True))
    lately = sum(now - beat < LEASE // timedelta(microseconds=1) for beat in beats)
    states = {"beating": lately, "silent": len(beats) - lately}
    yield by("safehand_workers", "Workers, by whether they beat.", "state", states)
    if beats:
        age = max(0, now - max(beats)) / _MICROS
        yield gauge("safehand_worker_beat_age_seconds", "Seconds since any worker beat.", age)


def tasks(clock: Clock = system_clock) -> Iterator[Figure]:
    """What waits behind the pages, and how long the oldest has."""
    rows = DBTaskResult.objects.order_by().values_list("status").annotate(many=Count("pk"))
    many = {"ready": 0, "running": 0, "failed": 0} | {status.lower(): number for status, number in rows}
    yield by("safehand_tasks", "Background tasks, by state.", "state", many)
    oldest = DBTaskResult.objects.ready().order_by().aggregate(at=Min("enqueued_at"))["at"]
    age = (moment(clock()) - oldest).total_seconds() if oldest is not None else 0
    yield gauge("safehand_task_oldest_seconds", "Seconds the oldest waiting task has waited.", max(0, age))


def disk() -> Iterator[Figure]:
    """Room on the disks of the stores."""
    state: State = settings.STATE
    stores = {"evidence": state.evidence, "casefiles": state.casefiles, "handover": state.handover, "work": state.work}
    used = {name: shutil.disk_usage(folder) for name, folder in stores.items()}
    free = {name: each.free for name, each in used.items()}
    yield by("safehand_disk_free_bytes", "Bytes free on the disk of a store.", "store", free)
    total = {name: each.total for name, each in used.items()}
    yield by("safehand_disk_bytes", "Bytes of the disk of a store.", "store", total)


def _times(told: Mapping[Series, int], of: Series, labels: Mapping[str, str]) -> Iterator[Sample]:
    so_far = 0
    for within in (*(f"{each}" for each in counted.WITHIN), "+Inf"):
        so_far += told[*of, within]
        yield Sample({**labels, "le": within}, so_far, "_bucket")
    yield Sample(labels, told[*of, counted.SUM] / _MICROS, "_sum")
    yield Sample(labels, so_far, "_count")


def _lines(figure: Figure) -> Iterator[str]:
    if _NAME.fullmatch(figure.name) is None:
        raise UsageError("A figure is named in small letters.", where=figure.name)
    yield f"# HELP {figure.name} {figure.help}\n# TYPE {figure.name} {figure.kind}\n"
    for sample in figure.samples:
        for label, said in sample.labels.items():
            if _LABEL.fullmatch(said) is None:
                # Not quoted: it may be what must not be told.
                raise UsageError("A label of a figure is no word of a closed table.", where=f"{figure.name} {label}")
        labels = ",".join(f'{label}="{said}"' for label, said in sample.labels.items())
        yield f"{figure.name}{sample.ending}{'{' + labels + '}' if labels else ''} {sample.value:.15g}\n"
