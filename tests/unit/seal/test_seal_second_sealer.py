"""The specification is enough: a sealer written from it alone, in JavaScript, makes the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "tests" / "vectors" / "package"


def second_sealer(vectors: list[dict[str, Any]]) -> list[Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on this machine")
    command = [node, str(ROOT / "tests" / "builders" / "second_sealer.mjs"), str(ROOT)]
    found = subprocess.run(command, input=json.dumps(vectors).encode(), capture_output=True, check=False)
    assert found.returncode == 0, found.stderr.decode()
    told: list[Any] = json.loads(found.stdout)
    return told


def test_it_makes_the_same_tar_and_the_same_statement() -> None:
    vectors = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(VECTORS.glob("good-*.json"))]
    assert len(vectors) >= 6
    for vector, made in zip(vectors, second_sealer(vectors), strict=True):
        verdict = vector["verdict"]
        assert json.loads(made["statement"]) == json.loads(verdict["statement"]), vector["about"]
        assert made == {key: verdict[key] for key in ("statement", "tar_size", "tar_sha256")}, vector["about"]


def test_it_leaves_out_the_same_pictures() -> None:
    vectors = json.loads((VECTORS / "embedded.json").read_text(encoding="utf-8"))
    told = second_sealer(vectors)
    assert [(v["about"], made) for v, made in zip(vectors, told, strict=True)] == [
        (v["about"], v["verdict"]) for v in vectors
    ]
