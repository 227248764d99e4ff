"""An officer of a desk, who hands a package in and reads it: for hand_in.py."""

from __future__ import annotations

import time
from pathlib import Path

from safehand.desk.cases.models import PackageState
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.officers.actions import add_officer, give_role
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.review.actions import read_page

_PATIENCE = 300.0


def officer() -> Officer:
    """Somebody to hand it in."""
    officer = add_officer("BENCH1", "Somebody", "a bench beside the shed")
    give_role(officer, Role.REVIEWER, by=None)
    return officer


def hand_in_and_read(state: State, who: Officer, file: Path, messages: int) -> list[tuple[str, float]]:
    """What was reached, and how many seconds after the start. The last is the first page of messages."""
    began = time.monotonic()
    reached: list[tuple[str, float]] = []
    with file.open("rb") as stream, EvidenceStore(state).begin(1 << 32) as incoming:
        while chunk := stream.read(1 << 20):
            incoming.write(chunk)
        package = receive(who, incoming).package
    reached.append(("kept", time.monotonic() - began))
    seen = package.state
    while not package.finished:
        if time.monotonic() - began > _PATIENCE:
            raise SystemExit("The worker did not get there.")
        time.sleep(0.02)
        package.refresh_from_db()
        if package.state != seen:
            seen = package.state
            reached.append((PackageState(seen).label.lower(), time.monotonic() - began))
    if package.state != PackageState.READY or package.summary["messages"] != messages:
        raise SystemExit(f"It ended {package.state} ({package.why}) with {package.summary.get('messages')} messages.")
    page = read_page(who, package.case, 1)
    if page.days is None:
        raise SystemExit("There was no page to read.")
    reached.append(("first page", time.monotonic() - began))
    return reached
