"""Opening a case file: the case's key is unwrapped with the desk's, for as long as it is needed.

with open_case_file(case) as casefile: ...
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from safehand.casefile.candidates import has_word_list
from safehand.casefile.key import unwrap_case_key
from safehand.casefile.read import CaseFile, open_casefile
from safehand.desk.cases.models import Case, PackageState
from safehand.desk.core.state import State
from safehand.errors import CannotRead, WrongKey


class CaseNotReady(CannotRead):
    """The case's package is still on its way, or its case file is to be built again."""

    code = "case_not_ready"

    def __init__(self, reference: str) -> None:
        super().__init__("There is nothing to read yet.", where=reference, todo="Its report says how far it is.")
        self.reference = reference


class CaseErased(CannotRead):
    """The case was erased: its key is destroyed, and nothing of it opens any more, here or in a copy."""

    code = "case_erased"

    def __init__(self, reference: str) -> None:
        super().__init__("This case was erased.", where=reference, todo="The custody log says when, and by whom.")
        self.reference = reference


def case_file_path(case: Case) -> Path:
    """Where the case file is, or would be."""
    state: State = settings.STATE
    return state.casefiles / f"{case.reference}.casefile"


def case_key(case: Case) -> bytes:
    """The case's key. CaseErased where it was destroyed."""
    if case.erased_at is not None:
        raise CaseErased(case.reference)
    state: State = settings.STATE
    try:
        identity = state.desk_identity.read_text("ascii")
    except OSError as err:
        raise CannotRead(
            "The desk's key cannot be read.", where=str(state.desk_identity), todo="Bring it back from its safe place."
        ) from err
    return unwrap_case_key(bytes(case.wrapped_key), identity)


def open_case_file(case: Case) -> CaseFile:
    """The open case file. CaseNotReady while there is none that opens; close it, or use it in a ``with``."""
    path = case_file_path(case)
    if case.package.state != PackageState.READY or not path.exists():
        raise CaseNotReady(case.reference)
    key = case_key(case)
    try:
        return open_casefile(path, key)
    except (CannotRead, WrongKey) as err:
        # Damaged, or built by another version: it is only derived, and the report offers to build it again.
        raise CaseNotReady(case.reference) from err


def is_whole(case: Case) -> bool:
    """Whether every page of a case file that opens is as it was written. It is read to its end for that."""
    try:
        with open_case_file(case) as casefile:
            casefile.check()
    except (CannotRead, WrongKey):
        return False
    return True


def is_read_as_now(case: Case) -> bool:
    """Whether the case file, if it opens, was built by this version. It may be read all the same when it was not."""
    try:
        with open_case_file(case) as casefile:
            return casefile.is_read_as_now()
    except (CannotRead, WrongKey):
        return True  # it does not open, which is another matter: can_be_opened


def was_read_with_words(case: Case) -> bool:
    """Whether the case file, if it opens, was built with a list of words for the rules that rest on one."""
    try:
        with open_case_file(case) as casefile:
            return has_word_list(casefile)
    except (CannotRead, WrongKey):
        return True  # see above


def can_be_opened(case: Case) -> bool:
    """Whether the case file of a package that was read is there, whole enough to open, and of this version."""
    try:
        open_case_file(case).close()
    except CaseNotReady:
        return False
    except (CannotRead, WrongKey):
        return True  # it is the desk's key that is wrong or gone: building it again would help nobody
    return True
