"""What the desk keeps of a reading so that it notices two reports of one thing: traces, under a key of the desk alone.

    traces = Traces(trace_key())                  analysis/traces.py, while a package is read
    keep_traces(case, traces.found(), accounts)   in the transaction in which it is said to be read

A trace tells nobody what it is of. A desk with another secret key traces otherwise: what was read under the earlier one
is noticed again once it is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.conf import settings

from safehand.analysis.traces import Trace as Traced
from safehand.desk.cases.models import Case
from safehand.desk.intake.models import Trace, TraceOf
from safehand.sources.accounting import FileAccount


def trace_key() -> bytes:
    """32 bytes, of this desk and for this alone."""
    return hashlib.sha256(f"safehand traces v1 {settings.SECRET_KEY}".encode()).digest()


def keep_traces(case: Case, found: Iterable[Traced], files: Iterable[FileAccount]) -> None:
    """In place of those of an earlier reading. An empty file is everybody's, and is not traced."""
    rows = {(kind, digest) for kind, digest in found}
    rows |= {(TraceOf.FILE.value, _of_file(file.sha256)) for file in files if file.bytes}
    Trace.objects.filter(case=case).delete()
    Trace.objects.bulk_create((Trace(case=case, of=kind, digest=digest) for kind, digest in sorted(rows)), 500)


def _of_file(sha256: str) -> str:
    return hashlib.blake2b(sha256.encode(), digest_size=16, key=trace_key()).hexdigest()
