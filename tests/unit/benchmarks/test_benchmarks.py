"""The measuring itself: a wrong ruler would make every figure wrong."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import measure_reading
from make_json import in_one_line, laid_out
from measure import SCHEMA, Figure, Usage, machine_in_words, measure, tell

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


GROWN = Figure("x.own.growth", "X: cost of a message", 9.5, "CPU µs", "less", None, "the same out of 10,000", 1.3, 1.2)


def test_growth_has_one_section_with_a_row_a_form() -> None:
    figures = (Figure("x.own.peak", "X: peak memory", 5, "MiB", "less"), GROWN)
    told = bench.growth_of(bench.Run("x", figures, 0, 5_000_000, "2026-11-21"))
    assert told.figures == (GROWN,)
    page = bench.page([], "2026-11-22", 500, [told])
    assert page.endswith(
        "## Growth to 5,000,000 messages\n\n| figure | value | bound | ratio to floor | bound | kept |\n"
        "|---|---:|---:|---|---:|---|\n"
        "| X: cost of a message<br>2026-11-21 | 9.5 CPU µs |  | 1.3 × the same out of 10,000 | ≤ 1.2 | **no** |\n"
    )
    assert "Growth to" not in bench.page([], "2026-11-22", 500)


def test_growth_is_asked_of_the_scripts_that_read_forms() -> None:
    found = [path.stem for path in bench.reading(bench.scripts([]))]
    assert {"telegram", "meta", "whatsapp", "imessage", "signal_forms", "sms", "mail"} <= set(found)
    assert not {"casefile", "seal", "peers", "hand_in", "json_lines"} & set(found)


def test_growth_is_the_cost_of_a_message_beside_that_of_a_small_file_and_no_file_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def runs(path: Path, rounds: int) -> tuple[Usage, ...]:
        messages = len(path.read_bytes())
        assert rounds == measure_reading.ROUNDS
        told = {"messages": messages, "cpu_seconds": messages * (1e-6 if messages == measure_reading.SMALL else 3e-6)}
        return (Usage(0, 0, 0, 0, json.dumps(told).encode(), b""),)

    monkeypatch.setattr(measure_reading, "_runs", runs)
    made = measure_reading.making("x", "a.txt", lambda path, count: path.write_bytes(b"x" * count), tmp_path)
    measure_reading.tell_growth("x", "X", made, 500)
    [figure] = bench.read_figures(capsys.readouterr().out.encode())
    assert (figure.figure, figure.value, figure.ratio, figure.is_met) == ("x.growth", 3, 3, False)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_json_is_laid_out_as_pythons_own_would() -> None:
    value = {"a": 1, "b": [{"c": 'é\t"\n', "d": []}, {}], "e": {"f": {"g": [None, True, 1.5]}}}
    for indent in (1, 2, 4):
        told = json.dumps(value, indent=indent, ensure_ascii=False).replace("\n", "\n   ")
        assert laid_out(value, "   ", indent) == told
    assert in_one_line(value) == json.dumps(value, ensure_ascii=False)
