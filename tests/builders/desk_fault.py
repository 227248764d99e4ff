"""A desk in processes of its own, for tests that kill them.

    python desk_fault.py STATE hand-in PACKAGE       a desk is made, the package handed in
    python desk_fault.py STATE work [STEP]           a worker that does all there is to do; at STEP it kills itself -9
    python desk_fault.py STATE tell                  what the desk holds now, as JSON

Settings are those of a desk as shipped; DATABASE_URL, when set, names its PostgreSQL. The deeds are in
desk_fault_deeds.py, which can be loaded once it is known where the desk is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from safehand.desk.prepare import set_up

STEPS: Final = (
    "before anything",
    "before the package is unsealed",
    "when it was unsealed, before that is written",
    "when it was unsealed, after that was written",
    "in the middle of reading",
    "when the case file stands, before that is written",
    "between the last change and its custody entry",
    "when all was written, before the task is done",
)


def main() -> None:
    """One command."""
    state = set_up(Path(sys.argv[1]))
    import desk_fault_deeds as deeds  # noqa: PLC0415  see above

    match sys.argv[2:]:
        case ["hand-in", package]:
            deeds.hand_in(state, Path(package))
        case ["work", *step]:
            deeds.work(step[0] if step else None)
        case ["tell"]:
            json.dump(deeds.tell(state), sys.stdout)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
