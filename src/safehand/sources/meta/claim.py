"""Which files are Meta's: by what the beginning of a file says, and by where the file lies.

    {"participants": […], "messages": [{"sender_name": …, "timestamp_ms": …            a thread
    {"participants": […], "threadName": …, "messages": [{"senderName": …               the encrypted form

One claim is one conversation. The parts of a thread lie in one folder and are numbered; loose files are parts of one
thread only if their names differ by the number alone and they list the same members. Files of the encrypted form are
never joined: the number in their names may count parts or may count people of the same name, and nothing tells which.

A file that lies where only threads lie, and is none (empty, cut off, damaged), is claimed with what it should have been
part of, so that it is accounted for there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from safehand.sources.accounting import Ledger
from safehand.sources.contract import Certainty, Claim, FileInMemory, Probe
from safehand.sources.json_events import EACH, Elements, Field, Opened
from safehand.sources.json_fields import read_odd
from safehand.sources.json_windows import scan
from safehand.sources.meta.html_layout import HAS_PARTS, is_archive, is_bare, is_thread_page, lists_members
from safehand.sources.meta.layout import AI_THREADS, EITHER, Form, Place, place_of, platform_of_address

SOURCE_ID: Final = "meta"

_FIRST_LOOK: Final = 8 * 1024
"""Bytes that nearly always hold the first message. Only where they do not, all of the head is looked at."""

_MARKS: Final = {
    Form.THREAD: frozenset({"sender_name", "timestamp_ms"}),
    Form.ENCRYPTED: frozenset({"senderName", "timestamp"}),
}
"""Keys that every message of the form has, and no other platform's."""

_OWN_KEYS: Final = frozenset({"title", "thread_path", "is_still_participant", "magic_words"})
"""Keys of a thread, of which one at least stands there with the list of participants."""

_MEDIA: Final = ("photos", "videos", "audio_files", "gifs", "files", "media")

_ADDRESS: Final = re.compile(rb' (?:href|src)="([a-z_]{4,40}/[a-z_]{4,40}/)')
_TITLE: Final = re.compile(rb"<title>([^<]{1,400})</title>")

_Group: TypeAlias = "tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class _Glance:
    """What the beginning of a file says."""

    form: Form | None = None
    members: tuple[str, ...] | None = None
    """As the file spells them, sorted; None where they do not stand before the messages."""
    has_messages: bool = False
    platforms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file with what its name and its beginning say."""

    probe: Probe
    place: Place
    glance: _Glance

    @property
    def group(self) -> _Group:
        """The same for all parts of one thread. The same thread as JSON and as pages is two."""
        shape = "page" if self.place.is_page else "json"
        if self.glance.form in {Form.ENCRYPTED, Form.ARCHIVE} or self.place.section == AI_THREADS:
            return ("alone", self.probe.file.id)
        if self.place.section is not None:
            return ("folder", shape, self.place.folder)
        return ("loose", shape, self.place.folder, self.place.stem, *(self.glance.members or ("?",)))

    @property
    def root(self) -> _Group:
        """What is of one platform as a whole: the account a thread lies in, or of loose files the one thread."""
        if self.place.section is None or not self.place.slug:
            return self.group
        return ("account", self.place.folder.removesuffix(f"{self.place.section}/{self.place.slug}"))


def claim(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
    """The threads among ``probes``: one claim a thread, in the order of their first files."""
    candidates = [one for one in map(_candidate, probes) if one is not None]
    platforms = _platforms(candidates)
    groups: dict[_Group, list[_Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.group, []).append(one)
    return tuple(_claim(group, platforms) for group in groups.values())


def _candidate(probe: Probe) -> _Candidate | None:
    place = place_of(probe.file.name)
    if place is None:
        return None
    seen = _look_at_page(probe, place) if place.is_page else _look(probe)
    if seen.form is None and not place.is_thread_file:
        return None
    return _Candidate(probe, place, seen)


def _look_at_page(probe: Probe, place: Place) -> _Glance:
    """Whether a page is a thread's: others of a download have the same marks, so its place or its members must tell."""
    head = probe.head
    if is_archive(head):
        return _Glance(Form.ARCHIVE, None, has_messages=True, platforms=frozenset({"messenger"}))
    in_place = place.is_thread_file or place.section == AI_THREADS
    named = place.stem.lower() == "message" and HAS_PARTS.search(head) is not None
    if not is_thread_page(head) or not (in_place or named or lists_members(head)):
        return _Glance()
    platforms = {platform for address in _ADDRESS.findall(head) if (platform := platform_of_address(address.decode()))}
    title = _TITLE.search(head)
    members = None if title is None else (title[1].decode("utf-8", "replace"),)
    return _Glance(Form.PAGES, members, HAS_PARTS.search(head) is not None or is_bare(head), frozenset(platforms))


def _look(probe: Probe) -> _Glance:
    """Look at the beginning, and at more of it if that does not tell."""
    head = probe.head
    if not any(mark in head for mark in (b'"sender_name"', b'"senderName"', b'"participants"')):
        return _Glance()
    seen = _glance(head[:_FIRST_LOOK])
    return seen if seen.has_messages or len(head) <= _FIRST_LOOK else _glance(head)


def _glance(head: bytes) -> _Glance:
    file = FileInMemory("", "", head)
    members: tuple[str, ...] | None = None
    keys: set[str] = set()
    messages: list[dict[str, Any]] = []
    for event in scan(file, Ledger(""), [("messages", EACH)]):
        match event:
            case Field(path=(str(key),), raw=raw):
                keys.add(key)
                if key == "participants" and raw is not None:
                    members = _members(raw)
            case Opened(path=("messages",)):
                keys.add("messages")
            case Elements():
                messages += [value for value in event.values if isinstance(value, dict)]
            case _:
                pass
    form = _form(keys, messages, members)
    platforms = {platform for message in messages for platform in _evidence(message)}
    return _Glance(
        form, members, bool(messages), frozenset(platforms | ({"messenger"} if form is Form.ENCRYPTED else set()))
    )


def _form(keys: set[str], messages: list[dict[str, Any]], members: tuple[str, ...] | None) -> Form | None:
    """By the first message; where there is none in sight, by the thread's own keys."""
    if messages:
        return next((form for form, marks in _MARKS.items() if marks <= messages[0].keys()), None)
    if members is None:
        return None
    if "threadName" in keys:
        return Form.ENCRYPTED
    return Form.THREAD if "messages" in keys and keys & _OWN_KEYS else None


def _members(raw: bytes) -> tuple[str, ...]:
    odd = read_odd(raw)
    items = odd.value if odd is not None and isinstance(odd.value, list) else []
    names = [item.get("name") if isinstance(item, dict) else item for item in items]
    return tuple(sorted(name for name in names if isinstance(name, str)))


def _evidence(message: dict[str, Any]) -> Iterable[str]:
    """The platforms that the addresses of files in a message speak for."""
    files = [item for key in _MEDIA if isinstance(message.get(key), list) for item in message[key]]
    for item in [*files, message.get("sticker")]:
        address = item.get("uri") if isinstance(item, dict) else None
        platform = platform_of_address(address) if isinstance(address, str) else None
        if platform is not None:
            yield platform


def _platforms(candidates: list[_Candidate]) -> dict[_Group, str]:
    """The platform of each root, by all evidence under it. Where that is nothing or disagrees, it stays open."""
    evidence: dict[_Group, set[str]] = {}
    for one in candidates:
        found = evidence.setdefault(one.root, set())
        found |= {one.place.platform} if one.place.platform is not None else one.glance.platforms
    return {root: min(found) if len(found) == 1 else EITHER for root, found in evidence.items()}


def _claim(group: list[_Candidate], platforms: dict[_Group, str]) -> Claim:
    seen = [one.glance for one in group if one.glance.form is not None]
    form = seen[0].form if seen and seen[0].form is not None else Form.PAGES if group[0].place.is_page else Form.THREAD
    platform = "messenger" if form in {Form.ENCRYPTED, Form.ARCHIVE} else platforms[group[0].root]
    # The platforms' way, highest number first; read.py looks at the times before it believes it.
    files = sorted(group, key=lambda one: (-(one.place.number or 0), one.place.copy, one.probe.file.id))
    certainty, why = _certainty(group, form)
    return Claim(SOURCE_ID, f"{platform}/{form}", tuple(one.probe.file for one in files), certainty, why)


def _certainty(group: list[_Candidate], form: Form) -> tuple[Certainty, str]:
    in_place = group[0].place.section is not None
    if form in {Form.PAGES, Form.ARCHIVE}:
        return _certainty_of_page(group, form, in_place=in_place)
    keys = "senderName and timestamp" if form is Form.ENCRYPTED else "sender_name and timestamp_ms"
    if any(one.glance.has_messages for one in group):
        if in_place:
            return Certainty.CERTAIN, f"it lies where Meta puts threads, and its messages have {keys}"
        if any(one.glance.members is not None for one in group):
            return Certainty.CERTAIN, f"it lists participants, and its messages have {keys}"
        return Certainty.LIKELY, f"its messages have {keys}; it lists no participants before them"
    if any(one.glance.form is not None for one in group):
        return Certainty.LIKELY, "it lists participants as Meta does, and no message stands in its beginning"
    return Certainty.POSSIBLE, "it lies where Meta puts threads and nothing else, and does not begin like one"


def _certainty_of_page(group: list[_Candidate], form: Form, *, in_place: bool) -> tuple[Certainty, str]:
    if form is Form.ARCHIVE:
        return Certainty.CERTAIN, "its threads and messages are marked as in Facebook's archives of until 2017"
    seen = [one.glance for one in group if one.glance.form is not None]
    if not seen:
        return Certainty.POSSIBLE, "it lies where Meta puts threads and nothing else, and does not begin like one"
    if in_place and any(one.has_messages for one in seen):
        return Certainty.CERTAIN, "it lies where Meta puts threads, and its messages have the marks of Meta's pages"
    if any(lists_members(one.probe.head) for one in group):
        return Certainty.CERTAIN, "it lists participants, and has the marks of Meta's pages"
    return Certainty.LIKELY, "it has the marks of Meta's pages and the name of a thread's"
