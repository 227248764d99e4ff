"""A filter as a custody entry has it: numbers and codes alone, for an entry has no room for anything else.

    entered_filter(Filter(who="A", what="files", since=date(2026, 3, 1)))
    {"account": 1, "what": "files", "since": 20260301}

An account is the number behind its letter, 0 where the platform itself speaks; a day is its digits
(docs/spec/custody-log.md). What was not asked for is not there. Codes of an entry stay as they were written, whatever
becomes of the tags and rules.
"""

from __future__ import annotations

from datetime import date

from safehand.casefile.letters import letter_of, number_of_letter
from safehand.desk.custody.entry import Detail, Details
from safehand.desk.review.filter import NO_ACCOUNT, Filter

_PLATFORM = 0


def entered_filter(asked: Filter) -> Details:
    """What an entry says of it. The inverse of filter_of."""
    said: Details = {"what": asked.what, "tag": asked.tag, "rule": asked.rule}
    details: Details = {name: code for name, code in said.items() if code}
    if asked.who:
        details["account"] = _PLATFORM if asked.who == NO_ACCOUNT else number_of_letter(asked.who)
    for name, day in (("since", asked.since), ("until", asked.to)):
        if day is not None:
            details[name] = (day.year * 100 + day.month) * 100 + day.day
    return details


def filter_of(details: Details) -> Filter:
    """What an entry says was asked for; an empty filter where it was nothing."""
    account = details.get("account")
    who = ""
    if isinstance(account, int):
        who = NO_ACCOUNT if account == _PLATFORM else letter_of(account)
    return Filter(
        who,
        _code(details.get("what")),
        _code(details.get("tag")),
        _code(details.get("rule")),
        _day(details.get("since")),
        _day(details.get("until")),
    )


def _code(detail: Detail) -> str:
    return detail if isinstance(detail, str) else ""


def _day(detail: Detail) -> date | None:
    if not isinstance(detail, int):
        return None
    try:
        return date(detail // 10_000, detail // 100 % 100, detail % 100)
    except ValueError:  # never written so; whoever looks at the log sees the rest of it all the same
        return None
