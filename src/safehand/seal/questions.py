"""What the holder is asked before sealing: one table, and the texts that stand before it.

    Question(id="urgent.meeting_planned", kind=Kind.YES_NO, ask="Is a meeting planned between …?")

Every question may be answered "I don't know" or "I would rather not say", and none may be left unanswered (domain.md
F1.3). They ask what the holder knows already; none asks to find out, to reply or to carry on, because the desk never
gives a holder a task (domain.md 2.4). The first group is what an officer needs within minutes (domain.md 6.2).

The ids and the choices stand in every statement; docs/spec/statement.md lists them, and a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safehand.seal.holder_words import WORDS
from safehand.seal.sentences import sentence

DANGER_FIRST: Final = "".join(f"{line}\n" for line in WORDS.shell.danger_first)
"""Printed before anything is asked. Forces may have their own wording approved (docs/guides)."""

BEFORE_EXPORT: Final = """\
Export the chat without media: no pictures, no videos. Safehand seals text; it lists pictures by name and opens none.
"""

ONLY_WHAT_YOU_KNOW: Final = f"""\
Answer from what you know now. {sentence("find_no_more")} "I don't know" is a full answer to every question,
and so is "I would rather not say".
"""

DONT_KNOW_WORDS: Final = "I don't know"
NOT_SAID_WORDS: Final = "I would rather not say"


WARNINGS: Final = WORDS.warnings
"""Shown once before files are added and again with the receipt (ux.md 2.4). Never as boxes to tick."""


class Kind(StrEnum):
    """What an answer looks like. Each kind also takes "I don't know" and "I would rather not say"."""

    YES_NO = "yes_no"
    TEXT = "text"
    WHEN = "when"
    """A date, or a date and a time: ``2026-11-24``, ``2026-11-24T15:30``, with an offset if one is known."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a CHOICE offers: its id in the statement, and its words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``id`` is ``group.name``: the group is an object of the statement, the name a key in it."""

    id: str
    kind: Kind
    ask: str
    choices: tuple[Choice, ...] = ()
    unless_no: str | None = None
    """The id of an earlier yes-or-no question: after "no" there this one is not asked."""
    unless_yes: str | None = None
    """The id of an earlier yes-or-no question: this one is asked after "yes" there, and after no other answer."""

    @property
    def group(self) -> str:
        """Which part of the statement it belongs to."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Its key in that part."""
        return self.id.partition(".")[2]


GROUPS: Final[dict[str, str]] = {
    "urgent": "What may be urgent",
    "holder": "About you",
    "capture": "How this copy was made",
    "declarations": "What is in it, and what is not",
    "images": "Pictures and videos",
    "promptness": "When",
    "undertaking": "Afterwards",
}
"""The groups in the order they are asked, with a heading each."""


def _yes_no(id_: str, ask: str, unless_no: str | None = None) -> Question:
    return Question(id_, Kind.YES_NO, ask, unless_no=unless_no)


def _text(id_: str, ask: str, unless_no: str | None = None) -> Question:
    return Question(id_, Kind.TEXT, ask, unless_no=unless_no)


def _more(id_: str, ask: str) -> Question:
    """What is asked of a "yes": ``declarations.deleted_by`` after ``declarations.deleted``."""
    earlier = id_.rpartition("_")[0]
    return Question(id_, Kind.TEXT, ask, unless_no=earlier, unless_yes=earlier)


def _when(id_: str, ask: str, unless_no: str | None = None, unless_yes: str | None = None) -> Question:
    return Question(id_, Kind.WHEN, ask, unless_no=unless_no, unless_yes=unless_yes)


def _choice(id_: str, ask: str, *choices: tuple[str, str]) -> Question:
    return Question(id_, Kind.CHOICE, ask, tuple(Choice(*pair) for pair in choices))


_PLANNED: Final = "urgent.meeting_planned"

QUESTIONS: Final[tuple[Question, ...]] = (
    _yes_no("urgent.child_in_danger", "Is a child in danger now? If so, ring 999 before you go on."),
    _yes_no(_PLANNED, sentence("meeting_planned")),
    _yes_no("urgent.meeting_under_way", "Is somebody on the way to it, or is it happening now?", _PLANNED),
    _when("urgent.meeting_when", "When is it? (date and time, as they were written)", _PLANNED),
    _text("urgent.meeting_where", "Where is it?", _PLANNED),
    _text("urgent.meeting_travel", "How does each side mean to get there?", _PLANNED),
    _choice(
        "urgent.meeting_confirmed",
        "Who has confirmed it?",
        ("both", "both sides"),
        ("child_side", "the child's side only"),
        ("other_side", "the other side only"),
        ("nobody", "nobody yet"),
        ("no_meeting", "no meeting is planned"),
    ),
    _choice(
        "urgent.child",
        "Who is on the child's side of the chat?",
        ("real", "a real child"),
        ("adult", "an adult writes on that account"),
        ("both", "a child at first, an adult later, or both"),
    ),
    _text("urgent.child_details", "If a real child: name, age, where now, and with whom?"),
    _yes_no("urgent.parents_know", "Do the child's parents or carers know?"),
    _text(
        "urgent.subject_claims",
        "What does the other person say of themself (name, phone, accounts, car, address, job), and how do you know?",
    ),
    _when("urgent.last_contact", sentence("last_message")),
    _yes_no("urgent.contact_goes_on", "Are messages still being exchanged?"),
    _yes_no("urgent.subject_aware", "Does the other person seem to know that somebody has noticed?"),
    _text(
        "urgent.danger_signs",
        "Is there talk of weapons, threats, self-harm by anyone, blackmail, other children, money, drugs or travel?",
    ),
    _text("urgent.access_to_children", "Does the other person live or work with children, as far as you know?"),
    _yes_no("urgent.confronted", "Has anybody confronted the other person?"),
    _yes_no("urgent.group_attending", "Does anybody, or any group, mean to be at the meeting?", _PLANNED),
    _text("urgent.caller_name", "Your name, if you give it?"),
    _text("urgent.caller_number", "A phone number that is safe to ring you on?"),
    _text("urgent.caller_relation", sentence("how_you_know")),
    _yes_no("urgent.willing_statement", "Would you be willing to make a statement to the police?"),
    _yes_no("urgent.phone_is_original", "Is your phone or computer the one the chat is on?"),
    _yes_no("urgent.fragile", "May the chat soon be lost (messages that vanish, a blocked account, a phone reset)?"),
    _text("urgent.other_reports", "Has it been reported elsewhere (another force, CEOP, the platform)? Any reference?"),
    _choice(
        "holder.role",
        "Who are you?",
        ("parent_or_carer", "a parent or carer"),
        ("school", "a school"),
        ("charity", "a charity"),
        ("moderator", "a moderator"),
        ("group_member", "a member of a group"),
        ("young_person", "the young person"),
        ("someone_else", "someone else"),
    ),
    _text("capture.app", "Which app or site is the chat from, and which version if you can see it?"),
    _text("capture.device", "Which device is the chat on (make and model)?"),
    _text("capture.device_owner", "Whose device is it?"),
    _text("capture.device_now", "Where is the device now?"),
    _choice(
        "capture.method",
        "How was this copy made?",
        ("app_export", "with the app's own export"),
        ("account_download", "downloaded from the account's settings"),
        ("backup", "out of a backup"),
        ("other_tool", "with another program"),
        ("other", "in another way"),
    ),
    _when("capture.when", "When was it made?"),
    _text("capture.by", "Who made it?"),
    _text("capture.zone", "Which time zone was the device set to (for example Europe/London), and how do you know?"),
    _yes_no("declarations.first_message", "Does it start with the first message between the two sides?"),
    _yes_no("declarations.all_platforms", "Is everything they wrote, on every app and site, in what you are sealing?"),
    _text("declarations.other_platforms", "Where else did they write?"),
    _yes_no("declarations.deleted", "Was any message deleted, by anyone, as far as you know?"),
    _more("declarations.deleted_by", "By whom, and which?"),
    _yes_no("declarations.edited", "Was any message, or this copy itself, changed by anyone, as far as you know?"),
    _more("declarations.edited_by", "By whom, and what?"),
    _yes_no("declarations.other_copies", "Are there other copies?"),
    _more("declarations.other_copies_where", "Where are they, and who has them?"),
    _text("declarations.other_material", "Is there other material (other chats, notes, rules you followed)? What?"),
    _choice(
        "declarations.typed_by",
        "Who typed on the child's side?",
        ("one_person", "one person, from the first message to the last"),
        ("several", "more than one person, at different times"),
    ),
    _yes_no("declarations.told_police", "Have the police been told of this before?"),
    _more("declarations.told_police_details", "Which force, and any reference?"),
    _yes_no("declarations.police_asked", "Has any police officer asked you to do or say anything?"),
    _yes_no("declarations.published", "Has any of it been posted, streamed or shown to others?"),
    _more("declarations.published_where", "Where, when and to whom, and is it still up?"),
    _yes_no("images.present", "Are there pictures or videos in the chat that may show a child in a sexual way?"),
    _text("images.where", "Which app and which device are they on? Do not open them to look.", "images.present"),
    _choice(
        "images.seen",
        "Have you seen any of the pictures or videos?",
        ("yes", "yes"),
        ("no", "no"),
        ("rather_not_say", "I would rather not say"),
    ),
    _yes_no("images.on_device", "Are the files that the chat names still on the device?"),
    _when("promptness.noticed", "When did you first notice that there are pictures or videos, if you did?"),
    _when(
        "promptness.told_police",
        "When were the police first told, if they were?",
        unless_yes="declarations.told_police",
    ),
    _yes_no("undertaking.keep_private", "Do you mean to keep this to yourself until police or a court say otherwise?"),
)

_BY_ID: Final = {question.id: question for question in QUESTIONS}


def question(id_: str) -> Question | None:
    """The question of this id, or None."""
    return _BY_ID.get(id_)


WHO_TYPED: Final = (
    Choice("child", "the child"),
    Choice("parent_or_carer", "a parent or carer"),
    Choice("holder", "the person who seals this"),
    Choice("group_member", "a member of a group"),
    Choice("police", "the police"),
    Choice("someone_else", "someone else"),
    Choice("dont_know", "not known"),
)
"""Who may control an account over a period (domain.md F1.2)."""
