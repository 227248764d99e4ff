"""The published tables of words beside this file, data/words.txt and data/expressions.txt, as they are read.

listed("sat sun")                  frozenset({"sat", "sun"})
table("words.txt")                 (("relday", "1", "tomorrow tmrw …"), …)
"""

from __future__ import annotations

from importlib import resources

Row = tuple[str, str, str]
"""A sort, a value, and what stands behind the colon."""


def listed(words: str) -> frozenset[str]:
    """Words with spaces between, as a set."""
    return frozenset(words.split())


def table(name: str) -> tuple[Row, ...]:
    """The rows of a table, in order. A line that begins with a space goes on with the one above; # begins a comment."""
    rows: list[Row] = []
    for line in resources.files(__package__).joinpath("data", name).read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith(" "):
            sort, value, words = rows.pop()
            rows.append((sort, value, words + line))
        else:
            head, _, words = line.partition(":")
            sort, value = head.split(" ")
            rows.append((sort, value, words))
    return tuple(rows)
