"""The sealer in Firefox: the file on a USB stick, and the desk's page with its upload."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from canary import forms_in
from journey_desk import RunningDesk
from journey_firefox import Firefox, found_firefox
from journey_holder import LEAST, ON, made_for, unsealed, whatsapp_with_media

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    with Firefox(found_firefox(), tmp_path / "firefox") as running:
        yield running


def answer_up_to_check(firefox: Firefox, chat: Path) -> None:
    for _ in range(40):
        step = firefox.step
        if step == "check":
            return
        if step in LEAST:
            assert firefox.choose(LEAST[step]), step
        if step == "before":
            firefox.run("document.getElementById('declarations-police-asked-2').click()")
        if step == "files":
            firefox.add("#file-input", chat)
            firefox.wait_for("document.body.innerText.includes('1 text will be locked in')")
        assert any(firefox.press(name) for name in ON), f"{step} has no way on"
        firefox.wait_for(f"window.location.hash !== '#{step}'")
        assert firefox.run("return document.activeElement.tagName") == "H1", step
    raise AssertionError(firefox.step)


def test_the_file_on_a_usb_stick_seals_and_saves(firefox: Firefox, sample_desk: RunningDesk, tmp_path: Path) -> None:
    chat = tmp_path / "WhatsApp Chat - Priya.zip"
    whatsapp_with_media(chat)
    firefox.open(made_for(sample_desk, tmp_path).as_uri())
    firefox.wait_for("window.location.hash === '#start'")
    answer_up_to_check(firefox, chat)
    firefox.press("Lock and save")
    firefox.wait_for("document.querySelector('h1').textContent === 'Your locked file is ready'", 60)
    firefox.press("Save the locked file")
    package = _downloaded(firefox, ".safehand")
    assert not forms_in(package.read_bytes())
    opened = unsealed(package, sample_desk.state / "keys" / "desk.agekey", tmp_path / "opened")
    assert all(not forms_in(path.read_bytes()) for path in opened.rglob("*") if path.is_file())


def test_the_desks_page_sends_and_has_the_desks_word(
    firefox: Firefox, sample_desk: RunningDesk, tmp_path: Path
) -> None:
    chat = tmp_path / "WhatsApp Chat - Priya.zip"
    whatsapp_with_media(chat)
    firefox.open(f"{sample_desk.address}/report/seal/")
    firefox.wait_for("window.location.hash === '#who'")
    answer_up_to_check(firefox, chat)
    firefox.press("Lock and send")
    firefox.wait_for("document.querySelector('h1').textContent === 'We have your report'", 90)
    assert len(str(firefox.run("return document.getElementById('code').textContent"))) == 19


def _downloaded(firefox: Firefox, ending: str) -> Path:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [path for path in firefox.downloads.iterdir() if path.name.endswith(ending) and path.stat().st_size]
        if found and not list(firefox.downloads.glob("*.part")):
            return found[0]
        time.sleep(0.2)
    raise AssertionError("nothing was saved")
