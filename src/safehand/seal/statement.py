"""The statement: what is in a package and what the holder declares, in the one spelling that is signed.

    {"attachments":[…],"capture":{…},"declarations":{…},"exclusions":[…],"holder":{…},"images":{…},"items":[
     {"container":null,"doubts":[],"id":"data/0001.txt","kind":"RAW","modified":"2026-11-20T18:04:11Z",
      "name":"_chat.txt","name_raw":null,"removed":[],"sha256":"b5bb…","size":48211,"source_size":48211}],
     …,"schema":"safehand.statement/1",…}

It rests on the bytes and the holder's answers alone: no reader of platforms has a say in it, so that a second sealer
can make the same bytes. Its SHA-256 is the package's id. The format is docs/spec/statement.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from safehand.errors import CannotRead, PackageDamaged, PackageFromTheFuture, UsageError
from safehand.model.attachment import FileType
from safehand.model.canonical import Json, format_canonical, parse_canonical
from safehand.seal.answers import Answers
from safehand.seal.picked import Picked
from safehand.seal.removed import Removed
from safehand.seal.statement_answers import answers_value, are_of_form_4, parse_answer_groups
from safehand.seal.statement_rules import broken_rule
from safehand.seal.tables import StatedTable

SCHEMA: Final = "safehand.statement/1"
SCHEMA_2: Final = "safehand.statement/2"
"""Form 1 with what came to it later, ``picked``; a statement without it is of form 1, as it always was."""
SCHEMA_3: Final = "safehand.statement/3"
"""Form 1 or 2 with ``tables``; one without them is of form 1 or 2, as it always was."""
SCHEMA_4: Final = "safehand.statement/4"
"""Any of them with an answer that they have no place for (statement_answers.py)."""

_ANY_SCHEMA: Final = re.compile(r"safehand\.statement/([1-9][0-9]{0,5})")
_FILE: Final = "statement.json"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of data/: what it is called here, what it was called, and what it holds."""

    id: str
    """``data/0001.txt``: how spans cite it."""
    name: str
    """As the platform named it, with ``/`` between folders."""
    name_raw: str | None
    """The name's bytes in hexadecimal, where ``name`` is not all of them."""
    container: str | None
    """The name of the archive it came out of, without its folders."""
    modified: str | None
    size: int
    sha256: str
    source_size: int
    kind: Literal["RAW", "DERIVED"]
    """DERIVED when something was left out; ``removed`` says what and where."""
    removed: tuple[Removed, ...] = ()
    doubts: tuple[str, ...] = ()
    """What its archive says otherwise: ``checksum_mismatch``, ``truncated_file``."""


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file that was listed and not sealed. Its size, time and checksum are its container's claims."""

    name: str
    name_raw: str | None
    container: str | None
    type: FileType
    size: int | None
    modified: str | None
    crc32: str | None
    refused: bool
    """Its name would have let it be read, and its bytes or its place did not."""


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the holder left out, counted: lines ``first_line`` to ``last_line`` of an item, or a whole file."""

    name: str
    container: str | None
    reason: str
    bytes: int
    item: str | None
    """The id of the item that it was left out of; None when the whole file was left out."""
    first_line: int | None
    last_line: int | None


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When, and on what: the clock and the machine, as they were handed in."""

    utc: str
    """RFC 3339, whole seconds."""
    zone: str | None
    """The IANA name of the machine's zone, when it is known."""
    system: str
    """The operating system and its version: ``Linux 6.1``."""


class Tool(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What wrote the statement."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed."""

    sealed: Sealed
    tool: Tool
    items: tuple[Item, ...]
    attachments: tuple[Attachment, ...]
    exclusions: tuple[Exclusion, ...]
    answers: Answers
    """With ``exclusions``, ``only`` and ``tables`` empty: they stand, resolved, in the statement's own."""
    picked: Picked | None = None
    """None where the holder picked no conversations."""
    tables: tuple[StatedTable, ...] = ()
    """Which column is what, of items that are tables, where the holder said so."""

    @property
    def schema(self) -> str:
        """The lowest form that has a place for all of it."""
        if are_of_form_4(self.answers):
            return SCHEMA_4
        if self.tables:
            return SCHEMA_3
        return SCHEMA if self.picked is None else SCHEMA_2


def format_statement(statement: Statement) -> bytes:
    """The one spelling: canonical JSON, UTF-8, no final newline. The inverse of parse_statement."""
    return format_canonical(
        {
            "schema": statement.schema,
            "sealed": _plain(statement.sealed),
            "tool": _plain(statement.tool),
            "items": _plain(statement.items),
            "attachments": _plain(statement.attachments),
            "exclusions": _plain(statement.exclusions),
            **({} if statement.picked is None else {"picked": _plain(statement.picked)}),
            **({"tables": _plain(statement.tables)} if statement.tables else {}),
            **answers_value(statement.answers),
        }
    )


def parse_statement(data: bytes) -> Statement:
    """Read a statement back: only what format_statement writes is accepted.

    PackageFromTheFuture for a newer schema, PackageDamaged for anything else that is not a statement of ours.
    """
    value = _json(data)
    schema = _check_schema(value.pop("schema", None))
    try:
        statement = _statement(value, is_old=schema != SCHEMA_4)
        # One comparison at the end holds every spelling: of the JSON, and of each field in it.
        rule = broken_rule(statement) or (None if format_statement(statement) == data else "It has another spelling.")
    except (msgspec.ValidationError, UsageError) as err:
        # msgspec tells the key ("at `$[0].size`") and quotes no value; UsageError names the question.
        raise _broken(data, str(err)) from err
    if rule is not None:
        raise _broken(data, rule)
    return statement


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as err:
        raise PackageDamaged("The statement is not canonical JSON.", where=_FILE) from err
    if not isinstance(value, dict):
        raise PackageDamaged("The statement is not an object.", where=_FILE)
    return value


def _broken(data: bytes, rule: str) -> PackageDamaged:
    try:
        parse_canonical(data)
    except CannotRead:
        return PackageDamaged("The statement is not canonical JSON.", where=_FILE)
    return PackageDamaged("The statement breaks a rule of its form.", where=_FILE, todo=rule)


def _plain(value: object) -> Json:
    """Structs as objects, tuples as arrays."""
    plain: Json = msgspec.json.decode(msgspec.json.encode(value))
    return plain


def _check_schema(schema: object) -> str:
    found = _ANY_SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    if found is None:
        raise PackageDamaged("The statement does not name its form.", where=_FILE)
    if found[0] not in {SCHEMA, SCHEMA_2, SCHEMA_3, SCHEMA_4}:
        raise PackageFromTheFuture(
            f"The statement is of form {found[1]}; this version of Safehand reads forms 1 to 4.",
            where=_FILE,
            todo="Update Safehand.",
        )
    return found[0]


def _statement(value: dict[str, Any], *, is_old: bool) -> Statement:
    def take(key: str, type_: Any) -> Any:
        return msgspec.convert(value.pop(key, None), type_)

    return Statement(
        sealed=take("sealed", Sealed),
        tool=take("tool", Tool),
        items=take("items", tuple[Item, ...]),
        attachments=take("attachments", tuple[Attachment, ...]),
        exclusions=take("exclusions", tuple[Exclusion, ...]),
        picked=take("picked", Picked | None),
        tables=take("tables", tuple[StatedTable, ...] | None) or (),
        answers=parse_answer_groups(value, is_old=is_old),
    )
