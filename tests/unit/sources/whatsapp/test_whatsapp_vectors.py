"""Every vector of tests/vectors/whatsapp is read as its verdict says, whatever the window."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from safehand.sources.contract import ReadOptions
from whatsapp_reading import verdict

VECTORS = Path(__file__).parents[3] / "vectors" / "whatsapp"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))


def vector(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return made


def options_of(made: dict[str, Any]) -> ReadOptions:
    stated = ReadOptions(zone=made.get("zone"), day_first=made.get("day_first"))
    who = "holder"
    return replace(stated, zone_by=who if stated.zone else None, day_first_by=who if "day_first" in made else None)


def test_there_are_vectors_good_and_bad() -> None:
    assert len(NAMES) >= 50
    verdicts = [vector(name)["verdict"] for name in NAMES]
    assert sum("unparsed" in one for one in verdicts) >= 4
    doubts = {doubt for one in verdicts for doubt in one.get("doubts", ())}
    assert len(doubts) >= 11


@pytest.mark.parametrize("window", [1 << 22, 1, 64, 1024])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_is_read_as_its_verdict_says_through_any_window(name: str, window: int) -> None:
    made = vector(name)
    data = bytes.fromhex(made["hex"]) if "hex" in made else made["text"].encode("utf-8")
    told = verdict(data, replace(options_of(made), window=window), made["name"])
    assert json.loads(json.dumps(told)) == made["verdict"]
