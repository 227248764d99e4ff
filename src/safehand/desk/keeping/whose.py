"""Whose package it is: the case or the urgent notice that it belongs to, and how entries name it.

whose(sha256).called       "SH-7K3M9QXAR"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safehand.desk.cases.models import Case, Package
from safehand.desk.intake.models import Arrival


@dataclass(frozen=True, slots=True)
class Whose:
    """A case, or an arrival that is a notice. Neither where the desk knows of none."""

    sha256: str
    case: Case | None
    arrival: Arrival | None

    @property
    def reference(self) -> str | None:
        """The case's, for an entry. A notice is of no case."""
        return self.case.reference if self.case is not None else None

    @property
    def record(self) -> str:
        """As an entry names it."""
        kind = "notice" if self.case is None and self.arrival is not None else "package"
        return f"{kind}:{self.sha256}"

    @property
    def called(self) -> str:
        """Its reference; empty where the desk knows of none."""
        if self.case is not None:
            return self.case.reference
        return self.arrival.desk_reference if self.arrival is not None else ""


def whose(sha256: str) -> Whose:
    """Of one package."""
    return whose_are([sha256])[sha256]


def whose_are(names: Iterable[str]) -> Mapping[str, Whose]:
    """Of each of these, in two queries."""
    wanted = tuple(names)
    cases = {
        each.sha256: each.case
        for each in Package.objects.filter(sha256__in=wanted, case__erased_at=None).select_related("case")
    }
    rest = [name for name in wanted if name not in cases]
    arrivals = {each.sha256: each for each in Arrival.objects.filter(sha256__in=rest).order_by("-received_at", "-pk")}
    return {name: Whose(name, cases.get(name), arrivals.get(name)) for name in wanted}
