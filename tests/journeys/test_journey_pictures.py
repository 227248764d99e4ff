"""The two pictures of the README are taken from the running desk, small enough to live in the repository.

SAFEHAND_PICTURES=1 make test      takes them anew; otherwise they only have to be there and be whole
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from journey_desk import RunningDesk
from journey_eyes import DESKTOP

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 300_000


def test_the_pictures_of_the_readme_are_of_this_desk(
    chromium: Browser, sample_desk: RunningDesk, signed_in_state: Any, tmp_path: Path
) -> None:
    context = chromium.new_context(
        base_url=sample_desk.address,
        storage_state=signed_in_state,
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
    )
    page = context.new_page()
    where = PICTURES if os.environ.get("SAFEHAND_PICTURES") else tmp_path
    where.mkdir(parents=True, exist_ok=True)
    case = f"/cases/{sample_desk.case}"
    page.goto(f"{case}/conversations/1/?message=202&layout=transcript")
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=where / "reader.png")
    page.goto(f"{case}/evidence/")
    page.screenshot(path=where / "evidence.png")
    context.close()
    for name in ("reader.png", "evidence.png"):
        for picture in (where / name, PICTURES / name):
            data = picture.read_bytes()
            assert len(data) < LARGEST, f"{picture} has {len(data)} bytes"
            assert data.startswith(b"\x89PNG\r\n\x1a\n")
            assert struct.unpack(">II", data[16:24]) == DESKTOP
