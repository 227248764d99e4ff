"""From hand-in to reading: a WhatsApp chat is sealed, handed in at a real desk with one real worker, and read.

    .venv/bin/python benchmarks/hand_in.py

The clock runs from the moment the sealed file is there to the moment its first page of messages has been given, its
custody entry on the disk. Everything between is what a desk does: kept, queued, noticed by a worker in a process of its
own, verified, unsealed, read, built into an encrypted case file, and opened. The bound is for 100,000 messages on two
cores; with fewer (``--messages``) the figure is told without it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from make_whatsapp import make_whatsapp
from measure import Figure, arguments, say, scratch_of, tell
from measure_desk import scratch_desk
from safehand.desk.core.state import State
from safehand.seal.answers import Answers, dont_know_the_rest
from safehand.seal.write import seal
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public

MESSAGES = 100_000
BOUND = 10.0


def sealed_chat(state: State, folder: Path, messages: int) -> Path:
    """A package for this desk."""
    chat = folder / "WhatsApp Chat with Plot 14.txt"
    make_whatsapp(chat, "android", messages)
    out = folder / "chat.safehand"
    seal(
        [chat],
        dont_know_the_rest(Answers()),
        load_desk_public(state.desk_public),
        out,
        clock=lambda: datetime.now(UTC),
        signer=new_holder_key(os.urandom),
    )
    return out


def main() -> None:
    options = arguments("From hand-in to reading.").parse_args()
    folder = scratch_of(options)
    messages = min(options.messages, MESSAGES)
    state = scratch_desk(folder)
    from make_desk import hand_in_and_read, officer  # noqa: PLC0415  can be loaded when it is known where the desk is

    who = officer()
    say(f"sealing {messages:,} messages")
    package = sealed_chat(state, folder, messages)
    worker = subprocess.Popen([sys.executable, "-m", "django", "work"])
    try:
        time.sleep(3)  # the worker of a desk that runs has long been there
        steps = hand_in_and_read(state, who, package, messages)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    note = ", ".join(f"{name} after {seconds:.1f} s" for name, seconds in steps)
    what = f"{messages:,} messages readable after hand-in"
    target = BOUND if messages == MESSAGES else None
    tell(Figure("hand_in.readable", what, round(steps[-1][1], 2), "s", "less", target, note=note))


if __name__ == "__main__":
    main()
