"""Which days the messages of a case are of: every message counted once, and nothing guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casefile_builders import DAY, KEY, START, Made, conversation, device, either, known, message
from safehand.casefile.clock import Clock
from safehand.casefile.dates import DayOfCase, days_of
from safehand.casefile.read import open_casefile
from safehand.model.instant import unknown_instant


def test_every_message_of_every_conversation_is_counted_on_its_day(tmp_path: Path) -> None:
    sent = [known(START), known(START + 1), device(START + DAY), unknown_instant("?"), either(START, START + 30 * DAY)]
    first = [message(number, "beans", sent=one) for number, one in enumerate(sent, 1)]
    events = [*conversation(first), *conversation([message(1, "peas", sent=known(START))], "2")]
    path = tmp_path / "one.casefile"
    Made(events=events, data=b"0123456789" * 10).build(path, KEY)
    with open_casefile(path, KEY) as casefile:
        days = days_of(casefile)
    assert days == (
        DayOfCase(None, None, Clock.NONE, 1),
        DayOfCase(date(2026, 1, 1), None, Clock.UK, 3),
        DayOfCase(date(2026, 1, 1), date(2026, 1, 31), Clock.EITHER, 1),
        DayOfCase(date(2026, 1, 2), None, Clock.DEVICE, 1),
    )


def test_a_message_without_a_time_is_of_no_day_although_it_stands_among_those_of_one(tmp_path: Path) -> None:
    sent = [unknown_instant("?"), known(START), unknown_instant("?"), unknown_instant("?"), known(START + DAY)]
    path = tmp_path / "one.casefile"
    messages = [message(number, "beans", sent=one) for number, one in enumerate(sent, 1)]
    Made(events=[*conversation(messages)], data=b"0123456789" * 10).build(path, KEY)
    with open_casefile(path, KEY) as casefile:
        assert [(each.day, each.messages) for each in days_of(casefile)] == [
            (None, 3), (date(2026, 1, 1), 1), (date(2026, 1, 2), 1),
        ]  # fmt: skip
        page = casefile.day_page(1, 1)
    assert page is not None
    assert (page.first, page.last) == (1, 5), "every one stands on a page all the same"
