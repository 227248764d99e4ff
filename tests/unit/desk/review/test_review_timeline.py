"""The time line of a case: what stands on it, what does not and is counted, who sees it, what is recorded."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from django.http import Http404
from django.test import Client

from casefile_builders import START, device, either, known
from desk_cast import PRIYA, SAM, Ready, hold, signed_in
from desk_several import case_of
from safehand.casefile.clock import Clock
from safehand.casefile.timeline import Turn
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.roles import Role
from safehand.desk.review.citing import cite
from safehand.desk.review.markup_timeline import timed_markup
from safehand.desk.review.presenters.said import Said
from safehand.desk.review.presenters.timeline import timeline_page
from safehand.desk.review.timing import Asked, read_timeline
from safehand.model.instant import MICRO, unknown_instant

LINE = "/cases/SH-7K3M9QXA1/time-line/"
READER = "/cases/SH-7K3M9QXA1/conversations/1/"
HOUR = 3600 * MICRO
EVIL = "<img src=x>"


@pytest.fixture
def two(ready: Ready) -> Ready:
    """Two conversations that lie in each other, one message by a device's clock, two that have no place."""
    return case_of(
        ready,
        (
            (PRIYA, known(START), "im 13 btw"),
            (SAM, known(START + 2 * HOUR), "beans"),
            (SAM, device(START), "peas"),
            (SAM, unknown_instant("?"), "leeks"),
        ),
        ((SAM, known(START + HOUR), "the other chat"), (SAM, either(START, START + 31 * 24 * HOUR), "which day")),
    )


def rows(text: str) -> list[str]:
    """Every message that is shown: what is read there."""
    found = re.findall(r'<li class="sh-m.*?</li>(?=\n)', text)
    return [re.sub(r"\s*<[^>]+>\s*", " ", row).strip() for row in found]


def get(browser: Client, query: str = "") -> str:
    answer = browser.get(LINE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_conversations_lie_in_each_other_and_each_row_says_which_and_leads_there(two: Ready, as_alice: Client) -> None:
    text = get(as_alice)
    shown = rows(text)
    assert [("im 13" in row, "other chat" in row, "beans" in row) for row in shown] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert ["1 · 1" in shown[0], "2 · 1" in shown[1], "1 · 2" in shown[2]] == [True, True, True]
    case = two.case.reference
    for conversation_, number in ((1, 1), (2, 1), (1, 2)):
        assert f'href="/cases/{case}/conversations/{conversation_}/?message={number}#m{number}"' in text


@pytest.mark.usefixtures("two")
def test_bob_sees_it_and_charlie_does_not(as_bob: Client, as_charlie: Client) -> None:
    assert rows(get(as_bob))
    entries = CustodyEntry.objects.count()
    for query in ("", "?at=1-1", "?clock=device"):
        answer = as_charlie.get(LINE + query)
        assert answer.status_code == 404
        assert b"SH-7K3M9QXA1" not in answer.content
    assert CustodyEntry.objects.count() == entries


def test_what_was_shown_is_recorded_by_its_numbers_alone(two: Ready) -> None:
    read_timeline(two.cast.alice, two.case, Asked())
    entry = json.loads(bytes(CustodyEntry.objects.latest("sequence").canonical))
    assert (entry["verb"], entry["act"], entry["record"]) == ("timeline.shown", "consultation", "case")
    assert entry["details"] == {"clock": "uk", "messages": 3, "from": [[1, 1], [2, 1]], "to": [[1, 2], [2, 1]]}
    read_timeline(two.cast.alice, two.case, Asked(Clock.DEVICE))
    entry = json.loads(bytes(CustodyEntry.objects.latest("sequence").canonical))
    assert entry["details"] == {"clock": "device", "messages": 1, "from": [[1, 3]], "to": [[1, 3]]}


@pytest.mark.usefixtures("two")
def test_the_other_line_is_one_press_away_and_what_is_on_neither_is_counted(as_alice: Client) -> None:
    text = get(as_alice)
    assert "peas" not in text
    assert "Devices’ clocks (1<" in text
    assert "1 message of conversation 1, whose time cannot be read" in text
    assert "1 message of conversation 2, whose day can be read in two ways" in text
    other = get(as_alice, "?clock=device")
    assert [row for row in rows(other) if "peas" in row]
    assert "between two devices hours may be wrong" in other
    assert "beans" not in other


@pytest.mark.usefixtures("two")
def test_a_message_is_found_on_whichever_line_it_stands_and_marked(as_alice: Client) -> None:
    assert 'id="m1-3" aria-current="true"' in get(as_alice, "?at=1-3")
    assert 'id="m2-1" aria-current="true"' in get(as_alice, "?at=2-1")
    without = get(as_alice, "?at=1-4")
    assert "Message 4 of conversation 1 has no place on a line" in without
    assert "leeks" not in without


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "query",
    [
        *("at=1-99", "at=9-1", "at=1", "at=1-1-1", "at=-1-1", "at=x", "at=1-" + "9" * 40, "start=1-4", "until=1-4"),
        *("start=1-3&clock=uk", "clock=moon", "day=tomorrow", "day=2026-02-30"),
    ],
)
def test_what_is_not_there_is_404_and_no_entry(query: str, as_alice: Client) -> None:
    entries = CustodyEntry.objects.count()
    assert as_alice.get(f"{LINE}?{query}").status_code == 404
    assert CustodyEntry.objects.count() == entries


def test_it_is_turned_like_pages_and_begins_with_a_day_that_is_asked_for(ready: Ready, as_alice: Client) -> None:
    chats = [
        tuple((SAM, known(START + (n * 2 + at) * HOUR // 10), f"chat {at} beans {n}") for n in range(300))
        for at in range(2)
    ]
    case_of(ready, *chats)
    text = get(as_alice)
    seen = rows(text)
    while (later := re.search(r'id="later" href="([^"]+)"', text)) is not None:
        text = get(as_alice, later[1].replace("&amp;", "&"))
        seen += rows(text)
    assert len(seen) == 600
    earlier = re.search(r'id="earlier" href="([^"]+)"', text)
    assert earlier is not None
    assert not set(rows(get(as_alice, earlier[1].replace("&amp;", "&")))) & set(rows(text))
    second = get(as_alice, "?day=2026-01-02")
    assert "Friday 2 January 2026" in second
    assert "Thursday 1 January 2026" not in second
    assert 'value="2026-01-02"' in second


def test_candidates_and_citations_stand_beside_messages_of_the_time_line_too(two: Ready, as_alice: Client) -> None:
    cite(two.cast.alice, two.case, 2, 1, "meeting", "both")
    first, second, third = rows(get(as_alice))
    assert [" Age" in row for row in (first, second)] == [True, False]
    assert ["Cited" in row for row in (first, second, third)] == [False, True, False]


def test_what_is_covered_in_the_reader_is_covered_on_the_time_line_too(ready: Ready, as_alice: Client) -> None:
    case_of(ready, ((SAM, known(START), "i will hurt you if you tell"), (SAM, known(START + HOUR), "beans")))
    reader = as_alice.get(READER).content.decode()
    line = get(as_alice)
    assert reader.count('<details class="sh-cover">') >= 1
    assert line.count('<details class="sh-cover">') == 1
    threat, beans = rows(line)
    assert "covered until you ask" in threat
    assert "covered until you ask" not in beans


def test_a_case_without_messages_has_a_time_line_without_any(ready: Ready, as_alice: Client) -> None:
    case_of(ready, ())
    text = get(as_alice)
    assert "No message of this case stands here on this line" in text
    assert rows(text) == []


def test_the_reader_leads_to_the_time_line_where_there_is_another_conversation(two: Ready, as_alice: Client) -> None:
    reader = as_alice.get(f"{READER}?message=2").content.decode()
    assert f'href="{LINE}?at=1-2#m1-2"' in reader
    assert f'href="{LINE}"' in as_alice.get("/cases/SH-7K3M9QXA1/conversations/").content.decode()
    case_of(two, ((PRIYA, known(START), "alone"),))
    assert LINE not in as_alice.get(READER).content.decode()
    assert LINE not in as_alice.get("/cases/SH-7K3M9QXA1/conversations/").content.decode()


def test_the_action_itself_refuses_a_message_that_is_not_there(two: Ready) -> None:
    with pytest.raises(Http404):
        read_timeline(two.cast.alice, two.case, Asked(turn=Turn.ABOUT, at=(1, 9)))
    shown = read_timeline(two.cast.alice, two.case, Asked(day=date(2030, 1, 1)))
    assert shown.page.messages == ()


def test_nothing_of_a_message_is_markup_on_the_time_line(two: Ready) -> None:
    row = timeline_page(read_timeline(two.cast.alice, two.case, Asked())).days[0].rows[0]
    said = Said((), note=EVIL)
    for first in (True, False):
        markup = timed_markup(
            replace(row, name=EVIL, said=said, doubts=(EVIL,), marks=(EVIL,), first=first), f"/{EVIL}/"
        )
        assert "<img" not in markup
        assert markup.count("&lt;img") == 5


def test_the_strip_has_the_days_of_this_line_and_leads_to_them(two: Ready, as_alice: Client) -> None:
    case_of(
        two,
        ((PRIYA, known(START), "beans"), (PRIYA, known(START + 48 * HOUR), "peas"), (SAM, device(START), "leeks")),
        ((SAM, known(START + 49 * HOUR), "kale"), (SAM, device(START), "chard"), (SAM, unknown_instant("?"), "?")),
    )
    for number in (1, 2, 3):
        cite(two.cast.alice, two.case, 2, number, "meeting", "both")
    text = get(as_alice)
    bars = re.findall(r'<a class="sh-strip__day" tabindex="-1" href="([^"]+)"><title>([^<]+)', text)
    assert bars == [
        ("?clock=uk&amp;day=2026-01-01", "1 January 2026: 1 message"),
        ("?clock=uk&amp;day=2026-01-03", "3 January 2026: 2 messages"),
    ]
    assert text.count('<path class="sh-strip__cited"') == 1
    assert "1 message cited</title>" in text, "of this line: the others stand on no day of it"
    assert "3 January, 2 messages" in text
    assert "Saturday 3 January 2026" in get(as_alice, bars[1][0].replace("&amp;", "&"))
    assert "sh-strip__day" not in get(as_alice, "?clock=device"), "a line of one day has no strip"


@pytest.mark.usefixtures("two")
def test_the_keys_are_those_of_the_reader_and_can_be_turned_off_for_both(as_alice: Client) -> None:
    text = get(as_alice)
    assert 'data-keys="on"' in text
    assert 'data-cite="yes"' in text
    assert "built/timeline.js" in text
    off = re.search(r'href="([^"]+keys=off)"', text)
    assert off is not None
    turned = get(as_alice, off[1].replace("&amp;", "&"))
    assert 'data-keys="off"' in turned
    assert rows(turned) == rows(text)
    assert 'data-keys="off"' in get(as_alice)
    assert 'data-keys="off"' in as_alice.get(READER).content.decode()


def test_who_may_not_cite_is_offered_no_key_for_it(two: Ready) -> None:
    hold(two.cast.bob, Role.DISCLOSURE)
    text = get(signed_in(two.cast.bob))
    assert "data-cite" not in text
    assert ">C</kbd>" not in text


@pytest.mark.usefixtures("two")
def test_it_leads_to_the_other_pages_of_the_whole_case_and_finds_in_it(as_alice: Client) -> None:
    text = get(as_alice)
    for page in ("when/", "first-mentions/"):
        assert f'href="/cases/SH-7K3M9QXA1/{page}"' in text
    assert 'action="/cases/SH-7K3M9QXA1/search/"' in text
