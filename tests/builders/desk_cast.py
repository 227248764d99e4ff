"""The cast of the desk's tests, and a desk of their own.

    alice     handed the package in, and is on the case
    bob       was put on the case by her
    charlie   is an officer too, and on no case: every page of it answers 404
    anonymous is sent to the door

Each of the three holds every role and appointment, so that what they get is decided by the case alone. What each role
gets is asked of officers who hold one (``hold``; test_desk_roles_by_routes.py).

Fixtures (loaded by tests/conftest.py): ``desk_state``, ``cast``, ``ready`` (a case that can be read), ``as_alice`` …
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from pytest_django import Settings

from casefile_builders import Made, conversation, texts
from safehand.casefile.key import new_case_key, wrap_case_key
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.cases.opening import case_file_path
from safehand.desk.core.clock import moment
from safehand.desk.core.state import State
from safehand.desk.custody import triggers
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.models import Arrival, Notice
from safehand.desk.intake.notices import take_in_notice
from safehand.desk.officers.actions import add_officer, give_second_factor
from safehand.desk.officers.models import Officer, RoleHeld
from safehand.desk.officers.roles import HELD, Held
from safehand.signing.keys import load_desk_public, new_desk_keys

NOW = 1_795_341_600_000_000  # 2026-11-22T10:00:00Z
PASSWORD = "seed potatoes in March"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

PRIYA = "Priya Wren"
SAM = "Sam Holloway"
NAMES = (PRIYA, SAM)
"""What must never stand outside the reader."""

LOOKS_SEALED = b"age-encryption.org/v1\n"
"""How a package begins: the evidence store takes nothing else."""

A_PACKAGE = LOOKS_SEALED + b"a package, as far as these tests look at it"

WORDS = ("the seed potatoes are in", "bring the blue wheelbarrow", "see you at the allotment gate")


def clock() -> int:
    """It is always ten in the morning."""
    return NOW


@dataclass(frozen=True)
class Cast:
    """Three officers, each with a second factor."""

    alice: Officer
    bob: Officer
    charlie: Officer

    def __iter__(self) -> Iterator[Officer]:
        yield from (self.alice, self.bob, self.charlie)


@dataclass(frozen=True)
class Ready:
    """A case whose package was read."""

    case: Case
    package: Package
    cast: Cast


@cache
def _keys() -> dict[str, bytes]:
    """One pair of desk keys for the whole run: making them costs more than most tests."""
    with TemporaryDirectory() as made:
        directory = Path(made) / "keys"
        new_desk_keys(directory, "Allotment Road Unit", clock=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))
        return {file.name: file.read_bytes() for file in directory.iterdir()}


def make_state(root: Path) -> State:
    """A state directory with keys, as the desk makes it."""
    state = State(root / "desk")
    state.make()
    for name, data in _keys().items():
        path = state.keys / name
        path.write_bytes(data)
        path.chmod(0o600)
    return state


@cache
def _as_made() -> tuple[str, dict[str, object]]:
    """The password as it is kept, and what is kept of each second factor: as the desk makes them, once for the run.

    They are the same for every officer of these tests, and making them anew was a tenth of what the desk's tests cost.
    """
    with transaction.atomic():
        officer = add_officer("as-made", "As Made", PASSWORD)
        give_second_factor(officer, SECRET)
        factors = dict(Authenticator.objects.filter(user_id=officer.pk).values_list("type", "data"))
        transaction.set_rollback(True)
    return officer.password, factors


def make_officers(called: Mapping[str, str], holding: Iterable[Held] = ()) -> list[Officer]:
    """Officers who can sign in, by reference and name. What they hold has no entries, so a test's own come first."""
    password, factors = _as_made()
    officers = Officer.objects.bulk_create(
        Officer(reference=reference, display_name=name, password=password) for reference, name in called.items()
    )
    Authenticator.objects.bulk_create(
        Authenticator(user_id=officer.pk, type=kind, data=data)
        for officer in officers
        for kind, data in factors.items()
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(officer=officer, role=role.value, since=moment(NOW)) for officer in officers for role in holding
    )
    return officers


def make_officer(reference: str, display_name: str) -> Officer:
    """An officer who can sign in."""
    (officer,) = make_officers({reference: display_name})
    return officer


def hold(officer: Officer, *roles: Held) -> Officer:
    """Let them hold these roles and no other. Without entries, so that a test's own are the first of its log."""
    RoleHeld.objects.filter(officer=officer).delete()
    RoleHeld.objects.bulk_create(RoleHeld(officer=officer, role=role.value, since=moment(NOW)) for role in roles)
    return officer


def keep(state: State, data: bytes) -> str:
    """Put bytes into the evidence store; their SHA-256."""
    with EvidenceStore(state).begin(1 << 20) as incoming:
        incoming.write(data)
        return incoming.keep().sha256


def signed_in(officer: Officer) -> Client:
    """A browser in which this officer is signed in."""
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make_notice(state: State, sha256: str, reference: str = "SH-8Q2V5TR41") -> Notice:
    """An urgent notice that was collected, and is in the evidence store."""
    arrival = Arrival.objects.create(
        parcel=sha256[:32],
        kind="notice",
        sha256=sha256,
        size=state.evidence.joinpath(sha256[:2], sha256).stat().st_size,
        reference=reference,
        desk_reference=reference,
        received_at=moment(NOW),
    )
    with recorded():
        take_in_notice(arrival, None, clock, lambda _: 0)
    return Notice.objects.get(pk=arrival.pk)


def make_ready(state: State, cast: Cast) -> Ready:
    """A case with a case file: three conversations, made by hand."""
    key = new_case_key()
    case = Case.objects.create(
        reference="SH-7K3M9QXA1",
        opened_at=moment(NOW),
        opened_by=cast.alice,
        wrapped_key=wrap_case_key(key, load_desk_public(state.desk_public).recipients),
    )
    for officer in (cast.alice, cast.bob):
        CaseOfficer.objects.create(case=case, officer=officer, since=moment(NOW), added_by=cast.alice)
    package = Package.objects.create(
        case=case,
        sha256=keep(state, A_PACKAGE),
        size=len(A_PACKAGE),
        received_at=moment(NOW),
        received_by=cast.alice,
        state=PackageState.READY,
        finished_at=moment(NOW),
        summary={"conversations": 2, "messages": 4, "doubts": {"zone_unknown": 4}},
    )
    events = [
        *conversation(texts(*WORDS, sender=PRIYA)),
        *conversation(texts("hello", sender=SAM), "2"),
        # The same again from the other side's phone, so that there are two to lay side by side.
        *conversation(texts(*WORDS, sender=PRIYA), "3"),
    ]
    Made(events=events, data=io.BytesIO(b"0123456789" * 10).read()).build(case_file_path(case), key)
    return Ready(case, package, cast)


def spelled_rightly(ready: Ready) -> Ready:
    """The same case by a reference whose check character fits, for pages on which one is typed."""
    before = case_file_path(ready.case)
    ready.case.reference = "SH-7K3M9QXAR"
    ready.case.save()
    before.rename(case_file_path(ready.case))
    return ready


@pytest.fixture
def desk_state(tmp_path: Path, settings: Settings) -> State:
    """A desk's state directory, for this test alone."""
    state = make_state(tmp_path)
    settings.STATE = state
    return state


@pytest.fixture
def cast(desk_state: State, db: None) -> Cast:  # noqa: ARG001  both are wanted for what they do
    """Alice, Bob and Charlie."""
    return Cast(*make_officers({"alice": "A. Okafor", "bob": "B. Lindqvist", "charlie": "C. Rao"}, HELD))


@pytest.fixture
def ready(desk_state: State, cast: Cast) -> Ready:
    """A case that can be read."""
    return make_ready(desk_state, cast)


@pytest.fixture
def as_alice(cast: Cast) -> Client:
    """Alice's browser."""
    return signed_in(cast.alice)


@pytest.fixture
def as_bob(cast: Cast) -> Client:
    """Bob's browser."""
    return signed_in(cast.bob)


@pytest.fixture
def as_charlie(cast: Cast) -> Client:
    """Charlie's browser."""
    return signed_in(cast.charlie)


def pytest_configure() -> None:
    """After a test with real transactions Django empties the tables, which the custody log does not allow."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        triggers.take_down(self.connection)
        plain(self, sql_list)
        triggers.put_up(self.connection)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
