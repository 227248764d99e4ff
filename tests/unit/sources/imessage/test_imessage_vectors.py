"""Every vector of tests/vectors/imessage is read as its verdict says, whatever the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imessage_reading import verdict

VECTORS = Path(__file__).parents[3] / "vectors" / "imessage"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))


def vector(name: str) -> tuple[bytes, str | None, dict[str, Any]]:
    made = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    data = bytes.fromhex(made["hex"]) if "hex" in made else made["text"].encode("utf-8")
    return data, made.get("zone"), made["verdict"]


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 28
    assert sum("unparsed" in vector(name)[2] for name in NAMES) >= 2


@pytest.mark.parametrize("window", [1 << 22, 1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    data, zone, expected = vector(name)
    assert verdict(data, window, zone) == expected
