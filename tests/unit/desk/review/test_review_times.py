from __future__ import annotations

from datetime import date

from casefile_builders import DAY, HOUR, START, device, either, known, message
from safehand.casefile.clock import wall_of
from safehand.casefile.views import DaySection, Line
from safehand.desk.review.presenters import times
from safehand.desk.review.presenters.rows import above_words, gap_words
from safehand.model.instant import MICRO, Basis, Instant, Precision, unknown_instant

JULY = START + 181 * DAY  # 2026-07-01T00:00:00Z, when UK clocks are an hour ahead


def line(sent: Instant, *, gap: int | None = None, letter: str | None = "A", number: int = 1) -> Line:
    wall = wall_of(sent)
    return Line(number, letter, wall.at, wall.other, wall.clock, gap, message(number, "beans", sent=sent))


def section(*lines: Line) -> DaySection:
    return DaySection(date(2026, 1, 1), None, lines[0].clock, 1, len(lines), lines, whole=True)


def test_a_known_instant_is_told_in_uk_time_and_says_so() -> None:
    summer = line(known(JULY + 9 * HOUR))
    assert times.minutes(summer) == "10:00"
    assert times.sent_words(summer) == "1 July 2026, 10:00:00 UK time"
    assert times.utc_words(summer.message.sent) == "1 July 2026, 09:00:00 UTC"
    assert times.machine_time(summer) == "2026-07-01T09:00:00Z"


def test_a_phones_clock_is_never_told_as_uk_time() -> None:
    phone = line(device(JULY + 9 * HOUR))
    assert times.minutes(phone) == "09:00"
    assert times.sent_words(phone) == "1 July 2026, 09:00 by the phone’s clock"
    assert times.utc_words(phone.message.sent) == "between 30 June 2026, 19:00 and 1 July 2026, 21:00 UTC"
    assert times.machine_time(phone) == "2026-07-01T09:00:00"
    assert "UK" not in times.zone_once([section(phone)])


def test_both_readings_stand_where_day_and_month_cannot_be_told_apart() -> None:
    both = line(either(START + 92 * DAY, START + 62 * DAY))
    assert times.sent_words(both) == "3 April 2026, 00:00 or 4 March 2026, 00:00"
    assert times.day_words(date(2026, 4, 3), date(2026, 3, 4)) == "Friday 3 April 2026 or Wednesday 4 March 2026"
    assert "whether the day or the month comes first" in times.zone_once([section(both)])


def test_a_time_that_cannot_be_read_is_not_made_up() -> None:
    none = line(unknown_instant("half past nine-ish"))
    assert times.minutes(none) == "–"
    assert times.sent_words(none) == "No time that can be read"
    assert times.utc_words(none.message.sent) == ""
    assert times.machine_time(none) == ""
    assert times.day_words(None, None) == "No date that can be read"


def test_a_source_that_gives_days_only_has_no_time_of_day() -> None:
    day = Instant("1 July", Basis.DEVICE_LOCAL, Precision.DAY, None, JULY, JULY + DAY, JULY)
    assert times.minutes(line(day)) == "–"
    assert times.sent_words(line(day)) == "1 July 2026 by the phone’s clock"


def test_the_zone_is_said_once_for_each_basis_that_occurs() -> None:
    words = times.zone_once([section(line(known(START)), line(known(START)), line(device(START)))])
    assert words.count("the source counts in UTC") == 1
    assert words.count("the source names no zone") == 1


def test_a_stated_zone_says_who_stated_it() -> None:
    sent = Instant("09:00", Basis.STATED, Precision.MINUTE, START, START, START, START, (), "Europe/London", "holder")
    assert times.basis_words(sent) == "A clock reading in the zone Europe/London, stated by the holder."


def test_silence_is_said_in_words_and_short_pauses_are_not() -> None:
    assert gap_words(line(known(START), gap=32_700)) == ("No messages for 9 hours 5 minutes",)
    assert gap_words(line(known(START), gap=4 * 3600 - 1)) == ()
    assert gap_words(line(known(START), gap=None)) == ()


def test_a_source_that_goes_back_in_time_says_so() -> None:
    assert gap_words(line(known(START), gap=-7_500)) == ("The source goes back 2 hours 5 minutes here",)
    assert gap_words(line(known(START), gap=-30)) == ()


def test_a_change_of_the_clocks_between_two_messages_is_told() -> None:
    # UK clocks went forward on 29 March 2026 at 01:00 UTC.
    change = START + 87 * DAY + HOUR
    before, after = line(known(change - 60 * MICRO)), line(known(change + 60 * MICRO), gap=120)
    assert above_words(after, before) == ("The clocks went forward 1 hour between these messages",)
    assert above_words(line(known(change + 90 * DAY), gap=90 * 24 * 3600), before)[0].startswith(
        "No messages for 90 days"
    )
