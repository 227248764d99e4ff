"""The sealer in a real browser: a page that holds an input for files, served under the policy that it publishes.

with served() as address:
    page, told = opened(chromium, address)
    page.set_input_files("input", ["chat.txt"])
    page.evaluate("asked => sealed(asked)", {…})
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from safehand.seal.sealer_policy import content_policy

ROOT: Final = Path(__file__).parents[2]
_HTML: Final = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sealer</title>'
    '<input type="file" multiple><script src="/page.js"></script></html>'
)


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", content_policy())
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the library's
        pass


@contextmanager
def served() -> Iterator[str]:
    """The address of the page."""
    with tempfile.TemporaryDirectory(prefix="safehand-sealer-") as folder:
        subprocess.run(["node", "frontend/sealer/build.mjs", folder, "--page"], cwd=ROOT, check=True, timeout=300)
        Path(folder, "index.html").write_text(_HTML, encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


def opened(browser: Browser, address: str) -> tuple[Page, list[str]]:
    """The page in a browser that runs, and what the browser complains of."""
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(address)
    return page, told
