"""The vectors of docs/spec/handover.md, which the page is held to as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safehand.errors import UsageError
from safehand.seal.acknowledgement import format_acknowledgement, parse_acknowledgement, sign_acknowledgement
from safehand.seal.check_code import hash_check_code, parse_check_code

VECTORS = Path(__file__).parents[2] / "vectors" / "handover"
CODES: dict[str, Any] = json.loads((VECTORS / "check-codes.json").read_text("utf-8"))
SIGNED: dict[str, str] = json.loads((VECTORS / "acknowledgement.json").read_text("utf-8"))


@pytest.mark.parametrize("good", CODES["good"], ids=lambda good: good["written"])
def test_a_code_is_read_as_the_vector_says(good: dict[str, str]) -> None:
    assert parse_check_code(good["written"]) == good["code"]


@pytest.mark.parametrize("fault", CODES["bad"])
def test_what_the_vector_calls_no_code_is_none(fault: str) -> None:
    with pytest.raises(UsageError):
        parse_check_code(CODES["bad"][fault])


def test_the_hash_and_the_signature_are_those_of_the_vectors() -> None:
    kept = CODES["hash"]
    assert hash_check_code(kept["code"], bytes.fromhex(kept["key"])) == kept["hash"]
    said = parse_acknowledgement(SIGNED["canonical"].encode())
    assert format_acknowledgement(said).decode() == SIGNED["canonical"]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(SIGNED["signing_seed"]))
    assert sign_acknowledgement(said, key).signature == SIGNED["signature"]
