"""What is said at plot 14, scene by scene. Nobody in it exists.

data/plot-14.txt holds the talk: a line with the moment a scene begins, then who says what how many minutes later.

    2026-03-28T21:15
       0 | Sam Holloway       | Do not forget the clocks go forward tonight
       3 | Dee                | nooo I have to be up at six

A line without minutes goes on the one above; one without a sender is WhatsApp's own. The mornings of a hot summer, when
somebody waters and says so, are made here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Final, NamedTuple


class Said(NamedTuple):
    """One line of talk."""

    at: datetime
    """A clock on the wall in London, as an export writes it."""
    sender: str
    text: str


PRIYA: Final = "Priya Wren"
SAM: Final = "Sam Holloway"
DEE: Final = "Dee"
MR_OKORO: Final = "Mr Okoro (plot 15)"
LENA: Final = "Лена"

_WATERING: Final = {
    0: (
        SAM,
        ("Watered. Butt is half full", "Done, both hoses", "Done. The beans drink the most", "Watered before work"),
    ),
    1: (LENA, ("Полила, done", "Done, the dill is taller than me", "Watered and picked a few peas", "Done at seven")),
    2: (PRIYA, ("Done. Corn is at my shoulder", "Watered, tied up the tomatoes", "Done", "All watered, butt is low")),
    3: (DEE, ("watered!!", "done, late but done", "done. met the hedgehog", "watered. forgot nothing this time")),
    4: (MR_OKORO, ("The watering is done.", "Done at six, both plots.", "Watered. Your beetroot is ready.", "Done.")),
    5: (PRIYA, ("Watered while I was there", "Done", "Done. Who took the good can?", "Watered the pots too")),
    6: (SAM, ("Done", "Watered. It smells of rain", "Done and swept the path", "Done. No rain after all")),
}
_THANKS: Final = ((DEE, "🙏"), (PRIYA, "Thank you"), (LENA, "👍"), (SAM, "Thanks"), (DEE, "hero"))
_HEAT: Final = 42
"""Days of it."""


def everything_said() -> tuple[Said, ...]:
    """The whole chat, in order."""
    talk = (files("safehand.desk.sample") / "data" / "plot-14.txt").read_text("utf-8")
    return tuple(sorted([*_read(talk), *_mornings()], key=lambda said: said.at))


def _read(talk: str) -> list[Said]:
    said: list[Said] = []
    at = datetime.min  # noqa: DTZ901  the first line says when
    for line in talk.splitlines():
        minutes, bar, rest = line.partition(" | ")
        sender, _, text = rest.partition(" | ")
        if not bar and line:
            at = datetime.fromisoformat(line)
        elif minutes.strip():
            at += timedelta(minutes=int(minutes))
            said.append(Said(at, sender.strip(), text))
        elif bar:
            said[-1] = said[-1]._replace(text=f"{said[-1].text}\n{text}")
    return said


def _mornings() -> list[Said]:
    first = datetime(2026, 7, 20, 6, 40)  # noqa: DTZ001  a clock on the wall
    said = []
    for day in range(_HEAT):
        at = first + timedelta(days=day, minutes=(day * 37) % 95)
        who, words = _WATERING[at.weekday()]
        said.append(Said(at, who, words[day // 7 % len(words)]))
        thanks, thanked = _THANKS[day % len(_THANKS)]
        if day % 3 and thanks != who:
            said.append(Said(at + timedelta(minutes=(day * 13) % 50 + 2), thanks, thanked))
    return said
