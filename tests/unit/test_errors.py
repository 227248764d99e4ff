"""Promises of the tree of errors: each has a code of its own, a place, a next step and an exit code."""

from __future__ import annotations

from safehand import errors
from safehand.errors import SafehandError


def every_error(root: type[SafehandError] = SafehandError) -> list[type[SafehandError]]:
    return [root, *(deeper for child in root.__subclasses__() for deeper in every_error(child))]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in every_error()]
    assert len(codes) == len(set(codes)) > 10


def test_every_error_exits_with_a_code_that_is_documented() -> None:
    assert {error.exit_code for error in every_error()} == {1, 2, 3, 4, 6}


def test_every_error_stands_in_the_tree_drawn_at_the_top_of_the_file() -> None:
    assert errors.__doc__ is not None
    drawn = errors.__doc__
    assert [error.__name__ for error in every_error() if error.__name__ not in drawn] == []


def test_an_error_says_where_what_and_what_next() -> None:
    said = str(SafehandError("The file is empty.", where="chat.txt", todo="Export it again."))
    assert said == "chat.txt: The file is empty. Export it again."
    assert str(SafehandError("The file is empty.")) == "The file is empty."
