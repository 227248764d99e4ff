"""No page leads an officer to one that refuses them: each link is followed, in each role and through broken glass."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from django.test import Client

from desk_cast import Ready, hold, signed_in, spelled_rightly
from safehand.desk.cases.glass import break_glass
from safehand.desk.cases.models import GlassWhy, Package, PackageState
from safehand.desk.officers.roles import Role

pytestmark = pytest.mark.django_db

BEGIN = ("inbox/", "account/")
OF_THE_CASE = ("report/", "triage/", "conversations/", "conversations/1/")


def links(page: str) -> set[str]:
    """Addresses of the desk that a page leads to, without what stands behind the question mark.

    What stands in a <template> is a form for a script to fill in, and shown to nobody as it is.
    """
    page = re.sub(r"<template\b.*?</template>", "", page, flags=re.DOTALL)
    found = {link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'<a\b[^>]*href="([^"]+)"', page)}
    return {link.partition("?")[0] for link in found if link and not link.startswith("/static/")}


def followed(browser: Client, begin: list[str]) -> dict[str, int]:
    """What the pages of ``begin`` answer, and what every link on them does."""
    answers: dict[str, int] = {}
    for path in begin:
        page = browser.get(path, follow=True)
        answers[path] = page.status_code
        for link in {urljoin(path, link) for link in links(page.content.decode())} - answers.keys():
            answers[link] = browser.get(link).status_code
    return answers


def dead(answers: dict[str, int]) -> dict[str, int]:
    return {path: status for path, status in answers.items() if status not in (200, 302)}


@pytest.mark.parametrize("role", Role)
def test_every_link_that_an_officer_of_one_role_is_shown_opens(ready: Ready, role: Role) -> None:
    browser = signed_in(hold(ready.cast.bob, role))
    case = f"/cases/{ready.case.reference}/"
    own = [case + path for path in OF_THE_CASE if browser.get(case + path).status_code == 200]
    answers = followed(browser, [*(f"/{path}" for path in BEGIN), *own])
    assert len(answers) > 3
    assert dead(answers) == {}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.INVESTIGATOR])
def test_every_link_that_is_shown_through_broken_glass_opens(ready: Ready, role: Role) -> None:
    hold(ready.cast.alice, Role.SUPERVISOR)
    charlie, case = hold(ready.cast.charlie, role), spelled_rightly(ready).case
    break_glass(charlie, case.reference, GlassWhy.DANGER, "Nobody answers.")
    answers = followed(signed_in(charlie), [f"/cases/{case.reference}/{path}" for path in OF_THE_CASE])
    assert len(answers) > 8
    assert dead(answers) == {}


def test_through_broken_glass_nothing_is_offered_that_only_those_on_the_case_may_do(ready: Ready) -> None:
    hold(ready.cast.alice, Role.SUPERVISOR)
    charlie, case = hold(ready.cast.charlie, Role.REVIEWER), spelled_rightly(ready).case
    Package.objects.update(state=PackageState.STOPPED, why="worker_died")
    break_glass(charlie, case.reference, GlassWhy.DANGER, "Nobody answers.")
    report = f"/cases/{case.reference}/report/"
    assert "Try again" in signed_in(ready.cast.alice).get(report).content.decode()
    page = signed_in(charlie).get(report).content.decode()
    assert "Stopped" in page
    assert "Try again" not in page
    assert "What the holder was told" not in page


def test_a_link_that_is_refused_would_be_found(ready: Ready) -> None:
    browser = signed_in(hold(ready.cast.bob, Role.ADMIN))
    assert dead({path: browser.get(path).status_code for path in ("/hand-in/", "/account/")}) == {"/hand-in/": 403}
    assert links('<a class="x" href="/a/?b=1#c">x</a><a href="#d">y</a>') == {"/a/"}
    assert links('<template id="t"><a href="/a/">x</a></template><a href="/b/">y</a>') == {"/b/"}


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (Role.CUSTODIAN, "Its pages come with deconfliction"),
        (None, "You hold no role yet"),
    ],
)
def test_who_has_no_page_is_told_so_in_words(ready: Ready, role: Role | None, says: str) -> None:
    officer = hold(ready.cast.bob, *((role,) if role is not None else ()))
    page = signed_in(officer).get("/account/").content.decode()
    assert says in page
    assert says not in signed_in(hold(officer, Role.TRIAGE)).get("/account/").content.decode()
