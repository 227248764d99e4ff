"""Tables are made a quarter quicker while nobody looks for garbage.

For each step of each migration Django makes every model anew that has to do with it, and each time Python's collector
goes through all of them. They are let go of a moment later.

    with nobody_collects(): migrate(…)

The tables of the tests themselves are made so, in every process that has some.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def nobody_collects() -> Iterator[None]:
    """Until the end, which collects."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:  # noqa: ARG001  pytest-django's name
    """What pytest-django does last before it makes tables."""
    gc.disable()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:  # noqa: ARG001  they are made by now
    """And the first thing after."""
    gc.enable()
