"""Firefox, driven by its own Marionette protocol: Playwright drives only a Firefox of its own making.

    with Firefox(Path("/usr/bin/firefox-esr"), downloads) as firefox:
        firefox.open("file:///…/safehand-sealer.html")
        firefox.press("Start now")

Length, colon, JSON over a socket on this machine. Only what the journeys need.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pytest

_STARTING: Final = 60.0
_ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"
_PRESS: Final = """
const [name] = arguments;
const all = [...document.querySelectorAll("main button, main a[role=button]")];
const found = all.find(one => one.textContent.trim() === name);
if (!found) return false;
found.click();
return true;
"""
_CHOOSE: Final = """
const [words] = arguments;
const label = [...document.querySelectorAll("main label")].find(one => one.textContent.trim() === words);
if (!label) return false;
label.control.click();
return label.control.checked;
"""


def found_firefox() -> Path:
    """The one that scripts/browser found. Without one the test is skipped, and says so."""
    found = Path(__file__).parents[2] / "build" / "firefox"
    if not found.is_file() or not found.read_text().strip():
        pytest.skip("no Firefox on this machine: scripts/browser looks for one and installs Debian's where it may")
    return Path(found.read_text().strip())


class Firefox:
    """One browser with a profile of its own, stopped at the end."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self._folder = folder
        self.downloads = folder / "downloads"
        profile = folder / "profile"
        self.downloads.mkdir(parents=True)
        profile.mkdir()
        port = _free_port()
        (profile / "user.js").write_text(_preferences(port, self.downloads), "utf-8")
        command = [str(binary), "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        environment = {**os.environ, "MOZ_HEADLESS": "1", "HOME": str(folder)}
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        self._socket = _connected(port)
        self._heard = b""
        self._number = 0
        self._read()  # it says who it is
        self._ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": False}}})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)

    def open(self, address: str) -> None:
        """Go there."""
        self._ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *given: Any) -> Any:
        """The value that a script returns in the page."""
        answer = self._ask("WebDriver:ExecuteScript", {"script": script, "args": list(given), "sandbox": None})
        return answer["value"]

    def press(self, name: str) -> bool:
        """Press the button of this name, if it is there."""
        return bool(self.run(_PRESS, name))

    def choose(self, words: str) -> bool:
        """Choose what has this label, if it is there."""
        return bool(self.run(_CHOOSE, words))

    def add(self, selector: str, file: Path) -> None:
        """Choose a file, as a person would."""
        found = self._ask("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"]
        self._ask("WebDriver:ElementSendKeys", {"id": found[_ELEMENT], "text": str(file)})

    @property
    def step(self) -> str:
        """The page of the sealer it is on."""
        return str(self.run("return window.location.hash.slice(1)"))

    def wait_for(self, script: str, seconds: float = 30) -> None:
        """Until a script returns something true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.run(f"return Boolean({script})"):
                return
            time.sleep(0.1)
        raise AssertionError(f"{script} did not come true: {self.run('return document.body.innerText')[:2000]}")

    def _ask(self, name: str, given: Mapping[str, Any]) -> Any:
        self._number += 1
        data = json.dumps([0, self._number, name, given]).encode()
        self._socket.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, value = self._read()
        assert error is None, error
        return value

    def _read(self) -> Any:
        while b":" not in self._heard:
            self._take()
        length, _, rest = self._heard.partition(b":")
        self._heard = rest
        while len(self._heard) < int(length):
            self._take()
        data, self._heard = self._heard[: int(length)], self._heard[int(length) :]
        return json.loads(data)

    def _take(self) -> None:
        got = self._socket.recv(1 << 16)
        assert got, "Firefox is gone"
        self._heard += got


def _preferences(port: int, downloads: Path) -> str:
    wanted: dict[str, object] = {
        "marionette.port": port,
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.download.useDownloadDir": True,
        "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream,text/html",
        "browser.shell.checkDefaultBrowser": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "app.update.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "toolkit.telemetry.reportingpolicy.firstRun": False,
        "dom.disable_beforeunload": True,
    }
    return "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + _STARTING
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
