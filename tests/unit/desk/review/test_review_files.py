"""The files that were listed and never opened: their names stand in the reader, each as it is written, and recorded."""

from __future__ import annotations

import pytest
from django.test import Client

from casefile_builders import Made
from desk_cast import PRIYA, Ready
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.review import actions
from safehand.model.attachment import FileType, Registered

REFUSED = "It was listed when the package was sealed, and not read."
FILES = (
    Registered(f"{PRIYA} at the gate.jpg", FileType.IMAGE, 48_211),
    Registered("plot\u202efdp\r\n.txt", FileType.TEXT, refused=REFUSED),
    Registered("<b>Sam</b>.vcf", FileType.CONTACT, 12),
)


@pytest.fixture
def listed(ready: Ready) -> Ready:
    """A case whose export came with three files that no message speaks of."""
    Made(register=FILES).build(case_file_path(ready.case), case_key(ready.case))
    ready.package.summary = {**ready.package.summary, "listed_not_opened": 3}
    ready.package.save()
    return ready


def page(browser: Client, ready: Ready, path: str) -> str:
    answer = browser.get(f"/cases/{ready.case.reference}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_listed_file_stands_in_the_reader_with_its_type_size_and_why_it_was_refused(
    listed: Ready, as_bob: Client
) -> None:
    shown = page(as_bob, listed, "conversations/files/")
    for words in (f"<bdi>{PRIYA} at the gate.jpg</bdi>", "Image", "48 kB", "not stated", REFUSED, "3 files"):
        assert words in shown


def test_nothing_is_hidden_in_a_name(listed: Ready, as_alice: Client) -> None:
    shown = page(as_alice, listed, "conversations/files/")
    assert "\u202e" not in shown
    boxes = "".join(f'<span class="sh-named-char">{name}</span>' for name in ("CR", "LF"))
    assert f'plot<span class="sh-named-char">U+202E</span>fdp{boxes}.txt' in shown
    assert "&lt;b&gt;Sam&lt;/b&gt;.vcf" in shown


@pytest.mark.parametrize("path", ["conversations/", "evidence/"])
def test_the_way_to_the_names_stands_where_they_are_counted_and_no_name_does(
    path: str, listed: Ready, as_alice: Client
) -> None:
    shown = page(as_alice, listed, path)
    assert f'href="/cases/{listed.case.reference}/conversations/files/"' in shown
    for name in (PRIYA, "Sam", "fdp"):
        assert name not in shown


def test_looking_is_recorded_without_a_name(listed: Ready, as_alice: Client) -> None:
    page(as_alice, listed, "conversations/files/")
    entry = CustodyEntry.objects.get(verb=Verb.FILES_LISTED)
    assert (entry.actor, entry.act, entry.record) == (
        "officer:alice",
        "consultation",
        f"package:{listed.package.sha256}",
    )
    assert b'"files":3' in bytes(entry.canonical)
    assert PRIYA.encode() not in bytes(entry.canonical)
    assert "Looked at the names of listed files" in page(as_alice, listed, "who-saw-what/?purpose=lawfulness")


def test_a_long_list_is_shown_a_page_at_a_time(
    listed: Ready, as_alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LISTED", 2)
    first, second = (page(as_alice, listed, f"conversations/files/{query}") for query in ("", "?after=2"))
    assert ("1 to 2 of 3 files" in first, "?after=2" in first, "Sam" in first) == (True, True, False)
    assert ("3 to 3 of 3 files" in second, "?after=0" in second, "Sam" in second) == (True, True, True)


@pytest.mark.parametrize("query", ["?after=3", "?after=-1", "?after=many", "?after=" + "9" * 30])
def test_a_part_of_the_list_that_is_not_there_is_404(query: str, listed: Ready, as_alice: Client) -> None:
    assert as_alice.get(f"/cases/{listed.case.reference}/conversations/files/{query}").status_code == 404
    assert not CustodyEntry.objects.filter(verb=Verb.FILES_LISTED).exists()
