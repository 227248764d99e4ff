"""The power goes while something is kept: what was promised is there, and nothing half stands for a whole.

Evidence, parcels and their parts, case files, tiles of the log, keys and files of a holder. For the desk's database we
trust SQLite's own tests of this (sqlite.org/testing, 3.3) with synchronous=FULL, and PostgreSQL's.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from casefile_builders import KEY, Made, conversation, texts
from desk_cast import LOOKS_SEALED
from log_made import key_of
from power import Recorded
from safehand.casefile.read import open_casefile
from safehand.desk.core.state import State
from safehand.desk.custody.evidence_store import EvidenceStore
from safehand.desk.handover.parts import Parts
from safehand.desk.handover.store import ParcelStore
from safehand.errors import SafehandError
from safehand.log.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from safehand.log.growing import grow
from safehand.log.hashes import EMPTY_ROOT, leaf_hash
from safehand.log.note import Note, sign
from safehand.log.tile_folder import TileFolder
from safehand.log.tiles import tiles_of
from safehand.model.digest import sha256_of
from safehand.seal.whole import WholeFile
from safehand.signing.keys import DESK_PUBLIC, load_desk_public, load_identity, load_signing_key, new_desk_keys

pytestmark = pytest.mark.slow

PACKAGE: Final = LOOKS_SEALED + b"peas " * 60
PARTS: Final = (PACKAGE[:200], PACKAGE[200:])


class Way:
    """Something that is kept below a folder."""

    def before(self, root: Path) -> None:
        """What stands there already, on the disk for good."""

    def do(self, root: Path) -> None:
        """Keep it. When this returns it was promised."""
        raise NotImplementedError

    def check(self, root: Path, *, promised: bool) -> None:
        """Of what came back."""
        raise NotImplementedError


class Evidence(Way):
    """A package."""

    def before(self, root: Path) -> None:
        State(root / "desk").make()

    def do(self, root: Path) -> None:
        with EvidenceStore(State(root / "desk")).begin(1 << 20) as incoming:
            incoming.write(PACKAGE)
            incoming.keep()

    def check(self, root: Path, *, promised: bool) -> None:
        store = EvidenceStore(State(root / "desk"))
        names = list(store.names())
        for name in names:
            store.check(name)
        assert not promised or names == [sha256_of(PACKAGE)]
        self.do(root)  # and it is handed in again
        assert list(store.names()) == [sha256_of(PACKAGE)]
        store.check(sha256_of(PACKAGE))


class Parcel(Way):
    """A parcel that comes whole: an urgent notice."""

    def before(self, root: Path) -> None:
        (root / "handover").mkdir()

    def do(self, root: Path) -> None:
        ParcelStore(root / "handover").keep([PACKAGE])

    def check(self, root: Path, *, promised: bool) -> None:
        store = ParcelStore(root / "handover")
        assert all(sha256_of(path.read_bytes()) == path.name for path in store.places())
        assert not promised or store.places()
        self.do(root)
        assert [path.read_bytes() for path in store.places()] == [PACKAGE]


class Upload(Way):
    """A parcel in two parts, put together."""

    def before(self, root: Path) -> None:
        (root / "handover" / "coming").mkdir(parents=True)

    def do(self, root: Path) -> None:
        parts = Parts(root / "handover" / "coming" / "one", len(PACKAGE), len(PARTS[0]))
        if ParcelStore(root / "handover").places():
            return
        if not parts.folder.exists():
            parts.make()
        for number, part in enumerate(PARTS, 1):
            parts.put(number, sha256_of(part), part)
        ParcelStore(root / "handover").adopt(parts.file)

    def check(self, root: Path, *, promised: bool) -> None:
        store = ParcelStore(root / "handover")
        parts = Parts(root / "handover" / "coming" / "one", len(PACKAGE), len(PARTS[0]))
        if parts.file.exists():
            kept = parts.file.read_bytes()
            for number, sha256 in parts.have().items():
                at = (number - 1) * len(PARTS[0])
                assert sha256_of(kept[at : at + parts.length(number)]) == sha256, "a part that is marked is there"
        assert all(path.read_bytes() == PACKAGE for path in store.places())
        assert not promised or store.places()


class CaseFile(Way):
    """A case file, in the place of an older one."""

    def before(self, root: Path) -> None:
        self._build(root, "peas")

    def do(self, root: Path) -> None:
        self._build(root, "peas", "beans")

    def check(self, root: Path, *, promised: bool) -> None:
        with open_casefile(root / "a.casefile", KEY) as casefile:
            casefile.check()
            messages = sum(each.messages for each in casefile.conversations())
        assert messages == 2 if promised else messages in {1, 2}
        self.do(root)

    @staticmethod
    def _build(root: Path, *words: str) -> None:
        Made(events=list(conversation(texts(*words))), data=bytes(60)).build(root / "a.casefile", KEY)


class Tiles(Way):
    """A log as it is published: tiles, then the checkpoint that speaks of them."""

    def before(self, root: Path) -> None:
        self._grow(root, 3)

    def do(self, root: Path) -> None:
        self._grow(root, 5)

    def check(self, root: Path, *, promised: bool) -> None:
        folder = TileFolder(root)
        note = folder.signed()
        assert note is not None
        size = int(note.text.split("\n")[1])
        assert size == 5 if promised else size in {3, 5}
        leaves = b"".join(leaf_hash(b"%d" % number) for number in range(size))
        (tile,) = tiles_of(size)
        assert folder.read([tile]) == [leaves]
        if size == 3:
            self._grow(root, 5)

    @staticmethod
    def _grow(root: Path, to: int) -> None:
        folder = TileFolder(root)
        before = Checkpoint("plot14.example/log", 0, EMPTY_ROOT)
        if (signed := folder.signed()) is not None:
            before = parse_checkpoint(signed.text)
        grown = grow(before, [leaf_hash(b"%d" % number) for number in range(before.size, to)], folder)
        folder.keep(grown.tiles)
        text = format_checkpoint(grown.checkpoint)
        folder.publish(Note(text, (sign(text, grown.checkpoint.origin, key_of(1)),)))


class Keys(Way):
    """A desk's keys: nobody may seal to one of which the secret half is gone."""

    def do(self, root: Path) -> None:
        new_desk_keys(root / "keys", "Allotment Road Unit", clock=lambda: datetime(2026, 11, 22, tzinfo=UTC))

    def check(self, root: Path, *, promised: bool) -> None:
        public = root / "keys" / DESK_PUBLIC
        assert public.exists() or not promised
        if public.exists():
            load_desk_public(public)
            load_identity(root / "keys" / "desk.agekey")
            load_identity(root / "keys" / "recovery.agekey")
            load_signing_key(root / "keys" / "desk.signkey")


class Whole(Way):
    """A file that a holder, or a desk, makes for somebody."""

    def do(self, root: Path) -> None:
        with WholeFile(root / "allotment.safehand") as file:
            Path(f"/proc/self/fd/{file.handle}").write_bytes(PACKAGE)
            file.keep()

    def check(self, root: Path, *, promised: bool) -> None:
        path = root / "allotment.safehand"
        assert path.exists() or not promised
        assert not path.exists() or path.read_bytes() == PACKAGE


WAYS: Final = (Evidence, Parcel, Upload, CaseFile, Tiles, Keys, Whole)


def cut_everywhere(way: Way, tmp_path: Path, loses: str = "") -> int:
    """Try everything that may come back, at each moment. How many there were."""
    root = tmp_path / "disk"
    root.mkdir()
    way.before(root)
    with Recorded(root, loses) as disk:
        way.do(root)
    tried = 0
    chance = random.Random(7)
    seen: set[str] = set()
    for cut in disk.cuts():
        promised = cut is disk.cuts()[-1]
        for survived in cut.survivors(chance):
            what = f"{promised}{sorted((folder, sorted(held.items())) for folder, held in survived.names.items())}"
            what = sha256_of((what + repr(sorted(survived.data.items()))).encode())
            if what in seen:
                continue
            seen.add(what)
            tried += 1
            place = tmp_path / f"after{tried}"
            survived.put(place)
            way.check(place, promised=promised)
    return tried


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whenever_the_power_goes_what_was_promised_is_there_and_nothing_is_half(way: type[Way], tmp_path: Path) -> None:
    assert cut_everywhere(way(), tmp_path) >= 3


@pytest.mark.parametrize("loses", ["files", "folders"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_without_one_of_its_syncs_each_would_be_found_out(way: type[Way], loses: str, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, SafehandError, OSError)):
        cut_everywhere(way(), tmp_path, loses)
