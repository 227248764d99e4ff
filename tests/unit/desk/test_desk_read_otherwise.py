"""A case file that another version built stays readable; its officer may have it read again, and nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from casefile_builders import KEY, Made, conversation, texts
from desk_cast import WORDS, Ready
from safehand.casefile import build
from safehand.casefile.read import open_casefile
from safehand.casefile.store import open_to_write
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import CustodyEntry

READ_AGAIN = "Read it again"


@pytest.fixture(params=["READERS", "__version__"])
def older(ready: Ready, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Ready:
    """A case that was read by other readers, or by another version."""
    with monkeypatch.context() as then:
        then.setattr(build, request.param, {"READERS": 0, "__version__": "0.0.1"}[request.param])
        Made(events=conversation(texts(*WORDS))).build(case_file_path(ready.case), case_key(ready.case))
    return ready


def page(browser: Client, ready: Ready, name: str) -> str:
    answer = browser.get(f"/cases/{ready.case.reference}/{name}/")
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_what_another_version_read_can_be_read_and_read_again(older: Ready, as_alice: Client) -> None:
    assert WORDS[0] in page(as_alice, older, "conversations/1")
    assert "Another version of Safehand read it" in page(as_alice, older, "evidence")
    report = page(as_alice, older, "report")
    assert READ_AGAIN in report
    assert "Read the conversations" in report, "what was read stands"
    assert Package.objects.get().state == PackageState.READY, "nothing happens by being looked at"
    as_alice.post(f"/cases/{older.case.reference}/report/again")
    assert CustodyEntry.objects.filter(verb=Verb.PACKAGE_TRIED_AGAIN, actor="officer:alice").count() == 1
    assert Package.objects.get().state == PackageState.RECEIVED


def test_what_this_version_read_is_not_read_again(ready: Ready, as_alice: Client) -> None:
    assert READ_AGAIN not in page(as_alice, ready, "report")
    assert "Another version" not in page(as_alice, ready, "evidence")
    assert as_alice.post(f"/cases/{ready.case.reference}/report/again").status_code == 404


def test_a_case_file_without_a_number_of_its_readers_was_read_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "older.casefile"
    Made().build(path, KEY)
    with open_casefile(path, KEY) as casefile:
        assert casefile.is_read_as_now()
    connection = open_to_write(path, KEY)
    connection.execute("DELETE FROM meta WHERE name = 'readers'")
    connection.close()
    with open_casefile(path, KEY) as casefile:
        assert not casefile.is_read_as_now()
