"""What the worker does with a package: checked, read, refused or stopped, and never lost."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

import roblox_return as roblox
from desk_cast import LOOKS_SEALED, Cast, clock
from desk_packages import chat, sealed
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.cases.opening import case_file_path, open_case_file
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.location import FIRST, the_second
from safehand.desk.custody.models import Copy, CustodyEntry
from safehand.desk.intake import processing
from safehand.desk.intake.actions import receive, try_again
from safehand.desk.intake.processing import Attempt, Superseded, process
from safehand.desk.settings.mirror import Folder
from safehand.errors import CannotWrite, CheckFailed
from safehand.signing.keys import new_desk_keys
from zip_made import Member, deflate, zip_of

pytestmark = pytest.mark.django_db


def handed_in(cast: Cast, state: State, data: bytes) -> Package:
    with EvidenceStore(state).begin(1 << 24) as incoming:
        incoming.write(data)
        return receive(cast.alice, incoming, clock=clock).package


def verbs() -> list[str]:
    return list(CustodyEntry.objects.values_list("verb", flat=True))


@pytest.fixture
def package(cast: Cast, desk_state: State, tmp_path: Path) -> Package:
    return handed_in(cast, desk_state, sealed(desk_state, tmp_path / "made", chat()))


def test_a_whole_package_is_checked_and_read(package: Package, desk_state: State) -> None:
    assert process(package.pk, clock=clock) == "ready"
    package.refresh_from_db()
    assert package.report["passed"] is True
    assert (package.summary["conversations"], package.summary["messages"], package.done) == (1, 12, 12)
    assert package.summary["danger"] is True
    assert package.summary["meeting_on"] == "2026-11-24T15:30"
    (account,) = package.account
    assert account["bytes"] == sum(size for _, size in account["segments"].values()) == len(chat())
    with open_case_file(package.case) as casefile:
        lines = casefile.page(1, 1, 100)
    assert len(lines) == 12
    assert lines[0].message.sent.zone == "Europe/London"
    assert lines[0].message.sent.zone_by == "holder"
    assert verbs() == ["case.opened", "package.received", "package.verified", "package.read"]
    assert list(desk_state.work.iterdir()) == [], "no unsealed text is left"


POSTS = b"id,permalink,date,ip,subreddit,gildings,title,url,body\nk3,,2026-01-04 19:02:11 UTC,,allotments,0,Peas,,up\n"


def test_a_platform_that_is_known_and_not_read_is_named_wherever_an_officer_looks(
    cast: Cast, desk_state: State, tmp_path: Path, as_alice: Client
) -> None:
    made = sealed(desk_state, tmp_path / "made", POSTS, file="Plot 14 with Priya.csv")
    package = handed_in(cast, desk_state, made)
    assert process(package.pk, clock=clock) == "ready"
    package.refresh_from_db()
    assert package.summary["not_read"]["platforms"] == ["Reddit"]
    case = f"/cases/{package.case.reference}/"
    inbox, report, conversations = (
        unescape(as_alice.get(path).content.decode()) for path in ("/inbox/", f"{case}report/", f"{case}conversations/")
    )
    assert "Reddit, which this version does not read" in inbox
    assert "Ready to read" not in inbox + report
    assert f'<a class="sh-btn" href="{case}report/">See what it is' in inbox
    assert "Read the conversations" not in report
    for page in (report, conversations):
        assert "Reddit: 1 file, another part of Reddit's own data: known to this version and not read" in page
        assert "Priya" not in page


def test_nothing_is_said_of_other_platforms_where_everything_was_read(package: Package, as_alice: Client) -> None:
    process(package.pk, clock=clock)
    case = f"/cases/{package.case.reference}/"
    for path in ("/inbox/", f"{case}report/", f"{case}conversations/"):
        page = as_alice.get(path).content.decode()
        assert "this version" not in page, path
    assert "Ready to read" in as_alice.get("/inbox/").content.decode()


def test_a_return_that_an_officer_sealed_is_read_as_every_other_package(
    cast: Cast, desk_state: State, tmp_path: Path
) -> None:
    data = roblox.chat([[roblox.said("1", "blocky", f"row {n} of peas is up", roblox.at(n)) for n in range(3)]])
    made = sealed(desk_state, tmp_path / "made", data, file=roblox.NAME, at_desk=True)
    package = handed_in(cast, desk_state, made)
    assert process(package.pk, clock=clock) == "ready"
    package.refresh_from_db()
    assert (package.summary["conversations"], package.summary["messages"]) == (1, 3)
    assert package.summary["not_read"]["platforms"] == []


TABLE = b"Date;From;Message\n22/04/2023 10:00;Priya;Peas are up\n22/04/2023 10:05;Sam;Good\n"
STATED = b"""
[[tables]]
file = "plot 14.csv"
columns = "time=1,sender=2,text=3"
time_format = "DD/MM/YYYY HH:MM"
"""


def test_a_table_is_read_by_the_columns_that_the_holder_stated_and_not_without(
    cast: Cast, desk_state: State, tmp_path: Path
) -> None:
    made = sealed(desk_state, tmp_path / "stated", TABLE, file="plot 14.csv", more=STATED)
    package = handed_in(cast, desk_state, made)
    assert process(package.pk, clock=clock) == "ready"
    package.refresh_from_db()
    assert (package.summary["conversations"], package.summary["messages"], package.summary["tables"]) == (1, 2, 1)
    with open_case_file(package.case) as casefile:
        first = casefile.page(1, 1, 100)[0].message
    assert (first.sender, first.text, first.sent.zone_by) == ("Priya", "Peas are up", "holder")
    silent = handed_in(cast, desk_state, sealed(desk_state, tmp_path / "silent", TABLE, file="plot 14.csv"))
    assert process(silent.pk, clock=clock) == "ready"
    silent.refresh_from_db()
    assert silent.summary["messages"] == 0
    assert silent.summary["not_read"]["platforms"] == ["Table"]


DAMAGED = {
    "cut short": (Member(b"_chat.txt", chat(), packed=deflate(chat())[:-40]), "only a part of it could be unpacked"),
    "changed": (Member(b"_chat.txt", chat(), crc32=1), "do not have the checksum that its archive states"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_what_the_statement_doubts_of_a_file_stands_beside_it_on_the_evidence_page(
    damage: str, cast: Cast, desk_state: State, tmp_path: Path, as_alice: Client
) -> None:
    member, words = DAMAGED[damage]
    made = sealed(desk_state, tmp_path / "made", zip_of([member]).data, file="WhatsApp Chat - Plot 14.zip")
    package = handed_in(cast, desk_state, made)
    assert process(package.pk, clock=clock) == "ready"
    page = as_alice.get(f"/cases/{package.case.reference}/evidence/").content.decode()
    account = page.split('id="file-1">data/0001')[1]
    assert words in account


def test_nothing_is_doubted_of_a_file_that_came_whole(package: Package, as_alice: Client) -> None:
    process(package.pk, clock=clock)
    page = as_alice.get(f"/cases/{package.case.reference}/evidence/").content.decode()
    assert "archive states." not in page
    assert "could be unpacked" not in page


def test_doing_it_again_changes_nothing(package: Package) -> None:
    process(package.pk, clock=clock)
    before = (Package.objects.values().get(), verbs(), case_file_path(package.case).stat().st_mtime_ns)
    assert process(package.pk, clock=clock) == "nothing to do"
    assert (Package.objects.values().get(), verbs(), case_file_path(package.case).stat().st_mtime_ns) == before


def test_a_damaged_case_file_is_replaced_when_it_is_read_again(package: Package, cast: Cast) -> None:
    process(package.pk, clock=clock)
    package.refresh_from_db()
    path = case_file_path(package.case)
    path.chmod(0o600)
    path.write_bytes(bytes(path.stat().st_size))
    try_again(cast.alice, package.case, clock=clock)
    assert process(package.pk, clock=clock) == "ready"
    with open_case_file(Package.objects.get().case) as casefile:
        assert casefile.conversations()


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


REFUSED: dict[str, tuple[Any, str]] = {
    "cut short": (lambda data: data[: len(data) - 100], "package_damaged"),
    "changed near its end": (lambda data: flipped(data, len(data) - 50), "package_damaged"),
    "nothing but a first line": (lambda data: data[: len(LOOKS_SEALED)], "package_damaged"),
    "its first line, and a chat": (lambda _: LOOKS_SEALED + chat(), "package_damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_package_that_does_not_match_its_seal_is_kept_and_every_problem_shown(
    name: str, cast: Cast, desk_state: State, tmp_path: Path, as_alice: Client
) -> None:
    change, why = REFUSED[name]
    package = handed_in(cast, desk_state, change(sealed(desk_state, tmp_path / "made", chat())))
    assert process(package.pk, clock=clock) == "refused"
    package.refresh_from_db()
    assert package.why == why
    problems = [problem for step in package.report["steps"] for problem in step["problems"]]
    assert problems
    assert EvidenceStore(desk_state).check(package.sha256) == package.size, "it is kept as it came"
    assert not case_file_path(package.case).exists()
    assert verbs()[-1] == "package.refused"
    assert list(desk_state.work.iterdir()) == []
    page = as_alice.get(f"/cases/{package.case.reference}/report/").content.decode()
    for problem in problems:
        assert problem["found"].replace("'", "&#x27;") in page
    assert as_alice.get(f"/cases/{package.case.reference}/conversations/").status_code == 302


def test_a_package_for_another_desk_is_said_to_be_that(cast: Cast, desk_state: State, tmp_path: Path) -> None:
    other = State(tmp_path / "other")
    other.make()
    new_desk_keys(other.keys, "Another unit", clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    package = handed_in(cast, desk_state, sealed(other, tmp_path / "made", chat()))
    assert process(package.pk, clock=clock) == "refused"
    assert Package.objects.get().why == "wrong_key"


def test_no_words_of_a_package_stand_in_the_database_or_in_file_names(
    cast: Cast, desk_state: State, tmp_path: Path
) -> None:
    package = handed_in(
        cast, desk_state, sealed(desk_state, tmp_path / "made", chat(), file="Chat with Priya Wren.txt")
    )
    process(package.pk, clock=clock)
    whole = repr(Package.objects.values().get()) + "".join(str(path) for path in desk_state.root.rglob("*"))
    for secret in ("Priya", "Wren", "peas", "Chat with"):
        assert secret not in whole


@pytest.mark.parametrize("text", [b"", b"nothing we know\n" * 20])
def test_what_is_no_export_is_accounted_for_and_holds_no_conversation(
    text: bytes, cast: Cast, desk_state: State, tmp_path: Path
) -> None:
    package = handed_in(cast, desk_state, sealed(desk_state, tmp_path / "made", text or b"\n"))
    assert process(package.pk, clock=clock) == "ready"
    package.refresh_from_db()
    assert package.summary["conversations"] == 0
    assert package.account[0]["bytes"] == len(text or b"\n")


STOPS: dict[str, tuple[Exception, str]] = {
    "a full disk": (CannotWrite("no room"), "cannot_write"),
    "a bug of ours": (ZeroDivisionError("Priya Wren said peas"), "unexpected"),
    "no memory": (MemoryError(), "unexpected"),
    "the machine": (OSError(errno.EIO, "Input/output error"), "unexpected"),
}


@pytest.mark.parametrize("name", STOPS)
def test_trouble_of_the_desk_stops_it_and_nothing_is_lost(
    name: str, package: Package, desk_state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    error, why = STOPS[name]

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(processing, "read_into_case_file", fail)
    assert process(package.pk, clock=clock) == "stopped"
    package.refresh_from_db()
    assert package.why == why
    assert EvidenceStore(desk_state).check(package.sha256)
    assert verbs()[-1] == "package.stopped"
    assert list(desk_state.work.iterdir()) == []
    assert "Priya" not in caplog.text


def test_an_attempt_that_was_overtaken_changes_nothing(package: Package) -> None:
    slow = Attempt.begin(package.pk, clock)
    assert slow is not None
    quick = Attempt.begin(package.pk, clock)
    assert quick is not None
    with pytest.raises(Superseded):
        slow._tell(5)
    with pytest.raises(Superseded):
        slow._finish(PackageState.READY, Verb.PACKAGE_READ, {})
    slow.stop("unexpected")
    quick.run()
    package.refresh_from_db()
    assert package.state == PackageState.READY
    assert verbs() == ["case.opened", "package.received", "package.verified", "package.read"]


def test_what_an_earlier_attempt_left_in_the_work_directory_is_taken_away(package: Package, desk_state: State) -> None:
    left = desk_state.work / f"{package.case.reference}-left"
    left.mkdir()
    (left / "0001.txt").write_text("unsealed")
    process(package.pk, clock=clock)
    assert list(desk_state.work.iterdir()) == []


def test_a_stored_package_that_changed_is_read_from_the_second_location(
    package: Package, desk_state: State, tmp_path: Path, settings: Settings
) -> None:
    second = tmp_path / "second"
    second.mkdir()
    settings.MIRROR = Folder(second)
    location = the_second(settings.MIRROR)
    assert location is not None
    location.set_mark("this desk")
    path = EvidenceStore(desk_state).path(package.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    assert process(package.pk, clock=clock) == "stopped"
    assert Package.objects.get().why == "check_failed"
    Package.objects.update(state=PackageState.RECEIVED)
    whole = tmp_path / "made" / "chat.safehand"
    location.put(package.sha256, [whole.read_bytes()])
    assert process(package.pk, clock=clock) == "ready"
    assert Copy.objects.get(location=FIRST).due_at == moment(clock()), "it is looked at now, and not in a month"
    with pytest.raises(CheckFailed):  # reading puts nothing right by itself
        EvidenceStore(desk_state).check(package.sha256)


def test_a_stored_package_that_is_gone_is_said_to_be(package: Package, desk_state: State, as_alice: Client) -> None:
    EvidenceStore(desk_state).path(package.sha256).unlink()
    assert process(package.pk, clock=clock) == "stopped"
    page = as_alice.get(f"/cases/{package.case.reference}/report/").content.decode()
    assert "is not in the evidence store" in page


def test_a_stored_package_that_changed_is_not_read(package: Package, desk_state: State, tmp_path: Path) -> None:
    path = EvidenceStore(desk_state).path(package.sha256)
    path.chmod(0o600)
    path.write_bytes(sealed(desk_state, tmp_path / "other", chat(3)))
    assert process(package.pk, clock=clock) == "stopped"
    assert Package.objects.get().why == "check_failed"
