"""A desk of its own for a benchmark, in a scratch folder.

state = scratch_desk(folder)
from make_cases import make_case      what needs a desk can be imported only now, when it is known where it is
"""

from __future__ import annotations

from pathlib import Path

from safehand.desk.core.state import State
from safehand.desk.prepare import make_keys, make_ready, set_up


def scratch_desk(folder: Path) -> State:
    """With keys, tables and styles, ready to be asked."""
    state = set_up(folder / "desk")
    make_keys(state)
    make_ready(state)
    return state
