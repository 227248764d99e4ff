"""Every page on making an export says how to leave media out, what will not be in it, and when it was checked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from safehand.seal.sealer_words import every_line

GUIDES = sorted((Path(__file__).parents[3] / "docs" / "guides").glob("export-*.md"))
_MEDIA = re.compile(r"\b(?:media|pictures?|photos?|films?|videos?)\b", re.IGNORECASE)
_NOT_IN_IT = re.compile(
    r"^## What (?:it will not (?:hold|have)|will not be in it|you will not find in it)$", re.MULTILINE
)
_CHECKED = re.compile(r"Checked on (\d{4}-\d{2}-\d{2})")


def test_there_is_a_page_for_every_platform_a_holder_comes_with() -> None:
    assert len(GUIDES) >= 17


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_page_says_how_without_media_what_will_not_be_in_it_and_when_it_was_checked(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    (heading,) = _NOT_IN_IT.finditer(text)
    before, after = text[: heading.start()], text[heading.end() :]
    assert _MEDIA.search(before), "what becomes of pictures is said before the file is made"
    assert after.strip(), "and something stands there"
    (checked,) = set(_CHECKED.findall(text))
    assert date(2026, 11, 1) <= date.fromisoformat(checked)


def test_the_page_for_holders_tells_the_oldest_day_on_which_a_guide_was_checked() -> None:
    oldest = min(date.fromisoformat(day) for guide in GUIDES for day in _CHECKED.findall(guide.read_text("utf-8")))
    told = dict(every_line())["steps.export.note"]
    assert told.endswith(f"Checked on {oldest.day} {oldest:%B} {oldest.year}.")
