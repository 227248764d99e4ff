"""Sealing: source files and answers in, FILE.safehand out.

    receipt = seal([Path("_chat.txt")], answers, load_desk_public(Path("desk.pub")), Path("allotment.safehand"),
                   clock=system_clock, signer=new_holder_key(secrets.token_bytes))

Two passes over the source files: the first for hashes and for what is to be left out, the second through tar and age
onto the disk, hashed again on the way, so that a file that changed in between is noticed. No socket is opened, no
picture is opened, and memory does not grow with the files. Killed at any point, there is no file or a whole one
(whole.py). In two steps, for a caller that wants to show what will be sealed: ``prepare``, then ``write_package``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from safehand.errors import ArchiveRefused, CannotRead, NotRecognised, UsageError
from safehand.model.digest import sha256_of
from safehand.seal.answers import Answers, unanswered
from safehand.seal.bag import bag_files
from safehand.seal.compose import Composed, compose
from safehand.seal.embedded_rules import marker
from safehand.seal.encrypt import Encrypting
from safehand.seal.examine import Examined, examine
from safehand.seal.exclusions import LeftOut, resolve
from safehand.seal.layout import BAG, FIRST
from safehand.seal.machine import Machine, this_machine
from safehand.seal.pick import Pick, pick
from safehand.seal.receipt import Receipt
from safehand.seal.removed import Removed, Why, sealed_pieces
from safehand.seal.sign import signature_files
from safehand.seal.statement import Item, Statement, format_statement
from safehand.seal.tables import resolve_tables
from safehand.seal.tar import END, Header, format_header, padding
from safehand.seal.whole import WholeFile, refuse_what_is_there
from safehand.signing.clock import Clock, seconds_now, utc_text
from safehand.signing.holder import HolderKey
from safehand.signing.keys import DeskPublic
from safehand.sources.archive import capture_of
from safehand.sources.contract import Capture
from safehand.sources.desk_only import RETURN, without_returns
from safehand.sources.known import NOT_TEXT

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes done and the bytes there are. Both passes count, so there are twice as many as in the files."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that will be sealed, known to the byte: ``statement`` can be shown before anything is written."""

    capture: Capture
    composed: Composed
    seconds: int
    """The moment of sealing."""

    @property
    def statement(self) -> Statement:
        """What will be signed."""
        return self.composed.statement

    @property
    def total(self) -> int:
        """Bytes of both passes, for progress."""
        return 2 * sum(found.source_size for found in self.composed.examined)


def seal(  # noqa: PLR0913  what, for whom, where to; and all that is not in the bytes is handed in
    paths: Sequence[Path],
    answers: Answers,
    desk: DeskPublic,
    out: Path,
    *,
    clock: Clock,
    signer: HolderKey,
    machine: Machine | None = None,
    progress: Progress | None = None,
    at_desk: bool = False,
) -> Receipt:
    """Seal what ``paths`` hold to ``desk``, as ``out``. Every question must have an answer (answers.unanswered)."""
    refuse_what_is_there(out)
    prepared = prepare(paths, answers, clock=clock, machine=machine, progress=progress, at_desk=at_desk)
    return write_package(prepared, desk, out, signer=signer, progress=progress)


def prepare(
    paths: Sequence[Path],
    answers: Answers,
    *,
    clock: Clock,
    machine: Machine | None = None,
    progress: Progress | None = None,
    at_desk: bool = False,
) -> Prepared:
    """The first pass. UsageError while a question is unanswered, CannotRead when there is no text to seal.

    What a platform gives to police alone is sealed only ``at_desk`` (sources/desk_only.py).
    """
    still_open = unanswered(answers)
    if still_open:
        raise UsageError(
            f"{len(still_open)} questions are unanswered: {', '.join(asked.id for asked in still_open)}.",
            todo='"I don\'t know" is an answer.',
        )
    capture = capture_of(paths)
    left_out = resolve(answers.exclusions, capture.files)
    tables = tuple(table.stated_of(file) for table, file in resolve_tables(answers.tables, capture.files))
    picked = None if answers.only is None else pick(capture, answers.only, tables)
    removed = _removed(left_out, picked)
    capture = replace(capture, files=tuple(file for file in capture.files if removed.get(file.id) != _WHOLE))
    if not at_desk:
        capture, left_out = _on_the_holders_side(capture, left_out, picked)
    files = capture.files
    if not files:
        raise _nothing_to_seal(capture)
    count = _Count(progress, 2 * sum(file.size for file in files))
    examined = [examine(file, removed.get(file.id, ()), count.add) for file in files]
    seconds = seconds_now(clock)
    said = None if picked is None or picked.is_all else picked.said
    composed = compose(examined, capture, left_out, answers, utc_text(seconds), machine or this_machine(), said)
    return Prepared(capture, composed, seconds)


_WHOLE: Final = (Removed(0, 0, Why.EXCLUDED),)
"""A file that is left out whole: no stretch of a file is empty."""


def _removed(left_out: Sequence[LeftOut], picked: Pick | None) -> dict[str, tuple[Removed, ...]]:
    """By file: what is left out of it, or ``_WHOLE``. UsageError where lines and conversations of a file are."""
    found = {} if picked is None else {**picked.removed, **dict.fromkeys(picked.whole, _WHOLE)}
    of_pick = set(found)
    for left in left_out:
        if left.file.id in of_pick:
            raise UsageError(
                "Of one file, lines are left out and conversations.",
                where=left.file.id,
                todo="Leave out one or the other: a file that you picked nothing from is left out whole already.",
            )
        found[left.file.id] = _WHOLE if left.removed is None else (*found.get(left.file.id, ()), left.removed)
    return found


def _on_the_holders_side(
    capture: Capture, left_out: tuple[LeftOut, ...], picked: Pick | None
) -> tuple[Capture, tuple[LeftOut, ...]]:
    """Without what a platform gives to police alone, and without what was to be left out of lines of it."""
    kept = without_returns(capture)
    ids = {file.id for file in kept.files}
    refused = {file.id for file in capture.files if file.id not in ids}
    if refused and picked is not None:  # the pick would count conversations that are not handed over
        raise CannotRead(RETURN, where=min(refused), todo="Pick conversations of the other files, or seal without it.")
    return kept, tuple(left for left in left_out if left.file.id not in refused)


def _nothing_to_seal(capture: Capture) -> CannotRead:
    """Why: what was refused says it best."""
    for one in capture.register:
        if one.refused is not None and one.container is not None:
            return ArchiveRefused(f"No text in it can be sealed. {one.refused}", where=one.container)
        if one.refused is not None:
            return CannotRead(f"It cannot be sealed. {one.refused}", where=one.name)
    types = Counter(one.type for one in capture.register)
    told = NOT_TEXT.get(types.most_common(1)[0][0]) if types else None
    if told is not None:
        what, todo = told
        return NotRecognised(f"There is no text to seal in it, only {what}. They were not opened.", todo=todo)
    return NotRecognised(
        "There is no text to seal in what was given.",
        todo="Give the chat as the app exports it, without media: a .txt, .json or .zip, or its folder.",
    )


def write_package(
    prepared: Prepared, desk: DeskPublic, out: Path, *, signer: HolderKey, progress: Progress | None = None
) -> Receipt:
    """The second pass: encrypt onto the disk."""
    count = _Count(progress, prepared.total, prepared.total // 2)
    with WholeFile(out) as file:
        with Encrypting(desk.recipients, file.handle, str(out)) as sink:
            for piece in package_pieces(prepared, signer, count.add):
                sink.write(piece)
            result = sink.finish()
        file.keep()
    statement = format_statement(prepared.statement)
    return Receipt(result.sha256, sha256_of(statement), prepared.statement.sealed.utc, signer.public)


def package_pieces(prepared: Prepared, signer: HolderKey, done: Callable[[int], None]) -> Iterator[bytes]:
    """The tar, piece by piece. With the same key the same bytes."""
    statement = format_statement(prepared.statement)
    files = {**bag_files(prepared.statement, statement), **signature_files(statement, signer)}
    for path in FIRST:
        data = files[path]
        yield format_header(Header(path, len(data), prepared.seconds)) + data + bytes(padding(len(data)))
    for item, found in zip(prepared.statement.items, prepared.composed.examined, strict=True):
        yield format_header(Header(BAG + item.id, item.size, prepared.seconds))
        yield from _payload(item, found, done)
        yield bytes(padding(item.size))
    yield END


def _payload(item: Item, found: Examined, done: Callable[[int], None]) -> Iterator[bytes]:
    """The item's bytes, read again. CannotRead when they are not those that were hashed."""
    digest, size = hashlib.sha256(), 0
    try:
        with found.file.open() as stream:
            for piece in sealed_pieces(stream, found.removed, marker, where=found.file.id):
                digest.update(piece)
                size += len(piece)
                if size > item.size:
                    break
                yield piece
                done(len(piece))
    except OSError as err:
        raise CannotRead(
            "The file could not be read to its end.", where=found.file.id, todo=err.strerror or ""
        ) from err
    if digest.hexdigest() != item.sha256 or size != item.size:
        raise CannotRead(
            "The file changed while it was being sealed.",
            where=found.file.id,
            todo="Close the program that writes it, and seal it again. Nothing was left.",
        )


class _Count:
    """Bytes done so far, told to whoever shows them."""

    def __init__(self, progress: Progress | None, total: int, done: int = 0) -> None:
        self._progress = progress
        self._total = total
        self._done = done

    def add(self, count: int) -> None:
        if self._progress is not None:
            self._done += count
            self._progress(min(self._done, self._total), self._total)
