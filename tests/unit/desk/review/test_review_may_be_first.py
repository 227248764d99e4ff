"""Which conversation has the first: what times show, and nothing that they do not."""

from __future__ import annotations

import msgspec
import pytest

from casefile_builders import DAY, HOUR, START, device, either, known
from safehand.desk.review.may_be_first import Stretch, may_be_first, stretch_of
from safehand.model.instant import MICRO, Instant, Precision, unknown_instant

MINUTE = 60 * MICRO
SOON = START - DAY


def at(micros: int, precision: Precision = Precision.SECOND) -> Instant:
    return msgspec.structs.replace(known(micros), precision=precision)


def first_of(*sent: Instant) -> tuple[int, ...]:
    """The first message of conversations 1, 2 …, each sent then."""
    return may_be_first({number: stretch_of(one) for number, one in enumerate(sent, 1)})


CASES = {
    "of two known instants the earlier one, whichever conversation was read first": (
        (at(START + HOUR), at(START)),
        (2,),
    ),
    "a second apart is apart": ((at(START), at(START + MICRO)), (1,)),
    "within one second nobody can say": ((at(START), at(START + MICRO - 1)), (1, 2)),
    "the same instant twice": ((at(START), at(START)), (1, 2)),
    "a minute hides which second it was": ((at(START, Precision.MINUTE), at(START + MINUTE - 1)), (1, 2)),
    "the next minute is after it": ((at(START, Precision.MINUTE), at(START + MINUTE)), (1,)),
    "a day without an hour hides all of it": ((at(START, Precision.DAY), at(START + 25 * HOUR - 1)), (1, 2)),
    "and no more, the longest day has 25 hours": ((at(START, Precision.DAY), at(START + 25 * HOUR)), (1,)),
    "two clocks without a zone, 26 hours apart": ((device(START), device(START + 26 * HOUR)), (1, 2)),
    "further apart than any two zones": ((device(START), device(START + 26 * HOUR + MINUTE)), (1,)),
    "a known instant within reach of a clock": ((device(START), at(START + 12 * HOUR)), (1, 2)),
    "a known instant that no zone reaches": ((device(START), at(START - 14 * HOUR - MICRO)), (2,)),
    "a day that can be read two ways may be the earlier one": ((either(START, START + 31 * DAY), at(START)), (1, 2)),
    "what is before both its readings is before it": ((either(START, START + 31 * DAY), at(SOON)), (2,)),
    "without a time nothing is before it nor after": ((unknown_instant("?"), at(START)), (1, 2)),
    "none has a time": ((unknown_instant("?"), unknown_instant("?")), (1, 2)),
    "of three the one in doubt stays beside the first": ((at(START), device(START), at(START + DAY)), (1, 2)),
    "none": ((), ()),
    "one alone": ((device(START),), (1,)),
}


@pytest.mark.parametrize("case", CASES)
def test_one_is_before_another_only_if_it_was_for_certain(case: str) -> None:
    sent, expected = CASES[case]
    assert first_of(*sent) == expected


def test_a_source_that_is_out_of_order_puts_its_first_as_early_as_its_earliest() -> None:
    backwards = stretch_of(at(START + DAY), [at(SOON), at(START + 2 * DAY)])
    assert may_be_first({1: backwards, 2: stretch_of(at(START))}) == (1, 2)
    in_order = stretch_of(at(START + DAY), [at(START + 2 * DAY), unknown_instant("?")])
    assert may_be_first({1: in_order, 2: stretch_of(at(START))}) == (2,)


def test_whatever_there_is_one_is_first() -> None:
    sent = [at(START), at(SOON), device(START), either(SOON, START), unknown_instant("?"), at(SOON, Precision.DAY)]
    for one in sent:
        for other in sent:
            for third in sent:
                assert first_of(one, other, third)
    assert stretch_of(unknown_instant("?")) == Stretch(None, None)
