"""A filter in a custody entry: numbers and codes, read back as they were."""

from __future__ import annotations

from datetime import date

import pytest

from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Detail, Entry, format_entry, parse_entry
from safehand.desk.review.filter import NO_FILTER, RULES, TAG_CODES, WHAT, Filter
from safehand.desk.review.filter_entered import entered_filter, filter_of


@pytest.mark.parametrize(
    "asked",
    [
        NO_FILTER,
        Filter(who="A"),
        Filter(who="ZZZZZZ"),
        Filter(who="platform"),
        Filter(since=date.min, to=date.max),
        Filter("AA", "gone", "any", "meeting", date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_what_an_entry_says_of_a_filter_is_read_back_as_it_was(asked: Filter) -> None:
    assert filter_of(entered_filter(asked)) == asked


def test_every_code_of_a_filter_may_stand_in_an_entry() -> None:
    for code in (*WHAT, *TAG_CODES, *RULES):
        details = entered_filter(Filter("A", code, code, code, date.min, date.max))
        entry = Entry(1, 0, "officer:K4021", Verb.MESSAGES_SHOWN, details=details)
        assert parse_entry(format_entry(entry)).details == details, code


@pytest.mark.parametrize("detail", [0, -1, 20260230, 20261301, 999, True, None, "today", [[1, 2]]])
def test_what_is_no_day_in_an_entry_is_passed_over_and_the_rest_is_told(detail: Detail) -> None:
    assert filter_of({"since": detail, "what": "files"}) == Filter(what="files")
