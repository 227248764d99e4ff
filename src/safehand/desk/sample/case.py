"""The sample case: the chat sealed to the desk's own key, as a holder would, and handed in, as an officer would."""

from __future__ import annotations

import secrets
import tempfile
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from safehand.desk.cases.models import Package
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.intake.actions import receive
from safehand.desk.officers.models import Officer
from safehand.desk.sample.chat import EARLIER_NAME, NAME, write_earlier, write_export
from safehand.seal.answers import dont_know_the_rest, parse_answers
from safehand.seal.write import seal
from safehand.signing.clock import system_clock
from safehand.signing.holder import new_holder_key
from safehand.signing.keys import load_desk_public


def hand_in_sample(state: State, officer: Officer) -> Package:
    """Seal it and hand it in, unless this officer did so when the desk was first run."""
    case = officer.cases.order_by("pk").first()
    if case is not None:
        return case.case.package
    with tempfile.TemporaryDirectory(dir=state.work) as made:
        package = Path(made) / "sample.safehand"
        seal_sample(state, package)
        with package.open("rb") as stream, EvidenceStore(state).begin(settings.LARGEST_PACKAGE) as incoming:
            while chunk := stream.read(1 << 20):
                incoming.write(chunk)
            return receive(officer, incoming).package


def seal_sample(state: State, out: Path) -> None:
    """A holder's part: the export, the answers of data/answers.toml, and "I don't know" to the rest."""
    export, earlier = out.with_name(f"{NAME}.zip"), out.with_name(f"{EARLIER_NAME}.zip")
    write_export(export)
    write_earlier(earlier)
    answers = parse_answers((files("safehand.desk.sample") / "data" / "answers.toml").read_bytes())
    seal(
        [export, earlier],
        dont_know_the_rest(answers),
        load_desk_public(state.desk_public),
        out,
        clock=system_clock,
        signer=new_holder_key(secrets.token_bytes),
    )
