"""A desk with many open reports, and an officer who opens its inbox: for inbox.py."""

from __future__ import annotations

import random
import time
from datetime import timedelta

from django.test import Client

from safehand.desk.cases.models import Case, CaseOfficer, Package, PackageState
from safehand.desk.core.clock import moment, system_clock
from safehand.desk.officers.actions import add_officer, give_role, give_second_factor
from safehand.desk.officers.roles import Role
from safehand.desk.triage.grade import Grade
from safehand.desk.triage.inbox import PAGE
from safehand.desk.triage.models import FAR, RulesUsed, Standing, Suggested
from safehand.desk.triage.suggesting import look_at_reports, the_table

_REASONS = [
    {
        "rule": "meeting_near",
        "grade": "priority",
        "words": "A meeting begins within 48 hours.",
        "used": [["meeting_time", ["near"]]],
    },
    {
        "rule": "unanswered",
        "grade": "priority",
        "words": "An urgent question is not answered: the answer may be the one that counts.",
        "used": [["confronted", ["open"]], ["fragile", ["open"]]],
    },
]


class Desk:
    """An officer with so many open reports: half of them their own, half taken by nobody."""

    def __init__(self, reference: str, reports: int) -> None:
        self._officer = add_officer(reference, "Somebody", "a bench beside the shed")
        give_role(self._officer, Role.REVIEWER, by=None)
        give_second_factor(self._officer, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        self.pages = max(1, reports // PAGE)
        self._make(reference[-1], reports)
        self._browser = Client()
        self._browser.force_login(self._officer, backend="allauth.account.auth_backends.AuthenticationBackend")

    def page(self, number: int) -> float:
        """Ask for a page of what waits. The seconds it took."""
        begin = time.perf_counter()
        answer = self._browser.get(f"/inbox/?page={number}", headers={"host": "127.0.0.1:8000"})
        took = time.perf_counter() - begin
        if answer.status_code != 200:
            raise SystemExit(f"The inbox answered {answer.status_code}.")
        return took

    def look(self) -> None:
        """What a worker does at every heartbeat."""
        look_at_reports()

    def _make(self, mark: str, reports: int) -> None:
        random_, now, table = random.Random(reports), moment(system_clock()), the_table()
        rules, _ = RulesUsed.objects.get_or_create(version=table.version, defaults={"table": {}, "since": now})
        ages = [timedelta(minutes=random_.randint(1, 60 * 24 * 90)) for _ in range(reports)]
        cases = Case.objects.bulk_create(
            Case(reference=f"SH-{mark}{at:08d}", opened_at=now - ages[at], opened_by=None, wrapped_key=b"")
            for at in range(reports)
        )
        CaseOfficer.objects.bulk_create(
            CaseOfficer(case=case, officer=self._officer, since=now, added_by=None) for case in cases[::2]
        )
        Package.objects.bulk_create(
            Package(
                case=case,
                sha256=f"{mark}{at:063d}",
                size=48_211,
                received_at=now - ages[at],
                state=PackageState.READY,
                finished_at=now,
                summary={
                    "conversations": 2,
                    "messages": 5_000,
                    "answers": {f"urgent.{n}": ["no", None] for n in range(60)},
                },
            )
            for at, case in enumerate(cases)
        )
        grades = [random_.choice(list(Grade)) for _ in cases]
        made = Suggested.objects.bulk_create(
            Suggested(case=case, made_at=now, grade=grade.value, rules=rules, reasons=_REASONS)
            for case, grade in zip(cases, grades, strict=True)
        )
        Standing.objects.bulk_create(
            Standing(
                case=case,
                place=grade.place,
                clock_at=now + timedelta(hours=random_.randint(1, 2_000)) if random_.random() < 0.3 else FAR,
                clock_basis="stated",
                since=now - ages[at],
                suggested=suggested,
                of_state=PackageState.READY,
                of_rules=table.version,
            )
            for at, (case, grade, suggested) in enumerate(zip(cases, grades, made, strict=True))
        )
