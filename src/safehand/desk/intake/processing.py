"""What the worker does with a package: check it, read it, and leave a case file.

    received ──► verifying ──► reading ──► ready
                     │             └─────► stopped     the desk's own trouble: nothing lost, may be tried again
                     └───────────────────► refused     it does not match its seal: kept, every problem shown

Killed at any point, it is started again from the top by another worker, and everything up to then is done anew: the
package is only read, the work directory is this attempt's own, and the case file takes its place in one rename. Each
write to the database names the attempt it belongs to, so that a worker wrongly taken for dead changes nothing.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from safehand.desk.cases.evidence import account_value
from safehand.desk.cases.models import FINAL, Package, PackageState
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.committing import committed
from safehand.desk.core.state import State
from safehand.desk.custody.actions import record
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.copies import look_soon
from safehand.desk.custody.entry import Details
from safehand.desk.custody.location import FIRST, the_second
from safehand.desk.custody.whole_package import whole_package
from safehand.desk.intake.lost import wipe_left_over, work_directory_name
from safehand.desk.intake.reading import Found, read_into_case_file
from safehand.desk.intake.reasons import UNEXPECTED
from safehand.desk.intake.told import tell_not_opened
from safehand.desk.intake.tracing import keep_traces
from safehand.durable import Step, passed
from safehand.errors import CheckFailed, PackageFromTheFuture, SafehandError
from safehand.seal.open import unseal_package
from safehand.seal.report import Report, report_value

log = logging.getLogger("safehand.desk.intake")

WORKER = "desk:worker"


class Superseded(Exception):
    """Another attempt at this package has begun; this one lets go."""


def process(package_id: int, *, clock: Clock = system_clock) -> str:
    """Bring a package to the end of its way, whatever was done before. Gives the state it is left in."""
    attempt = Attempt.begin(package_id, clock)
    if attempt is None:
        return "nothing to do"
    try:
        attempt.run()
    except Superseded:
        return "superseded"
    except SafehandError as problem:
        attempt.stop(problem.code)
    except Exception as problem:  # noqa: BLE001  the task runner: a package must never be left half way without a word
        _log_place(package_id, problem)
        attempt.stop(UNEXPECTED)
    return attempt.package.state


class Attempt:
    """One go at one package."""

    def __init__(self, package: Package, clock: Clock) -> None:
        self.package = package
        self._clock = clock
        self._state: State = settings.STATE

    @classmethod
    def begin(cls, package_id: int, clock: Clock) -> Attempt | None:
        """Take the package over from whoever had it. None when it is at its end already."""
        with committed(Step.VERIFY_BEGUN):
            package = Package.objects.select_for_update().select_related("case").get(pk=package_id)
            if package.state in FINAL:
                return None
            package.attempt = secrets.token_hex(8)
            package.state = PackageState.VERIFYING
            package.started_at = moment(clock())
            package.done = 0
            package.save(update_fields=["attempt", "state", "started_at", "done"])
        return cls(package, clock)

    def run(self) -> None:
        """Verify, then read."""
        with self._work_directory() as work:
            report = self._verify(work)
            if not report.passed:
                self._refuse(report)
                return
            self._finish(
                PackageState.READING, Verb.PACKAGE_VERIFIED, {"steps": len(report.steps)}, report=report_value(report)
            )
            found = read_into_case_file(self.package.case, report, work, self._tell)
            self._read(found)

    def _read(self, found: Found) -> None:
        with committed(Step.BUILD_WRITTEN):
            self._finish(
                PackageState.READY,
                Verb.PACKAGE_READ,
                {"conversations": found.conversations, "messages": found.messages},
                summary=found.summary,
                account=account_value(found.accounts),
                done=found.messages,
            )
            keep_traces(self.package.case, found.traces, found.accounts)

    def stop(self, code: str) -> None:
        """The desk could not go on. The package stands as it came."""
        try:
            self._finish(PackageState.STOPPED, Verb.PACKAGE_STOPPED, {"why": code}, why=code)
        except Superseded:
            return

    def _verify(self, work: Path) -> Report:
        with whole_package(self._state, self.package.sha256, the_second(settings.MIRROR)) as found:
            if found.from_second:
                look_soon(self.package.sha256, FIRST, self._clock)
            report = unseal_package(found.path, self._state.desk_identity, work / "package")
        if report.package_sha256 is not None and report.package_sha256 != self.package.sha256:
            raise CheckFailed("The evidence store does not hold what was handed in.", where=self.package.sha256)
        return report

    def _refuse(self, report: Report) -> None:
        try:
            report.raise_if_failed()
        except CheckFailed as problem:
            why = problem.code
        details: Details = {"why": why, "problems": len(report.problems)}
        with committed(Step.VERIFY_WRITTEN):
            self._finish(PackageState.REFUSED, Verb.PACKAGE_REFUSED, details, why=why, report=report_value(report))
            # Not of one that a newer version made (it is whole), nor of one that was read before: that is our trouble.
            if why != PackageFromTheFuture.code and not self.package.summary:
                tell_not_opened(self.package.case, self._clock)

    def _tell(self, messages: int) -> None:
        """How far it is, for the page. Also where a worker that was taken for dead finds out."""
        self._update(done=messages)
        passed(Step.BUILD_TOLD)

    def _finish(self, state: PackageState, verb: Verb, details: Details, **fields: object) -> None:
        now = moment(self._clock())
        with committed(Step.VERIFY_WRITTEN):
            if state in FINAL:
                fields["finished_at"] = now
            self._update(state=state, **fields)
            record(
                verb,
                actor=WORKER,
                case=self.package.case.reference,
                record=f"package:{self.package.sha256}",
                details=details,
                clock=self._clock,
            )
        self.package.state = state

    def _update(self, **fields: object) -> None:
        mine = Package.objects.filter(pk=self.package.pk, attempt=self.package.attempt).exclude(state__in=FINAL)
        if mine.update(**fields) != 1:
            raise Superseded

    @contextmanager
    def _work_directory(self) -> Iterator[Path]:
        """A directory for unsealed text that only the desk may enter; gone afterwards, and so are earlier attempts'."""
        wipe_left_over()
        work = self._state.work / work_directory_name(self.package.case.reference, self.package.attempt)
        work.mkdir(mode=0o700)
        passed(Step.VERIFY_FOLDER_MADE)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
        passed(Step.BUILD_WIPED)


def _log_place(package_id: int, problem: Exception) -> None:
    """Where it happened and what kind it was. Never the error's own words: they may quote what was being read."""
    places = traceback.extract_tb(problem.__traceback__)
    ours = [place for place in places if "safehand" in place.filename] or places
    log.error("package %s: %s at %s:%s", package_id, type(problem).__name__, ours[-1].filename, ours[-1].lineno)
