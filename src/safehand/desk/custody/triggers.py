"""What goes round Django meets these: the database itself refuses to change or take away a custody entry.

Whoever owns the database file can drop a trigger. These stop slips and ordinary access; what shows a deliberate
change is the chain of hashes, and later the witnessed log.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = "custody_custodyentry"

_SQLITE: Final = [
    f"""CREATE TRIGGER custody_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a custody entry is never changed'); END""",
    f"""CREATE TRIGGER custody_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a custody entry is never taken away'); END""",
    f"""CREATE TRIGGER custody_in_order BEFORE INSERT ON {TABLE}
        WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
          OR NEW.previous IS NOT COALESCE((SELECT sha256 FROM {TABLE} WHERE sequence = NEW.sequence - 1), '')
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
                  COALESCE((SELECT sha256 FROM {TABLE} WHERE sequence = NEW.sequence - 1), '')
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


def put_up(editor: BaseDatabaseSchemaEditor) -> None:
    """Put them up."""
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement, params=None)


def take_down(editor: BaseDatabaseSchemaEditor) -> None:
    """Take them down: for undoing the migration, which a desk never does."""
    for statement in {"sqlite": _SQLITE_UNDO, "postgresql": _POSTGRESQL_UNDO}[editor.connection.vendor]:
        editor.execute(statement, params=None)
