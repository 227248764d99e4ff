"""The sealer's own types and tests, which run in node: so that whoever runs the tests has run these."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_types_and_the_tests_of_the_sealer_pass_in_node() -> None:
    assert (ROOT / "frontend/node_modules/esbuild-wasm").is_dir(), "make styles installs what the sealer is built with"
    done = subprocess.run(
        ["node", "frontend/sealer/test.mjs"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-4000:]
