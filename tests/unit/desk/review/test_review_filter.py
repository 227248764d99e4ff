"""The filter of the reader: some messages alone, said in words, with what is left out, and who saw what."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client

from desk_cast import Ready
from desk_pointed import CHAT, talk
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import sieving
from safehand.desk.review.actions import read_page
from safehand.desk.review.filter import Ask, Filter

READER = "/cases/SH-7K3M9QXA1/conversations/1/"


@pytest.fixture(autouse=True)
def talked(ready: Ready) -> None:
    talk(ready, *CHAT)


def numbers_of(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'data-number="(\d+)"', text)]


def shown(browser: Client, query: str) -> str:
    answer = browser.get(f"{READER}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_and_nothing_else_is_shown_without_a_filter(as_alice: Client) -> None:
    text = shown(as_alice, "")
    assert "not shown" not in text
    assert "Show all messages" not in text
    assert numbers_of(text) == list(range(1, len(numbers_of(text)) + 1))


def test_one_account_alone_is_shown_and_what_is_left_out_is_said(as_alice: Client) -> None:
    every = numbers_of(shown(as_alice, ""))
    of_a, of_b = (shown(as_alice, f"who={letter}") for letter in "AB")
    a, b = numbers_of(of_a), numbers_of(of_b)
    assert a
    assert b
    assert not set(a) & set(b)
    assert f"{len(a)} of {len(every)} messages fit: from A." in of_a
    left_out = sum(int(number) for number in re.findall(r">(\d+) messages? not shown<", of_a))
    assert left_out == len(every) - len(a), "each message that is not shown is counted where it stands"


def test_nothing_fits_and_is_said_with_a_way_back(as_alice: Client) -> None:
    text = shown(as_alice, "who=A&what=calls")
    assert "0 of" in text
    assert "No message of this conversation fits." in text
    assert "Show all messages" in text
    assert 'id="filter-who"' in text, "the filter can be changed where nothing fits"


def test_each_address_of_the_page_keeps_the_filter_and_one_leads_out(as_alice: Client) -> None:
    text = shown(as_alice, "who=A&sort=meeting")
    rows = re.findall(r'<div class="sh-no"><a href="([^"]*)"', text)
    assert rows
    assert all("who=A" in row and "sort=meeting" in row for row in rows)
    out = re.search(r'href="([^"]*)">Show all messages', text)
    assert out is not None
    assert "who=" not in out[1]
    assert "sort=meeting" in out[1]


@pytest.mark.parametrize(
    "query",
    ["who=Priya", "who=a", "what=pictures", "tag=nothing", "rule=nothing", "since=yesterday", "to=2026-13-01"],
)
def test_what_is_no_code_of_ours_is_404(query: str, as_alice: Client) -> None:
    assert as_alice.get(f"{READER}?{query}").status_code == 404


@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_may_filter(who: str, request: pytest.FixtureRequest) -> None:
    browser: Client = request.getfixturevalue(who)
    assert numbers_of(shown(browser, "who=A"))


def test_charlie_may_not(ready: Ready, as_charlie: Client) -> None:
    assert as_charlie.get(f"{READER}?who=A").status_code == 404
    assert not CustodyEntry.objects.filter(case=ready.case.reference).exists()


def test_the_entry_says_which_messages_were_shown_and_no_others(as_alice: Client) -> None:
    numbers = numbers_of(shown(as_alice, "who=A"))
    entry = CustodyEntry.objects.filter(verb=Verb.MESSAGES_SHOWN).latest("sequence")
    details = json.loads(bytes(entry.canonical))["details"]
    stretches = zip(details["from"], details["to"], strict=True)
    told = [number for (_, first), (_, last) in stretches for number in range(first, last + 1)]
    assert told == numbers
    assert (details["first"], details["last"], details["messages"]) == (numbers[0], numbers[-1], len(numbers))


def test_the_entry_says_what_was_asked_for_whether_any_message_fits_or_none(as_alice: Client) -> None:
    for more in ("", "&what=calls"):
        shown(as_alice, f"who=A&tag=any&rule=age&since=2026-01-01&to=2099-12-31{more}")
        entry = CustodyEntry.objects.filter(verb=Verb.MESSAGES_SHOWN).latest("sequence")
        details = json.loads(bytes(entry.canonical))["details"]
        assert {name: details[name] for name in details.keys() - {"first", "last", "messages", "from", "to"}} == {
            "account": 1,
            "tag": "any",
            "rule": "age",
            "since": 20260101,
            "until": 20991231,
            **({"what": "calls"} if more else {}),
        }
    log = as_alice.get("/cases/SH-7K3M9QXA1/who-saw-what/?purpose=lawfulness").content.decode()
    assert "0 messages, asked for: from A, calls, cited, candidates of “Age”, 1 January 2026 to 31 December 2099" in log


def test_without_a_filter_the_entry_says_nothing_of_one(as_alice: Client) -> None:
    shown(as_alice, "sort=meeting")
    entry = CustodyEntry.objects.filter(verb=Verb.MESSAGES_SHOWN).latest("sequence")
    assert json.loads(bytes(entry.canonical))["details"].keys() == {"first", "last"}


def test_only_cited_messages_are_shown_for_a_tag(ready: Ready, as_alice: Client) -> None:
    assert "No message of this conversation fits." in shown(as_alice, "tag=age")
    number = numbers_of(shown(as_alice, "rule=age"))[0]
    cite = {"tag": "age", "points": "towards", "note": ""}
    assert as_alice.post(f"{READER}messages/{number}/cite/", cite).status_code == 302
    for query in ("tag=age", "tag=any", "tag=age&rule=age"):
        assert numbers_of(shown(as_alice, query)) == [number]
    assert numbers_of(shown(as_alice, "tag=meeting")) == []
    assert ready.case.reference == "SH-7K3M9QXA1"


def test_only_candidates_are_shown_for_a_rule_and_the_strip_marks_their_days(as_alice: Client) -> None:
    text = shown(as_alice, "rule=age_stated")
    assert numbers_of(text)
    assert all("sh-gutter__mark" in row for row in re.findall(r'<li class="sh-m .*?</li>\n', text))


def test_that_nothing_was_found_is_never_said_of_messages_that_are_not_shown(as_alice: Client) -> None:
    for query in ("who=A&what=calls", "who=A&since=2031-01-01"):
        text = shown(as_alice, query)
        assert "No candidate found in" not in text
        assert "found among the messages shown here" in text


@pytest.mark.parametrize(("asked", "selected"), [(5, 6), (6, 6), (1, 2)])
def test_where_the_message_asked_for_does_not_fit_the_next_that_does_is_selected(
    asked: int, selected: int, as_alice: Client
) -> None:
    # As a bar of the strip asks for the first message of a day, whoever wrote it.
    text = shown(as_alice, f"who=B&message={asked}")
    assert re.findall(r'id="m(\d+)"[^>]* aria-current="true"', text) == [str(selected)]
    assert 'id="panel"' in text
    assert "reader.js" in text


def test_after_the_last_that_fits_the_last_is_selected(as_alice: Client) -> None:
    text = shown(as_alice, "who=A&message=8")
    assert re.findall(r'id="m(\d+)"[^>]* aria-current="true"', text) == ["7"]


def test_a_first_mention_is_gone_to_where_every_message_is_shown(as_alice: Client) -> None:
    firsts = shown(as_alice, "who=A&sort=meeting").split('id="firsts"')[1].split("</details>")[0]
    links = re.findall(r'href="(\?message=[^"]+)"', firsts)
    assert links
    assert all("sort=meeting" in link and "who=" not in link for link in links)


def test_the_line_of_the_source_is_told_of_the_message_that_is_selected(ready: Ready) -> None:
    page = read_page(ready.cast.alice, ready.case, 1, 3, ask=Ask(Filter(who="B")))
    assert page.days is not None
    (number,) = page.line_numbers
    assert number == min(line.number for section in page.days.sections for line in section.lines if line.number >= 3)


def steps_of(text: str) -> dict[str, int]:
    """Where the buttons lead that step to a candidate off this page, by the way they step."""
    tools = text.split("sh-tools__steps")[1].split("</li>", maxsplit=1)[0]
    return {step: int(number) for step, number in re.findall(r'data-step="(\w+)" data-off-page="(\d+)"', tools)}


BEYOND = (
    *(("who=A", 3, None, 7), ("who=A", 5, 3, 7), ("who=A", 7, 3, None), ("who=B", 4, 2, 6)),
    *(
        ("what=words", 4, 3, 6),
        ("rule=meeting", 6, None, 7),
        ("rule=age", 3, 2, 4),
        ("since=2020-01-01", 5, 4, 6),
    ),
    *(("who=A&rule=age", 3, None, None), ("who=B&sort=meeting", 2, None, 6)),
)
"""What is asked for, the one message of the page, and the candidates before and after it that fit."""


def test_next_and_previous_lead_over_the_end_of_a_page_to_a_candidate_that_fits_and_keep_the_filter(
    as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieving, "AT_ONCE", 1)
    for query, message, before, after in BEYOND:
        text = shown(as_alice, f"{query}&message={message}")
        assert numbers_of(text) == [message]
        expected = {step: number for step, number in (("before", before), ("after", after)) if number is not None}
        assert steps_of(text) == expected, query
        for step, number in expected.items():
            link = re.search(rf'data-step="{step}"[^>]* href="([^"]*)"', text)
            assert link is not None
            address = html.unescape(link[1])
            assert all(part in address for part in query.split("&"))
            assert numbers_of(shown(as_alice, address.removeprefix("?").split("#")[0])) == [number]


def test_where_nothing_fits_no_candidate_is_offered(as_alice: Client) -> None:
    assert "data-off-page" not in shown(as_alice, "who=A&what=calls")
