"""What goes round Django meets these: the database itself refuses to change or take away a custody entry.

Whoever owns the database file can drop a trigger. These stop slips and ordinary access; what shows a deliberate
change is the log: its leaves, its signed checkpoints, and whoever keeps one of those elsewhere.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "custody_custodyentry"

_FOLLOWS: Final = {
    "sha256": "",
    "leaf_hash": " OR length(NEW.salt) <> 32 OR length(NEW.leaf_hash) <> 64",
}
"""By what an entry names the one before, and what else it has: before migration 0003, and since."""

_SQLITE: Final = [
    f"""CREATE TRIGGER custody_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a custody entry is never changed'); END""",
    f"""CREATE TRIGGER custody_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a custody entry is never taken away'); END""",
    f"""CREATE TRIGGER custody_in_order BEFORE INSERT ON {TABLE}
        WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
          OR NEW.previous IS NOT COALESCE((SELECT %(follows)s FROM {TABLE} WHERE sequence = NEW.sequence - 1), '')
             %(besides)s
        BEGIN SELECT RAISE(ABORT, 'a custody entry follows the last one'); END""",  # noqa: S608  the name is our own
]
_SQLITE_UNDO: Final = [
    "DROP TRIGGER IF EXISTS custody_no_update",
    "DROP TRIGGER IF EXISTS custody_no_delete",
    "DROP TRIGGER IF EXISTS custody_in_order",
]
_POSTGRESQL: Final = [
    """CREATE FUNCTION custody_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'a custody entry is never changed or taken away'; END $$""",
    f"""CREATE FUNCTION custody_follow() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
            IF NEW.sequence IS DISTINCT FROM (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
               OR NEW.previous IS DISTINCT FROM
                  COALESCE((SELECT %(follows)s FROM {TABLE} WHERE sequence = NEW.sequence - 1), '')
                  %(besides)s
            THEN RAISE EXCEPTION 'a custody entry follows the last one'; END IF;
            RETURN NEW;
          END $$""",  # noqa: S608  the name is our own
    f"""CREATE TRIGGER custody_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION custody_refuse()""",
    f"""CREATE TRIGGER custody_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION custody_refuse()""",
    f"""CREATE TRIGGER custody_in_order BEFORE INSERT ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION custody_follow()""",
]
_POSTGRESQL_UNDO: Final = [
    f"DROP TRIGGER IF EXISTS custody_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS custody_no_truncate ON {TABLE}",
    f"DROP TRIGGER IF EXISTS custody_in_order ON {TABLE}",
    "DROP FUNCTION IF EXISTS custody_refuse()",
    "DROP FUNCTION IF EXISTS custody_follow()",
]


def put_up(connection: BaseDatabaseWrapper, follows: str = "leaf_hash") -> None:
    """Put them up. An entry names the one before by that one's column ``follows``."""
    said = {"follows": follows, "besides": _FOLLOWS[follows]}
    _execute(connection, [text % said for text in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[connection.vendor]])


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take them down: for a migration that must reach what they guard."""
    _execute(connection, {"sqlite": _SQLITE_UNDO, "postgresql": _POSTGRESQL_UNDO}[connection.vendor])


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
