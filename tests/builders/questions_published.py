"""What questions.json says: the questions, as the sealer in a browser asks them. Run as a program it writes the file.

python tests/builders/questions_published.py src/safehand/seal/data/questions.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from safehand.seal.answer_values import DONT_KNOW_SAID
from safehand.seal.answers import NOT_SAID_SAID
from safehand.seal.questions import GROUPS, QUESTIONS, WHO_TYPED, Choice


def published() -> dict[str, object]:
    """The whole table."""
    return {
        "schema": "safehand.questions/1",
        "about": [
            "What a holder is asked before sealing, for whoever writes a sealer: docs/spec/statement.md, Questions.",
            "'unless_no' is the question whose 'no' makes this one idle.",
            "'unless_yes' is the question whose every answer but 'yes' makes this one idle.",
            "Every question also takes 'I don't know' and 'I would rather not say'.",
        ],
        "groups": [{"id": id_, "heading": heading} for id_, heading in GROUPS.items()],
        "questions": [
            {
                "id": asked.id,
                "kind": str(asked.kind),
                "ask": asked.ask,
                "choices": _choices(asked.choices),
                "unless_no": asked.unless_no,
                "unless_yes": asked.unless_yes,
            }
            for asked in QUESTIONS
        ],
        "who_typed": _choices(WHO_TYPED),
        "dont_know": sorted(DONT_KNOW_SAID),
        "not_said": sorted(NOT_SAID_SAID),
    }


def _choices(choices: tuple[Choice, ...]) -> list[dict[str, str]]:
    return [{"id": choice.id, "words": choice.words} for choice in choices]


def text() -> str:
    """The file."""
    return json.dumps(published(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
