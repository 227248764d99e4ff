"""What is counted while a desk serves: pages by their name, waiting for the one queue, chores that failed.

    page_served("triage:inbox", 200, seconds)
    with waiting(): ...                          what is in it waits for its turn to make a custody entry
    left_undone("safehand.desk.custody.signed_log.sign_when_due")

Of a page its name in the table of addresses is kept, and of its answer the first digit: no address, no reference, no
officer. What has no name there is ``other``: styles, scripts, and addresses that there are not.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver, get_resolver

from safehand.desk.core.counts import Counts, Series, added_up

OTHER: Final = "other"
ANSWERS: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
WITHIN: Final = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 1.0, 2.0, 5.0)
"""Seconds: what is counted as within each. 0.4 is what 95 of 100 pages keep to (docs/benchmarks.md, load)."""

PAGE: Final = "page"
WAIT: Final = "wait"
UNDONE: Final = "undone"
SUM: Final = "sum"
"""Of the microseconds."""

_MICROS: Final = 1_000_000
_own: dict[int, Counts | None] = {}
"""By process: a server that was forked counts in a file of its own."""


@cache
def every_series() -> tuple[Series, ...]:
    """Every one there can be, in an order that is the same in each process of a version."""
    pages = (*sorted(set(_names(get_resolver()))), OTHER)
    found: list[Series] = [(PAGE, page, answer) for page in pages for answer in ANSWERS]
    found += [(PAGE, page, each) for page in pages for each in _stretches()]
    found += [(WAIT, each) for each in _stretches()]
    return (*found, *((UNDONE, chore) for chore in settings.WORKER_CHORES))


def page_served(name: str, status: int, seconds: float) -> None:
    """One page, by its name. Whatever is not in the table is counted as other."""
    counts = _counts()
    if counts is None:
        return
    page = name if name in _known() else OTHER
    counts.add((PAGE, page, ANSWERS[min(max(status // 100, 1), 5) - 1]))
    _time(counts, (PAGE, page), seconds)


@contextmanager
def waiting() -> Iterator[None]:
    """However it ends, how long it took is counted."""
    begin = time.perf_counter()
    try:
        yield
    finally:
        counts = _counts()
        if counts is not None:
            _time(counts, (WAIT,), time.perf_counter() - begin)


def left_undone(chore: str) -> None:
    """A chore of the workers (settings.WORKER_CHORES) failed at this heartbeat."""
    counts = _counts()
    if counts is not None:
        counts.add((UNDONE, chore))


def counted() -> Mapping[Series, int]:
    """All of it, of every process. Nothing where nothing is counted."""
    return added_up(settings.COUNTS, every_series()) if settings.COUNTS is not None else {}


def count_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The outermost middleware: what it times is all of what the desk does for a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        page_served(match.view_name if match is not None else OTHER, response.status_code, time.perf_counter() - begin)
        return response

    return middleware


def _stretches() -> tuple[str, ...]:
    return (*(f"{each}" for each in WITHIN), "+Inf", SUM)


def _time(counts: Counts, of: Series, seconds: float) -> None:
    counts.add((*of, next((f"{each}" for each in WITHIN if seconds <= each), "+Inf")))
    counts.add((*of, SUM), max(0, round(seconds * _MICROS)))


def _counts() -> Counts | None:
    process = os.getpid()
    if process not in _own:
        folder = settings.COUNTS
        _own[process] = Counts.begin(folder, every_series()) if folder is not None else None
    return _own[process]


@cache
def _known() -> frozenset[str]:
    return frozenset(each[1] for each in every_series() if each[0] == PAGE)


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"
