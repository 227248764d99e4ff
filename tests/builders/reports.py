"""Reports for tests of triage: a package of so long ago, with these answers of its holder, in a case of its own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from desk_cast import NOW, clock
from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment
from safehand.desk.officers.models import Officer
from safehand.desk.triage.suggesting import look_at_reports

CALM: dict[str, list[str | None]] = {
    "urgent.child_in_danger": ["no", None],
    "urgent.meeting_planned": ["no", None],
    "urgent.child": ["given", "adult"],
    "urgent.contact_goes_on": ["no", None],
    "urgent.danger_signs": ["given", None],
    "urgent.access_to_children": ["given", None],
    "urgent.confronted": ["no", None],
    "urgent.fragile": ["no", None],
}
"""Every urgent question answered, and nothing in the answers."""

DANGER: dict[str, list[str | None]] = {"urgent.child_in_danger": ["yes", None]}


def meeting(when: str) -> dict[str, list[str | None]]:
    """A meeting with a real child at this time."""
    return {
        "urgent.meeting_planned": ["yes", None],
        "urgent.meeting_when": ["given", when],
        "urgent.child": ["given", "real"],
        "urgent.group_attending": ["no", None],
    }


def summary(**answers: list[str | None]) -> dict[str, Any]:
    """What the desk keeps of a statement."""
    return {
        "conversations": 2,
        "messages": 40,
        "doubts": {},
        "answers": {**CALM, **answers},
        "said_no": ["urgent.danger_signs", "urgent.access_to_children"],
        "zone": None,
    }


def report(name: str, officer: Officer | None, minutes_ago: int, **more: Any) -> Package:
    """A package in a case whose reference ends in ``name``, with this officer on it, or nobody."""
    at = moment(NOW) - timedelta(minutes=minutes_ago)
    case = Case.objects.create(reference=f"SH-{name:0>9}", opened_at=at, opened_by=officer, wrapped_key=b"")
    if officer is not None:
        CaseOfficer.objects.create(case=case, officer=officer, since=at, added_by=officer)
    sha256 = "".join(f"{ord(char):02x}" for char in name).rjust(64, "0")
    fields = {"state": PackageState.READY, "summary": summary(), "finished_at": at, **more}
    return Package.objects.create(case=case, sha256=sha256, size=1, received_at=at, received_by=officer, **fields)


def hidden(page: str, *names: str) -> dict[str, str]:
    """What a page carries in its forms under these names: what a browser sends back unseen."""
    fields = re.findall(r"<input type=\"hidden\" name=\"(\w+)\"(?: value=\"([^\"]*)\")?", page)
    return {name: value for name, value in fields if name in names}


def looked(now: int = NOW) -> int:
    """A worker looks at all of them. How many it looked at."""
    return look_at_reports(clock if now == NOW else lambda: now)
