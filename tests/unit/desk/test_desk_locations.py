"""The second location of the evidence store, a folder or a bucket: the same promises of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_cast import LOOKS_SEALED, keep
from safehand.desk.core.state import State
from safehand.desk.custody.bucket import PART, BucketLocation
from safehand.desk.custody.evidence_store import EvidenceStore, Gone
from safehand.desk.custody.folder import FolderLocation, LocationAway
from safehand.desk.custody.location import Marked, the_second
from safehand.desk.custody.whole_package import whole_package
from safehand.desk.settings.mirror import Bucket, Folder, mirror
from safehand.desk.settings.places import Address
from safehand.errors import CannotRead, CannotWrite, CheckFailed, UsageError
from small_bucket import BUCKET, SmallBucket, bucket

DATA = LOOKS_SEALED + b"seed potatoes" * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()
PLACE = f"evidence/{SHA256[:2]}/{SHA256}"
OTHER = LOOKS_SEALED + b"row 4 of peas" * 1000
MARK = "4c6f636174696f6e"


@dataclass
class Place:
    """A second location, and what a clumsy hand can do there."""

    location: Marked
    folder: Path | None
    bucket: SmallBucket | None

    def now(self, name: str) -> bytes | None:
        """The bytes under a name."""
        if self.folder is not None:
            return (self.folder / name).read_bytes() if (self.folder / name).exists() else None
        assert self.bucket is not None
        return self.bucket.objects.get(name)

    def names(self) -> list[str]:
        """Everything that is there."""
        if self.folder is not None:
            return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())
        assert self.bucket is not None
        return sorted(self.bucket.objects)

    def damage(self, name: str, data: bytes) -> None:
        """Other bytes under the name."""
        if self.folder is not None:
            (self.folder / name).chmod(0o600)
            (self.folder / name).write_bytes(data)
        else:
            assert self.bucket is not None
            self.bucket.objects[name] = data


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    if request.param == "folder":
        folder = tmp_path / "second"
        folder.mkdir()
        yield Place(FolderLocation(folder), folder, None)
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a key of nobody's")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret of nobody's")
    with bucket() as there:
        yield Place(BucketLocation(Bucket(BUCKET, "", Address.parse(there.address))), None, there)


@pytest.fixture
def begun(place: Place) -> Place:
    place.location.set_mark(MARK)
    return place


def pieces(data: bytes = DATA) -> Iterator[bytes]:
    yield from (data[start : start + 5000] for start in range(0, len(data), 5000))


def test_a_package_lies_there_under_its_own_hash(begun: Place) -> None:
    begun.location.put(SHA256, pieces())
    assert begun.now(PLACE) == DATA
    assert begun.names() == [PLACE, "safehand-mirror"]
    assert begun.location.check(SHA256) == len(DATA)
    assert b"".join(begun.location.pieces(SHA256)) == DATA


def test_it_is_never_replaced_by_a_second_put(begun: Place) -> None:
    begun.location.put(SHA256, pieces())
    begun.damage(PLACE, OTHER)
    begun.location.put(SHA256, pieces())
    assert begun.now(PLACE) == OTHER, "what stands there is evidence of what became of it"
    assert begun.names() == [PLACE, "safehand-mirror"]
    with pytest.raises(CheckFailed, match="not what it was"):
        begun.location.check(SHA256)


@pytest.mark.parametrize("wrong", [OTHER, DATA[:-1], DATA + b".", b"not sealed", b""])
def test_bytes_that_are_not_the_packages_are_not_kept(wrong: bytes, begun: Place) -> None:
    with pytest.raises((CheckFailed, UsageError)):
        begun.location.put(SHA256, pieces(wrong))
    assert begun.names() == ["safehand-mirror"]


def test_what_is_damaged_is_put_aside_as_it_is_and_its_copy_takes_its_place(begun: Place) -> None:
    begun.location.put(SHA256, pieces())
    begun.damage(PLACE, OTHER)
    begun.location.put_aside(SHA256, 7)
    begun.location.put_aside(SHA256, 8)  # nothing stands there any more
    begun.location.put(SHA256, pieces())
    assert begun.location.check(SHA256) == len(DATA)
    assert begun.now(f"damaged/{SHA256}.7") == OTHER


def test_a_package_that_is_not_there_is_gone_and_not_away(begun: Place) -> None:
    with pytest.raises(Gone):
        begun.location.check(SHA256)
    with pytest.raises(Gone):
        list(begun.location.pieces(SHA256))


def test_a_location_says_whose_it_is_and_says_it_once(place: Place) -> None:
    assert place.location.mark() == ""
    place.location.set_mark(MARK)
    assert place.location.mark() == MARK
    with pytest.raises((CannotWrite, LocationAway)):
        place.location.set_mark("another desk's")
    assert place.location.mark() == MARK


@pytest.mark.parametrize("name", ["", "../safehand-mirror", SHA256.upper(), SHA256[:-1]])
def test_only_a_hash_leads_into_it(name: str, begun: Place) -> None:
    with pytest.raises(UsageError):
        begun.location.check(name)


# --- a folder ---


def test_in_a_folder_it_is_read_only_and_the_desks_alone(tmp_path: Path) -> None:
    location = FolderLocation(tmp_path)
    location.set_mark(MARK)
    location.put(SHA256, pieces())
    assert (tmp_path / PLACE).stat().st_mode & 0o777 == 0o400
    assert (tmp_path / PLACE).parent.stat().st_mode & 0o777 == 0o700


def test_a_disk_that_is_not_mounted_is_away_and_holds_nobodys_mark(tmp_path: Path) -> None:
    with pytest.raises(LocationAway, match="not there"):
        FolderLocation(tmp_path / "not-mounted").mark()
    assert FolderLocation(tmp_path).mark() == "", "the empty folder it would be mounted on"


# --- a bucket ---


@pytest.fixture
def large(tmp_path: Path) -> tuple[EvidenceStore, str]:
    """A package of three parts, in the first location."""
    state = State(tmp_path / "desk")
    state.make()
    with EvidenceStore(state).begin(1 << 30) as incoming:
        incoming.write(LOOKS_SEALED)
        for _ in range(17):
            incoming.write(os.urandom(1 << 20))
        return EvidenceStore(state), incoming.keep().sha256


@pytest.mark.parametrize("place", ["bucket"], indirect=True)
def test_a_large_package_goes_in_parts_and_comes_in_ranges(begun: Place, large: tuple[EvidenceStore, str]) -> None:
    store, sha256 = large
    begun.location.put(sha256, store.pieces(sha256))
    assert begun.bucket is not None
    assert begun.bucket.largest_put == PART
    assert begun.location.check(sha256) == store.path(sha256).stat().st_size
    assert [len(piece) for piece in begun.location.pieces(sha256)][:2] == [PART, PART]


@pytest.mark.parametrize("place", ["bucket"], indirect=True)
def test_a_large_package_that_stops_half_way_leaves_no_object(begun: Place, large: tuple[EvidenceStore, str]) -> None:
    store, sha256 = large

    def cut() -> Iterator[bytes]:
        for number, piece in enumerate(store.pieces(sha256)):
            if number == 15:
                raise CannotRead("the disk")
            yield piece

    with pytest.raises(CannotRead):
        begun.location.put(sha256, cut())
    assert begun.names() == ["safehand-mirror"]


@pytest.mark.parametrize("place", ["bucket"], indirect=True)
@pytest.mark.parametrize("status", [403, 503])
def test_a_bucket_that_cannot_be_used_is_away_and_no_package_is_gone(status: int, begun: Place) -> None:
    begun.location.put(SHA256, pieces())
    assert begun.bucket is not None
    begun.bucket.answer_with(status)
    with pytest.raises(LocationAway):
        begun.location.check(SHA256)
    with pytest.raises(LocationAway):
        begun.location.mark()
    with pytest.raises(LocationAway):
        begun.location.put(hashlib.sha256(OTHER).hexdigest(), pieces(OTHER))


# --- reading ---


def test_reading_falls_back_to_the_second_where_the_first_is_gone_or_damaged(desk_state: State, begun: Place) -> None:
    assert keep(desk_state, DATA) == SHA256
    begun.location.put(SHA256, pieces())
    first = EvidenceStore(desk_state).path(SHA256)
    with whole_package(desk_state, SHA256, begun.location) as found:
        assert (found.path, found.from_second) == (first, False)
    first.chmod(0o600)
    for damage in (lambda: first.write_bytes(OTHER), first.unlink):
        damage()
        with whole_package(desk_state, SHA256, begun.location) as found:
            assert (found.path.read_bytes(), found.from_second) == (DATA, True)
            assert found.path.stat().st_mode & 0o777 == 0o600
        assert list(desk_state.uploads.iterdir()) == []
    assert not first.exists(), "reading puts nothing right"


def test_a_copy_is_not_believed_either_and_what_is_wrong_at_the_first_is_said(desk_state: State, begun: Place) -> None:
    keep(desk_state, DATA)
    begun.location.put(SHA256, pieces())
    EvidenceStore(desk_state).path(SHA256).unlink()
    begun.damage(PLACE, OTHER)
    with pytest.raises(Gone), whole_package(desk_state, SHA256, begun.location):
        pass
    with pytest.raises(Gone), whole_package(desk_state, SHA256, None):
        pass
    assert list(desk_state.uploads.iterdir()) == []


# --- how it is set ---


def test_a_folder_and_a_bucket_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SAFEHAND_MIRROR", raising=False)
    assert mirror("SAFEHAND_MIRROR", tmp_path / "desk") is None
    assert the_second(None) is None
    monkeypatch.setenv("SAFEHAND_MIRROR", str(tmp_path / "second"))
    folder = mirror("SAFEHAND_MIRROR", tmp_path / "desk")
    assert folder == Folder((tmp_path / "second").resolve())
    assert isinstance(the_second(folder), FolderLocation)
    monkeypatch.setenv("SAFEHAND_MIRROR", "s3://packages/unit7")
    monkeypatch.setenv("SAFEHAND_MIRROR_AT", "https://store.example")
    found = mirror("SAFEHAND_MIRROR", tmp_path / "desk")
    assert found == Bucket("packages", "unit7", Address.parse("https://store.example"))
    assert isinstance(the_second(found), BucketLocation)
    assert found.key != Bucket("packages", "unit8", found.address).key


WRONG = {
    "a relative path": ("second", ""),
    "the state directory": ("{state}", ""),
    "a folder in it": ("{state}/evidence/second", ""),
    "a folder round it": ("{state}/..", ""),
    "no bucket": ("s3://", ""),
    "a name no bucket has": ("s3://Packages", ""),
    "a way out of the prefix": ("s3://packages/../other", ""),
    "a way that is not encrypted": ("s3://packages", "http://store.example"),
    "another kind of store": ("gs://packages", ""),
    "no address": ("s3://packages", "store.example"),
}


@pytest.mark.parametrize("name", WRONG)
def test_where_nothing_can_be_kept_a_desk_does_not_start(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said, at = WRONG[name]
    monkeypatch.setenv("SAFEHAND_MIRROR", said.format(state=tmp_path / "desk"))
    monkeypatch.setenv("SAFEHAND_MIRROR_AT", at)
    with pytest.raises(UsageError):
        mirror("SAFEHAND_MIRROR", tmp_path / "desk")
