"""Promises of the prompts: one question at a time, "I don't know" is enough, and nothing idle is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from safehand.cli.ask import ask_the_rest
from safehand.cli.pick import ask_which
from safehand.cli.say import Say
from safehand.seal.answers import DONT_KNOW, NOT_ASKED, NOT_SAID, Answer, Answers, State, unanswered
from safehand.seal.questions import GROUPS, ONLY_WHAT_YOU_KNOW, QUESTIONS, WARNINGS, Kind, question

Typing = Callable[[Callable[[str], str]], list[str]]


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Answer every prompt with a function of its text; gives the prompts that were shown."""

    def start(answer: Callable[[str], str]) -> list[str]:
        shown: list[str] = []

        def prompt(text: str, default: str, **_: object) -> str:
            shown.append(text)
            assert len(shown) < 500, "the same question again and again"
            return answer(text) or default

        monkeypatch.setattr(click, "prompt", prompt)
        return shown

    return start


def test_enter_all_the_way_is_i_dont_know_to_everything_that_is_asked(typing: Typing) -> None:
    shown = typing(lambda _: "")
    answers = ask_the_rest(Say(), Answers())
    assert not unanswered(answers)
    idle = [one for one in QUESTIONS if answers.answer_to(one) == NOT_ASKED]
    assert [one.id for one in idle] == [one.id for one in QUESTIONS if one.unless_yes is not None]
    assert len(shown) == len(QUESTIONS) - len(idle)
    assert {answer.state for answer in answers.given.values()} == {State.DONT_KNOW}


def test_after_no_what_hangs_on_it_is_not_asked(typing: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    typing(lambda text: "no" if text.startswith("yes") else "")
    answers = ask_the_rest(Say(), Answers())
    where = question("urgent.meeting_where")
    assert where is not None
    assert answers.answer_to(where) == NOT_ASKED
    assert where.ask not in capsys.readouterr().err


def test_what_a_holder_would_rather_not_say_is_taken_by_every_question(typing: Typing) -> None:
    typing(lambda _: "I would rather not say.")
    answers = ask_the_rest(Say(), Answers())
    own = {"images.seen": Answer(State.GIVEN, "rather_not_say")}
    assert all(answer == own.get(id_, NOT_SAID) for id_, answer in answers.given.items())
    assert "I would rather not say" in ONLY_WHAT_YOU_KNOW


def test_what_the_answers_file_says_is_not_asked_again(typing: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    typing(lambda _: "")
    asked = QUESTIONS[0]
    answers = ask_the_rest(Say(), Answers().with_answer(asked, Answer(State.NO)))
    assert answers.given[asked.id] == Answer(State.NO)
    assert asked.ask not in capsys.readouterr().err


def test_an_answer_the_question_does_not_take_is_asked_for_again(
    typing: Typing, capsys: pytest.CaptureFixture[str]
) -> None:
    typed: Iterator[str] = iter(["perhaps", "yes"])
    typing(lambda _: next(typed, ""))
    answers = ask_the_rest(Say(), Answers())
    assert answers.given[QUESTIONS[0].id] == Answer(State.YES)
    assert "It takes yes, no" in capsys.readouterr().err


def test_a_choice_is_given_by_its_number_and_all_are_listed(typing: Typing) -> None:
    shown = typing(lambda text: "2" if text.startswith("  1") else "")
    answers = ask_the_rest(Say(), Answers())
    choices = [asked for asked in QUESTIONS if asked.kind is Kind.CHOICE]
    assert choices
    for asked in choices:
        assert answers.given[asked.id] == Answer(State.GIVEN, asked.choices[1].id)
        assert any(all(choice.words in text for choice in asked.choices) for text in shown)


def test_a_number_that_is_no_choice_is_asked_for_again(typing: Typing) -> None:
    typed = iter(["99"])
    typing(lambda text: next(typed, "") if text.startswith("  1") else "")
    answers = ask_the_rest(Say(), Answers())
    first = next(asked for asked in QUESTIONS if asked.kind is Kind.CHOICE)
    assert answers.given[first.id] == DONT_KNOW


def test_warnings_and_headings_are_said_with_quiet_too(typing: Typing, capsys: pytest.CaptureFixture[str]) -> None:
    typing(lambda _: "")
    ask_the_rest(Say(quiet=True), Answers())
    out, err = capsys.readouterr()
    assert out == ""
    for words in (*(caution.do_not for caution in WARNINGS), *GROUPS.values(), ONLY_WHAT_YOU_KNOW.strip()):
        assert words in err
    assert err.index(WARNINGS[0].do_not) < err.index(QUESTIONS[0].ask)


def two_conversations(folder: Path) -> list[Path]:
    paths = [folder / "one.txt", folder / "two.txt"]
    for path, who in zip(paths, ("Priya", "Sam"), strict=True):
        path.write_text(f"14/01/2026, 22:27 - {who}: The gate is open\n")
    return paths


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        (["2", ""], (2,)),
        (["9", "nonsense", "1", "Not about this."], (1,)),
        ([""], None),
        (["1,2"], None),
    ],
)
def test_with_more_than_one_conversation_it_asks_which_and_enter_is_all(
    tmp_path: Path, typing: Typing, typed: list[str], numbers: tuple[int, ...] | None
) -> None:
    left = iter(typed)
    typing(lambda _: next(left))
    answers = ask_which(Say(), two_conversations(tmp_path), Answers())
    assert (None if answers.only is None else answers.only.conversations) == numbers
    assert next(left, None) is None


def test_one_conversation_is_not_asked_about(tmp_path: Path, typing: Typing) -> None:
    shown = typing(lambda _: "")
    assert ask_which(Say(), two_conversations(tmp_path)[:1], Answers()) == Answers()
    assert shown == []
