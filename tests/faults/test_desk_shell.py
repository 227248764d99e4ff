"""A desk from the shell: handing in without a desk that runs, and what a check finds."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desk_cast import make_state
from desk_packages import chat, sealed
from desk_processes import WithTables

pytestmark = pytest.mark.slow

CODE = """
import json, sys
from pathlib import Path
from safehand.desk import server
from safehand.errors import SafehandError
state, package, damaged, partly, nothing = map(Path, sys.argv[1:])
told = {}

def ask(name, call):
    try:
        told[name] = call()
    except SafehandError as error:
        told[name] = [error.code, error.exit_code, error.where]

ask("no officer", lambda: server.receive(package, state=state))
from safehand.desk.officers.actions import add_officer, give_role
from safehand.desk.officers.roles import Role
give_role(add_officer("alice", "A. Okafor", "seed potatoes in March"), Role.REVIEWER, by=None)
ask("first", lambda: dict(server.receive(package, state=state)))
ask("again", lambda: dict(server.receive(package, state=state, officer="ALICE")))
ask("damaged", lambda: server.receive(damaged, state=state))
ask("partly", lambda: server.receive(partly, state=state)["not_read"])
ask("nothing", lambda: server.receive(nothing, state=state)["not_read"])
plain = state.parent / "Priya Wren.txt"
plain.write_text("21/11/2026, 10:00 - Priya Wren: the seed potatoes are in\\n" * 9)
ask("not sealed", lambda: server.receive(plain, state=state))
told["kept"] = len(list(state.glob("evidence/*/*"))) + len(list(state.glob("uploads/*")))
ask("not there", lambda: server.receive(state / "nowhere", state=state))
ask("nobody", lambda: server.receive(package, state=state, officer="bob"))
ask("made", lambda: list(server.officer("K4021", name="B. Lindqvist", state=state)))
ask("made twice", lambda: list(server.officer("k4021", name="B. Lindqvist", state=state)))
ask("joined", lambda: list(server.officer("K4021", case=told["first"]["reference"].lower(), state=state)))
ask("joined twice", lambda: list(server.officer("K4021", case=told["first"]["reference"], state=state)))
ask("no such case", lambda: list(server.officer("K4021", case="SH-000000000", state=state)))
ask("a slip", lambda: list(server.officer("K4021", case="SH-000000001", state=state)))
ask("reset", lambda: list(server.officer("K4021", reset=True, state=state)))
ask("retired", lambda: list(server.officer("K4021", retire=True, state=state)))
ask("gone", lambda: list(server.officer("K4021", reset=True, state=state)))
ask("two things", lambda: list(server.officer("alice", reset=True, retire=True, state=state)))
from safehand.desk.custody.models import CustodyEntry
told["log"] = list(CustodyEntry.objects.filter(verb="case.officer_added").values_list("actor", "act", "record"))
ask("code", lambda: list(server.code(state=state)))
ask("check", lambda: list(server.check(state=state)))
(kept,) = [path for path in state.glob("evidence/*/*") if path.name == told["first"]["sha256"]]
kept.chmod(0o600)
kept.write_bytes(b"changed")
next(state.glob(f"casefiles/{told['first']['reference']}*.casefile")).unlink()
(state / "evidence" / "00").mkdir(exist_ok=True)
(state / "evidence" / "00" / ("0" * 64)).write_bytes(b"")
(state / "keys" / "desk.agekey").chmod(0o644)
ask("check after", lambda: list(server.check(state=state)))
json.dump(told, sys.stdout)
"""


NOT_READ = b'<!DOCTYPE html>\n<html><body><div class="hChatLog hfeed"><q>peas</q></div></body></html>\n'
"""A conversation of Google Voice: known, and read by no reader."""
MORE = b"beans, in no form that is known\n"


def with_more(text: bytes) -> bytes:
    """An export as a ZIP, with a file in it that nobody knows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("WhatsApp Chat with Plot 14.txt", text)
        out.writestr("more.txt", MORE)
    return made.getvalue()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A good one, a bad one, one with a part and one with nothing that can be read, for the desks of these tests."""
    place = tmp_path_factory.mktemp("packages")
    state = make_state(place)
    data = sealed(state, place / "made", chat())
    made = {
        "good": data,
        "bad": data[:-10],
        "partly": sealed(state, place / "made", with_more(chat()), file="WhatsApp Chat with Plot 14.zip"),
        "nothing": sealed(state, place / "made", NOT_READ, file="plot.html"),
    }
    for name, content in made.items():
        (place / f"{name}.safehand").write_bytes(content)
    return tuple(place / f"{name}.safehand" for name in made)


def test_a_package_is_handed_in_and_a_desk_is_checked_from_the_shell(
    packages: tuple[Path, ...], tmp_path: Path, shipped_environment: dict[str, str], with_tables: WithTables
) -> None:
    state = with_tables(make_state(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(state.root), *map(str, packages)],
        env=shipped_environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["no officer"][:2] == ["usage", 2]
    reference, sha256 = told["first"]["reference"], told["first"]["sha256"]
    assert told["first"] == {"reference": reference, "state": "ready", "sha256": sha256, "new": "yes", "not_read": ""}
    assert told["again"]["reference"] == reference
    assert told["again"]["new"].startswith("no")
    assert told["damaged"][:2] == ["package_damaged", 3]
    assert told["damaged"][2].startswith("SH-")
    assert told["partly"].startswith("Only a part of it could be read. 1 file of no form")
    assert f"Not read: {len(MORE)} of {len(MORE) + len(chat())} bytes." in told["partly"]
    assert told["nothing"].startswith("No conversation could be read from it. Google Voice: 1 file")
    assert told["not sealed"] == ["not_recognised", 4, str(tmp_path / "Priya Wren.txt")]
    assert told["kept"] == 4, "all but the one that was not sealed"
    assert told["not there"][:2] == ["cannot_read", 4]
    assert told["nobody"][:2] == ["not_allowed", 6]
    assert told["made"][0].split() == ["officer", "K4021"]
    assert told["made"][1] != told["reset"][1], "another password"
    assert told["made twice"][:2] == ["usage", 2]
    assert told["joined"] == ["K4021 is now on this case."]
    assert told["joined twice"] == ["K4021 was already on this case."]
    assert told["no such case"][:2] == ["not_allowed", 6]
    assert told["a slip"][:2] == ["usage", 2]
    assert told["retired"] == ["K4021 can no longer sign in."]
    assert told["gone"][:2] == ["not_allowed", 6]
    assert told["two things"][:2] == ["usage", 2]
    assert told["log"] == [["desk:shell", "alteration", "officer:K4021"]]
    assert told["code"][:2] == ["not_allowed", 6]
    assert told["check"] == []
    after = " ".join(told["check after"])
    assert len(told["check after"]) == 4, after
    for found in (f"{reference}: {sha256}", f"{reference}: Its case file is gone", "0" * 64, "safehand.E003"):
        assert found in after


NOWHERE = """
import sys
from pathlib import Path
from safehand.desk import server
from safehand.errors import UsageError
state = Path(sys.argv[2])
calls = {
    "check": lambda: server.check(state=state),
    "receive": lambda: server.receive(Path(sys.argv[3]), state=state),
    "officer": lambda: server.officer("K4021", name="A. Okafor", state=state),
}
try:
    print(*calls[sys.argv[1]]())
except UsageError as error:
    print(error)
"""


@pytest.mark.parametrize("call", ["check", "receive", "officer"])
@pytest.mark.parametrize("there", [True, False])
def test_where_there_is_no_desk_that_is_said_and_none_is_made(
    call: str, packages: tuple[Path, ...], tmp_path: Path, shipped_environment: dict[str, str], *, there: bool
) -> None:
    where = tmp_path / "typo"
    if there:
        where.mkdir()
    said = subprocess.run(
        [sys.executable, "-c", NOWHERE, call, str(where), str(packages[0])],
        env=shipped_environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert "There is no desk here" in said
    assert f"safehand desk run --state {where}" in said
    assert list(tmp_path.rglob("*")) == ([where] if there else [])


FULL = """
import json, resource, sys
from pathlib import Path
from safehand.desk import prepare, server
from safehand.errors import SafehandError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    place = prepare.set_up(Path(sys.argv[2]))
    with server._database_at(place):
        prepare.make_keys(place)
        prepare.make_database(place)
    server.receive(Path(sys.argv[1]), state=place.root)
except SafehandError as error:
    json.dump([error.code, error.exit_code, str(error)], sys.stdout)
"""


@pytest.mark.parametrize(("room", "says"), [(40, "secret-key"), (20_000, "database"), (60_000, "database")])
def test_a_full_disk_is_told_and_no_half_of_a_desk_is_left(
    room: int, says: str, packages: tuple[Path, ...], tmp_path: Path, sqlite_environment: dict[str, str]
) -> None:
    """A file that may not grow is to a program what a full disk is."""
    state = tmp_path / "desk"

    def receive(largest: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", FULL, str(packages[0]), str(state), str(largest)]
        return subprocess.run(command, env=sqlite_environment, capture_output=True, text=True, timeout=60, check=False)

    told = receive(room)
    assert told.returncode == 0, told.stderr
    code, exit_code, words = json.loads(told.stdout)
    assert (code, exit_code) == ("cannot_write", 4)
    assert says in words
    key = state / "secret-key"
    assert not key.exists() or len(key.read_bytes()) > 80, "half a key would be kept for ever"
    with_room = receive(1 << 30)
    assert json.loads(with_room.stdout)[0] == "usage", "the next try gets as far as asking who hands it in"
