"""Every shared sample, by one rule: it gives the messages its list states, and every byte of it is accounted for.

Where our count is another than the list's, the file stands in a table here with the reason. The same events come out
of all of them in three time zones and two languages.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from safehand.model.message import Message
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading

SAMPLES: Final = Path(__file__).parents[4] / "shared" / "samples"
TABLE: Final = SAMPLES / "SOURCES.tsv"

pytestmark = pytest.mark.skipif(not TABLE.is_file(), reason="shared/samples is not beside this checkout")

NOT_READ: Final = {
    "skype/made_messages.json": "skype/json",
}
"""Samples of forms without a reader when this was written: known by name. Once there is one, the list's count holds."""

OTHERWISE: Final = {
    "discord_dce/ca_DM_2A_2M.json": (3, "the list does not count the call"),
    "messenger/mv_multi_message_1.json": (2, "the list counts the three parts together"),
    "omegle/made_omegle_log.txt": (7, "the list does not count the three lines of Omegle's own"),
    "telegram/ca_DM_2A_7M.json": (8, "the list does not count the platform's own line"),
    "telegram/made_messages.html": (4, "the divider of a day is no message"),
    "whatsapp/made_traps.txt": (9, "the list states eight or nine by intent, and nine by syntax"),
}
"""Our count, where it is not the list's, and why."""

UNPARSED: Final = {
    "rsmf/rs_Sample3_message.eml": "the mail around the manifest",
    "sms_backup_restore/sr_malformed.xml": "damaged on purpose",
    "whatsapp/made_truncated_utf8.txt": "ends in half a character on purpose",
}
"""Samples of forms that are read, with bytes that nobody could read."""

NO_TEXT: Final = frozenset({".vcf", ".bin", ".plist"})
"""Endings of what is never opened."""

_PLUS: Final = re.compile(r"(\d+)(?: [a-z]+)?(?: \+ |\Z)")


@cache
def listed() -> Mapping[str, str]:
    """By file: how many messages the list states, in its own words."""
    if not TABLE.is_file():
        return {}
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["file"]: row["expected_messages"] or "" for row in csv.DictReader(rows, delimiter="\t")}


def expected(file: str) -> int | None:
    """``4 (1 deleted)``: 4. ``1 system + 6``: 7. None where the list states no number."""
    if file in OTHERWISE:
        return OTHERWISE[file][0]
    words = listed()[file]
    if " + " in words:
        return sum(int(found[1]) for found in _PLUS.finditer(words))
    number = re.match(r"\d+\b", words)
    return None if number is None else int(number[0])


def test_the_list_names_every_sample_and_the_tables_here_name_none_that_is_not_there() -> None:
    there = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()} - {TABLE.name}
    assert there == set(listed())
    assert {*NOT_READ, *OTHERWISE, *UNPARSED} <= there


@pytest.mark.parametrize("file", sorted(listed()))
def test_a_sample_gives_the_messages_its_list_states_and_loses_no_byte(file: str) -> None:
    capture = capture_of([SAMPLES / file])
    reading = Reading(capture)
    messages = [event for event in reading.events() if isinstance(event, Message)]
    for source, account in zip(capture.files, reading.accounts(), strict=True):
        with source.open() as stream:
            data = stream.read()
        assert (account.bytes, account.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert sum(tally.bytes for tally in account.segments.values()) == len(data)
    if Path(file).suffix in NO_TEXT:
        assert (capture.files, len(capture.register)) == ((), 1)
        return
    assert reading.recognised.unknown == ()
    if file in NOT_READ and reading.recognised.known:
        assert [known.mark.form for known in reading.recognised.known] == [NOT_READ[file]]
        assert messages == []
        return
    count = expected(file)
    assert count is None or len(messages) == count
    unread = any(account.unparsed for account in reading.accounts())
    assert unread is (file in UNPARSED)


def test_the_parts_of_one_thread_are_one_conversation() -> None:
    paths = [SAMPLES / "messenger" / f"mv_multi_message_{number}.json" for number in (1, 2, 10)]
    messages = [event for event in Reading(capture_of(paths)).events() if isinstance(event, Message)]
    assert len(messages) == 4


CHILD: Final = """
import hashlib, os, sys
from pathlib import Path
from safehand.sources.archive import capture_of
from safehand.sources.reading import Reading
os.chdir(sys.argv[1])
digest = hashlib.sha256()
count = 0
for path in sorted(Path(".").rglob("*"), key=os.fsencode):
    if path.is_file():
        reading = Reading(capture_of([path]))
        for event in reading.events():
            digest.update(repr(event).encode())
            count += 1
        digest.update(repr(reading.accounts()).encode())
print(count, digest.hexdigest())
"""


def test_three_time_zones_and_two_languages_give_the_same_bytes() -> None:
    printed = set()
    for number, zone in enumerate(("UTC", "Asia/Kolkata", "America/St_Johns"), 1):
        for language in ("C", "tr_TR.UTF-8"):
            around = {"TZ": zone, "LC_ALL": language, "PYTHONUTF8": "0", "PYTHONHASHSEED": str(number)}
            done = subprocess.run(
                [sys.executable, "-c", CHILD, SAMPLES],
                env={**os.environ, **around},
                capture_output=True,
                text=True,
                check=True,
            )
            printed.add(done.stdout)
    assert len(printed) == 1
    count, digest = printed.pop().split()
    assert int(count) > 2_500
    assert len(digest) == 64
