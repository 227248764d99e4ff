"""The measuring itself: a wrong ruler would make every figure wrong."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from measure import SCHEMA, Figure, machine_in_words, measure, tell

bench = importlib.import_module("all")  # benchmarks/all.py: its name is a word of Python's own

BENCHMARKS = Path(bench.__file__ or "").parent


def test_the_memory_of_whoever_measures_is_not_counted() -> None:
    ours = bytearray(200 << 20)
    assert measure([sys.executable, "-c", "pass"]).peak_mib < 60
    assert len(ours) == 200 << 20


def test_memory_and_cpu_of_the_child_are_counted() -> None:
    taken = measure([sys.executable, "-c", "b = b'x' * (100 << 20); sum(range(3_000_000)); print('done')"])
    assert taken.peak_mib > 100
    assert 0.02 < taken.cpu_seconds < 5
    assert taken.stdout == b"done\n"
    assert taken.exit_code == 0


def test_a_command_that_fails_is_an_error_unless_that_is_asked_for() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        measure(["false"])
    assert measure(["false"], check=False).exit_code == 1


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("a", "a", 200, "x", "more", 100), True),
        (Figure("a", "a", 99, "x", "more", 100), False),
        (Figure("a", "a", 99, "x", "less", 100), True),
        (Figure("a", "a", 101, "x", "less", 100), False),
        (Figure("a", "a", 200, "x", "more", 100, "floor", 1.4, 1.3), False),
        (Figure("a", "a", 200, "x", "more", 100, "floor", 1.2, 1.3), True),
        (Figure("a", "a", 200, "x", "more"), True),
    ],
)
def test_a_figure_is_kept_when_every_bound_is(figure: Figure, met: bool) -> None:  # noqa: FBT001
    assert figure.is_met is met


def test_a_figure_that_was_told_is_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    figure = Figure(
        "a.b", "what it is | says", 231_000.4, "messages/s", "more", 200_000, "sha256sum", 8.125, 10, "a note"
    )
    tell(figure)
    printed = capsys.readouterr().out
    assert json.loads(printed)["schema"] == SCHEMA
    assert list(bench.read_figures(printed.encode())) == [figure]
    assert bench.row(figure) == (
        "| what it is \\| says<br>a note | 231,000 messages/s | ≥ 200,000 | 8.12 × sha256sum | ≤ 10 | yes |\n"
    )


def test_the_page_says_what_was_not_kept_and_what_failed() -> None:
    missed = Figure("a.b", "too slow", 5, "messages/s", "more", 10)
    runs = [bench.Run("whatsapp", (missed,), 1, 500, "2026-11-22"), bench.Run("x", (), 0, 20, "2026-11-21")]
    page = bench.page(runs, "2026-11-22", 500)
    assert "Measured on 2026-11-22 on " in page
    assert "500 messages" in page
    assert "## whatsapp\n" in page
    assert "## x (20 messages, 2026-11-21)\n" in page
    assert "exit code 1" in page
    assert "| **no** |" in page
    assert machine_in_words() in page


def test_what_a_script_told_is_kept_and_stands_on_the_page_until_it_is_measured_again(tmp_path: Path) -> None:
    told = bench.Run("telegram", (Figure("a.b", "read", 5, "messages/s", "more", 10),), 0, 500, "2026-11-22")
    bench.keep(told, tmp_path)
    bench.keep(bench.Run("a script that is gone", (), 0, 500, "2026-11-22"), tmp_path)
    assert bench.kept(tmp_path) == [told]


def test_nothing_here_reads_a_clock_for_the_date() -> None:
    assert not re.search(r"\b(date|datetime|time)\.(today|now|time)\(", (BENCHMARKS / "all.py").read_text("utf-8"))


def test_a_name_that_is_no_benchmark_is_refused() -> None:
    with pytest.raises(SystemExit, match="There is no benchmark nonsense"):
        bench.scripts(["nonsense"])
    assert [path.stem for path in bench.scripts(["peers"])] == ["peers"]


def test_locks_of_the_peers_name_no_address() -> None:
    for name in ("package-lock.json", "requirements.lock"):
        text = (BENCHMARKS / "peers" / name).read_text("utf-8")
        assert "://" not in text
        assert "sha512-" in text or "--hash=sha256:" in text
