"""What each rule sees in one message, and near misses that sound like it: families without a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicator_lines import seen

SEEN = [
    # 07, 09: by the list's own tokens alone
    ("ok [sexual-remark] lol", "sexual_first", "later"),
    ("[body-word]?", "sexual_first", "later"),
    ("[image-request]", "image_request", "listed"),
    # 09
    ("send me a pic of you", "image_request", "photo"),
    ("pic?", "image_request", "photo"),
    ("got any pics?", "image_request", "photo"),
    ("can i have a picture", "image_request", "photo"),
    ("show me a selfie", "image_request", "photo"),
    ("turn ur cam on", "image_request", "camera"),
    ("wanna video call", "image_request", "camera"),
    ("what do u look like", "image_request", "looks"),
    # 11
    ("wanna meet", "meeting_proposal", "proposes"),
    ("can we meet", "meeting_proposal", "proposes"),
    ("when can i see you", "meeting_proposal", "proposes"),
    ("i want to meet you", "meeting_proposal", "proposes"),
    ("wanna meet up sat?", "meeting_proposal", "with_time"),
    ("lets meet after school", "meeting_proposal", "with_time"),
    ("come over tonight", "meeting_proposal", "with_time"),
    ("are you free saturday", "meeting_proposal", "with_time"),
    ("see u at 4", "meeting_proposal", "with_time"),
    ("ill pick you up at 5", "meeting_proposal", "with_time"),
    ("meet me by the station", "meeting_proposal", "with_place"),
    ("come round mine", "meeting_proposal", "with_place"),
    ("see you tomorrow", "meeting_proposal", "parting"),
    # 13, 14, 15 beside a proposal
    ("meet me at the park", "meeting_place", "venue"),
    ("lets meet near n1 4ag", "meeting_place", "postcode"),
    ("shall we meet, ill get the train", "travel_logistics", "travel"),
    ("meet me now im outside", "en_route", "on_the_way"),
    ("omw", "en_route", "alone"),
    # 17
    ("07700 900123", "contact_share", "phone"),
    ("text me on +44 7700 900123", "contact_share", "phone"),
    ("oh seven seven double oh nine oh oh one two three", "contact_share", "phone"),
    ("its sam@example.org", "contact_share", "email"),
    ("my snap is plot_nine", "contact_share", "handle"),
    ("insta: plot.nine", "contact_share", "handle"),
    ("14 station road", "contact_share", "address"),
    # 18
    ("dont tell ur mum", "secrecy", "dont_tell"),
    ("promise you wont tell", "secrecy", "dont_tell"),
    ("no one can know about this", "secrecy", "dont_tell"),
    ("our little secret", "secrecy", "secret"),
    ("keep it between us", "secrecy", "secret"),
    ("delete these messages", "secrecy", "delete"),
    # 19
    ("u got snap?", "platform_move", "asks"),
    ("add me on snap", "platform_move", "asks"),
    ("lets move to telegram", "platform_move", "asks"),
    ("whats ur discord", "platform_move", "asks"),
    # 20
    ("are ur parents home", "supervision_check", "asks"),
    ("does ur mum check ur phone", "supervision_check", "asks"),
    ("are you alone?", "supervision_check", "asks"),
    ("home alone til 6", "supervision_check", "says"),
    ("my mums at work til 6", "supervision_check", "says"),
    # 21
    ("ill send u £20", "inducement", "money"),
    ("i can get u some robux", "inducement", "credit"),
    ("ill buy you new trainers", "inducement", "gift"),
    ("i'll get you a vape", "inducement", "substance"),
    ("ill give you a lift", "inducement", "lift"),
    ("can u buy me a vape", "inducement", "asks"),
    # 22
    ("love you", "relationship_talk", "affection"),
    ("ur so special", "relationship_talk", "praise"),
    ("[compliment]", "relationship_talk", "praise"),
    # 24
    ("ill send it to ur mum", "threat", "publish"),
    ("ill tell everyone", "threat", "publish"),
    ("i know where you live", "threat", "harm"),
    ("[threat-remark]", "threat", "harm"),
    ("do it or else", "threat", "or_else"),
    ("if you dont send it ill tell your school", "threat", "or_else"),
    ("i want to die", "threat", "self_harm"),
    ("kms", "threat", "self_harm"),
    ("ive been cutting myself", "threat", "self_harm"),
    ("[self-harm-remark]", "threat", "self_harm"),
    # 25
    ("are you a cop", "detection_risk", "set_up"),
    ("is this a set up", "detection_risk", "set_up"),
    ("are you real", "detection_risk", "real"),
    ("i could get arrested", "detection_risk", "police"),
    ("i told the police", "detection_risk", "told_police"),
    # 29
    ("this is wrong we should stop", "withdrawal", "withdraws"),
    ("i cant do this anymore", "withdrawal", "withdraws"),
    ("ur too young for me sorry", "withdrawal", "withdraws"),
    ("leave me alone", "withdrawal", "withdraws"),
    ("im going to block you", "withdrawal", "withdraws"),
]

PASSED_BY = [
    ("[swear-word] this rain", "sexual_first"),
    ("sexual health leaflet", "sexual_first"),
    ("send me a photo of the shed", "image_request"),
    ("i sent you a photo", "image_request"),
    ("ill send a pic later", "image_request"),
    ("nice pic", "image_request"),
    ("the picture house is open", "image_request"),
    ("nice to meet you", "meeting_proposal"),
    ("meeting mum at 4", "meeting_proposal"),
    ("i have a meeting at 3", "meeting_proposal"),
    ("he wants to meet him saturday", "meeting_proposal"),
    ("see you later", "meeting_place"),
    ("i see what you mean", "meeting_proposal"),
    ("come on city", "meeting_proposal"),
    ("we were at the park", "meeting_place"),
    ("the train was late", "travel_logistics"),
    ("the parcel is outside", "en_route"),
    ("mum is on her way", "en_route"),
    ("out of the way", "en_route"),
    ("order 0123456789012", "contact_share"),
    ("it cost £0700", "contact_share"),
    ("at 10 to 4", "contact_share"),
    ("snap the beans", "contact_share"),
    ("dont tell me you forgot", "secrecy"),
    ("tell mum im late", "secrecy"),
    ("secret santa is friday", "secrecy"),
    ("delete the app and put it back", "secrecy"),
    ("between us and the gate", "secrecy"),
    ("oh snap", "platform_move"),
    ("i saw it on insta", "platform_move"),
    ("a signal from the ref", "platform_move"),
    ("he left me alone", "supervision_check"),
    ("leave it alone", "supervision_check"),
    ("the parents evening is at 6", "supervision_check"),
    ("ill buy you the seed catalogue", "inducement"),
    ("give me a minute", "inducement"),
    ("send the ball back", "inducement"),
    ("i love the new shed", "relationship_talk"),
    ("special offer on compost", "relationship_talk"),
    ("ill show everyone the photos from the trip", "threat"),
    ("this heat is killing me", "threat"),
    ("ill kill you at fifa", "threat"),
    ("cutting myself a slice", "threat"),
    ("dying to see the new shed", "threat"),
    ("ill get you a coffee", "threat"),
    ("police car outside", "detection_risk"),
    ("called the police station about lost keys", "detection_risk"),
    ("a real shame", "detection_risk"),
    ("set up the tent", "detection_risk"),
    ("gtg tea", "withdrawal"),
    ("i cant do this question", "withdrawal"),
    ("stop at the shop", "withdrawal"),
    ("the wrong gate", "withdrawal"),
    ("no worries", "withdrawal"),
]


@pytest.mark.parametrize(("text", "rule", "kind"), SEEN, ids=str)
def test_a_rule_sees_what_it_is_for(text: str, rule: str, kind: str) -> None:
    assert (rule, kind) in [one[:2] for one in seen(text)]


@pytest.mark.parametrize(("text", "rule"), PASSED_BY, ids=str)
def test_a_near_miss_is_passed_by(text: str, rule: str) -> None:
    assert rule not in [one[0] for one in seen(text)]


HEARD = Path(__file__).parents[3] / "vectors" / "indicators" / "heard.tsv"


@pytest.mark.parametrize("line", HEARD.read_text("utf-8").splitlines(), ids=str)
def test_a_rule_hears_it_in_other_words_too(line: str) -> None:
    rule, text = line.split("\t")
    assert rule in [one[0] for one in seen(text)]


def test_what_points_away_is_heard_in_as_many_words_as_what_points_towards() -> None:
    rules = [line.split("\t")[0] for line in HEARD.read_text("utf-8").splitlines()]
    assert rules.count("withdrawal") >= rules.count("image_request")


def test_words_are_pointed_at_as_they_were_written() -> None:
    assert ("secrecy", "dont_tell", "D\u043en’t TELLLL ur mum") in seen("D\u043en’t TELLLL ur mum!!")


@pytest.mark.parametrize(
    "text",
    ["how old " * 2_500, "!" * 20_000 + " 13 years old", "im 13 " * 3_000, "meet me at " * 2_000, " " * 20_000 + "meet",
     "ill send " * 2_000, "one two " * 2_500, "a@" * 10_000, "dont tell anyone " * 1_200, "send me " * 2_500,
     "[sexual-remark] " * 1_200, "i cant do this " * 1_300, "07700 " * 3_000, "\u200be\u0301" * 8_000],
    ids=lambda text: text.strip()[:12],
)  # fmt: skip
def test_a_message_of_twenty_thousand_characters_costs_less_than_two_cpu_seconds(text: str) -> None:
    import time  # noqa: PLC0415  the CPU's own clock: what others do on the machine is not counted

    begin = time.process_time()
    seen(text)
    assert time.process_time() - begin < 2.0
