"""How many of the texts of tests/vectors/meeting_time are read fully right: the bound that was asked for is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

import meeting_time as evaluation
from measured_times import Text, answers, read_set, stretch_of
from safehand.analysis.meeting_time import meeting_times
from safehand.model.instant import unknown_instant
from shares import Share


@pytest.mark.parametrize(("name", "texts", "times"), [("seen", 248, 190), ("unseen", 278, 214)])
def test_the_sets_are_whole(name: str, texts: int, times: int) -> None:
    found = read_set(evaluation.VECTORS / f"{name}.tsv")
    assert (len(found), sum(bool(text.must) for text in found)) == (texts, times)
    assert len({(text.sent, text.text) for text in found}) == texts
    for text in found:
        for answer in text.must | text.may:
            first, end = stretch_of(answer)
            assert first <= end
            assert abs(first - text.sent) < timedelta(days=500)


def test_no_text_is_in_both_sets() -> None:
    seen, unseen = ({text.text for text in read_set(evaluation.VECTORS / f"{name}.tsv")} for name in evaluation.SETS)
    assert seen & unseen == set()


def test_more_than_nine_in_ten_of_the_unseen_texts_are_read_fully_right() -> None:
    shares = evaluation.judged(read_set(evaluation.VECTORS / "unseen.tsv"))
    assert shares["named"].right / shares["named"].all > 0.9
    assert shares["clock"].right / shares["clock"].all > 0.9
    assert shares["none"].right / shares["none"].all > 0.95


def test_every_seen_text_is_read_fully_right() -> None:
    texts = read_set(evaluation.VECTORS / "seen.tsv")
    assert [text.text for text in texts if not answers(text).fully_right] == []


def test_a_wrong_answer_is_counted_as_one() -> None:
    (text,) = [text for text in read_set(evaluation.VECTORS / "seen.tsv") if text.text == "tmrw 8pm"]
    assert answers(text).fully_right
    other = Text(text.sent, "tmrw 9pm", text.must, text.may)
    assert answers(other).missing
    assert answers(other).too_much
    assert not answers(other).clock_right
    assert evaluation.judged([text, other])["named"] == Share(1, 2)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 100, 0.7222, 0.8749), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert Share(right, of).interval() == pytest.approx((low, high), abs=5e-5)


def test_texts_of_the_sets_give_nothing_where_their_own_time_is_not_known() -> None:
    assert all(
        meeting_times(text.text, unknown_instant("")) == () for text in read_set(evaluation.VECTORS / "seen.tsv")
    )
