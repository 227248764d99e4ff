"""Sealing and verifying: time against ``sha256sum`` plus ``age`` on the same bytes, memory, and what looking costs.

    .venv/bin/python benchmarks/seal.py --messages 1000000

A thousand bytes a message, so that a million are the 1 GB of the bound. The floor is what an expert would do by hand
with no bag, no statement and no search for pictures: hash the file, then encrypt it. Each is run in the same minutes,
in turns, and the best of three counts: the disk is shared, and nobody can do better than their best.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from measure import Figure, Usage, arguments, measure, say, scratch_of, tell
from safehand.signing.keys import new_desk_keys

BYTES = 1000
ROUNDS = 3
BLOCK = 8 << 20
BOUND_RATIO = 1.5
BOUND_MEMORY = 150

WORDS = """the allotment gate is open and football at ten on Saturday please bring gloves for the potatoes because the
train was late again and homework is due""".split()  # noqa: SIM905  words read better as words

SEAL = """
import os, sys
from pathlib import Path
from safehand.seal.answers import Answers, dont_know_the_rest
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public
source, desk, out = map(Path, sys.argv[1:])
signer = new_holder_key(os.urandom)
seal([source], dont_know_the_rest(Answers()), load_desk_public(desk), out, clock=system_clock, signer=signer)
"""

VERIFY = """
import sys
from pathlib import Path
from safehand.seal.open import verify_package
verify_package(*map(Path, sys.argv[1:])).raise_if_failed()
"""

LOOK = """
import sys
from pathlib import Path
from safehand.seal.embedded import EmbeddedScan
scan = EmbeddedScan()
with Path(sys.argv[1]).open("rb") as stream:
    while piece := stream.read(1 << 20):
        scan.feed(piece)
assert scan.finish() == ()
"""


def write_chat(path: Path, size: int) -> None:
    """A chat of ``size`` bytes, as WhatsApp writes one."""
    random_ = random.Random(20261122)
    block = bytearray()
    while len(block) < BLOCK:
        words = " ".join(random_.choices(WORDS, k=random_.randint(2, 20)))
        day, minute = random_.randint(1, 28), random_.randint(0, 59)
        block += f"{day:02}/01/2026, 22:{minute:02} - {random_.choice(['Priya', 'Sam'])}: {words}\n".encode()
    with path.open("wb") as file:
        for start in range(0, size, len(block)):
            file.write(block[: size - start])


def best(runs: list[Usage]) -> Usage:
    """The run that was disturbed least."""
    return min(runs, key=lambda usage: usage.wall_seconds)


def in_turns(*commands: Callable[[], Usage]) -> list[Usage]:
    """The best run of each command, run in turns."""
    runs: list[list[Usage]] = [[] for _ in commands]
    for turn in range(ROUNDS):
        say(f"round {turn + 1} of {ROUNDS}")
        for command, own in zip(commands, runs, strict=True):
            own.append(command())
    return [best(own) for own in runs]


def main() -> None:
    options = arguments("Sealing and verifying.").parse_args()
    folder = scratch_of(options)
    chat, size = folder / "_chat.txt", options.messages * BYTES
    say(f"writing {size:,} bytes")
    write_chat(chat, size)
    new_desk_keys(folder / "keys", "Allotment Road Unit", clock=lambda: datetime.now(UTC))
    public, identity = folder / "keys" / "desk.pub", folder / "keys" / "desk.agekey"
    package, by_age = folder / "chat.safehand", folder / "chat.age"

    def seal() -> Usage:
        package.unlink(missing_ok=True)
        return measure([sys.executable, "-c", SEAL, chat, public, package])

    hashed, aged, sealed, verified, opened, looked = in_turns(
        lambda: measure(["sha256sum", chat]),
        lambda: measure(["age", "-R", public, "-o", by_age, chat]),
        seal,
        lambda: measure([sys.executable, "-c", VERIFY, package, identity]),
        lambda: measure(["age", "-d", "-i", identity, "-o", folder / "again", by_age], keep=False),
        lambda: measure([sys.executable, "-c", LOOK, chat]),
    )
    tell_all(f"{size / 1e9:g} GB", hashed, aged, sealed, verified, opened, looked)


def tell_all(
    much: str, hashed: Usage, aged: Usage, sealed: Usage, verified: Usage, opened: Usage, looked: Usage
) -> None:
    """The figures of one set of runs."""
    by_hand = hashed.wall_seconds + aged.wall_seconds
    cpu = f"CPU {sealed.cpu_seconds:.1f} s against {hashed.cpu_seconds + aged.cpu_seconds:.1f} s"
    tell(
        Figure(
            "seal.time", f"sealing {much} of text", round(sealed.wall_seconds, 2), "s", "less",
            floor="sha256sum plus age of the same bytes", ratio=round(sealed.wall_seconds / by_hand, 2),
            ratio_target=BOUND_RATIO, note=cpu,
        )
    )  # fmt: skip
    memory = round(sealed.peak_mib, 1)
    tell(Figure("seal.memory", f"peak memory sealing {much}", memory, "MiB", "less", BOUND_MEMORY))
    by_hand = hashed.wall_seconds + opened.wall_seconds
    tell(
        Figure(
            "verify.time", f"verifying {much}, nothing written", round(verified.wall_seconds, 2), "s", "less",
            floor="sha256sum plus age -d of the same bytes", ratio=round(verified.wall_seconds / by_hand, 2),
        )
    )  # fmt: skip
    memory = round(verified.peak_mib, 1)
    tell(Figure("verify.memory", f"peak memory verifying {much}", memory, "MiB", "less", BOUND_MEMORY))
    tell(
        Figure(
            "seal.embedded", f"looking for pictures in {much} of text", round(looked.cpu_seconds, 2), "CPU s", "less",
            floor="sha256sum of the same file", ratio=round(looked.cpu_seconds / hashed.cpu_seconds, 2),
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
