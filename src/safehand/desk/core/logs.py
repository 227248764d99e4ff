"""Logs that hold no evidence.

Django logs the path of a failing request and, with an exception, the values in its frames' source lines. A desk's
paths hold references and numbers only, so they may stay; anything after ``?`` and any exception's own words may not,
because a database error quotes the row it failed on. Of a request that was refused the officer is told, by number.
"""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?\S*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What would begin a line of its own, or what a terminal obeys: nobody writes lines into a log but the desk."""


class NoEvidence(logging.Filter):
    """Leaves of a record: its sentence without query strings, and of an exception its kind and where it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, made quiet."""
        record.msg = _QUERY.sub("?…", _CONTROL.sub(_escaped, record.getMessage())) + _officer(record)
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
            record.msg = f"{record.msg} ({kind.__name__}{place})"
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def _officer(record: logging.LogRecord) -> str:
    """Who asked, where Django's record has the request and the officer is known already: a log asks no database."""
    officer = getattr(getattr(record, "request", None), "_cached_user", None)
    return f" (officer {officer.pk})" if officer is not None and officer.pk is not None else ""
