from __future__ import annotations

import pytest

from casefile_builders import known
from safehand.desk.review.presenters.said import LONGEST, Said, said
from safehand.model.message import (
    Attachment,
    Call,
    Entity,
    Forward,
    Kind,
    Match,
    MediaState,
    Message,
    Poll,
    PollOption,
    Reaction,
    Reply,
    Share,
)
from safehand.model.span import Span

SPAN = Span("data/0001.txt", 0, 10)


def message(kind: Kind, text: str | None = None, **more: object) -> Message:
    return Message(1, kind, "Priya", text, known(0), SPAN, **more)  # type: ignore[arg-type]


def shows_something(shown: Said) -> bool:
    return bool(shown.pieces or shown.note or shown.files or shown.poll or shown.share)


WITHOUT_WORDS = [kind for kind in Kind if kind not in (Kind.TEXT, Kind.REACTION_NOTICE, Kind.POLL, Kind.SHARE)]


@pytest.mark.parametrize("kind", WITHOUT_WORDS)
def test_no_kind_of_message_leaves_an_empty_row(kind: Kind) -> None:
    assert shows_something(said(message(kind)))


def test_a_picture_is_named_and_not_shown() -> None:
    photo = Attachment(MediaState.NAMED, "IMG-20260104-WA0003.jpg", "photo", None, 48_211)
    (file,) = said(message(Kind.MEDIA, "Is this blight?", attachments=(photo,))).files
    assert (file.title, file.name, file.state) == ("Image not shown, 48 kB", "IMG-20260104-WA0003.jpg", "")


@pytest.mark.parametrize("state", MediaState)
def test_what_the_source_says_of_a_file_is_said(state: MediaState) -> None:
    (file,) = said(message(Kind.MEDIA, attachments=(Attachment(state, None, "video"),))).files
    assert file.title == "Video not shown"
    assert bool(file.state) is (state is not MediaState.NAMED)


def test_a_file_of_no_known_type_goes_by_its_mime_type() -> None:
    (file,) = said(message(Kind.MEDIA, attachments=(Attachment(MediaState.OMITTED, mime="image/webp"),))).files
    assert file.title == "Image not shown"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Call(200, None, video=True), "Video call, 3 minutes 20 seconds"),
        (Call(None, "missed_by_you", video=False), "Voice call, missed by you"),
        (Call(), "Call"),
    ],
)
def test_a_call_is_told_in_words(call: Call, words: str) -> None:
    assert said(message(Kind.CALL, call=call)).note == words


def test_a_deleted_message_says_so_and_keeps_what_the_source_wrote() -> None:
    shown = said(message(Kind.DELETED, "This message was deleted"))
    assert shown.note == "Shown as deleted in the source"
    assert shown.pieces[0].text == "This message was deleted"


def test_a_reply_says_how_sure_it_is_what_it_answers() -> None:
    titles = set()
    for match in Match:
        reply = said(message(Kind.TEXT, "Yes", reply=Reply(None, "Rain?", match))).reply
        assert reply is not None
        assert reply.quoted == "Rain?"
        titles.add(reply.title)
    assert len(titles) == len(Match)


def test_a_forward_of_nobody_named_says_so() -> None:
    assert "does not name" in said(message(Kind.TEXT, "Hi", forward=Forward(None))).forwarded


def test_a_poll_has_its_votes_where_the_source_counts_them() -> None:
    shown = said(message(Kind.POLL, poll=Poll("Which day?", (PollOption("Saturday", 3), PollOption("Sunday"))))).poll
    assert shown is not None
    assert shown.options == ("Saturday (3 votes)", "Sunday")


def test_a_poll_that_the_source_writes_out_is_told_once() -> None:
    poll = Poll("Which day?", (PollOption("Saturday", 3),))
    assert said(message(Kind.POLL, "POLL:\nWhich day?\nOPTION: Saturday (3 votes)", poll=poll)).pieces == ()
    assert said(message(Kind.POLL, "Vote soon", poll=poll)).pieces[0].text == "Vote soon"


def test_reactions_stand_with_who_or_how_many() -> None:
    shown = said(message(Kind.TEXT, "Hi", reactions=(Reaction("👍", "Sam"), Reaction("🌱", None, 3))))
    assert [(reaction.value, reaction.by) for reaction in shown.reactions] == [("👍", "Sam"), ("🌱", "3 people")]


def test_what_is_passed_on_is_not_the_senders_words() -> None:
    shown = said(message(Kind.SHARE, share=Share("allotments.example/rules", "The rules", "Dilys")))
    assert shown.pieces == ()
    assert shown.share is not None
    assert shown.share.link == "allotments.example/rules"


def test_a_link_hidden_behind_words_is_shown_as_text() -> None:
    shown = said(message(Kind.TEXT, "the rules", entities=(Entity(0, 9, "text_link", "allotments.example/rules"),)))
    assert shown.links == ("allotments.example/rules",)
    visible = said(message(Kind.TEXT, "see a.example", entities=(Entity(4, 13, "link", "a.example"),)))
    assert visible.links == ()


def test_a_very_long_message_is_cut_and_can_be_shown_whole() -> None:
    text = "potato " * 2000
    shown = said(message(Kind.TEXT, text), ((0, 6), (LONGEST - 3, LONGEST + 3)))
    assert sum(len(piece.text) for piece in shown.pieces) == LONGEST
    assert shown.cut_from == len(text)
    whole = said(message(Kind.TEXT, text), whole=True)
    assert whole.pieces[0].text == text
    assert whole.cut_from == 0


BESIDE: dict[str, object] = {
    "attachments": (Attachment(MediaState.NAMED),),
    "reply": Reply(),
    "forward": Forward("Sam"),
    "poll": Poll("When?", (PollOption("Now"),)),
    "share": Share(text="beans"),
    "reactions": (Reaction("👍"),),
    "call": Call(),
}
"""What may stand beside the words of a message."""


def test_words_alone_are_plain_and_whatever_stands_beside_them_is_asked_for() -> None:
    assert said(message(Kind.TEXT, "beans")).plain
    assert said(message(Kind.TEXT, "beans", edited_mark=True)).edited
    for name, value in BESIDE.items():
        shown = said(message(Kind.TEXT, "beans", **{name: value}))
        assert not shown.plain, name
    for kind in Kind:
        assert said(message(kind, "beans")).plain is (kind is Kind.TEXT), kind
