"""Many processes that write custody entries at the same moment: one order, no gap, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desk_cast import make_state
from desk_processes import WithTables

pytestmark = pytest.mark.slow

WRITERS = 4
EACH = 15

WRITE = f"""
from safehand.desk.custody.actions import record, recorded
from safehand.desk.custody.acts import Verb
for number in range({EACH}):
    with recorded():
        record(Verb.CASE_OPENED, actor="officer:writer-" + sys.argv[2], record="case")
"""
TELL = """
from safehand.desk.custody.chain import problems_of_log
from safehand.desk.custody.models import CustodyEntry
print(CustodyEntry.objects.count(), CustodyEntry.objects.values("actor").distinct().count(), *problems_of_log())
"""


def python(code: str, state: Path, environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """A process of its own that knows where the desk is."""
    start = "import sys; from pathlib import Path; from safehand.desk.prepare import set_up; "
    start += "state = set_up(Path(sys.argv[1]))\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + code, str(state), *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(process: subprocess.Popen[str]) -> str:
    """What it said, when it ended well."""
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return said


def test_entries_of_many_processes_stand_in_one_order(
    tmp_path: Path, shipped_environment: dict[str, str], with_tables: WithTables
) -> None:
    state = with_tables(make_state(tmp_path)).root
    writers = [python(WRITE, state, shipped_environment, str(number)) for number in range(WRITERS)]
    for writer in writers:
        done(writer)
    assert done(python(TELL, state, shipped_environment)).split() == [str(WRITERS * EACH), str(WRITERS)]
