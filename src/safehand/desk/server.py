"""What the shell asks of the desk: run it, hand a package in, look whether all is well.

    run(Path("var/desk"), port=8000, sample=True)      serves until stopped, and says how to sign in
    receive(Path("chat.safehand"), state=…)            {"reference": "SH-7K3M9QXAR", "state": "ready", …}
    officer("K4021", name="A. Okafor", state=…)        a new officer, and the password to hand over
    role("K4021", give=["triage"], state=…)            what that officer holds from now on
    check(state=…)                                     what is wrong, a sentence each
    log_sign(state=…), log_prove(41, state=…) …        the custody log: checkpoints, receipts, audit
    backup(Path("/mnt/backups"), state=…)              a copy while it runs; restore(…) makes a desk of it elsewhere
    code(state=…)                                      how to sign in at a sample desk, with the code of this moment

Django reads its settings once in a process, when it is first loaded, and they say where the desk is. So each of these
says that first (prepare.set_up) and loads the rest of the desk (shell.py) after it. Only ``run`` makes a desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from safehand.desk.core.state import State
from safehand.desk.prepare import set_up
from safehand.errors import CannotWrite, UsageError
from safehand.log.note import parse_note
from safehand.seal.whole import WholeFolder

BackupTold: TypeAlias = tuple[Mapping[str, str | int], Sequence[str], Sequence[str]]
"""What is so, by name; what is to be done, a line each; and what is wrong, a line each."""

HOST: Final = "127.0.0.1"
"""This machine alone. For others a proxy with a certificate stands before the desk (docs/guides/running-a-desk.md)."""


def run(state: Path, *, port: int = 8000, sample: bool = False, web: int | None = None, workers: int = 1) -> None:
    """Serve the desk until it is stopped. With ``sample``, a made-up chat is sealed and handed in first.

    ``web`` is how many processes serve pages, one a core and at most four unless told; ``workers`` how many check and
    read: none where they are run apart (``work``).
    """
    place = set_up(state, f"http://{HOST}:{port}")
    from safehand.desk.shell import serve  # noqa: PLC0415  see above

    with _database_at(place):
        serve(place, host=HOST, port=port, sample=sample, web=web, workers=workers)


def work(*, state: Path) -> None:
    """One worker of a desk that runs, apart from it, until it is stopped."""
    place = _desk_at(state)
    from safehand.desk.shell import work_here  # noqa: PLC0415  see above

    with _database_at(place):
        work_here()


def receive(file: Path, *, state: Path, officer: str | None = None) -> Mapping[str, str]:
    """Hand a package in for ``officer`` (the only one, when there is one), and wait until it was read."""
    place = _desk_at(state)
    from safehand.desk.shell import take_in  # noqa: PLC0415  see above

    with _database_at(place):
        return take_in(place, file, officer)


def check(*, state: Path) -> Sequence[str]:
    """Settings, keys, migrations, every package hashed again, and the custody log from its first entry to its last."""
    place = set_up(state, make=False)
    from safehand.desk.inspection import inspect  # noqa: PLC0415  see above

    with _database_at(place):
        return inspect()


def officer(
    reference: str,
    *,
    state: Path,
    name: str | None = None,
    reset: bool = False,
    retire: bool = False,
    case: str | None = None,
) -> Sequence[str]:
    """Make an officer (``name``), give new means to sign in, retire one, or put one on a case. What to tell them."""
    place = _desk_at(state)
    from safehand.desk.shell import look_after_officer  # noqa: PLC0415  see above

    with _database_at(place):
        return look_after_officer(place, reference, name=name, reset=reset, retire=retire, case=case)


def role(reference: str, *, state: Path, give: Sequence[str] = (), end: Sequence[str] = ()) -> Sequence[str]:
    """Give an officer roles, and end others: what is held from now on."""
    place = _desk_at(state)
    from safehand.desk.shell import look_after_roles  # noqa: PLC0415  see above

    with _database_at(place):
        return look_after_roles(place, reference, give, end)


def keys(*, state: Path, renew: bool = False, recovery: Path | None = None, renew_log: bool = False) -> Sequence[str]:
    """How it stands with the desk's keys; or another identity, with the recovery key another of both; or the log's."""
    place = _desk_at(state)
    from safehand.desk import keys_shell  # noqa: PLC0415  see above

    with _database_at(place):
        if renew_log:
            return keys_shell.renew_log(place)
        return keys_shell.renew(place, recovery=recovery) if renew or recovery else keys_shell.about_keys(place)


def log_sign(*, state: Path) -> str:
    """The custody log, signed as it stands. That it was asked for is an entry, the last that is signed."""
    place = _desk_at(state)
    from safehand.desk.log_shell import sign  # noqa: PLC0415  see above

    with _database_at(place):
        return sign(place)


def log_stamps(*, state: Path) -> str:
    """How it stands with timestamps of checkpoints."""
    place = _desk_at(state)
    from safehand.desk.log_shell import stamps  # noqa: PLC0415  see above

    with _database_at(place):
        return stamps()


def log_policy(*, state: Path) -> str:
    """Whom to believe of this log."""
    place = _desk_at(state)
    from safehand.desk.log_shell import policy  # noqa: PLC0415  see above

    with _database_at(place):
        return policy(place)


def log_ask(seen: int, *, state: Path) -> str:
    """What a witness is asked that saw so many entries last."""
    place = _desk_at(state)
    from safehand.desk.custody.proving import ask_witness  # noqa: PLC0415  see above

    with _database_at(place):
        return ask_witness(seen)


def log_answered(answer: str, witnesses: Sequence[str], *, state: Path) -> str:
    """The newest checkpoint with what these witnesses wrote under it; it is kept so."""
    place = _desk_at(state)
    from safehand.desk.log_shell import keep  # noqa: PLC0415  see above

    with _database_at(place):
        return keep(answer, witnesses)


def log_prove(entry: int, *, state: Path, purpose: str | None = None) -> str:
    """The receipt of an entry; opened, where it is said for which purpose."""
    place = _desk_at(state)
    from safehand.desk.log_shell import receipt  # noqa: PLC0415  see above

    with _database_at(place):
        return receipt(entry, purpose)


def log_audit(lodged: Sequence[str] = (), *, state: Path) -> tuple[int, int, Sequence[str]]:
    """Entries, checkpoints that they agree with, and what is wrong: these checkpoints are compared with too."""
    place = _desk_at(state)
    from safehand.desk.log_shell import audited  # noqa: PLC0415  see above

    with _database_at(place):
        return audited(place, lodged)


def move(*, state: Path) -> Mapping[str, int]:
    """The SQLite file's rows, moved into the PostgreSQL that DATABASE_URL names: how many of each table."""
    place = _desk_at(state)
    from safehand.desk.moving import move_to_postgresql  # noqa: PLC0415  see above

    with _database_at(place):
        return move_to_postgresql(place)


def backup(to: Path, *, state: Path, keep: int | None = None) -> BackupTold:
    """Copy the desk while it runs; with ``keep``, take all but so many backups away. What came of it."""
    place = _desk_at(state)
    from safehand.desk.backup.shell import back_up  # noqa: PLC0415  see above

    with _database_at(place):
        return back_up(to, place, keep)


def restore(
    source: Path, *, state: Path, key: Path, lodged: Sequence[str] = (), is_older_known: bool = False
) -> BackupTold:
    """Make a desk in ``state``, where there is none yet, of a backup. All of it, or nothing is left there."""
    from safehand.desk.backup.placing import look_at, place  # noqa: PLC0415  see above

    trusted = look_at(source, key, [parse_note(text) for text in lodged], is_older_known=is_older_known)
    with WholeFolder(state.absolute()) as whole:
        place(trusted, State(whole.hidden))
        made = set_up(whole.hidden, make=False)
        from safehand.desk.backup.shell import bring_back  # noqa: PLC0415  see above

        with _database_at(made):
            told = bring_back(trusted, made, state)
        whole.keep()
    return told


def code(*, state: Path) -> Sequence[str]:
    """How to sign in at a sample desk, with the code of this moment. NotAllowed at any other."""
    place = set_up(state, make=False)
    from safehand.desk.sample.officers import how_to_sign_in  # noqa: PLC0415  see above

    with _database_at(place):
        return how_to_sign_in(place)


def _desk_at(state: Path) -> State:
    """The desk that is there. UsageError when there is none: a slip in a path must not make another."""
    if not State(state.absolute()).secret_key.exists():
        raise UsageError(
            "There is no desk here.",
            where=str(state),
            todo=f"See that --state is right, or start one: safehand desk run --state {state}",
        )
    return set_up(state)


@contextmanager
def _database_at(place: State) -> Iterator[None]:
    """What the database says when it cannot go on, as an error of ours: most often the disk is full."""
    from django.db import DatabaseError  # noqa: PLC0415  see above

    try:
        yield
    except DatabaseError as err:
        raise CannotWrite(
            "The desk's database could not be used. The disk may be full.",
            where=str(place.root),
            todo="Make room, or see that it may be written to; then try again. What was kept is still there.",
        ) from err
