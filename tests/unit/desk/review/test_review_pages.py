"""Every page of a case is asked the same: by Alice, by Bob, by Charlie, and with numbers that are not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from desk_cast import NAMES, PRIYA, WORDS, Ready
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry

REFERENCE = "SH-7K3M9QXA1"
PAGES = ("evidence", "conversations", "files", "reader", "original", "search", "who_saw_what")
READER = ("reader", "original")
"""Where names may stand, and nowhere else."""


def address(name: str, **more: object) -> str:
    kwargs: dict[str, object] = {"reference": REFERENCE}
    if name in READER:
        kwargs["conversation"] = 1
    if name == "original":
        kwargs["number"] = 1
    return reverse(f"review:{name}", kwargs={**kwargs, **more})


def words_of(page: bytes) -> str:
    return page.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["as_alice", "as_bob"])
def test_those_on_the_case_see_it(name: str, who: str, ready: Ready, request: pytest.FixtureRequest) -> None:
    browser: Client = request.getfixturevalue(who)
    answer = browser.get(address(name))
    assert answer.status_code == 200
    assert ready.case.reference in words_of(answer.content)


@pytest.mark.parametrize("name", PAGES)
def test_charlie_does_not(name: str, ready: Ready, as_charlie: Client) -> None:
    answer = as_charlie.get(address(name))
    assert answer.status_code == 404
    assert ready.case.reference not in words_of(answer.content)


@pytest.mark.parametrize(
    ("name", "data"), [("search", {"words": "seed"}), ("reader", {"words": "seed", "message": "1"})]
)
def test_charlie_cannot_send_a_form_either(name: str, data: dict[str, str], ready: Ready, as_charlie: Client) -> None:
    assert as_charlie.post(address(name), data).status_code == 404
    assert not CustodyEntry.objects.filter(case=ready.case.reference).exists()


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", ["evidence", "conversations", "files", "original", "who_saw_what"])
def test_a_page_that_only_shows_takes_no_form(name: str, as_alice: Client) -> None:
    assert as_alice.post(address(name)).status_code == 405


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    "path",
    [
        address("reader", conversation=9),
        address("reader") + "?message=99",
        address("reader") + "?message=0",
        address("reader") + "?message=-1",
        address("reader") + "?message=one",
        address("reader") + "?message=" + "9" * 30,
        address("original", number=99),
        address("original", conversation=9),
    ],
)
def test_what_is_not_there_is_404(path: str, as_alice: Client) -> None:
    assert as_alice.get(path).status_code == 404


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", [name for name in PAGES if name not in (*READER, "files")])
def test_no_name_stands_outside_the_reader(name: str, as_alice: Client) -> None:
    for answer in (as_alice.get(address(name)), as_alice.get(address(name) + "?purpose=lawfulness")):
        for person in NAMES:
            assert person not in words_of(answer.content)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("name", PAGES)
def test_no_name_and_no_word_of_a_message_stands_in_a_title(name: str, as_alice: Client) -> None:
    title = words_of(as_alice.get(address(name)).content).split("<title>")[1].split("</title>")[0]
    assert REFERENCE in title
    assert not [secret for secret in (*NAMES, *WORDS, "Allotment") if secret in title]


@pytest.mark.usefixtures("ready")
def test_the_reader_shows_names_as_the_source_wrote_them_with_their_letter(as_alice: Client) -> None:
    page = words_of(as_alice.get(address("reader")).content)
    assert f"<bdi>{PRIYA}</bdi>" in page
    assert '<span class="sh-chip sh-chip--even">A</span>' in page
    for words in WORDS:
        assert words in page


@pytest.mark.usefixtures("ready")
def test_the_selected_message_is_marked_and_its_bytes_are_named(as_alice: Client) -> None:
    page = words_of(as_alice.get(address("reader") + "?message=2").content)
    assert page.count('aria-current="true"') == 5  # the message, the layout, what is marked, the inbox, the case
    assert 'id="m2" value="2" data-number="2" data-shown="2" aria-current="true"' in page
    panel = page.split('id="panel"')[1]
    assert "data/0001.txt, bytes 20 to 29, line 1" in re.sub(r"<[^>]+>", "", panel)
    assert f"{REFERENCE}, conversation 1, message 2" in panel


@pytest.mark.usefixtures("ready")
def test_the_zone_is_said_once_above_the_messages(as_alice: Client) -> None:
    page = words_of(as_alice.get(address("reader")).content)
    assert page.count("Times are as the phone showed them; the source names no zone.") == 1


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("layout", ["bubbles", "grid"])
def test_the_layout_is_asked_for_once_and_remembered(as_alice: Client, layout: str) -> None:
    assert f"sh-messages--{layout}" not in words_of(as_alice.get(address("reader")).content)
    first = as_alice.get(address("reader") + f"?layout={layout}")
    assert f"sh-messages--{layout}" in words_of(first.content)
    assert first.cookies["safehand_layout"].value == layout
    assert first.cookies["safehand_layout"]["samesite"] == "Strict"
    assert f"sh-messages--{layout}" in words_of(as_alice.get(address("reader")).content)
    assert f"sh-messages--{layout}" not in words_of(as_alice.get(address("reader") + "?layout=transcript").content)


@pytest.mark.usefixtures("ready")
def test_an_unknown_layout_is_the_transcript(as_alice: Client) -> None:
    answer = as_alice.get(address("reader") + "?layout=upside-down")
    assert "sh-messages--bubbles" not in words_of(answer.content)
    assert answer.cookies["safehand_layout"].value == "transcript"


@pytest.mark.usefixtures("ready")
def test_all_layouts_are_the_same_markup(as_alice: Client) -> None:
    def messages(layout: str) -> str:
        page = words_of(as_alice.get(address("reader") + f"?layout={layout}").content)
        return page.split('id="messages"')[1].split(">", 1)[1].split("<aside")[0]

    assert messages("bubbles") == messages("grid") == messages("transcript")


@pytest.mark.usefixtures("ready")
def test_the_keys_can_be_turned_off(as_alice: Client) -> None:
    assert 'data-keys="on"' in words_of(as_alice.get(address("reader")).content)
    assert 'data-keys="off"' in words_of(as_alice.get(address("reader") + "?keys=off").content)
    assert 'data-keys="off"' in words_of(as_alice.get(address("reader")).content)


@pytest.mark.usefixtures("ready")
def test_what_was_searched_for_is_marked_and_stands_in_no_address(as_alice: Client) -> None:
    answer = as_alice.post(address("search"), {"words": "seed pot*"})
    page = words_of(answer.content)
    assert "2 messages" in page
    assert '<mark class="sh-found">seed</mark> <mark class="sh-found">potatoes</mark>' in page
    for link in page.split('href="')[1:] + page.split('action="')[1:]:
        assert "seed" not in link.split('"')[0]


@pytest.mark.usefixtures("ready")
def test_a_hit_opens_in_the_reader_with_the_words_marked(as_alice: Client) -> None:
    page = words_of(as_alice.post(address("reader"), {"words": "wheelbarrow", "message": "2"}).content)
    assert '<mark class="sh-found">wheelbarrow</mark>' in page
    assert "data-addressable" not in page


@pytest.mark.usefixtures("ready")
def test_a_search_in_one_conversation_stays_in_it(as_alice: Client) -> None:
    assert "1 message" in words_of(as_alice.post(address("search"), {"words": "hello"}).content)
    inside = words_of(as_alice.post(address("search"), {"words": "hello", "conversation": "1"}).content)
    assert "No message with" in inside
    assert as_alice.post(address("search"), {"words": "hello", "conversation": "9"}).status_code == 404


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    "words", ["", "   ", "?!…", "x" * 501, "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7"]
)
def test_a_search_for_nothing_says_so(words: str, as_alice: Client) -> None:
    answer = as_alice.post(address("search"), {"words": words})
    assert answer.status_code == 400
    page = words_of(answer.content)
    assert "There is a problem" in page
    assert 'href="#id_words"' in page
    assert 'id="id_words"' in page
    assert "<title>Error: " in page


@pytest.mark.usefixtures("ready")
def test_names_do_not_stand_in_what_a_search_found(as_alice: Client) -> None:
    assert PRIYA not in words_of(as_alice.post(address("search"), {"words": "seed"}).content)


@pytest.mark.usefixtures("ready")
def test_the_original_marks_the_cited_bytes(as_alice: Client) -> None:
    page = words_of(as_alice.get(address("original", number=2)).content)
    assert '<mark class="sh-bytes__cited" id="cited">0123456789</mark>' in page
    assert "bytes 20 to 29 (10 bytes), line 1" in page


@pytest.mark.usefixtures("ready")
def test_who_saw_what_asks_why_first_and_writes_it_down(as_alice: Client) -> None:
    as_alice.get(address("reader"))
    asked = words_of(as_alice.get(address("who_saw_what")).content)
    assert "Why do you need to see who saw what?" in asked
    assert "checked" not in asked.split("<main")[1]
    assert not CustodyEntry.objects.filter(verb=Verb.LOG_SHOWN).exists()
    log = words_of(as_alice.get(address("who_saw_what") + "?purpose=criminal_proceedings").content)
    assert "Read messages" in log
    assert "Conversation 1, messages 1 to 3" in log
    assert CustodyEntry.objects.get(verb=Verb.LOG_SHOWN).reason == "criminal_proceedings"


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("query", ["?asked=1", "?purpose=curiosity", "?purpose=lawfulness&before=soon"])
def test_the_log_is_not_shown_without_a_reason_the_law_knows(query: str, as_alice: Client) -> None:
    answer = as_alice.get(address("who_saw_what") + query)
    assert answer.status_code == 400
    assert not CustodyEntry.objects.filter(verb=Verb.LOG_SHOWN).exists()


@pytest.mark.usefixtures("ready")
def test_each_page_is_written_down_before_it_is_shown(as_alice: Client) -> None:
    verbs = {
        "evidence": Verb.EVIDENCE_SHOWN,
        "files": Verb.FILES_LISTED,
        "conversations": Verb.CONVERSATIONS_LISTED,
        "reader": Verb.MESSAGES_SHOWN,
        "original": Verb.ORIGINAL_SHOWN,
    }
    for name, verb in verbs.items():
        as_alice.get(address(name))
        assert CustodyEntry.objects.filter(case=REFERENCE, verb=verb, actor="officer:alice").count() == 1, name
