"""``safehand log``: the custody log of a desk as outsiders see it. What its files are: docs/spec/log.md.

checkpoint, prove, audit        at the desk (cli/desk_server.py says how it is reached)
verify                          anywhere, of what a desk gave out: a receipt, or a newer checkpoint of a log
witness                         at any other unit (cli/log_witness.py)
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from safehand.cli.desk_server import desk_server, state_option
from safehand.cli.log_verify import verify_consistency, verify_proof
from safehand.cli.log_witness import log_witness
from safehand.cli.options import A_PATH, DONE, common
from safehand.cli.say import Say, counted, shown
from safehand.cli.small_file import read_bytes, read_text
from safehand.errors import CheckFailed, UsageError
from safehand.log.commitment import SALT_LENGTH, Opening
from safehand.log.policy import parse_policy

PURPOSES: Final = ("lawfulness", "self_monitoring", "integrity", "criminal_proceedings")
"""Those of safehand.desk.custody.acts, which may not be imported here; a test holds the two together."""


@click.group()
def log() -> None:
    """Sign the custody log, prove what stands in it, check what a desk gave out, witness another's."""


log.add_command(log_witness)


@log.command("checkpoint")
@state_option
@click.option("--policy", is_flag=True, help="Sign nothing: print the policy with which this log is believed.")
@click.option("--seen", type=click.IntRange(0), help="Sign nothing: print what a witness is asked that saw so many.")
@click.option("--answer", type=A_PATH, help="Sign nothing: keep what witnesses wrote under the newest checkpoint.")
@click.option("--witness", "witnesses", multiple=True, help="With --answer: the key of a witness that is believed.")
@common
def log_checkpoint(
    say: Say, state: Path, seen: int | None, answer: Path | None, witnesses: tuple[str, ...], *, policy: bool
) -> None:
    """Sign the custody log as it stands, and print the checkpoint: to lodge it, to print it, to have it witnessed.

    \b
      safehand log checkpoint > checkpoint.txt
      safehand log checkpoint --policy > policy.txt
      safehand log checkpoint --seen 0 > request.txt
      safehand log checkpoint --answer answer.txt --witness north.example+…
    """  # noqa: D301  click's own mark for lines as they are
    if sum([policy, seen is not None, answer is not None]) > 1:
        raise UsageError("Ask for one thing at a time.", todo="One of --policy, --seen, --answer.")
    if bool(witnesses) != (answer is not None):
        raise UsageError("An answer is kept of witnesses that are believed.", todo="Give --answer and --witness.")
    desk = desk_server()
    if policy:
        text = desk.log_policy(state=state)
    elif seen is not None:
        text = desk.log_ask(seen, state=state)
    elif answer is not None:
        text = desk.log_answered(read_text(answer), witnesses, state=state)
    else:
        text = desk.log_sign(state=state)
        say.talk(desk.log_stamps(state=state))
    _print(say, text)


@log.command("prove")
@click.argument("entry", type=click.IntRange(1))
@state_option
@click.option("--open", "purpose", type=click.Choice(PURPOSES), help="Show the entry too: for which purpose.")
@common
def log_prove(say: Say, entry: int, state: Path, purpose: str | None) -> None:
    """Print the receipt of an entry: that it stands in the log that was signed last. ENTRY is its number at the desk.

    \b
      safehand log prove 41 > 41.tlog-proof
      safehand log prove 41 --open criminal_proceedings > 41.tlog-proof
    """  # noqa: D301  click's own mark for lines as they are
    _print(say, desk_server().log_prove(entry, state=state, purpose=purpose))


@log.command("verify")
@click.argument("file", type=A_PATH)
@click.option("--policy", required=True, type=A_PATH, help="Whose keys you believe: a tlog-policy file.")
@click.option("--entry", type=A_PATH, help="The entry, where the receipt does not hold it; with --salt.")
@click.option("--salt", help="The entry's salt: 64 hexadecimal digits.")
@click.option("--leaf", type=A_PATH, help="The leaf alone, where you may not see the entry.")
@click.option("--older", type=A_PATH, help="A checkpoint of before: FILE is a newer one that is to go on from it.")
@common
def log_verify(
    say: Say, file: Path, policy: Path, entry: Path | None, salt: str | None, leaf: Path | None, older: Path | None
) -> None:
    """Check a receipt of an entry, or with --older that a newer checkpoint goes on from one you have. No network.

    \b
      safehand log verify 41.tlog-proof --policy policy.txt
      safehand log verify request.txt --older lodged.txt --policy policy.txt

    Exit code 3 when it is not so. A second opinion needs nothing of ours: verifier/check_safehand.py.
    """  # noqa: D301  click's own mark for lines as they are
    believed = parse_policy(read_bytes(policy), where=str(policy))
    given = _given(entry, salt, leaf)
    if older is not None and given is not None:
        raise UsageError("An entry is shown by a receipt, and --older is for checkpoints.")
    if older is not None:
        told = verify_consistency(read_text(file), read_text(older), believed)
    else:
        told = verify_proof(read_text(file), given, believed)
    for line in told.lines:
        say.result(shown(line))
    say.value({"schema": "safehand.log-verified/1", **told.value})


@log.command("audit")
@state_option
@click.option("--checkpoint", "lodged", multiple=True, type=A_PATH, help="One that was lodged; may stand several times")
@common
def log_audit(say: Say, state: Path, lodged: tuple[Path, ...]) -> int:
    """Compute the whole log again, and compare it with every checkpoint of it: those kept, and those you bring.

    \b
      safehand log audit --checkpoint lodged.txt

    Exit code 3 when something was changed, removed, added or moved, and when there was nothing to compare with.
    """  # noqa: D301  click's own mark for lines as they are
    entries, compared, problems = desk_server().log_audit([read_text(path) for path in lodged], state=state)
    for problem in problems:
        say.result(problem)
    say.value({"schema": "safehand.log-audit/1", "entries": entries, "compared": compared, "problems": list(problems)})
    if problems:
        say.warn(f"safehand: {state}: {counted(len(problems), 'thing is', 'things are')} wrong with this log.")
        return CheckFailed.exit_code
    if not compared:
        say.warn(f"safehand: {state}: This log was never signed: there is nothing to compare it with.")
        return CheckFailed.exit_code
    agree = counted(compared, "checkpoint", "checkpoints")
    say.result(f"{counted(entries, 'entry', 'entries')}, and they agree with {agree}.")
    if not lodged:
        say.talk("The desk itself has kept those. Bring one that somebody else has: --checkpoint FILE.")
    return DONE


def _print(say: Say, text: str) -> None:
    """A file of C2SP's, to be kept as it is: its last newline is ``result``'s own."""
    say.result(text.removesuffix("\n"))
    say.value({"schema": "safehand.log-text/1", "text": text})


def _given(entry: Path | None, salt: str | None, leaf: Path | None) -> Opening | bytes | None:
    if (entry is None) != (salt is None) or (entry is not None and leaf is not None):
        raise UsageError("Give the entry with its salt, or the leaf alone.", todo="--entry and --salt, or --leaf.")
    if entry is None or salt is None:
        return read_bytes(leaf) if leaf is not None else None
    try:
        opening = Opening(bytes.fromhex(salt), read_bytes(entry))
    except ValueError as err:
        raise UsageError("A salt is 64 hexadecimal digits.", where="--salt") from err
    if len(opening.salt) != SALT_LENGTH:
        raise UsageError("A salt is 64 hexadecimal digits.", where="--salt")
    return opening
