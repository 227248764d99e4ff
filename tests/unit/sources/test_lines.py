"""Lines come whole, with their places, however much is read at a time; very long ones in pieces."""

from hypothesis import given, settings
from hypothesis import strategies as st

from safehand.sources.accounting import Ledger
from safehand.sources.contract import FileInMemory
from safehand.sources.lines import PIECE, lines


def told(data: bytes, window: int) -> list[tuple[int, bytes, bool]]:
    ledger = Ledger("f")
    found = list(lines(FileInMemory("f", "f", data), ledger, window))
    assert ledger.fed == len(data)
    return found


@given(st.lists(st.sampled_from([b"a", b"bc\r", b"\n", b"\r\n", b""]), max_size=30).map(b"".join), st.integers(1, 9))
@settings(max_examples=200)
def test_the_lines_are_the_file_whatever_is_read_at_a_time(data: bytes, window: int) -> None:
    found = told(data, window)
    assert [line for _, line, _ in found] == data.splitlines(keepends=True) or b"\r" in data
    assert b"".join(line for _, line, _ in found) == data
    assert all(data[start : start + len(line)] == line for start, line, _ in found)
    assert found == told(data, 1 << 20)


def test_a_long_line_comes_in_pieces_that_do_not_hang_on_the_window() -> None:
    for size in (PIECE - 1, PIECE, PIECE + 1, 3 * PIECE):
        for data in (b"x" * size, b"x" * size + b"\n", b"ab\n" + b"x" * size + b"\ncd"):
            found = told(data, 1 << 30)
            assert found == told(data, 70_001)
            assert b"".join(line for _, line, _ in found) == data
            assert all(len(line) <= PIECE for _, line, _ in found)
            assert sum(begins for _, _, begins in found) == len(data.splitlines())
