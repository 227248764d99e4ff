"""Twenty reports as holders send them, to a desk that runs: for officer_steps.py.

Each is a chat about an allotment, sealed to the desk with what its holder declared, and sent in parts as the page sends
it. ``meant`` is the grade that whoever wrote the report meant an officer to give; the script that plays the officer
gives that one, whatever the rules suggest.
"""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from safehand.desk.core.state import State
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public

sys.path.append(str(Path(__file__).parents[1] / "tests" / "builders"))

from desk_packages import chat
from handing_over import SendingPage, asking_at

CALM = {
    "child_in_danger": '"no"',
    "meeting_planned": '"no"',
    "child": '"adult"',
    "contact_goes_on": '"no"',
    "danger_signs": '"no"',
    "access_to_children": '"no"',
    "confronted": '"no"',
    "fragile": '"no"',
}
"""Every urgent question answered, and nothing in the answers."""


PATIENCE = 120
"""Seconds for one acknowledgement."""


@dataclass(frozen=True, slots=True)
class Report:
    """One of the twenty: what it is, what its holder answers to the urgent questions, and what grade is meant."""

    what: str
    meant: str
    answers: dict[str, str]
    messages: int


def _at(now: datetime, hours: int) -> str:
    return f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M:00}"


def reports(now: datetime) -> tuple[Report, ...]:
    """Four each of five sorts, of chats from 40 to 2,000 messages."""
    meeting = {"meeting_planned": '"yes"', "child": '"real"'}
    sorts: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("a child is in danger now", "Immediate", {"child_in_danger": '"yes"'}),
        ("a meeting in three hours", "Immediate", {**meeting, "meeting_when": _at(now, 3)}),
        ("a meeting tomorrow", "Priority", {**meeting, "meeting_when": _at(now, 30)}),
        ("somebody was confronted", "Priority", {"confronted": '"yes"'}),
        ("nothing is urgent", "Scheduled", {}),
    )
    lengths = (40, 200, 800, 2_000)
    return tuple(Report(what, meant, {**CALM, **more}, messages) for messages in lengths for what, meant, more in sorts)


def send_all(state: State, port: int, folder: Path, made: tuple[Report, ...]) -> list[str]:
    """Seal and send them; the reference under which the desk signed for each."""
    pages = []
    for number, report in enumerate(made):
        data = _sealed(state, folder / str(number), report)
        page = SendingPage(asking_at(port, come_from=f"127.0.0.{number + 2}"))  # each from a machine of its own
        page.begin(len(data))
        page.send(data)
        page.finish(data)
        pages.append(page)
    return [_signed_for(page) for page in pages]


def _signed_for(page: SendingPage) -> str:
    for _ in range(PATIENCE):
        told = page.state()["acknowledgement"]
        if told is not None:
            return str(told["reference"])
        time.sleep(1)
    raise SystemExit("The desk did not sign for what was sent.")


def _sealed(state: State, folder: Path, report: Report) -> bytes:
    folder.mkdir()
    source, out = folder / "WhatsApp Chat with Plot 14.txt", folder / "chat.safehand"
    source.write_bytes(chat(report.messages, name=f"Plot {report.messages}"))
    lines = "\n".join(f"{name} = {said}" for name, said in report.answers.items())
    answers = dont_know_the_rest(parse_answers(f'[urgent]\n{lines}\n[capture]\nzone = "Europe/London"\n'.encode()))
    key = load_desk_public(state.desk_public)
    seal([source], answers, key, out, clock=system_clock, signer=new_holder_key(secrets.token_bytes))
    return out.read_bytes()
