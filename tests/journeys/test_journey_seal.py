"""A holder locks a chat in the browser and sends it: the ways of ux.md 2.7, at both sizes, with axe on every page."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyrage
import pytest
from playwright.sync_api import FilePayload, expect

from canary import CANARY, forms_in
from journey_desk import ROOT, RunningDesk
from journey_eyes import PHONE, Eyes
from journey_holder import HolderPage, kept_by, unsealed, whatsapp_with_media

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 90_000
WORDS = json.loads((ROOT / "src/safehand/seal/data/sealer-words.json").read_text("utf-8"))
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}")


def test_a_parent_sends_a_whatsapp_chat_that_was_exported_with_media(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    holder = HolderPage(page, Eyes(page), "parent-")
    holder.begin(sample_desk)
    chat = tmp_path / "WhatsApp Chat - Priya.zip"
    whatsapp_with_media(chat)

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible()
        expect(holder.page.get_by_text("4 other files are listed by name and stay closed")).to_be_visible()
        holder.look()
        holder.press("Continue")

    def who(holder: HolderPage) -> None:
        holder.choose("A parent or carer")

    def person(holder: HolderPage) -> None:
        holder.page.locator("#urgent-subject-claims").fill("They say they have plot 14")

    holder.answer_up_to("check", {"who": who, "files": add, "person": person})
    holder.look()
    expect(page.get_by_text("They say they have plot 14")).to_be_visible()
    assert "The gate is open" not in page.content()
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    holder.look()
    code = page.locator("#code").inner_text()
    assert CODE.fullmatch(code)
    _receipt_is_good(page, sample_desk, tmp_path)
    _only_the_words(sample_desk, tmp_path / "receipt.html", tmp_path)
    _leaves_nothing(page)
    _finishes(holder, code)
    context.close()


def _receipt_is_good(page: Page, desk: RunningDesk, where: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save receipt", exact=True).click()
    assert download.value.suggested_filename == "safehand-receipt.html"
    download.value.save_as(where / "receipt.html")
    package = _kept(desk, where / "receipt.html")
    command = [sys.executable, "-m", "safehand.cli.main", "verify-receipt", str(where / "receipt.html"), str(package)]
    done = subprocess.run([*command, "--to", str(desk.key)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _kept(desk: RunningDesk, receipt: Path) -> Path:
    """The package in the desk's evidence store, by the hash that the receipt names."""
    data = re.search(r'id="safehand-receipt">(.*?)</script>', receipt.read_text("utf-8"))
    assert data is not None
    sha256 = json.loads(data[1])["acknowledgement"]["sha256"]
    found = [path for path in desk.state.rglob(f"*{sha256[4:]}*") if path.is_file() and path.stat().st_size > 200]
    assert found, "the package is not in the evidence store"
    return found[0]


def _only_the_words(desk: RunningDesk, receipt: Path, where: Path) -> None:
    package = _kept(desk, receipt)
    opened = pyrage.decrypt(
        package.read_bytes(), [pyrage.x25519.Identity.from_str(_secret(desk.state / "keys" / "desk.agekey"))]
    )
    assert not forms_in(opened)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        member = tar.extractfile("bag/statement.json")
        assert member is not None
        statement = json.load(member)
    assert [item["name"] for item in statement["items"]] == ["_chat.txt"]
    assert len(statement["attachments"]) == 4
    assert statement["holder"]["role"] == {"answer": "given", "value": "parent_or_carer"}
    assert statement["schema"] == "safehand.statement/4"
    assert statement["declarations"]["deleted"] == {"answer": "dont_know"}
    assert statement["declarations"]["deleted_by"] == {"answer": "not_asked"}
    assert statement["urgent"]["caller_name"] == {"answer": "not_said"}
    assert statement["urgent"]["caller_relation"] == {"answer": "dont_know"}
    unsealed(package, desk.state / "keys" / "desk.agekey", where / "opened")


def _secret(file: Path) -> str:
    return next(line for line in file.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-"))


def _leaves_nothing(page: Page) -> None:
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, "", 0, 0]


def _finishes(holder: HolderPage, code: str) -> None:
    page = holder.page
    page.get_by_role("link", name="I share this computer").click()
    holder.on("share")
    holder.look()
    page.get_by_role("button", name="Back to the receipt").click()
    holder.on("receipt")
    page.get_by_role("button", name="Finish").click()
    holder.on("finish")
    page.get_by_label("Last 4 of your code").fill("0000")
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("That is not the end of your code")
    holder.look()
    page.get_by_label("Last 4 of your code").fill(code[-4:].lower())
    holder.press("Continue")
    expect(holder.heading("You can close this page")).to_be_visible()
    assert page.title().startswith("You can close this page")
    assert page.get_by_role("link", name="Back").count() == 0, "there is nothing to go back to"
    holder.look()
    page.go_back()
    assert code not in page.content()


def test_a_teacher_with_a_screenshot_alone_is_told_what_to_do(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True)
    page = context.new_page()
    said: list[str] = []
    holder = HolderPage(page, Eyes(page), "teacher-")
    holder.begin(sample_desk)
    page.on("request", lambda request: said.append(f"{request.method} {request.url}"))
    before = kept_by(sample_desk)

    def have(holder: HolderPage) -> None:
        holder.choose("Screenshots")
        holder.press("Continue")

    holder.answer_up_to("screenshots", {"who": lambda h: h.choose("Someone at a school"), "have": have})
    expect(holder.heading("Please do not send screenshots here")).to_be_visible()
    for told in WORDS["steps"]["screenshots"]["points"]:
        expect(page.locator("main").get_by_text(told)).to_be_visible()
    assert page.locator("input[type=file]").count() == 0
    holder.look()
    holder.press("Show me how to get the chat")
    holder.answer_up_to("files")
    picture: FilePayload = {"name": "Screenshot_2026.png", "mimeType": "image/png", "buffer": CANARY}
    page.set_input_files("#file-input", [picture])
    expect(page.locator("main").get_by_text("This is a picture or a video, so we do not take it.")).to_be_visible()
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Remove the files that cannot go in")
    holder.look()
    spare: FilePayload = {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""}
    page.set_input_files("#file-input", [spare])
    holder.press("Continue")
    holder.press("Remove empty.txt")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert not page.title().startswith("Error"), "it is being mended"
    holder.press("I have no file")
    expect(holder.heading("Tell the police without a file")).to_be_visible()
    holder.look()
    holder.press("I have a file after all")
    expect(holder.heading("Add your files")).to_be_visible()
    expect(page.locator("main").get_by_text("This is a picture or a video, so we do not take it.")).to_be_visible()
    holder.press("I have no file")
    _goes_back_a_page_at_a_time(holder)
    holder.press("I have a file after all")
    holder.on("files")
    for past in ("check", "sealing", "send"):
        page.evaluate("step => { window.location.hash = step; }", past)
        expect(page).not_to_have_url(re.compile(f"#{past}$"))
    page.evaluate("window.location.hash = 'files'")
    holder.press("I have no file")
    assert [line for line in said if not line.startswith("GET ")] == [], "nothing was sent"
    page.get_by_role("button", name="Send a notice").click()
    page.wait_for_url("**/report/urgent/")
    assert kept_by(sample_desk) == before
    context.close()


def _goes_back_a_page_at_a_time(holder: HolderPage) -> None:
    """From "I have no file", to which the holder came for the second time."""
    page = holder.page
    holder.on("no_file")
    for step, walk in (
        ("files", page.go_back),
        ("no_file", page.go_back),
        ("files", page.go_back),
        ("export", page.go_back),
    ):
        walk()
        holder.on(step)
    for step in ("files", "no_file"):
        page.go_forward()
        holder.on(step)


def test_a_moderator_sends_a_discord_export(chromium: Browser, sample_desk: RunningDesk, tmp_path: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    holder = HolderPage(page)
    holder.begin(sample_desk)
    before = kept_by(sample_desk)
    chat = tmp_path / "allotment - general [1001].json"
    chat.write_text(json.dumps(_discord()), "utf-8")

    def add(holder: HolderPage) -> None:
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.get_by_text("1 text will be locked in")).to_be_visible()
        holder.page.set_input_files("#file-input", [chat])
        expect(holder.page.locator("#live")).to_contain_text("You added this file before")
        assert holder.page.locator(".sh-files__row").count() == 1
        holder.press("Continue")

    def apps(holder: HolderPage) -> None:
        holder.choose("Discord")

    holder.answer_up_to(
        "check", {"who": lambda h: h.choose("A moderator of a site or game"), "apps": apps, "files": add}
    )
    holder.press("Lock and send")
    expect(holder.heading("We have your report")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("1 text, locked on this device before sending")).to_be_visible()
    context.close()
    (package,) = kept_by(sample_desk) - before
    opened = unsealed(package, sample_desk.state / "keys" / "desk.agekey", tmp_path / "opened")
    (item,) = (opened / "bag" / "data").iterdir()
    assert item.read_bytes() == chat.read_bytes(), "to the last byte"
    statement = json.loads((opened / "bag" / "statement.json").read_bytes())
    assert statement["holder"]["role"] == {"answer": "given", "value": "moderator"}
    read = subprocess.run(
        [sys.executable, "-m", "safehand.cli.main", "read", str(chat), "--json"], capture_output=True, check=True
    )
    assert b"discord" in read.stdout
    assert json.loads(read.stdout)


def _discord() -> dict[str, object]:
    author = {"id": "2001", "name": "rowan", "discriminator": "0000", "nickname": "rowan", "isBot": False}
    said = [
        {
            "id": str(3000 + n),
            "type": "Default",
            "timestamp": f"2026-01-03T07:{n:02}:00+00:00",
            "content": f"Bed {n}",
            "author": author,
        }
        for n in range(40)
    ]
    return {
        "guild": {"id": "1", "name": "Allotment"},
        "channel": {"id": "1001", "type": "GuildTextChat", "name": "general"},
        "exportedAt": "2026-01-04T00:00:00+00:00",
        "messages": said,
        "messageCount": len(said),
    }


def test_leaving_at_once_forgets_everything(chromium: Browser, sample_desk: RunningDesk) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/report/exit/", lambda route: route.fulfill(status=200, body="<h1>Weather</h1>"))
    holder = HolderPage(page, None)
    holder.begin(sample_desk)
    holder.answer_up_to("child")
    page.locator("#urgent-child-details").fill("Year 9")
    page.evaluate("document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/report/exit/")
    page.go_back()
    assert "Year 9" not in page.content()
    context.close()


def test_no_page_can_be_reached_past_the_first_open_one_and_back_works(
    chromium: Browser, sample_desk: RunningDesk
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    holder = HolderPage(page, None)
    holder.begin(sample_desk)
    page.evaluate("window.location.hash = '#check'")
    page.wait_for_url("**#who")
    holder.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Choose who you are")
    assert page.title().startswith("Error: ")
    holder.choose("The young person in the chat")
    holder.press("Continue")
    expect(holder.heading("You are not in trouble")).to_be_visible()
    page.go_back()
    holder.on("who")
    assert page.get_by_label("The young person in the chat").is_checked()
    page.go_forward()
    holder.on("young")
    context.close()
