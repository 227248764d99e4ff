"""How officers reach the desk.

Address.parse("http://127.0.0.1:8000")   on this machine: plain http
Address.parse("https://desk.example")    anywhere else: https, or the desk refuses to start (safehand.E007)
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from safehand.errors import UsageError

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """The scheme, host and port in a browser's address line."""

    scheme: str
    host: str
    port: int | None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``text``, or raise UsageError when it is no http address."""
        try:
            parts = urlsplit(text)
            port = parts.port
        except ValueError as err:
            raise UsageError("This is not an address.", todo="Write it like https://desk.example.") from err
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
            raise UsageError("This is not an address.", todo="Write it like https://desk.example.")
        # A browser leaves out the port that its scheme has anyhow, and so is one address written in one way.
        return cls(parts.scheme, parts.hostname, port if port != _PORTS[parts.scheme] else None)

    @property
    def https(self) -> bool:
        """Is it encrypted on the way?"""
        return self.scheme == "https"

    @property
    def on_this_machine(self) -> bool:
        """Does nothing leave the machine?"""
        return self.host in _LOOPBACK

    @property
    def origin(self) -> str:
        """``https://desk.example``: what a browser sends as Origin."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port is not None else "")
