import json
from pathlib import Path

import pytest

from zip_vectors import vectors, verdict_of

VECTORS = Path(__file__).parents[2] / "vectors" / "archive"
NAMES = sorted(path.stem for path in VECTORS.glob("*.json"))


def test_there_is_a_vector_for_each_archive_that_was_made() -> None:
    assert sorted(vectors()) == NAMES
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_is_the_one_in_the_vector(name: str) -> None:
    vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    assert verdict_of(bytes.fromhex(vector["zip"])) == vector["verdict"]


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_is_the_archive_that_the_builder_makes(name: str) -> None:
    # Vectors packed by another zlib may differ in their packed bytes, so the verdicts are compared, not the bytes.
    vector = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    about, archive = vectors()[name]
    assert vector["about"] == about
    if name not in {"broken-data", "cut-data"}:  # how much comes out of a broken stream depends on who packed it
        assert verdict_of(archive.data) == vector["verdict"]
