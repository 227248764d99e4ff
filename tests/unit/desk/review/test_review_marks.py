from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safehand.desk.review.presenters.marks import Piece, around, cut


def test_what_was_found_stands_in_a_piece_of_its_own() -> None:
    assert cut("seed potatoes", ((5, 13),)) == (Piece("seed "), Piece("potatoes", found=True))


def test_a_text_with_nothing_found_is_one_piece_and_an_empty_text_none() -> None:
    assert cut("courgettes") == (Piece("courgettes"),)
    assert cut("") == ()


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8))
def test_the_pieces_joined_are_the_text(text: str, places: list[int]) -> None:
    ordered = sorted({min(place, len(text)) for place in places})
    spans = tuple(zip(ordered[::2], ordered[1::2], strict=False))
    pieces = cut(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert "".join(piece.text for piece in pieces if piece.found) == "".join(text[a:b] for a, b in spans)


def test_a_long_text_is_cut_about_the_first_thing_found() -> None:
    text = "rain " * 200 + "marrow" + " sun" * 200
    pieces = around(text, ((1000, 1006),), 120)
    assert [piece.text for piece in pieces if piece.found] == ["marrow"]
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert sum(len(piece.text) for piece in pieces) == 124


def test_a_short_text_is_not_cut() -> None:
    assert around("marrow", ((0, 6),), 120) == (Piece("marrow", found=True),)


def test_what_was_searched_for_and_what_an_indicator_rests_on_are_two_marks_and_may_overlap() -> None:
    assert cut("im 13 btw", ((3, 9),), ((0, 5),)) == (
        Piece("im ", cue=True),
        Piece("13", found=True, cue=True),
        Piece(" btw", found=True),
    )


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_marks_that_lie_anywhere_lose_no_letter(text: str, cues: list[tuple[int, int]]) -> None:
    pieces = cut(text, (), cues)
    assert "".join(piece.text for piece in pieces) == text
    marked = {at for start, end in cues for at in range(start, min(end, len(text)))}
    assert sum(len(piece.text) for piece in pieces if piece.cue) == len(marked)
