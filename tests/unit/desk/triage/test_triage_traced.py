"""Two packages of one chat are noticed once both are read, and nothing of the chat can be read off the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_cast import Cast, clock
from desk_packages import sealed
from safehand.desk.cases.models import Case, Package
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.intake.models import Trace
from safehand.desk.intake.processing import process
from safehand.desk.triage.linking import alike_of

pytestmark = pytest.mark.django_db

ROW = b"%d/03/2026, 09:%02d - Priya Wren: the bean rows at plot %d want watering before the sun is up\n"


def read(cast: Cast, state: State, data: bytes) -> None:
    with EvidenceStore(state).begin(1 << 24) as incoming:
        incoming.write(data)
        package = receive(cast.alice, incoming, clock=clock).package
    assert process(package.pk, clock=clock) == "ready"


def test_a_part_of_a_chat_is_noticed_beside_the_whole_and_another_chat_is_not(
    cast: Cast, desk_state: State, tmp_path: Path
) -> None:
    lines = [ROW % (13 + n % 15, n, n) for n in range(8)]
    others = [line.replace(b"bean", b"pea") for line in lines]
    for name, part in (("one", lines), ("two", lines[:6]), ("other", others)):
        read(cast, desk_state, sealed(desk_state, tmp_path / name, b"".join(part)))
    one, two, other = Case.objects.order_by("pk")
    assert [alike.why for alike in alike_of(one)] == [(("words", 6),)]
    assert [alike.other for alike in alike_of(two)] == [one]
    assert alike_of(other) == ()
    rows = list(Trace.objects.values_list("of", "digest"))
    assert {kind for kind, _ in rows} == {"file", "words"}, "a name alone traces no account"
    assert all(len(digest) == 32 for _, digest in rows)
    Package.objects.filter(case=one).update(state="received")
    assert process(one.package.pk, clock=clock) == "ready"
    assert Trace.objects.count() == len(rows), "read again, it is traced once"
