"""The custody log: added to in the transaction of what it speaks of, in order, and never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from desk_cast import NOW, clock
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import hash_of, parse_entry
from safehand.desk.custody.leaves import leaf_hash_of
from safehand.desk.custody.models import CustodyEntry
from safehand.errors import UsageError

pytestmark = pytest.mark.django_db


def write(times: int = 1) -> list[CustodyEntry]:
    with transaction.atomic():
        return [record(Verb.CASE_OPENED, actor="officer:alice", case="SH-7K3M9QXA1", clock=clock) for _ in range(times)]


def write_and_fail() -> None:
    record(Verb.CASE_OPENED, actor="officer:alice", clock=clock)
    raise ZeroDivisionError


def test_entries_count_from_one_and_each_names_the_leaf_of_the_one_before() -> None:
    first, second, third = write(3)
    assert [entry.sequence for entry in (first, second, third)] == [1, 2, 3]
    assert (first.previous, second.previous, third.previous) == ("", first.leaf_hash, second.leaf_hash)
    for row in CustodyEntry.objects.all():
        read = parse_entry(bytes(row.canonical))
        assert row.sha256 == hash_of(bytes(row.canonical))
        assert row.leaf_hash == leaf_hash_of(bytes(row.salt), bytes(row.canonical))
        assert (read.sequence, read.instant, read.actor, read.previous or "") == (
            row.sequence,
            NOW,
            row.actor,
            row.previous,
        )


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(UsageError, match="transaction"):
        record(Verb.CASE_OPENED, actor="officer:alice", clock=clock)
    assert not CustodyEntry.objects.exists()


def test_no_two_entries_have_one_salt_and_no_leaf_can_be_tried_out() -> None:
    rows = write(20)
    assert len({row.salt for row in rows}) == 20
    assert {len(row.salt) for row in rows} == {32}
    with transaction.atomic():
        same = [
            record(Verb.CASE_OPENED, actor="officer:alice", clock=clock, random=lambda: bytes(32)).leaf_hash
            for _ in range(2)
        ]
    assert len(set(same)) == 2, "of two entries that differ in their number alone"


def test_what_fails_leaves_no_entry_and_no_gap() -> None:
    write()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write_and_fail()
    assert [entry.sequence for entry in [*CustodyEntry.objects.all(), *write()]] == [1, 2]


def test_an_entry_is_never_saved_again() -> None:
    (entry,) = write()
    entry.verb = "messages.shown"
    with pytest.raises(UsageError):
        entry.save()
    with pytest.raises(UsageError):
        CustodyEntry.objects.get(pk=1).save()


def test_an_entry_is_never_taken_away() -> None:
    (entry,) = write()
    with pytest.raises(UsageError):
        entry.delete()
    with pytest.raises(UsageError):
        CustodyEntry.objects.all().delete()
    with pytest.raises(UsageError):
        CustodyEntry.objects.filter(sequence=1).update(actor="officer:bob")


INSERT = (
    'INSERT INTO custody_custodyentry SELECT {}, instant, actor, act, verb, "case", record, recipient, reason,'
    " canonical, 'x', {}, {}, {} FROM custody_custodyentry WHERE sequence = 2"
)
"""A number, what it names the one before by, a salt and the hash of a leaf."""

ROUND_DJANGO = {
    "update": "UPDATE custody_custodyentry SET actor = 'officer:bob' WHERE sequence = 1",
    "delete": "DELETE FROM custody_custodyentry WHERE sequence = 2",
    "a gap": INSERT.format(9, "leaf_hash", "salt", "leaf_hash"),
    "another chain": INSERT.format(3, "previous", "salt", "leaf_hash"),
    "a chain of hashes, as it was before": INSERT.format(3, "sha256", "salt", "leaf_hash"),
    "a salt that is cut": INSERT.format(3, "leaf_hash", "SUBSTR(salt, 1, 31)", "leaf_hash"),
    "no leaf": INSERT.format(3, "leaf_hash", "salt", "''"),
}


@pytest.mark.parametrize("how", ROUND_DJANGO)
def test_the_database_itself_refuses(how: str) -> None:
    write(2)
    before = list(CustodyEntry.objects.values_list("sequence", "actor", "sha256"))
    with pytest.raises(DatabaseError, match="custody entry"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROUND_DJANGO[how])
    assert list(CustodyEntry.objects.values_list("sequence", "actor", "sha256")) == before


def test_the_rows_of_the_refused_inserts_are_otherwise_good() -> None:
    """The first of the INSERTs above fails for its order alone."""
    write(2)
    with connection.cursor() as cursor:
        cursor.execute(ROUND_DJANGO["a gap"].replace("SELECT 9", "SELECT 3"))
    assert CustodyEntry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_recorded_is_in_a_transaction_of_its_own() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), recorded():
        pass
