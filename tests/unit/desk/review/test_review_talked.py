"""When they talked: pictures and tables say the same, of every message there is, and no message stands there."""

from __future__ import annotations

import json
import re
from datetime import date

import msgspec
import pytest
from django.http import Http404
from django.test import Client

from casefile_builders import DAY, HOUR, START, device, either, known, message
from desk_cast import NAMES, Ready, clock
from safehand.casefile.tempo import SILENCE
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review.citing import cite
from safehand.desk.review.presenters.figures import Figure
from safehand.desk.review.presenters.talked import FEWEST, SILENCE_WORDS, TalkedPage, talked_page
from safehand.desk.review.tags import TAGS
from safehand.desk.review.talking import show_talked
from safehand.model.instant import Precision, unknown_instant
from talked_made import MINUTE, messages_at, months, rhythm, talk, talk_at

PAGE = "/cases/SH-7K3M9QXA1/conversations/1/when/"
NOON = START + 12 * HOUR


@pytest.fixture
def talked(ready: Ready) -> Ready:
    talk_at(ready, rhythm(40))
    return ready


def page_of(ready: Ready) -> TalkedPage:
    return talked_page(show_talked(ready.cast.alice, ready.case, 1, clock=clock))


def figures(ready: Ready) -> dict[str, Figure]:
    return {one.id: one for one in page_of(ready).figures}


def number(words: str) -> int:
    return int(words.replace(",", ""))


def columns(figure: Figure) -> list[int]:
    """The sums of a table's columns, counted from its cells."""
    return [sum(number(row.cells[at]) for row in figure.table.rows) for at in range(len(figure.table.foot))]


def test_the_cells_of_each_table_add_up_to_its_foot_and_to_the_messages(talked: Ready) -> None:
    said = rhythm(40)
    by_whom = [sum(who == name for _, who in said) for name in ("Priya", "Tom")]
    found = figures(talked)
    for id_ in ("hours", "days", "starts"):
        assert columns(found[id_]) == [number(cell) for cell in found[id_].table.foot], id_
    assert columns(found["days"]) == by_whom
    assert columns(found["hours"])[-1] == sum(columns(found["hours"])[:-1]) == len(said)
    assert found["days"].counted.startswith(f"{len(said):,} of {len(said):,} messages; UK time.")


def test_a_picture_has_as_many_bars_as_its_table_has_counts(talked: Ready) -> None:
    for figure in (figures(talked)[id_] for id_ in ("days", "starts")):
        counts = [number(cell) for row in figure.table.rows for cell in row.cells]
        for drawing in (figure.wide, figure.narrow):
            assert len(re.findall("sh-bar-(?:solid|hatched)", drawing)) == sum(count > 0 for count in counts)
        for reach in (figure.wide_reach, figure.narrow_reach):
            leads = [int(found) for found in re.findall(r"\?message=(\d+)#m\1", reach)]
            assert leads == [row.number for row in figure.table.rows]


def test_what_is_in_no_picture_is_counted_and_said(ready: Ready) -> None:
    messages = messages_at([(NOON + at * MINUTE, "Priya") for at in range(FEWEST)])
    more = [
        device(NOON),
        either(NOON, NOON + 31 * DAY),
        unknown_instant("soon"),
        msgspec.structs.replace(device(START), precision=Precision.DAY),
    ]
    messages += [message(FEWEST + at, "peas", sent=sent) for at, sent in enumerate(more, 1)]
    messages.append(message(len(messages) + 1, None, sent=known(NOON), sender=None))
    talk(ready, messages)
    page = page_of(ready)
    assert page.zone == (
        "20 messages by UK time.",
        "2 messages by a clock whose zone the source does not name, as it read.",
        (
            "1 message on a day that can be read two ways: drawn by the first reading, and said to start or to answer "
            "nothing."
        ),
        "1 message without a time that can be read: in no picture.",
        "1 message with a day and no hour: not in the picture of hours.",
        "1 entry in which the platform speaks: nobody talked, so in no picture.",
    )
    counted = [figure.counted for figure in page.figures if figure.id in ("hours", "days")]
    words = "of 24 messages; UK time where the zone is known, else the clock as it read."
    assert counted == [f"22 {words}", f"23 {words}"]


def test_days_that_can_be_read_two_ways_can_be_drawn_the_other_way(ready: Ready, as_alice: Client) -> None:
    talk(ready, [message(at, "beans", sent=either(START + at * DAY, START + 31 * at * DAY)) for at in range(1, 12)] * 1)
    assert page_of(ready).too_few
    talk(
        ready,
        [message(at, "beans", sent=either(NOON + at % 12 * DAY, NOON + 31 * (at % 12) * DAY)) for at in range(1, 25)],
    )
    first = as_alice.get(PAGE).content.decode()
    assert "1 January to 12 January 2026" in first or "1 to 12 January 2026" in first
    assert 'href="?reading=second"' in first
    second = as_alice.get(PAGE + "?reading=second").content.decode()
    assert "drawn by the second reading" in second
    assert "1 January to 8 December 2026" in second


def test_the_rule_is_said_as_it_is_counted() -> None:
    assert f"at least {SILENCE // 3600} hours" == SILENCE_WORDS


@pytest.mark.parametrize(("messages", "too_few"), [(FEWEST - 1, True), (FEWEST, False)])
def test_under_twenty_messages_no_picture_is_drawn(
    ready: Ready, as_alice: Client, messages: int, *, too_few: bool
) -> None:
    talk_at(ready, [(NOON + at * MINUTE, "Priya") for at in range(messages)])
    assert page_of(ready).too_few is too_few
    text = as_alice.get(PAGE).content.decode()
    assert ("a picture would mislead" in text) is too_few
    assert ("<svg" in text.partition("<main")[2]) is not too_few


def test_one_account_alone_and_seven_have_pictures_too(ready: Ready) -> None:
    for people, heads in ((("Priya",), 1), (tuple(f"Person {at}" for at in range(9)), 7)):
        talk_at(ready, rhythm(30, people=people))
        days = figures(ready)["days"]
        assert len(days.table.heads) == 1 + heads
        assert columns(days) == [number(cell) for cell in days.table.foot]


def test_looking_at_it_is_an_entry_and_what_is_not_there_is_none(talked: Ready) -> None:
    show_talked(talked.cast.alice, talked.case, 1, clock=clock)
    last = CustodyEntry.objects.last()
    assert last is not None
    entry = json.loads(bytes(last.canonical))
    assert (entry["verb"], entry["record"]) == ("pictures.shown", "conversation:1")
    assert entry["details"] == {"people": len(rhythm(40))}
    for conversation in (0, 2, 10**12, 10**30):
        with pytest.raises(Http404):
            show_talked(talked.cast.alice, talked.case, conversation)
    assert CustodyEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_letters_and_sums_and_no_message(
    who: str, talked: Ready, request: pytest.FixtureRequest
) -> None:
    browser: Client = request.getfixturevalue(who)
    answer = browser.get(PAGE)
    text = answer.content.decode()
    assert answer.status_code == 200
    for said in ("Priya", "Tom", "beans", *NAMES):
        assert said not in text
    assert text.count("<svg") >= 3 * 2
    assert "<script>" not in text
    assert " style=" not in text
    assert talked.package.sha256 in text


@pytest.mark.usefixtures("talked")
def test_charlie_does_not(as_charlie: Client) -> None:
    assert as_charlie.get(PAGE).status_code == 404
    assert not CustodyEntry.objects.exists()


@pytest.mark.usefixtures("talked")
def test_the_reader_and_the_list_of_conversations_lead_there(as_alice: Client) -> None:
    for path in ("", "1/"):
        assert f'href="{PAGE}"' in as_alice.get(f"/cases/SH-7K3M9QXA1/conversations/{path}").content.decode()


def test_every_message_is_an_answer_or_one_of_their_own_or_the_first_or_not_to_be_said(talked: Ready) -> None:
    found = figures(talked)["answers"]
    assert columns(found) == [number(cell) for cell in found.table.foot]
    assert sum(columns(found)) == len(rhythm(40))
    starts = next(row for row in found.table.rows if row.head == "First after 4 hours")
    assert [number(cell) for cell in starts.cells] == columns(figures(talked)["starts"])


def test_the_longest_silences_say_who_wrote_last_and_who_first(ready: Ready, as_alice: Client) -> None:
    said = [(NOON + at * MINUTE, "Priya") for at in range(FEWEST)]
    talk_at(ready, [*said, (NOON + 26 * HOUR, "Tom"), (NOON + 31 * HOUR, "Priya")])
    rows = figures(ready)["silences"].table.rows
    assert [(row.head, row.cells, row.number) for row in rows] == [
        ("1 Jan 2026, 12:19 to 2 Jan 2026, 14:00", ("1 day 1 hour", "A 20", "B 21"), 20),
        ("2 Jan 2026, 14:00 to 2 Jan 2026, 19:00", ("5 hours", "B 21", "A 22"), 21),
    ]
    assert "1 day 1 hour" in as_alice.get(PAGE).content.decode()
    talk_at(ready, said)
    assert "silences" not in figures(ready), "none of four hours"


def test_the_cadence_shows_four_weeks_and_leads_to_those_before_and_after(talked: Ready, as_alice: Client) -> None:
    first, second = (page_from(talked, begin) for begin in (None, date(2026, 1, 29)))
    counted = [sum(number(cell) for row in page.table.rows for cell in row.cells) for page in (first, second)]
    assert sum(counted) == len(rhythm(40)), "no day is in two windows, and none is in neither"
    assert (first.earlier, first.later) == ("", "?from=2026-01-29#cadence")
    assert (second.earlier, second.later) == ("?from=2026-01-01#cadence", "")
    for row in first.table.rows:
        in_tens = [int(count) for count in re.findall(r"[AB]\s(\d+)", row.words)]
        assert sum(in_tens) == sum(number(cell) for cell in row.cells)
    text = as_alice.get(f"{PAGE}?from=2026-01-29").content.decode()
    assert "Thursday 29 January 2026" in text or "Friday 30 January 2026" in text


def page_from(ready: Ready, begin: date | None) -> Figure:
    page = talked_page(show_talked(ready.cast.alice, ready.case, 1, begin=begin, clock=clock))
    return next(figure for figure in page.figures if figure.id == "cadence")


@pytest.mark.parametrize("begin", [date.min, date.max, date(2026, 1, 17)])
def test_a_day_outside_is_the_nearest_there_is(talked: Ready, begin: date) -> None:
    assert page_from(talked, begin).table.rows


@pytest.mark.usefixtures("talked")
@pytest.mark.parametrize("begin", ["2026-02-30", "yesterday", "2026-01-01T00:00", "<b>", "%00"])
def test_what_is_no_day_is_404(begin: str, as_alice: Client) -> None:
    assert as_alice.get(f"{PAGE}?from={begin}").status_code == 404


def test_first_mentions_stand_in_their_order_tagged_or_offered_both_ways(ready: Ready) -> None:
    talk(ready, months())
    alice, case = ready.cast.alice, ready.case
    cite(alice, case, 1, 45, "meeting", "away")
    cite(alice, case, 1, 60, "meeting", "towards")
    cite(alice, case, 1, 70, "hesitation", "both")
    found = figures(ready)["firsts"]
    rows = {row.head: row.cells for row in found.table.rows}
    assert [words.partition(",")[0] for words in rows["Meeting"]][:2] == ["B 60", "B 45"]
    towards, away, offered = rows["Hesitation"]
    assert towards == away != "None tagged"
    assert offered == "No candidate found"
    assert rows["Inducement"] == ("None tagged", "None tagged", "No candidate found")
    assert rows["Age"][2].startswith("B 3, 1 January 2026, 16:54; A 90, ")
    assert len(rows) == len(TAGS), "each tag has a row of the table, also one that nobody mentioned"
    assert found.wide.count("stroke-dasharray") == found.narrow.count("stroke-dasharray") > 0
    names = [name for name in re.findall("<text[^>]*>([^<]+)</text>", found.wide) if name in rows]
    assert names.index("Age") < names.index("Meeting") < names.index("Hesitation")
    assert "Triangles: 2 days" in found.rule, "a deleted message, and a silence of more than two weeks"
