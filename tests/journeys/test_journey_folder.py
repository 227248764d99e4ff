"""A holder adds a folder as an app made it: sealed as the shell seals that folder, its pictures named and closed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from canary import CANARY, forms_in
from journey_desk import RunningDesk
from journey_eyes import Eyes
from journey_holder import HolderPage, made_for, unsealed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAIT = 60_000


def an_export(where: Path) -> Path:
    """As Telegram Desktop leaves one: a page of words, its pictures beside it, a folder in a folder."""
    folder = where / "ChatExport_2026-01-04"
    for name, data in {
        "messages.html": b"<html><body><div class='message'>The gate is open, plot 14</div></body></html>\n",
        "more/notes.txt": "Zażółć gęślą jaźń\n".encode(),
        "photos/photo_1@03-01-2026_07-12-00.jpg": CANARY,
        "photos/photo_2@03-01-2026_07-13-00.jpg": CANARY[::-1],
        "css/style.css": b"body { color: black }\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def drop(page: Page, folder: Path) -> None:
    """Let it fall onto the page, as from a file manager: a script cannot make a folder to drop, the browser can."""
    box = page.locator(".sh-drop").bounding_box()
    assert box is not None
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data})
    browser.detach()


def by_the_shell(folder: Path, desk: RunningDesk, where: Path) -> dict[str, Any]:
    """What the shell says of the same folder."""
    package = where / "shell.safehand"
    command = [
        sys.executable,
        "-m",
        "safehand.cli.main",
        "seal",
        str(folder),
        "--to",
        str(desk.key),
        "-o",
        str(package),
    ]
    subprocess.run([*command, "--dont-know"], check=True, capture_output=True)
    return statement_of(unsealed(package, desk.state / "keys" / "desk.agekey", where / "by-the-shell"))


def statement_of(opened: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((opened / "bag" / "statement.json").read_bytes())
    return told


def test_a_folder_is_sealed_as_the_shell_seals_it_and_its_pictures_stay_closed(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    folder = an_export(tmp_path)
    context = chromium.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.goto(made_for(sample_desk, tmp_path).as_uri())
    holder = HolderPage(page)

    def add(holder: HolderPage) -> None:
        page = holder.page
        page.get_by_text("Or add a folder").click()
        page.set_input_files("#folder-input", folder)
        expect(page.get_by_text("2 texts will be locked in")).to_be_visible()
        expect(page.get_by_text("3 other files are listed by name and stay closed")).to_be_visible()
        # Chromium tells a page that is a file of its own nothing of a folder that is dropped on it.
        drop(page, folder)
        expect(page.locator(".sh-files__row--refused")).to_contain_text("This browser cannot look into a folder here.")
        page.get_by_role("button", name=f"Remove {folder.name}").last.click()
        page.set_input_files("#folder-input", folder)
        expect(page.locator("#live")).to_contain_text("You added this file before")
        assert page.locator(".sh-files__row").count() == 1
        assert page.locator(".sh-files__name").inner_text() == folder.name
        eyes = Eyes(page)
        assert eyes.violations() == []
        holder.press("Continue")

    holder.answer_up_to("check", {"files": add})
    expect(page.get_by_text(folder.name)).to_be_visible()
    holder.press("Lock and save")
    expect(holder.heading("Your locked file is ready")).to_be_visible(timeout=WAIT)
    package = tmp_path / "page.safehand"
    with page.expect_download() as download:
        holder.press("Save the locked file")
    download.value.save_as(package)
    context.close()
    as_the_shell_does(package, folder, sample_desk, tmp_path)


def test_a_folder_that_is_dropped_on_the_page_of_a_unit_is_added_with_what_is_in_it(
    chromium: Browser, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    folder = an_export(tmp_path)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{sample_desk.address}/report/seal/")
    HolderPage(page).answer_up_to("files")
    drop(page, folder)
    row = page.locator(".sh-files__row")
    expect(row).to_contain_text("2 texts will be locked in")
    expect(row).to_contain_text("3 other files are listed by name and stay closed")
    page.set_input_files("#folder-input", folder)
    expect(page.locator("#live")).to_contain_text("You added this file before")
    expect(row).to_have_count(1)
    context.close()


def as_the_shell_does(package: Path, folder: Path, desk: RunningDesk, where: Path) -> None:
    opened = unsealed(package, desk.state / "keys" / "desk.agekey", where / "by-the-page")
    ours, theirs = statement_of(opened), by_the_shell(folder, desk, where)
    for part in ("items", "attachments"):
        assert ours[part] == theirs[part], part
    assert [item["name"] for item in ours["items"]] == [f"{folder.name}/messages.html", f"{folder.name}/more/notes.txt"]
    assert not any(forms_in(path.read_bytes()) for path in opened.rglob("*") if path.is_file())
