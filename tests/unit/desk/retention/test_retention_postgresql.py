"""What a PostgreSQL keeps of a row that was changed, in the file of its table, until old pages are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from django.db import connection

from safehand.desk.core.free_pages import forget_old_pages
from safehand.errors import CannotWrite

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's is test_retention_canary.py"),
    pytest.mark.django_db(transaction=True),
]

CANARY = b"Zephyrine Okonkwo-Vale"


def execute(sql: str, *values: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def on_disk() -> bytes:
    """The file of the table, as it lies there."""
    execute("CHECKPOINT")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('old_pages'))")
        return bytes(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    execute("CREATE TABLE old_pages (words bytea)")
    execute("ALTER TABLE old_pages ALTER COLUMN words SET STORAGE PLAIN")
    execute("INSERT INTO old_pages VALUES (%s)", CANARY * 9)
    execute("UPDATE old_pages SET words = %s", b"erased")
    yield
    execute("DROP TABLE old_pages")


def test_vacuum_alone_gives_room_free_and_only_a_rewritten_table_holds_it_no_more() -> None:
    assert CANARY in on_disk(), "it lies there, and this test could find it"
    forget_old_pages(["old_pages"])
    assert CANARY not in on_disk()


def test_while_another_looks_at_the_table_as_it_was_nothing_is_said_to_be_gone() -> None:
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT 1")
        execute("UPDATE old_pages SET words = %s", b"erased anew")
        with pytest.raises(CannotWrite, match="in use"):
            forget_old_pages(["old_pages"])
        other.rollback()
        forget_old_pages(["old_pages"])
        assert CANARY not in on_disk()
    finally:
        other.close()


def test_a_table_that_another_holds_is_tried_again_later_and_not_waited_for_without_end() -> None:
    held, done = Event(), Event()

    def hold() -> None:
        other = connection.copy()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE old_pages IN SHARE MODE")
            held.set()
            done.wait(30)
        other.rollback()
        other.close()

    thread = Thread(target=hold)
    thread.start()
    held.wait(30)
    try:
        with pytest.raises(CannotWrite, match="in use"):
            forget_old_pages(["old_pages"])
    finally:
        done.set()
        thread.join()
