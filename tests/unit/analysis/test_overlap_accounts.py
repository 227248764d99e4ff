"""Who wrote it is a part of what is the same: accounts are matched, and what breaks the match is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from safehand.analysis.overlap import Differs, Overlap, Verdict, overlap_of
from safehand.analysis.prints import Prints
from safehand.model.instant import MICRO, Precision, unknown_instant, utc_instant
from safehand.model.message import Attachment, Kind, MediaState, Message
from safehand.model.span import Span

SPAN = Span("chat.txt", 0, 1)

Said = tuple[str | None, str]
"""Who, and the words."""

CHAT: list[Said] = [(("Priya", "Tom")[n % 2], f"row {n} of the potatoes is dug") for n in range(8)]


def prints(said: Sequence[Said], *, times: bool = True, keys: dict[str, str] | None = None,
           pictures: Sequence[int] = ()) -> Prints:  # fmt: skip
    made = Prints()
    for n, (who, words) in enumerate(said):
        sent = utc_instant("", n * 600 * MICRO, Precision.SECOND) if times else unknown_instant("")
        files = (Attachment(MediaState.NAMED, "plot.jpg"),) if n in pictures else ()
        key = None if who is None or keys is None else keys[who]
        made.add(Message(n + 1, Kind.TEXT, who, words, sent, SPAN, (), key, attachments=files))
    return made


def called(said: Sequence[Said], **names: str) -> list[Said]:
    return [(None if who is None else names.get(who, who), words) for who, words in said]


def laid(a: Prints, b: Prints) -> Overlap:
    found = overlap_of(a, b)
    assert found is not None
    return found


def counts(found: Overlap) -> tuple[int, int, int, int]:
    return (
        found.count(Verdict.SAME), found.count_differing(None), found.count_differing(Differs.WHO),
        found.count_differing(Differs.MEDIA),
    )  # fmt: skip


def test_two_exports_with_each_name_in_the_place_of_the_other_do_not_agree() -> None:
    swapped = called(CHAT, Priya="Tom", Tom="Priya")
    found = laid(prints(CHAT), prints(swapped))
    assert counts(found) == (0, 0, 8, 0)
    assert found.accounts == (("Priya", "Priya"), ("Tom", "Tom"))
    assert found.together == (0, 0)


def test_one_message_that_is_of_another_account_differs_in_who_wrote_it() -> None:
    other = list(CHAT)
    other[3] = ("Priya", CHAT[3][1])
    found = laid(prints(CHAT), prints(other))
    assert counts(found) == (7, 0, 1, 0)
    assert [(row.a, row.differs) for row in found.rows] == [(1, None), (4, Differs.WHO), (5, None)]


@pytest.mark.parametrize(
    ("names", "accounts"),
    [
        ({"Priya": "+447700900123", "Tom": "owner"}, (("Priya", "+447700900123"), ("Tom", "owner"))),
        ({"Priya": "Priya (plot 9)"}, (("Priya", "Priya (plot 9)"), ("Tom", "Tom"))),
    ],
)
def test_accounts_that_are_called_otherwise_are_matched_by_what_they_wrote(
    names: dict[str, str], accounts: tuple[tuple[str, str], ...]
) -> None:
    found = laid(prints(CHAT), prints(called(CHAT, **names)))
    assert (counts(found), found.accounts) == ((8, 0, 0, 0), accounts)
    broken = called(CHAT, **names)
    broken[2] = (names.get("Tom", "Tom"), broken[2][1])
    assert counts(laid(prints(CHAT), prints(broken))) == (7, 0, 1, 0)
    stranger = called(CHAT, **names)
    stranger[2] = ("Lee", stranger[2][1])
    assert counts(laid(prints(CHAT), prints(stranger))) == (7, 0, 1, 0)


@pytest.mark.parametrize(("me", "you"), [("You", "Stranger"), ("owner", "unknown"), ("Me", "me")])
def test_exports_from_both_sides_call_each_side_by_the_words_of_the_other(me: str, you: str) -> None:
    found = laid(prints(called(CHAT, Priya=me, Tom=you)), prints(called(CHAT, Priya=you, Tom=me)))
    assert (counts(found), dict(found.accounts)) == ((8, 0, 0, 0), {me: you, you: me})
    found = laid(prints(called(CHAT, Priya=me)), prints(called(CHAT, Tom=me)))
    assert (counts(found), dict(found.accounts)) == ((8, 0, 0, 0), {me: "Priya", "Tom": me})


def test_an_id_on_one_side_is_known_by_the_name_beside_it_before_any_message_is_counted() -> None:
    ids = {"Priya": "id-1", "Tom": "id-2"}
    assert counts(laid(prints(CHAT), prints(CHAT, keys=ids))) == (8, 0, 0, 0)
    swapped = called(CHAT, Priya="Tom", Tom="Priya")
    for a, b in ((prints(CHAT), prints(swapped, keys=ids)), (prints(swapped, keys=ids), prints(CHAT))):
        assert counts(laid(a, b)) == (0, 0, 8, 0)


def test_where_one_side_does_not_say_who_wrote_nothing_is_held_against_it() -> None:
    nobody: list[Said] = [(None, words) for _, words in CHAT]
    assert counts(laid(prints(CHAT), prints(nobody))) == (8, 0, 0, 0)


def test_words_with_a_picture_on_one_side_alone_are_not_the_same() -> None:
    assert counts(laid(prints(CHAT, pictures=[2]), prints(CHAT))) == (7, 0, 0, 1)
    assert counts(laid(prints(CHAT, pictures=[2]), prints(CHAT, pictures=[2]))) == (8, 0, 0, 0)


def test_other_words_of_another_account_at_the_same_moment_are_two_messages() -> None:
    other = list(CHAT)
    other[3] = ("Priya", "the gate is shut")
    found = laid(prints(CHAT), prints(other))
    assert (counts(found), found.count(Verdict.ONLY_A), found.count(Verdict.ONLY_B)) == ((7, 0, 0, 0), 1, 1)


def verdicts(found: Overlap) -> list[tuple[Verdict, int]]:
    return [(row.verdict, row.length) for row in found.rows]


def test_exports_without_times_are_laid_side_by_side_by_their_words_and_order() -> None:
    found = laid(prints(CHAT, times=False), prints(CHAT[2:], times=False))
    assert (found.by_order, verdicts(found)) == (True, [(Verdict.ONLY_A, 2), (Verdict.SAME, 6)])
    edited = list(CHAT)
    edited[3] = ("Tom", "the gate is shut")
    found = laid(prints(CHAT, times=False), prints(edited, times=False))
    assert verdicts(found) == [(Verdict.SAME, 3), (Verdict.DIFFERING, 1), (Verdict.SAME, 4)]
    found = laid(prints(CHAT, times=False), prints(CHAT[:3] + CHAT[4:], times=False))
    assert verdicts(found) == [(Verdict.SAME, 3), (Verdict.ONLY_A, 1), (Verdict.SAME, 4)]


def test_one_side_without_times_is_laid_beside_one_that_has_them() -> None:
    for a, b in ((True, False), (False, True)):
        found = laid(prints(CHAT, times=a), prints(CHAT, times=b))
        assert (found.by_order, verdicts(found)) == (True, [(Verdict.SAME, 8)])
    assert not laid(prints(CHAT), prints(CHAT)).by_order


def test_words_said_again_and_again_without_times_pair_in_turn() -> None:
    said = [CHAT[0], *[("Tom", "yes"), ("Priya", "no")] * 3, CHAT[1], ("Tom", "yes"), CHAT[2]]
    assert verdicts(laid(prints(said, times=False), prints(said, times=False))) == [(Verdict.SAME, 10)]
    less = [*said[:3], *said[5:]]
    found = laid(prints(said, times=False), prints(less, times=False))
    assert (found.count(Verdict.SAME), found.count(Verdict.ONLY_A), found.count(Verdict.ONLY_B)) == (8, 2, 0)


def test_other_conversations_without_times_are_not_laid_side_by_side() -> None:
    other: list[Said] = [("Tom", f"train {n} leaves from platform two") for n in range(8)]
    assert overlap_of(prints(CHAT, times=False), prints(other, times=False)) is None


def test_a_long_conversation_without_times_is_laid_side_by_side_in_seconds() -> None:
    said = [*CHAT, *[("Tom", "ok"), ("Priya", "ok")] * 20_000]
    assert verdicts(laid(prints(said, times=False), prints(said, times=False))) == [(Verdict.SAME, len(said))]
