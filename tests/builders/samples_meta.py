"""Samples of Messenger's and Instagram's downloads, for test_promises.py."""

import meta_pages
from meta_pages import INSTAGRAM, MESSENGER, MESSENGER_2018, Layout
from meta_thread import START, Thread, said, sent
from sample import NAMES, Builder, Sample, moment, name, text


def messenger(messages: int) -> Sample:
    said_ = [said(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages))
    return Sample("meta", "one file", dict(files), messages)


def messenger_split(messages: int) -> Sample:
    said_ = [said(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    files = Thread(NAMES, said_, title="Allotment").files(per_file=max(1, messages // 3))
    return Sample("meta", "split files", {f"inbox/allotment_1/{name}": data for name, data in files.items()}, messages)


def messenger_encrypted(messages: int) -> Sample:
    sent_ = [sent(name(n), START + n * 60_000, text(n)) for n in range(messages)]
    data = Thread(NAMES, sent_, title="Allotment_1").encrypted()
    return Sample("meta", "encrypted form", {"Allotment_1.json": data}, messages)


def _parts(number: int, layout: Layout) -> list[str]:
    """What a message has beside its words: now and then a reaction, a picture, a film, something passed on."""
    parts = []
    if number % 5 == 1:
        parts.append(meta_pages.reactions("❤️Tom: Plot 9<span> (Apr 23, 2022 5:32 pm)</span>", "😆Priya", layout=layout))
    if number % 7 == 2:
        parts.append(meta_pages.photo(f"messages/inbox/allotment_1/photos/{number}.jpg"))
    if number % 11 == 4:
        parts.append(meta_pages.shared("https://example.org/?a=1&amp;b=2", "How to dig & water", "digger"))
    if number % 13 == 6:
        parts.append(meta_pages.player(f"messages/inbox/allotment_1/videos/{number}.mp4"))
    return parts


def _pages(messages: int, layout: Layout, first: int = 0) -> bytes:
    """The messages from ``first`` to before ``messages``, newest first."""
    said_ = [meta_pages.said(name(n), layout.when(moment(n)), text(n), layout=layout) for n in range(first, messages)]
    members = meta_pages.header(f"Participants: {', '.join(NAMES[:-1])} and {NAMES[-1]}", layout)
    return meta_pages.page("Allotment", [members, *reversed(said_)])


def instagram_pages(messages: int) -> Sample:
    place = "your_instagram_activity/messages/inbox/allotment_1/message_1.html"
    return Sample("meta", "Instagram's pages", {place: _pages(messages, INSTAGRAM)}, messages)


def messenger_pages(messages: int) -> Sample:
    half = messages // 2
    files = {
        "inbox/allotment_1/message_1.html": _pages(messages, MESSENGER, half),
        "inbox/allotment_1/message_2.html": _pages(half, MESSENGER),
    }
    return Sample("meta", "Messenger's pages", files, messages)


def messenger_pages_2018(messages: int) -> Sample:
    return Sample("meta", "Messenger's pages of 2018", {"message_1.html": _pages(messages, MESSENGER_2018)}, messages)


def facebook_archive(messages: int) -> Sample:
    """Two threads on one page."""
    half = messages // 2
    threads = []
    for first, last in ((0, half), (half, messages)):
        said_ = [
            meta_pages.archived(name(n), f"{moment(n):%A, %B %d, %Y at %H:%M} UTC+01", text(n))
            for n in range(first, last)
        ]
        threads.append((", ".join(NAMES), said_[::-1]))
    return Sample("meta", "archive", {"html/messages.htm": meta_pages.archive("Priya", *threads)}, messages)


SAMPLES: dict[str, Builder] = {
    "meta, one file": messenger,
    "meta, split files": messenger_split,
    "meta, encrypted": messenger_encrypted,
    "meta, Instagram's pages": instagram_pages,
    "meta, Messenger's pages": messenger_pages,
    "meta, Messenger's pages of 2018": messenger_pages_2018,
    "meta, Facebook's archive": facebook_archive,
}
