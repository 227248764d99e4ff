"""Rules that need the messages before: each in a short conversation, and beside it what they must not make of it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from indicator_lines import START, events, message, said, thread, watched
from safehand.analysis.indicators.indicator import Words
from safehand.analysis.indicators.meeting_times import TimeRead
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.model.instant import MICRO, Instant
from safehand.model.message import Attachment, Kind, MediaState, Message

Line = tuple[str, str] | tuple[str, str, int]


def _told(*lines: Line, rule: str) -> list[tuple[str, tuple[int, ...], str | None]]:
    return [(one.kind, one.numbers, one.by) for one in thread(*lines, rule=rule)]


def test_a_bare_number_after_a_question_of_age_is_an_age() -> None:
    lines = (("A", "how old r u"), ("B", "13 lol"))
    assert _told(*lines, rule="age_stated") == [("13_to_15", (1, 2), "B")]


@pytest.mark.parametrize(
    "lines",
    [
        (("A", "how many plots"), ("B", "13")),
        (("A", "how old r u"), ("A", "13")),
        (("A", "how old r u"), ("B", "ok"), ("B", "what"), ("B", "lol"), ("B", "14")),
        (("A", "how old r u"), ("B", "13 mins away")),
    ],
    ids=str,
)
def test_a_number_that_answers_no_question_of_age_is_no_age(lines: tuple[Line, ...]) -> None:
    assert _told(*lines, rule="age_stated") == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("thats ok i dont mind", "acknowledges"),
        ("you look older", "disputes"),
        ("no way prove it", "disputes"),
        ("oh sorry, bye", "withdraws"),
        ("ur too young for me", "withdraws"),
        ("did u water the beans", "continues"),
    ],
    ids=str,
)
def test_what_the_other_side_does_with_an_age_is_told(answer: str, kind: str) -> None:
    lines = (("A", "im 13 btw"), ("B", answer), *[("B", "did u water the beans")] * 5)
    assert _told(*lines, rule="age_reply") == [(kind, (1, 2), "B")]


def test_a_drawing_back_is_told_beside_what_was_said_before_it() -> None:
    lines = (("A", "im 13"), ("B", "thats ok"), ("B", "actually we should stop"), ("B", "bye"))
    assert _told(*lines, rule="age_reply") == [("acknowledges", (1, 2), "B"), ("withdraws", (1, 3), "B")]


def test_a_doubt_before_a_drawing_back_is_told_too_and_going_on_is_not() -> None:
    lines = (("A", "im 13"), ("B", "the beans are up"), ("B", "you never are"), ("B", "im not doing this"))
    assert _told(*lines, rule="age_reply") == [("disputes", (1, 3), "B"), ("withdraws", (1, 4), "B")]


def test_few_words_are_leave_taking_after_a_drawing_back_of_the_same_account_alone() -> None:
    assert ("withdraws", (1, 2), "B") in _told(("B", "stop messaging me"), ("B", "finish. bye"), rule="withdrawal")
    assert _told(("B", "stop messaging me"), ("A", "finish. bye"), rule="withdrawal") == [("withdraws", (1,), "B")]
    assert _told(("B", "the beans are up"), ("B", "finish. bye"), rule="withdrawal") == []


def test_a_request_that_was_refused_is_asked_again_in_few_words_by_who_asked_alone() -> None:
    asked = (("A", "wanna meet up sat?"), ("B", "no sorry"))
    assert _told(*asked, ("A", "aw go on"), rule="pressure_after_refusal") == [("meeting", (1, 2, 3), "A")]
    assert _told(*asked, ("B", "aw go on"), rule="pressure_after_refusal") == []
    late = [("B", "the beans are up")] * 5
    assert _told(*asked, *late, ("A", "aw go on"), rule="pressure_after_refusal") == []


def test_a_refusal_of_what_is_asked_again_in_few_words_is_told() -> None:
    lines = (("A", "wanna meet up sat?"), ("B", "no sorry"), ("A", "pls"), ("B", "i said no"))
    assert _told(*lines, rule="meeting_outcome") == [("refused", (1, 2), "B"), ("refused", (1, 4), "B")]


def test_that_the_other_is_a_child_refuses_a_meeting_and_whoever_asked_refuses_nothing() -> None:
    lines = (("A", "wanna meet up sat?"), ("B", "cause yer jist a wean"))
    assert _told(*lines, rule="meeting_outcome") == [("refused", (1, 2), "B")]
    assert _told(lines[0], ("A", "im just a kid"), rule="meeting_outcome") == [("unanswered", (1,), "A")]


def test_what_a_page_says_of_an_age_is_a_doubt_where_none_was_stated() -> None:
    assert _told(("B", "your page says you were born in 2011"), rule="age_conflict") == [("doubted", (1,), "B")]
    assert _told(("B", "your page says you were born in Leeds"), rule="age_conflict") == []


def test_an_age_that_nobody_answers_is_told_as_silence() -> None:
    assert _told(("A", "im 13"), ("A", "hello?"), rule="age_reply") == [("silent", (1,), "A")]


def test_an_adults_age_awaits_no_reply() -> None:
    assert _told(("A", "im 34"), ("B", "ok"), rule="age_reply") == []


def test_two_ages_of_one_account_that_do_not_fit_are_told_once() -> None:
    lines = (("A", "im 13"), ("B", "im 40"), ("A", "im 16"), ("A", "im 16 honest"))
    assert _told(*lines, rule="age_conflict") == [("ages_differ", (1, 3), "A")]


def test_a_birthday_between_two_ages_is_no_conflict() -> None:
    assert _told(("A", "im 13"), ("A", "im 14"), rule="age_conflict") == []
    assert _told(("A", "im 13"), ("A", "im 15", 700 * 24 * 60), rule="age_conflict") == []


def test_a_doubt_of_an_age_points_to_the_age_it_doubts() -> None:
    assert _told(("A", "im 13"), ("B", "your profile says 18"), rule="age_conflict") == [("doubted", (1, 2), "B")]
    assert _told(("B", "are you sure"), ("A", "im 13"), rule="age_conflict") == []


def test_the_first_word_of_a_sexual_topic_is_told_for_each_account() -> None:
    lines = (("B", "[sexual-remark]"), ("A", "[sexual-remark]"), ("B", "[sexual-remark]"))
    assert _told(*lines, rule="sexual_first") == [("first", (1,), "B"), ("first", (2,), "A"), ("later", (3,), "B")]


@pytest.mark.parametrize(
    ("answers", "kind", "numbers"),
    [
        ((("A", "[sexual-remark]"),), "followed", (1, 2)),
        ((("A", "nah stop"),), "refused", (1, 2)),
        ((*[("A", "the beans are up")] * 5,), "ignored", (1,)),
        ((), "open", (1,)),
    ],
    ids=str,
)
def test_an_episode_is_told_with_what_the_other_side_did(
    answers: tuple[Line, ...], kind: str, numbers: tuple[int, ...]
) -> None:
    assert _told(("B", "[sexual-question]"), *answers, rule="sexual_episode") == [(kind, numbers, "B")]


def test_a_new_episode_begins_after_the_topic_has_rested() -> None:
    rest: list[Line] = [("A", "the beans are up")] * 21
    lines = (("B", "[sexual-remark]"), ("A", "stop"), *rest, ("A", "[sexual-remark]"), ("B", "[sexual-remark]"))
    assert [one[0::2] for one in _told(*lines, rule="sexual_episode")] == [("refused", "B"), ("followed", "A")]


def test_the_example_of_the_notes_is_read_as_it_should_be() -> None:
    found = thread(("A", "im 13 btw"), ("B", "[sexual-question]"), ("A", "nah stop"), ("B", "ok sorry, bye"))
    told = {(one.rule, one.kind, one.by) for one in found}
    assert ("age_stated", "13_to_15", "A") in told
    assert ("sexual_first", "first", "B") in told
    assert ("sexual_episode", "refused", "B") in told
    assert ("withdrawal", "withdraws", "B") in told
    assert not [one for one in found if one.rule == "pressure_after_refusal"]


def _picture(number: int, by: str) -> Message:
    sent = message("", number=number, by=by, at=START + number * 60 * MICRO, kind=Kind.MEDIA)
    return Message(number, Kind.MEDIA, by, None, sent.sent, sent.span, attachments=(Attachment(MediaState.OMITTED),))


def test_a_picture_near_a_request_is_told_on_either_side_of_it() -> None:
    first = _picture(1, "A")
    rest = said(("B", "x"), ("B", "send me a pic of you"))[1:]
    watch = watched([first, *rest, _picture(3, "A"), *said(*[("B", "beans")] * 30)[3:], _picture(31, "A")])
    sent = [(one.kind, one.numbers) for one in watch.found() if one.rule == "image_sent"]
    assert sent == [("before_request", (2, 1)), ("after_request", (2, 3))]


_PDF = Attachment(MediaState.NAMED, "a.pdf")


def test_a_document_is_no_picture() -> None:
    request = said(("B", "send me a pic of you"))
    one = _picture(2, "A")
    document = Message(
        2, Kind.MEDIA, "A", None, one.sent, one.span, attachments=(Attachment(MediaState.NAMED, "a.pdf"),)
    )
    assert not [one for one in watched([*request, document]).found() if one.rule == "image_sent"]


@pytest.mark.parametrize(
    ("answer", "kind", "numbers"),
    [
        (("B", "yeah ok"), "agreed", (1, 2)),
        (("B", "no sorry im not allowed"), "refused", (1, 2)),
        (("B", "i cant make it"), "refused", (1, 2)),
        (("A", "actually i cant make it"), "cancelled", (1, 2)),
        (("B", "the beans are up"), "unanswered", (1,)),
    ],
    ids=str,
)
def test_what_became_of_a_proposal_is_told(answer: Line, kind: str, numbers: tuple[int, ...]) -> None:
    assert [one[:2] for one in _told(("A", "wanna meet up sat?"), answer, rule="meeting_outcome")] == [(kind, numbers)]


def test_a_meeting_that_was_agreed_can_still_be_called_off() -> None:
    lines = (("A", "wanna meet up sat?"), ("B", "yeah ok"), *[("A", "cool")] * 40, ("B", "something has come up"))
    assert [one[0] for one in _told(*lines, rule="meeting_outcome")] == ["agreed", "cancelled"]


def test_yes_to_something_else_agrees_to_no_meeting() -> None:
    assert _told(("A", "did u water the beans"), ("B", "yeah ok"), rule="meeting_outcome") == []


def test_places_and_travel_are_told_near_a_proposal_alone() -> None:
    far: list[Line] = [("A", "beans")] * 10
    near = thread(("A", "wanna meet up"), ("B", "by the station?"), ("A", "ill get the train"))
    assert {"meeting_place", "travel_logistics"} <= {one.rule for one in near}
    away = thread(("A", "wanna meet up"), *far, ("B", "by the station?"), ("A", "ill get the train"))
    assert not {"meeting_place", "travel_logistics"} & {one.rule for one in away}


def test_a_time_is_told_near_a_proposal_with_the_earliest_reading_that_was_handed_in() -> None:
    def times(text: str, sent: Instant, bag: Iterable[str]) -> list[TimeRead]:
        assert set(bag)
        assert sent.utc is not None
        return [TimeRead(text.index("5"), text.index("5") + 1, sent.utc + 1)] if "5" in text else []

    watch = IndicatorWatch(watched([])._words, times)
    messages = said(("A", "at 5"), ("A", "wanna meet up"), ("B", "at 5"), *[("A", "beans")] * 10, ("B", "at 5"))
    for _ in watch.watched(events(messages)):
        pass
    told = [one for one in watch.found() if one.rule == "meeting_time"]
    assert [(one.numbers, one.words) for one in told] == [((3,), (Words(3, 3, 4),))]
    assert told[0].value == START + 3 * 60 * MICRO + 1


def test_the_same_request_after_a_refusal_is_pressure_whichever_side_it_comes_from() -> None:
    for asker, other in (("A", "B"), ("B", "A")):
        lines = ((asker, "send me a pic of you"), (other, "nah"), (asker, "go on send me a pic"))
        assert _told(*lines, rule="pressure_after_refusal") == [("image", (1, 2, 3), asker)]


@pytest.mark.parametrize(
    "lines",
    [
        (("A", "send me a pic of you"), ("B", "no worries"), ("A", "send me a pic")),
        (("A", "send me a pic of you"), ("B", "nah"), ("B", "send me a pic")),
        (("A", "send me a pic of you"), ("B", "nah"), ("A", "wanna meet up")),
        (("A", "send me a pic of you"), ("B", "nah"), *[("A", "beans")] * 21, ("A", "send me a pic")),
    ],
    ids=["no worries", "the other side asks", "another topic", "long after"],
)
def test_what_is_no_pressure_is_not_told_as_such(lines: tuple[Line, ...]) -> None:
    assert _told(*lines, rule="pressure_after_refusal") == []


def test_a_drawing_back_that_the_other_side_presses_is_told_for_either_side() -> None:
    for one, other in (("A", "B"), ("B", "A")):
        lines = ((one, "we should stop"), (other, "please dont go"))
        assert _told(*lines, rule="withdrawal") == [("withdraws", (1,), one), ("pursued", (1, 2), other)]
    assert _told(("A", "we should stop"), ("B", "ok sorry"), rule="withdrawal")[1:] == []


def test_who_raised_a_topic_first_is_told_once_and_a_first_question_leads() -> None:
    lines = (("B", "got any pics?"), ("A", "send me a pic of you"), ("A", "wanna meet up"))
    assert _told(*lines, rule="topic_first") == [
        ("image", (1,), "B"),
        ("leading", (1,), "B"),
        ("meeting", (3,), "A"),
    ]


def test_who_began_and_who_began_again_is_told_from_times_alone() -> None:
    lines = (("A", "hi"), ("B", "hey"), ("B", "hello?", 13 * 60), ("A", "sorry was out", 7 * 60), ("A", "ok", 5 * 60))
    assert _told(*lines, rule="contact_initiated") == [
        ("first", (1,), "A"),
        ("session", (2, 3), "B"),
        ("session", (3, 4), "A"),
    ]
    assert [(one.kind, one.numbers, one.value) for one in thread(*lines, rule="re_engagement")] == [
        ("greeting", (2, 3), 13)
    ]


def test_writing_again_with_more_than_a_greeting_is_told_apart() -> None:
    lines = (("A", "hi"), ("A", "did u water the beans", 24 * 60))
    assert [one.kind for one in thread(*lines, rule="re_engagement")] == ["topic"]


def test_no_silence_is_claimed_where_there_is_no_time() -> None:
    no_time = Instant("?", said(("A", "x"))[0].sent.basis, said(("A", "x"))[0].sent.precision, None, None, None)
    one, two = said(("A", "hi"), ("A", "hi", 24 * 60))
    two = Message(2, Kind.TEXT, "A", "hi", no_time, one.span)
    assert [found.kind for found in watched([one, two]).found() if found.rule == "contact_initiated"] == ["first"]


def test_a_bare_answer_to_a_question_of_age_is_followed_like_an_age_that_was_stated() -> None:
    told = thread(("A", "how old r u"), ("B", "13"), ("A", "ok cool"), ("A", "the beans are up"))
    assert [(one.rule, one.kind, one.numbers) for one in told if one.rule == "age_reply"] == [
        ("age_reply", "continues", (2, 3))
    ]
    conflict = thread(("A", "how old r u"), ("B", "13"), ("B", "im 16 really"), rule="age_conflict")
    assert [(one.kind, one.numbers) for one in conflict] == [("ages_differ", (2, 3))]
