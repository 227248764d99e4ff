"""The holder's receipt: proof of what was sealed and when, and nothing of what is in it.

    {"holder_key":"ssh-ed25519 AAAA…","package_sha256":"…","schema":"safehand.receipt/1",
     "sealed":"2026-11-22T10:00:00Z","statement_sha256":"…"}

It names no case, no person, no platform and no file (domain.md F4.9), so it can be kept anywhere and read out to all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from safehand.errors import CannotRead
from safehand.model.canonical import format_canonical, parse_canonical
from safehand.model.digest import is_sha256
from safehand.signing.trust import MalformedKey, parse_public_key

SCHEMA: Final = "safehand.receipt/1"

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the holder keeps."""

    package_sha256: str
    """Of the FILE.safehand: the desk can say whether it is the one it has."""
    statement_sha256: str
    """Of the signed statement inside: the package's id, the same however often it is encrypted."""
    sealed: str
    """RFC 3339, UTC."""
    holder_key: str
    """``ssh-ed25519 AAAA…``: the public half of the key that signed."""


def format_receipt(receipt: Receipt) -> bytes:
    """The receipt as canonical JSON. The inverse of parse_receipt."""
    return format_canonical(
        {
            "schema": SCHEMA,
            "package_sha256": receipt.package_sha256,
            "statement_sha256": receipt.statement_sha256,
            "sealed": receipt.sealed,
            "holder_key": receipt.holder_key,
        }
    )


def parse_receipt(data: bytes, *, where: str = "") -> Receipt:
    """Read a receipt back, or CannotRead: only what format_receipt writes is accepted."""
    value = parse_canonical(data)
    if isinstance(value, dict) and value.pop("schema", None) == SCHEMA:
        texts = {key: text for key, text in value.items() if isinstance(text, str)}
        if texts.keys() == value.keys() == set(Receipt.__dataclass_fields__):
            receipt = Receipt(**texts)
            if _is_whole(receipt):
                return receipt
    raise CannotRead("This is not a receipt of Safehand.", where=where)


def receipt_text(receipt: Receipt) -> str:
    """The receipt for people: to print, or to write down."""
    return (
        "Receipt for a sealed package\n\n"
        f"Sealed            {receipt.sealed} (UTC)\n"
        f"Package           {_grouped(receipt.package_sha256)}\n"
        f"Statement         {_grouped(receipt.statement_sha256)}\n"
        f"Signed with       {receipt.holder_key}\n\n"
        "Keep this. The unit can compare these numbers with the package it has; they say nothing about what is in it.\n"
    )


def _grouped(digest: str) -> str:
    groups = [digest[start : start + 8] for start in range(0, len(digest), 8)]
    return " ".join(groups[:4]) + "\n                  " + " ".join(groups[4:])


def _is_whole(receipt: Receipt) -> bool:
    try:
        parse_public_key(receipt.holder_key)
    except MalformedKey:
        return False
    hashes = (receipt.package_sha256, receipt.statement_sha256)
    return all(map(is_sha256, hashes)) and _MOMENT.fullmatch(receipt.sealed) is not None
