"""Promises of the repository itself: words, addresses, places, and that documents and code say the same."""

from __future__ import annotations

import re

import pytest

from repository import ROOT, text_of, tracked
from safehand.errors import UsageError
from safehand.model.reference import PATTERN, parse_reference

# The list that forbids words may hold them, and so may these tests.
LEXICON_EXCEPTIONS = {"docs/words.md"}
FORBIDDEN = re.compile(
    r"\b(predators?|offenders?|groomers?|hunters?|victims?|suspects?|paedophiles?|pedophiles?|perverts?)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"https?://[^\s\"')]+\.(whl|tgz|tar\.gz|deb)|\"resolved\"\s*:|^(--index-url|--extra-index-url|-i) ", re.MULTILINE
)
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:root|home/\w+|work|Users/\w+)/\w")


def test_no_file_calls_a_person_what_only_a_court_may() -> None:
    spoken = [
        n for n in tracked() if n.startswith(("src/", "frontend/", "docs/", "README")) and n not in LEXICON_EXCEPTIONS
    ]
    assert len(spoken) > 20
    assert [(name, word[0]) for name in spoken for word in FORBIDDEN.finditer(text_of(name))] == []


def test_no_file_names_a_download_address() -> None:
    assert [
        name for name in tracked() if ADDRESS.search(text_of(name)) and not name.startswith("tests/unit/docs/")
    ] == []


def test_no_file_holds_a_path_of_a_machine() -> None:
    assert [
        name for name in tracked() if MACHINE_PATH.search(text_of(name)) and not name.startswith("tests/unit/docs/")
    ] == []


def with_a_slip(text: str) -> list[str]:
    """References whose check character does not fit: a reader who types one off a page is told that it is wrong."""
    found = []
    for reference in re.findall(PATTERN, text):
        try:
            parse_reference(reference)
        except UsageError:
            found.append(reference)
    return found


def test_every_reference_that_stands_as_an_example_has_the_check_character_that_fits() -> None:
    told = [name for name in tracked() if name.startswith(("src/", "docs/", "README", "CHANGELOG", "examples/"))]
    assert any("SH-7K3M9QXAR" in text_of(name) for name in told)
    assert [(name, slips) for name in told if (slips := with_a_slip(text_of(name)))] == []
    assert with_a_slip("SH-7K3M9QXAR and SH-7K3M9QXAT") == ["SH-7K3M9QXAT"]


def test_no_compiled_or_third_party_asset_is_tracked() -> None:
    endings = (
        ".min.js",
        ".min.css",
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".whl",
        ".so",
        ".zip",
        ".safehand",
        ".db",
        ".sqlite3",
    )
    assert [name for name in tracked() if name.endswith(endings) and not name.startswith("tests/vectors/")] == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    code = [
        n for n in tracked() if n.endswith((".py", ".ts", ".js", ".css", ".scss", ".html")) and "/migrations/" not in n
    ]
    one_file = "verifier/check_safehand.py"  # an expert reads it whole, and copies nothing else
    longer = [(name, lines) for name in code if (lines := len(text_of(name).splitlines())) > 400 and name != one_file]
    assert longer == []
    assert len(text_of(one_file).splitlines()) < 800


def test_every_decision_stands_in_the_index() -> None:
    index = text_of("docs/adr/README.md")
    decisions = sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
    assert len(decisions) >= 3
    assert [name for name in decisions if f"({name})" not in index] == []


def test_every_package_of_the_house_has_its_room_on_the_map() -> None:
    drawn = text_of("docs/map.md")
    rooms = [path.name for path in (ROOT / "src/safehand").iterdir() if (path / "__init__.py").is_file()]
    assert len(rooms) >= 6
    assert [room for room in rooms if room not in drawn] == []


@pytest.mark.parametrize(
    "document", sorted(str(p.relative_to(ROOT)) for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
)
def test_every_link_between_documents_leads_somewhere(document: str) -> None:
    here = (ROOT / document).parent
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text_of(document))
    assert [target for target in targets if not (here / target).exists()] == []
