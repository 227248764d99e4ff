"""Sealed packages for the tests of the desk: a small allotment chat, sealed by the real sealer to the desk's keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from safehand.desk.core.state import State
from safehand.seal.answers import Answers, dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public

ANSWERS = b"""
[urgent]
child_in_danger = "yes"
meeting_planned = "yes"
meeting_when = 2026-11-24T15:30:00

[capture]
zone = "Europe/London, as the phone had it"
"""


def chat(messages: int = 12, name: str = "Priya Wren") -> bytes:
    """A WhatsApp export of so many messages, in March so that day and month cannot be confused."""
    lines = [
        f"{13 + n % 15}/03/2026, {8 + n % 12:02}:{n % 60:02} - {name}: row {n} of peas is up" for n in range(messages)
    ]
    return ("\n".join(sorted(lines)) + "\n").encode()


def sealed(
    state: State,
    folder: Path,
    data: bytes,
    *,
    file: str = "WhatsApp Chat with Plot 14.txt",
    at_desk: bool = False,
    more: bytes = b"",
) -> bytes:
    """The bytes of a package that holds ``data``; ``more`` is said besides the usual answers."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / file
    source.write_bytes(data)
    out = folder / "chat.safehand"
    out.unlink(missing_ok=True)
    answers: Answers = dont_know_the_rest(parse_answers(ANSWERS + more))
    seal(
        [source],
        answers,
        load_desk_public(state.desk_public),
        out,
        clock=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC),
        signer=new_holder_key(bytes),
        at_desk=at_desk,
    )
    return out.read_bytes()
