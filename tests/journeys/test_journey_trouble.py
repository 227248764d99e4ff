"""When something is wrong: each page of error is plain, looks like the desk, and shows nothing of a case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from journey_desk import LARGEST, RunningDesk
from journey_eyes import Eyes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def page(chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=sample_desk.address, storage_state=signed_in_state)
    yield context.new_page()
    context.close()


@pytest.fixture
def eyes(page: Page) -> Eyes:
    return Eyes(page)


def test_nothing_is_shown_when_the_custody_log_cannot_be_written(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    with closing(sqlite3.connect(sample_desk.state / "desk.sqlite3")) as database:
        database.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON custody_custodyentry BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        try:
            for path in ("conversations/1/", "conversations/", "evidence/"):
                page.goto(f"/cases/{sample_desk.case}/{path}")
                assert eyes.statuses[-1] == 503
                expect(page.get_by_role("heading", name="Nothing was shown")).to_be_visible()
                assert page.locator(".sh-m").count() == 0
            eyes.look("error-not-recorded")
        finally:
            database.execute("DROP TRIGGER no_room")


def test_a_desk_without_its_key_says_that_something_went_wrong_and_nothing_more(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    key = sample_desk.state / "keys" / "desk.agekey"
    aside = key.with_suffix(".aside")
    key.rename(aside)
    try:
        page.goto(f"/cases/{sample_desk.case}/conversations/1/")
        assert eyes.statuses[-1] == 500
        expect(page.get_by_role("heading", name="Something went wrong")).to_be_visible()
        assert "agekey" not in page.content()
        eyes.look("error-unexpected")
    finally:
        aside.rename(key)
    page.goto(f"/cases/{sample_desk.case}/conversations/1/")
    assert eyes.statuses[-1] == 200


def test_a_package_on_its_way_says_how_far_it_is_and_goes_on_by_itself(
    page: Page, eyes: Eyes, sample_desk: RunningDesk
) -> None:
    report = f"/cases/{sample_desk.case}/report/"
    with put(sample_desk, state="stopped", why="cannot_write"):
        page.goto(report)
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
        eyes.look("report-stopped")
    with put(sample_desk, state="reading", done=42_000):
        page.goto(f"/cases/{sample_desk.case}/conversations/")
        assert page.url.endswith(report), "there is nothing to read yet"
        expect(page.get_by_role("status")).to_have_text("Being read: 42,000 messages so far")
        eyes.look("report-reading")
    expect(page.get_by_role("link", name="Read the conversations")).to_be_visible(timeout=20_000)


def test_without_scripts_the_page_of_a_package_loads_itself_anew(
    chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any
) -> None:
    context = chromium.new_context(
        base_url=sample_desk.address, storage_state=signed_in_state, java_script_enabled=False
    )
    page = context.new_page()
    with put(sample_desk, state="reading", done=42_000):
        page.goto(f"/cases/{sample_desk.case}/report/")
        expect(page.get_by_text("42,000 messages so far")).to_be_visible()
        page.get_by_role("link", name="Stop that").click()
        expect(page.get_by_text("Let this page load itself again")).to_be_visible()
        assert page.locator("meta[http-equiv=refresh]").count() == 0
        page.go_back()
    expect(page.get_by_role("link", name="Read the conversations")).to_be_visible(timeout=20_000)
    context.close()


@contextmanager
def put(desk: RunningDesk, **fields: object) -> Iterator[None]:
    """For a while, the sample's package is somewhere else on its way, and the desk's own tidying does not move it."""
    columns = ", ".join(fields)
    with closing(sqlite3.connect(desk.state / "desk.sqlite3", timeout=20)) as database:
        before = database.execute(f"SELECT {columns} FROM cases_package").fetchone()  # noqa: S608  names of our own
        change = f"UPDATE cases_package SET {', '.join(f'{name} = ?' for name in fields)}"  # noqa: S608
        database.execute(change, tuple(fields.values()))
        database.execute("CREATE TRIGGER held BEFORE UPDATE ON cases_package BEGIN SELECT RAISE(IGNORE); END")
        database.commit()
        try:
            yield
        finally:
            database.execute("DROP TRIGGER held")
            database.execute(change, before)
            database.commit()


def test_a_file_that_is_too_large_is_refused_with_the_limit(page: Page, eyes: Eyes, tmp_path: Path) -> None:
    large = tmp_path / "large.safehand"
    large.write_bytes(b"0" * (LARGEST + 200_000))
    page.goto("/hand-in/")
    page.get_by_label("Sealed package").set_input_files(large)
    eyes.press(page.get_by_role("button", name="Hand in"))
    assert eyes.statuses[-1] == 413
    expect(page.get_by_role("heading", name="That file is too large")).to_be_visible()
    expect(page.get_by_text("up to 10 MB")).to_be_visible()
    eyes.look("error-too-large")


def test_a_form_with_far_too_many_fields_is_not_understood(page: Page, eyes: Eyes) -> None:
    page.goto("/hand-in/")
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const form = document.createElement("form");
              form.method = "post";
              form.action = "/account/password/";
              for (let field = 0; field < 300; field += 1) {
                form.append(Object.assign(document.createElement("input"), { name: `field${field}`, value: "x" }));
              }
              document.body.append(form);
              form.submit();
            }"""
        )
    assert eyes.statuses[-1] == 400
    expect(page.get_by_role("heading", name="could not understand")).to_be_visible()
    eyes.look("error-not-understood")
