"""Packages are copied to the second location, hashed again at both, and what is not what it was is an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from desk_cast import LOOKS_SEALED, NOW, Cast, keep, make_notice
from notices import notice
from safehand.desk.cases.models import Package
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody.copies import due_after
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.location import FIRST
from safehand.desk.custody.models import Copy, CopyState, CustodyEntry, SecondLocation
from safehand.desk.intake.actions import receive
from safehand.desk.intake.models import Alarm
from safehand.desk.keeping import looking, mirroring, rounds
from safehand.desk.keeping.rounds import look_for_work, make_round
from safehand.desk.settings.mirror import Folder
from safehand.model.instant import MICRO
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

pytestmark = pytest.mark.django_db

DAY = 24 * 3600 * MICRO
DATA = LOOKS_SEALED + b"row 4 of peas is up"
OTHER = LOOKS_SEALED + b"row 5 of peas is up"


class At:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def at() -> At:
    return At()


@pytest.fixture
def second(tmp_path: Path, settings: Settings) -> Path:
    """A second disk, mounted."""
    folder = tmp_path / "second"
    folder.mkdir()
    settings.MIRROR = Folder(folder)
    return folder


def handed_in(cast: Cast, state: State, at: At, data: bytes = DATA) -> Package:
    with EvidenceStore(state).begin(1 << 20) as incoming:
        incoming.write(data)
        return receive(cast.alice, incoming, clock=at).package


@pytest.fixture
def package(cast: Cast, desk_state: State, at: At, second: Path) -> Package:  # noqa: ARG001  a second location is set
    return handed_in(cast, desk_state, at)


def copy_of(package: Package, *, first: bool = False) -> Copy:
    return (Copy.objects.filter if first else Copy.objects.exclude)(location=FIRST).get(sha256=package.sha256)


def place_of(package: Package, root: Path) -> Path:
    return root / "evidence" / package.sha256[:2] / package.sha256


def change(path: Path, data: bytes = OTHER) -> None:
    path.chmod(0o600)
    path.write_bytes(data)


def verbs() -> list[str]:
    return list(CustodyEntry.objects.values_list("verb", flat=True))


def test_a_package_waits_from_the_moment_it_came_in_until_it_is_copied_and_read_back(
    package: Package, second: Path, at: At
) -> None:
    assert (copy_of(package, first=True).state, copy_of(package).state) == (CopyState.WHOLE, CopyState.WAITING)
    assert copy_of(package, first=True).checked_at == moment(NOW), "it was hashed on the way in"
    assert copy_of(package).checked_at is None
    assert make_round(at) == 1
    assert place_of(package, second).read_bytes() == DATA
    copy = copy_of(package)
    assert (copy.state, copy.checked_at) == (CopyState.WHOLE, moment(NOW))
    entry = CustodyEntry.objects.get(verb="package.mirrored")
    assert (entry.case, entry.record) == (package.case.reference, f"package:{package.sha256}")
    assert make_round(at) == 0, "and nothing is left to do"
    assert verbs()[-1] == "package.mirrored"


def test_a_round_is_put_in_the_queue_once_and_only_when_there_is_something_to_do(package: Package, at: At) -> None:
    tasks = DBTaskResult.objects.filter(task_path__endswith="look_after_copies")
    assert (look_for_work(at), look_for_work(at), tasks.count()) == (1, 0, 1)
    assert tasks.get().priority < DBTaskResult.objects.exclude(pk=tasks.get().pk).get().priority, "behind the reading"
    make_round(at)
    tasks.update(status="SUCCESSFUL", finished_at=moment(NOW))
    assert look_for_work(at) == 0
    at.now += 31 * DAY
    assert look_for_work(at) == 1
    assert tasks.count() == 1, "what is over is not kept for ever"
    assert copy_of(package).state == CopyState.WHOLE


def test_after_a_round_that_failed_the_next_is_not_at_once(package: Package, at: At) -> None:
    look_for_work(at)
    DBTaskResult.objects.filter(task_path__endswith="look_after_copies").update(
        status="FAILED", finished_at=moment(NOW)
    )
    assert look_for_work(at) == 0
    at.now += 61 * MICRO
    assert look_for_work(at) == 1
    assert copy_of(package).state == CopyState.WAITING


def test_without_a_second_location_packages_are_hashed_again_all_the_same(
    cast: Cast, desk_state: State, at: At
) -> None:
    package = handed_in(cast, desk_state, at)
    assert Copy.objects.count() == 1
    at.now += 31 * DAY
    assert make_round(at) == 1
    assert Copy.objects.get().checked_at == moment(at.now)
    change(place_of(package, desk_state.root))
    at.now += 31 * DAY
    make_round(at)
    assert Copy.objects.get().state == CopyState.CHANGED
    assert Alarm.objects.get().called == package.case.reference


def test_each_package_is_hashed_again_at_both_locations_within_the_time_set(package: Package, at: At) -> None:
    make_round(at)
    assert copy_of(package).checked_at == moment(NOW)
    before = CustodyEntry.objects.count()
    at.now += 10 * DAY
    assert make_round(at) == 0
    at.now += 19 * DAY
    assert make_round(at) == 2
    assert set(Copy.objects.values_list("checked_at", flat=True)) == {moment(at.now)}
    entry = CustodyEntry.objects.get(verb="packages.rehashed")
    assert b'"details":{"at_second":1,"damaged":0,"packages":2}' in bytes(entry.canonical)
    assert CustodyEntry.objects.count() == before + 1, "one entry, however many"
    assert not Alarm.objects.exists()


def test_packages_of_one_day_are_hashed_again_on_different_days_and_none_too_late(settings: Settings) -> None:
    names = [f"{number * 0x0123_4567 % (1 << 32):08x}" + "0" * 56 for number in range(300)]
    due = [due_after(name, moment(NOW)) - moment(NOW) for name in names]
    assert timedelta(days=17) < min(due)
    assert max(due) < timedelta(days=29)
    assert len({each.days for each in due}) >= 10
    settings.REHASH_WITHIN = timedelta(days=1)
    assert all(timedelta(0) < due_after(name, moment(NOW)) - moment(NOW) < timedelta(days=1) for name in names)


@pytest.mark.parametrize("where", ["first", "second"])
@pytest.mark.parametrize("found", ["changed", "gone", "unreadable"])
def test_a_copy_that_is_not_what_it_was_is_an_alarm_of_its_case_once(
    found: str, where: str, package: Package, desk_state: State, second: Path, at: At
) -> None:
    make_round(at)
    path = place_of(package, desk_state.root if where == "first" else second)
    if found == "changed":
        change(path)
    else:
        path.unlink()
    if found == "unreadable":
        path.mkdir()
    at.now += 30 * DAY
    make_round(at)
    assert copy_of(package, first=where == "first").state == found
    assert copy_of(package, first=where != "first").state == CopyState.WHOLE
    alarm = Alarm.objects.get()
    assert (alarm.called, alarm.why) == (package.case.reference, "damaged")
    entry = CustodyEntry.objects.get(verb="package.damaged")
    assert entry.case == package.case.reference
    assert f'"details":{{"found":"{found}","location":"{where}"}}'.encode() in bytes(entry.canonical)
    at.now += 30 * DAY
    make_round(at)
    assert Alarm.objects.count() == 1, "it is known, and stands on the page"
    assert CustodyEntry.objects.filter(verb="package.damaged").count() == 1


def test_what_somebody_brought_back_by_hand_is_seen_to_be_whole_and_may_be_damaged_anew(
    package: Package, second: Path, at: At
) -> None:
    make_round(at)
    path = place_of(package, second)
    for data in (OTHER, DATA, OTHER):
        change(path, data)
        at.now += 30 * DAY
        make_round(at)
        assert (copy_of(package).state == CopyState.WHOLE) is (data == DATA)
    assert Alarm.objects.count() == 2


def test_an_urgent_notice_is_kept_twice_too_and_its_alarm_names_it(desk_state: State, cast: Cast, at: At) -> None:
    assert cast.alice.is_active
    name = keep(desk_state, seal_notice(notice(), load_desk_public(desk_state.desk_public)))
    arrived = make_notice(desk_state, name)
    Copy.objects.create(sha256=name, size=1, location=FIRST, since=moment(NOW), state="whole", due_at=moment(NOW))
    EvidenceStore(desk_state).path(name).unlink()
    make_round(at)
    assert Alarm.objects.get(why="damaged").arrival == arrived.arrival
    assert CustodyEntry.objects.get(verb="package.damaged").record == f"notice:{name}"


# --- copying ---


def test_a_worker_that_was_killed_after_putting_it_has_put_it_once(package: Package, second: Path, at: At) -> None:
    make_round(at)
    before = place_of(package, second).stat()
    Copy.objects.exclude(location=FIRST).update(state=CopyState.WAITING, checked_at=None, due_at=moment(NOW))
    make_round(at)
    after = place_of(package, second).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert copy_of(package).state == CopyState.WHOLE


def test_other_bytes_under_its_name_are_never_replaced_by_copying(package: Package, second: Path, at: At) -> None:
    path = place_of(package, second)
    path.parent.mkdir(parents=True)
    path.write_bytes(OTHER)
    make_round(at)
    assert path.read_bytes() == OTHER
    assert copy_of(package).state == CopyState.CHANGED
    assert Alarm.objects.count() == 1


def test_a_damaged_package_is_not_copied_and_is_found_at_the_first_location(
    package: Package, desk_state: State, second: Path, at: At
) -> None:
    change(place_of(package, desk_state.root))
    make_round(at)
    assert (copy_of(package).state, copy_of(package).why) == (CopyState.WAITING, "check_failed")
    assert not place_of(package, second).exists()
    make_round(at)
    assert copy_of(package, first=True).state == CopyState.CHANGED
    assert Alarm.objects.count() == 1


def test_one_that_kills_the_worker_keeps_no_other_waiting(
    package: Package, cast: Cast, desk_state: State, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = handed_in(cast, desk_state, at, OTHER)
    real = mirroring.mirror

    def killed(copy: Copy, *more: object) -> None:
        if copy.sha256 == package.sha256:
            raise KeyboardInterrupt
        real(copy, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "mirror", killed)
    with pytest.raises(KeyboardInterrupt):
        make_round(at)
    make_round(at)
    assert (copy_of(other).state, copy_of(package).state) == (CopyState.WHOLE, CopyState.WAITING)


def test_a_round_ends_in_time_for_whoever_hands_in_next(
    package: Package, cast: Cast, desk_state: State, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(cast, desk_state, at, OTHER)
    real = mirroring.mirror

    def slow(*given: object) -> None:
        at.now += rounds.SLICE + 1
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "mirror", slow)
    assert make_round(at) == 1
    assert make_round(at) == 1
    assert copy_of(package).state == CopyState.WHOLE


# --- a location that is away ---


@pytest.fixture
def unmounted(package: Package, second: Path, at: At, desk_state: State) -> Iterator[Path]:
    """The second disk came off after the package was copied."""
    make_round(at)
    away = second.rename(second.with_name("away"))
    at.now += 30 * DAY
    yield away
    assert EvidenceStore(desk_state).check(package.sha256)


def test_a_disk_that_is_not_mounted_loses_no_package_and_is_an_entry_once(
    unmounted: Path, package: Package, second: Path, at: At
) -> None:
    for _ in range(3):
        make_round(at)
        at.now += 61 * MICRO
    row = SecondLocation.objects.get()
    assert (row.away_why, row.away_since) == ("away", moment(NOW + 30 * DAY))
    assert verbs().count("location.away") == 1
    assert copy_of(package).state == CopyState.WHOLE
    assert copy_of(package, first=True).checked_at == moment(NOW + 30 * DAY), "the first is looked at all the same"
    assert not Alarm.objects.exists()
    unmounted.rename(second)
    at.now += 61 * MICRO
    make_round(at)
    assert SecondLocation.objects.get().away_since is None
    assert copy_of(package).checked_at == moment(at.now)
    assert verbs().count("location.there") == 2


def test_the_empty_folder_under_a_disk_is_not_taken_for_the_disk(
    unmounted: Path, package: Package, second: Path, at: At, cast: Cast, desk_state: State
) -> None:
    second.mkdir()
    handed_in(cast, desk_state, at, OTHER)
    make_round(at)
    assert SecondLocation.objects.get().away_why == "empty"
    assert list(second.iterdir()) == [], "nothing is written onto the first disk"
    assert copy_of(package).state == CopyState.WHOLE
    assert unmounted.is_dir()


def test_a_location_of_another_desk_is_left_alone(package: Package, second: Path, at: At) -> None:
    (second / "safehand-mirror").write_text("another desk's")
    make_round(at)
    assert SecondLocation.objects.get().away_why == "anothers"
    assert [path.name for path in second.iterdir()] == ["safehand-mirror"]
    assert copy_of(package).state == CopyState.WAITING


def test_a_disk_that_goes_in_the_middle_of_a_round_loses_no_package(
    package: Package, second: Path, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_round(at)
    at.now += 30 * DAY
    real = looking.state_of

    def goes(location: object, sha256: str) -> CopyState:
        if second.exists():
            second.rename(second.with_name("away"))
        return real(location, sha256)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "state_of", goes)
    make_round(at)
    assert copy_of(package).state == CopyState.WHOLE
    assert SecondLocation.objects.get().away_why == "away"
    assert not Alarm.objects.exists()


def test_another_second_location_begins_with_every_package(
    package: Package, at: At, tmp_path: Path, settings: Settings
) -> None:
    make_round(at)
    third = tmp_path / "third"
    third.mkdir()
    settings.MIRROR = Folder(third)
    assert look_for_work(at) == 1
    make_round(at)
    assert place_of(package, third).read_bytes() == DATA
    assert verbs().count("location.begun") == 2
    assert Copy.objects.count() == 3
