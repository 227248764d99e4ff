"""Ways in which a script could send something out of a page, each tried in a real browser, and somebody who listens.

    with listening() as heard:
        page.evaluate(TRY_OUT, [heard.address, NAMES])      each way asks for an address of its own name
        heard.names                                         which of them arrived

On a page without a policy they arrive (that is tried too: a test that hears nothing must be able to hear). Leading the
browser itself elsewhere, and opening another window, are not among them: no policy that a browser knows forbids it to a
script that already runs, which is why no other script may run (TRY_IN).
The ways themselves stand in journey_exits.js.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Final

from local_server import serving

PLAIN: Final = b"<!doctype html><html lang='en'><meta charset='utf-8'><title>Plain</title><main>Plain</main></html>"
"""A page without a policy, for the listener's own address."""

NAMES: Final = (
    "fetch",
    "fetch_keepalive",
    "xhr",
    "socket",
    "events",
    "beacon",
    "image",
    "image_srcset",
    "script",
    "module",
    "style",
    "style_import",
    "background",
    "font",
    "frame",
    "object",
    "embed",
    "video",
    "audio",
    "track",
    "worker_fetch",
    "worker_import",
    "form",
)

WAYS_IN: Final = (
    "inline",
    "text",
    "markup",
    "inserted",
    "handler",
    "address",
    "blob",
    "data",
    "frame",
    "base",
    "timer",
    "words",
    "made",
)

_WAYS: Final = Path(__file__).with_suffix(".js").read_text("utf-8")

TRY_OUT: Final = f"async ([address, names]) => {{ {_WAYS}\nreturn tryOut(address, names); }}"
TRY_IN: Final = f"async () => {{ {_WAYS}\nreturn tryIn(); }}"
"""For Playwright: functions of the page."""

LATER: Final = "({}).apply(null, arguments).then(found => {{ window.found = found; }});"
"""For Marionette, which waits for nothing: ``window.found`` is there when it is done."""


class Heard:
    """Who asked for what."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.names: set[str] = set()


@contextmanager
def listening() -> Iterator[Heard]:
    """A server on this machine that writes down every request, and has one page without a policy."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            heard.names.add(self.path.strip("/").partition("?")[0])
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PLAIN)))
            self.end_headers()
            self.wfile.write(PLAIN)

        do_GET = _answer  # noqa: N815  the names are the library's
        do_POST = _answer  # noqa: N815
        do_OPTIONS = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with serving(Handler) as port:
        heard = Heard(port)
        yield heard
