"""Runs: which way their times run is told alike, whether their stamps are seen one by one or many at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safehand.sources.batches import Batch
from safehand.sources.contract import FileInMemory
from safehand.sources.runs import Run

FILE = FileInMemory("1", "1.json", b"")
stamps = st.lists(st.lists(st.sampled_from(["", "2021", "2022", "2023"]), max_size=4), max_size=4)


def seen(run: Run) -> tuple[object, ...]:
    """All that a run tells of its stamps."""
    return run.first, run.last, run.rises, run.falls, run.reverse, run.earliest, run.latest


@given(stamps)
def test_stamps_seen_at_once_tell_what_each_by_itself_tells(found: list[list[str]]) -> None:
    one, many = Run(FILE), Run(FILE)
    for some in found:
        many.see_all(some)
        for stamp in some:
            one.see(stamp)
    assert seen(many) == seen(one)


def test_of_a_batch_all_stand_in_the_run_but_what_was_refused() -> None:
    batch = Batch(starts=[0, 10, 20], ends=[9, 19, 29], raws=[b"", b"", b""])
    whole, part = Run(FILE), Run(FILE)
    whole.add_all(batch, set())
    part.add_all(batch, {1})
    assert [whole.spans[index] for index in range(len(whole.spans))] == [(0, 9), (10, 19), (20, 29)]
    assert [part.spans[index] for index in range(len(part.spans))] == [(0, 9), (20, 29)]
