"""A scripted officer without a browser: follows the links and forms that stand on the pages, and counts every step.

    officer = Stepping(signed_in(alice))
    officer.opens("/inbox/")                          where they begin: no step
    officer.presses("Take this report SH-…")          a link or a button, by what a reader of the screen hears: one step
    officer.fills("reason", "The mother rang.")       a field of the form they last began on, whatever is written: one
    officer.chooses("grade", "scheduled")             one of several: one step

Only what stands on the page can be followed, and only what a form asks for can be filled in, so that a step that is
added to a page is a step that is counted here. A step is what benchmarks/officer_steps.py counts, in a real browser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from django.test import Client

_FIELDS: Final = {"input", "textarea", "select"}
_NOT_FILLED: Final = {"hidden", "submit", "button"}


@dataclass
class Form:
    """One form of a page: where it goes, what stands in it already, what it asks for, and its buttons' words."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    asks: dict[str, set[str]] = field(default_factory=dict)
    """By name the values that may be chosen; none where words are written."""
    buttons: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Its links by their words, and its forms in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._select = ""
        self._in: Form | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link, a form, or what stands in one."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = Form(said.get("action", ""))
            self.forms.append(self._in)
        elif tag in {"a", "button"}:
            self._open.append((tag, said.get("href", ""), []))
        elif tag == "option" and self._in is not None:
            self._in.asks[self._select].add(said.get("value", ""))
        elif tag in _FIELDS and self._in is not None and said.get("name"):
            self._field(tag, said)

    def handle_data(self, data: str) -> None:
        """Words, for whatever is open."""
        for _, _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """What was open has all its words now."""
        if tag == "form":
            self._in = None
        elif tag in {"a", "button"} and self._open:
            kind, href, said = self._open.pop()
            words = " ".join("".join(said).split())
            if kind == "a":
                self.links.append((words, href))
            elif self._in is not None:
                self._in.buttons.append(words)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        form, name = self._in, said["name"]
        assert form is not None
        kind = said.get("type", "text") if tag == "input" else tag
        assert not (kind in {"radio", "checkbox"} and "checked" in said), f"{name} is chosen beforehand"
        if kind in _NOT_FILLED:
            form.hidden[name] = said.get("value", "")
        elif kind in {"radio", "checkbox"}:
            form.asks.setdefault(name, set()).add(said["value"])
        else:
            form.asks.setdefault(name, set())
            self._select = name


class Stepping:
    """Who does one thing after the other, and counts."""

    def __init__(self, browser: Client) -> None:
        self.steps = 0
        self.path = ""
        self.said = ""
        """What the page says, all of it."""
        self._browser = browser
        self._given: dict[str, str] = {}

    def opens(self, path: str) -> None:
        """Where they are, however they came there: no step."""
        self._arrives(self._browser.get(path, follow=True), path)

    def presses(self, words: str, *, under: str = "") -> None:
        """A button, with what was filled in of its form, or a link; ``under``, the one that leads there."""
        self.steps += 1
        page = Page(self.said)
        for form in page.forms:
            if words in form.buttons and (form.action or self.path).startswith(under):
                self._sends(form)
                return
        (href,) = {href for said, href in page.links if said == words and href.startswith(under)}
        self.opens(href)

    def chooses(self, name: str, value: str) -> None:
        """One of those that the page offers."""
        assert any(value in form.asks.get(name, ()) for form in Page(self.said).forms), f"{name} does not offer {value}"
        self._fills(name, value)

    def fills(self, name: str, words: str) -> None:
        """A field in which words are written."""
        assert any(name in form.asks for form in Page(self.said).forms), f"no field {name} stands there"
        self._fills(name, words)

    def fills_all(self, words: str, **other: str) -> None:
        """Every field of words of the one form that asks for most; ``other``, those that want other words."""
        most = max(Page(self.said).forms, key=lambda form: len(form.asks))
        for name, choices in most.asks.items():
            if not choices:
                self.fills(name, other.get(name, words))

    def _fills(self, name: str, value: str) -> None:
        self.steps += 1
        self._given[name] = value

    def _sends(self, form: Form) -> None:
        left_out = set(self._given) - set(form.asks)
        assert not left_out, f"{left_out} stand in another form"
        self._arrives(self._browser.post(form.action or self.path, {**form.hidden, **self._given}, follow=True), "")

    def _arrives(self, answer: Any, path: str) -> None:
        assert answer.status_code == 200, f"{answer.status_code} at {path or self.path}"
        self.path = answer.redirect_chain[-1][0] if answer.redirect_chain else (path or self.path)
        self.said, self._given = answer.content.decode(), {}
