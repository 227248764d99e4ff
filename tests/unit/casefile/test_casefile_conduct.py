"""What each account did stands in the case file by its letter, conversation by conversation."""

from __future__ import annotations

from pathlib import Path

from casefile_builders import KEY, Made, conversation, texts
from safehand.analysis.conduct.sides import Run
from safehand.casefile.conduct import conduct_of
from safehand.casefile.read import open_casefile


def test_it_is_read_by_letter_of_each_conversation_alone(tmp_path: Path) -> None:
    first = [*texts("peas", "beans", sender="Priya"), *texts("ok", sender="Sam")]
    first[2] = texts("a", "b", "ok", sender="Sam")[2]
    path = tmp_path / "a.casefile"
    Made(events=[*conversation(first), *conversation(texts("leeks"), "2")]).build(path)
    with open_casefile(path, KEY) as casefile:
        one, two, nowhere = (conduct_of(casefile, number) for number in (1, 2, 3))
    assert [(letter, side.messages) for letter, side in one] == [("A", 2), ("B", 1)]
    assert one[0].conduct.longest == Run(1, 2, 2)
    assert [(letter, side.messages) for letter, side in two] == [("C", 1)], "a name alone is another account"
    assert nowhere == ()
