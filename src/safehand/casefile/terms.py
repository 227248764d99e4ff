"""Terms: how text becomes searchable, and how an officer's words become a query that cannot be anything else.

    seed potatoes         both words, anywhere in the message, in any order; case and accents do not matter
    "seed potatoes"       these words side by side
    allot*                words that begin so
    今日   🙂   كرة         written without spaces, or with prefixes: any run of characters, also inside a word

Two indexes. ``words`` holds words as SQLite's unicode61 cuts them. Scripts that are not cut by spaces (Chinese,
Japanese, Thai …), scripts whose words take prefixes (Arabic, Hebrew), and emoji stand in ``signs``, one character a
token, written as its code point, so that a phrase of characters is a substring. Joiners, variation selectors and vowel
points are left out of it, because people do not type them. Each character stands in one of the two.
"""

from __future__ import annotations

import re
import threading
from typing import Final, cast

import apsw
import msgspec

from safehand.errors import UsageError
from safehand.model.message import Message

_SIGN: Final = (
    "\u0590-\u109f"  # Hebrew, Arabic, Syriac … the scripts of India, Thai, Lao, Tibetan, Myanmar
    "\u1780-\u18af"  # Khmer, Mongolian
    "\u2190-\u2bff"  # arrows, symbols, dingbats: the older emoji
    "\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"  # Chinese, Japanese, Korean, Yi
    "\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uff9f"  # presentation forms, halfwidth kana
    "\U0001f000-\U0001fbff"  # emoji
    "\U00020000-\U0003ffff"  # rarer Chinese
)
_UNTYPED: Final = "\u200c\u200d\ufe0e\ufe0f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
_SIGNS: Final = re.compile(f"[{_SIGN}{_UNTYPED}]+")
_LEFT_OUT: Final = re.compile(f"[{_UNTYPED}]+")
_PARTS: Final = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MOST_TERMS: Final = 32
"""Terms in one query: more is a pasted page, and each costs a walk through the index."""

_QUERY: Final = apsw.FTS5_TOKENIZE_QUERY
_LOCAL: Final = threading.local()


class Term(msgspec.Struct, frozen=True):
    """One thing that must stand in a message: words side by side, and runs of signs."""

    words: tuple[str, ...]
    prefix: bool
    signs: tuple[str, ...]


class Query(msgspec.Struct, frozen=True):
    """Every term must be met. ``ignored`` counts parts that hold nothing to search for (only punctuation)."""

    terms: tuple[Term, ...]
    ignored: int = 0

    def words_match(self) -> str | None:
        """The query for ``words``, or None. Words come from the tokenizer, so they hold no operator and no quote."""
        spelled = [f'"{" ".join(t.words)}"{" *" if t.prefix else ""}' for t in self.terms if t.words]
        return " AND ".join(spelled) or None

    def signs_match(self) -> str | None:
        """The query for ``signs``, or None."""
        return " AND ".join(f'"{coded(run)}"' for t in self.terms for run in t.signs) or None


def parse_query(text: str) -> Query:
    """Read what an officer typed. UsageError where nothing in it can be searched for."""
    terms: list[Term] = []
    ignored = 0
    for phrase, word in _PARTS.findall(text):
        part = phrase or word
        words = tuple(token for _, _, token in tokens(part))
        signs = tuple(run for run in (_LEFT_OUT.sub("", found) for found in _SIGNS.findall(part)) if run)
        if words or signs:
            terms.append(Term(words, bool(word) and word.endswith("*") and bool(words), signs))
        else:
            ignored += 1
    if not terms:
        raise UsageError("There is no word or sign to search for.", todo="Type a word, or part of one followed by *.")
    if len(terms) > _MOST_TERMS:
        raise UsageError(f"A search has at most {_MOST_TERMS} words.", todo="Search for fewer words.")
    return Query(tuple(terms), ignored)


def words_text(text: str | None) -> str | None:
    """What ``words`` indexes: the text with each sign blanked, so that every position stays where it was."""
    if text is None or text.isascii():
        return text
    return _SIGNS.sub(lambda found: " " * len(found.group()), text)


def signs_text(text: str | None) -> str | None:
    """What ``signs`` indexes, or None where the text holds no sign. Runs are parted by a token that no sign has."""
    if text is None or text.isascii():
        return None
    return " 0 ".join(coded(run) for run in _SIGNS.findall(text)) or None


def coded(run: str) -> str:
    """The characters of a run as tokens: 今日 is ``4eca 65e5``."""
    return " ".join([f"{ord(sign):x}" for sign in _LEFT_OUT.sub("", run)])


def also_text(message: Message) -> str | None:
    """What else can be found in a message beside its text: file names, a poll, what it passes on. Or None."""
    if not message.attachments and message.poll is None and message.share is None:
        return None
    parts = [attachment.name for attachment in message.attachments if attachment.name]
    if message.poll is not None:
        parts += [message.poll.question, *(option.text for option in message.poll.options)]
    if message.share is not None:
        parts += [part for part in (message.share.text, message.share.owner, message.share.link) if part]
    return "\n".join(parts) or None


def tokens(text: str) -> list[tuple[int, int, str]]:
    """The words of ``text`` exactly as the index holds them, each with its place in characters."""
    spaced = words_text(text) or ""
    raw = spaced.encode("utf-8", "replace")
    # apsw's one signature covers four shapes; with these arguments each item is (start byte, end byte, token).
    found = cast("list[tuple[int, int, str]]", _tokenizer()(raw, _QUERY, None, include_colocated=False))
    if len(raw) == len(spaced):
        return found
    placed = []
    byte = char = 0  # both only move forward: a message of a million emoji is walked once
    for start, end, token in found:
        first = char + len(raw[byte:start].decode())
        byte, char = end, first + len(raw[start:end].decode())
        placed.append((first, char, token))
    return placed


def spans(query: Query, text: str) -> tuple[tuple[int, int], ...]:
    """Where the terms of ``query`` stand in ``text``, in characters, in order, joined where they overlap."""
    found: list[tuple[int, int]] = []
    here = tokens(text)
    for term in query.terms:
        found += _word_spans(term, here)
        for run in term.signs:
            pattern = f"[{_UNTYPED}]*".join(re.escape(sign) for sign in run)
            found += [match.span() for match in re.finditer(pattern, text)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _word_spans(term: Term, here: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    length = len(term.words)
    if not length:
        return []
    *before, last = term.words
    found = []
    for at in range(len(here) - length + 1):
        stretch = here[at : at + length]
        token = stretch[-1][2]
        ends = token.startswith(last) if term.prefix else token == last
        if ends and all(seen[2] == wanted for seen, wanted in zip(stretch, before, strict=False)):
            found.append((stretch[0][0], stretch[-1][1]))
    return found


def _tokenizer() -> apsw.FTS5Tokenizer:
    # One a thread: SQLite's tokenizer is not made to be called from two at once.
    if not hasattr(_LOCAL, "tokenizer"):
        _LOCAL.tokenizer = apsw.Connection(":memory:").fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
    tokenizer: apsw.FTS5Tokenizer = _LOCAL.tokenizer
    return tokenizer
