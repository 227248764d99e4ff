"""RFC 3161 timestamps of checkpoints: a clock that is not the desk's says that the log was so large by then.

    stamp_when_due()         a chore of the workers: the newest checkpoint is to be stamped now, in a task of its own
    stamp_newest()           the task: asked of the authority, checked as a package's timestamp is, kept
    stamp_state(clock)       what the page of the checkpoint says of it

Off unless a unit sets an authority (settings/authority.py). What it is sent is a hash (seal/timestamp.py). Every
checkpoint begins with all before it, so one an hour is stamped, and any that somebody asked for, to lodge it. No entry
is made: nothing of a record goes out, and an entry a stamp would ask for the next stamp.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from django.conf import settings

from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.asking import asking_of, claim, failed, went_well
from safehand.desk.custody.models import CustodyEntry, LogAsking, LogAuthority, LogCheckpoint, LogTimestamp
from safehand.desk.settings.authority import CERTIFICATE, Authority
from safehand.durable import Step
from safehand.errors import CannotRead, SafehandError
from safehand.model.digest import sha256_of
from safehand.seal.timestamp import check_timestamp, stamped_moment, timestamp_request
from safehand.seal.timestamp_http import fetch

STAMP: Final = "stamp"
"""What asking is called (models.LogAsking)."""

EVERY: Final = timedelta(hours=1) // timedelta(microseconds=1)
"""Microseconds between two stamps that nobody asked for: some five kilobytes each, and authorities count."""

_REFUSED: Final = "The authority answered, and gave no timestamp."
_NOT_ITS: Final = "What the authority answered is no timestamp of this checkpoint by the certificates that are set."
_GONE: Final = "The file of the authority’s certificates cannot be read."

Fetch: TypeAlias = Callable[[bytes, str], bytes]
"""``timestamp_http.fetch``, or what stands for it in a test."""


@dataclass(frozen=True, slots=True)
class StampState:
    """Where it stands."""

    asks: bool
    """Whether an authority is set."""
    newest: LogTimestamp | None
    """Of the largest checkpoint that has one."""
    asking: LogAsking | None
    waits_since: int | None
    """Since when a checkpoint waits to be stamped: microseconds. None when none does, or nobody is asked."""

    @property
    def failing(self) -> LogAsking | None:
        """How asking goes, where it does not go well."""
        return self.asking if self.asking is not None and self.asking.tries else None


def stamp_state(clock: Clock = system_clock) -> StampState:
    """As it is now."""
    newest = _newest_stamp()
    if settings.TIMESTAMPS is None:
        return StampState(asks=False, newest=newest, asking=None, waits_since=None)
    asking = asking_of(STAMP, clock)
    size = newest.checkpoint.size if newest is not None else 0
    first = LogCheckpoint.objects.filter(size__gt=size).order_by("size").first()
    since = max(first.signed_at, asking.began_at) if first is not None else None
    return StampState(asks=True, newest=newest, asking=asking, waits_since=since)


def stamp_when_due(clock: Clock = system_clock) -> None:
    """A chore. The heart of a worker does not wait for an authority: a task asks."""
    from safehand.desk.custody.tasks import stamp_checkpoint  # noqa: PLC0415  it imports this module

    if settings.TIMESTAMPS is not None and _due(clock) is not None and claim(STAMP, clock):
        stamp_checkpoint.enqueue()


def stamp_newest(clock: Clock = system_clock, fetch: Fetch = fetch) -> bool:
    """Ask the authority for a timestamp of the newest checkpoint, check it and keep it. Whether it is stamped."""
    authority: Authority | None = settings.TIMESTAMPS
    wanted = _due(clock)
    if authority is None or wanted is None:
        return False
    asking_of(STAMP, clock)
    try:
        stamp = _asked(authority, wanted, fetch, clock)
    except CannotRead as problem:
        failed(STAMP, problem.found, clock)
        return False
    with committed(Step.STAMP_KEPT):
        if not LogTimestamp.objects.filter(checkpoint=wanted).exists():
            stamp.save()
    went_well(STAMP, clock)
    return True


def problems_of_stamps(clock: Clock = system_clock) -> Iterator[str]:
    """For ``safehand desk check``: each timestamp that is none any more, and asking that does not go well."""
    for stamp in LogTimestamp.objects.select_related("checkpoint", "authority").order_by("checkpoint__size"):
        if check_kept(stamp) is not None:
            yield f"custody log, checkpoint of {stamp.checkpoint.size}: Its timestamp is not what it was."
    failing = stamp_state(clock).failing
    if failing is not None:
        yield (
            f"custody log: No timestamp came, asked {failing.tries} times. {failing.answer} It is asked again: see the"
            " page Checkpoint."
        )


def check_kept(stamp: LogTimestamp) -> str | None:
    """What is wrong with a timestamp that is kept, in a sentence; None when it is good, by what is kept beside it."""
    try:
        found = _check(bytes(stamp.token), stamp.authority.certificates, stamp.checkpoint.note.encode())
    except SafehandError as problem:
        return problem.found
    return None if found == stamp.moment else _NOT_ITS


def _newest_stamp() -> LogTimestamp | None:
    return LogTimestamp.objects.select_related("checkpoint", "authority").order_by("-checkpoint__size").first()


def _due(clock: Clock) -> LogCheckpoint | None:
    newest = LogCheckpoint.objects.select_related("timestamp").order_by("-size").first()
    if newest is None or hasattr(newest, "timestamp"):
        return None
    last = LogTimestamp.objects.order_by("-kept_at").values_list("kept_at", flat=True).first()
    if last is None or not 0 <= clock() - last < EVERY or _was_asked_for(newest):
        return newest
    return None


def _was_asked_for(checkpoint: LogCheckpoint) -> bool:
    """Whoever has the log signed by hand is its last entry (signed_log.sign_now)."""
    return CustodyEntry.objects.filter(sequence=checkpoint.size, verb=Verb.LOG_SIGNED).exists()


def _asked(authority: Authority, wanted: LogCheckpoint, fetch: Fetch, clock: Clock) -> LogTimestamp:
    data, certificates = wanted.note.encode(), _certificates(authority)
    token = fetch(timestamp_request(data), authority.address)
    moment = _check(token, certificates, data)
    with committed(Step.STAMP_KEPT):
        kept, _ = LogAuthority.objects.get_or_create(
            sha256=sha256_of(certificates.encode()), defaults={"certificates": certificates}
        )
    return LogTimestamp(checkpoint=wanted, authority=kept, token=token, moment=moment, kept_at=clock())


def _certificates(authority: Authority) -> str:
    """Those of the file, and nothing else that stands in it."""
    try:
        found = CERTIFICATE.findall(authority.certificates.read_text("ascii"))
    except (OSError, UnicodeDecodeError) as err:
        raise CannotRead(_GONE) from err
    if not found:
        raise CannotRead(_GONE)
    return "".join(f"{each.rstrip()}\n" for each in found)


def _check(token: bytes, certificates: str, data: bytes) -> int:
    """The moment of a good token. CannotRead for any other."""
    if stamped_moment(token) is None:
        raise CannotRead(_REFUSED)
    with tempfile.NamedTemporaryFile("w", suffix=".pem", encoding="ascii") as file:
        file.write(certificates)
        file.flush()
        found = check_timestamp(token, Path(file.name), data)
    if found.moment is None:
        raise CannotRead(_NOT_ITS)
    moment = datetime.strptime(found.moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000
