"""How the rules do on the conversations of tests/vectors/indicators: recall, precision, false alarms, release gates.

    .venv/bin/python evaluation/indicator_rules.py   the tables of docs/evaluation.md; 1 where a gate is broken
        --record docs/evaluation.md                  writes them between its two marks
        --show                                       and each label missed or wrong in the pairs and the planted set

The same conversations, rules and list of words give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from blind_tables import blind_by_length, blind_by_writers, the_blind
from figure_tables import (
    by_family,
    by_group,
    by_length,
    by_points,
    by_rule,
    by_rule_and_group,
    by_variant,
    recall_by_group,
    the_band,
    the_unseen,
)
from gates import gates_told
from measured import Measured, measure
from safehand.analysis.indicators.rule import Points

MARKS: Final = ("<!-- measured: from here -->\n", "<!-- measured: to here -->\n")


def page(measured: Measured) -> str:
    """What stands between the marks."""
    parts = (
        f"Measured with the list of words of {measured.words}.",
        "### Release gates",
        gates_told(measured),
        "### Each rule",
        by_rule(measured),
        "### What points away, beside what points towards",
        by_points(measured, (Points.TOWARDS, Points.AWAY, Points.BOTH, Points.WELFARE, Points.CONTEXT)),
        "### The top band",
        the_band(measured),
        "### By how a conversation is written",
        "Innocent conversations:",
        by_group(measured),
        by_rule_and_group(measured),
        "Labels of planted conversations:",
        recall_by_group(measured),
        "### The blind set: conversations by somebody who had not seen the rules",
        the_blind(measured.blind),
        "By length:",
        blind_by_length(measured.blind),
        "By how they are written:",
        blind_by_writers(measured.blind),
        "### The set that was unseen until the rules were mended",
        the_unseen(measured),
        "### The minimal pairs, written otherwise",
        by_variant(measured),
        "### Innocent conversations by length, of both sets",
        by_length(measured),
        "### Innocent conversations by family",
        by_family(measured),
    )
    return "\n\n".join(parts) + "\n"


def recorded(document: str, told: str) -> str:
    """A document with ``told`` between its marks; ValueError where the marks are not there once each, in order."""
    before, first, rest = document.partition(MARKS[0])
    _, last, after = rest.partition(MARKS[1])
    if not first or not last or MARKS[0] in rest:
        raise ValueError("the document does not hold the two marks")
    return f"{before}{first}\n{told}\n{last}{after}"


def main() -> int:
    """Prints, records or shows; 1 where a gate is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    measured = measure()
    told = page(measured)
    sys.stdout.write(told)
    if asked.show:
        sys.stdout.writelines(f"missed  {one}\n" for one in measured.judged.missed)
        sys.stdout.writelines(f"wrongly {one}\n" for one in measured.judged.false)
    if asked.record:
        asked.record.write_text(recorded(asked.record.read_text(encoding="utf-8"), told), encoding="utf-8")
    return 0 if measured.holds() else 1


if __name__ == "__main__":
    sys.exit(main())
