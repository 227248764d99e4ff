"""Cases of made-up conversations, with citations in them, at a desk that is made ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.test import Client

from safehand.analysis.indicators.lists import NO_WORDS
from safehand.casefile.build import build
from safehand.casefile.key import new_case_key, wrap_case_key
from safehand.casefile.talked import Reading, span_of
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.cases.opening import case_file_path, open_case_file
from safehand.desk.core.clock import moment, system_clock
from safehand.desk.core.state import State
from safehand.desk.officers.actions import add_officer, give_role, give_second_factor
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.review.citing import cite
from safehand.model.conversation import Event
from safehand.signing.keys import load_desk_public
from safehand.sources.contract import FileOnDisk

CITED = 40
"""Citations of a case, spread over its first five thousand messages."""


def make_case(
    state: State, folder: Path, messages: int, events: Iterator[Event], conversations: int = 1
) -> tuple[Officer, Case]:
    """A case whose package was read, an officer who is on it, and what they cited, as much in each conversation."""
    officer = add_officer(f"BENCH{messages}", "Somebody", "a bench beside the shed")
    give_second_factor(officer, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    give_role(officer, Role.REVIEWER, by=None)
    key, now = new_case_key(), moment(system_clock())
    case = Case.objects.create(
        reference=f"SH-{messages:09}",
        opened_at=now,
        opened_by=officer,
        wrapped_key=wrap_case_key(key, load_desk_public(state.desk_public).recipients),
    )
    CaseOfficer.objects.create(case=case, officer=officer, since=now, added_by=officer)
    Package.objects.create(
        case=case,
        sha256=f"{messages:064}",
        size=0,
        received_at=now,
        received_by=officer,
        state=PackageState.READY,
        finished_at=now,
    )
    source = folder / f"source-{messages}.txt"
    with source.open("wb") as out:
        out.truncate(200 * messages)
    file = FileOnDisk("data/0001.txt", "chat.txt", source, 200 * messages)
    build(case_file_path(case), key, events, (file,), tuple, words=NO_WORDS)
    for number in range(1, 5_000 // conversations, 5_000 // CITED):
        for conversation in range(1, conversations + 1):
            cite(officer, case, conversation, number, "meeting", "both", "the second row of beans")
    return officer, case


def asking(made: tuple[Officer, Case]) -> Callable[[str], None]:
    """Asks the desk for a page of the case, by what its address ends in."""
    officer, case = made
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return lambda page: _get(browser, f"/cases/{case.reference}/{page}")


def pages_of(made: tuple[Officer, Case]) -> Callable[[int], None]:
    """Asks for the page that a message stands on."""
    ask = asking(made)
    return lambda number: ask(f"conversations/1/?message={number}")


def pictures_of(made: tuple[Officer, Case], days: int | None = None) -> Callable[[], None]:
    """Asks for the pictures of when they talked: as they open, or with the cadence of the last so many days."""
    ask, begin = asking(made), ""
    if days is not None:
        with open_case_file(made[1]) as casefile:
            span = span_of(casefile, 1, Reading.FIRST)
        if span is None or (span[1] - span[0]).days + 1 < days:
            raise SystemExit(f"The conversation has no {days} days.")
        begin = f"?from={span[1] - timedelta(days=days - 1)}"
    return lambda: ask(f"conversations/1/when/{begin}")


def _get(browser: Client, path: str) -> None:
    answer = browser.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"The desk answered {answer.status_code}.")
