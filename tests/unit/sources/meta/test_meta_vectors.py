"""Every vector of tests/vectors/meta is read as its verdict says, whatever the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from meta_reading import told

VECTORS = Path(__file__).parents[3] / "vectors" / "meta"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))


def vector(name: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    data = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    files = {
        one["name"]: bytes.fromhex(one["hex"]) if "hex" in one else one["text"].encode("utf-8") for one in data["files"]
    }
    return files, data["verdict"]


def test_there_are_vectors() -> None:
    assert len(NAMES) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says(name: str) -> None:
    files, verdict = vector(name)
    assert told(files) == verdict


@pytest.mark.parametrize("window", [1, 61, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_alike_through_any_window(name: str, window: int) -> None:
    files, verdict = vector(name)
    assert told(files, window) == verdict
