"""What processes count, and what is added up of it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from safehand.desk.core.counts import Counts, added_up, forget

SERIES = (("page", "inbox", "2xx"), ("page", "inbox", "5xx"), ("wait", "+Inf"))


def begun(folder: Path, series: tuple[tuple[str, ...], ...] = SERIES) -> Counts:
    made = Counts.begin(folder, series)
    assert made is not None
    return made


def test_what_every_process_counted_is_added_up_and_one_that_ended_still_counts(tmp_path: Path) -> None:
    begun(tmp_path).add(SERIES[0], 2)
    code = "import sys; from pathlib import Path; from safehand.desk.core.counts import Counts\n"
    code += f"Counts.begin(Path(sys.argv[1]), {SERIES!r}).add({SERIES[0]!r}, 40)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    assert added_up(tmp_path, SERIES) == {SERIES[0]: 42, SERIES[1]: 0, SERIES[2]: 0}


def test_no_press_is_lost_between_threads(tmp_path: Path) -> None:
    made = begun(tmp_path)

    def press() -> None:
        for _ in range(2_000):
            made.add(SERIES[1])

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert added_up(tmp_path, SERIES)[SERIES[1]] == 8_000


def test_what_was_not_foreseen_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        begun(tmp_path).add(("page", "Priya Wren", "2xx"))


def test_a_file_of_another_version_or_cut_short_is_left_out(tmp_path: Path) -> None:
    begun(tmp_path, (*SERIES, ("undone", "a_chore"))).add(SERIES[0])
    begun(tmp_path, tuple(reversed(SERIES))).add(SERIES[0])
    begun(tmp_path).add(SERIES[0], 7)
    (tmp_path / "1-00.counts").write_bytes(next(tmp_path.glob(f"{os.getpid()}-*")).read_bytes()[:-1])
    assert added_up(tmp_path, SERIES)[SERIES[0]] == 7


def test_where_its_file_cannot_be_made_nothing_is_counted_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Counts.begin(tmp_path / "gone", SERIES) is None

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "posix_fallocate", full)
    assert Counts.begin(tmp_path, SERIES) is None
    assert list(tmp_path.iterdir()) == [], "no file of no use stays behind"


def test_a_desk_that_starts_counts_from_nothing(tmp_path: Path) -> None:
    begun(tmp_path).add(SERIES[0])
    (tmp_path / "else").touch()
    forget(tmp_path)
    assert added_up(tmp_path, SERIES)[SERIES[0]] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["else"]
