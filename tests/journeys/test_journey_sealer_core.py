"""The sealer in Chromium under the policy that it publishes: the same bytes, cancelled anywhere, nothing let out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyrage
import pytest

from safehand.model.digest import sha256_of
from sealer_page import opened, served
from sealer_recipes import Recipe, on_disk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
DESK = json.loads((ROOT / "tests/vectors/package/desk.json").read_text(encoding="utf-8"))
ALONE = (
    "whatsapp-text",
    "zip-with-media",
    "zip-hostile-names",
    "zip-damaged",
    "json-data-uri",
    "across-pieces",
    "periods",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    page, told = opened(chromium, address)
    yield page
    assert told == []
    page.close()


def vector(name: str) -> Recipe:
    found: Recipe = json.loads((ROOT / f"tests/vectors/sealer/{name}.json").read_text(encoding="utf-8"))
    return found


def asked(made: Recipe, **more: object) -> dict[str, Any]:
    keys = ("answers", "clock", "machine", "seed")
    return {"desk": DESK["desk.pub"], **{key: made[key] for key in keys}, **more}


@pytest.mark.parametrize("name", ALONE)
def test_the_desk_opens_what_chromium_sealed_and_it_is_what_the_vector_says(name: str, page: Page) -> None:
    made = vector(name)
    with on_disk(made) as (paths, _):
        page.set_input_files("input", paths)
        found = page.evaluate("asked => sealed(asked)", asked(made, keep=True))
        assert "error" not in found, found
        sealed = base64.b64decode(found["package"])
    identity = pyrage.x25519.Identity.from_str(DESK["desk.agekey"].splitlines()[-1])
    tar = pyrage.decrypt(sealed, [identity])
    assert sha256_of(tar) == made["verdict"]["tar_sha256"]
    receipt = json.loads(found["receipt"])
    assert receipt["package_sha256"] == sha256_of(sealed)
    assert receipt["statement_sha256"] == sha256_of(made["verdict"]["statement"].encode())


def test_sealing_in_the_browser_stops_where_it_is_cancelled(page: Page, tmp_path: Path) -> None:
    chat = tmp_path / "_chat.txt"
    chat.write_bytes(b"09/01/2026, 22:27 - Priya: The allotment gate is open\n" * 400_000)
    page.set_input_files("input", [chat])
    whole = 2 * chat.stat().st_size
    for stop in (1, chat.stat().st_size // 2, chat.stat().st_size + (4 << 20)):
        found = page.evaluate("asked => sealed(asked)", asked(vector("whatsapp-text"), stopAt=stop))
        assert found["error"] == "AbortError"
        assert found["aborted"]
        assert found["last"] < whole
    after = page.evaluate("asked => sealed(asked)", asked(vector("whatsapp-text")))
    assert after["size"] > chat.stat().st_size  # and the sealer goes on working


def test_what_becomes_of_each_file_is_told_and_an_error_says_what_to_do(page: Page) -> None:
    with on_disk(vector("zip-with-media")) as (paths, _):
        page.set_input_files("input", paths)
        rows = page.evaluate("rows()")
    assert [row["what"] for row in rows] == ["text", "listed", "listed", "listed", "listed"]
    with on_disk(vector("error-pictures-alone")) as (paths, _):
        page.set_input_files("input", paths)
        found = page.evaluate("asked => sealed(asked)", asked(vector("error-pictures-alone")))
    assert found["error"] == "SealerError"
    assert "leave them where they are" in found["told"]
    assert found["aborted"]


def test_this_browser_lacks_nothing_and_an_old_one_is_told_what(page: Page) -> None:
    assert page.evaluate("supported()") == []
    assert page.evaluate("(delete globalThis.DecompressionStream, supported())") == ["DecompressionStream deflate-raw"]


BLOCKED = {
    "a connection": "fetch('/').then(() => 'reached')",
    "a socket": "new Promise((done) => {{ const socket = new WebSocket('{socket}');"
    " socket.onopen = () => done('reached'); socket.onerror = () => done('blocked') }})",
    "code from text": "new Promise((done) => setTimeout(() => {{ try {{ done(eval('\"reached\"')) }}"
    " catch (err) {{ done(err.name) }} }}))",
    "another worker": "new Worker('/page.js') && 'reached'",
    "a picture": "new Promise((done) => {{ const image = new Image(); image.onload = () => done('reached');"
    " image.onerror = () => done('blocked'); image.src = '/page.js' }})",
    "markup": "(document.body.innerHTML = '<b>x</b>') && 'reached'",
    "WebAssembly": "WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(() => 'reached')",
}


@pytest.mark.parametrize("what", BLOCKED)
def test_the_policy_lets_the_page_reach_nothing(what: str, chromium: Browser, address: str) -> None:
    page, _ = opened(chromium, address)
    reach = BLOCKED[what].format(socket=address.replace("http", "ws"))
    found = page.evaluate(f"(async () => {{ try {{ return await {reach} }} catch (err) {{ return err.name }} }})()")
    assert found != "reached"
    page.close()
