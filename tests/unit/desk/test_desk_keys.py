"""The keys of a desk are renewed and lost: what was sealed before opens, by the desk's own key or the recovery key.

The drill of a lost key is test_the_desks_key_is_lost_and_the_recovery_key_brings_everything_back, and once more after.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_cast import Cast, clock
from desk_packages import chat, sealed
from safehand.desk.cases.models import Case, Package
from safehand.desk.cases.opening import case_file_path, open_case_file
from safehand.desk.cases.sealed_words import open_words, seal_words
from safehand.desk.core.state import State
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import parse_entry
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.intake.actions import receive
from safehand.desk.intake.processing import process
from safehand.desk.keys_shell import about_keys, problems_of_keys, renew, wrapped
from safehand.errors import CannotRead, WrongKey
from safehand.signing.clock import system_clock
from safehand.signing.keys import load_desk_public, load_identities, new_desk_keys

pytestmark = pytest.mark.django_db

NOTE = "The shed is the meeting point."


@pytest.fixture
def desk(desk_state: State, cast: Cast, tmp_path: Path) -> State:
    """A desk whose recovery key is offline, with one case that was read, and a sealed note in it."""
    (desk_state.keys / "recovery.agekey").rename(tmp_path / "recovery.agekey")
    hand_in(desk_state, cast, tmp_path, "Plot 14")
    return desk_state


@pytest.fixture
def offline(tmp_path: Path) -> Path:
    """Where the recovery key lies."""
    return tmp_path / "recovery.agekey"


def hand_in(state: State, cast: Cast, folder: Path, name: str) -> Case:
    """Sealed to the desk.pub of now, received, and read."""
    data = sealed(state, folder / name, chat(3, name))
    with EvidenceStore(state).begin(1 << 20) as incoming:
        incoming.write(data)
        package = receive(cast.alice, incoming, clock=clock).package
    assert process(package.pk, clock=clock) == "ready"
    return Case.objects.get(pk=package.case_id)


def everything_opens() -> None:
    """Every case file, and every package, which is read again from its seal."""
    assert Case.objects.exists()
    for package in Package.objects.select_related("case"):
        with open_case_file(package.case) as casefile:
            assert casefile.conversations()
        case_file_path(package.case).unlink()
        Package.objects.filter(pk=package.pk).update(state="received", attempt="")
        assert process(package.pk, clock=clock) == "ready"


def lose(state: State) -> None:
    state.desk_identity.unlink()


def test_a_renewed_desk_opens_what_was_sealed_before_and_what_is_sealed_now(
    desk: State, cast: Cast, tmp_path: Path
) -> None:
    case, was = Case.objects.get(), load_desk_public(desk.desk_public)
    note = seal_words(case, NOTE)
    told = renew(desk, clock=clock)
    now = load_desk_public(desk.desk_public)
    assert (now.desk == was.desk, now.recovery == was.recovery, now.signing_key == was.signing_key) == (
        False,
        True,
        True,
    )
    assert any(now.fingerprint in line for line in told)
    hand_in(desk, cast, tmp_path, "Plot 15")
    everything_opens()
    case.refresh_from_db()
    assert open_words(case, note) == NOTE
    assert (wrapped(desk).newest, wrapped(desk).older, wrapped(desk).none) == (2, 0, 0)
    assert list(problems_of_keys(desk)) == []
    entry = parse_entry(bytes(CustodyEntry.objects.get(verb=Verb.KEYS_RENEWED.value).canonical))
    assert (entry.details["cases"], entry.details["recovered"]) == (1, False)


def test_the_desks_key_is_lost_and_the_recovery_key_brings_everything_back(
    desk: State, cast: Cast, tmp_path: Path, offline: Path
) -> None:
    case = Case.objects.get()
    note = seal_words(case, NOTE)
    lose(desk)
    with pytest.raises(CannotRead, match="desk's key"):
        open_words(case, note)
    renew(desk, recovery=offline, clock=clock)
    case.refresh_from_db()
    assert open_words(case, note) == NOTE
    hand_in(desk, cast, tmp_path, "Plot 15")
    everything_opens()
    assert "Take it offline" in " ".join(about_keys(desk))
    # And once more: the recovery key that was made then is all that is left of both.
    again = tmp_path / "recovery-2.agekey"
    (desk.keys / "recovery.agekey").rename(again)
    lose(desk)
    offline.unlink()
    renew(desk, recovery=again, clock=clock)
    everything_opens()
    assert Package.objects.count() == 2


def test_without_either_key_nothing_is_changed_and_it_says_what_to_bring(desk: State, tmp_path: Path) -> None:
    lose(desk)
    before = {path.name: path.read_bytes() for path in desk.keys.iterdir()}
    with pytest.raises(CannotRead, match="The desk's key is gone") as gone:
        renew(desk, clock=clock)
    assert "--recovery" in str(gone.value)
    new_desk_keys(tmp_path / "another", "Another unit", clock=system_clock)
    with pytest.raises(WrongKey, match="recovery key of this desk"):
        renew(desk, recovery=tmp_path / "another" / "recovery.agekey", clock=clock)
    assert {path.name: path.read_bytes() for path in desk.keys.iterdir()} == before
    assert not CustodyEntry.objects.filter(verb=Verb.KEYS_RENEWED.value).exists()


def test_a_key_that_is_another_desks_is_named_by_the_check(desk: State, tmp_path: Path) -> None:
    new_desk_keys(tmp_path / "another", "Another unit", clock=system_clock)
    desk.desk_identity.write_bytes((tmp_path / "another" / "desk.agekey").read_bytes())
    found = list(problems_of_keys(desk))
    assert len(found) == 2
    assert all("--recovery" in problem for problem in found)
    with pytest.raises(WrongKey, match="key of another desk"):
        renew(desk, clock=clock)


def test_stopped_before_desk_pub_was_changed_it_is_done_again_and_nothing_is_lost(
    desk: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = desk.desk_public.read_bytes()
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if target == desk.desk_public:
            raise OSError("the power is gone")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(Exception, match="could not be written"):
        renew(desk, clock=clock)
    monkeypatch.undo()
    assert desk.desk_public.read_bytes() == was
    everything_opens()
    assert len(load_identities(desk.desk_identity)) == 2
