"""A desk for load.py: officers who are signed in, cases that were read, and sealed chats to hand over."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from django.test import Client

from make_whatsapp import make_whatsapp
from measure_load import Reader
from safehand.desk.cases.actions import put_on_case
from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.inspection import inspect
from safehand.desk.intake.actions import receive
from safehand.desk.officers.actions import add_officer, give_role, give_second_factor
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.model.digest import sha256_of
from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public

sys.path.append(str(Path(__file__).parents[1] / "tests" / "builders"))

from handing_over import SendingPage, asking_at

_SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  of officers who do not exist
_ZONE: Final = '[capture]\nzone = "Europe/London"\n'


def sealed(state: State, folder: Path, number: int, messages: int) -> Path:
    """A chat of its own, sealed to this desk. The holder's key is of its number: nothing here is secret."""
    source, out = folder / f"{number}" / "WhatsApp Chat with Plot 14.txt", folder / f"{number}.safehand"
    source.parent.mkdir()
    make_whatsapp(source, "android", messages, seed=number)
    answers = dont_know_the_rest(parse_answers(_ZONE.encode()) if number % 2 else Answers())
    key = new_holder_key(lambda many: sha256_of(f"{number}".encode()).encode()[:many])
    seal([source], answers, load_desk_public(state.desk_public), out, clock=system_clock, signer=key)
    source.unlink()
    return out


def make_officers(many: int) -> list[Officer]:
    """Reviewers, each with a second factor."""
    made = []
    for number in range(1, many + 1):
        officer = add_officer(f"LOAD{number:03d}", "Somebody", "a bench beside the shed")
        give_second_factor(officer, _SECRET)
        give_role(officer, Role.REVIEWER, by=None)
        made.append(officer)
    return made


def make_cases(state: State, officers: Sequence[Officer], files: Sequence[Path]) -> list[Reader]:
    """Every file a case that was read; every officer on one of them, and signed in."""
    references = []
    for at, file in enumerate(files):
        with file.open("rb") as stream, EvidenceStore(state).begin(1 << 32) as incoming:
            while chunk := stream.read(1 << 20):
                incoming.write(chunk)
            references.append(receive(officers[at], incoming).package.case.reference)
    workers = [subprocess.Popen([sys.executable, "-m", "django", "work", "--batch"]) for _ in range(2)]
    if sum(worker.wait() for worker in workers):
        raise SystemExit("A worker failed before there was any load.")
    return [_reader(officer, references[at % len(files)]) for at, officer in enumerate(officers)]


def _reader(officer: Officer, reference: str) -> Reader:
    put_on_case(officer, reference, by=None)
    browser = Client()
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    messages = Package.objects.get(case__reference=reference).summary["messages"]
    return Reader(officer.actor, browser.cookies["safehand_session"].value, reference, messages)


def entries_of(actor: str) -> Callable[[], Counter[str]]:
    """How many entries of each verb this officer has made, now."""
    return lambda: Counter(CustodyEntry.objects.filter(actor=actor).values_list("verb", flat=True))


def last_entry() -> int:
    """The number of the newest entry."""
    return CustodyEntry.objects.order_by("-sequence").values_list("sequence", flat=True)[0]


def problems() -> Sequence[str]:
    """What ``safehand desk check`` says."""
    return inspect()


def entries_after(sequence: int) -> Counter[tuple[str, str]]:
    """How many by actor and verb, after this one."""
    rows = CustodyEntry.objects.filter(sequence__gt=sequence).values_list("actor", "verb")
    return Counter(rows.iterator(chunk_size=5_000))


def hand_over(port: int, file: Path, number: int) -> str:
    """As a holder's page sends it, from an address of its own. The SHA-256 of what was sent."""
    data = file.read_bytes()
    page = SendingPage(asking_at(port, patience=120, come_from=f"127.0.{1 + number // 250}.{2 + number % 250}"))
    if page.begin(len(data))[0] != 201:
        raise SystemExit("The node did not let a holder begin.")
    page.send(data)
    page.finish(data)
    return sha256_of(data)


def read_in_time(sent: Sequence[str], messages: int, patience: float) -> Iterator[tuple[str, float]]:
    """Of each that was handed over, by its hash: the seconds from when it came until it could be read.

    SystemExit where one did not get there, or is not whole.
    """
    until = time.monotonic() + patience
    while Package.objects.filter(sha256__in=sent, state=PackageState.READY).count() < len(sent):
        if time.monotonic() > until:
            states = Counter(Package.objects.filter(sha256__in=sent).values_list("state", flat=True))
            raise SystemExit(f"Of {len(sent)} handovers these got so far: {dict(states)}.")
        time.sleep(1)
    for package in Package.objects.filter(sha256__in=sent):
        if package.summary["messages"] != messages or package.finished_at is None:
            raise SystemExit(f"A handover has {package.summary['messages']} messages.")
        yield package.sha256, (package.finished_at - package.received_at).total_seconds()
