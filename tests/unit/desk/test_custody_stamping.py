"""Timestamps of checkpoints: asked for by the worker, checked, kept with their chain; a failure is seen, and told."""

from __future__ import annotations

import subprocess
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import Http404
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import NOW, Cast, clock, hold, signed_in
from repository import ROOT
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.asking import asking_of
from safehand.desk.custody.models import CustodyEntry, LogAsking, LogAuthority, LogTimestamp
from safehand.desk.custody.signed_log import SignedLog, sign_log, sign_now
from safehand.desk.custody.stamping import (
    EVERY,
    STAMP,
    problems_of_stamps,
    stamp_newest,
    stamp_state,
    stamp_when_due,
)
from safehand.desk.intake.alarms import standing_alarms, supervisor_knows
from safehand.desk.intake.log_alarms import log_alarm_known, raise_log_alarms
from safehand.desk.intake.models import Alarm
from safehand.desk.log_shell import stamps
from safehand.desk.officers.roles import Role
from safehand.desk.rows_of_log import problems_of_rows
from safehand.desk.settings import authority as settings_authority
from safehand.errors import CannotRead, NotAllowed, UsageError
from safehand.log.note import format_note
from timestamp_authority import Authority

pytestmark = pytest.mark.django_db

MINUTE = 60_000_000
ADDRESS = "http://tsa.example/tsr"
WHERE = "/log/checkpoint/"


def at(minutes: float) -> partial[int]:
    """A clock that stands so many minutes after ten."""
    return partial(int, NOW + int(minutes * MINUTE))


@pytest.fixture
def authority(tmp_path: Path, settings: Settings) -> Authority:
    made = Authority(tmp_path / "authority")
    settings.TIMESTAMPS = settings_authority.Authority(ADDRESS, made.certificates)
    return made


class Line:
    """Stands for the network: what an authority answers, or nothing."""

    def __init__(self, authority: Authority | None, answer: bytes | None = None) -> None:
        self.authority = authority
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, request: bytes, address: str) -> bytes:
        self.asked.append(address)
        if self.answer is not None:
            return self.answer
        if self.authority is None:
            raise CannotRead("The timestamp authority did not answer.")
        return self.authority.answer(request)


def signed(state: State, minutes: float = 0) -> SignedLog:
    """One entry more, and the log signed over it by the chore."""
    with transaction.atomic():
        record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=at(minutes))
    return sign_log(state, clock=at(minutes))


# Asked for, checked, kept.


def test_nobody_is_asked_unless_one_is_set_and_the_page_says_that(desk_state: State, cast: Cast) -> None:
    signed(desk_state)
    line = Line(None)
    stamp_when_due(clock)
    assert not stamp_newest(clock, line)
    assert (line.asked, LogAsking.objects.count(), DBTaskResult.objects.count()) == ([], 0, 0)
    assert "no authority is asked, so the time above" in signed_in(cast.alice).get(WHERE).content.decode()
    assert stamps() == "No authority is asked for timestamps."
    assert raise_log_alarms(at(9999)) == 0


def test_a_checkpoint_is_stamped_as_it_was_signed_and_the_chain_is_kept_beside_it(
    desk_state: State, authority: Authority, cast: Cast
) -> None:
    made = signed(desk_state)
    entries = CustodyEntry.objects.count()
    line = Line(authority)
    assert stamp_newest(clock, line)
    assert line.asked == [ADDRESS]
    stamp = LogTimestamp.objects.get()
    assert stamp.checkpoint.note == format_note(made.note)
    assert stamp.authority.certificates == authority.certificates.read_text("ascii")
    assert abs(stamp.moment // 1_000_000 - time.time()) < 300
    assert (CustodyEntry.objects.count(), list(problems_of_stamps(clock))) == (entries, [])
    assert not [problem for problem in problems_of_rows() if "What was decided" in problem], "no entry speaks of it"
    page = signed_in(cast.alice).get(WHERE).content.decode()
    assert "by the clock of an authority (RFC 3161)" in page
    assert "one of them is wrong" in page, "the tests' desk is not at today"
    assert stamps().startswith("The checkpoint of 1 entries is stamped 20")
    assert not stamp_newest(at(9999), line), "what is stamped is not stamped again"
    with pytest.raises(UsageError):
        LogTimestamp.objects.update(moment=1)


def test_one_an_hour_is_stamped_and_at_once_what_somebody_has_signed(desk_state: State, authority: Authority) -> None:
    line = Line(authority)
    signed(desk_state)
    assert stamp_newest(clock, line)
    signed(desk_state, 10)
    assert not stamp_newest(at(10), line)
    sign_now("officer:alice", desk_state, clock=at(20))
    assert stamp_newest(at(20), line)
    signed(desk_state, 30)
    minutes = 20 + EVERY // MINUTE
    assert not stamp_newest(at(minutes - 1), line)
    assert stamp_newest(at(minutes), line)
    assert sorted(LogTimestamp.objects.values_list("checkpoint__size", flat=True)) == [1, 3, 4]
    assert LogAuthority.objects.count() == 1, "the same certificates are kept once"


@pytest.mark.usefixtures("authority")
def test_the_heart_of_a_worker_asks_nobody_itself_and_one_worker_asks_at_a_time(desk_state: State) -> None:
    stamp_when_due(clock)
    assert not DBTaskResult.objects.exists(), "nothing is signed yet"
    signed(desk_state)
    for _ in range(3):
        stamp_when_due(clock)
    (task,) = DBTaskResult.objects.all()
    assert task.task_path.endswith("custody.tasks.stamp_checkpoint")
    stamp_when_due(at(4))
    assert DBTaskResult.objects.count() == 2, "a worker that died over it is followed by another"


# When it fails.


def test_it_is_asked_again_after_longer_and_longer_and_the_page_says_how_it_went(
    desk_state: State, authority: Authority, cast: Cast
) -> None:
    signed(desk_state)
    waits = []
    for _ in range(9):
        assert not stamp_newest(clock, Line(None))
        waits.append((asking_of(STAMP, clock).next_at - NOW) // MINUTE)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    page = signed_in(cast.alice).get(WHERE).content.decode()
    said = "Tried 9 times and not stamped, last on 22 November 2026, 10:00:00: The timestamp authority did not answer."
    assert f"{said} It is tried again on 22 November 2026, 11:00:00." in page
    assert "asked 9 times. The timestamp authority did not answer." in stamps()
    assert [problem for problem in problems_of_stamps(clock) if "asked 9 times" in problem]
    stamp_when_due(at(59))
    assert not DBTaskResult.objects.exists()
    stamp_when_due(at(60))
    assert DBTaskResult.objects.count() == 1
    assert stamp_newest(at(60), Line(authority))
    assert (stamp_state(at(60)).failing, list(problems_of_stamps(at(60)))) == (None, [])


@pytest.mark.parametrize("how", ["of another text", "of another authority", "nothing", "a refusal", "no certificates"])
def test_what_is_no_timestamp_of_this_checkpoint_is_not_kept(
    desk_state: State, authority: Authority, how: str, tmp_path: Path
) -> None:
    signed(desk_state)
    line = Line(authority)
    if how == "of another text":
        line.answer = authority.stamp(b"another")
    elif how == "of another authority":
        line.authority = Authority(tmp_path / "other")
    elif how == "nothing":
        line.answer = b""
    elif how == "a refusal":
        line.answer = bytes.fromhex("30053003020102")
    else:
        authority.certificates.write_text("allotment")
    assert not stamp_newest(clock, line)
    assert not LogTimestamp.objects.exists()
    failing = stamp_state(clock).failing
    assert failing is not None
    assert (failing.tries, bool(failing.answer)) == (1, True)


@pytest.mark.parametrize("column", ["token", "note"])
def test_a_timestamp_that_is_no_longer_of_its_checkpoint_is_found(
    desk_state: State, authority: Authority, column: str
) -> None:
    signed(desk_state)
    stamp_newest(clock, Line(authority))
    with connection.cursor() as cursor:
        if column == "token":
            cursor.execute("UPDATE custody_logtimestamp SET token = %s", [authority.stamp(b"another")])
        else:
            cursor.execute("UPDATE custody_logcheckpoint SET note = REPLACE(note, '1', '2')")
    assert list(problems_of_stamps(clock)) == ["custody log, checkpoint of 1: Its timestamp is not what it was."]


# The alarm.


@pytest.mark.usefixtures("authority")
def test_whoever_lodges_is_told_when_none_came_for_a_day_and_says_by_name_that_they_know(
    desk_state: State, cast: Cast
) -> None:
    stamp_state(clock)  # the desk begins to ask
    signed(desk_state, 5)
    assert raise_log_alarms(at(5 + 24 * 60 - 1)) == 0
    assert [raise_log_alarms(at(5 + 24 * 60)) for _ in range(2)] == [1, 0]
    raised = CustodyEntry.objects.latest("sequence")
    assert (raised.verb, raised.actor, raised.record, raised.case) == ("alarm.raised", "desk:worker", "log", "")
    custodian, triage = hold(cast.bob, Role.CUSTODIAN), hold(cast.charlie, Role.TRIAGE)
    (alarm,) = standing_alarms(custodian)
    assert (alarm.called, standing_alarms(triage)) == ("log", [])
    browser = signed_in(custodian)
    page = browser.get(WHERE).content.decode()
    assert "No authority has stamped the custody log since 22 November 2026, 10:05." in page
    with pytest.raises(NotAllowed):
        log_alarm_known(triage, alarm.pk, clock=clock)
    assert browser.post(f"/log/alarms/{alarm.pk}/known").status_code == 302
    known = CustodyEntry.objects.latest("sequence")
    assert (known.verb, known.actor, known.record) == ("alarm.known", "officer:bob", "log")
    assert browser.post(f"/log/alarms/{alarm.pk}/known").status_code == 302
    assert CustodyEntry.objects.latest("sequence") == known, "said again, nothing changes"
    assert standing_alarms(custodian) == []
    assert browser.post("/log/alarms/77/known").status_code == 404


@pytest.mark.usefixtures("authority")
def test_an_alarm_of_the_log_is_not_ended_as_one_of_a_report(desk_state: State, cast: Cast) -> None:
    stamp_state(clock)
    signed(desk_state)
    raise_log_alarms(at(24 * 60))
    alarm = Alarm.objects.get()
    assert signed_in(cast.alice).post(f"/alarms/{alarm.pk}/supervisor-knows").status_code == 404
    with pytest.raises(Http404):
        supervisor_knows(cast.alice, alarm.pk, clock=clock)


@pytest.mark.usefixtures("authority")
def test_a_desk_of_many_years_is_given_a_day_from_when_it_was_set_to_ask(desk_state: State) -> None:
    signed(desk_state)
    stamp_state(at(9999))
    assert raise_log_alarms(at(9999 + 24 * 60 - 1)) == 0
    assert raise_log_alarms(at(9999 + 24 * 60)) == 1


# What an expert does with it.


def test_openssl_finds_it_good_after_the_authoritys_certificate_has_expired(
    desk_state: State, tmp_path: Path, settings: Settings
) -> None:
    short = Authority(tmp_path / "short", valid=timedelta(seconds=2))
    ends = datetime.now(UTC) + timedelta(seconds=2)
    settings.TIMESTAMPS = settings_authority.Authority(ADDRESS, short.certificates)
    signed(desk_state)
    assert stamp_newest(clock, Line(short))
    time.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()) + 0.1)
    assert list(problems_of_stamps(clock)) == []
    stamp = LogTimestamp.objects.get()
    (tmp_path / "checkpoint.txt").write_text(stamp.checkpoint.note)
    (tmp_path / "checkpoint.tsr").write_bytes(bytes(stamp.token))
    (tmp_path / "authorities.pem").write_text(stamp.authority.certificates)
    commands = guide_commands()
    assert "Verification: OK" in run(commands, tmp_path)
    assert "Verification: OK" not in run(commands.partition(" -attime")[0], tmp_path)
    (tmp_path / "checkpoint.txt").write_text(stamp.checkpoint.note.replace("1", "2", 1))
    assert "Verification: OK" not in run(commands, tmp_path)


def guide_commands() -> str:
    """As the guide has them."""
    guide = (ROOT / "docs/guides/court-expert.md").read_text("utf-8")
    section = guide.partition("## When it was there at the latest\n")[2].partition("\n## ")[0]
    return "\n".join(line.strip() for line in section.splitlines() if line.startswith("    "))


def run(commands: str, folder: Path) -> str:
    found = subprocess.run(["sh", "-c", commands], cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout + found.stderr


# Settings.


@pytest.mark.parametrize(
    "said",
    ["http://tsa.example", "tsa.example {}", "http:// {}", "ftp://tsa.example {}", "{0} {0}", "'", "http://t no"],
)
def test_what_names_no_authority_stops_the_start(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tsa.pem"
    path.write_text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
    monkeypatch.setenv("SAFEHAND_TIMESTAMPS", f"http://tsa.example:8080/tsr {path}")
    assert settings_authority.authority("SAFEHAND_TIMESTAMPS") is not None
    monkeypatch.setenv("SAFEHAND_TIMESTAMPS", said.format(path))
    with pytest.raises(UsageError):
        settings_authority.authority("SAFEHAND_TIMESTAMPS")


def test_where_none_is_named_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFEHAND_TIMESTAMPS", raising=False)
    assert settings_authority.authority("SAFEHAND_TIMESTAMPS") is None
