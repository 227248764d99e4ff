"""What the Content-Security-Policy of a page must allow for the sealer in it: data/sealer-policy.json.

    content_policy({"style-src": "'self'"})
    →  default-src 'none'; script-src 'self'; worker-src 'self' blob:; …; style-src 'self'

The sealer needs no connection, no eval and no WebAssembly. Whoever serves the page adds what the page needs itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec

SCHEMA: Final = "safehand.sealer-policy/1"


class _Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    about: tuple[str, ...]
    directives: dict[str, str]


@cache
def _published() -> _Published:
    data = (resources.files("safehand.seal") / "data" / "sealer-policy.json").read_bytes()
    return msgspec.json.decode(data, type=_Published)


def directives() -> dict[str, str]:
    """Sources by directive."""
    return dict(_published().directives)


def content_policy(more: Mapping[str, str] | None = None) -> str:
    """The header. What is given stands in place of what is published, or beside it."""
    return "; ".join(f"{name} {sources}" for name, sources in {**directives(), **(more or {})}.items())
