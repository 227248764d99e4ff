"""Sealing (signatures first; bodies follow)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from safehand.seal.answers import Answers
from safehand.seal.receipt import Receipt
from safehand.seal.statement import Machine
from safehand.signing.clock import Clock
from safehand.signing.holder import HolderKey
from safehand.signing.keys import DeskPublic

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes done and the bytes there are; both passes count."""


def this_machine() -> Machine:
    """The operating system and zone of this computer."""
    raise NotImplementedError


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
) -> Receipt:
    """Seal what ``paths`` hold to ``desk`` as ``out``."""
    raise NotImplementedError
