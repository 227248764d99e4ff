"""The sealer as one file: whatever a unit calls itself, its key arrives as it was, and all else is as it was built."""

from __future__ import annotations

import html
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from safehand.errors import CannotRead
from safehand.seal.sealer_page import PLACE, sealer_page
from safehand.signing.keys import DeskPublic, format_desk_public, parse_desk_public
from sealed_packages import desk_in


@pytest.fixture
def desk(tmp_path: Path) -> DeskPublic:
    return desk_in(tmp_path)


TEMPLATE = f"<!DOCTYPE html><html><head>{PLACE}</head><body><script>let unit = 1;</script></body></html>"


class _Metas(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "meta" and given.get("name"):
            self.found[str(given["name"])] = str(given.get("content"))


@pytest.mark.parametrize(
    "unit",
    [
        "Allotment Road Unit",
        'A "quoted" unit',
        "O'Hare & Sons",
        "</head><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "%STYLE% %SCRIPT% %DESK%",
        "&quot;&#10;&amp;",
        "Jednostka Zażółć",
    ],
)
def test_the_key_arrives_as_it_was(desk: DeskPublic, unit: str) -> None:
    desk = replace(desk, unit=unit)
    read = _Metas()
    page = sealer_page(TEMPLATE, desk)
    read.feed(page)
    assert parse_desk_public(read.found["safehand-desk"]) == desk
    assert read.tags == ["html", "head", "meta", "body", "script"]
    assert "<script>let unit = 1;</script>" in page


def test_the_lines_of_the_key_survive_an_html_reader(desk: DeskPublic) -> None:
    page = sealer_page(TEMPLATE, desk)
    assert "\n" not in page
    assert html.unescape(page).count(format_desk_public(desk)) == 1


@pytest.mark.parametrize("template", ["", "<html></html>", TEMPLATE + PLACE])
def test_what_is_not_the_template_is_refused(desk: DeskPublic, template: str) -> None:
    with pytest.raises(CannotRead):
        sealer_page(template, desk)
