"""RSMF as it comes, sealed: the manifest whole, the mail without its archive, and no picture in any form."""

from __future__ import annotations

import base64
from pathlib import Path

import rsmf_made as made
import rsmf_mail_made as mails
from safehand.model.message import Message
from safehand.seal.contents import capture_of_bag
from safehand.seal.open import unseal_package
from safehand.seal.write import seal
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading
from sealed_packages import MACHINE, answers, desk_in, fixed, noon

MANIFEST = made.spelled(
    made.manifest(
        [made.ALICE], [made.talk("c", ["1"])], [made.said(1, "1", "The gate is open", "2026-01-04T19:02:11Z")]
    )
)
WHOLE = {"AV1": mails.PICTURE, "rsmf_manifest.json": MANIFEST, "gate.png": mails.PICTURE}


def test_a_mail_is_sealed_with_its_manifest_and_without_its_archive(tmp_path: Path) -> None:
    export = tmp_path / "talk.rsmf"
    picture = mails.part("avatar.png", mails.lines(mails.PICTURE))
    export.write_bytes(mails.mail(picture, mails.part("rsmf.zip", mails.lines(mails.archive(WHOLE, packed=False)))))
    desk, package = desk_in(tmp_path / "keys"), tmp_path / "a.safehand"
    seal([export], answers(), desk, package, clock=noon, signer=fixed(7), machine=MACHINE)
    report = unseal_package(package, tmp_path / "keys" / "desk.agekey", tmp_path / "opened")
    assert report.passed
    assert report.statement is not None
    items = {item.name: item for item in report.statement.items}
    assert {name: (item.kind, item.container) for name, item in items.items()} == {
        "talk.rsmf": ("DERIVED", None),
        "rsmf.zip/rsmf_manifest.json": ("RAW", "talk.rsmf"),
    }
    assert sorted(one.name for one in report.statement.attachments) == [
        "avatar.png", "rsmf.zip/AV1", "rsmf.zip/gate.png",
    ]  # fmt: skip
    whole = b"".join(path.read_bytes() for path in sorted((tmp_path / "opened").rglob("*")) if path.is_file())
    assert MANIFEST in whole
    assert b"\x89PNG" not in whole
    assert base64.b64encode(mails.PICTURE)[:40] not in whole
    assert whole.count(b"[[safehand left out ") >= 2


def test_the_desk_reads_what_the_shell_reads(tmp_path: Path) -> None:
    export = tmp_path / "talk.rsmf"
    export.write_bytes(mails.attached(mails.archive(WHOLE)))
    desk, package = desk_in(tmp_path / "keys"), tmp_path / "a.safehand"
    seal([export], answers(), desk, package, clock=noon, signer=fixed(7), machine=MACHINE)
    report = unseal_package(package, tmp_path / "keys" / "desk.agekey", tmp_path / "opened")
    assert report.statement is not None

    def told(reading: Reading) -> list[tuple[str | None, int, int]]:
        return [(m.text, m.span.start, m.span.end) for m in reading.events() if isinstance(m, Message)]

    opened = Reading(capture_of_bag(tmp_path / "opened", report.statement))
    assert told(opened) == told(Reading(capture_of([export])))
    assert sum(account.bytes for account in opened.accounts()) == sum(item.size for item in report.statement.items)
