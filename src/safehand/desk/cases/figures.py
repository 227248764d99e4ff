"""How many packages the desk has, and how far they are: numbers for whoever watches the desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from safehand.desk.cases.models import Package, PackageState
from safehand.desk.core.figures import Figure, by


def packages() -> Iterator[Figure]:
    """By state, those with none as well."""
    many: dict[str, float] = dict.fromkeys(PackageState.values, 0)
    many |= dict(Package.objects.order_by().values_list("state").annotate(many=Count("pk")))
    yield by("safehand_packages", "Packages, by how far they are.", "state", many)
