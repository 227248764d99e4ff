"""The safe query is the short one; this looks for the others (style practice 20).

A view or a presenter reaches cases by ``open_case``, ``Case.objects.for_officer`` or ``readable_by`` and by nothing
else: no other manager, no ``get_object_or_404``, no raw SQL. Entries, packages and officers come from the case, or
from an action.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import safehand.desk

DESK = Path(safehand.desk.__file__).parent
LOOKED_AT = sorted(
    path
    for path in DESK.rglob("*.py")
    if "views" in path.relative_to(DESK).parts
    or "presenters" in path.relative_to(DESK).parts
    or path.name in ("views.py", "presenters.py", "context.py")
)

_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_SAFE = {"for_officer", "readable_by"}
_FORBIDDEN_CALLS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "raw", "extra"}

ALLOWED = {
    # The officer's own second factor, by the officer's own key: there is no case in it.
    ("officers/views/own_account.py", "Authenticator.objects"),
}


def unscoped(source: str) -> list[str]:
    """What in ``source`` could see more than an officer may."""
    tree = ast.parse(source)
    safe = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _SAFE and _spelled(node.value) == "Case.objects"
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _MANAGERS and id(node) not in safe:
            found.append(_spelled(node))
        if isinstance(node, ast.Attribute) and node.attr == "cursor":
            found.append(_spelled(node))
        if isinstance(node, ast.Call) and _spelled(node.func).rpartition(".")[2] in _FORBIDDEN_CALLS:
            found.append(_spelled(node.func))
    return found


def _spelled(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{_spelled(node.value)}.{node.attr}"
        case _:
            return "…"


def test_there_are_views_to_look_at() -> None:
    names = {path.relative_to(DESK).as_posix() for path in LOOKED_AT}
    assert {
        "intake/views/report.py",
        "intake/presenters.py",
        "triage/presenters/inbox.py",
        "review/views/reader.py",
        "core/views.py",
    } <= names


@pytest.mark.parametrize("path", LOOKED_AT, ids=lambda path: path.relative_to(DESK).as_posix())
def test_no_view_sees_more_than_the_officer_may(path: Path) -> None:
    name = path.relative_to(DESK).as_posix()
    assert [found for found in unscoped(path.read_text()) if (name, found) not in ALLOWED] == []


BAD = {
    "every case": "Case.objects.all()",
    "a case by its reference": "Case.objects.get(reference=reference)",
    "by Django's shortcut": "get_object_or_404(Case, reference=reference)",
    "a package past its case": "Package.objects.filter(sha256=sha256)",
    "the log past its case": "CustodyEntry.objects.all()",
    "by another name": "cases = Case.objects\ncases.all()",
    "by the manager behind": "Case._default_manager.all()",
    "raw SQL": "connection.cursor().execute('SELECT 1')",
    "another thing called for_officer": "Package.objects.for_officer(officer)",
}


@pytest.mark.parametrize("name", BAD)
def test_the_lint_finds(name: str) -> None:
    assert unscoped(BAD[name]) != []


def test_the_lint_lets_the_safe_query_pass() -> None:
    assert unscoped("Case.objects.for_officer(officer).filter(reference=reference).select_related('package')") == []
