"""Log before show: nothing is given that does not stand in the custody log first."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, OperationalError
from django.http import Http404
from django.test import Client

from desk_cast import NAMES, NOW, WORDS, Ready, clock, signed_in
from safehand.desk.cases.opening import CaseNotReady, case_file_path
from safehand.desk.custody import actions as custody
from safehand.desk.custody.acts import Purpose
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import (
    actions,
    case_mentions,
    case_talking,
    citing,
    comparing,
    every_entry,
    mentions,
    pointing,
    talking,
    timing,
)
from safehand.errors import UsageError


def entry() -> dict[str, object]:
    """The last entry, as its canonical form says it."""
    row = CustodyEntry.objects.last()
    assert row is not None
    value: dict[str, object] = json.loads(bytes(row.canonical))
    return value


def test_a_page_of_messages_is_recorded_by_conversation_and_numbers(ready: Ready) -> None:
    page = actions.read_page(ready.cast.alice, ready.case, 1, 2, clock=clock)
    assert page.days is not None
    assert [line.message.text for section in page.days.sections for line in section.lines] == list(WORDS)
    said = entry()
    assert (said["verb"], said["act"], said["actor"]) == ("messages.shown", "consultation", "officer:alice")
    assert (said["case"], said["record"]) == (ready.case.reference, "conversation:1")
    assert said["details"] == {"first": 1, "last": 3}
    assert said["instant"] == "2026-11-22T10:00:00.000000Z"


def test_the_first_page_is_shown_where_no_message_is_named(ready: Ready) -> None:
    page = actions.read_page(ready.cast.alice, ready.case, 2, clock=clock)
    assert page.days is not None
    assert entry()["details"] == {"first": 1, "last": 1}


def test_an_original_is_recorded_with_the_bytes_that_were_shown(ready: Ready) -> None:
    original = actions.view_original(ready.cast.alice, ready.case, 1, 2, clock=clock)
    assert (original.start, original.end, original.cited) == (20, 30, b"0123456789")
    assert original.before == b"0123456789" * 2
    assert original.after == b"0123456789" * 7
    assert (original.earlier, original.later) == (1, 3)
    said = entry()
    assert (said["verb"], said["record"]) == ("original.shown", "conversation:1/message:2")
    assert said["details"] == {"first_byte": 0, "last_byte": 100}


def test_a_search_is_recorded_by_what_it_showed_and_a_digest_of_the_words(ready: Ready) -> None:
    hits = actions.search(ready.cast.alice, ready.case, "wheelbarrow", clock=clock).hits
    assert [hit.line.number for hit in hits.hits] == [2, 2]
    said = entry()
    assert (said["verb"], said["record"]) == ("messages.searched", "case")
    digest = actions.words_digest(ready.case, "wheelbarrow")
    assert said["details"] == {"words": digest, "total": 2, "messages": [[1, 2], [3, 2]]}
    assert digest != actions.words_digest(ready.case, "wheelbarrows")


def test_a_search_for_nothing_is_no_search(ready: Ready) -> None:
    with pytest.raises(UsageError):
        actions.search(ready.cast.alice, ready.case, " ... ", clock=clock)
    assert not CustodyEntry.objects.exists()


def test_lists_evidence_and_the_log_itself_are_recorded(ready: Ready) -> None:
    alice = ready.cast.alice
    assert len(actions.list_conversations(alice, ready.case, clock=clock).conversations) == 3
    assert entry()["verb"] == "conversations.listed"
    assert actions.view_evidence(alice, ready.case, clock=clock).package == ready.package
    assert entry()["verb"] == "evidence.shown"
    seen = actions.who_saw_what(alice, ready.case, Purpose.INTEGRITY, clock=clock)
    assert [row.verb for row in seen.entries] == ["evidence.shown", "conversations.listed"]
    assert (entry()["verb"], entry()["reason"]) == ("log.shown", "integrity")
    again = actions.who_saw_what(ready.cast.bob, ready.case, Purpose.LAWFULNESS, clock=clock)
    assert [row.reason for row in again.entries] == [Purpose.INTEGRITY, None, None]
    assert [row.actor for row in again.entries] == ["officer:alice"] * 3


def test_the_log_is_read_a_page_at_a_time(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every_entry, "ENTRIES", 2)
    for _ in range(3):
        actions.view_evidence(ready.cast.alice, ready.case, clock=clock)
    newest = actions.who_saw_what(ready.cast.alice, ready.case, Purpose.INTEGRITY, clock=clock)
    assert ([row.sequence for row in newest.entries], newest.more) == ([3, 2], 2)
    oldest = actions.who_saw_what(ready.cast.alice, ready.case, Purpose.INTEGRITY, newest.more, clock=clock)
    assert ([row.sequence for row in oldest.entries], oldest.more) == ([1], None)


NOT_VERBS = {"open_case", "words_digest"} | {
    *("candidates_about", "citations_on", "first_mentions", "standing", "is_still_there", "may_cite", "check_may_cite"),
    *("Asked", "stretches", "cited_days", "mentions_of"),
}
"""Parts of verbs, which give nothing by themselves that was not asked for already."""

VERBS: dict[str, Callable[[Ready], object]] = {
    "list_conversations": lambda on: actions.list_conversations(on.cast.charlie, on.case),
    "read_page": lambda on: actions.read_page(on.cast.charlie, on.case, 1),
    "search": lambda on: actions.search(on.cast.charlie, on.case, "seed"),
    "view_original": lambda on: actions.view_original(on.cast.charlie, on.case, 1, 1),
    "list_files": lambda on: actions.list_files(on.cast.charlie, on.case),
    "view_evidence": lambda on: actions.view_evidence(on.cast.charlie, on.case),
    "list_gaps": lambda on: comparing.list_gaps(on.cast.charlie, on.case),
    "read_sides": lambda on: comparing.read_sides(on.cast.charlie, on.case, 1),
    "list_indicators": lambda on: pointing.list_indicators(on.cast.charlie, on.case, 1),
    "cite": lambda on: citing.cite(on.cast.charlie, on.case, 1, 1, "age", "both"),
    "citable": lambda on: citing.citable(on.cast.charlie, on.case, 1, 1),
    "citation_that_stands": lambda on: citing.citation_that_stands(
        on.cast.charlie, on.case, 1, 1, citing.cite(on.cast.alice, on.case, 1, 1, "age", "both").pk
    ),
    "take_back": lambda on: citing.take_back(
        on.cast.charlie, on.case, 1, 1, citing.cite(on.cast.alice, on.case, 1, 1, "age", "both").pk, "why"
    ),
    "list_mentions": lambda on: mentions.list_mentions(on.cast.charlie, on.case),
    "list_case_mentions": lambda on: case_mentions.list_case_mentions(on.cast.charlie, on.case),
    "show_talked": lambda on: talking.show_talked(on.cast.charlie, on.case, 1),
    "show_case_talked": lambda on: case_talking.show_case_talked(on.cast.charlie, on.case),
    "read_timeline": lambda on: timing.read_timeline(on.cast.charlie, on.case, timing.Asked()),
    "who_saw_what": lambda on: actions.who_saw_what(on.cast.charlie, on.case, Purpose.INTEGRITY),
}


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_itself_refuses_who_is_not_on_the_case(verb: str, ready: Ready) -> None:
    with pytest.raises(Http404):
        VERBS[verb](ready)
    assert not CustodyEntry.objects.filter(actor="officer:charlie").exists()


def test_the_table_above_has_every_verb() -> None:
    public = {
        name
        for module in (actions, case_mentions, case_talking, citing, comparing, mentions, pointing, talking, timing)
        for name, value in vars(module).items()
        if callable(value) and value.__module__ == module.__name__
    }
    assert {name for name in public if not name.startswith("_")} - NOT_VERBS == set(VERBS)


@pytest.mark.parametrize(("conversation", "number"), [(4, None), (1, 99), (1, 0), (0, None)])
def test_what_is_not_there_is_404_and_no_entry(ready: Ready, conversation: int, number: int | None) -> None:
    with pytest.raises(Http404):
        actions.read_page(ready.cast.alice, ready.case, conversation, number)
    if number is not None:
        with pytest.raises(Http404):
            actions.view_original(ready.cast.alice, ready.case, conversation, number)
    assert not CustodyEntry.objects.exists()


PAGES = (
    ("report/", "get"),
    ("conversations/", "get"),
    ("conversations/files/", "get"),
    ("conversations/1/", "get"),
    ("conversations/1/indicators/", "get"),
    ("conversations/1/when/", "get"),
    ("when/", "get"),
    ("first-mentions/", "get"),
    ("first-mentions/?conversation=1", "get"),
    ("time-line/", "get"),
    ("conversations/1/messages/2/original/", "get"),
    ("search/", "post"),
    ("evidence/", "get"),
    ("who-saw-what/", "log"),
)


def ask(browser: Client, ready: Ready, page: str, how: str) -> tuple[int, str]:
    """One page, by the way its form asks for it."""
    path = f"/cases/{ready.case.reference}/{page}"
    match how:
        case "post":
            answer = browser.post(path, {"q": "seed", "words": "seed"})
        case "log":
            answer = browser.get(path, {"purpose": "integrity"})
        case _:
            answer = browser.get(path)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(("page", "how"), PAGES)
def test_a_page_is_shown_and_recorded(ready: Ready, page: str, how: str) -> None:
    before = CustodyEntry.objects.count()
    status, text = ask(signed_in(ready.cast.alice), ready, page, how)
    assert status == 200
    assert ready.case.reference in text
    assert CustodyEntry.objects.count() == before + 1


@pytest.mark.parametrize(("page", "how"), PAGES)
@pytest.mark.parametrize("error", [OperationalError("database is locked"), DatabaseError("disk I/O error")])
def test_a_page_that_cannot_be_recorded_is_not_shown(
    ready: Ready, page: str, how: str, error: DatabaseError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(CustodyEntry, "save", refuse)
    status, text = ask(signed_in(ready.cast.alice), ready, page, how)
    assert status == 503
    for secret in (*NAMES, *WORDS, ready.package.sha256, str(error)):
        assert secret not in text
    assert not CustodyEntry.objects.exists()


def test_a_commit_that_fails_shows_nothing(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, *_: object, **__: object) -> None: ...
        def __enter__(self) -> None: ...
        def __exit__(self, *_: object) -> None:
            raise OperationalError("disk full")

    monkeypatch.setattr("django.db.transaction.atomic", Broken)
    with pytest.raises(custody.NotRecorded):
        actions.read_page(ready.cast.alice, ready.case, 1, clock=lambda: NOW)


def test_a_case_without_its_case_file_leads_to_its_report(ready: Ready, as_alice: Client) -> None:
    case_file_path(ready.case).unlink()
    with pytest.raises(CaseNotReady):
        actions.read_page(ready.cast.alice, ready.case, 1)
    answer = as_alice.get(f"/cases/{ready.case.reference}/conversations/1/")
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{ready.case.reference}/report/")
    assert not CustodyEntry.objects.exists()


def test_no_name_no_handle_and_no_message_stands_in_the_log(ready: Ready) -> None:
    browser = signed_in(ready.cast.alice)
    for page, how in PAGES:
        ask(browser, ready, page, how)
    browser.post(f"/cases/{ready.case.reference}/search/", {"q": "wheelbarrow", "words": "wheelbarrow"})
    whole = b"\n".join(bytes(row.canonical) for row in CustodyEntry.objects.all()).decode()
    assert CustodyEntry.objects.count() >= len(PAGES)
    for secret in (*NAMES, *WORDS, "Priya", "Sam", "wheelbarrow", "seed", "Okafor", "chat.txt", "Allotment"):
        assert secret not in whole
