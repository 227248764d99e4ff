"""What the processes of desk_fork.py do. Each deed is what its doer does again when it was cut off, from the top."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from safehand.casefile import build
from safehand.casefile.rows import digest_of_rows
from safehand.desk.backup.folder import BackupFolder
from safehand.desk.backup.making import make_backup
from safehand.desk.cases.models import Package
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core import worker
from safehand.desk.core.clock import system_clock
from safehand.desk.core.state import State
from safehand.desk.custody.asking import claim, failed
from safehand.desk.custody.destroying import overwrite_and_unlink
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.custody.models import CustodyEntry, LogCheckpoint, LogTile
from safehand.desk.custody.proving import keep_answer, newest_of_any
from safehand.desk.custody.signed_log import sign_log
from safehand.desk.handover.actions import acknowledge_parcel
from safehand.desk.handover.models import Coming, Parcel
from safehand.desk.handover.progress import accept_told
from safehand.desk.handover.unfinished import expire_unfinished
from safehand.desk.handover.uploads import begin_upload, finish_upload, put_part
from safehand.desk.inspection import inspect
from safehand.desk.intake.actions import receive
from safehand.desk.intake.lost import stop_lost, wipe_cut_off, wipe_left_over
from safehand.desk.officers.actions import add_officer, give_role
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Role
from safehand.desk.prepare import make_database
from safehand.errors import CannotWrite
from safehand.log.tile_folder import TileFolder
from safehand.log.tiles import Tile
from safehand.model.digest import sha256_of
from safehand.model.instant import MICRO
from safehand.seal.whole import WholeFile, WholeFolder
from safehand.signing.clock import system_clock as utc_clock
from safehand.signing.keys import new_desk_keys
from witness_made import north, sees

_TWO_DAYS: Final = 2 * 86_400_000_000
_OF_CHORES: Final = ("grade.suggested", "alarm.raised")
_SENT: Final = b"age-encryption.org/v1\n" + bytes(range(256)) * 30
"""What a page sends: sealed as far as the node can see, and of two parts."""


def prepare(state: State, *, told_every: int, part: int) -> None:
    """The first desk, with one officer. Chores are deeds here: at a heartbeat they would come by chance."""
    build._TOLD_EVERY = told_every  # type: ignore[misc]
    settings.HANDOVER_PART = part
    settings.WORKER_CHORES = []
    settings.AFTER_READING = []
    make_database(state)
    give_role(add_officer("alice", "A. Okafor", "seed potatoes in March"), Role.REVIEWER, by=None)


def do(deed: str, state: State, package: Path) -> dict[str, Any] | None:
    """One deed by its name."""
    return DEEDS[deed](state, package)


def _hand_in(state: State, package: Path) -> None:
    with EvidenceStore(state).begin(1 << 30) as incoming:
        incoming.write(package.read_bytes())
        receive(Officer.objects.get(), incoming)


def _work(_: State, __: Path) -> None:
    worker.work(batch=True)


def _give_up(_: State, __: Path) -> None:
    """As it is when five workers died at it."""
    DBTaskResult.objects.update(status="FAILED")


def _lost(_: State, __: Path) -> None:
    stop_lost()


def _sign(state: State, _: Path) -> None:
    sign_log(state)
    keep_answer(sees(newest_of_any().note.text), [north()])


def _send(state: State, _: Path) -> None:
    """As a page that remembers what it was told, and asks what is there before it goes on."""
    memory = _beside(state, "page")
    if not memory.exists():
        begun = begin_upload(len(_SENT), "192.0.2.7")
        memory.write_text(json.dumps([begun.coming.pk, begun.key]))
    upload, key = json.loads(memory.read_text())
    parts = [_SENT[at : at + settings.HANDOVER_PART] for at in range(0, len(_SENT), settings.HANDOVER_PART)]
    for number, part in enumerate(parts, 1):
        put_part(upload, key, number, sha256_of(part), part)
    finish_upload(upload, key, [sha256_of(part) for part in parts], sha256_of(_SENT))


def _collect(_: State, __: Path) -> None:
    parcel = Parcel.objects.get()
    acknowledge_parcel(parcel, b"signed")
    accept_told(parcel, b'{"messages":[],"progress":"reading","schema":"safehand.told/1"}')


def _export(state: State, _: Path) -> None:
    """A file, a folder and the log, as whoever asked for them asks again."""
    out = _beside(state, "out")
    out.mkdir(exist_ok=True)
    with contextlib.suppress(CannotWrite), WholeFile(out / "file") as file:  # it stands there already
        os.write(file.handle, b"peas")
        file.keep()
    with contextlib.suppress(CannotWrite), WholeFolder(out / "folder") as folder:
        (folder.hidden / "peas").write_bytes(b"in rows")
        folder.keep()
    published = TileFolder(out)
    rows = LogTile.objects.order_by("level", "index").values_list("level", "index", "hashes")
    published.keep([(Tile(level, index, len(bytes(data)) // 32), bytes(data)) for level, index, data in rows])
    published.publish(newest_of_any().note)


def _keys(state: State, _: Path) -> None:
    with contextlib.suppress(CannotWrite):  # they stand there already, or what a killed run left does
        new_desk_keys(_beside(state, "spare"), "Allotment Road Unit", clock=utc_clock)


def _start(state: State, _: Path) -> None:
    state.make()


def _put_aside(state: State, _: Path) -> None:
    """What a repair does first, which puts the good one back then; here nobody has damaged it."""
    sha256 = Package.objects.get().sha256
    EvidenceStore(state).put_aside(sha256, 7)
    good = state.damaged / f"{sha256}.7"
    EvidenceStore(state).put(sha256, [good.read_bytes()])


def _destroy(state: State, _: Path) -> None:
    """The bytes of a case that is erased; of the case, another deed must say what becomes."""
    for path in state.evidence.glob("*/*"):
        overwrite_and_unlink(path)


def _ask(_: State, __: Path) -> None:
    if claim("stamp", system_clock):
        failed("stamp", "Nobody answered.", system_clock)


def _back_up(state: State, __: Path) -> None:
    place = _beside(state, "backups")
    for _ in range(2):  # a backup is called after its second
        at = system_clock() + CustodyEntry.objects.count() * MICRO
        make_backup(place, state, keep=1, clock=lambda at=at: at)  # type: ignore[misc]


def _sweep(_: State, __: Path) -> None:
    """The chores of the day after next."""

    def later() -> int:
        return system_clock() + _TWO_DAYS

    wipe_left_over()
    wipe_cut_off(later)
    expire_unfinished(later)


def _tell(state: State, _: Path) -> dict[str, Any]:
    """Everything that could have been lost or doubled."""
    # What a chore makes of a report comes when a heartbeat comes, and is no step of reading it: a grade that is
    # suggested, and an alarm, for the meeting that its statement names has passed by the clock of this machine.
    verbs = CustodyEntry.objects.exclude(verb__in=_OF_CHORES).values_list("verb", flat=True)
    return {
        "packages": [_package(package) for package in Package.objects.select_related("case")],
        "verbs": list(verbs),
        "tasks": [[task.status, len(task.worker_ids)] for task in DBTaskResult.objects.all()],
        "problems": list(inspect()),
        "checkpoints": [[each.size, each.cosignatures.count()] for each in LogCheckpoint.objects.order_by("size")],
        "parcels": list(Parcel.objects.values_list("sha256", "state", "progress")),
        "coming": list(Coming.objects.values_list("parcel__sha256", flat=True)),
        "kept": sorted(_kept(state)),
        "backups": [made.name for made in BackupFolder(_beside(state, "backups")).backups()],
    }


def _package(package: Package) -> dict[str, Any]:
    told = {"state": package.state, "why": package.why, "messages": package.summary.get("messages")}
    if package.state == "ready":
        with open_case_file(package.case) as casefile:
            told |= {"rows": digest_of_rows(casefile), "read": sum(each.messages for each in casefile.conversations())}
    return told


def _kept(state: State) -> list[str]:
    """Every file that stays, hidden ones too, by its name; a case file, which is called otherwise in each desk, not."""
    beside = [_beside(state, ending) for ending in ("out", "spare")]
    folders = (
        state.evidence,
        state.casefiles,
        state.handover,
        state.work,
        state.uploads,
        state.keys,
        state.damaged,
        *beside,
    )
    files = [path for folder in (*folders, *beside) if folder.exists() for path in folder.rglob("*") if path.is_file()]
    return [".casefile" if path.suffix == ".casefile" else _called(path, state.root.parent) for path in files]


def _beside(state: State, ending: str) -> Path:
    return state.root.with_name(f"{state.root.name}.{ending}")


def _called(path: Path, place: Path) -> str:
    """From the folder of the desk on: what is beside it is called after it."""
    return "/".join(path.relative_to(place).parts[1:])


DEEDS: Final[dict[str, Callable[[State, Path], dict[str, Any] | None]]] = {
    "hand-in": _hand_in,
    "work": _work,
    "sign": _sign,
    "send": _send,
    "collect": _collect,
    "export": _export,
    "keys": _keys,
    "sweep": _sweep,
    "tell": _tell,
    "start": _start,
    "put-aside": _put_aside,
    "ask": _ask,
    "back-up": _back_up,
    "destroy": _destroy,
    "give-up": _give_up,
    "lost": _lost,
}
