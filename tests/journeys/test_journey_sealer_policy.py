"""Nothing leaves the sealer but the sealed parts, and nothing else runs in it: every way out and in, in two browsers.

The page that a desk serves may speak with the addresses that take parts; the file for a USB stick with nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from journey_desk import RunningDesk
from journey_exits import LATER, NAMES, TRY_IN, TRY_OUT, WAYS_IN, Heard, listening
from journey_firefox import Firefox, found_firefox
from journey_holder import made_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

TAKES_PARTS: Final = "/report/parcels/"
OTHERS: Final = (
    "/health",
    "/report/",
    "/report/progress/",
    "/report/urgent/",
    "/report/parcels",
    "/report/collect/",
    "/",
)
"""Addresses of the same desk that the page has no business with."""

ASK_OWN: Final = """
async paths => {
    const reached = [];
    for (const path of paths)
        await fetch(path, { method: "POST", body: "x" }).then(() => reached.push(path), () => 0);
    return reached;
}
"""


BUT_THE_FORM: Final = [name for name in NAMES if name != "form"]
"""A form that goes leads the page away: it is tried last, and where it may go by itself."""

OF_MARIONETTE: Final = {"words", "made", "timer"}
"""Marionette runs its script beside the page, where eval is its own: in Firefox these three prove nothing."""


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening() as found:
        yield found


@pytest.fixture(params=["the desk's page", "the file on a stick"])
def sealer(request: pytest.FixtureRequest, sample_desk: RunningDesk, tmp_path: Path) -> str:
    """The address of a sealer."""
    if request.param == "the desk's page":
        return f"{sample_desk.address}/report/seal/"
    return made_for(sample_desk, tmp_path).as_uri()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with Firefox(found_firefox(), tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("main h1").first).to_be_visible()


def opened_in(firefox: Firefox, address: str) -> None:
    firefox.open(address)
    firefox.wait_for("document.querySelector('main h1')")


def found_by(firefox: Firefox, script: str, *given: object) -> list[str]:
    firefox.run(LATER.format(script), *given)
    firefox.wait_for("window.found")
    found: list[str] = firefox.run("return window.found")
    return found


def test_without_a_policy_every_way_leads_out_and_every_word_is_run(page: Page, heard: Heard) -> None:
    """What follows hears nothing. It could: this is the same, on a page that says nothing of what it may do."""
    page.goto(f"{heard.address}/plain")
    assert set(page.evaluate(TRY_IN)) == set(WAYS_IN)
    page.goto(f"{heard.address}/plain")
    page.evaluate(TRY_OUT, [heard.address, BUT_THE_FORM])
    page.evaluate(f"given => {{ void ({TRY_OUT})(given); }}", [heard.address, ["form"]])
    page.wait_for_url("**/form")
    assert set(NAMES) - heard.names == set()


def test_in_chromium_nothing_leaves_either_sealer(page: Page, sealer: str, heard: Heard) -> None:
    opened(page, sealer)
    page.evaluate(
        "window.stopped = []; document.addEventListener('securitypolicyviolation',"
        " event => window.stopped.push(event.effectiveDirective));"
    )
    refused = page.evaluate(TRY_OUT, [heard.address, list(NAMES)])
    assert heard.names == set()
    assert page.url.partition("#")[0] == sealer, "the page is still there"
    stopped = set(page.evaluate("window.stopped"))
    assert {"connect-src", "img-src", "style-src-elem", "font-src", "frame-src", "form-action"} <= stopped
    assert {"script", "module", "worker_fetch", "worker_import"} <= set(refused), "Trusted Types refuse at once"


def test_in_firefox_nothing_leaves_either_sealer(firefox: Firefox, sealer: str, heard: Heard) -> None:
    firefox.open(f"{heard.address}/plain")
    found_by(firefox, TRY_OUT, [heard.address, BUT_THE_FORM])
    assert set(BUT_THE_FORM) - heard.names == set(), "without a policy they arrive"
    heard.names.clear()
    opened_in(firefox, sealer)
    found_by(firefox, TRY_OUT, [heard.address, list(NAMES)])
    assert heard.names == set()
    assert firefox.run("return location.href").partition("#")[0] == sealer, "the page is still there"


def test_the_desks_page_reaches_the_addresses_that_take_parts_and_no_other_of_the_desk(
    page: Page, firefox: Firefox, sample_desk: RunningDesk
) -> None:
    opened(page, f"{sample_desk.address}/report/seal/")
    assert page.evaluate(ASK_OWN, [*OTHERS, TAKES_PARTS]) == [TAKES_PARTS]
    opened_in(firefox, f"{sample_desk.address}/report/seal/")
    assert found_by(firefox, ASK_OWN, [*OTHERS, TAKES_PARTS]) == [TAKES_PARTS]


def test_in_chromium_no_words_become_a_script_in_either_sealer(page: Page, sealer: str) -> None:
    opened(page, sealer)
    assert page.evaluate(TRY_IN) == []


def test_in_firefox_no_words_become_a_script_in_either_sealer(firefox: Firefox, sealer: str, heard: Heard) -> None:
    firefox.open(f"{heard.address}/plain")
    assert set(WAYS_IN) - set(found_by(firefox, TRY_IN)) <= OF_MARIONETTE, "without a policy they are run"
    opened_in(firefox, sealer)
    assert set(found_by(firefox, TRY_IN)) <= OF_MARIONETTE
