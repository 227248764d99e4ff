"""The most memory a command held, whatever the test that starts it holds itself.

A process inherits its parent's high mark when it is started (Linux keeps it across exec), and test runners
grow large. So the command is started by a small process in between, which asks the kernel what its one child held.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

_BETWEEN: Final = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], check=False).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def peak_mib(command: Sequence[str], *, ends_with: int = 0) -> float:
    """MiB of the largest process among ``command`` and its children. AssertionError when it ends with another code."""
    ran = subprocess.run([sys.executable, "-c", _BETWEEN, *command], check=False, capture_output=True, text=True)
    assert ran.returncode == ends_with, ran.stderr
    return int(ran.stdout.splitlines()[-1]) / 1024
