import json
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from safehand.errors import ArchiveRefused, CannotRead, KnownButNotRead, NotRecognised
from safehand.model.attachment import FileType, Registered
from safehand.model.doubt import Doubt
from safehand.sources import SOURCES
from safehand.sources.contract import (
    HEAD,
    Capture,
    CaptureNote,
    Certainty,
    Claim,
    FileInMemory,
    Probe,
    Source,
    SourceFile,
)
from safehand.sources.known import MARKS, NAMES
from safehand.sources.recognise import Recognised, recognise, require_readable

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"

HEADS = {
    "snapchat/json": '{"robin": [{"From": "robin", "Media Type": "TEXT", "Created": "2024-04-20 01:29:22 UTC"}]}',
    "snapchat/html": "<!DOCTYPE html><html><title>Snapchat</title><h1>Saved Chat History</h1>",
    "telegram/html-lists": '<!DOCTYPE html>\n<html><title>Exported Data</title><div class="page_header">',
    "meta/html": '<html><head></head><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">',
    "x/headers": "window.YTD.direct_message_headers.part0 = [ {} ]",
    "reddit/other": "id,permalink,date,ip,subreddit,gildings,title,url,body\n",
    "x/other": "window.YTD.account.part0 = [ {} ]",
    "google-voice/html": '<!DOCTYPE html>\n<html><div class="hChatLog hfeed">',
    "rsmf/eml": "From: desk <a@example.org>\nX-RSMF-Version: 2.0.0\nMIME-Version: 1.0\n\n",
}


def file_of(text: str | bytes, name: str = "export.txt") -> FileInMemory:
    return FileInMemory(name, name, text.encode() if isinstance(text, str) else text)


def one(text: str | bytes, name: str = "export.txt") -> Recognised:
    return recognise(Capture((file_of(text, name),)))


def test_there_is_a_head_for_every_form_in_the_table() -> None:
    assert sorted(HEADS) == sorted({mark.form for mark in MARKS})


@pytest.mark.parametrize("form", sorted(HEADS))
def test_a_form_we_do_not_read_is_called_by_its_name(form: str) -> None:
    found = one(HEADS[form])
    assert [known.mark.form for known in found.known] == [form]
    assert found.claims == ()
    with pytest.raises(KnownButNotRead) as error:
        require_readable(Capture((file_of(HEADS[form]),)), found)
    assert found.known[0].mark.platform in error.value.found
    assert error.value.where == "export.txt"
    assert error.value.todo


@pytest.mark.parametrize("form", sorted(HEADS))
def test_a_chat_in_which_somebody_pasted_it_is_not_taken_for_it(form: str) -> None:
    pasted = HEADS[form]
    whatsapp = f"04/01/2026, 19:02 - Priya: look what I found\n{pasted}\n04/01/2026, 19:03 - Sam: nice\n"
    quoted = json.dumps({"participants": [], "title": "seeds", "messages": [{"text": pasted}]})
    assert one(whatsapp).known == ()
    assert one(quoted).known == ()


# Each sample of a form we do not read, by the form it must be called by.
SAMPLE_FORMS = {
    "rsmf/*.eml": "rsmf/eml",
}


@pytest.mark.skipif(not SAMPLES.exists(), reason="shared/samples is not beside this checkout")
@pytest.mark.parametrize("pattern", sorted(SAMPLE_FORMS))
def test_a_sample_of_a_form_we_do_not_read_is_named_and_claimed_by_nobody(pattern: str) -> None:
    paths = sorted(SAMPLES.glob(pattern))
    assert paths
    for path in paths:
        found = one(path.read_bytes(), path.name)
        assert found.claims == (), path.name
        assert [known.mark.form for known in found.known] == [SAMPLE_FORMS[pattern]], path.name


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("msgstore.db.crypt15", "whatsapp/crypt"),
        ("Backups/msgstore-2026-01-04.1.db.crypt14", "whatsapp/crypt"),
        ("ChatStorage.sqlite", "whatsapp/database"),
        ("Library/SMS/sms.db", "imessage/database"),
        ("signal-2026-01-04-19-02-00.backup", "signal/backup"),
        ("package.safehand", "safehand/package"),
    ],
)
def test_what_is_never_opened_is_known_by_its_name(name: str, form: str) -> None:
    capture = Capture((), (Registered(name=name, type=FileType.OTHER),))
    found = recognise(capture)
    assert [listed.mark.form for listed in found.listed] == [form]
    with pytest.raises(KnownButNotRead, match="not opened") as error:
        require_readable(capture, found)
    assert error.value.todo
    assert form in {mark.form for mark in NAMES}


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        (FileType.IMAGE, "only pictures"),
        (FileType.DOCUMENT, "only documents"),
        (FileType.AUDIO, "only sounds"),
        (FileType.ARCHIVE, "only archives"),
        (FileType.OTHER, "only files of other kinds"),
    ],
)
def test_where_there_is_no_text_it_is_said_what_there_is(type_: FileType, said: str) -> None:
    capture = Capture((), (Registered(name="a", type=type_), Registered(name="b", type=type_)))
    with pytest.raises(NotRecognised, match=said) as error:
        require_readable(capture, recognise(capture))
    if type_ is FileType.IMAGE:
        assert "Do not open, copy or send them" in error.value.todo


def refusal(capture: Capture) -> CannotRead:
    with pytest.raises(CannotRead) as error:
        require_readable(capture, recognise(capture))
    return error.value


def test_an_empty_file_is_called_empty() -> None:
    assert refusal(Capture((file_of(b""),))).found == "The file is empty."


def test_a_member_that_gives_no_byte_is_called_damaged_and_not_empty() -> None:
    words = "The archive is damaged there: 0 of 660 bytes could be unpacked and are read."
    file = FileInMemory("a.zip/_chat.txt", "_chat.txt", b"")
    nothing = file_of(b"", "b.txt")
    twice = CaptureNote("b.txt", "It was handed over more than once, and is read once.")
    error = refusal(Capture((nothing, file), notes=(twice, CaptureNote(file.id, words, Doubt.TRUNCATED_FILE))))
    assert str(error).startswith(f"a.zip/_chat.txt: No text in it can be read. {words} Copy the file again")
    assert refusal(Capture((nothing,), notes=(twice,))).found == "The file is empty."


def test_nothing_at_all_is_called_so() -> None:
    assert refusal(Capture(())).found == "There is no file in it."


def test_text_that_is_nothing_we_know_is_told_what_is_read() -> None:
    error = refusal(Capture((file_of("a shopping list: potatoes, onions\n"),)))
    assert isinstance(error, NotRecognised)
    assert all((source.title in error.todo) is not source.desk_only for source in SOURCES)


def test_a_refused_member_is_the_reason_when_nothing_else_is_there() -> None:
    locked = Registered(
        name="_chat.txt", type=FileType.TEXT, container="a.zip", refused="It is locked with a password."
    )
    error = refusal(Capture((), (locked,)))
    assert isinstance(error, ArchiveRefused)
    assert (error.where, error.found) == ("a.zip", "No text in it can be read. It is locked with a password.")
    pipe = Registered(name="_chat.txt", type=FileType.TEXT, refused="It is a device, not a file.")
    assert refusal(Capture((), (pipe,))).found == "It is a device, not a file."


def test_errors_and_sentences_hold_no_word_of_the_messages() -> None:
    for form, head in HEADS.items():
        found = one(head)
        error = refusal(Capture((file_of(head),)))
        for said in (*found.sentences(), str(error), found.known[0].reason):
            assert not {"robin", "Ada", "sam", "hello"} & set(said.replace(":", " ").split()), form


# How claims compete, with sources made for the purpose.


def source(id_: str, answer: Callable[[tuple[Probe, ...]], tuple[Claim, ...]]) -> Source:
    return Source(id_, id_, answer, lambda claim, desk: iter(()))  # noqa: ARG005  nothing is read here


def claims_if(id_: str, mark: bytes, certainty: Certainty, *, together: bool = False) -> Source:
    def answer(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
        files = tuple(probe.file for probe in probes if mark in probe.head)
        groups: list[tuple[SourceFile, ...]] = [files] if together else [(file,) for file in files]
        return tuple(Claim(id_, id_, group, certainty, "it has the mark") for group in groups if group)

    return source(id_, answer)


A, B, AB = file_of(b"a", "a.txt"), file_of(b"b", "b.txt"), file_of(b"ab", "ab.txt")


def told(*sources: Source) -> list[tuple[str, list[str]]]:
    found = recognise(Capture((A, B, AB)), sources)
    return [(claim.source, [file.id for file in claim.files]) for claim in found.claims]


def test_the_more_certain_claim_stands_whatever_the_order_of_the_table() -> None:
    likely, certain = claims_if("first", b"a", Certainty.LIKELY), claims_if("second", b"ab", Certainty.CERTAIN)
    assert told(likely, certain) == [("first", ["a.txt"]), ("second", ["ab.txt"])]
    assert told(certain, likely) == [("first", ["a.txt"]), ("second", ["ab.txt"])]


def test_of_two_as_certain_the_first_of_the_table_reads() -> None:
    one_, two = claims_if("first", b"a", Certainty.LIKELY), claims_if("second", b"a", Certainty.LIKELY)
    assert told(one_, two) == [("first", ["a.txt"]), ("first", ["ab.txt"])]
    assert told(two, one_) == [("second", ["a.txt"]), ("second", ["ab.txt"])]


def test_a_claim_that_loses_one_file_is_asked_again_for_the_others() -> None:
    group = claims_if("group", b"b", Certainty.LIKELY, together=True)
    certain = claims_if("certain", b"ab", Certainty.CERTAIN)
    assert told(group, certain) == [("group", ["b.txt"]), ("certain", ["ab.txt"])]


def test_no_file_is_claimed_twice_or_lost() -> None:
    everything = [claims_if(str(n), mark, certainty, together=n % 2 == 0)
                  for n, (mark, certainty) in enumerate((m, c) for m in (b"a", b"b") for c in Certainty)]  # fmt: skip
    found = recognise(Capture((A, B, AB)), everything)
    ids = [file.id for claim in found.claims for file in claim.files]
    assert sorted(ids) == ["a.txt", "ab.txt", "b.txt"]
    assert found.unknown == ()
    assert found.known == ()


def test_a_form_we_do_not_read_goes_before_a_reader_that_is_less_certain_and_after_one_as_certain() -> None:
    head = HEADS["google-voice/html"]
    capture = Capture((file_of(head),))
    less = recognise(capture, [claims_if("reader", b"hChatLog", Certainty.LIKELY)])
    assert (len(less.claims), len(less.known)) == (0, 1)
    as_certain = recognise(capture, [claims_if("reader", b"hChatLog", Certainty.CERTAIN)])
    assert (len(as_certain.claims), len(as_certain.known)) == (1, 0)


def test_only_the_first_bytes_are_looked_at_and_few_files_at_a_time() -> None:
    opened: list[str] = []

    class Counted(FileInMemory):
        def open(self) -> BinaryIO:
            opened.append(self.id)
            return super().open()

    files = tuple(Counted(str(n), f"{n}.txt", b"x" * (HEAD + 1)) for n in range(600))
    seen: list[int] = []

    def answer(probes: tuple[Probe, ...]) -> tuple[Claim, ...]:
        seen.extend(len(probe.head) for probe in probes)
        return ()

    recognise(Capture(files), [source("reader", answer)])
    assert seen == [HEAD] * 600
    # Six hundred heads are not held together: they were read again for the second that asked.
    assert len(opened) == 1200


def test_claims_come_in_the_order_of_the_files() -> None:
    found = recognise(Capture((B, AB, A)), [claims_if("x", b"", Certainty.LIKELY)])
    assert [claim.files[0].id for claim in found.claims] == ["b.txt", "ab.txt", "a.txt"]
