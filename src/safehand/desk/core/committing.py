"""A transaction whose commit is a durable step (safehand.durable).

    with committed(Step.VERIFY_BEGUN):
        ... the change, and its custody entry ...

Inside another one nothing is on the disk when it ends: its step is passed when the outermost commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from safehand.durable import Step, passed


@contextmanager
def committed(step: Step, *, outermost: bool = False) -> Iterator[None]:
    """``transaction.atomic``, and the step. RuntimeError when it must be the ``outermost`` and is not."""
    with transaction.atomic(durable=outermost):
        yield
        transaction.on_commit(partial(passed, step))
