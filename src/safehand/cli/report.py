"""Telling the report of a verification: its steps, one a line, and under each what is wrong.

1  passed       It opens with this key, whole to its end
3  failed       The bag is complete, and every file matches its hash
                data/0001.txt: This file is not the one that was sealed: its hash does not match.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safehand.cli.options import DONE
from safehand.cli.say import Say, shown
from safehand.errors import CheckFailed, UsageError
from safehand.seal.open import TimestampFile
from safehand.seal.report import Outcome, Report, Step, report_value
from safehand.signing.trust import MalformedKey, parse_public_key

if TYPE_CHECKING:
    from safehand.model.canonical import Json

_WORDS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.NOT_CHECKED: "not checked",
    Outcome.ABSENT: "not there",
}
_INDENT = " " * 17


def timestamp_of(token: Path | None, authorities: Path | None) -> TimestampFile | None:
    """The timestamp to check, or None. One option without the other is a mistake."""
    if token is not None and authorities is not None:
        return TimestampFile(token, authorities)
    if token is authorities:
        return None
    raise UsageError("--timestamp and --authorities go together.", todo="Give both, or neither.")


def holder_of(stated: str | None) -> str | None:
    """The key that must have signed, as ``--holder`` states it. One that is no key would accuse a sound package."""
    if stated is not None:
        try:
            parse_public_key(stated)
        except MalformedKey as err:
            raise UsageError(
                "--holder is no ssh-ed25519 key.",
                todo="Write it as the receipt does, in quotes: 'ssh-ed25519 AAAA…', to its last letter.",
            ) from err
    return stated


def tell_report(say: Say, report: Report, package: Path, **more: Json) -> int:
    """Print the report, and why it did not pass if it did not. The exit code is the command's."""
    for step in report.steps:
        for line in _step_lines(step):
            say.result(line)
    say.value({**report_value(report), **more})
    if not report.passed:
        # The report on stdout is the result, with --json too; the sentence about it goes to stderr.
        error = _failure(report, package)
        say.warn(f"safehand: {error}")
        return error.exit_code
    say.result(f"\nThe package is whole. Its statement is signed with\n{report.holder_key}")
    if report.stamped is not None:
        say.result(f"Its timestamp proves that it existed at {report.stamped}.")
    return DONE


def _failure(report: Report, package: Path) -> CheckFailed:
    try:
        report.raise_if_failed(str(package))
    except CheckFailed as error:
        return error
    raise AssertionError("a report that did not pass raised nothing")


def _step_lines(step: Step) -> list[str]:
    lines = [f"{step.number:>2}  {_WORDS[step.outcome]:<12} {step.title}"]
    if step.note:
        lines.append(f"{_INDENT}{shown(step.note)}")
    lines += [f"{_INDENT}{shown(problem.file)}: {shown(problem.found)}" for problem in step.problems]
    return lines
