"""Promises of WhatsApp's header: every way a phone writes date, time and name, and what cannot be decided from them."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from safehand.model.conversation import ConversationClosed, Event
from safehand.model.doubt import Doubt
from safehand.model.instant import EAST_MOST, MICRO, WEST_MOST, Basis
from safehand.model.message import Message
from safehand.sources.contract import HEAD, FileInMemory, Probe, ReadingDesk, ReadOptions
from safehand.sources.whatsapp import SOURCE

NNBSP, NBSP, LRM, RLM = "\u202f", "\u00a0", "\u200e", "\u200f"

MOMENTS = [datetime(2023, 1, 4, 19, 2, 7), datetime(2023, 1, 25, 19, 3, 8), datetime(2023, 2, 6, 7, 4, 9)]  # noqa: DTZ001
"""Wall-clock readings, zone unknown on purpose. The second has a day past 12, so that the order can be decided."""


def events_of(text: str, options: ReadOptions | None = None) -> list[Event]:
    file = FileInMemory("chat.txt", "WhatsApp Chat with Allotment.txt", text.encode())
    (claim,) = SOURCE.claim((Probe(file, file.data[:HEAD]),))
    desk = ReadingDesk(options or ReadOptions())
    events = list(SOURCE.read(claim, desk))
    assert desk.ledger(file).close(file.size).unparsed == ()
    return events


def messages_of(text: str, options: ReadOptions | None = None) -> list[Message]:
    return [event for event in events_of(text, options) if isinstance(event, Message)]


def closed_of(text: str) -> ConversationClosed:
    (closed,) = (event for event in events_of(text) if isinstance(event, ConversationClosed))
    return closed


def reading(moment: datetime, *, seconds: bool) -> int:
    whole = moment.replace(tzinfo=UTC, second=moment.second if seconds else 0)
    return int(whole.timestamp()) * MICRO


def assert_read(text: str, *, seconds: bool) -> None:
    messages = messages_of(text)
    assert [(m.sender, m.text) for m in messages] == [("Priya", "the beans are up")] * len(MOMENTS)
    for message, moment in zip(messages, MOMENTS, strict=True):
        local = reading(moment, seconds=seconds)
        assert message.sent.local == local
        assert message.sent.utc is None
        assert (message.sent.earliest, message.sent.latest) == (local - EAST_MOST, local + WEST_MOST)
        assert message.sent.basis is Basis.DEVICE_LOCAL
        assert Doubt.ZONE_UNKNOWN in message.doubts


def clock(moment: datetime, *, twelve: bool, seconds: bool) -> str:
    tail = moment.strftime(":%S") if seconds else ""
    if twelve:
        return f"{moment.hour % 12 or 12}:{moment:%M}{tail} {'PM' if moment.hour >= 12 else 'AM'}"
    return f"{moment:%H:%M}{tail}"


GRID = list(itertools.product("/.-", (True, False), ("%Y", "%y"), (True, False), (True, False)))


@pytest.mark.parametrize(("mark", "day_first", "year", "twelve", "seconds"), GRID)
@pytest.mark.parametrize("phone", ["android", "ios"])
def test_each_of_the_forty_eight_common_headers_is_read(
    *, phone: str, mark: str, day_first: bool, year: str, twelve: bool, seconds: bool
) -> None:
    parts = ("%d", "%m", year) if day_first else ("%m", "%d", year)
    lines = []
    for moment in MOMENTS:
        head = f"{moment.strftime(mark.join(parts))}, {clock(moment, twelve=twelve, seconds=seconds)}"
        lines.append(f"{head} - Priya: the beans are up" if phone == "android" else f"[{head}] Priya: the beans are up")
    assert_read("\n".join(lines) + "\n", seconds=seconds)


LOCALES = {
    "year first": "{0:%Y}/{0.month}/{0.day}, {0:%H:%M} - ",
    "ISO": "{0:%Y-%m-%d}, {0:%H:%M} - ",
    "Finnish": "{0.day}.{0.month}.{0:%Y} klo {0:%H.%M} - ",
    "Hungarian": "{0:%Y}. {0:%m}. {0:%d}. {0:%H:%M} - ",
    "Hungarian with a comma": "{0:%Y}. {0:%m}. {0:%d}., {0:%H:%M} - ",
    "Korean": "{0:%Y}년 {0.month}월 {0.day}일 {ko} {hour}:{0:%M} - ",
    "Korean with full stops": "{0:%Y}. {0.month}. {0.day}. {ko} {hour}:{0:%M} - ",
    "Chinese": "{0:%Y}/{0.month}/{0.day} {zh}{hour}:{0:%M} - ",
    "Chinese iPhone": "[{0:%Y}/{0.month}/{0.day} {zh}{hour}:{0:%M}:{0:%S}] ",
    "Japanese": "{0:%Y/%m/%d}, {0:%H:%M} - ",
    "Spanish": "{0.day}/{0.month}/{0:%y}, {hour}:{0:%M} {es} - ",
    "narrow space before PM": "{0.month}/{0.day}/{0:%y}, {hour}:{0:%M}" + NNBSP + "{0:%p} - ",
    "lower-case": "{0:%d/%m/%Y}, {hour}:{0:%M} {low} - ",
    "en dash": "{0:%d/%m/%Y}, {0:%H:%M} \u2013 ",
    "full stop after the time": "{0:%Y/%m/%d}, {0:%H:%M}. - ",
    "Arabic comma": RLM + "{0.day}/{0.month}/{0:%Y}\u060c {0:%H:%M} - ",
    "Arabic halves of the day": "{0.day}/{0.month}/{0:%Y}, {hour}:{0:%M} {ar} - ",
    "mark before the bracket": LRM + "[{0:%d/%m/%Y}, {0:%H:%M:%S}] ",
    "no comma": "{0:%d/%m/%Y} {0:%H:%M} - ",
}


def in_locale(form: str, moment: datetime) -> str:
    late = moment.hour >= 12
    return form.format(
        moment,
        hour=moment.hour % 12 or 12,
        ko="오후" if late else "오전",
        zh="下午" if late else "上午",
        es=f"p.{NBSP}m." if late else f"a.{NBSP}m.",
        low="pm" if late else "am",
        ar="م" if late else "ص",
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_header_of_each_locale_is_read(locale: str, line_end: str) -> None:
    form = LOCALES[locale]
    text = "".join(f"{in_locale(form, moment)}Priya: the beans are up{line_end}" for moment in MOMENTS)
    assert_read(text, seconds="%S" in form)


AMBIGUOUS = "04/01/2023, 19:02 - Priya: beans\n05/02/2023, 19:02 - Tom: peas\n"


def test_where_nothing_decides_between_day_and_month_both_readings_stand() -> None:
    first, second = messages_of(AMBIGUOUS)
    for message in (first, second):
        assert Doubt.ORDER_AMBIGUOUS in message.doubts
        assert {a.label for a in message.sent.alternatives} == {"day first", "month first"}
    january, april = (reading(datetime(2023, *md, 19, 2), seconds=False) for md in ((1, 4), (4, 1)))  # noqa: DTZ001
    assert {a.local for a in first.sent.alternatives} == {january, april}
    assert (first.sent.earliest, first.sent.latest) == (january - EAST_MOST, april + WEST_MOST)


def test_one_day_past_twelve_decides_the_whole_file() -> None:
    messages = messages_of(AMBIGUOUS + "25/02/2023, 19:02 - Priya: cabbage\n")
    assert [m for m in messages if m.sent.alternatives] == []
    assert messages[0].sent.local == reading(datetime(2023, 1, 4, 19, 2), seconds=False)  # noqa: DTZ001
    evidence = "Dates are day first: 1 of 3 different dates cannot be read month first."
    assert evidence in closed_of(AMBIGUOUS + "25/02/2023, 19:02 - Priya: cabbage\n").notes


def test_a_persons_word_decides_only_where_the_file_does_not() -> None:
    stated = ReadOptions(day_first=False, day_first_by="holder")
    april = reading(datetime(2023, 4, 1, 19, 2), seconds=False)  # noqa: DTZ001
    assert messages_of(AMBIGUOUS, stated)[0].sent.local == april
    decided = messages_of(AMBIGUOUS + "25/02/2023, 19:02 - Priya: cabbage\n", stated)
    assert decided[0].sent.local == reading(datetime(2023, 1, 4, 19, 2), seconds=False)  # noqa: DTZ001


def test_a_stated_zone_gives_utc_and_says_who_stated_it() -> None:
    text = "25/07/2023, 19:02 - Priya: beans\n"
    (message,) = messages_of(text, ReadOptions(zone="Europe/London", zone_by="holder"))
    assert message.sent.basis is Basis.STATED
    assert message.sent.utc == reading(datetime(2023, 7, 25, 18, 2), seconds=False)  # noqa: DTZ001
    assert (message.sent.zone, message.sent.zone_by) == ("Europe/London", "holder")


def test_a_reading_that_a_clock_change_makes_twice_is_an_interval() -> None:
    (message,) = messages_of("29/10/2023, 01:30 - Priya: beans\n", ReadOptions(zone="Europe/London", zone_by="holder"))
    assert Doubt.ZONE_FOLD in message.doubts
    assert message.sent.latest is not None
    assert message.sent.earliest is not None
    assert message.sent.latest - message.sent.earliest == 3600 * MICRO
