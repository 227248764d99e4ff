"""Officers who read at a desk that runs, each in a thread, over real sockets: for load.py.

A **page** is asked for, waited for to its last byte, and looked at: it must be 200 and whole. Between two pages an
officer thinks: a random time with a mean of THINK seconds, from 2 to 5 x THINK. Whoever looks at the inbox leaves it
open, and it asks every few seconds whether something urgent came in, as the page's own script does.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

THINK: Final = 20.0
"""Seconds between two pages of one officer, on average. A page of 200 messages is some 2,000 words, eight minutes of
reading: this is an officer who turns pages and looks for a place, all the time.
"""

EVERY: Final = 10.0
"""Seconds between two looks of an open inbox (frontend/scripts/inbox.js)."""

TURN: Final = 200
PATIENCE: Final = 60.0
TOKEN: Final = "loadloadloadloadloadloadloadload"  # noqa: S105  the secret of a form, as long as Django makes them
WORDS: Final = ("potatoes", "greenhouse", "homework", "compost delivery", "key", "beans tomorrow", "platform")

MIX: Final[Mapping[str, int]] = {
    "reader": 52,
    "inbox": 12,
    "conversations": 6,
    "search": 6,
    "original": 6,
    "time-line": 4,
    "indicators": 4,
    "report": 3,
    "when": 2,
    "evidence": 2,
    "who-saw-what": 2,
    "first-mentions": 1,
}
"""Of a hundred pages."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An officer who is signed in, and the case they read."""

    actor: str
    cookie: str
    case: str
    messages: int


@dataclass(slots=True)
class Told:
    """What was seen: seconds by kind of page, pages by officer and kind, and whatever was not as it must be."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    pages: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def page(self, who: Reader, kind: str, seconds: float, problem: str) -> None:
        """One page, well or not."""
        with self._turn:
            if problem:
                self.wrong[f"{kind}: {problem}"] += 1
            else:
                self.seconds[kind].append(seconds)
                self.pages[who.actor, kind] += 1


class Browser:
    """One officer's, at a desk on this machine."""

    def __init__(self, port: int, who: Reader, told: Told, random_: random.Random) -> None:
        self._port = port
        self.who = who
        self._told = told
        self._random = random_
        self._place = random_.randint(1, who.messages)

    def look(self, kind: str) -> None:
        """One page of this kind."""
        path, words = self._asked(kind)
        begin = time.perf_counter()
        try:
            problem = self._problem(kind, path, words)
        except (OSError, http.client.HTTPException) as err:
            problem = type(err).__name__
        self._told.page(self.who, kind, time.perf_counter() - begin, problem)

    def read(self, stop: threading.Event) -> None:
        """Page after page, until told to stop."""
        kinds, weights = list(MIX), list(MIX.values())
        if stop.wait(self._random.uniform(0, THINK)):
            return
        while True:
            (kind,) = self._random.choices(kinds, weights)
            self.look(kind)
            left = min(max(2.0, self._random.expovariate(1 / THINK)), 5 * THINK)
            while kind == "inbox" and left > EVERY and not stop.wait(EVERY):
                self.look("inbox asks")
                left -= EVERY
            if stop.wait(left):
                return

    def _asked(self, kind: str) -> tuple[str, str]:
        of_case = f"/cases/{self.who.case}/"
        match kind:
            case "inbox" | "inbox asks":
                return ("/inbox/" if kind == "inbox" else "/inbox/waiting"), ""
            case "reader":
                # Mostly the next page, now and then another place.
                turned = self._place + TURN if self._random.random() < 0.8 else self._random.randint(1, 1 << 30)
                self._place = turned % self.who.messages + 1
                return f"{of_case}conversations/1/?message={self._place}", ""
            case "original":
                return f"{of_case}conversations/1/messages/{self._random.randint(1, self.who.messages)}/original/", ""
            case "indicators":
                return f"{of_case}conversations/1/indicators/", ""
            case "search":
                return f"{of_case}search/", self._random.choice(WORDS)
        return f"{of_case}{kind}/", ""

    def _problem(self, kind: str, path: str, words: str) -> str:
        """What is wrong with the answer; nothing where it is whole."""
        cookies = f"safehand_session={self.who.cookie}; safehand_csrf={TOKEN}"
        headers = {"Host": f"127.0.0.1:{self._port}", "Cookie": cookies, "Connection": "close"}
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)) as asking:
            if words:
                form = urlencode({"words": words, "csrfmiddlewaretoken": TOKEN})
                asking.request("POST", path, form, {**headers, "Content-Type": "application/x-www-form-urlencoded"})
            else:
                asking.request("GET", path, headers=headers)
            answer = asking.getresponse()
            page = answer.read()
        if answer.status != http.HTTPStatus.OK:
            return str(answer.status)
        whole = page.endswith(b"}") if kind == "inbox asks" else page.rstrip().endswith(b"</html>")
        return "" if whole else "cut short"


def read_for(port: int, readers: Sequence[Reader], seconds: float, seed: int) -> Told:
    """All of them at once, for so long; then each ends the page it is at."""
    told, stop = Told(), threading.Event()
    browsers = [Browser(port, who, told, random.Random(seed + at)) for at, who in enumerate(readers)]
    threads = [threading.Thread(target=each.read, args=(stop,)) for each in browsers]
    _start_all(threads)
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join(2 * PATIENCE)
    told.wrong["an officer is still waiting"] += sum(thread.is_alive() for thread in threads)
    return told


def one_of_each(port: int, who: Reader, count: Callable[[], Counter[str]]) -> dict[str, Counter[str]]:
    """How many entries of which verb a page of each kind makes: asked for twice, the second counts."""
    told = Told()
    browser = Browser(port, who, told, random.Random(1))
    found: dict[str, Counter[str]] = {}
    for kind in (*MIX, "inbox asks"):
        browser.look(kind)
        before = count()
        browser.look(kind)
        found[kind] = count() - before
    if told.wrong:
        raise SystemExit(f"Pages were wrong before there was any load: {dict(told.wrong)}.")
    return found


def _start_all(threads: Sequence[threading.Thread]) -> None:
    before = threading.stack_size(256 << 10)
    for thread in threads:
        thread.start()
    threading.stack_size(before)
