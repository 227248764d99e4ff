"""A page that sends a parcel, as a test does it: docs/spec/handover.md over Django's client or over a socket.

page = SendingPage(asking(client))
page.begin(len(data)); page.send(data); page.finish(data)
page.state()["state"]
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.test import Client

from safehand.desk.handover.work import zero_bits
from safehand.model.digest import sha256_of

Ask: TypeAlias = Callable[[str, str, bytes, dict[str, str]], tuple[int, dict[str, Any]]]
"""Method, path, body, headers: status, and the JSON that came back."""

ROOT = "/report/parcels/"


def asking(client: Client) -> Ask:
    """Through Django's own client."""

    def ask(method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        content_type = headers.get("Content-Type", "application/octet-stream")
        answer = client.generic(method, path, body, content_type=content_type, headers=headers)
        return answer.status_code, json.loads(answer.content)

    return ask


def asking_at(port: int, *, patience: float = 30, come_from: str = "127.0.0.1") -> Ask:
    """Over a socket, to a server of this machine, from an address of this machine."""

    def ask(method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        with closing(_connection(port, patience, come_from)) as connection:
            connection.request(method, path, body, {"Host": f"127.0.0.1:{port}", **headers})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    return ask


def _connection(port: int, patience: float, come_from: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=patience, source_address=(come_from, 0))


def solve(challenge: str) -> str:
    """Do the work."""
    bits = int(challenge.split(".")[1])
    counter = 0
    while zero_bits(f"{challenge}\n{counter}".encode()) < bits:
        counter += 1
    return str(counter)


@dataclass
class SendingPage:
    """One page, sending one parcel."""

    ask: Ask
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where its parts go."""
        return f"{ROOT}{self.told['parcel']}/"

    def begin(self, size: int, **more: Any) -> tuple[int, dict[str, Any]]:
        """Work, then begin."""
        challenge = self.json("POST", f"{ROOT}work", {})[1]["challenge"]
        given = {"size": size, "challenge": challenge, "counter": solve(challenge), **more}
        status, told = self.json("POST", ROOT, given)
        if status == 201:
            self.told = told
        return status, told

    def parts(self, data: bytes) -> list[bytes]:
        """As the node asked for them."""
        return [data[at : at + self.told["part"]] for at in range(0, len(data), self.told["part"])]

    def put(self, number: int, part: bytes, *, named: str | None = None) -> tuple[int, dict[str, Any]]:
        """One part."""
        path = f"{self.place}{number}/{named or sha256_of(part)}"
        return self.ask("PUT", path, part, {**self._key, "Content-Type": "application/octet-stream"})

    def send(self, data: bytes, numbers: Iterable[int] | None = None) -> None:
        """Every part, or those of these numbers, in this order."""
        parts = self.parts(data)
        for number in numbers or range(1, len(parts) + 1):
            status, told = self.put(number, parts[number - 1])
            assert status in (200, 201), told

    def finish(self, data: bytes, **other: Any) -> tuple[int, dict[str, Any]]:
        """Say that it is whole."""
        given = {"parts": [sha256_of(part) for part in self.parts(data)], "sha256": sha256_of(data), **other}
        return self.json("POST", f"{self.place}finish", given)

    def state(self) -> dict[str, Any]:
        """What the node says."""
        status, told = self.ask("GET", self.place, b"", self._key)
        assert status == 200, told
        return told

    def json(self, method: str, path: str, value: object) -> tuple[int, dict[str, Any]]:
        """Ask with JSON."""
        return self.ask(method, path, json.dumps(value).encode(), {**self._key, "Content-Type": "application/json"})

    @property
    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Safehand {self.told['key']}"} if "key" in self.told else {}
