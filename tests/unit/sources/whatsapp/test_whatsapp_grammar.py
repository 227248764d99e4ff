"""Promises of the header grammar: the spellings it takes, the near misses it does not, and each style's own pattern."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from safehand.sources.local_time import LocalClock
from safehand.sources.whatsapp.flags import TIME_UNREADABLE
from safehand.sources.whatsapp.grammar import HEADER, quick_of, style_of
from safehand.sources.whatsapp.moments import Moments
from safehand.sources.whatsapp.order import DateOrder, Decision

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST
NARROW, NO_BREAK, THIN, LRM, RLM = "\u202f", "\u00a0", "\u2009", "\u200e", "\u200f"

SPELLINGS = [  # header, order, what the clock showed
    ("04/01/2023, 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("1/4/23, 7:02 PM - ", MONTH, "2023-01-04T19:02:00"),
    (f"1/4/23, 7:02{NARROW}PM - ", MONTH, "2023-01-04T19:02:00"),
    ("04/01/23, 7:02 pm - ", DAY, "2023-01-04T19:02:00"),
    (f"4/1/23, 7:02 p.{NO_BREAK}m. - ", DAY, "2023-01-04T19:02:00"),
    ("4/1/2023, 12:02 a. m. - ", DAY, "2023-01-04T00:02:00"),
    ("4/1/2023 7:02 p.m. - ", DAY, "2023-01-04T19:02:00"),
    ("04.01.23, 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("04.01.2023 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("4.1.2023 klo 19.02 - ", DAY, "2023-01-04T19:02:00"),
    ("04-01-23 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("2023-01-04 19:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("2023/01/04 19:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("2023/1/4 下午7:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("2023/1/4 凌晨12:02 - ", YEAR, "2023-01-04T00:02:00"),
    ("2023/1/4 中午12:02 - ", YEAR, "2023-01-04T12:02:00"),
    ("2023年1月4日 下午7:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("2023년 1월 4일 오후 7:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("2023. 1. 4. 오전 7:02 - ", YEAR, "2023-01-04T07:02:00"),
    ("2023. 01. 04., 19:02 - ", YEAR, "2023-01-04T19:02:00"),
    ("4.01.23 г., 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("4. 1. 2023 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("2022/12/14, 13:34. - ", YEAR, "2022-12-14T13:34:00"),
    ("09/17/19, 4:30:10 PM – ", MONTH, "2019-09-17T16:30:10"),
    ("23-01-04 19 h 02 - ", YEAR, "2023-01-04T19:02:00"),
    (f"{RLM}٤{RLM}/١{RLM}/٢٠٢٣، ٧:٠٢ م - ", DAY, "2023-01-04T19:02:00"),
    (f"۲۰۲۳/۱/۴،{RLM} ۱۹:۰۲ - ", YEAR, "2023-01-04T19:02:00"),
    ("०४/०१/२३, ७:०२ pm - ", DAY, "2023-01-04T19:02:00"),
    ("৪/১/২৩, ৭:০২ PM - ", DAY, "2023-01-04T19:02:00"),
    ("4/1/23, 7:02 μ.μ. - ", DAY, "2023-01-04T19:02:00"),
    ("4.1.23, 7:02 p.d. - ", DAY, "2023-01-04T07:02:00"),
    ("4.1.23, 7:02 m.d. - ", DAY, "2023-01-04T19:02:00"),
    (f"{RLM}4.1.2023, 19:02 - ", DAY, "2023-01-04T19:02:00"),
    ("[04/01/2023, 19:02:11] ", DAY, "2023-01-04T19:02:11"),
    ("[1/4/23, 7:02:11 PM] ", MONTH, "2023-01-04T19:02:11"),
    (f"{LRM}[1/4/23, 7:02:11{NARROW}PM] ", MONTH, "2023-01-04T19:02:11"),
    ("[04.01.23, 19:02:11] ", DAY, "2023-01-04T19:02:11"),
    (f"[2023/1/4 下午{THIN}7:02:11] ", YEAR, "2023-01-04T19:02:11"),
    ("[2023. 1. 4. 오후 7:02:11] ", YEAR, "2023-01-04T19:02:11"),
    ("[2023-01-04 19:02] ", YEAR, "2023-01-04T19:02:00"),
    ("[06/10/20 15:55] ", MONTH, "2020-06-10T15:55:00"),
    ("[04-01-23 02:22:56] ", DAY, "2023-01-04T02:22:56"),
]


@pytest.mark.parametrize(("header", "order", "shown"), SPELLINGS, ids=[spelling[0] for spelling in SPELLINGS])
def test_a_header_is_read_in_every_spelling(header: str, order: DateOrder, shown: str) -> None:
    line = f"\n{header}Priya: beans".encode()
    found = HEADER.match(line)
    assert found is not None
    assert found.end() == len(header.encode()) + 1
    day = found["lead"] + found["date"]
    moments = Moments(style_of(found), Decision((order,), (), ()), LocalClock())
    sent, flags = moments.read(day, found["moment"][len(day) :])
    moment = datetime.fromisoformat(shown).replace(tzinfo=UTC)
    assert sent.local == int(moment.timestamp()) * 1_000_000
    assert sent.raw == header.strip(f" -–[]{LRM}{RLM}") or header.startswith(RLM)
    assert sent.raw in header
    assert not flags & TIME_UNREADABLE


@pytest.mark.parametrize("header", [spelling[0] for spelling in SPELLINGS])
def test_the_pattern_of_a_style_takes_the_headers_of_its_style_and_no_others(header: str) -> None:
    line = f"\n{header}Priya: beans".encode()
    found = HEADER.match(line)
    assert found is not None
    quick = quick_of(found)
    moment, rest, name, text = quick.read.split(line)[1:]
    assert (b"\n" + moment + rest + name + text, name, text) == (line, b"Priya: ", b"beans")
    assert quick.survey.split(line)[-2:] == [b"Priya: ", b"beans"]
    for other, _, _ in SPELLINGS:
        whole = f"\n{other}Tom: peas".encode()
        if quick.read.match(whole):
            again = HEADER.match(whole)
            assert again is not None
            assert style_of(again) == style_of(found)


@pytest.mark.parametrize(
    "line",
    [
        "04/01/2023, 19:02 Priya: beans",
        "04/01/2023, 19:02 -Priya: beans",
        "04/01/2023 - Priya: beans",
        "04/01/2023, 19 - Priya: beans",
        "04/01/2023, 19:2 - Priya: beans",
        "04/01, 19:02 - Priya: beans",
        "04/01-2023, 19:02 - Priya: beans",
        "104/01/2023, 19:02 - Priya: beans"[1:] and " 04/01/2023, 19:02 - Priya: beans",
        "[04/01/2023, 19:02:11 Priya: beans",
        "[04/01/2023, 19:02:11]Priya: beans",
        "(04/01/2023, 19:02:11) Priya: beans",
        "[19:02, 04/01/2023] Priya: beans",
        "> 04/01/2023, 19:02 - Priya: beans",
        "1/4/23, 7:30 PM snacks",
        "2023년 1월 오후 7:02 - Priya: beans",
        "4 January 2023, 19:02 - Priya: beans",
    ],
)
def test_a_near_miss_of_a_header_is_text(line: str) -> None:
    assert HEADER.match(b"\n" + line.encode()) is None


def test_a_header_is_looked_for_at_the_start_of_a_line_alone() -> None:
    assert HEADER.search(b"\nsee 04/01/2023, 19:02 - Priya: beans") is None
    assert HEADER.search(b"04/01/2023, 19:02 - Priya: beans") is None


def test_the_grammar_takes_time_in_proportion_to_the_text() -> None:
    for line in (
        b"\n[" + b"1" * 5000,
        b"\n1/1/1, 1:11" + b" " * 50_000,
        b"\n" + b"\xe2\x80\x8e" * 20_000,
        b"\n1." * 30_000,
    ):
        assert HEADER.search(line) is None
