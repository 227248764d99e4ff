"""The page of the checkpoint: an auditor, a supervisor or a custodian has the log signed, prints it and lodges it."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection, transaction
from django.test import Client

from desk_cast import NAMES, WORDS, Cast, Ready, clock, hold, signed_in
from safehand.desk.core.state import State
from safehand.desk.custody import triggers
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint
from safehand.desk.custody.proving import ask_witness, keep_answer
from safehand.desk.custody.signed_log import sign_log, signed_at
from safehand.desk.officers.roles import HELD, Held, Role
from safehand.desk.review.actions import read_page
from safehand.desk.review.lodging import have_signed, look
from safehand.errors import NotAllowed
from safehand.log.note import format_note, parse_note
from safehand.log.policy import check_signed, parse_policy
from witness_made import NORTH, north, sees

pytestmark = pytest.mark.django_db

WHERE = "/log/checkpoint/"
LODGES = (Role.CUSTODIAN, Role.SUPERVISOR, Role.AUDITOR)


@pytest.fixture
def browser(ready: Ready) -> Client:
    """Charlie is auditor, on no case; Bob read a page of one."""
    read_page(ready.cast.bob, ready.case, 1, clock=clock)
    return signed_in(hold(ready.cast.charlie, Role.AUDITOR))


def told(page: str) -> list[str]:
    return [html.unescape(text) for text in re.findall('<pre class="sh-signed">(.*?)</pre>', page, re.DOTALL)]


def test_before_anything_was_signed_it_says_so(browser: Client) -> None:
    page = browser.get(WHERE)
    assert page.status_code == 200
    assert "not signed yet" in page.content.decode()


def test_it_is_signed_when_asked_and_what_is_shown_is_what_was_signed(browser: Client) -> None:
    assert browser.post(WHERE, follow=True).redirect_chain == [(WHERE, 302)]
    last = CustodyEntry.objects.order_by("-sequence")[0]
    assert (last.verb, last.actor, last.case) == ("log.signed", "officer:charlie", "")
    page = browser.get(WHERE).content.decode()
    note, policy = told(page)
    signed = signed_at(last.sequence)
    assert note == format_note(signed.note)
    assert check_signed(parse_note(note), parse_policy(policy.encode())) == signed.checkpoint
    assert "".join(re.findall("<span>([0-9a-f]{8})</span>", page)) == signed.checkpoint.root.hex()
    assert "No entry was made since" in page
    assert "Allotment Road Unit" in page


def test_to_look_is_no_entry_and_nothing_of_any_record_is_shown(browser: Client, ready: Ready) -> None:
    browser.post(WHERE)
    before = CustodyEntry.objects.count()
    page = browser.get(WHERE).content.decode()
    assert CustodyEntry.objects.count() == before
    for secret in (*NAMES, *WORDS, ready.case.reference, "bob", "alice"):
        assert secret not in page, secret


def test_it_says_how_many_entries_wait_and_who_has_seen_it(browser: Client, desk_state: State) -> None:
    browser.post(WHERE)
    assert "No witness has seen it" in browser.get(WHERE).content.decode()
    signed = sign_log(desk_state, clock=clock)
    assert ask_witness(0)
    keep_answer(sees(signed.note.text), [north()], clock=clock)
    with transaction.atomic():
        record(Verb.CASE_OPENED, actor="officer:alice", clock=clock)
    page = browser.get(WHERE).content.decode()
    assert "One entry was made since" in page
    assert NORTH in page
    assert "22 Nov" in page
    assert NORTH in told(page)[0]


def test_what_was_tampered_with_is_not_signed_and_the_page_says_so(browser: Client) -> None:
    browser.post(WHERE)
    triggers.take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE custody_logtile SET hashes = SUBSTR(hashes, 1, 32)")
    triggers.put_up(connection)
    entries = CustodyEntry.objects.count()
    page = browser.post(WHERE)
    assert page.status_code == 409
    assert "Tell whoever looks after this desk" in page.content.decode()
    assert "safehand log" not in page.content.decode().partition("error-summary")[2].partition("</div>")[0]
    assert (CustodyEntry.objects.count(), LogCheckpoint.objects.count()) == (entries, 1)


@pytest.mark.parametrize("lost", ["key", "note"])
def test_a_log_whose_key_or_checkpoint_is_gone_says_so(browser: Client, desk_state: State, lost: str) -> None:
    browser.post(WHERE)
    if lost == "key":
        desk_state.log_signing.unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE custody_logcheckpoint SET note = 'x'")
    for page in (browser.get(WHERE), browser.post(WHERE)):
        assert page.status_code == 409
        assert "could not be signed, or shown" in page.content.decode()
    assert not CustodyEntry.objects.filter(verb="log.signed", sequence__gt=2).exists()


@pytest.mark.parametrize("held", HELD)
def test_it_is_for_those_who_lodge_and_the_actions_ask_too(cast: Cast, held: Held) -> None:
    bob = hold(cast.bob, held)
    if held in LODGES:
        have_signed(bob, clock=clock)
        assert look(bob) is not None
        return
    for act in (look, have_signed):
        with pytest.raises(NotAllowed):
            act(bob)
    assert signed_in(bob).post(WHERE).status_code == 403
    assert not CustodyEntry.objects.exists()
