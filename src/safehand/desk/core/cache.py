"""The desk's cache: Django's, in the database, which says so when it cannot be written.

Django's own passes over every error of the database when it sets a value, and answers as if another had set it first.
Tries at the door are counted in it, and codes that were used: on a full disk a right password would be "too often", and
a right code "used before". Here the error comes out, and core/views.py answers 503.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError


class PlainSpokenCache(DatabaseCache):
    """Django's cache in the database. OperationalError when a value could not be written."""

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        done = bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]  # not in Django's stubs
        if not done and mode != "touch" and not self._can_be_written():
            raise OperationalError("the cache could not be written")
        return done

    def _can_be_written(self) -> bool:
        """Write something nobody else writes: "not done" alone may mean that another was first."""
        own = f"room.{secrets.token_hex(8)}"
        if not super()._base_set("set", own, "", self.get_backend_timeout(1)):  # type: ignore[misc]
            return False
        self._base_delete_many([own])  # type: ignore[attr-defined]
        return True
