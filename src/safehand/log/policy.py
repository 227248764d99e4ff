"""Whom to believe, as a file that others read too (c2sp.org/tlog-policy).

    log example.com/log+…
    witness north example.com/north+…
    witness south example.com/south+…
    group units any north south
    quorum units

A checkpoint is believed when one of the logs signed it under its own name, and the quorum's witnesses saw it. Lines may
stand in any order but for one rule: a name is defined before it is used. Bytes above ASCII are taken as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from safehand.errors import CannotRead, KnownButNotRead, SafehandError, UsageError
from safehand.log.checkpoint import Checkpoint, parse_checkpoint
from safehand.log.note import Note, NotSigned, signed_by
from safehand.log.vkey import Kind, VerifierKey, format_vkey, parse_vkey

NONE: Final = "none"
_FORBIDDEN: Final = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_SPACE: Final = re.compile("[ \t]+")
_COUNT: Final = re.compile("[1-9][0-9]{0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listed:
    """A key, and where its owner is asked; the empty text where nobody has to ask."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many of these members, which are witnesses or earlier groups."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """The file, read."""

    logs: tuple[Listed, ...]
    witnesses: dict[str, Listed]
    groups: dict[str, Group]
    quorum: str
    """A witness, a group, or ``none``."""


def format_policy(policy: Policy) -> bytes:
    """The file, plainly: logs, witnesses, groups, quorum. UsageError for what could not be read back."""
    lines = [_line("log", format_vkey(log.key), log.url) for log in policy.logs]
    lines += [_line("witness", name, format_vkey(one.key), one.url) for name, one in policy.witnesses.items()]
    lines += [_line("group", name, str(group.least), *group.members) for name, group in policy.groups.items()]
    text = "".join(f"{line}\n" for line in (*lines, _line("quorum", policy.quorum)))
    try:
        data = text.encode("utf-8", "surrogateescape")
        same = parse_policy(data) == policy
    except (UnicodeEncodeError, CannotRead) as err:
        raise UsageError("This is no policy that could be read back.") from err
    if not same:
        raise UsageError("This is no policy that could be read back.")
    return data


def parse_policy(data: bytes, *, where: str = "") -> Policy:
    """Read the file, or CannotRead with the line that cannot be meant; KnownButNotRead with a key that is not read."""
    reading = _Reading()
    if _FORBIDDEN.search(data) or (data and not data.endswith(b"\n")):
        raise _no_policy(where, "It holds what is no text, or its last line is cut.")
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")[:-1], 1):
        words = _SPACE.split(line.strip(" \t"))
        if words[0] and not words[0].startswith("#"):
            try:
                reading.take(words)
            except KnownButNotRead as err:
                raise KnownButNotRead(f"Line {number}: {err.found}", where=where, todo=err.todo) from err
            except (ValueError, SafehandError) as err:
                raise _no_policy(where, f"Line {number} cannot be meant.") from err
    if reading.quorum is None:
        raise _no_policy(where, "It names no quorum.")
    return Policy(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum)


def check_signed(note: Note, policy: Policy) -> Checkpoint:
    """The checkpoint that stands in the note. NotSigned unless a log of the policy signed it and the quorum saw it."""
    checkpoint = parse_checkpoint(note.text)
    logs = [log.key for log in policy.logs if log.key.name == checkpoint.origin]
    witnesses = {one.key: name for name, one in policy.witnesses.items()}
    found = signed_by(note, [*logs, *witnesses])
    if not any(key in found for key in logs):
        raise NotSigned("No log that is believed signed this.")
    seen = {name for key, name in witnesses.items() if key in found}
    if policy.quorum != NONE and not _is_met(policy.quorum, policy, seen):
        raise NotSigned("Too few of the witnesses that are believed have seen this.")
    return checkpoint


def _is_met(name: str, policy: Policy, seen: set[str]) -> bool:
    group = policy.groups.get(name)
    if group is None:
        return name in seen
    return sum(_is_met(member, policy, seen) for member in group.members) >= group.least


@dataclass
class _Reading:
    """What was read so far. Every ``ValueError`` here is a line that cannot be meant."""

    logs: list[Listed] = field(default_factory=list)
    witnesses: dict[str, Listed] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    _used: set[str] = field(default_factory=set)

    def take(self, words: list[str]) -> None:
        """One line."""
        kinds: dict[str, Callable[..., None]] = {
            "log": self._log,
            "witness": self._witness,
            "group": self._group,
            "quorum": self._quorum,
        }
        try:
            kinds[words[0]](*words[1:])
        except (KeyError, TypeError) as err:  # a word nobody knows, or too few or many after it
            raise ValueError("no such line") from err

    def _log(self, vkey: str, url: str = "") -> None:
        key = self._key(vkey, Kind.ED25519, [log.key for log in self.logs])
        self.logs.append(Listed(key, url))

    def _witness(self, name: str, vkey: str, url: str = "") -> None:
        self._is_new(name)
        key = self._key(vkey, Kind.COSIGNATURE, [one.key for one in self.witnesses.values()])
        self.witnesses[name] = Listed(key, url)

    def _group(self, name: str, least: str, *members: str) -> None:
        self._is_new(name)
        if not members or len(set(members)) != len(members) or not self._used.isdisjoint(members):
            raise ValueError("a member counts once")
        if not set(members) <= {*self.witnesses, *self.groups}:
            raise ValueError("a member that is not defined yet")
        many = {"any": 1, "all": len(members)}.get(least)
        if many is None:
            many = int(least) if _COUNT.fullmatch(least) else 0
        if not 1 <= many <= len(members):
            raise ValueError("more than there are")
        self._used.update(members)
        self.groups[name] = Group(many, members)

    def _quorum(self, name: str) -> None:
        if self.quorum is not None or name not in {NONE, *self.witnesses, *self.groups}:
            raise ValueError("one quorum, of what is defined")
        self.quorum = name

    def _is_new(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise ValueError("a name stands for one thing")

    @staticmethod
    def _key(vkey: str, kind: Kind, known: list[VerifierKey]) -> VerifierKey:
        key = parse_vkey(vkey)
        if key.kind is not kind or any(other.public == key.public for other in known):
            raise ValueError("a key of another kind, or one that stands there already")
        return key


def _line(*words: str) -> str:
    return " ".join(word for word in words if word)


def _no_policy(where: str, why: str) -> CannotRead:
    return CannotRead(f"This is no policy of logs. {why}", where=where, todo="See c2sp.org/tlog-policy.")
