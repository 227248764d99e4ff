"""What every template keeps, so that the Content-Security-Policy can be strict, and what the build must bring."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
DESK = ROOT / "src" / "safehand" / "desk"
STATIC = DESK / "core" / "static"
TEMPLATES = sorted(DESK.rglob("templates/**/*.html"))
SHEETS = ("safehand.css", "moj.css", "holder.css")
OF_HOLDERS = sorted(path for path in TEMPLATES if "handover" in path.parts)
"""Pages on which nobody is signed in: a form of theirs can do nothing in anybody's name, and needs no cookie."""
BUILT = {f"built/{name}" for name in (*SHEETS, "govuk-frontend.js", "sealer.js")} | {
    f"built/{path.name}" for path in (ROOT / "frontend" / "scripts").glob("*.js")
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_style_a_script_or_a_handler_of_its_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<style" not in text
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_leads_to_another_site(path: Path) -> None:
    assert not re.search(r"(href|src|action)=\"(https?:)?//", path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_comes_from_a_source_is_always_escaped(path: Path) -> None:
    text = path.read_text("utf-8").replace("{{ totp_svg|safe }}", "")
    assert "|safe" not in text
    assert "autoescape" not in text


@pytest.mark.parametrize("path", sorted({*TEMPLATES} - {*OF_HOLDERS}), ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), re.DOTALL)
    assert all("{% csrf_token %}" in form for form in forms)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_static_file_named_is_there_or_is_built(path: Path) -> None:
    named = re.findall(r"\{% static '([^']+)' %\}", path.read_text("utf-8"))
    named += re.findall(r'"/static/([^"]+)"', path.read_text("utf-8"))
    assert [name for name in named if name not in BUILT and not (STATIC / name).is_file()] == []


def test_no_picture_of_a_message_can_be_shown() -> None:
    for path in TEMPLATES:
        assert not re.search(r"<(img|video|audio|iframe|embed|object|picture)\b", path.read_text("utf-8")), path.name


def test_the_lock_file_says_what_and_nothing_of_where_from() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert packages["node_modules/govuk-frontend"]["version"] == "6.6.0"
    assert packages["node_modules/@ministryofjustice/frontend"]["version"] == "11.1.0"
    assert all(found.get("integrity") for name, found in packages.items() if name)


def test_built_styles_carry_nothing_of_gov_uk_that_is_not_ours_to_use() -> None:
    sheet = STATIC / "built" / "safehand.css"
    if not sheet.is_file():
        pytest.skip("the styles are not built: scripts/styles")
    text = "".join((STATIC / "built" / name).read_text("utf-8") for name in SHEETS)
    for forbidden in ("GDS Transport", "crest", "#1d70b8", "/assets/"):
        assert forbidden not in text
    for font in re.findall(r'url\("?([^")]+)"?\)', text):
        assert font.startswith("data:") or (STATIC / "built" / font).is_file(), font
    assert {path.name for path in (STATIC / "built" / "licences").iterdir()} >= {
        "atkinson-hyperlegible-next.txt", "govuk-frontend.txt", "source-sans-3.txt",
    }  # fmt: skip


def test_every_class_of_ours_is_styled_and_every_style_is_used() -> None:
    sheet = STATIC / "built" / "safehand.css"
    if not sheet.is_file():
        pytest.skip("the styles are not built: scripts/styles")
    names = re.compile(r"\bsh-[a-z0-9_-]+")
    spoken = [path.read_text("utf-8") for path in [*TEMPLATES, *(ROOT / "frontend" / "scripts").glob("*.js")]]
    spoken += [path.read_text("utf-8") for path in (*DESK.rglob("templatetags/*.py"), *DESK.rglob("markup*.py"))]
    spoken += [path.read_text("utf-8") for path in (DESK / "review" / "pictures").glob("*.py")]
    spoken += [path.read_text("utf-8") for path in (ROOT / "frontend" / "sealer").glob("src/page/**/*.ts")]
    used = {name for text in spoken for name in names.findall(text)}
    sheets = "".join((STATIC / "built" / name).read_text("utf-8") for name in SHEETS)
    styled = set(re.findall(r"\.(sh-[a-z0-9_-]+)", sheets))
    made = tuple(name for name in used if name.endswith("--"))  # "sh-kind--" and what the presenter says
    assert {name for name in styled if name not in used and not name.startswith((*made, "sh-file-input--"))} == set()
    # The outermost name of a block may need no style of its own.
    bare = {name for name in used - set(made) - styled if not any(one.startswith(f"{name}__") for one in styled)}
    assert bare <= {"sh-quote__words", "sh-me__name", "sh-tell", "sh-files__what"}
