"""Whose words are these? Where a name ends when names, texts and platform lines may all hold ``: ``.

    Eve: Studio: name has a colon                  Eve says "Studio: name …"? or Eve: Studio says "name …"?
    Dave changed the subject from "A: b" to "C"    nobody: a platform line with a colon in quotation marks
    Tom added Plot 9: Water                        nobody: the colon belongs to a name that is known from elsewhere

The whole file answers first. A name with one possible reading somewhere ("Carol: I left my bag") is *known*. A
beginning that is never seen without the same second part ("Plot 9" always goes on ": Water: ") is the longer name.
What stays open is read up to the first ``: `` and marked sender_ambiguous.

Names are bytes here, exactly as they stand in the file: two spellings are two names.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from safehand.sources.whatsapp.grammar import LONGEST_NAME

COLON: Final = b": "
_COLON_BYTE: Final = COLON[0]

_RECURS: Final = 3
"""Times a second part must follow one name before it could be a name of its own rather than "note: buy seeds"."""

_KEPT: Final = 20_000
"""Beginnings remembered. A group has at most 1,024 members; what follows beyond is read as open."""

_KEPT_AFTER: Final = 50
"""Longer beginnings remembered for each."""

_SETTLED: Final = 4
"""Different first words after which a name is beyond question."""

_LONGEST_WORD: Final = 64

_MANY: Final = 30
"""Names with a colon that are looked for at every header; with more of them each line is read the slow way."""

_DEPTH: Final = 3
"""Colons in one name that are looked for."""

_QUOTES: Final = tuple(
    (a.encode(), b.encode()) for a, b in (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))
)


class Reading(NamedTuple):
    """How one line is read: the sender's bytes (None for a platform line), the text, and whether that is open."""

    sender: bytes | None
    text: bytes
    open: bool


_NO_NAME: Final = ("\u200e".encode(), b"<")
"""How no name begins: a mark that phones put before their own words, and ``<attached: …>``."""

_LINK: Final = (b"https://", b"http://")

_NOTHING: Final[Counter[bytes]] = Counter()


class Names:
    """What a file's lines say about its names. ``see`` while surveying, ``resolve`` while reading."""

    def __init__(self) -> None:
        self._alone: dict[bytes, set[bytes]] = {}
        """Names with lines in which no further colon follows, and the first words of some of those lines."""
        self._settled: set[bytes] = set()
        """Those with so many different first words that nothing can be learnt from another line."""
        self._next: dict[bytes, Counter[bytes]] = {}
        """After each beginning that is followed by another colon: the longer beginnings, and how often."""
        self._long: dict[bytes, bytes] = {}
        self._tails: tuple[tuple[bytes, bytes], ...] = ()

    def see(self, names: list[bytes], texts: list[bytes], with_colon: list[int]) -> None:
        """Take in messages: what stood up to the first ``: `` (empty: there was none), and what followed it.

        ``with_colon`` are the places of those, and no others need be, whose text has a colon.
        """
        settled = self._settled
        for place in with_colon:
            name = names[place]
            part, colon, rest = texts[place].partition(COLON)
            if not name or not colon:
                continue
            longer = name + part
            if longer in settled and rest.find(COLON) < 0:
                self._next[name[:-2]][longer] += 1
            else:
                self._see_more(name[:-2], texts[place])
        # Most lines say nothing new: their name is beyond question.
        new = {name for name in set(names) if name[:-2] not in settled and name}
        if new:
            for name, text in zip(names, texts, strict=True):
                if name in new and text.find(COLON) < 0:
                    self._see_alone(name[:-2], text)

    def _see_alone(self, name: bytes, text: bytes) -> None:
        words = self._alone.get(name)
        if words is None:
            if len(self._alone) >= _KEPT:
                return
            words = self._alone[name] = set()
        words.add(_first_word(text))
        if len(words) >= _SETTLED:
            self._settled.add(name)

    def _see_more(self, name: bytes, text: bytes) -> None:
        line = text.split(b"\n", 1)[0][:LONGEST_NAME]
        for _ in range(_DEPTH):
            part, colon, rest = line.partition(COLON)
            if not colon or len(name) > LONGEST_NAME or part.startswith(_NO_NAME):
                if name not in self._settled:
                    self._see_alone(name, line)
                return
            if rest.startswith(_LINK):
                return  # "Location: https://…" is a label; "Eve: Studio: https://…" may be a name: it says nothing
            longer = name + COLON + part
            if name in self._next or len(self._next) < _KEPT:
                follow = self._next.setdefault(name, Counter())
                if longer in follow or len(follow) < _KEPT_AFTER:
                    follow[longer] += 1
            name, line = longer, rest

    def merge(self, other: Names) -> None:
        """Take in what another style of the same file has seen."""
        for name, words in other._alone.items():
            self._alone.setdefault(name, set()).update(words)
        for name, follow in other._next.items():
            self._next.setdefault(name, Counter()).update(follow)

    def settle(self) -> None:
        """Weigh what was seen, once, before the first ``resolve``."""
        for name in self._next:
            longest = self._grow(name) if COLON not in name else name
            # A colon between quotation marks makes no name longer: 'Dave changed the subject from "A: b"', twice.
            if longest != name and not _quoted(name, longest[len(name) + 2 :] + COLON):
                self._long[name] = longest
        # "… added Plot 9: Water": the piece before the colon, as the end of a line's beginning, and the piece after.
        self._tails = tuple(sorted((b" " + head, name[len(head) + 2 :]) for head, name in self._long.items()))

    def _grow(self, name: bytes) -> bytes:
        """The longest name that every line with this beginning goes on to, or the beginning itself."""
        while True:
            follow = self._next.get(name)
            if not follow:
                return name
            longer, times = max(follow.items(), key=lambda pair: (pair[1], pair[0]))
            # "Plot 9: Water left", "Plot 9: Water added Tom: B": no lines of Plot 9's: they begin as the longer.
            others = self._alone.get(name, set()) - {_first_word(longer[len(name) + 2 :])}
            others |= {other for other in follow if other != longer and not other.startswith(longer + b" ")}
            if times < 2 or others:
                return name
            name = longer

    def known(self, name: bytes) -> bool:
        """Whether a line has this name in its only possible reading."""
        if COLON in name:
            return name in self._long.values()
        return name in self._alone and name not in self._long

    def long_names(self) -> tuple[bytes, ...]:
        """Names known to hold a colon, if they are few."""
        known = tuple(sorted(set(self._long.values())))
        return known if len(known) <= _MANY else ()

    def unquestioned(self, name: bytes) -> bool:
        """Whether ``resolve`` reads every line with this beginning, and no colon further on, without a doubt."""
        beginning = name.partition(COLON)[0]
        return (
            self.known(name)
            and not any(opening in beginning for opening, _ in _QUOTES)
            and not any(beginning.endswith(tail) for tail, _ in self._tails)
        )

    def count(self) -> int:
        """How many names have a line with only one reading."""
        return sum(1 for name in self._alone if self.known(name))

    def resolve(self, name: bytes, text: bytes) -> Reading:
        """Read one line that begins ``name: text``."""
        whole = name + COLON + text
        # A name that is known to hold a colon may have been taken whole; it is judged like any other beginning.
        name, _, text = whole.partition(COLON)
        if _quoted(name, text) or any(name.endswith(tail) and text.startswith(rest) for tail, rest in self._tails):
            return Reading(None, whole, open=True)
        longer = self._long.get(name)
        if longer is not None and whole.startswith(longer):
            if whole.startswith(longer + COLON):
                rest = whole[len(longer) + 2 :]
                return Reading(longer, rest, open=self.is_label_or_name(longer, rest.split(b"\n", 1)[0]))
            if whole == longer + b":":
                return Reading(longer, b"", open=False)
            return Reading(None, whole, open=True)
        line = text.split(b"\n", 1)[0]
        if COLON not in line:
            return Reading(name, text, open=longer is not None)
        return Reading(name, text, open=not self.known(name) or self.is_label_or_name(name, line))

    def is_label_or_name(self, name: bytes, line: bytes) -> bool:
        """Whether what stands before the first ``: `` of a line has stood there so often that it may be a name."""
        part, colon, _ = line.partition(COLON)
        return bool(colon) and self._next.get(name, _NOTHING)[name + COLON + part] >= _RECURS


def _first_word(text: bytes) -> bytes:
    return text.split(None, 1)[0][:_LONGEST_WORD] if text.strip() else b""


def _quoted(name: bytes, text: bytes) -> bool:
    """Whether the colon between them stands inside quotation marks that open in the one and close in the other."""
    line = text.split(b"\n", 1)[0]
    for opening, closing in _QUOTES:
        if opening == closing:
            if name.count(opening) % 2 and closing in line:
                return True
        elif name.rfind(opening) > name.rfind(closing) and closing in line:
            return True
    return False
