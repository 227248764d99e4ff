"""The verification of a package: bytes and findings in, a report out. No file is opened here.

    (1) It opens with this key, whole to its end.
    (2) The tar inside is exactly as Safehand writes it: every header, every NUL, every file in its place, no other.
    (3) The bag is complete: every file is there and has the hash that its manifest gives (RFC 8493).
    (4) The statement is canonical JSON, of a version that this Safehand reads, and keeps its own rules.
    (5) The statement agrees with all beside it: items with the payload, markers with what was left out, the bag's own
        files with what follows from it; and nothing stands in the payload that should have been left out.
    (6) The statement is signed by the key in holder.pub, and that is the key expected, if one was.
    (7) The timestamp, if there is one, is of this statement by an authority that was given.

Every problem is listed, each with the file it concerns. Where two files contradict each other, the statement's
signature decides which is to be believed: a changed manifest does not accuse the payload.

The caller still owes: to believe nothing it was given while streaming before step 1 passed; to keep the package itself
unchanged; and to compare the holder's key with a receipt, for a key in a package proves only that one hand signed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from safehand.errors import PackageDamaged, PackageFromTheFuture
from safehand.model.digest import sha256_of
from safehand.seal.bag import parse_manifest
from safehand.seal.layout import HOLDER_KEY, SIGNATURE, STATEMENT, TAG_MANIFEST, cited
from safehand.seal.report import PACKAGE, SENTENCES, TITLES, CheckedFile, Code, Outcome, Problem, Report, Step
from safehand.seal.statement import Statement, parse_statement
from safehand.seal.verify_bag import agreement_problems, bag_problems
from safehand.seal.verify_signature import Signed, signature_problems, who_signed
from safehand.seal.verify_tar import tar_problems
from safehand.seal.walk import Member, Walk, content_of


@dataclass(frozen=True, slots=True)
class Opened:
    """How decryption came out: what the caller knows and this module cannot find out."""

    problem: Code | None
    """None when the package was decrypted to its end."""
    package_sha256: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stamped:
    """What came of checking a timestamp: ``moment`` when it is good, ``problem`` when it is not, or why not checked."""

    moment: str | None = None
    problem: str | None = None
    not_checked: str | None = None


_NOT_TAKEN: Final = {
    3: "The tar could not be read to its end.",
    4: "There is no statement.",
    5: "The statement cannot be believed.",
    6: "The tar could not be read to its end.",
}

Stamp = Callable[[bytes], Stamped]
"""Checks a timestamp against the statement's bytes."""


def verify(opened: Opened, walk: Walk, *, holder: str | None = None, stamp: Stamp | None = None) -> Report:
    """Take the steps. ``holder`` is the key expected (``ssh-ed25519 AAAA…``), ``stamp`` checks a timestamp."""
    if opened.problem is not None:
        return _unopened(opened, walk)
    found = _Found.of(walk)
    if found.future is not None:
        return _report(found, {4: (found.future,)}, opened, "The package is of a newer version.")
    problems = {2: tar_problems(walk, found.believed)}
    if STATEMENT in found.members:
        problems[4] = found.statement_problems
    if walk.is_whole or {SIGNATURE, HOLDER_KEY, STATEMENT} <= found.members.keys():
        problems[6] = signature_problems(found.members, found.signed, holder, statement_is_whole=found.is_whole)
    bag = bag_problems(found.members, found.believed, walk)
    if bag or walk.is_whole:
        problems[3] = bag
    if found.believed is not None:
        problems[5] = agreement_problems(found.members, found.believed, found.statement_bytes)
    if found.statement is not None and stamp is not None:
        return _with_timestamp(_report(found, problems, opened), stamp(found.statement_bytes))
    return _report(found, problems, opened)


@dataclass(frozen=True, slots=True)
class _Found:
    """The statement and its signature, read, before anything is measured by them."""

    walk: Walk
    members: dict[str, Member]
    """By name; of two with one name, the first."""
    statement: Statement | None
    statement_bytes: bytes
    statement_problems: tuple[Problem, ...]
    signed: Signed
    is_whole: bool
    """The tag manifest gives the statement the hash it has."""
    future: Problem | None

    @property
    def believed(self) -> Statement | None:
        """The statement, when its signature or its bag's manifest vouches for it against the files beside it."""
        return self.statement if self.signed.is_good or self.is_whole else None

    @classmethod
    def of(cls, walk: Walk) -> _Found:
        members: dict[str, Member] = {}
        for member in walk.members:
            members.setdefault(member.name, member)
        data = content_of(members, STATEMENT)
        manifest = parse_manifest(content_of(members, TAG_MANIFEST)) or {}
        is_whole = STATEMENT in members and manifest.get(cited(STATEMENT)) == sha256_of(data)
        statement, problem, future = None, None, None
        try:
            statement = parse_statement(data) if STATEMENT in members else None
        except PackageFromTheFuture:
            # Only a statement that its own bag vouches for is of the future; otherwise a digit of it was changed.
            problem = Problem(cited(STATEMENT), Code.STATEMENT_INVALID, SENTENCES[Code.STATEMENT_INVALID])
            if is_whole:
                future = Problem(cited(STATEMENT), Code.FROM_THE_FUTURE, SENTENCES[Code.FROM_THE_FUTURE])
        except PackageDamaged as err:
            code = Code.STATEMENT_INVALID if err.todo else Code.STATEMENT_SPELLING
            problem = Problem(cited(STATEMENT), code, f"{SENTENCES[code]} {err.todo}".rstrip())
        problems = () if problem is None else (problem,)
        return cls(walk, members, statement, data, problems, who_signed(members, data), is_whole, future)


def _unopened(opened: Opened, walk: Walk) -> Report:
    """The report of a package that did not open, or not to its end."""
    code = opened.problem or Code.PACKAGE_CHANGED
    place = _where_it_broke(walk) if code in (Code.PACKAGE_CHANGED, Code.CUT_SHORT) else PACKAGE
    problem = Problem(place, code, SENTENCES[code])
    steps = [_step(1, (problem,), note=opened.note)]
    steps += [_step(number, None, note="The package did not open to its end.") for number in range(2, 7)]
    files = tuple(
        CheckedFile(cited(member.name), member.size, member.sha256, Outcome.NOT_CHECKED) for member in walk.members
    )
    return Report((*steps, _absent()), files, package_sha256=opened.package_sha256)


def _where_it_broke(walk: Walk) -> str:
    """The file in which what could be decrypted ends."""
    if walk.cut_in is not None:
        return cited(walk.cut_in)
    return cited(walk.members[-1].name) if walk.members else PACKAGE


def _report(found: _Found, problems: dict[int, tuple[Problem, ...]], opened: Opened, note: str = "") -> Report:
    steps = [_step(1, ())]
    for number in range(2, 7):
        why = note or _NOT_TAKEN.get(number, "")
        steps.append(_step(number, problems.get(number), note="" if number in problems else why))
    steps.append(_absent())
    listed = tuple(problem for step in steps for problem in step.problems)
    passed = not listed and not note
    return Report(
        steps=tuple(steps),
        files=_files(found, listed, checked=not note),
        statement=found.statement if passed else None,
        statement_sha256=sha256_of(found.statement_bytes) if STATEMENT in found.members else None,
        package_sha256=opened.package_sha256,
        holder_key=found.signed.key,
    )


def _files(found: _Found, problems: tuple[Problem, ...], *, checked: bool) -> tuple[CheckedFile, ...]:
    """Every file that is there, and every one that should be."""
    bad = {problem.file for problem in problems}
    fine = Outcome.PASSED if checked else Outcome.NOT_CHECKED
    out = [
        CheckedFile(cited(m.name), m.size, m.sha256, Outcome.FAILED if cited(m.name) in bad else fine)
        for m in found.walk.members
    ]
    missing = [problem.file for problem in problems if problem.code is Code.FILE_MISSING]
    items = {item.id: item for item in found.statement.items} if found.statement else {}
    for file in missing:
        size, digest = (items[file].size, items[file].sha256) if file in items else (0, "")
        out.append(CheckedFile(file, size, digest, Outcome.FAILED))
    return tuple(out)


def _with_timestamp(report: Report, stamped: Stamped) -> Report:
    last = _absent()
    if stamped.problem is not None:
        last = _step(7, (Problem(PACKAGE, Code.TIMESTAMP_WRONG, stamped.problem),))
    elif stamped.not_checked is not None:
        last = _step(7, None, note=stamped.not_checked)
    elif stamped.moment is not None:
        last = _step(7, (), note=stamped.moment)
    return Report(
        (*report.steps[:-1], last),
        report.files,
        report.statement if stamped.problem is None else None,
        report.statement_sha256,
        report.package_sha256,
        report.holder_key,
        stamped.moment,
    )


def _step(number: int, problems: tuple[Problem, ...] | None, *, note: str = "") -> Step:
    if problems is None:
        return Step(number, TITLES[number], Outcome.NOT_CHECKED, note=note)
    return Step(number, TITLES[number], Outcome.FAILED if problems else Outcome.PASSED, problems, note)


def _absent() -> Step:
    return Step(7, TITLES[7], Outcome.ABSENT, note="There is no timestamp beside the package; none is needed.")
