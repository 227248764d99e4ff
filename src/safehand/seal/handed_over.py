r"""The handed-over receipt: what a holder saves when the desk has said that it has their report.

    {"acknowledgement":{…},"check_code":"K7QM-2D9X-TR4B-08H3","receipt":{…} or null,"schema":"safehand.handed-over/1",
     "sent":{"files":1,"listed":12},"signature":"-----BEGIN SSH SIGNATURE-----\n…"}

``receipt`` is the receipt of sealing (receipt.py), and null for an urgent notice. ``check_code`` is null where the
holder shares the computer. It names no person, no platform and no file. The page that a holder saves is HTML, and holds
these bytes between ``BEGIN`` and ``END``; ``safehand verify-receipt`` reads the one and the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead, UsageError
from safehand.model.canonical import Json, format_canonical, parse_canonical
from safehand.seal.acknowledgement import Signed, acknowledgement_of, acknowledgement_value
from safehand.seal.check_code import format_check_code, parse_check_code
from safehand.seal.receipt import Receipt, format_receipt, parse_receipt

SCHEMA: Final = "safehand.handed-over/1"
BEGIN: Final = b'<script type="application/json" id="safehand-receipt">'
END: Final = b"</script>"
LONGEST: Final = 1 << 20
"""Bytes a receipt may have: one saved as a page brings its styles along."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the holder keeps."""

    signed: Signed
    files: int
    """Texts that were sealed."""
    listed: int
    """Files that were listed by name and never opened."""
    receipt: Receipt | None = None
    check_code: str | None = None
    """Its 16 characters, or None where it was not to be saved."""


def format_handed_over(handed: HandedOver) -> bytes:
    """Canonical JSON. The inverse of parse_handed_over."""
    return format_canonical(
        {
            "schema": SCHEMA,
            "acknowledgement": acknowledgement_value(handed.signed.acknowledgement),
            "signature": handed.signed.signature,
            "sent": {"files": handed.files, "listed": handed.listed},
            "receipt": parse_canonical(format_receipt(handed.receipt)) if handed.receipt is not None else None,
            "check_code": format_check_code(handed.check_code) if handed.check_code is not None else None,
        }
    )


def parse_handed_over(data: bytes, *, where: str = "") -> HandedOver:
    """Read a receipt back, as JSON or in the page that was saved. CannotRead for anything else."""
    try:
        value = parse_canonical(_inside(data))
        match value:
            case {
                "schema": schema,
                "acknowledgement": acknowledgement,
                "signature": str(signature),
                "sent": {"files": int(files), "listed": int(listed), **more},
                "receipt": receipt,
                "check_code": code,
                **rest,
            } if schema == SCHEMA and not rest and not more and _are_counts(files, listed):
                signed = Signed(acknowledgement_of(acknowledgement), signature)
                return HandedOver(signed, files, listed, _receipt(receipt, signed), _code(code))
    except (CannotRead, UsageError) as err:
        raise _not_one(where) from err
    raise _not_one(where)


def _inside(data: bytes) -> bytes:
    before, begin, rest = data.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if begin and end and BEGIN not in after:
        return inside
    return before


def _are_counts(*numbers: int) -> bool:
    return all(not isinstance(number, bool) and number >= 0 for number in numbers)


def _receipt(value: Json, signed: Signed) -> Receipt | None:
    if value is None:
        return None
    receipt = parse_receipt(format_canonical(value))
    if receipt.package_sha256 != signed.acknowledgement.sha256:
        raise CannotRead("Its two halves are about different packages.")
    return receipt


def _code(value: Json) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or format_check_code(parse_check_code(value)) != value:
        raise CannotRead("The check code is not in its one spelling.")
    return parse_check_code(value)


def _not_one(where: str) -> CannotRead:
    return CannotRead(
        "This is not a receipt for something handed over.",
        where=where,
        todo="Give the receipt that was saved when it was sent, as it was saved.",
    )
