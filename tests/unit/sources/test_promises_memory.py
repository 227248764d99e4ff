"""What every source promises of memory and of what surrounds it (contract.py); the rest is in test_promises.py."""

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from promise_samples import BUILDERS, Sample
from safehand.sources.contract import Capture, FileOnDisk, ReadOptions
from safehand.sources.reading import Reading
from table_made import stated


# A member of a ZIP is spooled, up to 8 MiB in memory, whatever it says: test_archive_zip.py.
@pytest.mark.parametrize("name", sorted(BUILDERS.keys() - {"whatsapp, ZIP"}))
def test_few_bytes_are_held_for_each_message_that_was_read(name: str, tmp_path: Path) -> None:
    peaks = []
    counts = (1_500, 7_500)
    for messages in counts:
        capture = _on_disk(BUILDERS[name](messages), tmp_path / str(messages))
        reading = Reading(capture, ReadOptions(window=1 << 16))
        tracemalloc.start()
        count = sum(1 for _ in reading.events())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count >= messages
    # A message that is held takes 500 bytes and more. Here stand the places of elements, and what was seen lately.
    assert (peaks[1] - peaks[0]) / (counts[1] - counts[0]) < 150, peaks


PEAK = """
import sys
from pathlib import Path
from safehand.sources.contract import Capture, FileOnDisk, ReadOptions
from safehand.sources.reading import Reading
path = Path(sys.argv[1])
capture = Capture((FileOnDisk(path.name, path.name, path, path.stat().st_size),))
count = sum(1 for _ in Reading(capture, ReadOptions(window=1 << 20)).events())
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(count, peak.split()[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel does not tell the peak here")
@pytest.mark.parametrize("name", ["whatsapp, Android", "telegram, one chat", "meta, one file"])
def test_memory_does_not_grow_with_the_file(name: str, tmp_path: Path) -> None:
    peaks = []
    for messages in (5_000, 40_000):
        capture = _on_disk(BUILDERS[name](messages), tmp_path / str(messages))
        path = tmp_path / str(messages) / capture.files[0].name
        done = subprocess.run([sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True)
        count, peak = map(int, done.stdout.split())
        assert count >= messages
        peaks.append(peak)
    # Thirty-five thousand messages more, held, would be 20,000 KiB and more.
    assert peaks[1] - peaks[0] < 6_000, peaks


def _on_disk(made: Sample, folder: Path) -> Capture:
    files = []
    for name, data in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        files.append(stated(FileOnDisk(name, name, path, len(data))))
    return Capture(tuple(files))


CHILD = """
import hashlib, sys
seen = []
def watch(event, args):
    if event.startswith("socket.") or event in ("os.system", "subprocess.Popen"):
        seen.append(event)
sys.addaudithook(watch)
from pathlib import Path
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading
import os
os.chdir(sys.argv[1])
reading = Reading(capture_of([Path(".")]))
digest = hashlib.sha256()
for event in reading.events():
    digest.update(repr(event).encode())
digest.update(repr(reading.accounts()).encode())
print(digest.hexdigest(), seen)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    for name in sorted(BUILDERS):
        _on_disk(BUILDERS[name](40), root / name.replace(", ", "-"))
    return root


def test_zone_language_and_hash_seed_of_the_machine_change_nothing_and_no_socket_is_opened(folder: Path) -> None:
    surroundings = [
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Kolkata", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "3"},
    ]
    printed = set()
    for around in surroundings:
        env = {**os.environ, **around}
        done = subprocess.run(
            [sys.executable, "-c", CHILD, folder], env=env, capture_output=True, text=True, check=True
        )
        printed.add(done.stdout)
    assert len(printed) == 1
    (line,) = printed
    assert line.endswith(" []\n")
    assert len(line.split()[0]) == 64
