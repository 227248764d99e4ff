"""Every address of the desk, walked from Django's own table: an address that is added later is asked everything too.

def test_…(all_routes: list[Route], …)      with the values of a case that can be read, and of a notice that waits
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from desk_cast import Ready, keep, make_notice
from notices import notice
from safehand.desk.core.state import State
from safehand.seal.notice_sealed import seal_notice
from safehand.signing.keys import load_desk_public

NOTICE = "SH-8Q2V5TR41"
"""An urgent notice that waits for an officer: every one of them may open it."""


@dataclass(frozen=True)
class Route:
    """One address, with a real case's values put in."""

    name: str
    path: str
    of_a_case: bool


def routes(reference: str) -> list[Route]:
    """Every address there is."""
    return sorted(set(_walk(get_resolver(), "/", reference)), key=lambda route: route.path)


def _walk(resolver: URLResolver, prefix: str, reference: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, path, reference)
        elif isinstance(pattern, URLPattern):
            yield Route("", _filled(path, reference), "<reference" in path)


def path_of(path: str, reference: str) -> str:
    """An address as routes_by_roles prints it, with a real case's values put in."""
    kinds = {"reference": "reference:reference", "upload": "parcel:upload", "sha256": "sha256:sha256"} | {
        name: f"slug:{name}" for name in ("offence", "element")
    }
    if path.startswith("/notices/"):
        kinds["reference"] = "notice:reference"
    return _filled(re.sub(r"<(\w+)>", lambda part: f"<{kinds.get(part[1], f'int:{part[1]}')}>", path), reference)


def _filled(path: str, reference: str) -> str:
    filled = path.replace("<reference:reference>", reference).replace("<int:conversation>", "1")
    filled = re.sub(r"<int:(number|pair|alarm|glass|note)>", "1", filled)
    filled = filled.replace("<parcel:upload>", "0" * 32).replace("<sha256:sha256>", "0" * 64)
    filled = filled.replace("<slug:offence>", "meeting").replace("<slug:element>", "b")
    filled = filled.replace("<notice:reference>", NOTICE)
    assert "<" not in filled, f"{path}: the walk does not know this part"
    return filled


@pytest.fixture
def all_routes(ready: Ready, desk_state: State) -> list[Route]:
    make_notice(desk_state, keep(desk_state, seal_notice(notice(), load_desk_public(desk_state.desk_public))), NOTICE)
    return routes(ready.case.reference)
