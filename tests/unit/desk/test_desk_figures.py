"""Figures and health: true, of nobody, and told to nobody but this machine."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import NAMES, PASSWORD, WORDS, Ready, signed_in
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core import counted, figures, health, listening
from safehand.desk.core.clock import moment, system_clock
from safehand.desk.core.figures import Figure, Sample, format_figures
from safehand.desk.core.models import Heartbeat
from safehand.desk.core.state import State
from safehand.desk.core.worker import LEASE
from safehand.desk.custody import figures as of_log
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.models import Copy
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.custody.stamping import StampState
from safehand.desk.intake.tasks import process_package
from safehand.desk.keeping import figures as of_copies

pytestmark = pytest.mark.django_db

LINE = re.compile(r'(?P<name>safehand_[a-z_]+)(?:\{(?P<labels>[a-z]+="[^"]+"(?:,[a-z]+="[^"]+")*)\})? (?P<value>\S+)')
KINDS = {"counter", "gauge", "histogram"}


@pytest.fixture
def counting(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """This process counts, in a folder of its own."""
    settings.COUNTS = tmp_path / "counts"
    settings.COUNTS.mkdir()
    counted._own.clear()
    yield
    counted._own.clear()


def told() -> dict[str, float]:
    """Every line, by its name and labels. A line that Prometheus could not read fails."""
    found: dict[str, float] = {}
    for line in listening.answer("/metrics")[2].splitlines():
        if line.startswith("# TYPE"):
            assert line.split(" ")[3] in KINDS
        elif not line.startswith("# HELP"):
            assert LINE.fullmatch(line), line
            name, _, value = line.rpartition(" ")
            assert name not in found, "one line a series"
            found[name] = float(value)
    return found


@pytest.mark.usefixtures("counting")
def test_pages_are_counted_by_their_name_and_by_what_they_answered(ready: Ready) -> None:
    browser = signed_in(ready.cast.alice)
    for path, status in (
        ("/inbox/", 200),
        ("/inbox/", 200),
        (f"/cases/{ready.case.reference}/conversations/", 200),
        (f"/cases/{NAMES[0]}/conversations/", 404),
        ("/cases/SH-7K3M9QXA2/conversations/", 404),
    ):
        assert browser.get(path).status_code == status
    found = told()
    assert found['safehand_pages_total{page="triage:inbox",answer="2xx"}'] == 2
    assert found['safehand_pages_total{page="review:conversations",answer="2xx"}'] == 1
    assert found['safehand_pages_total{page="review:conversations",answer="4xx"}'] == 1
    assert found['safehand_pages_total{page="other",answer="4xx"}'] == 1
    assert found['safehand_page_seconds_count{page="triage:inbox"}'] == 2
    assert found['safehand_page_seconds_bucket{page="triage:inbox",le="+Inf"}'] == 2
    assert found["safehand_log_wait_seconds_count"] >= 1, "the list of conversations was an entry"


@pytest.mark.usefixtures("counting")
def test_a_histogram_adds_up_upwards() -> None:
    for seconds in (0.003, 0.3, 0.4, 0.41, 60):
        counted.page_served("triage:inbox", 200, seconds)
    found = told()
    within = [found[f'safehand_page_seconds_bucket{{page="triage:inbox",le="{each}"}}'] for each in counted.WITHIN]
    assert within == [1, 1, 1, 1, 1, 3, 4, 4, 4]
    assert found['safehand_page_seconds_sum{page="triage:inbox"}'] == pytest.approx(61.113)


@pytest.mark.usefixtures("counting")
def test_a_page_that_breaks_is_counted_as_one() -> None:
    def breaks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
        return HttpResponse(status=500)

    counted.count_pages(breaks)(RequestFactory().get("/inbox/"))
    assert told()['safehand_pages_total{page="other",answer="5xx"}'] == 1


@pytest.mark.usefixtures("counting")
def test_nothing_that_is_told_holds_a_name_a_case_an_officer_or_a_word(ready: Ready) -> None:
    """The desk is full of canaries, and every page of a case is asked for in ways that hold them."""
    browser = signed_in(ready.cast.alice)
    for path in (
        f"/cases/{ready.case.reference}/conversations/1/?words={WORDS[0]}",
        f"/cases/{ready.case.reference}/search/?q={NAMES[0]}",
        f"/{NAMES[1]}/",
        f"/{ready.case.reference}",
    ):
        browser.get(path)
    process_package.enqueue(ready.package.pk)
    text = "".join(listening.answer(path)[2] for path in ("/metrics", "/health/all", "/health/ready", "/health/live"))
    canaries = (*NAMES, *WORDS, ready.case.reference, ready.package.sha256, ready.cast.alice.reference, PASSWORD)
    words = {word for canary in canaries for word in canary.split() if len(word) > 5}
    assert len(words) > 5
    assert [word for word in words if word.lower() in text.lower()] == []
    assert not re.search(r"SH-|[0-9a-f]{16}|/cases/|/tmp", text)


@pytest.mark.parametrize("label", ["Priya", "SH-7K3M9QXAR", "seed potatoes", "", "a\nb", 'a"b', "41", "ünder"])
def test_a_label_that_could_be_somebodys_word_is_an_error_and_no_line(label: str) -> None:
    if label == "41":  # a number alone is a bound of a histogram
        assert format_figures([Figure("safehand_x", "gauge", "X.", (Sample({"le": label}, 1),))])
        return
    with pytest.raises(Exception, match="no word of a closed table") as caught:
        format_figures([Figure("safehand_x", "gauge", "X.", (Sample({"of": label}, 1),))])
    assert not label or label not in str(caught.value)


def test_tasks_workers_packages_and_the_log_are_told_as_they_are(ready: Ready, desk_state: State) -> None:
    now = system_clock()
    Heartbeat.objects.create(worker="here.1.1", beat_at=now)
    Heartbeat.objects.create(worker="there.2.2", beat_at=now - 2 * LEASE // timedelta(microseconds=1))
    oldest = DBTaskResult.objects.get(pk=process_package.enqueue(1).id)
    DBTaskResult.objects.filter(pk=oldest.pk).update(enqueued_at=timezone.now() - timedelta(seconds=90))
    process_package.enqueue(2)
    two_entries()
    sign_log(desk_state)
    two_entries()
    found = told()
    assert found['safehand_workers{state="beating"}'] == found['safehand_workers{state="silent"}'] == 1
    assert found["safehand_worker_beat_age_seconds"] < 20
    assert found['safehand_tasks{state="ready"}'] == 2
    assert found["safehand_task_oldest_seconds"] == pytest.approx(90, abs=20)
    assert found['safehand_packages{state="ready"}'] == Package.objects.filter(state=PackageState.READY).count() == 1
    assert found['safehand_packages{state="stopped"}'] == 0
    assert found["safehand_log_entries"] - found["safehand_log_signed_entries"] == 2
    assert found['safehand_disk_free_bytes{store="evidence"}'] > 0
    assert found["safehand_parcels_waiting_bytes"] == 0
    assert not any(found[each] for each in found if each.startswith("safehand_figures_missing"))
    assert ready.package.state == PackageState.READY


def two_entries() -> None:
    with transaction.atomic():
        for _ in range(2):
            record(Verb.LOG_SIGNED, actor="desk:worker", record="log")


def test_a_source_that_fails_silences_no_other(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, desk_state: State
) -> None:
    assert desk_state.evidence.is_dir()

    def gone() -> Iterator[Figure]:
        raise DatabaseError("row (17, 'Priya Wren')")

    monkeypatch.setattr(figures, "tasks", gone)
    found = told()
    assert found['safehand_figures_missing{source="safehand.desk.core.figures.tasks"}'] == 1
    assert sum(found[each] for each in found if each.startswith("safehand_figures_missing")) == 1
    assert "safehand_log_entries" in found
    assert len(settings.FIGURES) == sum(each.startswith("safehand_figures_missing") for each in found)


@pytest.mark.parametrize(
    ("minutes", "well"), [(29, True), (31, False)], ids=["half an hour all but", "more than half an hour"]
)
def test_a_log_that_nobody_signs_is_not_well(minutes: int, *, well: bool, desk_state: State) -> None:
    begin = system_clock()
    with transaction.atomic():
        record(Verb.LOG_SIGNED, actor="desk:worker", record="log", clock=lambda: begin)
    later = begin + timedelta(minutes=minutes) // timedelta(microseconds=1)
    (found,) = of_log.log_signed(lambda: later)
    assert found.well is well
    sign_log(desk_state)
    (found,) = of_log.log_signed(lambda: later)
    assert found.well


@pytest.mark.parametrize(("minutes", "well"), [(1, True), (1441, False)])
def test_a_log_that_nobody_stamps_is_not_well_where_an_authority_is_set(
    minutes: int, *, well: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(of_log.log_stamped()) == [], "nobody is asked, so nothing waits"
    since = system_clock() - timedelta(minutes=minutes) // timedelta(microseconds=1)
    waits = StampState(asks=True, newest=None, asking=None, waits_since=since)
    monkeypatch.setattr(of_log, "stamp_state", lambda _: waits)
    (found,) = of_log.log_stamped()
    assert found.well is well
    assert "safehand_log_unstamped_seconds" in listening.answer("/metrics")[2]


def test_a_package_that_is_damaged_at_a_location_is_told_and_not_well(ready: Ready) -> None:
    now = system_clock()
    Copy.objects.all().delete()
    copy = Copy.objects.create(
        sha256=ready.package.sha256, size=1, location="first", since=moment(now), due_at=moment(now),
        state="whole", checked_at=moment(now),
    )  # fmt: skip
    assert all(each.well for each in of_copies.copies_whole(lambda: now))
    later = now + timedelta(days=31) // timedelta(microseconds=1)
    assert [each.what for each in of_copies.copies_whole(lambda: later) if not each.well] == ["copies hashed"]
    copy.state = "gone"
    copy.save()
    assert [each.what for each in of_copies.copies_whole(lambda: now) if not each.well] == ["copies whole"]
    assert told()['safehand_copies{location="first",state="gone"}'] == 1


def test_health_names_what_is_wrong_on_the_loopback_port_alone(
    client: Client, desk_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk_state.root.is_dir()
    Heartbeat.objects.create(worker="here.1.1", beat_at=system_clock())
    assert listening.answer("/health/all")[0] == 200
    assert client.get("/health/ready").content == b"ready\n"
    Heartbeat.objects.all().delete()
    status, _, text = listening.answer("/health/all")
    assert status == 503
    assert "LOOK  workers: 0 beat, 0 silent\n" in text
    assert client.get("/health/ready").status_code == 200, "without a worker officers still read"
    monkeypatch.setattr(health, "LEAST_ROOM", 1 << 62)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.content == b"not ready\n"
    assert client.get("/health/live").content == b"ok\n"
    monkeypatch.setattr(health, "free_beyond_reserve", lambda _: 0)
    assert "LOOK  room for evidence: 0 MiB beyond the 256" in listening.answer("/health/all")[2]


def test_a_database_that_does_not_answer_is_said_and_not_raised(
    monkeypatch: pytest.MonkeyPatch, desk_state: State
) -> None:
    assert desk_state.evidence.is_dir()

    def gone(*_: object) -> None:
        raise DatabaseError("could not connect to desk.example")

    monkeypatch.setattr(connection, "cursor", gone)
    status, _, text = listening.answer("/health/all")
    assert status == 503
    assert "LOOK  database: does not answer\n" in text
    assert "LOOK  log signed: could not be looked at (DatabaseError)\n" in text
    assert "desk.example" not in text


def test_the_port_answers_this_machine_by_its_own_name_and_nothing_else() -> None:
    """One request each, for a listener that serves one."""
    with listening.listener(0) as server:
        assert server.server_address[0] == "127.0.0.1"
        port = server.server_address[1]
        for host, path, status in (
            ("127.0.0.1:9108", "/health/live", 200),
            ("localhost", "/health/live", 200),
            ("rebound.example:9108", "/health/live", 403),
            ("", "/health/live", 403),
            ("127.0.0.1.example", "/health/live", 403),
            ("127.0.0.1", "/cases/", 404),
        ):
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asking:
                asking.request("GET", path, headers={"Host": host})
                answer = asking.getresponse()
                assert answer.status == status, (host, path)
                assert "python" not in str(answer.headers).lower()
                answer.read()
            thread.join()


def test_the_desks_own_pages_have_no_figures(client: Client) -> None:
    for path in ("/metrics", "/health/all"):
        assert client.get(path).status_code == 404
